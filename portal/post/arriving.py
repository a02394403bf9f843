"""Mail that comes to us: what is proved goes into its complaint, what bounced stops its way, and a person looks at everything else (G3, G4)."""

import hashlib
import io
from dataclasses import dataclass

from sqlalchemy.orm import sessionmaker

from portal import db, log
from portal.access import MACHINE
from portal.complaints import arrived, machine
from portal.complaints import files as kept_files
from portal.complaints.files import Arrived, Enclosed
from portal.complaints.kinds import NotTaken
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.people import Party
from portal.config import Config
from portal.db import Register
from portal.plain import plain_name
from portal.post.opened import Opened, opened
from portal.rules.steps import RuleBroken

LARGEST = 40_000_000
"""Bytes of a message that is taken in at all: 25 MB of files as mail writes them out."""

FILED, STOPPED, PENNED, AGAIN, TOO_LARGE = "filed", "way stopped", "penned", "came before", "too large"


@dataclass(frozen=True)
class Arriving:
    """Takes mail in for one installation."""

    sessions: sessionmaker[Register]
    config: Config

    def take_in(self, raw: bytes, *, to: str = "") -> str:
        """Take one message in, for good before this returns; answers what became of it. `to` is the address it was delivered to.

        Whatever is wrong with it, it is kept and nothing is raised but what is wrong with us: the mail server then tries again.
        """
        if len(raw) > LARGEST:
            return TOO_LARGE
        digest = hashlib.sha256(raw).hexdigest()
        mail = opened(raw, to=to, checked_by=self.config.mail_checked_by)
        with self.sessions() as register:
            if arrived.came_before(register, digest):
                return AGAIN
            row = arrived.message_named(register, mail.answers) if mail.answers else None
            party = arrived.reader_of(register, row) if row else None
            complaint_id = row.complaint_id if row else None
            number, party_id = (row.id if row else None), (party.id if party else None)
            why = _why_not(register, mail, row, party)
        outcome = PENNED
        if number and party_id and complaint_id and why in ("", "bounced"):
            why, outcome = self._done(mail, why, digest, (number, party_id, complaint_id))
        if why:
            with self.sessions() as register, db.transaction(register):
                arrived.put_in_pen(
                    register, why, digest=digest, complaint_id=complaint_id, sender=mail.sender, subject=mail.subject[:500],
                    words=mail.words[: arrived.LONGEST], raw=raw.decode("latin-1"),
                )  # fmt: skip
        log.note("mail came", outcome=f"{outcome}: {why}" if why else outcome)
        return outcome

    def _done(self, mail: Opened, why: str, digest: str, numbers: tuple[int, int, int]) -> tuple[str, str]:
        """Write the reply, or stop the way, as of this moment; answers why it waits all the same, and what became of it."""
        number, party_id, complaint_id = numbers
        came: list[Arrived] = []
        try:
            if not why:
                came = taken(self.config, mail)
            with self.sessions() as register, db.transaction(register):
                complaint = machine.locked_complaint(register, complaint_id)
                party = next(each for each in complaint.parties if each.id == party_id)
                if why:
                    arrived.bounced(complaint, register.get_one(Outbox, number), party, by=MACHINE)
                    return why, STOPPED
                return self._replied(register, (complaint, party), mail, digest, came)
        except NotTaken:
            return "too long", PENNED
        except RuleBroken:
            kept_files.drop(self.config.files, came)
            return why or "may not", PENNED

    def _replied(self, register: Register, whose: tuple[Complaint, Party], mail: Opened, digest: str, came: list[Arrived]) -> tuple[str, str]:
        complaint, party = whose
        if why := arrived.why_not_theirs(register, party, mail.sender):
            kept_files.drop(self.config.files, came)
            return why, PENNED
        arrived.reply_by_mail(register, complaint, party, mail.words, digest=digest, files=Enclosed(came, scanned=bool(self.config.scanner)))
        return "", FILED


def taken(config: Config, mail: Opened) -> list[Arrived]:
    """The files of a message, whole on the disk. NotTaken where it is too long, or one of them is none that we take: then none stays."""
    if len(mail.words) > arrived.LONGEST:
        raise NotTaken("too_big")
    came: list[Arrived] = []
    room = kept_files.room_beside(())
    try:
        for name, content in mail.files:
            came.append(kept_files.take(config.files, plain_name(name), io.BytesIO(content), room))
            room = room.without(came[-1])
    except NotTaken:
        kept_files.drop(config.files, came)
        raise
    return came


def _why_not(register: Register, mail: Opened, row: Outbox | None, party: Party | None) -> str:
    """Why a message waits for a person; "" for a reply that goes in by itself."""
    if mail.is_report:
        return "bounced" if row and party and mail.says_failed else "no bounce"
    if not mail.answers:
        return "automatic" if mail.is_automatic else "no reply"
    if row is None or party is None:
        return "unknown"
    if mail.is_automatic:
        return "automatic"
    if why := arrived.why_not_theirs(register, party, mail.sender):
        return why
    if not mail.is_proved:
        return "unproved"
    return "" if mail.words or mail.files else "too long"
