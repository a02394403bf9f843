"""The post office: takes a message from the outbox, asks whether it may go, hands it over, writes down what came of it."""

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import urlsplit

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import sessionmaker

from portal import clock, db, i18n, log
from portal.access import MACHINE
from portal.complaints import machine
from portal.complaints.caring import standing_forms
from portal.complaints.challenges import Challenge
from portal.complaints.holding import held_since
from portal.complaints.landlord import landlord_of
from portal.complaints.made_files import keep_made, made_file
from portal.complaints.models import Complaint
from portal.complaints.not_mine import token_for
from portal.complaints.papers import FIRST, ContractorQuestion, Issue, Outbox
from portal.complaints.people import Party, Staff
from portal.complaints.sending import WAITING, addressed, mark_failed, mark_issued
from portal.complaints.ways_in import forget_first_password
from portal.config import Config
from portal.db import Register
from portal.post import mail, may_send, outbox, show, smtp, trouble
from portal.post.outbox import Claim
from portal.post.texts import Text
from portal.rules.steps import RuleBroken

PAUSES = (0.5, 2.0)
"""Seconds to wait for a busy database before writing down what came of a message."""


class Stopped(Exception):
    """The message may not go; the reason is one of `trouble`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one message, and (for staff to see) why it has not gone."""

    name: str
    trouble: str | None = None
    shown: bytes | None = None
    sent_to: str | None = None


@dataclass(frozen=True)
class Office:
    """Delivers for one installation. `take` is how a message is handed over; None where mail has to wait for a server.

    `take_text` is the same for text messages; None where none go.
    """

    sessions: sessionmaker[Register]
    config: Config
    take: show.Take | None
    take_text: show.TakeText | None = None

    @classmethod
    def of(cls, sessions: sessionmaker[Register], config: Config) -> "Office":
        """The post office these settings describe: a mail server; or, in the demo without one, a place to look at mail."""
        return cls(sessions, config, show.way_out(config), show.way_out_of_texts(config))

    def deliver_all(self) -> int:
        """Deliver until nothing is due; answers how many messages were taken. Unreachable if the server is down."""
        delivered = 0
        while name := self.deliver_one():
            delivered += name in (outbox.ACCEPTED, outbox.SHOWN)
        return delivered

    def deliver_one(self) -> str | None:
        """Take the next message and try it once; answers its outcome, None if nothing was due. Unreachable."""
        if self.take is None:
            return None
        with self.sessions() as register, db.transaction(register):
            mine = None if held_since(register) else outbox.claim(register)
        if mine is None:
            return None
        self._make_files(mine)
        try:
            outcome = self._try(mine, self.take)
        except smtp.Unreachable:
            with self.sessions() as register, db.transaction(register):
                outbox.give_back(register, mine, trouble.UNREACHABLE)
            log.note("mail", job=str(mine.id), outcome="unreachable", count=mine.tries)
            raise
        self._settle(mine, outcome)
        log.note("mail", job=str(mine.id), outcome=outcome.name, count=mine.tries)
        return outcome.name

    def _make_files(self, mine: Claim) -> None:
        """Make a letter into the files that its reader asked for once, before they are told of it. What cannot be made now is made when it is asked for."""
        try:
            with self.sessions() as register:
                issue = register.get_one(Outbox, mine.id).issue
                made = [made_file(register, issue.letter, form) for form in _standing(register, issue)] if issue else []
                if new := [each for each in made if each.id is None]:
                    with db.transaction(register):
                        for each in new:
                            keep_made(register, each)
        except Exception as fault:
            # Whatever is wrong with a file, the letter must still go.
            log.trace(fault)

    def _try(self, mine: Claim, take: show.Take) -> Outcome:
        """Build the message and hand it over; no transaction is open while the server takes its time."""
        try:
            message = self._message(mine)
            if isinstance(message, Text):
                return self._texted(message)
            return replace(Outcome(*take(message)), sent_to=addressed(parseaddr(message["To"])[1]))
        except smtp.Later as fault:
            return Outcome("later", str(fault))
        except smtp.Never as fault:
            return Outcome(outbox.REFUSED, str(fault))
        except mail.BadAddress:
            return Outcome(outbox.REFUSED, trouble.BAD_ADDRESS)
        except Stopped as fault:
            return Outcome(outbox.NOT_SENT, str(fault))
        except smtp.Unreachable:
            raise
        except Exception as fault:
            # Whatever is wrong with one message, the next one must still go.
            log.trace(fault)
            return Outcome("later", trouble.NOT_MADE)

    def _texted(self, text: Text) -> Outcome:
        if self.take_text is None:
            raise Stopped(trouble.NOBODY)
        return Outcome(*self.take_text(text))

    def _message(self, mine: Claim) -> EmailMessage | Text:
        """The message as it has to be at this moment, to the address of this moment. Stopped if it may not go."""
        with self.sessions() as register:
            row = register.get_one(Outbox, mine.id)
            to, language = self._reader(register, row)
            away = self._away(register, row, to)
            if row.notice and row.notice.channel == "text":
                with i18n.speaking(language):
                    return Text(to, mail.notice_in_a_text(row.kind, landlord_of(register).phone, away), row.message_id)
            kept = row.challenge.message if row.challenge else None
            code = mail.Code(kept["code"], kept["link"]) if kept else None
            if code and row.challenge and row.challenge.channel == "text":
                with i18n.speaking(language):
                    return Text(to, code.in_a_text(urlsplit(self.config.base_url).hostname or "", away), row.message_id)
            landlord = landlord_of(register)
            sender = mail.Sender(
                landlord.name, parseaddr(self.config.mail_from)[1], self.config.base_url, landlord.phone,
                landlord.phone_hours, self.config.replies or "",
            )  # fmt: skip
            return mail.message(
                row.kind, code=code, carries=self._carries(register, row), away=away, to=to, sender=sender, language=language, message_id=row.message_id,
                at=clock.now().astimezone(clock.zone()), in_form=bool(row.issue and _standing(register, row.issue)),
            )  # fmt: skip

    def _carries(self, register: Register, row: Outbox) -> str:
        """What only this message may bring: the link of a question, or a first password. Stopped where that was used or taken back."""
        if row.kind == FIRST:
            if not (made := register.get_one(Staff, row.staff_id).first_password):
                raise Stopped(trouble.TOO_LATE)
            return made
        return str(row.question.message["link"]) if row.question and row.question.message else ""

    def _away(self, register: Register, row: Outbox, to: str) -> str:
        """Where whoever gets it says that it was not meant for them; nothing where it goes to staff."""
        if row.kind == "message":
            return self._not_for_me(register.get_one(Complaint, row.complaint_id).resident, "email", to)
        about = row.issue or row.challenge or row.notice
        return self._not_for_me(about.party, about.channel, to) if about else ""

    def _not_for_me(self, party: Party | None, channel: str, to: str) -> str:
        return f"{self.config.base_url}/not-for-me/{token_for(party.id, channel, to)}" if party and to else ""

    def _reader(self, register: Register, row: Outbox) -> tuple[str, str]:
        """Whose address the message goes to, and their language."""
        if row.issue is not None:
            reason = may_send.why_not(register, row.issue)
            if reason:
                raise Stopped(reason)
            if waits := may_send.must_wait(register, row.issue):
                raise smtp.Later(waits)
            party = row.issue.party
            return party.email or "", party.person.language
        if row.notice is not None:
            if reason := may_send.why_not_notice(register, row.notice):
                raise Stopped(reason)
            return row.notice.address, row.notice.party.person.language
        if row.challenge is not None:
            return self._asked_for_code(row.challenge)
        if row.question is not None:
            return self._asked_a_question(row.question)
        if row.kind == "message":
            party = register.get_one(Complaint, row.complaint_id).resident
            reason = may_send.why_not_party(party, "email")
            if reason:
                raise Stopped(reason)
            return party.email or "", party.person.language
        staff = register.get(Staff, row.staff_id) if row.staff_id else None
        reason = may_send.why_not_staff(staff)
        if reason or staff is None:
            raise Stopped(reason or trouble.LEFT)
        return staff.email, i18n.DEFAULT

    def _asked_a_question(self, question: ContractorQuestion) -> tuple[str, str]:
        """A contractor's address, while their link still opens something."""
        if question.message is None or not question.is_live:
            raise Stopped(trouble.NOBODY)
        return question.email or "", i18n.DEFAULT

    def _asked_for_code(self, challenge: Challenge) -> tuple[str, str]:
        reason = may_send.why_not_code(challenge)
        if reason or challenge.party is None:
            raise Stopped(reason or trouble.NOBODY)
        party = challenge.party
        return (party.phone if challenge.channel == "text" else party.email) or "", party.person.language

    def _settle(self, mine: Claim, outcome: Outcome) -> None:
        """Write down what came of it: the row, and with it the issue, in one transaction.

        A message that has gone and is not written down goes again, so a busy database is asked more than once.
        """
        for pause in PAUSES:
            with suppress(OperationalError):
                return self._write_or_say(mine, outcome)
            time.sleep(pause)
        return self._write_or_say(mine, outcome)

    def _write_or_say(self, mine: Claim, outcome: Outcome) -> None:
        try:
            self._write(mine, outcome)
        except RuleBroken as fault:
            # It has gone, whatever the record thinks of it: said where staff look, and never sent again.
            log.trace(fault)
            with self.sessions() as register, db.transaction(register):
                outbox.finish(register, mine, outcome.name, trouble=trouble.NOT_RECORDED, shown=outcome.shown, sent_to=outcome.sent_to)

    def _write(self, mine: Claim, outcome: Outcome) -> None:
        with self.sessions() as register, db.transaction(register):
            row = register.get_one(Outbox, mine.id)
            # The complaint is locked before the outbox, in the order that pages lock them.
            complaint = machine.locked_complaint(register, row.complaint_id) if row.complaint_id else None
            if outcome.name == "later":
                kept = outbox.put_off(register, mine, outcome.trouble or trouble.LATER)
                if outcome.trouble == trouble.ENOUGH and row.sent_to:
                    machine.put_off_alike(register, row.sent_to, until=clock.now() + outbox.wait_after(mine.tries + 4), why=trouble.ENOUGH)
            else:
                kept = outbox.finish(register, mine, outcome.name, trouble=outcome.trouble, shown=outcome.shown, sent_to=outcome.sent_to or row.sent_to)
            if row.challenge is not None and outcome.name != "later":
                row.challenge.message = None
            if row.question is not None and outcome.name != "later":
                row.question.message = None
            if row.kind == FIRST and outcome.name != "later":
                forget_first_password(register, row.staff_id or 0)
            if not kept:
                log.note("mail", job=str(mine.id), outcome="too late", count=mine.tries)
                return
            issue = register.get(Issue, row.issue_id, populate_existing=True) if row.issue_id else None
            if complaint is None or issue is None or issue.state != WAITING:
                return
            if outcome.name in (outbox.ACCEPTED, outbox.SHOWN):
                mark_issued(complaint, issue, by=MACHINE)
            elif outcome.name in (outbox.REFUSED, outbox.NOT_SENT):
                mark_failed(issue)


def _standing(register: Register, issue: Issue) -> list[str]:
    """The forms in which a letter waits for whoever it goes to, because they asked for that once."""
    complaint = register.get_one(Complaint, issue.letter.complaint_id)
    return list(standing_forms(complaint, issue.letter, issue.party).values())
