"""Codes to come back with: asking for one, trying one, and the limits of both. A reference we do not know is treated just as one we do."""

import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import joinedload

from portal import accounts, clock, keyring
from portal.complaints.challenges import Challenge
from portal.complaints.models import Complaint
from portal.complaints.own_browsers import own_browsers
from portal.complaints.people import ENDED, PAUSED, Part, Party
from portal.complaints.sending import addressed, queue_mail
from portal.db import Register

LIVES = timedelta(minutes=15)
DIGITS = 8
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit of codes in one place; none of them ever stops an access code."""

    tries: int = 5
    """Wrong tries of one code: then it opens nothing."""
    wrong_a_day: int = 100
    """Wrong tries about one reference in 24 hours: then codes for it rest for that day."""
    sent_an_hour: int = 5
    """Codes to one address in an hour."""
    sent_a_day: int = 10
    """Codes to one address in 24 hours."""
    kept_for_own: int = 2
    """Those of a day's that are kept for a browser that somebody marked as their own."""
    for_one_network: int = 3
    """Those of a day's that may be asked for from one network."""
    in_one_browser: int = 5
    """Codes that one browser can have waiting side by side; the oldest makes way."""


LIMITS = Limits()


class Resting(Exception):
    """Too many wrong codes were tried about this reference; codes for it rest for a day. The access code still works."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for: the code of which complaint, whether they speak for somebody else in it, and which of those they are.

    `own` is their own email address or phone number, as they typed it: several may speak for one person, each with codes of
    their own, and without it none of them is meant.
    """

    reference: str
    acting: bool = False
    own: str = ""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A code that was just made, the secret of its link, and its slow hash."""

    code: str
    link: str
    hash: str


def fresh() -> Fresh:
    """A new code, hashed; slow, so before any transaction. accounts.Busy."""
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    return Fresh(code, secrets.token_urlsafe(24), accounts.hash_code(code))


def token_for(key: str, browser: str) -> str:
    """What the browser that asked is known by: the same for both presses of one button, and for nobody else's."""
    return keyring.ring().lookup(f"ask {browser} {key}")[:32]


def digits_of(typed: str) -> str:
    """The eight digits that were typed, in any script and spacing; "" where it is no such code."""
    kept = [c for c in typed if not (c.isspace() or c in ".,-\u2010\u2011\u2012\u2013\u2014")]
    if len(kept) != DIGITS or not all(c.isdecimal() for c in kept):
        return ""
    return "".join(str(unicodedata.decimal(c)) for c in kept)


def ask(register: Register, asked: Asked, made: Fresh, *, token: str, network: str | None, texts: bool = False, own: str | None = None) -> Challenge:
    """Keep a code, and queue the message that carries it; inside a transaction.

    Where there is nobody to send it to, or a limit is reached, the same is written and queued, and the worker sends nothing:
    the same statements, whatever the reference. `network` is where it was asked from, None where that cannot be told. `texts` says whether
    text messages go at all, `own` what a browser is known by that somebody may have marked as their own.
    """
    party = _party(register, asked)
    return keep(register, asked, made, party, _way(party, texts=texts) if party else None, token=token, network=network, own=own)


def keep(
    register: Register, asked: Asked, made: Fresh, party: Party | None, channel: str | None, *, token: str, network: str | None, linked: bool = True,
    own: str | None = None,
) -> Challenge:  # fmt: skip
    """Keep a code for a party by a channel, and queue its message, as `ask` does; `linked` says whether the message has a link too."""
    now, whose = clock.now(), about(asked.reference)
    sent_to = counted_by(party, channel) if party and channel else keyring.ring().lookup(f"nowhere {asked.reference}")
    _take_turns(register, sent_to)
    from_there = keyring.ring().lookup(f"network {network}") if network else None
    has_own, is_own = own_browsers(register, party, own)
    within, kept = _within_limits(register, sent_to, from_there, keeps=LIMITS.kept_for_own if has_own else 0, is_own=is_own)
    rests = _rests(register, [whose])
    goes = party is not None and channel is not None and within and not rests
    _forget_run_out(register)
    challenge = Challenge(
        token_lookup=keyring.ring().lookup(token), asked={"reference": asked.reference, "acting": asked.acting, "own": asked.own}, about=whose,
        sent_to=sent_to, network=from_there, party_id=party.id if party and goes else None, channel=channel or accounts.BY_EMAIL,
        code_hash=made.hash, link_lookup=keyring.ring().lookup(made.link), message={"code": made.code, "link": made.link if linked else ""},
        tries_left=LIMITS.tries, asked_at=now, expires_at=now + LIVES, kept=bool(goes and kept),
    )  # fmt: skip
    register.add(challenge)
    queue_mail(register, "code", challenge=challenge)
    register.flush()
    return challenge


def _party(register: Register, asked: Asked) -> Party | None:
    """Whose code it is: the resident, or whoever deals with their estate; or whoever speaks for them and was not stopped."""
    part = Party.part == Part.REPRESENTATIVE if asked.acting else Party.part != Part.REPRESENTATIVE
    let_in = or_(Party.authority.is_(None), Party.authority.not_in((ENDED, PAUSED)))
    now_theirs = or_(Party.until.is_(None), Party.until > clock.now())
    found = register.scalars(
        select(Party)
        .join(Complaint, Complaint.id == Party.complaint_id)
        .where(Complaint.reference == asked.reference[:9], part, let_in, now_theirs)
        .options(joinedload(Party.person))
        .order_by(Party.id.desc())
    ).all()
    meant = next((each for each in found if not asked.acting or is_reached_at(each, addressed_as(asked.own))), None)
    return meant if meant and accounts.is_live(meant) else None


def addressed_as(typed: str) -> str:
    """An email address, or a phone number, as codes count it: a keyed hash."""
    return addressed(typed) if "@" in typed else keyring.ring().lookup(f"text {''.join(c for c in typed if c.isdigit())[-10:]}")


def is_reached_at(party: Party, proved: str) -> bool:
    """Whether codes go to this party, safely, at the address that this is the keyed hash of."""
    return any(hmac.compare_digest(counted_by(party, way), proved) for way in party.written_ways)


def _way(party: Party, *, texts: bool) -> str | None:
    """How a code safely goes to a party; None where there is no such way."""
    ways = party.written_ways
    return next((way for way in (accounts.BY_EMAIL, accounts.BY_TEXT) if way in ways and (texts or way != accounts.BY_TEXT)), None)


def about(reference: str) -> str:
    """The keyed hash that wrong tries about a reference are counted by."""
    return keyring.ring().lookup(f"about {reference}")


def counted_by(party: Party, channel: str) -> str:
    """The keyed hash of the address or number that codes to a party by this channel are counted by."""
    if channel == accounts.BY_EMAIL:
        return addressed(party.email or "")
    return addressed_as(party.phone or "")


def _within_limits(register: Register, sent_to: str, network: str | None, *, keeps: int, is_own: bool) -> tuple[bool, bool]:
    """Whether one more code may go to an address, asked for from there, and whether it is one of those it `keeps` for their own browsers.

    Only what went to somebody is counted.
    """
    now = clock.now()
    count = func.count(Challenge.id)
    lately, there = Challenge.asked_at > now - HOUR, Challenge.network == (network or "")
    counted = select(count.filter(lately), count, count.filter(there), count.filter(Challenge.kept)).where(Challenge.sent_to == sent_to, Challenge.party_id.is_not(None), _within_a_day())
    hour, day, from_there, kept = register.execute(counted).one()
    if hour < LIMITS.sent_an_hour and day - kept < LIMITS.sent_a_day - keeps and from_there < LIMITS.for_one_network:
        return True, False
    return is_own and kept < keeps, True


def _within_a_day() -> ColumnElement[bool]:
    """Asked for within a day, by a clock that may have been put back since; never what a clock far ahead wrote."""
    now = clock.now()
    return Challenge.asked_at.between(now - DAY, now + DAY)


def _rests(register: Register, abouts: Sequence[str]) -> bool:
    """Whether too many wrong codes were tried today about any of these references."""
    return bool(register.scalars(_worn_out().where(Challenge.about.in_(abouts))).all())


def _worn_out() -> Select[str]:
    wrong = func.sum(LIMITS.tries - Challenge.tries_left)
    return select(Challenge.about).where(_within_a_day()).group_by(Challenge.about).having(wrong >= LIMITS.wrong_a_day)


def resting(register: Register) -> list[str]:
    """The references of the complaints whose codes rest today: somebody is guessing, and the residents may need another way."""
    sent = select(Challenge.party_id).where(Challenge.about.in_(_worn_out()), Challenge.party_id.is_not(None))
    theirs = select(Party.complaint_id).where(Party.id.in_(sent))
    return list(register.scalars(select(Complaint.reference).where(Complaint.id.in_(theirs)).order_by(Complaint.id)))


def _forget_run_out(register: Register) -> None:
    """Codes that were not sent in time are kept no longer."""
    run_out = Challenge.message.is_not(None) & (Challenge.expires_at <= clock.now())
    register.execute(update(Challenge).where(run_out).values(message=None).execution_options(synchronize_session=False))


def _take_turns(register: Register, *names: str) -> None:
    """Count alone: SQLite lets one write at a time anyway, PostgreSQL is asked to for each name."""
    if register.get_bind().dialect.name == "postgresql":
        for name in sorted(set(names)):
            register.execute(select(func.pg_advisory_xact_lock(int(name[:15], 16))))


def of_browser(register: Register, tokens: Sequence[str]) -> list[Challenge]:
    """What a browser asked for, by what it was given then, the newest first; run out or not."""
    lookups = [keyring.ring().lookup(token) for token in tokens]
    return list(register.scalars(select(Challenge).where(Challenge.token_lookup.in_(lookups)).order_by(Challenge.id.desc())))


@dataclass(frozen=True, slots=True)
class Charged:
    """One code that a try was counted against, before anybody knows whether it was right."""

    id: int
    code_hash: str
    link_lookup: str
    tries_left: int


def charge(register: Register, tokens: Sequence[str], also: Sequence[Challenge] = ()) -> list[Charged]:
    """Count a try against each live code of this browser, and of `also`, and answer them; inside a transaction. Resting.

    It is counted before it is checked, so that no number of tries at once is more than the limit.
    """
    live = [each for each in (*of_browser(register, tokens), *also) if each.is_live]
    abouts = sorted({each.about for each in live})
    _take_turns(register, *abouts)
    if _rests(register, abouts):
        raise Resting
    charged = register.execute(
        update(Challenge)
        .where(Challenge.id.in_([each.id for each in live]), Challenge.tries_left > 0, Challenge.ended_at.is_(None))
        .values(tries_left=Challenge.tries_left - 1)
        .returning(Challenge.id, Challenge.code_hash, Challenge.link_lookup, Challenge.tries_left)
        .execution_options(synchronize_session=False)
    )
    return [Charged(*row) for row in charged]


def right_one(charged: Sequence[Charged], code: str, link: str) -> Charged | None:
    """The one whose code, or whose link, this is; slow, so outside any transaction. accounts.Busy."""
    found = None
    for each in charged:
        by_link = hmac.compare_digest(each.link_lookup, keyring.ring().lookup(link))
        if accounts.matches(each.code_hash, code) or by_link:
            found = each
    return found


def use(register: Register, right: Charged, charged: Sequence[Charged]) -> Challenge | None:
    """What the right code was asked for: its party may come in, once; None where nobody may come in with it any more. Inside a transaction.

    The try that was right is counted against none of them.
    """
    register.execute(
        update(Challenge)
        .where(Challenge.id.in_([each.id for each in charged]))
        .values(tries_left=Challenge.tries_left + 1)
        .execution_options(synchronize_session=False)
    )
    used = register.scalar(
        update(Challenge)
        .where(Challenge.id == right.id, Challenge.ended_at.is_(None))
        .values(ended_at=clock.now(), message=None)
        .returning(Challenge.id)
        .execution_options(synchronize_session=False)
    )
    challenge = register.get(Challenge, used, populate_existing=True) if used else None
    party = challenge.party if challenge else None
    return challenge if challenge and party and _still_theirs(party, challenge) else None


def _still_theirs(party: Party, challenge: Challenge) -> bool:
    """Whether they may still come in, and the way that the code went is still safe."""
    reaches_them = challenge.channel == accounts.BY_CALL or party.is_safe(challenge.channel)
    return accounts.is_live(party) and not party.is_kept_out and reaches_them
