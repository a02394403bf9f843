"""Mail that came to us and could not be put with a complaint by itself: kept as it came until somebody here has looked at it (G3, G4).

What is proved goes in by itself (`reply_by_mail`); everything else waits in this pen. Nothing in it changes a complaint, who may act in
one, or how anybody is reached, but for what bounced: that way of reaching its reader is used no more.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from portal import clock
from portal.access import Do, Role, Viewer, may
from portal.complaints import queries
from portal.complaints.contacting import stop_way
from portal.complaints.contacts import record_contact
from portal.complaints.files import Arrived, Enclosed, attach_file
from portal.complaints.keeping import keep_evidence
from portal.complaints.messages import write
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.people import Part, Party
from portal.complaints.recording import session_of
from portal.complaints.sending import ISSUED, addressed, mark_failed
from portal.complaints.usable import find_unusable
from portal.db import UTC, Base, Encrypted, Register
from portal.rules.words import N_

WHY = {
    "no reply": N_("It was not written as an answer to a message of ours."),
    "unknown": N_("It answers a message that we do not know."),
    "other sender": N_("It answers a message that we sent to another address."),
    "unproved": N_("Nobody could say that it came from the address it names."),
    "may not": N_("Whoever wrote it may not write in that complaint now."),
    "bounced": N_("A message of ours did not arrive, and came back. We no longer use the address it went to."),
    "no bounce": N_("It says that a message of ours did not arrive, and it is not known which."),
    "automatic": N_("A machine wrote it, such as a notice that somebody is away."),
    "too long": N_("It is too long to be a message, or holds a file that we do not take."),
}
"""Why mail waits here, in words for staff."""

PLACED, ASIDE = "placed", "aside"
MOST_SHOWN = 50
LONGEST = 20_000
"""Letters in a message, as on the page where residents write to us."""


class ArrivedMail(Base):
    """One message that came and waits to be looked at: who it says it is from, what it says, and the whole of it, sealed."""

    __tablename__ = "arrived_mail"
    __table_args__ = (Index("ix_arrived_mail_waiting", "settled_at", "arrived_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    arrived_at: Mapped[datetime] = mapped_column(UTC)
    why: Mapped[str] = mapped_column(String(20))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"), index=True)
    sender: Mapped[str] = mapped_column(Encrypted("arrived_mail.sender"))
    subject: Mapped[str] = mapped_column(Encrypted("arrived_mail.subject"))
    words: Mapped[str] = mapped_column(Encrypted("arrived_mail.words"))
    raw: Mapped[str | None] = mapped_column(Encrypted("arrived_mail.raw"), deferred=True)
    """Byte for byte, as Latin-1; gone once somebody has settled it."""
    settled_at: Mapped[datetime | None] = mapped_column(UTC)
    settled_by: Mapped[str | None] = mapped_column(String(40))
    outcome: Mapped[str | None] = mapped_column(String(10))


def came_before(register: Register, digest: str) -> bool:
    """Whether the very same message was taken in before: a mail server that was cut off sends again."""
    return register.scalar(select(ArrivedMail.id).where(ArrivedMail.digest == digest)) is not None


def put_in_pen(register: Register, why: str, *, digest: str, complaint_id: int | None = None, **said: Any) -> ArrivedMail:
    """Keep a message until somebody has looked at it: `sender`, `subject`, `words` and `raw`."""
    row = ArrivedMail(digest=digest, why=why, complaint_id=complaint_id, arrived_at=clock.now(), **said)
    register.add(row)
    return row


def message_named(register: Register, name: str) -> Outbox | None:
    """The message of ours whose identity begins with this name, 32 letters long; None for none of ours."""
    return register.scalar(select(Outbox).where(Outbox.message_id.startswith(f"<{name}@", autoescape=True)))


def reader_of(register: Register, row: Outbox) -> Party | None:
    """Which party a message of ours was for; None for one to staff, or to somebody who is no party."""
    if row.issue is not None:
        return row.issue.party
    return register.get_one(Complaint, row.complaint_id).resident if row.kind == "message" and row.complaint_id else None


def why_not_theirs(register: Register, party: Party, sender: str) -> str:
    """Why what came from an address is not taken as this party's message; "" where it is."""
    if not party.email or addressed(sender) != addressed(party.email):
        return "other sender"
    viewer = viewer_of(party)
    complaint = queries.find(register, viewer, None)
    return "" if complaint is not None and may(viewer, Do.WRITE_TO_US, complaint) else "may not"


def viewer_of(party: Party) -> Viewer:
    """The party, as somebody who asks for no more than their part allows."""
    role = Role.REPRESENTATIVE if party.part == Part.REPRESENTATIVE else Role.PARTY
    return Viewer(role=role, party_id=party.id, complaint_id=party.complaint_id)


def reply_by_mail(register: Register, complaint: Complaint, party: Party, words: str, *, digest: str, files: Enclosed) -> None:
    """What a party wrote in answer to our mail: a message like any other, and nothing else. That it came is kept, so that it comes once."""
    write(complaint, words, by=viewer_of(party), files=files)
    mail = put_in_pen(register, "", digest=digest, complaint_id=complaint.id, sender="", subject="", words="", raw=None)
    _settled(mail, PLACED, viewer_of(party), complaint)


def bounced(complaint: Complaint, row: Outbox, party: Party, *, by: Viewer) -> None:
    """A message of ours came back: what it brought has not gone (ruling 14), and no mail goes to that address again."""
    issue = row.issue
    if issue is not None and issue.state == ISSUED and issue.usable:
        find_unusable(complaint, issue.letter, by=by, copies=[issue.id])
        mark_failed(issue)
    if row.sent_to and party.email and addressed(party.email) == row.sent_to and "email" in party.channels:
        stop_way(complaint, party, "email")


def waiting_for(register: Register, viewer: Viewer) -> list[ArrivedMail]:
    """What nobody has settled and this viewer may see, longest waiting first: of a complaint that is kept from them, none of it."""
    return list(register.scalars(_waiting(viewer).order_by(ArrivedMail.arrived_at).limit(MOST_SHOWN)))


def one_waiting(register: Register, viewer: Viewer, number: int) -> ArrivedMail | None:
    """One of those; None where it waits no more, or not for them."""
    return register.scalar(_waiting(viewer).where(ArrivedMail.id == number).with_for_update())


def _waiting(viewer: Viewer) -> Select[ArrivedMail]:
    of_nobody = ArrivedMail.complaint_id.is_(None)
    return select(ArrivedMail).where(ArrivedMail.settled_at.is_(None), or_(of_nobody, queries.not_kept_from(viewer, ArrivedMail.complaint_id)))


def put_aside(mail: ArrivedMail, *, by: Viewer) -> None:
    """It belongs to no complaint: its words are forgotten, and that it came is kept."""
    _settled(mail, ASIDE, by)


def place(complaint: Complaint, mail: ArrivedMail, *, by: Viewer, arrived: list[Arrived], scanned: bool) -> None:
    """Put it with a complaint as an e-mail that came about it, with its files: what it says is not vouched for as the resident's own."""
    on = clock.day_of(mail.arrived_at)
    said = f"{mail.subject}\n\n{mail.words}".strip()
    record_contact(complaint, by=by, kind="email", incoming=True, who=mail.sender, words=said, on=on, shown=False, with_them=False)
    for each in arrived:
        file = attach_file(complaint, each, party_id=None, scanned=scanned)
        session_of(complaint).flush()
        keep_evidence(complaint, each.name, by=by, supplied_by=mail.sender, on=on, attachment_id=file.id)
    _settled(mail, PLACED, by, complaint)


def _settled(mail: ArrivedMail, outcome: str, by: Viewer, complaint: Complaint | None = None) -> None:
    mail.settled_at, mail.settled_by, mail.outcome = clock.now(), by.name, outcome
    mail.complaint_id = complaint.id if complaint else mail.complaint_id
    mail.sender, mail.subject, mail.words, mail.raw = "", "", "", None
