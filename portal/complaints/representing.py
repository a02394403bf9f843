"""Somebody who acts for a resident: named when the complaint comes, and on what authority; shown or declined later (ruling 5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from portal import clock, keyring
from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.people import CLAIMED, DECLINED, ENDED, PAUSED, RECEIVE, SHOWN, Part, Party, Person
from portal.complaints.recording import record, session_of
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_

ABOUT_WHO_ACTS = frozenset({"authority_request", "representative", "authority_ended", "authority_decided", "not_acting", "acting", "adjustment"})
"""The letters about whoever acts, and about what makes it easier for the resident: for whom they are written to, and nobody else."""


@dataclass(frozen=True)
class ActingFor:
    """What somebody who complains for another told us of that: who they are themselves, and how it was agreed."""

    name: str
    how: str
    can_show: bool = False
    safe_contact: Mapping[str, Any] = field(default_factory=dict)


def name_representative(
    complaint: Complaint, acting: ActingFor, *, code: str | None, language: str, person: Person | None = None
) -> Party:
    """The party of whoever acts for the resident, with the access code they were given; their authority is not shown yet.

    `person` is who it is, where they complained for another home in the same moment.
    """
    safe, now = acting.safe_contact, clock.now()
    person = person or Person(
        name=acting.name, language=language, email=safe.get("email") or None, phone=safe.get("phone") or None,
        post=safe.get("post") or None, safe_contact=dict(safe), known_since=now,
    )  # fmt: skip
    party = Party(
        person=person, part=Part.REPRESENTATIVE, name_as_given=acting.name, home_as_given="", code_lookup=keyring.ring().lookup(code) if code else None,
        scope="none", agreed=acting.how, authority=CLAIMED, since=now,
    )  # fmt: skip
    complaint.parties.append(party)
    session_of(complaint).flush()
    return party


def tell_of_representative(complaint: Complaint, party: Party, *, by: Viewer, can_show: bool = False) -> None:
    """Record that somebody acts for the resident, and ask the resident whether that is right: a letter to them alone."""
    record(complaint, Step.REPRESENTED, by=by, stage=complaint.stage, details={"party": party.id, "authority": CLAIMED, "can_show": can_show})
    _write(complaint, "authority_request", {"who": party.name, "how": party.agreed or ""}, by=by)


def show_authority(complaint: Complaint, party: Party, *, by: Viewer, proof: str, scope: Iterable[str] = (RECEIVE,)) -> None:
    """Their authority was shown, and what it covers: that is what they may do from now on, and the resident is told."""
    covers = frozenset(scope)
    _judge(complaint, party, SHOWN, by=by, reason=proof, scope=covers)
    party.proof, party.scopes = proof, covers


def decline(complaint: Complaint, party: Party, *, by: Viewer, reason: str) -> None:
    """They do not act for the resident. Why goes to the resident alone; the other keeps their own words, and reads no reason."""
    _judge(complaint, party, DECLINED, by=by, reason=reason)
    party.scope = "none"


def _judge(
    complaint: Complaint, party: Party, authority: str, *, by: Viewer, reason: str, scope: frozenset[str] = frozenset()
) -> None:
    if party.authority == authority and party.scopes == scope:
        raise RuleBroken("1.6", N_("This is written down already."))
    if party.authority == PAUSED:
        raise RuleBroken("1.6", N_("The resident stopped them. A manager decides whether they get their access back."))
    if party.authority == ENDED and authority == DECLINED:
        raise RuleBroken("1.6", N_("The resident ended it already."))
    party.authority = authority
    record(
        complaint, Step.REPRESENTED, by=by, stage=complaint.stage, details={"party": party.id, "authority": authority, "scope": sorted(scope)}, words={"reason": reason},
    )  # fmt: skip
    complaint.version += 1
    _write(complaint, "representative", {"who": party.name, "authority": authority, "reason": reason, "scope": scope}, by=by)


def _write(complaint: Complaint, kind: str, draft: Mapping[str, Any], *, by: Viewer) -> None:
    facts = facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day)
    keep(complaint, compose(kind, replace(facts, draft=draft)), by=by)
