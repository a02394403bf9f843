"""What may be sent to any form at all, by mistake or on purpose, and what each answer has to be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urldefrag, urljoin
from zlib import crc32

from lxml import html

from portal.forms import SAID_ONCE
from tests.browser_client import CheckingClient, Fields, form_values, words_of

NOT_BOXES = ("csrf_token", "key", "version", "seen", "then")
ODD = "kept words \x00\x08\x1b \u202e \U0001f600 <b>100%</b> %s العربية"
RAW = {"halves of characters": b"before%ED%A0%80after", "no text": b"%ff%fe%c3%28", "nothing there": b"a%00b"}
ALL_AT_ONCE = 400_000
"""Letters in all the boxes of a form together: less than a page takes, more than any box."""

TAKEN, TOLD = (200, 303), (409, 422)


@dataclass(frozen=True)
class Form:
    """One form as it stands on a page: where it is sent, and what it would send."""

    page: str
    address: str
    fields: Fields
    texts: tuple[str, ...]
    stories: tuple[str, ...]
    unseen: tuple[str, ...]
    is_multipart: bool

    @property
    def is_preview(self) -> bool:
        """Whether it shows how a letter would read, and keeps nothing."""
        return self.address.endswith("/preview")

    @property
    def answers(self) -> tuple[int, ...]:
        """What may be answered: done, or told why not; or, where the page names a thing in a hidden field, that there is no such thing."""
        names_something = set(self.hidden) - {"csrf_token", "key", "version", "seen"}
        return (*TAKEN, *TOLD, 404) if names_something else (*TAKEN, *TOLD)

    @property
    def boxes(self) -> list[str]:
        """The names of what a person fills in, chooses or ticks."""
        return [name for name in self.fields if name not in NOT_BOXES]

    @property
    def hidden(self) -> Fields:
        """What the page sends of itself."""
        return {name: value for name, value in self.fields.items() if name in self.unseen}


def forms_on(page: html.HtmlElement, url: str) -> Iterator[Form]:
    """The forms of a page that are posted, each once more for a button that sends it somewhere else."""
    for form in page.forms:
        if (form.get("method") or "").lower() != "post":
            continue
        texts = tuple(each.get("name") for each in form.iter("textarea", "input") if _is_text(each))
        stories = tuple(each.get("name") for each in form.iter("textarea"))
        unseen = tuple(each.get("name") for each in form.iter("input") if each.get("type") == "hidden")
        named = {each.get("name"): "" for each in form.iter("input", "select", "textarea") if each.get("name") and each.get("type") != "file"}
        elsewhere = sorted({urldefrag(button.get("formaction")).url for button in form.iter("button") if button.get("formaction")})
        for action in (form.get("action") or url, *elsewhere):
            yield Form(url, urldefrag(urljoin(url, action)).url, named | form_values(form), texts, stories, unseen, form.get("enctype") == "multipart/form-data")


def _is_text(box: html.HtmlElement) -> bool:
    return box.tag == "textarea" or box.get("type") in (None, "text", "email", "tel", "search", "password")


@dataclass(frozen=True)
class Attack:
    """One thing that may come: what it is called, its fields or the very bytes in every box, and the answers that are right."""

    called: str
    fields: Fields
    right: tuple[int, ...]
    odd: bytes = b""


def everyday(attacks: Sequence[Attack], endpoint: str) -> list[Attack]:
    """Those that one form meets every day: what anybody may send by mistake, and its own one of the rest, the same each day."""
    always, turns = attacks[:3], attacks[3:]
    return [*always, turns[crc32(endpoint.encode()) % len(turns)]]


def attacks(form: Form) -> Iterator[Attack]:
    """Each thing that may come; a preview keeps nothing, and answers whatever it is sent."""
    whole, boxes, answered = form.fields, form.boxes, form.answers
    told, stale = (answered, answered) if form.is_preview else (TOLD, (400,))
    long = "x " * (ALL_AT_ONCE // 2 // max(len(form.texts), 1))
    yield Attack("nothing at all", form.hidden, answered)
    yield Attack("far too much", whole | dict.fromkeys(form.texts, long), told if form.texts else answered)
    yield Attack("what is not on the page", whole | dict.fromkeys(boxes, "no such thing"), answered)
    yield Attack("numbers that no row can have", whole | dict.fromkeys(boxes, "9" * 30), answered)
    yield Attack("everything twice", whole | {name: [ODD, ODD] for name in boxes if name not in SAID_ONCE}, answered)
    yield Attack("a version that is no number", whole | {"version": "twelve", "seen": "twelve"}, answered)
    yield Attack("a version that nothing has", whole | {"version": "9" * 30, "seen": "-1"}, answered)
    yield Attack("no key", whole | {"key": ""}, told)
    yield Attack("no token", whole | {"csrf_token": None}, stale)
    yield Attack("odd characters", whole | dict.fromkeys(boxes, ODD), answered)
    for called, odd in RAW.items():
        yield Attack(called, form.hidden, answered, odd)


def send(client: CheckingClient, form: Form, attack: Attack) -> Any:
    """Post it as the form on the page opened last would: with that page's token and key, unless it is these that are tried."""
    fields = attack.fields | {name: form.fields[name] for name in ("csrf_token", "key") if attack.fields.get(name)}
    if attack.odd:
        parts = [f"{name}={quote(str(value))}".encode() for name, value in fields.items()]
        body = b"&".join(parts + [quote(name).encode() + b"=" + attack.odd for name in form.boxes])
        return client.post(form.address, data=body, content_type="application/x-www-form-urlencoded")
    kind = {"content_type": "multipart/form-data"} if form.is_multipart else {}
    return client.post(form.address, data={name: value for name, value in fields.items() if value is not None}, **kind)


def wrong_with(attack: Attack, form: Form, answer: Any) -> str:
    """What is wrong with an answer, or nothing."""
    if answer.status_code not in attack.right:
        return f"{attack.called}: {answer.status_code}, not {attack.right}"
    text, far = answer.get_data(as_text=True), attack.called == "far too much"
    if far and form.texts and not form.is_preview and 'class="error-summary"' not in text:
        return f"{attack.called}: nobody is told"
    if far and form.stories and "x x x" not in text:
        return f"{attack.called}: it is not kept"
    if answer.status_code == 400 and "open for a long time" not in words_of(text):
        return f"{attack.called}: nobody is asked to press again"
    return ""
