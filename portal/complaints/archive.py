"""Words in an archive of any size: common ones are met on the way from a place, uncommon ones looked up in the index."""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from portal.complaints import ended
from portal.complaints.choosing import newest_first
from portal.complaints.ended import MOST_COUNTED, EndedRow
from portal.complaints.models import Complaint
from portal.complaints.queries import PAGE_SIZE
from portal.db import Register

NEAR = 500
"""How many complaints are read beside a place before the index is asked: the index finds every complaint with a word, first."""

COMMON = 0.05
"""A word that more than this share of the newest complaints hold is read for, and not looked up, beside one that is not common."""

INDEX = table("complaint_search", column("rowid"), column("complaint_search"), column("search_text"))
"""SQLite's own index of `complaint.search_text`; PostgreSQL has an index on the column."""


def holds(words: Sequence[str]) -> list[ColumnElement[bool]]:
    """That a complaint holds a word beginning with each of these, as reading it tells."""
    kept = literal(" ") + Complaint.search_text
    return [kept.contains(f" {word}", autoescape=True) for word in words]


def rows(
    register: Register, archive: Select[Complaint], words: Sequence[str], place: int | None, backwards: bool
) -> list[EndedRow]:
    """Those of the archive on one side of a place that hold these words, the nearest first; one more than a page if there is more."""
    near = newest_first(_near(archive, NEAR, place, backwards).where(*holds(words)), Complaint.id, place, backwards)
    ids = register.scalars(near).all()
    if len(ids) <= PAGE_SIZE:
        ids = register.scalars(newest_first(*_looked_up(register, archive, words), place, backwards)).all()
    return ended.rows_by(register, archive.where(Complaint.id.in_(ids)), Complaint.id, None, backwards)


def how_many(register: Register, archive: Select[Complaint], words: Sequence[str]) -> int:
    """How many of the archive hold these words, up to one more than MOST_COUNTED."""
    found = ended.counted(register, _near(archive, NEAR).where(*holds(words)))
    if 2 * found >= NEAR:
        found = ended.counted(register, _near(archive, 3 * MOST_COUNTED).where(*holds(words)))
    if found > MOST_COUNTED:
        return found
    return ended.counted(register, _looked_up(register, archive, words)[0])


def _near(archive: Select[Complaint], most: int, place: int | None = None, backwards: bool = False) -> Select[Complaint]:
    """So many of the archive beside a place, or the newest, whatever words they hold."""
    number = Complaint.id
    beside = archive if place is None else archive.where(number > place if backwards else number < place)
    numbers = beside.with_only_columns(number).order_by(number if backwards else number.desc()).limit(most).subquery()
    last = select(func.max(numbers.c.id) if backwards else func.min(numbers.c.id)).scalar_subquery()
    return archive.where(number <= last if backwards else number >= last)


def _uncommon(register: Register, archive: Select[Complaint], words: Sequence[str]) -> list[str]:
    """Those of these words that few of the newest complaints hold; all of them, where every one is common."""
    counts = [func.count(case((each, 1))) for each in holds(words)]
    looked, *found = register.execute(_near(archive, NEAR).with_only_columns(func.count(), *counts)).one()
    return [word for word, times in zip(words, found, strict=True) if times <= COMMON * looked] or list(words)


def _looked_up(
    register: Register, archive: Select[Complaint], words: Sequence[str]
) -> tuple[Select[Complaint], SQLColumnExpression[int]]:
    """What the index finds to hold the uncommon words and reading finds to hold the rest, and the number it is found by in order."""
    uncommon = _uncommon(register, archive, words)
    others = archive.where(*holds([word for word in words if word not in uncommon]))
    if register.get_bind().dialect.name == "sqlite":
        matching = column("complaint_search").match(" AND ".join(f'"{word}" *' for word in uncommon))
        return others.join(INDEX, INDEX.c.rowid == Complaint.id).where(matching), INDEX.c.rowid
    wanted = cast(literal(" & ".join(f"'{word}':*" for word in uncommon)), TSQUERY)
    kept = func.array_to_tsvector(func.string_to_array(Complaint.search_text, literal_column("' '")))
    return others.where(kept.op("@@")(wanted)), Complaint.id
