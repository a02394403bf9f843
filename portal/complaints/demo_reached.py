"""How the demo's residents are reached: one who was moved to safety, one who asks to be rung, one whose mailbox is somebody else's now."""

from portal.complaints import operations, translating
from portal.complaints.demo_story import RESIDENT, Story
from portal.complaints.demo_words import said
from portal.complaints.not_mine import token_for


def tell(story: Story) -> None:
    """Each of them."""
    for case in (moved_to_safety, asked_to_be_rung, reached_somebody_else):
        case(story)


def moved_to_safety(story: Story) -> None:
    """She has left a home and a mailbox that are not hers alone: nothing more goes there, and staff make sure that it was she who said so.

    She writes in Welsh from now on, and a colleague put that into English.
    """
    ways = {"channels": ["email", "post"], "email": "the-larkins@example.org", "post": "11 Old Quay\nTidewell\nTW3 0ZZ"}
    complaint = story.receive(4, said("The back door does not lock.", "Philippa Larkin", "11 Old Quay\nTidewell\nTW3 0ZZ", safe_contact=ways))
    told = {"channels": ["post"], "post": "Room 6, 3 Lantern Court\nFarwick\nFW2 0ZZ", "words": "Write no name of yours on the envelope."}
    story.do(complaint, 1, RESIDENT, operations.change_contact, told, proved="paper", tell_old=False)
    story.do(complaint, 1, RESIDENT, operations.choose_language, "cy")
    story.do(complaint, 1, RESIDENT, operations.write, "Nid yw’r drws yn cloi o hyd.")
    of = translating.written(complaint)[-1].number
    assert of is not None
    story.do(complaint, 1, "handler", operations.translate, of, "The door still does not lock.", language="en", by_machine=False, author="Carys Bevan")


def asked_to_be_rung(story: Story) -> None:
    """He came in with a code by e-mail, has lost his paper, and wants to change his number."""
    ways = {"channels": ["email", "phone"], "email": "ignatius@example.org", "phone": "01632 960184", "times": "after two", "voicemail": "no", "say_who": "no"}
    complaint = story.receive(3, said("The stair light is out.", "Ignatius Vane-Mbeki", "5 Bosun’s Yard\nTidewell\nTW2 0ZZ", safe_contact=ways))
    story.do(complaint, 1, RESIDENT, operations.ask_call)


def reached_somebody_else(story: Story) -> None:
    """Whoever has that mailbox now said that the message was not for them; another way has to be found."""
    mailbox = "front-desk@example.org"
    ways = {"channels": ["email"], "email": mailbox}
    complaint = story.receive(4, said("The bin store is locked.", "Columba Fairweather", "8 Sextant House\nTidewell\nTW1 0ZZ", safe_contact=ways))
    with story.on(2):
        operations.say_not_mine(story.register, token_for(complaint.resident.id, "email", mailbox))
