"""Person, home, party, staff: who a complaint is about, who may act in it, and who answers (ruling 1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Select, String, Text, and_, case, func, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, relationship

from portal import clock
from portal.db import UTC, Base, Encrypted, only_where
from portal.rules.authority import SCOPES


class Part(StrEnum):
    """A person's part in one complaint."""

    RESIDENT = "resident"
    REPRESENTATIVE = "representative"
    ESTATE = "estate"


CLAIMED, SHOWN, DECLINED, ENDED, PAUSED = "claimed", "shown", "declined", "ended", "paused"
"""How the authority of whoever acts for a resident stands; it is read from the row on each request (ruling 7)."""

READ, RECEIVE, WRITE, DECIDE = SCOPES

SETTLES_IN = timedelta(hours=24)
"""How long a way to reach somebody, once changed, shows nobody that it is them: whoever changed it may not be them."""

SHOWN_AT_THE_DOOR = ("paper", "sending")
"""How a party came in who had the access code: on paper, or in the browser that had just been given it."""

NOT_BY_CONSENT = frozenset({"legal", "cannot"})
"""How it was agreed where it was not the resident who agreed: an attorney or deputy, or whoever cares for them (ruling 6)."""


class Person(Base):
    """Someone we deal with; what they asked of us holds across all their complaints (5.10)."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(Text, index=True)
    phone: Mapped[str | None] = mapped_column(Text)
    post: Mapped[str | None] = mapped_column(Text)
    safe_contact: Mapped[dict[str, Any] | None] = mapped_column(Encrypted("person.safe_contact"))
    display: Mapped[str | None] = mapped_column(Encrypted("person.display"), deferred=True)
    landlord_record: Mapped[str | None] = mapped_column(String(60))
    died_on: Mapped[date | None]
    known_since: Mapped[datetime] = mapped_column(UTC)

    adjustments: Mapped[list[Adjustment]] = relationship(back_populates="person", order_by="Adjustment.id")

    @property
    def channels(self) -> list[str]:
        """The ways this person said are safe: some of `email`, `phone`, `post`, `portal`."""
        return list((self.safe_contact or {}).get("channels", ["portal"]))


class Adjustment(Base):
    """A reasonable adjustment: what would make it easier, in their words, and what was decided (5.10)."""

    __tablename__ = "adjustment"
    __table_args__ = (Index("ix_adjustment_to_review", "review_on", **only_where("decision = 'agreed'")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"))
    wish: Mapped[dict[str, Any]] = mapped_column(Encrypted("adjustment.wish"))
    decision: Mapped[str] = mapped_column(String(10))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(Encrypted("adjustment.reason"))
    review_on: Mapped[date | None]
    asked_on: Mapped[date]

    person: Mapped[Person] = relationship(back_populates="adjustments")


def holds_in(complaint_id: int, asked_in: int | None, wish: Mapping[str, Any]) -> bool:
    """Whether what was asked for in one complaint holds in another of the same person: not where it was for that one alone."""
    return asked_in == complaint_id or wish.get("span") != "this"


class Home(Base):
    """An address, or none, or a communal area."""

    __tablename__ = "home"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(Text)
    landlord_record: Mapped[str | None] = mapped_column(String(60))


class Party(Base):
    """A person's part in one complaint, what they wrote of themselves, and what authority they act on."""

    __tablename__ = "party"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    part: Mapped[str] = mapped_column(String(20))
    name_as_given: Mapped[str] = mapped_column(Text)
    home_as_given: Mapped[str] = mapped_column(Text)
    matched_at: Mapped[datetime | None] = mapped_column(UTC)
    matched_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    code_lookup: Mapped[str | None] = mapped_column(String(64), unique=True)
    scope: Mapped[str] = mapped_column(String(40))
    proof: Mapped[str | None] = mapped_column(Text)
    agreed: Mapped[str | None] = mapped_column(String(20))
    authority: Mapped[str | None] = mapped_column(String(10))
    since: Mapped[datetime] = mapped_column(UTC)
    until: Mapped[datetime | None] = mapped_column(UTC)
    given_contact: Mapped[dict[str, Any] | None] = mapped_column(Encrypted("party.given_contact"))
    opened_at: Mapped[datetime | None] = mapped_column(UTC)
    opened_how: Mapped[str | None] = mapped_column(String(10))

    person: Mapped[Person] = relationship()

    @property
    def scopes(self) -> frozenset[str]:
        """What they may do for the resident as things stand: nothing while their authority is not shown, or was ended."""
        return frozenset(self.scope.split()) & set(SCOPES) if self.authority == SHOWN else frozenset()

    @scopes.setter
    def scopes(self, scopes: Iterable[str]) -> None:
        self.scope = " ".join(each for each in SCOPES if each in set(scopes)) or "none"

    @property
    def rests_on_consent(self) -> bool:
        """Whether the resident alone can end it: they agreed to it, and no law or need of theirs gave it."""
        return self.agreed not in NOT_BY_CONSENT

    @property
    def is_kept_out(self) -> bool:
        """Whether the resident stopped them: they see nothing of the complaint, not even what they wrote (ruling 6)."""
        return self.authority in (ENDED, PAUSED)

    @property
    def contact(self) -> dict[str, Any]:
        """How to reach them safely in this complaint: what was said with it, where the record says otherwise."""
        return self.given_contact or self.person.safe_contact or {}

    @property
    def channels(self) -> list[str]:
        """The ways that are safe in this complaint: some of `email`, `phone`, `post`, `portal`."""
        return list(self.contact.get("channels", ["portal"]))

    @property
    def email(self) -> str | None:
        """Where e-mail of this complaint goes."""
        return self.given_contact.get("email") or None if self.given_contact else self.person.email

    @property
    def phone(self) -> str | None:
        """The number to ring in this complaint."""
        return self.given_contact.get("phone") or None if self.given_contact else self.person.phone

    @property
    def takes_texts(self) -> bool:
        """Whether a text message is safe: it lies there for whoever holds the phone, at any hour, as a voicemail does that says who we are."""
        said = self.contact
        return "phone" in self.channels and bool(self.phone) and said.get("voicemail") == "yes" and said.get("say_who") == "yes" and not said.get("times")

    def is_safe(self, channel: str) -> bool:
        """Whether this way is safe in this complaint: `email`, `phone`, `post`, `portal` or `text`."""
        return self.takes_texts if channel == "text" else channel in self.channels

    @property
    def written_ways(self) -> dict[str, str]:
        """Where a short message may safely go now: an address by `email`, a number by `text`."""
        found = {"email": self.email, "text": self.phone}
        return {way: address for way, address in found.items() if address and self.is_safe(way)}

    def has_settled(self, way: str) -> bool:
        """Whether this way, `email` or `text`, has been the same for a day, so that a code sent by it shows something."""
        since = self.contact.get("since", {}).get(way)
        return since is None or datetime.fromisoformat(since) + SETTLES_IN <= clock.now()

    @property
    def name(self) -> str:
        """The name to use: the record's once matched, until then what they wrote (ruling 2)."""
        return self.person.name if self.matched_at else self.name_as_given

    @property
    def postal_address(self) -> str:
        """Where a letter on paper goes, read when it is printed: the address they gave for letters, else their home."""
        post = self.given_contact.get("post") if self.given_contact else self.person.post
        return post or self.home_as_given

    @property
    def is_matched(self) -> bool:
        """Whether staff have matched this party to a record."""
        return self.matched_at is not None


class Staff(Base):
    """Someone who works for the landlord. Disabled when they leave, never deleted (ruling 38).

    `first_password` is the one they were given, until the message that brings it has gone, and no longer.
    """

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text, unique=True)
    job_title: Mapped[str] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    roles: Mapped[list[str]] = mapped_column(JSON)
    same_person_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    password_hash: Mapped[str] = mapped_column(Text)
    work_account: Mapped[str | None] = mapped_column(Text, unique=True, index=True)
    groups: Mapped[dict[str, list[str]] | None] = mapped_column(JSON)
    display: Mapped[str | None] = mapped_column(Encrypted("staff.display"), deferred=True)
    first_password: Mapped[str | None] = mapped_column(Encrypted("staff.first_password"))
    first_password_until: Mapped[datetime | None] = mapped_column(UTC)
    disabled_at: Mapped[datetime | None] = mapped_column(UTC)


class SecondFactor(Base):
    """What somebody's phone makes codes from, and the last of them that was used; it counts once it was confirmed with one."""

    __tablename__ = "second_factor"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(Encrypted("second_factor.secret"))
    begun_at: Mapped[datetime] = mapped_column(UTC)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTC)
    last_step: Mapped[int | None]
    wrong: Mapped[int]
    wrong_at: Mapped[datetime | None] = mapped_column(UTC)


class RecoveryCode(Base):
    """One of the ten codes for when the phone is gone: found by its hash, and good until it is used."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    code_lookup: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UTC)
    used_at: Mapped[datetime | None] = mapped_column(UTC)


class NamedReader(Base):
    """Somebody who may see a restricted complaint: while it has such rows, nobody else does. Worked out from the record, as it stands."""

    __tablename__ = "named_reader"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)


class AccountChange(Base):
    """One thing that was done to an account: they left, are back, are one person with another or not, have a new way in, are in a team or not."""

    __tablename__ = "account_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    what: Mapped[str] = mapped_column(String(10))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    because: Mapped[str | None] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[datetime] = mapped_column(UTC)


APART, NEVER = "apart", "never"
"""Two accounts are no longer one person's, which lifts no bar; or they never were."""


def other_accounts(session: Session, staff_id: int | None, since: datetime | None = None) -> list[str]:
    """The names on the record of the other accounts of this person: the bar is about the person (ruling 34).

    With `since`, those too that were theirs at any time from then on, but where it was said that they never were.
    """
    whose = func.coalesce(Staff.same_person_id, Staff.id)
    mine = whose == select(whose).where(Staff.id == staff_id).scalar_subquery()
    found = session.scalars(select(Staff.id).where(mine) if since is None else select(Staff.id).where(mine).union(_parted(select(Staff.id).where(mine), since)))
    return [f"staff:{number}" for number in sorted(set(found) - {staff_id})]


def _parted(mine: Select[int], since: datetime) -> Select[int]:
    """The accounts that were parted from any of these since then."""
    later = aliased(AccountChange)
    pair = or_(
        and_(later.staff_id == AccountChange.staff_id, later.other_id == AccountChange.other_id),
        and_(later.staff_id == AccountChange.other_id, later.other_id == AccountChange.staff_id),
    )
    never = select(later.id).where(later.what == NEVER, later.id > AccountChange.id, pair).exists()
    other = case((AccountChange.staff_id.in_(mine), AccountChange.other_id), else_=AccountChange.staff_id)
    touches = or_(AccountChange.staff_id.in_(mine), AccountChange.other_id.in_(mine))
    return select(other).where(AccountChange.what == APART, AccountChange.other_id.is_not(None), AccountChange.at >= since, touches, ~never)


class PasswordTry(Base):
    """One password that was tried: on which account, known or not, and from which network, both as keyed hashes.

    A wrong one is kept for an hour; the last right one from each network says for ninety days that it is known there.
    """

    __tablename__ = "password_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(64), index=True)
    network: Mapped[str] = mapped_column(String(64))
    right: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UTC, index=True)


class Visit(Base):
    """One signed-in browser: a member of staff in one role, or one party on one case. The row is the session.

    `how` they came in, and of a party when and how they had before: somebody who reads it can notice a visitor. `proved_how`
    is how a party showed since then that it is them; `address` is where the code went with which they came in, as codes count
    addresses: nothing where it was a code on paper.
    """

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_lookup: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(UTC)
    seen_at: Mapped[datetime] = mapped_column(UTC)
    how: Mapped[str | None] = mapped_column(String(10))
    before_at: Mapped[datetime | None] = mapped_column(UTC)
    before_how: Mapped[str | None] = mapped_column(String(10))
    proved_at: Mapped[datetime | None] = mapped_column(UTC)
    proved_how: Mapped[str | None] = mapped_column(String(10))
    address: Mapped[str | None] = mapped_column(String(64))

    @property
    def is_proved(self) -> bool:
        """Whether they showed the access code, at the door or since, or a second way that is theirs."""
        return self.proved_how is not None or self.how in SHOWN_AT_THE_DOOR

    staff: Mapped[Staff | None] = relationship()
    party: Mapped[Party | None] = relationship()
