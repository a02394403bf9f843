"""No news is on the page alone: each kind of thing that a resident's story tells, and what else carries it to them (item 70)."""

import ast
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.complaints.papers import Letter
from portal.complaints.record import Event
from portal.letters.compose import LETTERS
from portal.resident import story
from portal.rules.steps import Step
from tests.demo_rulings import Demo
from tests.test_demo import seeded

__all__ = ["seeded"]

BY_LETTER: dict[Step, tuple[str, ...]] = {
    Step.RECEIVED: ("receipt",), Step.WITHDRAWN: ("withdrawal",), Step.RESUMED: ("resumption",), Step.HOLD_RELEASED: ("hold_released",),
    Step.AUTHORITY_ENDED: ("authority_ended",), Step.AUTHORITY_DECIDED: ("authority_decided",), Step.REPRESENTED: ("representative", "authority_request", "authority_ended"),
    Step.DEFINITION_REVISED: ("revised", "meaning", "new_issue"), Step.DIRECTED: ("directed",), Step.REFUSAL_UNDONE: ("refusal_undone",),
    Step.JOINED: ("joined",), Step.UNJOINED: ("unjoined",), Step.MADE_REQUEST: ("made_request",), Step.RECEIPT_CORRECTED: ("receipt_corrected", "joined", "unjoined"),
    Step.PANEL_ARRANGED: ("panel",), Step.PANEL_CALLED_OFF: ("panel_off",),
    Step.ACTION_DONE: ("action_done",), Step.REMEDY_PAID: ("paid",),
}  # fmt: skip
"""Written to them in the same moment: one of these letters, which goes by the ways and in the form that they chose."""

THEIR_OWN = {
    Step.ACTION_DISPUTED, Step.CALL_ASKED, Step.CONTACT_CHANGED, Step.ESCALATED, Step.ISSUE_RAISED, Step.LANGUAGE_CHOSEN, Step.MEANING_QUERIED,
    Step.DATA_ASKED, Step.RECEIPT_QUERIED, Step.REMEDY_ACCEPTED, Step.REMEDY_DECLINED, Step.VOICED, Step.FOUND_UNUSABLE,
}  # fmt: skip
"""What they did themselves, or told us: no news to them. Our reply to it is a letter."""

IN_THE_NEXT_LETTER = {Step.TRIAGED, Step.ASSIGNED, Step.PERSON_MATCHED, Step.CONTRACTOR_ASKED, Step.PANEL_HELD}
"""Our own work on the way to a letter that is owed: what comes of it, and who does it, is said in that."""

REACHES_THEM_ITSELF = {
    Step.ISSUED: "the letter is the news",
    Step.CONTACTED: "they were there, or wrote it",
    Step.ADJUSTMENT_OVERRIDDEN: "the call, the visit or the letter in which it was not kept",
    Step.DATA_SENT: "what was sent",
    Step.MESSAGED: "a notice by e-mail, or a letter (test_item_70_a_reply_goes_by_post_to_whoever_chose_no_email)",
    Step.WAY_STOPPED: "staff owe them another way until they have reached them",
    Step.OMBUDSMAN_HAS: "they went there themselves, and the Ombudsman writes to them",
    Step.ACKNOWLEDGED: "that it is late: the backstop's own reminder to staff, and the letter when it goes",
    Step.RESPONDED: "that it is late: the late notice, owed the next day (ruling 54)",
}
"""What carries the news without a letter for it alone, in words."""


def told() -> set[Step]:
    """Every kind of event that a resident's story is made of."""
    tree = ast.parse(Path(str(story.__file__)).read_text())
    return {Step[each.attr] for each in ast.walk(tree) if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "Step"}


def test_item_70_each_kind_of_news_says_what_else_carries_it() -> None:
    groups = (set(BY_LETTER), THEIR_OWN, IN_THE_NEXT_LETTER, set(REACHES_THEM_ITSELF))
    known = set().union(*groups)
    assert told() - known == set(), "News that is on the page alone: say here which letter or message carries it."
    assert known - told() == set() and sum(map(len, groups)) == len(known)


def test_item_70_each_letter_has_its_own_words_in_the_story() -> None:
    assert {kind for kinds in BY_LETTER.values() for kind in kinds} <= set(LETTERS)
    to_somebody_else = {"outside", "estate", "not_acting", "acting", "authority_request", "representative"}
    assert set(LETTERS) - set(story.LETTER_SAID) == to_somebody_else, "These alone are told by the day and no more."


def test_item_70_each_of_them_in_the_demo_has_its_letter(request: pytest.FixtureRequest) -> None:
    demo: Demo = request.getfixturevalue("seeded")
    came = demo.register.scalars(select(Event).where(Event.step == Step.RECEIVED, Event.details.contains("brought_in")))
    brought_in = {event.complaint_id for event in came}
    letters, seen, alone = defaultdict(list), set(), []
    beside: dict[int, int] = {}
    for letter in demo.register.scalars(select(Letter)):
        letters[letter.complaint_id].append(letter)
    for event in demo.register.scalars(select(Event).where(Event.step.in_([str(step) for step in BY_LETTER])).order_by(Event.number)):
        happening = event.happening
        if happening.step is Step.JOINED and "with" in happening.details:
            beside |= {event.complaint_id: happening.details["with"], happening.details["with"]: event.complaint_id}
        there = [*letters[event.complaint_id], *letters[beside.get(event.complaint_id, 0)]]
        near = {letter.kind for letter in there if abs(letter.written_at - event.recorded_at) < timedelta(minutes=1)}
        seen.add(happening.step)
        if not near & set(BY_LETTER[happening.step]) and event.complaint_id not in brought_in:
            alone.append((happening, sorted(near)))
    assert alone == [], "\n".join(map(str, alone))
    assert seen == set(BY_LETTER)
