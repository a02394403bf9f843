"""What a letter is made of: blocks that a page, plain text and print are each drawn from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

Kind = Literal["heading", "subheading", "text", "said", "quoted", "list", "actions"]


class Row(TypedDict):
    """One action in a letter."""

    what: str
    by: str
    who: str


class Block(TypedDict, total=False):
    """One piece of a letter, and the part of it that the edition asks for, if it is one.

    `text` blocks are our fixed words, `said` are typed by staff, `quoted` by the resident: both keep their direction.
    """

    kind: Kind
    text: str
    items: list[str]
    rows: list[Row]
    part: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter ready to be kept: its title, who it is to and from, its blocks, and nothing that can change later.

    No address is among it: where it is safe to write is asked when it is sent or printed. `in_english` is the same letter in English, where
    nobody has approved the language that it is in.
    """

    kind: str
    stage: int
    language: str
    title: str
    to: Sequence[str]
    sender: Sequence[str]
    signed: Sequence[str]
    date: str
    reference: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    in_english: "Composed | None" = None

    @property
    def parts(self) -> frozenset[str]:
        """The parts that the edition asks for and this letter has."""
        return frozenset(block["part"] for block in self.blocks if "part" in block)

    def body(self) -> dict[str, Any]:
        """The letter as it is stored: plain JSON, the same for ever."""
        return {
            "title": self.title,
            "to": list(self.to),
            "sender": list(self.sender),
            "signed": list(self.signed),
            "date": self.date,
            "reference": self.reference,
            "blocks": [dict(block) for block in self.blocks],
            **({"in_english": self.in_english.body()} if self.in_english else {}),
        }


def heading(text: str, part: str | None = None) -> Block:
    """A heading inside the letter."""
    return _block("heading", part, text=text)


def subheading(text: str, part: str | None = None) -> Block:
    """A heading under the one before it: of one point, what we got wrong on it."""
    return _block("subheading", part, text=text)


def text(words: str, part: str | None = None) -> Block:
    """Our own fixed words."""
    return _block("text", part, text=words)


def said(words: str, part: str | None = None) -> Block:
    """Words a member of staff typed for this letter."""
    return _block("said", part, text=words)


def quoted(words: str, part: str | None = None) -> Block:
    """The resident's own words, or our understanding of them, set apart."""
    return _block("quoted", part, text=words)


def bullets(items: Sequence[str], part: str | None = None) -> Block:
    """A list."""
    return _block("list", part, items=list(items))


def _block(kind: Kind, part: str | None, *, text: str | None = None, items: list[str] | None = None) -> Block:
    block = Block(kind=kind)
    if text is not None:
        block["text"] = text
    if items is not None:
        block["items"] = items
    if part:
        block["part"] = part
    return block


def actions(rows: Sequence[Row], part: str | None = None) -> Block:
    """What is owed: what, by when, who."""
    block = Block(kind="actions", rows=list(rows))
    if part:
        block["part"] = part
    return block


def as_text(body: dict[str, Any]) -> str:
    """A stored letter as plain text, line by line."""
    return "\n\n".join(_paragraphs(body))


def _paragraphs(body: dict[str, Any]) -> Iterator[str]:
    yield "\n".join(body["sender"])
    yield f"{body['date']}\n{body['reference']}"
    yield "\n".join(body["to"])
    yield body["title"]
    for block in body["blocks"]:
        if block["kind"] == "list":
            yield "\n".join(f"- {item}" for item in block["items"])
        elif block["kind"] == "actions":
            yield "\n".join(f"- {row['what']} ({row['who']}, {row['by']})" for row in block["rows"])
        else:
            yield block["text"]
    yield "\n".join(body["signed"])
    if "in_english" in body:
        yield from _paragraphs(body["in_english"])
