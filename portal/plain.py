"""Text from outside as we keep it, and the names of files as we show them; whatever way they came."""

import unicodedata

KEEP = "\n\t"
BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LONGEST_NAME = 200


def tidy(text: str) -> str:
    """Text as we keep it: one kind of line end, no control characters, no halves of characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(c for c in whole if c in KEEP or unicodedata.category(c) not in ("Cc", "Cs"))


def plain_name(given: str) -> str:
    """The file's own name without any folders, short enough to show; only ever shown, never a place on the disk."""
    shown = tidy(given).translate(dict.fromkeys(map(ord, BIDI_CONTROLS)))
    name = " ".join(shown.replace("\\", "/").rpartition("/")[2].split())
    stem, dot, end = name.rpartition(".")
    return name if len(name) <= LONGEST_NAME else stem[: LONGEST_NAME - len(end) - 1] + dot + end[:LONGEST_NAME]
