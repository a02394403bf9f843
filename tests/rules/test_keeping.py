"""How long a complaint is kept: never erased while anything is owed, kept longer with a reason, and nothing after the end."""

from typing import Any

import pytest

from portal.rules.keeping import LAW, is_erased, kept_longer, with_ombudsman
from portal.rules.steps import Step
from tests.rules.story import Story, accepted, answered, received

MON_11, TUE_12, FRI_15 = "Mon 11 May 2026", "Tue 12 May 2026", "Fri 15 May 2026"
LATER = "Mon 17 May 2032"
ERASING: dict[str, Any] = {"until": "2032-05-15", "reason": True}


def refuses(story: Story, words: str, **other: Any) -> None:
    """It is not erased, and why."""
    story.refuses(LAW, words, Step.ERASED, LATER, **(ERASING | other))


def test_what_is_answered_and_done_is_erased_once_its_time_is_over_and_nothing_happens_after() -> None:
    story = answered().then(Step.ERASED, LATER, **ERASING)
    assert is_erased(story.history) and story.allowed(LATER) == frozenset()
    story.refuses(LAW, "nothing more can happen", Step.MESSAGED, LATER, by="party:1", message=1)
    story.refuses(LAW, "nothing more can happen", Step.RECEIVED, LATER)


def test_nothing_is_erased_without_a_reason_or_before_the_day_its_time_is_over() -> None:
    refuses(answered(), "Say why.", reason=False)
    refuses(answered(), "not over yet", until="2032-05-18")
    refuses(answered(), "not over yet", until=None)


@pytest.mark.parametrize("waits", ["an answer", "an action", "money", "a message", "a danger", "data"])
def test_nothing_is_erased_while_anything_is_owed_or_waits(waits: str) -> None:
    story = {
        "an answer": lambda: accepted(),
        "an action": lambda: answered().then(Step.ACTION_PROMISED, FRI_15, action=1, due="2026-06-02"),
        "money": lambda: answered().then(Step.REMEDY_ACCEPTED, FRI_15, by="party:1", remedy=1, pay_by="2026-06-16"),
        "a message": lambda: answered().then(Step.MESSAGED, FRI_15, by="party:1", message=1),
        "a danger": lambda: answered().then(Step.DANGER_TOLD, FRI_15, by="party:1", alert=1),
        "data": lambda: answered().then(Step.DATA_ASKED, FRI_15, by="party:1", request=1, due="2026-06-15"),
    }[waits]()
    refuses(story, "still owed")


def test_what_was_refused_withdrawn_or_put_aside_is_erased_too() -> None:
    received(MON_11).refused(MON_11).issued("refusal", MON_11).then(Step.ERASED, LATER, **ERASING)
    accepted().then(Step.WITHDRAWN, FRI_15, by="party:1", points=[]).then(Step.ERASED, LATER, **ERASING)
    received(MON_11).then(Step.SPAM, TUE_12).then(Step.ERASED, LATER, **ERASING)


def test_what_somebody_keeps_for_a_reason_is_not_erased_until_they_say_otherwise() -> None:
    answered().refuses(LAW, "Say why.", Step.KEPT_LONGER, FRI_15, reason=False)
    story = answered().then(Step.KEPT_LONGER, FRI_15, reason=True)
    assert kept_longer(story.history)
    refuses(story, "kept for longer")
    story.refuses(LAW, "for longer already", Step.KEPT_LONGER, FRI_15, reason=True)
    story.then(Step.KEEPING_ENDED, FRI_15, reason=True).refuses(LAW, "Nobody said", Step.KEEPING_ENDED, FRI_15, reason=True)
    assert kept_longer(story.history) is None
    story.then(Step.ERASED, LATER, **ERASING)


def test_what_the_ombudsman_has_is_not_erased_until_they_are_done() -> None:
    answered().refuses(LAW, "does not have it", Step.OMBUDSMAN_DONE, FRI_15)
    story = answered().then(Step.OMBUDSMAN_HAS, FRI_15, reference="HO-1")
    refuses(story, "The Ombudsman has it")
    story.then(Step.OMBUDSMAN_DONE, FRI_15).then(Step.ERASED, LATER, **ERASING)


def test_what_the_ombudsman_directed_us_to_accept_is_with_them() -> None:
    story = received(MON_11).refused(MON_11).then(Step.DIRECTED, TUE_12, reference="HO-1")
    assert with_ombudsman(story.history)
    assert with_ombudsman(Story().then(Step.RECEIVED, MON_11, by="party:1", directed="HO-2").history)
