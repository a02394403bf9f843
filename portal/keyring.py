"""The secrets of an installation: sealing tier 3 and 4 fields, and finding an access code without keeping it."""

import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

NONCE_BYTES = 12


@dataclass(frozen=True)
class Keyring:
    """Field keys by id (the newest seals, every one opens) and the key that access codes are looked up by."""

    field_keys: dict[str, bytes]
    newest: str
    code_key: bytes

    @property
    def mark(self) -> bytes:
        """What everything begins with that the newest key sealed."""
        return self.newest.encode() + b":"

    def seal(self, context: str, words: str) -> bytes:
        """The words under AES-256-GCM, the key's id in front, bound to the column named by `context`."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self.field_keys[self.newest]).encrypt(nonce, words.encode(), context.encode())
        return self.mark + nonce + sealed

    def open(self, context: str, stored: bytes) -> str:
        """The words that were sealed for this column; `cryptography.exceptions.InvalidTag` if they were moved or changed."""
        key_id, _, rest = stored.partition(b":")
        nonce, sealed = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
        return AESGCM(self.field_keys[key_id.decode()]).decrypt(nonce, sealed, context.encode()).decode()

    def lookup(self, code: str) -> str:
        """What a row is found by: the HMAC-SHA256 of an access code, in hex."""
        return hmac.new(self.code_key, code.encode(), hashlib.sha256).hexdigest()

    def fold(self, purpose: str, block: bytes) -> bytes:
        """Sixteen bytes as sixteen others that say nothing of them, under a key for this purpose alone; always the same ones."""
        return self._one_block(purpose).encryptor().update(block)

    def unfold(self, purpose: str, folded: bytes) -> bytes:
        """The sixteen bytes that were folded; whatever else is given comes out as chance would have it, so it must hold its own proof."""
        return self._one_block(purpose).decryptor().update(folded)

    def _one_block(self, purpose: str) -> Cipher[ECB]:
        key = hmac.new(self.code_key, f"key for {purpose}".encode(), hashlib.sha256).digest()
        return Cipher(AES(key), ECB())


_ring: Keyring | None = None


def use(ring: Keyring) -> None:
    """Set the installation's keys; called once, when the application or a command starts."""
    global _ring
    _ring = ring


def ring() -> Keyring:
    """The keys in use. RuntimeError before `use` was called."""
    if _ring is None:
        raise RuntimeError("No keys: create_app() or a test must call keyring.use() first.")
    return _ring
