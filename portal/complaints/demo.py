"""A believable landlord to look round: four thousand homes and a year of complaints, made by the operations, awkward on purpose."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy import insert

from portal import accounts, clock, db
from portal.complaints import (
    demo_arrivals,
    demo_care,
    demo_cases,
    demo_endings,
    demo_equality,
    demo_kept,
    demo_reached,
    demo_turns,
    demo_year,
    operations,
    queries,
    references,
)
from portal.complaints.demo_story import Story
from portal.complaints.people import Home, Staff
from portal.complaints.settings import LandlordSetting, Service, TeamMember
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
        staff |= {key: _staff(register, SignIns(), **who) for key, who in demo_cases.OTHERS.items()}
        _teams(register, staff)
        _homes(register)
    story = Story(register, staff)
    for told in demo_year.cases():
        story.tell(told)
    for told in demo_cases.CASES:
        code = references.new_code()
        complaint = story.tell(told, code)
        if told.get("shown_first"):
            signs.reference, signs.code = complaint.reference, code
    for untidy in (demo_turns, demo_endings, demo_care, demo_reached, demo_kept, demo_arrivals):
        untidy.tell(story)
    demo_equality.tell(register)
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


def _teams(register: Register, staff: dict[str, Staff]) -> None:
    """Who works on which service."""
    register.flush()
    for key, somebody in staff.items():
        mine = demo_cases.TEAMS.get(key, demo_cases.SERVICES)
        register.add_all(TeamMember(staff_id=somebody.id, service_id=each.id) for each in queries.services(register) if each.name in mine)


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
