"""A message that came, taken apart: whom it says it is from, what it answers, what it says in plain words, and its files.

Nothing of it is shown as it came: an HTML part is read as text, and nothing is fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from html.parser import HTMLParser

from portal.plain import tidy

NAMED = re.compile(r"\+([0-9a-f]{32})@", re.IGNORECASE)
"""What the address of an answer holds: the name of the message of ours that it answers, as nobody can guess it (128 bits)."""

BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol"})
UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
FAILED = re.compile(r"^Action:\s*failed\s*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a message holds. `sender` is the one address it names; empty where it names none, or several."""

    sender: str
    subject: str
    words: str
    files: tuple[tuple[str, bytes], ...]
    answers: str
    is_report: bool
    says_failed: bool
    is_automatic: bool
    is_proved: bool


def opened(raw: bytes, *, to: str = "", checked_by: str | None = None) -> Opened:
    """Take a message apart, whatever it is made of. `to` is the address the mail server took it for; `checked_by`, whose word counts on who sent it."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    senders = [address for _name, address in getaddresses(_all(message, "From")) if address]
    report = message.get_content_type() == "multipart/report"
    return Opened(
        sender=senders[0] if len(senders) == 1 and len(_all(message, "From")) == 1 else "",
        subject=" ".join(tidy(_one(message, "Subject")).split()),
        words=_words(message),
        files=tuple(_files(message)),
        answers=_answered(to, message),
        is_report=report or (_one(message, "Return-Path").strip() == "<>" and "mailer-daemon" in (senders[:1] or [""])[0].lower()),
        says_failed=bool(FAILED.search(raw.decode("latin-1"))),
        is_automatic=_one(message, "Auto-Submitted").strip().lower() not in ("", "no") or _one(message, "Precedence").lower() in ("bulk", "list", "junk"),
        is_proved=bool(checked_by) and _is_proved(message, str(checked_by)),
    )


def _all(message: EmailMessage, name: str) -> list[str]:
    try:
        return [str(value) for value in message.get_all(name, [])]
    except Exception:
        # The standard library's parser of headers raises whatever it trips over.
        return []


def _one(message: EmailMessage, name: str) -> str:
    return next(iter(_all(message, name)), "")


def _answered(to: str, message: EmailMessage) -> str:
    """The name of the message of ours that this answers; empty where it names none. What the server says counts before what the sender wrote."""
    for value in (to, *_all(message, "X-Original-To"), *_all(message, "Delivered-To"), *_all(message, "To")):
        if found := NAMED.search(value):
            return found[1].lower()
    return ""


def _is_proved(message: EmailMessage, checked_by: str) -> bool:
    """Whether our own mail server found that the domain in From stands behind it (DMARC): its word is the uppermost of its name (RFC 8601)."""
    for value in _all(message, "Authentication-Results"):
        name, _semicolon, found = " ".join(value.split()).partition(";")
        if name.split(" ")[0].strip().casefold() == checked_by.casefold():
            return re.search(r"(?:^|[;\s])dmarc=pass\b", re.sub(r"\([^)]*\)", " ", found), re.IGNORECASE) is not None
    return False


def _words(message: EmailMessage) -> str:
    """What it says: its plain part, else its HTML read as text."""
    try:
        part = message.get_body(("plain", "html"))
        said = str(part.get_content()) if part is not None else ""
    except Exception:
        return ""
    plain = as_text(said) if part is not None and part.get_content_type() == "text/html" else said
    return re.sub(r"\n{3,}", "\n\n", tidy(plain)).strip()


def _files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    if message.get_content_maintype() != "multipart":
        return
    for part in message.iter_attachments():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content:
            yield part.get_filename() or "file", content


def as_text(html: str) -> str:
    """The words of an HTML part, a line for each block, without anything that is not shown."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).split("\n"))
    return "\n".join(lines).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        self.found += ["\n"] if tag in BLOCKS else []

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN and self.unseen > 0
        self.found += ["\n"] if tag in BLOCKS else []

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.found.append(data)

