"""Asking for a code: it is kept as a slow hash, and its message is queued, alike for everybody."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from portal import accounts, clock, keyring
from portal.codes.counting import about, addressed_as, counted_by, is_reached_at
from portal.codes.limits import LIMITS, are_resting, take_turns, within_limits
from portal.complaints.challenges import Challenge
from portal.complaints.models import Complaint
from portal.complaints.own_browsers import own_browsers
from portal.complaints.people import ENDED, PAUSED, Part, Party
from portal.complaints.sending import queue_mail
from portal.db import Register

LIVES = timedelta(minutes=15)
DIGITS = 8


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
    take_turns(register, sent_to)
    from_there = keyring.ring().lookup(f"network {network}") if network else None
    has_own, is_own = own_browsers(register, party, own)
    within, kept = within_limits(register, sent_to, from_there, keeps=LIMITS.kept_for_own if has_own else 0, is_own=is_own)
    rests = are_resting(register, [whose])
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


def _way(party: Party, *, texts: bool) -> str | None:
    """How a code safely goes to a party; None where there is no such way."""
    ways = party.written_ways
    return next((way for way in (accounts.BY_EMAIL, accounts.BY_TEXT) if way in ways and (texts or way != accounts.BY_TEXT)), None)


def _forget_run_out(register: Register) -> None:
    """Codes that were not sent in time are kept no longer."""
    run_out = Challenge.message.is_not(None) & (Challenge.expires_at <= clock.now())
    register.execute(update(Challenge).where(run_out).values(message=None).execution_options(synchronize_session=False))
