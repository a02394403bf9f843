"""References and access codes: made to be read aloud, typed back with mistakes, and impossible to guess."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 8
CODE_LENGTH = 24
LOOK_ALIKES = str.maketrans("OIL", "011")


def check_character(body: str) -> str:
    """A character that changes whenever one of the others is mistyped, and nearly always when two are swapped."""
    return ALPHABET[sum((2 * i + 1) * ALPHABET.index(c) for i, c in enumerate(body)) % 32]


def _random(length: int) -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return body + check_character(body)


def new_reference() -> str:
    """Forty random bits and a check character; nothing in it counts or dates (decision 27)."""
    return _random(REFERENCE_LENGTH)


def new_code() -> str:
    """An access code of 24 characters: 115 random bits and a check character (decision 23)."""
    return _random(CODE_LENGTH - 1)


def tidy(typed: str) -> str:
    """What was typed, as we write it: capitals, no spaces or dashes, O for 0 and I or L for 1 put right."""
    return "".join(c for c in typed.upper().translate(LOOK_ALIKES) if c in ALPHABET)


def as_reference(typed: str) -> str | None:
    """The reference that was meant, or None if it cannot be one."""
    found = tidy(typed)
    if len(found) != REFERENCE_LENGTH + 1 or check_character(found[:-1]) != found[-1]:
        return None
    return found


def groups(characters: str) -> list[str]:
    """In fours, to be read aloud: `7K4QM2XDV` gives `7K4Q`, `M2XD`, `V`."""
    return [characters[i : i + 4] for i in range(0, len(characters), 4)]
