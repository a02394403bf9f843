"""The grounds on which a complaint, or a point of one, may be refused: whether one is open, and what of it is recorded (2.1 to 2.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from portal.complaints.models import Complaint
from portal.complaints.record import EventWords
from portal.complaints.recording import edition_of, session_of
from portal.letters.refusal import of_point
from portal.letters.structure import Composed
from portal.rules.letters import Missing, is_refused, refusal_parts_present, refused_points
from portal.rules.reading import received_on
from portal.rules.refusals import is_within
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_

FACTS = ("ground", "happened_on", "known_on", "still", "unsure")
"""What a refusal's event holds of what was written: nothing personal."""
ANSWERS = frozenset({Step.RESPONDED, Step.PART_ANSWERED, Step.ANSWER_CORRECTED})
DAYS = {"happened_on": N_("The day it happened"), "known_on": N_("The day the resident knew of it")}
GOES_ON = N_("Another ground, or accept it: this one is not open while it goes on, or while anybody is unsure of the days")
WAS_ACCEPTED = N_("Another decision: we accepted this point, and this ground does not arise once we have")
TOO_SOON = N_("Another ground, or accept it: this happened, or was known of, within the time for complaining")


def facts_in(written: Mapping[str, Any]) -> dict[str, Any]:
    """What the event of a refusal holds of it."""
    return {name: written[name] for name in FACTS if written.get(name)}


def closed(complaint: Complaint, written: Mapping[str, Any]) -> Iterator[Missing]:
    """Why the chosen ground is not open: the days that are not given, or are too near, or that nobody is sure of (2.3)."""
    edition = edition_of(complaint)
    ground, provision = edition.ground(str(written.get("ground"))), edition.cites["refusal time"]
    if ground is None or not ground.after_months:
        return
    if written.get("still") or written.get("unsure"):
        yield Missing("ground", provision, GOES_ON, field="ground")
        return
    for name, words in DAYS.items():
        if not written.get(name):
            yield Missing("ground", provision, words, field=name)
    both = all(written.get(name) for name in DAYS)
    if both and is_within(written, ground.after_months, received_on(complaint.happenings)):
        yield Missing("ground", provision, TOO_SOON, field="ground")


def closed_points(complaint: Complaint, written: Mapping[str, Any]) -> Iterator[Missing]:
    """The same of each point that a letter refuses; one accepted before is refused only for what has arisen since (25)."""
    edition = edition_of(complaint)
    for point in refused_points(edition, written):
        for one in closed(complaint, point):
            yield replace(one, point=int(point["number"]))
        ground = edition.ground(str(point.get("ground")))
        if ground and not ground.may_arise_later and is_refused(edition, point):
            yield Missing("ground", edition.cites["refuse"], WAS_ACCEPTED, point=int(point["number"]), field="ground")


SAID_ONCE = frozenset({"refusal_rights", "ombudsman", "reasons"})
"""The parts that a letter says once for every point it refuses, or asks for by the same name of every point it answers."""


def point_details(complaint: Complaint, composed: Composed, point: Mapping[str, Any]) -> dict[str, Any]:
    """What the event holds of a point refused: its ground, and what the letter says of it (ruling 25)."""
    here, own = refusal_parts_present(edition_of(complaint), composed.stage, point), of_point(point)
    said = [part for part in here if f"{own}{part}" in composed.parts or (part in SAID_ONCE and part in composed.parts)]
    return facts_in(point) | {"parts": sorted(said)}


def words_of_refused(complaint: Complaint, stage: int) -> dict[int, dict[str, Any]]:
    """What the answers of a stage wrote of each point that they do not accept, by its number; the newest wins."""
    numbers = [one.number for one in complaint.happenings if one.stage == stage and one.step in ANSWERS and one.number is not None]
    kept = session_of(complaint).scalars(select(EventWords).where(EventWords.number.in_(numbers)).order_by(EventWords.number))
    return {int(point["number"]): point for row in kept for point in row.words.get("refused", ())}


def see_open(closed: Iterator[Missing]) -> None:
    """RuleBroken with the first reason why a ground is not open; nothing where every one is."""
    for one in closed:
        raise RuleBroken(one.provision, N_("This cannot be refused yet. What is missing: %(what)s."), {"what": one.label})
