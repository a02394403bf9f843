"""How to reach somebody, changed by themselves: from that moment nothing goes the old way, but for one notice where that is safe."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from portal import clock
from portal.access import MACHINE, Viewer
from portal.complaints.challenges import end_codes
from portal.complaints.machine import locked_beside
from portal.complaints.models import Complaint
from portal.complaints.noticing import CHANGED, call_off, tell
from portal.complaints.papers import Contact, Letter, Outbox
from portal.complaints.people import Part, Party
from portal.complaints.recording import record, session_of
from portal.complaints.saying import by_contact
from portal.complaints.sending import (
    ISSUED,
    WAITING,
    addressed,
    forget_queued,
    issue_to,
    mark_failed,
    ways_of,
)
from portal.rules.steps import Step
from portal.rules.words import N_

NOT_SAFE = N_("This is no longer a safe way to reach this person.")
"""Why a message that was queued does not go, as staff read it beside the message."""


def change_contact(
    complaint: Complaint, told: Mapping[str, Any], *, by: Viewer, proved: str, tell_old: bool, texts: bool = False, said: Contact | None = None, of: Party | None = None,
    beside: Collection[int] = (),
) -> None:
    """Reach whoever does this as they now say, in this complaint; `proved` is how they showed that it is them.

    `said` is the call or visit in which the resident told staff so, or with `of` somebody else, and staff made sure that it was them (ruling 17).

    What waits for them goes the new way. One notice goes to each address or number that was used before: to one that is
    still theirs always, to an old one only where they say that this is safe (`tell_old`); where it is not, that way is used no
    more in their other complaints either, but for those that are changed `beside` this one. Where no notice can go, staff make sure that it was them. No word of how to reach them is in the event. `texts` says whether text messages go at all.
    """
    party = (of or complaint.resident) if said else next(each for each in complaint.parties if each.id == by.party_id)
    before, led = party.written_ways, _leads(party)
    since = {way: at for way, at in party.contact.get("since", {}).items() if way in before}
    party.given_contact = {**told, "since": since}
    now = party.written_ways
    moved = {way: clock.now().isoformat() for way, address in now.items() if before.get(way) != address}
    party.given_contact = {**told, "since": {way: at for way, at in (since | moved).items() if way in now}}
    tells = {way: address for way, address in before.items() if (tell_old or now.get(way) == address) and (texts or way != "text")}
    waits: dict[str, Any] = {} if tells or said else {"change": _number(complaint)}
    waits |= {"party": party.id} if party.part == Part.REPRESENTATIVE else {}
    record(complaint, Step.CONTACT_CHANGED, by=by, stage=complaint.stage, details={"proved": proved} | by_contact(said) | waits)
    if not tell_old:
        call_off(complaint, party)
        _stop_elsewhere(complaint, party, {way: where for way, where in led.items() if _leads(party).get(way) != where}, but=beside)
    tell(complaint, party, CHANGED, tells)
    for letter in complaint.letters:
        _send_the_new_way(complaint, letter, party)
    end_codes(session_of(complaint), party)


def _number(complaint: Complaint) -> int:
    return 1 + sum(one.step is Step.CONTACT_CHANGED for one in complaint.recorded)


def _leads(party: Party) -> dict[str, str]:
    """Where each way leads that is safe: an address, a number, a home."""
    found = {"email": party.email, "phone": party.phone, "post": party.postal_address}
    return {way: where for way, where in found.items() if where and way in party.channels}


def _stop_elsewhere(complaint: Complaint, party: Party, left: Mapping[str, str], *, but: Collection[int]) -> None:
    """Whoever left a mailbox, a number or a home that is not safe is reached there in none of their complaints."""
    same = select(Party.complaint_id).where(Party.person_id == party.person_id, Party.complaint_id.not_in({complaint.id, *but}))
    for other_id in session_of(complaint).scalars(same.order_by(Party.complaint_id)).unique().all() if left else ():
        other = locked_beside(session_of(complaint), complaint, other_id)
        for theirs in (each for each in other.parties if each.person_id == party.person_id):
            for way in (way for way, where in _leads(theirs).items() if left.get(way) == where):
                stop_way(other, theirs, way)


def stop_way(complaint: Complaint, party: Party, way: str) -> None:
    """Reach a party this way no more, `email`, `phone` or `post`: it is not safe, or leads to somebody else. Staff find another.

    The address or number is kept, for them to see which it was, and leads nowhere. What waits goes another way that is safe;
    where there is none, it is on the party's page.
    """
    kept = {**party.contact, "email": party.email, "phone": party.phone, "post": party.postal_address}
    left = [each for each in party.channels if each != way] or ["portal"]
    stopped = sorted({*kept.get("stopped", ()), way})
    party.given_contact = {name: value for name, value in kept.items() if value is not None} | {"channels": left, "stopped": stopped}
    number = 1 + sum(one.step is Step.WAY_STOPPED for one in complaint.recorded)
    record(complaint, Step.WAY_STOPPED, by=MACHINE, stage=complaint.stage, details={"stop": number, "party": party.id})
    for letter in complaint.letters:
        _send_the_new_way(complaint, letter, party)
    end_codes(session_of(complaint), party)


def _send_the_new_way(complaint: Complaint, letter: Letter, party: Party) -> None:
    """What waits to go to them goes where they now say; where its way is not safe any more it goes the new ones, if any is new to it."""
    mine = [issue for issue in letter.issues if issue.party_id == party.id]
    for issue in mine:
        if issue.state == WAITING and not party.is_safe(issue.channel):
            mark_failed(issue)
            forget_queued(issue, trouble=NOT_SAFE)
        elif issue.state == WAITING and issue.channel == "email":
            _address_anew(complaint, issue.id, party)
    stopped = bool(mine) and not any(issue.state in (WAITING, ISSUED) for issue in mine)
    if stopped and not {issue.channel for issue in mine} & set(ways_of(party)):
        issue_to(complaint, letter, party)


def _address_anew(complaint: Complaint, issue_id: int, party: Party) -> None:
    """What is counted of a message that waits is counted by the address it will go to."""
    for row in session_of(complaint).scalars(select(Outbox).where(Outbox.issue_id == issue_id, Outbox.done_at.is_(None))):
        row.sent_to = addressed(party.email or "")
