"""Visits: somebody who is signed in is a row, so it ends the moment the row does."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_login import UserMixin
from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import joinedload

from portal import clock, keyring
from portal.access import STAFF, Role, Viewer
from portal.accounts.coming_in import is_live, may_come_in
from portal.complaints.challenges import end_codes
from portal.complaints.landlord import landlord_of
from portal.complaints.own_browsers import forget_own
from portal.complaints.people import Part, Party, Staff, Visit
from portal.db import Register

STAFF_VISIT = timedelta(hours=8)
HALF_WAY = timedelta(minutes=10)
PARTY_VISIT = timedelta(hours=2)
PARTY_IDLE = timedelta(minutes=30)
TOUCH_EVERY = timedelta(minutes=5)

BY_ACCESS_CODE, BY_EMAIL, BY_TEXT, BY_SENDING, BY_CALL = "paper", "email", "text", "sending", "call"
"""How a party came in: with the access code on paper, a code by e-mail or by text message, or because they had just sent it.

By a code that was read out to them nobody comes in; it shows, once they have, that it is them.
"""

PASSWORD, SECOND_STEP, WORK = "password", "step", "work"
"""By what a visit of staff was begun; of a second step beside a work account, its provider sees to it."""

HALF_WAY_ROLE = "half way"
"""The role of a visit whose password was given and whose second step was not: it opens nothing."""

VISIT = (
    select(Visit)
    .where(Visit.token_lookup == bindparam("lookup"))
    .options(joinedload(Visit.staff), joinedload(Visit.party).joinedload(Party.person))
)


def begin_staff_visit(register: Register, staff: Staff, role: Role, how: str = PASSWORD) -> str:
    """A new visit for a member of staff in one of their roles; answers the token its cookie carries."""
    return _begin(register, Visit(staff_id=staff.id, role=role, how=how))


def begin_half_way(register: Register, staff: Staff) -> str:
    """The password was right, and the second step is still to come: for a few minutes, in this browser alone."""
    return _begin(register, Visit(staff_id=staff.id, role=HALF_WAY_ROLE))


def half_way(register: Register, token: str | None) -> Visit | None:
    """The visit that waits for its second step; None where there is none, it took too long, or its person may not come in."""
    visit = last_visit(register, token)
    if visit is None or visit.role != HALF_WAY_ROLE or visit.staff is None:
        return None
    return visit if clock.now() < visit.began_at + HALF_WAY and may_come_in(visit.staff) else None


def begin_party_visit(
    register: Register, party: Party, *, how: str | None = BY_ACCESS_CODE, address: str | None = None, since: datetime | None = None,
    proved_how: str | None = None,
) -> str:  # fmt: skip
    """A new visit for one party on one case; answers the token its cookie carries.

    It knows when and how they came in before; the next one will know of this (`how` is one of the four ways in).
    `address` is where their code went. Who goes on from another complaint came in when they did there (`since`: no visit
    lasts longer for that), and has shown what they showed there (`proved_how`).
    """
    visit = Visit(
        party_id=party.id, role=Role.PARTY, how=how, before_at=party.opened_at, before_how=party.opened_how, address=address, proved_how=proved_how,
    )  # fmt: skip
    party.opened_at, party.opened_how = clock.now(), how
    return _begin(register, visit, since=since)


def new_token() -> str:
    """What a cookie carries: nobody can guess it, and nothing is in it."""
    return secrets.token_urlsafe(24)


def _begin(register: Register, visit: Visit, *, since: datetime | None = None) -> str:
    token = new_token()
    visit.token_lookup = keyring.ring().lookup(token)
    visit.seen_at = clock.now()
    visit.began_at = since or visit.seen_at
    register.add(visit)
    return token


def end_visit(register: Register, token: str) -> None:
    """Sign out: the row goes, and whatever copy of the cookie there is opens nothing."""
    register.execute(delete(Visit).where(Visit.token_lookup == keyring.ring().lookup(token)))


def visits(register: Register, mine: Visit) -> Sequence[Visit]:
    """The live visits of whoever's visit this is, this one among them, the one seen last first."""
    since = clock.now() - STAFF_VISIT
    live = select(Visit).where(Visit.staff_id == mine.staff_id, Visit.began_at > since, Visit.role != HALF_WAY_ROLE).order_by(Visit.seen_at.desc(), Visit.id.desc())
    return register.scalars(live).all()


def end_other_visits(register: Register, mine: Visit) -> None:
    """Sign a member of staff out everywhere but here."""
    register.execute(delete(Visit).where(Visit.staff_id == mine.staff_id, Visit.id != mine.id))


def end_other_visits_of_party(register: Register, mine: Visit) -> None:
    """Sign a party out everywhere but here."""
    register.execute(delete(Visit).where(Visit.party_id == mine.party_id, Visit.id != mine.id))


def end_visits(register: Register, party: Party) -> None:
    """Sign a party out everywhere: every visit of theirs goes, every browser they marked, and every code they were sent and have not used."""
    register.execute(delete(Visit).where(Visit.party_id == party.id))
    forget_own(register, party.id)
    end_codes(register, party)


@dataclass
class User(UserMixin):  # type: ignore[misc]
    """A live visit, as flask-login wants it."""

    visit: Visit
    token: str

    def get_id(self) -> str:
        """The visit's token: never a staff number, so a cookie cannot outlive its row."""
        return self.token

    @property
    def viewer(self) -> Viewer:
        """Who is asking, read from the rows of this moment."""
        party = self.visit.party
        return Viewer(
            role=Role.REPRESENTATIVE if party and party.part == Part.REPRESENTATIVE else Role(self.visit.role),
            staff_id=self.visit.staff_id,
            party_id=party.id if party else None,
            complaint_id=party.complaint_id if party else None,
            is_proved=party is not None and self.visit.is_proved,
        )

    @property
    def needs_touch(self) -> bool:
        """Whether the visit's last-seen time is old enough to be written again."""
        return clock.now() - self.visit.seen_at > TOUCH_EVERY


def user(register: Register, token: str | None) -> User | None:
    """The visit a token opens, if it is still live and its person may still come in; None otherwise."""
    if not token:
        return None
    visit = register.scalar(VISIT, {"lookup": keyring.ring().lookup(token)})
    return User(visit, token) if visit and _may_go_on(visit) else None


def hold(register: Register, token: str | None, *, alone: bool = False) -> None:
    """Let nobody end the visit a token opens, nor change the account it is of, before this transaction ends; `alone` not even by another of theirs."""
    if not token:
        return
    mine = select(Visit.staff_id).where(Visit.token_lookup == keyring.ring().lookup(token))
    if staff_id := register.scalar(mine.with_for_update(read=not alone, key_share=alone)):
        register.execute(select(Staff.id).where(Staff.id == staff_id).with_for_update(read=not alone, key_share=alone))


def _may_go_on(visit: Visit) -> bool:
    now = clock.now()
    if visit.party:
        return not has_run_out(visit) and is_live(visit.party)
    staff = visit.staff
    return (
        staff is not None
        and staff.disabled_at is None
        and visit.role in staff.roles
        and visit.role in STAFF
        and now < visit.began_at + STAFF_VISIT
    )


def owes(register: Register, found: User) -> str:
    """What a member of staff has to do before anything else: choose a `password`, set up a second `step`; "" where nothing is."""
    staff = found.visit.staff
    if staff is None:
        return ""
    if staff.first_password_until:
        return "password"
    return SECOND_STEP if found.visit.how not in (SECOND_STEP, WORK) and landlord_of(register).second_factor_demanded else ""


def last_visit(register: Register, token: str | None) -> Visit | None:
    """The visit a token opened, over or not; None where there was none, or its row is gone because it was ended."""
    return register.scalar(VISIT, {"lookup": keyring.ring().lookup(token)}) if token else None


def has_run_out(visit: Visit) -> bool:
    """Whether a visit went on for as long as one may, or a party's was left alone for as long; half of one is none."""
    now = clock.now()
    if visit.party_id:
        return now >= min(visit.began_at + PARTY_VISIT, visit.seen_at + PARTY_IDLE)
    return visit.role != HALF_WAY_ROLE and now >= visit.began_at + STAFF_VISIT


def touch(register: Register, found: User) -> None:
    """Note that the visit goes on."""
    found.visit.seen_at = clock.now()
