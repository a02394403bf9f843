"""Tells the demo's complaints: what each of them was told, and then what happened to it, each on its working day before today."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from sqlalchemy import select

from portal import clock, db
from portal.access import MACHINE, Role, Viewer
from portal.complaints import operations, queries, references
from portal.complaints.demo_words import MORE_TIME, NEWS
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.people import Staff
from portal.complaints.recording import calendar_of
from portal.db import Register

Made = TypeVar("Made")
RESIDENT = "resident"
NINE = time(9, 20)


@dataclass
class Story:
    """Its methods read as what happens; each is one transaction, on one day, and the letters of that day go out with it."""

    register: Register
    staff: dict[str, Staff]

    def __post_init__(self) -> None:
        self.today = clock.today()
        self.services = {each.name: each.id for each in queries.services(self.register)}
        self.days = calendar_of(self.register, landlord_of(self.register).division)
        self.roles = {key: (each.id, Role(each.roles[0])) for key, each in self.staff.items()}

    def day(self, days_ago: int) -> date:
        """The day so many working days before the one on which all this is told; after it, where that is less than nothing."""
        if days_ago < 0:
            return self.days.add(self.today, -days_ago)
        return self.days.back(self.today, days_ago) if days_ago else self.today

    @contextmanager
    def on(self, days_ago: int) -> Iterator[None]:
        """That morning: what is written then is written whole, and what was to be mailed has gone."""
        moment = datetime.combine(self.day(days_ago), NINE, clock.zone())
        with clock.at(min(moment, clock.now())), db.transaction(self.register):
            yield
            self._mail()

    def _mail(self) -> None:
        """The letters go out by e-mail; those that wait to be posted stay, and so does what was not delivered."""
        for row in self.register.scalars(select(Outbox).where(Outbox.done_at.is_(None))).all():
            complaint = self.register.get(Complaint, row.complaint_id) if row.complaint_id else None
            if complaint and row.issue and row.issue.state == "waiting":
                operations.mark_issued(complaint, row.issue, by=MACHINE)
            row.done_at, row.outcome = clock.now(), "elsewhere"

    def by(self, who: str, complaint: Complaint | None = None) -> Viewer:
        """Somebody of the landlord's staff in their role, or the resident of a complaint."""
        if who == RESIDENT:
            assert complaint is not None
            return Viewer(Role.PARTY, party_id=complaint.resident.id, complaint_id=complaint.id)
        staff_id, role = self.roles[who]
        return Viewer(role, staff_id=staff_id)

    def do(self, complaint: Complaint, days_ago: int, who: str, operation: Callable[..., Made], /, *args: Any, **said: Any) -> Made:
        """Let somebody do something to a complaint on a day."""
        with self.on(days_ago):
            return operation(complaint, *args, by=self.by(who, complaint), **said)

    def receive(
        self, days_ago: int, told: Mapping[str, Any], *, code: str | None = None, danger: Mapping[str, Any] | None = None
    ) -> Complaint:
        """Somebody complains on the website."""
        with self.on(days_ago):
            complaint = operations.raise_complaint(self.register, operations.Told(**told), code=code or references.new_code())
            if danger:
                operations.danger_told(complaint, danger, by=self.by(RESIDENT, complaint))
        return complaint

    def tell(self, told: Mapping[str, Any], code: str | None = None) -> Complaint:
        """Receive a complaint and let everything in its list happen to it: a verb, the day, and what the verb needs."""
        complaint = self.receive(told["days_ago"], told["told"], code=code, danger=told.get("danger"))
        for verb, days_ago, *rest in told["then"]:
            getattr(self, verb)(complaint, days_ago, *rest)
        return complaint

    def match(self, complaint: Complaint, days_ago: int, record: str = "") -> None:
        """Triage match the person to the landlord's records."""
        record = record or f"TH-{10_000 + 37 * complaint.id}"
        self.do(complaint, days_ago, "triage", operations.match_person, person=None, landlord_record=record)

    def triage(self, complaint: Complaint, days_ago: int, words: str, service: str = "") -> None:
        """Complexity, vulnerability and risk are weighed."""
        self.do(
            complaint, days_ago, "triage", operations.triage, complexity="some", vulnerability="some", risk="low", words=words,
            service_id=self.services.get(service),
        )  # fmt: skip

    def assign(self, complaint: Complaint, days_ago: int, who: str, *, part: str = "decider", by: str = "manager") -> None:
        """It, or another part in it, is given to somebody."""
        self.do(complaint, days_ago, by, operations.assign, self.staff[who], interest="", part=part)

    def acknowledge(self, complaint: Complaint, days_ago: int, who: str, written: Mapping[str, Any]) -> None:
        """Whoever has it writes what we understand, and it goes out that day."""
        asked = {} if written["outcomes"] else {"outcomes_asked_on": self.day(days_ago).isoformat()}
        self.do(complaint, days_ago, who, operations.acknowledge, {**written, **asked})

    def take_up(self, complaint: Complaint, days_ago: int, understood: str) -> None:
        """It is given to somebody, who writes at once what we understand of it."""
        who = "handler" if complaint.id % 2 else "handler_2"
        self.assign(complaint, days_ago, who)
        self.acknowledge(complaint, days_ago, who, {"points": [{"number": 1, "text": understood, "responsibility": "ours"}], "outcomes": []})

    def begin(self, complaint: Complaint, days_ago: int, who: str, points: list[dict[str, Any]], *outcomes: str, service: str = "") -> None:
        """They are known, it is weighed and given to somebody, and the next day that person writes what we understand."""
        if not complaint.resident.is_matched:
            self.match(complaint, days_ago)
        self.triage(complaint, days_ago, "Told clearly, and the records are there.", service)
        self.assign(complaint, days_ago, who)
        self.acknowledge(complaint, days_ago - 1, who, {"points": points, "outcomes": list(outcomes)})

    def begin_answer(self, complaint: Complaint, days_ago: int, who: str, written: Mapping[str, Any]) -> None:
        """Half an answer is saved."""
        self.do(complaint, days_ago, who, operations.save_writing, "response", written, seen=0)

    def respond(self, complaint: Complaint, days_ago: int, who: str, written: Mapping[str, Any]) -> None:
        """Every point is answered; what it promises is dated in working days from today."""
        self.do(complaint, days_ago, who, operations.respond, self.dated(written))

    def dated(self, written: Mapping[str, Any]) -> dict[str, Any]:
        """What is promised in it with its days, which are told as working days from today."""
        return {**written, "actions": [{**one, "due_on": self.day(-one["due_in"]).isoformat()} for one in written["actions"]]}

    def do_actions(self, complaint: Complaint, days_ago: int, proof: str) -> None:
        """Everything promised is done."""
        for action in list(complaint.actions):
            self.do(complaint, days_ago, "handler", operations.complete_action, action, on=self.day(days_ago), proof=proof)

    def escalate(self, complaint: Complaint, days_ago: int, words: str) -> None:
        """The resident asks for stage 2."""
        self.do(complaint, days_ago, RESIDENT, operations.escalate, words=words)

    def more_time(self, to: int, **changed: Any) -> dict[str, Any]:
        """What is written to take more time, or to say that we are late: to a day so many working days from today."""
        return {**MORE_TIME, "new_date": self.day(-to).isoformat(), **changed}

    def extend(self, complaint: Complaint, days_ago: int, who: str, to: int) -> None:
        """More time is taken for the answer, and the resident is told before the day."""
        self.do(complaint, days_ago, who, operations.extend, self.more_time(to))

    def tell_late(self, complaint: Complaint, days_ago: int, who: str) -> None:
        """The day went by, and the resident is told."""
        self.do(complaint, days_ago, who, operations.tell_late, self.more_time(7 - days_ago))

    def send_news(self, complaint: Complaint, days_ago: int, who: str) -> None:
        """An update while the answer is late."""
        self.do(complaint, days_ago, who, operations.send_news, NEWS)

    def refuse(self, complaint: Complaint, days_ago: int, written: Mapping[str, Any]) -> None:
        """The manager refuses it, with why."""
        self.do(complaint, days_ago, "manager", operations.refuse, written)

    def accept(self, complaint: Complaint, days_ago: int, reference: str, ordered: date | None = None) -> None:
        """The Ombudsman directs that it be accepted."""
        self.do(complaint, days_ago, "manager", operations.accept_as_directed, reference=reference, ordered=ordered)

    def withdraw(self, complaint: Complaint, days_ago: int) -> None:
        """The resident takes it back."""
        self.do(complaint, days_ago, RESIDENT, operations.withdraw)

    def resume(self, complaint: Complaint, days_ago: int) -> None:
        """The resident takes it up again."""
        self.do(complaint, days_ago, RESIDENT, operations.resume)

    def contact(self, complaint: Complaint, days_ago: int, who: str, kind: str, words: str, /, **more: Any) -> Any:
        """A call, visit or letter is written down, on the day it happened; the one made is the one answered."""
        return self.do(
            complaint, days_ago, who, operations.record_contact, kind=kind, words=words, on=self.day(days_ago),
            **({"incoming": True, "who": complaint.resident.name} | more),
        )  # fmt: skip

    def post(self, complaint: Complaint, days_ago: int, who: str = "triage") -> None:
        """What waits to be posted is printed and put in the post."""
        with self.on(days_ago):
            for issue in [issue for letter in complaint.letters for issue in letter.issues]:
                if (issue.channel, issue.state) == ("post", "waiting"):
                    operations.mark_issued(complaint, issue, by=self.by(who))
