"""Letters sent outside the portal: a fact is never refused, what it lacks is owed (rulings 18, 45)."""

from typing import Any

from portal.rules.completing import lacking
from portal.rules.history import Step, barred_from
from tests.rules.story import CODE, NOT_UPHELD, Story, accepted, day, received

MON_11, TUE_12, FRI_15 = "Mon 11 May 2026", "Tue 12 May 2026", "Fri 15 May 2026"


def outside_answer(story: Story, *, by: str = "staff:5", parts: tuple[str, ...] = (), letter: int = 4) -> Story:
    """An answer to the one point, sent outside, with only these parts."""
    story.then(Step.RESPONDED, FRI_15, by=by, outside=True, letter=letter, answers={"1": NOT_UPHELD}, parts=list(parts))
    return story.issued("response", FRI_15)


def lacks(story: Story) -> list[str]:
    """The parts still owed."""
    return [part.id for one in lacking(story.history, CODE) for part in one.parts]


def test_ruling_18_a_letter_sent_outside_is_never_refused_for_what_it_lacks() -> None:
    story = received(MON_11)
    story.then(Step.ACKNOWLEDGED, TUE_12, outside=True, letter=2, points={"1": "ours"}, parts=[]).issued("acknowledgement", TUE_12)
    assert story.limit(Step.ACKNOWLEDGED).met_on == day(TUE_12)
    outside_answer(story)
    assert story.limit(Step.RESPONDED).met_on == day(FRI_15), "untriaged, and met all the same"


def test_ruling_18_a_day_to_come_or_before_receipt_is_no_fact() -> None:
    story = received(TUE_12)
    told: dict[str, Any] = {"outside": True, "points": {"1": "ours"}, "parts": []}
    story.refuses("5.12", "is before", Step.ACKNOWLEDGED, MON_11, **told)
    story.refuses("5.6", "at least one point", Step.ACKNOWLEDGED, TUE_12, outside=True, parts=[])


def test_ruling_45_what_it_lacks_is_listed_and_a_completing_letter_is_owed() -> None:
    story = outside_answer(accepted().triaged(MON_11), parts=("stage", "definition", "decision", "reasons", "remedy", "actions"))
    assert lacks(story) == ["escalate", "ombudsman"]
    owed = story.limit(Step.COMPLETED)
    assert (owed.met_on, owed.due_on) == (None, day("Fri 22 May 2026"))
    story.then(Step.COMPLETED, "Mon 18 May 2026", completes=4, letter=5, parts=["escalate", "ombudsman"])
    assert lacks(story) == [] and story.limit(Step.COMPLETED).met_on is None, "met only when it goes"
    story.then(Step.ISSUED, "Tue 19 May 2026", kind="completing", letter=5, usable=True)
    assert story.limit(Step.COMPLETED).met_on == day("Tue 19 May 2026")


def test_ruling_45_it_meets_the_step_only_where_it_answers_every_point() -> None:
    story = accepted(points={"1": "ours", "2": "ours"})
    story.refuses("6.7", "Still without one: 2", Step.RESPONDED, FRI_15, outside=True, letter=4, answers={"1": NOT_UPHELD})


def test_ruling_45_stage_2_opens_at_once() -> None:
    story = outside_answer(accepted())
    assert Step.ESCALATED in story.allowed("Mon 18 May 2026", by="party:1")


def test_ruling_34_recording_an_outside_letter_bars_nobody_and_deciding_it_does() -> None:
    story = accepted()
    story.then(Step.RESPONDED, FRI_15, by="staff:5", outside=True, answers={"1": NOT_UPHELD}, approved_by=["staff:8"])
    assert barred_from(story.history, 2) == {"staff:8"}
