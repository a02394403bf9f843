"""What a list of complaints is narrowed to: whose they are, which stage, which service, how soon; and a page of it at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import Select, SQLColumnExpression

from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.queries import PAGE_SIZE, visible

Row = TypeVar("Row")
At = TypeVar("At")


@dataclass(frozen=True, slots=True)
class Choice:
    """What to show; what is left out narrows nothing. `due_before` leaves only what is owed before that day."""

    handler: int | None = None
    is_unassigned: bool = False
    stage: int | None = None
    service: int | None = None
    due_before: date | None = None


EVERYTHING = Choice()


def chosen(viewer: Viewer, choice: Choice) -> Select[Complaint]:
    """The complaints this viewer may see that were asked for."""
    found = visible(viewer)
    if choice.handler is not None:
        found = found.where(Complaint.handler_id == choice.handler)
    if choice.is_unassigned:
        found = found.where(Complaint.handler_id.is_(None))
    if choice.stage is not None:
        found = found.where(Complaint.stage == choice.stage)
    if choice.service is not None:
        found = found.where(Complaint.service_id == choice.service)
    if choice.due_before is not None:
        found = found.where(Complaint.next_due < choice.due_before)
    return found


def newest_first(
    asked: Select[Complaint], number: SQLColumnExpression[int], place: int | None, backwards: bool
) -> Select[int]:
    """The numbers on one side of a place in a list from the newest to the oldest, the nearest first.

    `number` is the complaint's own, or an index's name for it where the index finds them in that order.
    """
    if place is not None:
        asked = asked.where(number > place if backwards else number < place)
    return asked.order_by(number if backwards else number.desc()).limit(PAGE_SIZE + 1).with_only_columns(Complaint.id)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows in order, and whether there are more before the first and after the last of them."""

    rows: Sequence[Row]
    has_earlier: bool = False
    has_later: bool = False


def page(ask: Callable[[At | None, bool], list[Row]], after: At | None, before: At | None) -> Page[Row]:
    """The page after one place or before another; the first page where neither is said, or nothing stands before it.

    `ask(place, backwards)` answers up to one row more than a page, beginning next to the place.
    """
    if before is not None:
        found = ask(before, True)
        if len(found) > PAGE_SIZE:
            return Page(found[:PAGE_SIZE][::-1], has_earlier=True, has_later=True)
        after = None
    found = ask(after, False)
    return Page(found[:PAGE_SIZE], has_earlier=after is not None, has_later=len(found) > PAGE_SIZE)
