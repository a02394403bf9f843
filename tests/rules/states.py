"""A complaint in every state that the rules tell apart, and the day on which somebody comes to it."""

from collections.abc import Callable
from typing import Any

from portal.rules.reading import live
from portal.rules.steps import Step
from tests.rules.story import NOT_UPHELD, Story, accepted, answered, received

MON_11, TUE_12, FRI_15 = "Mon 11 May 2026", "Tue 12 May 2026", "Fri 15 May 2026"
OVERDUE, JUNE_1, JUNE_2 = "Wed 27 May 2026", "Mon 01 Jun 2026", "Tue 02 Jun 2026"
LONG_AFTER = "Mon 02 Jun 2036"

TWO: dict[str, Any] = {"points": {"1": "ours", "2": "ours"}}
HANDLER, REVIEWER = "staff:7", "staff:9"
"""Who has stage 1, and who has stage 2."""


def given(story: Story) -> Story:
    """Stage 1 is the handler's."""
    return story.then(Step.ASSIGNED, MON_11, staff=7, part="decider")


def new() -> Story:
    """Received, and given to somebody."""
    return given(received(MON_11))


def acknowledged(**rest: Any) -> Story:
    """Weighed and acknowledged."""
    return given(accepted(**rest))


def asked() -> Story:
    """Answered, stage 2 asked for, and given to somebody new."""
    return given(answered(by=HANDLER)).escalated(JUNE_1).then(Step.ASSIGNED, JUNE_1, 2, staff=9, part="decider")


def at_stage_2() -> Story:
    """Stage 2 acknowledged."""
    return asked().acknowledged(JUNE_1, 2, by=REVIEWER)


def with_everything_open() -> Story:
    """Acknowledged, and everything waits that can wait beside the answer."""
    story = acknowledged().then(Step.DANGER_TOLD, TUE_12, alert=1).then(Step.RECEIPT_QUERIED, TUE_12, by="party:1")
    story.then(Step.ISSUE_RAISED, TUE_12, by="party:1", issue=1).then(Step.ACTION_PROMISED, TUE_12, action=1, due="2099-06-02")
    story.then(Step.REMEDY_OFFERED, TUE_12, remedy=1, kind="money", parts=story.parts("offer", 1))
    story.then(Step.DATA_ASKED, TUE_12, request=1, due="2026-06-12", by="party:1").then(Step.KEPT_LONGER, TUE_12, reason=True)
    story.then(Step.OMBUDSMAN_HAS, TUE_12, reference="HO-1").then(Step.DEATH_RECORDED, TUE_12)
    story.then(Step.REPRESENTED, TUE_12, party=2, authority="shown").then(Step.AUTHORITY_ENDED, TUE_12, by="party:1", party=2, paused=True)
    return story.then(Step.MEANING_QUERIED, TUE_12, by="party:1", query=1)


def letter_astray() -> Story:
    """Its acknowledgement belonged to somebody else."""
    story = acknowledged()
    gone = [one.number for one in story.history if one.step in (Step.ACKNOWLEDGED, Step.ISSUED)]
    story.then(Step.VOIDED, TUE_12, events=gone, reason=True, letter=1, gone=True)
    story.history = live(story.history)
    return story


def panel_to_meet() -> Story:
    """At stage 2, before a panel."""
    return at_stage_2().then(Step.PANEL_ARRANGED, JUNE_1, 2, by=REVIEWER, panel=1, members=[9], meets="2026-06-02")


def made_request() -> Story:
    """The resident agreed that it is handled as a first request."""
    story = new().then(Step.CONTACTED, MON_11, contact=1)
    return story.then(Step.MADE_REQUEST, MON_11, contact=1)


STATES: dict[str, tuple[Callable[[], Story], str]] = {
    "nothing yet": (Story, TUE_12),
    "new": (new, TUE_12),
    "weighed": (lambda: new().triaged(MON_11), TUE_12),
    "acknowledged unweighed": (lambda: new().acknowledged(MON_11), TUE_12),
    "acknowledged": (acknowledged, FRI_15),
    "misunderstood": (lambda: acknowledged().then(Step.MEANING_QUERIED, TUE_12, by="party:1", query=1), FRI_15),
    "unconfirmed": (lambda: acknowledged(points={"1": "ours", "2": "to_be_confirmed"}), FRI_15),
    "everything open": (with_everything_open, FRI_15),
    "overdue": (acknowledged, OVERDUE),
    "more time": (lambda: acknowledged().extended(FRI_15, "Tue 09 Jun 2026"), JUNE_1),
    "answered in part": (
        lambda: (story := acknowledged(**TWO)).then(Step.PART_ANSWERED, TUE_12, by=HANDLER, answers={"1": NOT_UPHELD}, parts=story.parts("interim", 1)), FRI_15,
    ),
    "asked early": (lambda: acknowledged().escalated(TUE_12, early=True), FRI_15),
    "asked when overdue": (lambda: acknowledged().escalated(OVERDUE).then(Step.ASSIGNED, OVERDUE, 2, staff=9, part="decider"), JUNE_1),
    "answered": (lambda: given(answered(by=HANDLER)), JUNE_1),
    "stage 2 asked": (asked, JUNE_2),
    "stage 2 acknowledged": (at_stage_2, JUNE_2),
    "panel to meet": (panel_to_meet, JUNE_2),
    "final answer": (lambda: at_stage_2().responded(JUNE_1, 2, by=REVIEWER), JUNE_2),
    "refused": (lambda: new().refused(MON_11), TUE_12),
    "stage 2 refused": (lambda: asked().refused(JUNE_1, 2, by=REVIEWER), JUNE_2),
    "directed": (lambda: new().refused(MON_11).then(Step.DIRECTED, TUE_12, reference="HO-1"), FRI_15),
    "refusal undone": (lambda: new().refused(MON_11).then(Step.REFUSAL_UNDONE, TUE_12, reason=True), FRI_15),
    "letter astray": (letter_astray, FRI_15),
    "withdrawn": (lambda: acknowledged().withdrawn(TUE_12), FRI_15),
    "taken up again": (lambda: acknowledged().withdrawn(TUE_12).resumed(TUE_12), FRI_15),
    "joined": (lambda: new().then(Step.JOINED, MON_11), TUE_12),
    "first request": (made_request, TUE_12),
    "voiced": (lambda: made_request().then(Step.VOICED, TUE_12, by="party:1"), FRI_15),
    "spam": (lambda: new().then(Step.SPAM, MON_11), TUE_12),
    "erased": (lambda: given(answered(by=HANDLER)).then(Step.ERASED, LONG_AFTER, reason=True, until="2032-05-15"), LONG_AFTER),
}  # fmt: skip
"""State -> how it is come to, and the day on which somebody looks."""
