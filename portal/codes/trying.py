"""Trying a code: each try is counted before anybody knows whether it was right; the right one lets its party in, once."""

import hmac
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from portal import accounts, clock, keyring
from portal.codes.asking import DIGITS
from portal.codes.limits import Resting, are_resting, take_turns
from portal.complaints.challenges import Challenge
from portal.complaints.people import Party
from portal.db import Register


def digits_of(typed: str) -> str:
    """The eight digits that were typed, in any script and spacing; "" where it is no such code."""
    kept = [c for c in typed if not (c.isspace() or c in ".,-\u2010\u2011\u2012\u2013\u2014")]
    if len(kept) != DIGITS or not all(c.isdecimal() for c in kept):
        return ""
    return "".join(str(unicodedata.decimal(c)) for c in kept)


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
    take_turns(register, *abouts)
    if are_resting(register, abouts):
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
