"""How the demo's landlord takes care: what makes it easier, letters sent again, answers a second person reads, whose account is whose."""

from portal.complaints import operations
from portal.complaints.demo_story import RESIDENT, Story
from portal.complaints.demo_words import not_upheld, point, said

SHELF = [point(1, "The hall shelf was taken down for the meter and never put back.")]
SHELF_ANSWER = {
    "opening": "", "actions": [],
    "points": [not_upheld(1, SHELF[0]["text"], "The photograph taken before the visit shows no shelf.", "There was nothing to put back.")],
}  # fmt: skip


def tell(story: Story) -> None:
    """Each of them."""
    for case in (made_easier, unreadable, in_their_form, approved_by_another, one_person_two_accounts):
        case(story)


def made_easier(story: Story) -> None:
    """What they asked for: agreed to and looked at again, declined with why, and declined first and agreed to when asked again (5.10)."""
    every_call = {"kinds": ["same_person", "time_of_day"], "words": "I sleep in the day. Ring me after six, and let it be one voice.", "span": "always"}
    home_visit = {"kinds": ["knock", "other"], "words": "Come to me each time, I do not like the telephone.", "span": "this"}
    pictures = {"kinds": ["easy_read"], "words": "Pictures help me.", "span": "always"}
    for n, (name, wish, decided) in enumerate((
        ("Nerissa Blackwood-Adair", every_call, ((7, True, "Ms Oyelaran rings you, after six, and nobody else does."),)),
        ("Casimir Holloway-Tetteh", home_visit, ((6, False, "We cannot visit for every letter. We come for the ones that decide something, and read them with you."),)),
        ("Lavender Osgood", pictures, ((7, False, "Nobody here can make Easy Read letters yet."), (4, True, "A centre in the next town makes them for us from today."))),
    )):  # fmt: skip
        told = said("The new bell cannot be heard in the back room.", name, f"{n + 21} Sextant House\nTidewell\nTW1 0ZZ", adjustments=wish)
        complaint = story.receive(9, told)
        story.begin(complaint, 8, "handler", [point(1, "The bell cannot be heard in the back room.")], "A bell that can be heard")
        for ago, agreed, words in decided:
            asked = complaint.resident.person.adjustments[0]
            story.do(complaint, ago, "handler", operations.decide_adjustment, asked, agreed=agreed, words=words, review_on=story.day(-120) if agreed else None)


def unreadable(story: Story) -> None:
    """Acknowledged in time, in print she cannot read: sent again in large print days later; and two whom it has not reached yet (51, 52)."""
    ways = {"channels": ["email", "phone", "post"], "phone": "01632 960171"}
    cases = []
    for n, (ago, name) in enumerate(((11, "Apollonia Whitcombe"), (8, "Desmond Achterlonie"), (7, "Rosamund Tahir-Locke"))):
        where = f"{n + 14} Chandler Court\nTidewell\nTW2 0ZZ"
        told = said("The stair rail has come off the wall.", name, where)
        complaint = story.receive(ago, told | {"safe_contact": {**told["safe_contact"], **ways, "post": where}})
        story.begin(complaint, ago - 1, "handler", [point(1, "The stair rail has come off the wall.")], "A rail that holds")
        story.post(complaint, ago - 3)
        cases.append(complaint)
    with story.on(5):
        operations.tie(cases, by=story.by("triage"))
    at_once, waits, unmade = cases
    letters = [next(letter for letter in one.letters if letter.kind == "acknowledgement") for one in cases]
    story.do(at_once, 7, RESIDENT, operations.cannot_read, letters[0], wish={"kinds": ["large_print"], "words": "24 point, and black on white."})
    story.post(at_once, 5)
    story.do(waits, 2, "handler", operations.send_again, letters[1], "large_print")
    story.do(unmade, 1, RESIDENT, operations.cannot_read, letters[2], wish={"kinds": ["easy_read"], "words": ""})


def in_their_form(story: Story) -> None:
    """Letters that the portal makes itself as they were asked for once: large print on paper, a braille file, plain text (14)."""
    for n, (name, wish, channel) in enumerate((
        ("Marguerite Dunstan-Obi", {"kinds": ["large_print"], "print_size": "24 point", "words": ""}, "post"),
        ("Ferdinand Achebe-Lisle", {"kinds": ["braille"], "braille": "1", "words": ""}, "email"),
        ("Isolde Kettering", {"kinds": ["plain_text"], "words": ""}, "email"),
    )):  # fmt: skip
        where = f"{n + 31} Chandler Court\nTidewell\nTW2 0ZZ"
        told = said("The light on the landing has gone out.", name, where, adjustments=wish | {"span": "always"})
        safe = {"channels": [channel], "email": f"resident.{n + 31}@mail.example", "post": where}
        complaint = story.receive(6, told | {"safe_contact": safe})
        story.begin(complaint, 5, "handler", [point(1, "The light on the landing has gone out.")], "A light that works")


def approved_by_another(story: Story) -> None:
    """For some weeks an answer went only when a second person had read it: one did so, and sent it (ruling 25)."""
    complaint = story.receive(64, said("They took my shelf and lost it.", "Balthazar Quince-Obi", "31 Dory Lane\nTidewell\nTW2 0ZZ"))
    story.begin(complaint, 63, "handler_2", SHELF, "My shelf")
    with story.on(60):
        operations.choose(story.register, {"answers_approved": True}, by=story.by("manager"))
    story.begin_answer(complaint, 57, "handler_2", SHELF_ANSWER)
    story.do(complaint, 57, "handler_2", operations.ask_approval, "response", seen=1)
    story.respond(complaint, 56, "manager_2", SHELF_ANSWER)
    with story.on(41):
        operations.choose(story.register, {"answers_approved": False}, by=story.by("manager"))


def one_person_two_accounts(story: Story) -> None:
    """Mr Birchall reviews for another team by an account of its own: what bars one bars both (ruling 34)."""
    with story.on(70):
        operations.say_same(story.register, story.staff["handler_2"], story.staff["reviewer_2"], by=story.by("manager"))
