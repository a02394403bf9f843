"""The grounds on which a complaint, or a point of one, may be refused: whether one is open, and what of it is recorded (2.1 to 2.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from portal.complaints.models import Complaint
from portal.complaints.recording import edition_of
from portal.rules.letters import Missing
from portal.rules.reading import received_on
from portal.rules.refusals import is_within
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

FACTS = ("ground", "happened_on", "known_on", "still", "unsure")
"""What a refusal's event holds of what was written: nothing personal."""
DAYS = {"happened_on": N_("The day it happened"), "known_on": N_("The day the resident knew of it")}
GOES_ON = N_("Another ground, or accept it: this one is not open while it goes on, or while anybody is unsure of the days")
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
    """The same of each point that an acknowledgement refuses (ruling 25)."""
    for point in written.get("refused", ()):
        for one in closed(complaint, point):
            yield replace(one, point=int(point["number"]))


def see_open(closed: Iterator[Missing]) -> None:
    """RuleBroken with the first reason why a ground is not open; nothing where every one is."""
    for one in closed:
        raise RuleBroken(one.provision, N_("This cannot be refused yet. What is missing: %(what)s."), {"what": one.label})
