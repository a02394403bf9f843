"""A landlord to test with: one member of staff for each role, and a complaint in any state, made by the operations."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import select

from portal import accounts, clock, db
from portal.access import MACHINE, STAFF, Role, Viewer
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import DangerAlert, Letter
from portal.complaints.people import Staff
from portal.complaints.settings import Service, TeamMember
from portal.db import Register

PASSWORD = "correct horse battery staple"
CODE = "7K4QM2XDR7K4QM2XDR7K4QM2"


class Town:
    """Its methods read as what happened; each is one transaction. Its people are made where the database has none yet."""

    def __init__(self, register: Register) -> None:
        self.register = register
        if not (people := self._people()):
            with db.transaction(register):
                self._settle()
            people = self._people()
        self.repairs = register.scalars(select(Service)).one()
        self.staff = {role: people[f"{role.title()} Person"] for role in STAFF}
        self.second_reviewer = people["Second Reviewer Person"]
        register.rollback()

    def _people(self) -> dict[str, Staff]:
        return {each.name: each for each in self.register.scalars(select(Staff))}

    def _settle(self) -> None:
        self.repairs = Service(name="Repairs")
        self.register.add(self.repairs)
        self.register.flush()
        for role in STAFF:
            self._staff(role.title(), [role])
        self._staff("Second Reviewer", [Role.REVIEWER])

    def _staff(self, name: str, roles: list[Role], *, teams: Sequence[Service] | None = None) -> Staff:
        """Somebody who works on repairs, or on what is said."""
        made = Staff(
            name=f"{name} Person",
            email=f"{name.lower().replace(' ', '.')}@landlord.example",
            job_title=f"{name} at the landlord",
            phone="01632 960100",
            roles=list(roles),
            password_hash=accounts.hash_password(PASSWORD),
        )
        self.register.add(made)
        self.register.flush()
        for each in [self.repairs] if teams is None else teams:
            self.register.add(TeamMember(staff_id=made.id, service_id=each.id))
        return made

    def dangers(self) -> list[DangerAlert]:
        """Danger that nobody has said they have, oldest first, whoever may see it."""
        waiting = select(DangerAlert).where(DangerAlert.handed_over_at.is_(None)).order_by(DangerAlert.raised_at)
        return list(self.register.scalars(waiting))

    def viewer(self, role: Role) -> Viewer:
        """The member of staff of that role, acting in it."""
        return Viewer(role, staff_id=self.staff[role].id)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction."""
        with db.transaction(self.register):
            yield

    def complains(self, words: str = "Rain comes through the bedroom ceiling.", *, code: str = CODE, **told: Any) -> Complaint:
        """Somebody complains on the website."""
        facts = {"name": "Samira Haddad", "address": "14 Quarry Bank\nThornby\nTH4 0ZZ"} | told
        facts.setdefault("safe_contact", {"channels": ["portal"]})
        with self.writing():
            return operations.raise_complaint(self.register, operations.Told(words=words, **facts), code=code)

    def resident(self, complaint: Complaint) -> Viewer:
        """The resident of a complaint, signed in."""
        return Viewer(Role.PARTY, party_id=complaint.resident.id, complaint_id=complaint.id)

    def given_to(self, complaint: Complaint, role: Role = Role.HANDLER) -> None:
        """A manager gives the stage to somebody."""
        with self.writing():
            operations.assign(complaint, self.staff[role], by=self.viewer(Role.MANAGER), interest="Nothing declared")

    def triaged(self, complaint: Complaint) -> None:
        """Complexity, vulnerability and risk are weighed."""
        with self.writing():
            operations.triage(
                complaint, by=self.viewer(Role.TRIAGE), complexity="some", vulnerability="none", risk="low",
                words="One repair, two visits.", service_id=self.repairs.id,
            )  # fmt: skip

    def acknowledged(
        self, complaint: Complaint, *, role: Role = Role.HANDLER, on: date | None = None, written: dict[str, Any] | None = None
    ) -> Letter:
        """The stage is given out, triaged and acknowledged, and the letter goes out."""
        with clock.at(on or clock.today()):
            self.given_to(complaint, role)
            if complaint.stage == 1:
                self.triaged(complaint)
            with self.writing():
                letter = operations.acknowledge(complaint, written or ACKNOWLEDGING, by=self.viewer(role))
                self._issue(complaint, letter)
        return letter

    def answered(self, complaint: Complaint, *, role: Role = Role.HANDLER, on: date | None = None) -> Letter:
        """Every point is answered, and the letter goes out."""
        with clock.at(on or clock.today()), self.writing():
            letter = operations.respond(complaint, answering(complaint.stage), by=self.viewer(role))
            self._issue(complaint, letter)
        return letter

    def refused(self, complaint: Complaint, *, on: date | None = None) -> Letter:
        """A manager refuses the stage it is at, because it is before the court."""
        with clock.at(on or clock.today()), self.writing():
            return operations.refuse(complaint, REFUSING, by=self.viewer(Role.MANAGER))

    def _issue(self, complaint: Complaint, letter: Letter) -> None:
        for issue in letter.issues:
            if issue.state == "waiting":
                operations.mark_issued(complaint, issue, by=MACHINE)

    def escalated(self, complaint: Complaint, *, on: date | None = None) -> None:
        """The resident asks for stage 2."""
        with clock.at(on or clock.today()), self.writing():
            operations.escalate(complaint, by=self.resident(complaint))


ACKNOWLEDGING: dict[str, Any] = {
    "points": [
        {"number": 1, "text": "The bedroom ceiling has leaked since February.", "responsibility": "ours"},
        {"number": 2, "text": "Nobody rang back.", "responsibility": "ours"},
    ],
    "outcomes": ["Mend the roof", "Say sorry"],
}

REFUSING: dict[str, Any] = {
    "ground": "legal_proceedings",
    "court_filing": "Filed on 4 May 2026, number K12",
    "reasons": "The county court is deciding who mends the roof.",
    "evidence": "The sealed claim form, which we hold.",
    "circumstances": "You told us that you have asthma. The repair itself goes on.",
}


MIXED = ACKNOWLEDGING | {"refused": [REFUSING | {"number": 3, "text": "The roof was never mended."}]}
"""Two points accepted, one refused."""


def answering(stage: int) -> dict[str, Any]:
    """A whole answer to both points: one upheld, one not, and one action owed at stage 1."""
    written: dict[str, Any] = {
        "opening": "You were right to complain, and we are sorry.",
        "points": [
            {
                "number": 1, "text": "The bedroom ceiling has leaked since February.", "responsibility": "ours",
                "disposition": "upheld", "reasons": "The first order was closed by mistake.",
                "fault": "We did not mend the roof.", "impact": "You lost a bedroom.",
                "remedies": [{"kind": "money", "words": "For the lost room.", "pence": 35000}],
            },
            {
                "number": 2, "text": "Nobody rang back.", "responsibility": "ours", "disposition": "not_upheld",
                "reasons": "Our records show two calls.", "no_remedy_because": "We did ring.",
            },
        ],
        "actions": [{"what": "Mend the tiles", "owner": "Dean Cole", "due_on": "2099-06-02"}] if stage == 1 else [],
    }  # fmt: skip
    return written | ({"contributors": "The repairs manager"} if stage == 2 else {})
