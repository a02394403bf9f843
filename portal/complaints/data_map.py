"""What is held about people, column by column: how sensitive it is, what for, and until when. A test keeps it complete."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column

from portal.complaints import operations, settings
from portal.complaints.data_columns import TABLES
from portal.db import Base, Encrypted

assert operations and settings, "Their import makes every table known."

TIERS = {
    0: "system: numbers, moments, states; says nothing of anybody by itself",
    1: "identity: who somebody is, where they live, how to reach them",
    2: "case: what was said, written and found",
    3: "special: health, disability and what it asks for; sealed",
    4: "safety: what would put somebody in danger; sealed, shown to few and never to the resident's own page",
}
"""How sensitive each is; 3 and 4 are kept sealed, and a test sees that they are."""


@dataclass(frozen=True, slots=True)
class Held:
    """One column: its table and name, its tier, what it is for, until when it is kept, and whether it is sealed."""

    table: str
    column: str
    tier: int
    purpose: str
    until: str
    is_sealed: bool

    @property
    def name(self) -> str:
        """Its whole name."""
        return f"{self.table}.{self.column}"


def held() -> list[Held]:
    """Every column of every table, as the models have them, with what is written of it. KeyError for one that nothing is written of."""
    return [_held(column) for column in columns()]


def columns() -> Iterator[Column[object]]:
    """Every column there is, table by table."""
    for name in sorted(Base.metadata.tables):
        yield from Base.metadata.tables[name].columns


def _held(column: Column[object]) -> Held:
    until, lines = TABLES[column.table.name]
    tier, purpose, otherwise = written(lines)[column.name]
    return Held(column.table.name, column.name, tier, purpose, otherwise or until, isinstance(column.type, Encrypted))


def written(lines: str) -> dict[str, tuple[int, str, str]]:
    """What is written of a table: for each column its tier, its purpose, and until when, where that is not as for the whole table."""
    found = {}
    for line in lines.strip().splitlines():
        column, tier, rest = line.split(maxsplit=2)
        purpose, _bar, until = rest.partition(" | ")
        found[column] = (int(tier), purpose, until)
    return found
