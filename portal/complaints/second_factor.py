"""The second step of signing in: a code from an app on one's phone, each used once; and ten codes for when the phone is gone."""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete, func, select, update

from portal import clock, keyring
from portal.access import Viewer
from portal.complaints import references
from portal.complaints.leaving import write_down
from portal.complaints.people import RecoveryCode, SecondFactor, Staff, Visit
from portal.complaints.sending import queue_mail
from portal.complaints.ways_in import NOTICE
from portal.db import Register
from portal.rules.steps import RuleBroken
from portal.rules.words import N_

LIFTED, TURNED_ON, TURNED_OFF = "factor", "step on", "step off"
SECONDS, EITHER_SIDE, DIGITS = 30, 1, 6
"""How long a code stands, how many before and after are taken for the sake of slow clocks and fingers, and its length."""

FEW, LONGEST_WAIT = 5, timedelta(hours=1)
"""After so many wrong codes running, each further one has to wait: a minute, then two, then four; never longer than this."""

RECOVERY_CODES, RECOVERY_LENGTH = 10, 16
"""Ten codes of eighty random bits."""

RIGHT, WRONG, USED, WAIT = "right", "wrong", "used", "wait"
"""What came of a code."""


def factor_of(register: Register, staff_id: int | None) -> SecondFactor | None:
    """Somebody's second step, confirmed or only begun; None where there is none."""
    return register.get(SecondFactor, staff_id)


def is_on(factor: SecondFactor | None) -> bool:
    """Whether it is asked when they sign in: once it was confirmed with a code."""
    return factor is not None and factor.confirmed_at is not None


def begin_factor(register: Register, staff: Staff) -> None:
    """A new secret for their phone, which counts for nothing until it is confirmed. RuleBroken where one is on already."""
    factor = factor_of(register, staff.id) or SecondFactor(staff_id=staff.id)
    if is_on(factor):
        raise RuleBroken("5.12", N_("You have a second step already. Turn it off first."))
    factor.secret, factor.begun_at, factor.wrong = pyotp.random_base32(), clock.now(), 0
    register.add(factor)


def address_of(factor: SecondFactor, *, landlord: str, email: str) -> str:
    """The secret as an address that an app on a phone reads, with whose it is."""
    return pyotp.TOTP(factor.secret).provisioning_uri(name=email, issuer_name=landlord.replace(":", " "))


def confirm_factor(register: Register, staff_id: int, typed: str) -> str:
    """Whether a code shows that their phone has the secret, and from now on it is asked for; they are told by mail. Answers as `try_code` does."""
    factor = _locked(register, staff_id)
    outcome = _try(factor, typed) if factor else WRONG
    if factor and outcome == RIGHT:
        factor.confirmed_at = clock.now()
        _tell(register, staff_id, TURNED_ON)
    return outcome


def turn_off(register: Register, staff_id: int) -> None:
    """They turned their own second step off, and are told so: it may not have been they."""
    end_factor(register, staff_id)
    _tell(register, staff_id, TURNED_OFF)


def _tell(register: Register, staff_id: int, what: str) -> None:
    """Keep what they did themselves, and tell them by mail."""
    write_down(register, register.get_one(Staff, staff_id), what, by=Viewer(staff_id=staff_id))
    queue_mail(register, NOTICE, staff_id=staff_id)


def try_code(register: Register, staff_id: int, typed: str) -> str:
    """What came of a code at the door: `right`, `wrong`, `used` before, or `wait` before the next try.

    It is counted whatever comes of it, so this is called in a transaction that is kept. A recovery code is never
    made to wait: it cannot be guessed, and whoever guesses at the others keeps nobody out.
    """
    factor = _locked(register, staff_id)
    if factor is None or not is_on(factor):
        return WRONG
    if len(references.tidy(typed)) == RECOVERY_LENGTH and _use_recovery_code(register, staff_id, typed):
        factor.wrong = 0
        return RIGHT
    return _try(factor, typed)


def next_try(factor: SecondFactor) -> datetime | None:
    """When the next code may be tried; None where it is now."""
    if factor.wrong < FEW or factor.wrong_at is None:
        return None
    until = factor.wrong_at + min(timedelta(minutes=2 ** min(factor.wrong - FEW, 10)), LONGEST_WAIT)
    return until if until > clock.now() else None


def new_recovery_codes(register: Register, staff_id: int) -> list[str]:
    """Ten codes in place of whatever there were, each good once; they are kept nowhere as they are."""
    register.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    made = [references.new_code()[:RECOVERY_LENGTH] for _ in range(RECOVERY_CODES)]
    register.add_all(RecoveryCode(staff_id=staff_id, code_lookup=_lookup(each), made_at=clock.now()) for each in made)
    return made


def recovery_codes_left(register: Register, staff_id: int) -> int:
    """How many of them were not used."""
    left = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.staff_id == staff_id, RecoveryCode.used_at.is_(None))
    return register.scalar(left) or 0


def end_factor(register: Register, staff_id: int) -> None:
    """Their second step is gone, and their recovery codes with it."""
    for table in (RecoveryCode, SecondFactor):
        register.execute(delete(table).where(table.staff_id == staff_id))


def lift_factor(register: Register, staff: Staff, *, by: Viewer, because: str) -> None:
    """A manager takes somebody's second step away, whose phone is lost, and says why; their visits end now.

    RuleBroken for oneself, where there is none, and without a reason.
    """
    if staff.id == by.staff_id:
        raise RuleBroken("5.12", N_("You turn off your own second step on the page of your account."))
    if not is_on(factor_of(register, staff.id)):
        raise RuleBroken("5.12", N_("They have no second step."))
    if not because.strip():
        raise RuleBroken("5.12", N_("Say why it is taken away."))
    end_factor(register, staff.id)
    register.execute(delete(Visit).where(Visit.staff_id == staff.id))
    write_down(register, staff, LIFTED, by=by, because=because)
    queue_mail(register, NOTICE, staff_id=staff.id)


def who_has_one(register: Register) -> Sequence[int]:
    """The numbers of the accounts whose second step is on."""
    return register.scalars(select(SecondFactor.staff_id).where(SecondFactor.confirmed_at.is_not(None))).all()


def _locked(register: Register, staff_id: int) -> SecondFactor | None:
    return register.get(SecondFactor, staff_id, with_for_update=True, populate_existing=True)


def _try(factor: SecondFactor, typed: str) -> str:
    """Try one code of the app, and count it; a code of a time that was used, or came before it, is used up."""
    if next_try(factor):
        return WAIT
    step = _step_of(factor.secret, "".join(c for c in typed if c.isdigit()))
    if step is None:
        factor.wrong, factor.wrong_at = factor.wrong + 1, clock.now()
        return WRONG
    if factor.last_step is not None and step <= factor.last_step:
        return USED
    factor.last_step, factor.wrong = step, 0
    return RIGHT


def _step_of(secret: str, digits: str) -> int | None:
    """The number of the half minute that a code belongs to, about now; None where it belongs to none."""
    app, now = pyotp.TOTP(secret), int(clock.now().timestamp()) // SECONDS
    about = range(now - EITHER_SIDE, now + EITHER_SIDE + 1)
    return next((step for step in about if hmac.compare_digest(app.at(step * SECONDS).encode(), digits.encode())), None)


def _use_recovery_code(register: Register, staff_id: int, typed: str) -> bool:
    unused = update(RecoveryCode).where(
        RecoveryCode.staff_id == staff_id, RecoveryCode.code_lookup == _lookup(references.tidy(typed)), RecoveryCode.used_at.is_(None)
    )
    return bool(register.execute(unused.values(used_at=clock.now()).returning(RecoveryCode.id)).all())


def _lookup(code: str) -> str:
    return keyring.ring().lookup(f"recovery {code}")
