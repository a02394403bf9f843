"""Ending what somebody may do for a resident: at once where it rests on consent, paused for a manager where it does not (ruling 6)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact
from portal.complaints.people import ENDED, PAUSED, SHOWN, Party
from portal.complaints.recording import record
from portal.complaints.saying import by_contact
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


def end_authority(complaint: Complaint, party: Party, *, by: Viewer, said: Contact | None = None) -> None:
    """End what somebody may do for the resident, from this moment: the resident's own act, with no reason asked (ruling 6).

    The authority of an attorney or a deputy is not the resident's alone to end: their access is paused, and a manager
    decides. `said` is the call or visit in which the resident told staff so; the letters say its day (ruling 17).
    """
    is_paused = not party.rests_on_consent
    details = {"party": party.id, "paused": is_paused} | by_contact(said)
    record(complaint, Step.AUTHORITY_ENDED, by=by, stage=complaint.stage, on=said.happened_on if said else None, details=details)
    party.authority = PAUSED if is_paused else ENDED
    complaint.version += 1
    draft = {"who": party.name, "change": party.authority}
    _write(complaint, "authority_ended", draft, by=by, said=said)
    _write_to(complaint, party, "not_acting", draft, by=by)


def decide_pause(complaint: Complaint, party: Party, *, by: Viewer, give_back: bool, reason: str) -> None:
    """A manager's decision about a pause, with its reason, which the resident alone is told: it goes on, or access is given back."""
    details = {"party": party.id, "given_back": give_back, "reason": bool(reason.strip())}
    record(complaint, Step.AUTHORITY_DECIDED, by=by, stage=complaint.stage, details=details, words={"reason": reason})
    party.authority = SHOWN if give_back and party.scope != "none" else "claimed" if give_back else PAUSED
    complaint.version += 1
    draft = {"who": party.name, "change": "given back" if give_back else "stays paused", "reason": reason}
    _write(complaint, "authority_decided", draft, by=by)
    _write_to(complaint, party, "acting" if give_back else "not_acting", draft, by=by)


def narrow(complaint: Complaint, party: Party, scope: Iterable[str], *, by: Viewer) -> None:
    """Let somebody do less for the resident than they could; only staff, who see what was shown, let them do more."""
    kept = frozenset(scope)
    if not party.rests_on_consent or not kept < party.scopes or not kept:
        raise RuleBroken("5.12", N_("Leave out something that they may do now, and keep something. You can also stop all of it at once."))
    details = {"party": party.id, "authority": "narrowed", "scope": sorted(kept)}
    record(complaint, Step.REPRESENTED, by=by, stage=complaint.stage, details=details)
    party.scopes = kept
    complaint.version += 1


def _write(complaint: Complaint, kind: str, draft: Mapping[str, Any], *, by: Viewer, said: Contact | None = None) -> None:
    facts = facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day)
    keep(complaint, compose(kind, replace(facts, draft=draft, told_on=said.happened_on if said else None)), by=by)


def _write_to(complaint: Complaint, party: Party, kind: str, draft: Mapping[str, Any], *, by: Viewer) -> None:
    """A letter to whoever acted: neutral words, in their language, with nothing of the complaint and no reason (ruling 5)."""
    facts = facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day)
    neutral = {"change": draft["change"]}
    keep(complaint, compose(kind, replace(facts, name=party.name, estate_of="", language=party.person.language, writer=None, words="", draft=neutral)), by=by, to=party)
