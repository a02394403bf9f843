"""What residents ask to see, what is kept for longer than its time, and what is kept no more."""

from portal.complaints import operations
from portal.complaints.demo_endings import stain
from portal.complaints.demo_story import RESIDENT, Story
from portal.complaints.demo_words import said


def tell(story: Story) -> None:
    """Each of them."""
    for case in (all_that_is_held, asked_by_letter, kept_for_a_court, out_of_the_ombudsmans_hands, gone_after_its_time):
        case(story)


def all_that_is_held(story: Story) -> None:
    """She asked for everything, and it went, with one thing left out and why; she asked for the same again, and that was refused."""
    complaint = stain(story, 70, "Theodora Quillfeather", answered=60)
    story.do(complaint, 40, RESIDENT, operations.ask_for_data, "What the painters wrote about my flat.")
    story.do(complaint, 22, "handler", operations.say_data_sent, on=story.day(22), how="post", left_out="The telephone number of a neighbour.")
    story.do(complaint, 12, RESIDENT, operations.ask_for_data, "Everything once more.")
    story.do(complaint, 6, "manager", operations.refuse_data, ground="excessive", reason="We sent you all of it three weeks ago, and nothing was added since.")


def asked_by_letter(story: Story) -> None:
    """He wrote to us for everything; staff wrote that down, took more time for it, and it is still owed."""
    complaint = stain(story, 45, "Lysander Okonjo-Blythe", answered=36)
    story.do(complaint, 9, "handler", operations.take_down_data_asked, "", on=story.day(9), told="letter")
    story.do(complaint, 4, "handler", operations.extend_data, due_on=story.day(-50), reason="Two contractors still have to look for what they hold.")


def kept_for_a_court(story: Story) -> None:
    """Kept for longer than its time while a claim goes on; and another, whose claim is over."""
    for name, is_over in (("Wilhelmina Straub-Adeyemi", False), ("Augustin Farrow", True)):
        complaint = stain(story, 120, name, answered=110)
        story.do(complaint, 90, "manager", operations.keep_longer, because="A claim about the same stairwell is before the county court.")
        if is_over:
            story.do(complaint, 12, "manager", operations.end_keeping, because="The claim was settled, and its costs are paid.")


def out_of_the_ombudsmans_hands(story: Story) -> None:
    """The Ombudsman looked into it, and is done with it."""
    complaint = stain(story, 200, "Isolde Marchetti-Dunn", answered=190)
    story.do(complaint, 150, "liaison", operations.ombudsman_has, theirs="HO-19870")
    story.do(complaint, 14, "liaison", operations.ombudsman_done, on=story.day(14))


def gone_after_its_time(story: Story) -> None:
    """An advertisement, put aside more than a year ago: what was said in it is erased, and that it came is still counted."""
    complaint = story.receive(400, said("Gutters cleaned from nine pounds! Ring today.", "Best Gutters", "none", home_kind="none"))
    story.do(complaint, 399, "manager", operations.mark_spam, why="It advertises gutters, and names no home of ours.")
    story.do(complaint, 1, "manager", operations.erase, because="Kept for a year, as our schedule says of what is nobody’s complaint.")
