"""A believable landlord to look round: four thousand homes and a year of complaints, made by the operations, awkward on purpose."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import insert

from portal import accounts, clock, db
from portal.access import MACHINE, Role, Viewer
from portal.complaints import demo_cases, demo_year, operations, queries, references
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.people import Home, Staff
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
        _homes(register)
    story = Story(register, staff)
    for told in demo_year.cases():
        story.tell(told, references.new_code())
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


def _homes(register: Register) -> None:
    """The landlord's own list of homes; most have never complained."""
    homes = [
        {"kind": "address", "address": demo_year.address(n), "landlord_record": f"TW-{n + 1:05}"} for n in range(demo_year.HOMES)
    ]
    register.execute(insert(Home), homes)


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

    def __post_init__(self) -> None:
        self.services = {each.name: each.id for each in queries.services(self.register)}
        self.days = calendar_of(self.register, landlord_of(self.register).division)

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
        return self.days.back(clock.today(), days_ago) if days_ago else clock.today()

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

    def triage(self, complaint: Complaint, days_ago: int, words: str, service: str = "") -> None:
        """Complexity, vulnerability and risk are weighed."""
        with self._on(days_ago):
            operations.triage(
                complaint, by=self._viewer("triage", Role.TRIAGE), complexity="some", vulnerability="some",
                risk="low", words=words, service_id=self.services.get(service),
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
        if working_days >= 0:
            return self.days.add(clock.today(), working_days)
        return self.days.back(clock.today(), -working_days)

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

    def extend(self, complaint: Complaint, days_ago: int, who: str, to: int) -> None:
        """More time is taken for the answer, and the resident is told before the day."""
        written = demo_year.MORE_TIME | {"new_date": self._from_today(to).isoformat()}
        with self._on(days_ago):
            operations.extend(complaint, written, by=self._viewer(who, Role.HANDLER))
        self._send(complaint, days_ago)

    def tell_late(self, complaint: Complaint, days_ago: int, who: str) -> None:
        """The day went by, and the resident is told."""
        with self._on(days_ago):
            operations.tell_late(
                complaint, demo_year.MORE_TIME | {"new_date": self._from_today(7 - days_ago).isoformat()}, by=self._viewer(who, Role.HANDLER)
            )
        self._send(complaint, days_ago)

    def send_news(self, complaint: Complaint, days_ago: int, who: str) -> None:
        """An update while the answer is late."""
        with self._on(days_ago):
            operations.send_news(complaint, demo_year.NEWS, by=self._viewer(who, Role.HANDLER))
        self._send(complaint, days_ago)

    def refuse(self, complaint: Complaint, days_ago: int, written: dict[str, Any]) -> None:
        """The manager refuses it, with why."""
        with self._on(days_ago):
            operations.refuse(complaint, written, by=self._viewer("manager", Role.MANAGER))
        self._send(complaint, days_ago)

    def accept(self, complaint: Complaint, days_ago: int, reference: str) -> None:
        """The Ombudsman directs that it be accepted."""
        with self._on(days_ago):
            operations.accept_as_directed(
                complaint, by=self._viewer("manager", Role.MANAGER), on=clock.today(), reference=reference, ordered=None
            )
        self._send(complaint, days_ago)

    def withdraw(self, complaint: Complaint, days_ago: int) -> None:
        """The resident takes it back."""
        with self._on(days_ago):
            operations.withdraw(complaint, by=self._party(complaint))
        self._send(complaint, days_ago)

    def resume(self, complaint: Complaint, days_ago: int) -> None:
        """The resident takes it up again."""
        with self._on(days_ago):
            operations.resume(complaint, by=self._party(complaint))
        self._send(complaint, days_ago)

    def _party(self, complaint: Complaint) -> Viewer:
        return Viewer(Role.PARTY, party_id=complaint.resident.id, complaint_id=complaint.id)
