"""A believable landlord to look round: a dozen complaints in every state, made by the operations, awkward on purpose."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from portal import accounts, clock, db
from portal.access import MACHINE, Role, Viewer
from portal.complaints import demo_cases, operations, references
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.people import Staff
from portal.complaints.recording import calendar_of
from portal.complaints.settings import LandlordSetting, Service
from portal.db import Register


@dataclass
class SignIns:
    """What to open and how to get in; kept outside the database, where only hashes are."""

    reference: str = ""
    code: str = ""
    password: str = field(default_factory=lambda: "-".join(secrets.token_hex(3) for _ in range(3)))
    staff: list[dict[str, str]] = field(default_factory=list)


def fill(register: Register) -> SignIns:
    """Put the demo landlord into an empty database; every date is counted back from today, so it never goes stale."""
    signs = SignIns()
    with db.transaction(register):
        _landlord(register)
        staff = {key: _staff(register, signs, **who) for key, who in demo_cases.STAFF.items()}
    story = Story(register, staff)
    for told in demo_cases.CASES:
        code = references.new_code()
        complaint = story.tell(told, code)
        if told.get("shown_first"):
            signs.reference, signs.code = complaint.reference, code
    this_morning = datetime.combine(clock.today(), time(7, 40), clock.zone())
    with clock.at(min(this_morning, clock.now())), db.transaction(register):
        draft, _ = operations.begin_draft(register, language="en")
        operations.raise_danger(register, draft, demo_cases.DANGER_ALONE)
    return signs


def _landlord(register: Register) -> None:
    for name, value in demo_cases.LANDLORD.items():
        register.add(LandlordSetting(name=name, value=value, set_at=clock.now()))
    for name in demo_cases.SERVICES:
        register.add(Service(name=name))
    register.flush()
    register.info.pop("landlord", None)


def _staff(register: Register, signs: SignIns, *, name: str, job_title: str, phone: str, roles: list[str]) -> Staff:
    email = name.lower().replace(" ", ".") + "@tidewell.example"
    signs.staff.append({"name": name, "role": ", ".join(roles), "email": email, "password": signs.password})
    made = Staff(
        name=name, email=email, job_title=job_title, phone=phone, roles=roles,
        password_hash=accounts.hash_password(signs.password),
    )  # fmt: skip
    register.add(made)
    return made


@dataclass
class Story:
    """Tells one case after another: what each was told, and then what happened, each on its working day."""

    register: Register
    staff: dict[str, Staff]

    def tell(self, told: dict[str, Any], code: str) -> Complaint:
        """Receive a complaint and let everything in its list happen to it."""
        facts = operations.Told(**told["told"])
        with self._on(told["days_ago"]):
            complaint = operations.raise_complaint(self.register, facts, code=code)
            if told.get("danger"):
                self._danger(complaint, told["danger"])
        self._send(complaint, told["days_ago"])
        for verb, days_ago, *rest in told["then"]:
            getattr(self, verb)(complaint, days_ago, *rest)
        return complaint

    def day(self, days_ago: int) -> date:
        """The day so many working days before today."""
        days = calendar_of(self.register, landlord_of(self.register).division)
        return days.back(clock.today(), days_ago) if days_ago else clock.today()

    @contextmanager
    def _on(self, days_ago: int) -> Iterator[None]:
        day = self.day(days_ago)
        moment = datetime.combine(day, time(9, 20), clock.zone())
        with clock.at(min(moment, clock.now())), db.transaction(self.register):
            yield

    def _viewer(self, key: str, role: Role) -> Viewer:
        return Viewer(role, staff_id=self.staff[key].id)

    def _send(self, complaint: Complaint, days_ago: int) -> None:
        """The letters of that day go out, except those that wait to be posted."""
        with self._on(days_ago):
            for letter in complaint.letters:
                self._issue(complaint, letter)

    def _issue(self, complaint: Complaint, letter: Letter) -> None:
        for issue in letter.issues:
            if issue.state == "waiting" and issue.channel == "email":
                operations.mark_issued(complaint, issue, by=MACHINE)
                operations.forget_queued(issue)

    def _danger(self, complaint: Complaint, told: dict[str, Any]) -> None:
        operations.danger_told(complaint, told, by=Viewer(Role.PARTY, party_id=complaint.resident.id))

    def match(self, complaint: Complaint, days_ago: int, record: str) -> None:
        """Triage match the person to the landlord's records."""
        with self._on(days_ago):
            operations.match_person(
                complaint, by=self._viewer("triage", Role.TRIAGE), person=None, landlord_record=record
            )

    def triage(self, complaint: Complaint, days_ago: int, words: str) -> None:
        """Complexity, vulnerability and risk are weighed."""
        with self._on(days_ago):
            operations.triage(
                complaint, by=self._viewer("triage", Role.TRIAGE), complexity="some", vulnerability="some",
                risk="low", words=words, service_id=None,
            )  # fmt: skip

    def assign(self, complaint: Complaint, days_ago: int, who: str) -> None:
        """The manager gives it to somebody."""
        with self._on(days_ago):
            operations.assign(
                complaint, self.staff[who], by=self._viewer("manager", Role.MANAGER), interest=""
            )

    def acknowledge(self, complaint: Complaint, days_ago: int, who: str, written: dict[str, Any]) -> None:
        """Whoever has it writes what we understand, and it goes out that day."""
        with self._on(days_ago):
            asked = {} if written["outcomes"] else {"outcomes_asked_on": clock.today().isoformat()}
            operations.acknowledge(complaint, written | asked, by=self._viewer(who, Role.HANDLER))
        self._send(complaint, days_ago)

    def begin_answer(self, complaint: Complaint, days_ago: int, who: str, written: dict[str, Any]) -> None:
        """Half an answer is saved."""
        with self._on(days_ago):
            operations.save_writing(complaint, "response", written, by=self._viewer(who, Role.HANDLER), seen=0)

    def respond(self, complaint: Complaint, days_ago: int, who: str, written: dict[str, Any]) -> None:
        """Every point is answered; what it promises is dated in working days from that day."""
        actions = [
            {**action, "due_on": self._from_today(action["due_in"]).isoformat()} for action in written["actions"]
        ]
        with self._on(days_ago):
            operations.respond(
                complaint, {**written, "actions": actions}, by=self._viewer(who, Role.HANDLER)
            )
        self._send(complaint, days_ago)

    def _from_today(self, working_days: int) -> date:
        days = calendar_of(self.register, landlord_of(self.register).division)
        return days.add(clock.today(), working_days) if working_days >= 0 else days.back(clock.today(), -working_days)

    def do_actions(self, complaint: Complaint, days_ago: int, proof: str) -> None:
        """Everything promised is done."""
        for action in list(complaint.actions):
            with self._on(days_ago):
                operations.complete_action(
                    complaint, action, by=self._viewer("handler", Role.HANDLER), on=clock.today(), proof=proof
                )

    def escalate(self, complaint: Complaint, days_ago: int, words: str) -> None:
        """The resident asks for stage 2."""
        party = Viewer(Role.PARTY, party_id=complaint.resident.id, complaint_id=complaint.id)
        with self._on(days_ago):
            operations.escalate(complaint, by=party, words=words)
        self._send(complaint, days_ago)
