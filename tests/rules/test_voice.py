"""What a resident says at any time: when it waits, when it no longer does, and that it moves no date."""

from portal.rules.steps import Step
from portal.rules.voice import open_messages, waiting, waiting_since
from tests.rules.story import Story, accepted, answered, day

TUE_12, WED_13, MON_18 = "Tue 12 May 2026", "Wed 13 May 2026", "Mon 18 May 2026"


def wrote(story: Story, on: str, message: int) -> Story:
    """The resident writes."""
    return story.then(Step.MESSAGED, on, None, by="party:1", message=message)


def test_what_was_written_waits_until_somebody_replies() -> None:
    story = wrote(wrote(accepted(), TUE_12, 1), WED_13, 2)
    assert waiting_since(story.history) == day(TUE_12)
    story.then(Step.MESSAGED, WED_13, None, answers=[1], to=1)
    assert open_messages(story.history) == {2}
    story.then(Step.MESSAGED, MON_18, None, answers=[2], read=True)
    assert waiting_since(story.history) is None


def test_a_message_moves_no_date_and_can_be_written_in_any_state() -> None:
    for story in (accepted(), answered(), accepted().withdrawn(TUE_12), Story().received("Mon 11 May 2026").refused(TUE_12)):
        before = story.deadlines()
        wrote(story, MON_18, 1)
        assert story.deadlines() == before


def test_what_nobody_wrote_or_was_read_before_is_not_read_again() -> None:
    story = accepted()
    story.refuses("5.12", "Somebody has read that already", Step.MESSAGED, TUE_12, None, answers=[], read=True)
    wrote(story, TUE_12, 1).then(Step.MESSAGED, TUE_12, None, answers=[1], read=True)
    story.refuses("5.12", "Somebody has read that already", Step.MESSAGED, TUE_12, None, answers=[1], read=True)


def test_whatever_waits_is_told_in_the_order_it_was_said() -> None:
    story = wrote(accepted(), TUE_12, 1).then(Step.ISSUE_RAISED, WED_13, None, by="party:1", issue=1)
    story.then(Step.MEANING_QUERIED, WED_13, by="party:1", query=1)
    assert [one.step for one in waiting(story.history)] == [Step.MESSAGED, Step.ISSUE_RAISED, Step.MEANING_QUERIED]
