"""Slow hashes of passwords and of short codes, one at a time."""

import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal import passwords

PRODUCTION = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""The cost that OWASP gives as the least; the library's own would let a flood of sign-ins stop the portal."""

_hasher = PRODUCTION
_one_at_a_time = BoundedSemaphore(1)


class Busy(Exception):
    """Another slow hash is being worked out; try again in a moment (decision 25)."""


def use_quick_hashes() -> None:
    """Cheap password hashes, for tests alone."""
    global _hasher
    _hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    nobodys_hash.cache_clear()


@cache
def nobodys_hash() -> str:
    """A hash to check against when there is no such account, so that both answers take the same time."""
    return _hasher.hash(secrets.token_urlsafe())


@contextmanager
def _one_slow_hash() -> Iterator[None]:
    if not _one_at_a_time.acquire(timeout=2):
        raise Busy
    try:
        yield
    finally:
        _one_at_a_time.release()


def hash_password(password: str) -> str:
    """The argon2id hash of a password, however its accents were typed. ValueError under fifteen characters. Busy."""
    if len(password) < passwords.SHORTEST:
        raise ValueError("A password needs at least fifteen characters.")
    with _one_slow_hash():
        return _hasher.hash(unicodedata.normalize("NFC", password))


def hash_code(code: str) -> str:
    """The salted, slow hash of a short code. Busy."""
    with _one_slow_hash():
        return _hasher.hash(code)


def matches(stored: str, typed: str) -> bool:
    """Whether this is the password, or the code, that the hash was made of. Busy."""
    with _one_slow_hash():
        try:
            return _hasher.verify(stored, unicodedata.normalize("NFC", typed))
        except (VerificationError, InvalidHashError):
            return False
