"""What is due across the register, thing by thing, and which of it somebody was reminded of (5.9, 6.6, 5.10)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from portal import clock
from portal.access import Viewer
from portal.complaints.calendar import DIVISIONS
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.people import Adjustment, Party
from portal.complaints.queries import PAGE_SIZE, visible
from portal.complaints.recording import calendar_of, edition_of, session_of
from portal.complaints.settings import Reminder
from portal.db import Register
from portal.rules import due
from portal.rules.deadlines import DUE_SOON
from portal.rules.due import Due
from portal.rules.steps import Step

SOON, LATE = "due soon", "late"
DANGER_RANKS = (0, 1)
"""Both ranks of the queue's index, which begins with them."""
REVIEW = "adjustment review"
TOGETHER = (
    selectinload(Complaint.events), selectinload(Complaint.actions), selectinload(Complaint.handler),
    selectinload(Complaint.parties).selectinload(Party.person), selectinload(Complaint.letters).selectinload(Letter.issues),
)  # fmt: skip
"""What a page of the list reads of its complaints, in as many statements as there are kinds of thing."""
Place = tuple[date, int]
"""Where a page of the list ended: the day its last complaint's next thing is due, and that complaint."""


def kind(one: Due) -> str:
    """Late once the day it was due is over; due soon until then."""
    return LATE if one.due_on < clock.today() else SOON


def owed(complaint: Complaint, reviews: Sequence[Due] | None = None) -> list[Due]:
    """What one complaint owes within two working days, or owed before, soonest first.

    The adjustments to look at again are among it: `reviews`, as reviews_of() found them, or asked for.
    """
    register = session_of(complaint)
    days = calendar_of(register, complaint.division)
    until = days.add(clock.today(), DUE_SOON)
    found = due.owed_by(complaint.happenings, edition_of(complaint), days, on=clock.today(), until=until)
    asked = reviews_of(register, [complaint.id])[complaint.id] if reviews is None else reviews
    return sorted([*found, *(one for one in asked if one.due_on <= until)], key=lambda one: one.due_on)


def _whose() -> Any:
    """The complaint that a review is shown with: the one it was asked in, else the person's newest."""
    newest = select(func.max(Party.complaint_id)).where(Party.person_id == Adjustment.person_id).scalar_subquery()
    return func.coalesce(Adjustment.complaint_id, newest)


def _to_review(until: date) -> Any:
    return and_(Adjustment.decision == "agreed", Adjustment.review_on <= until)


def reviews_of(register: Register, complaint_ids: Sequence[int]) -> dict[int, list[Due]]:
    """The adjustments to look at again that are shown with each of these complaints."""
    found: dict[int, list[Due]] = {each: [] for each in complaint_ids}
    asked = select(Adjustment.id, Adjustment.review_on, _whose().label("whose")).where(_to_review(_last_day(register)))
    for row in register.execute(asked.where(_whose().in_(complaint_ids))):
        found[row.whose].append(Due(REVIEW, row.id, row.review_on))
    return found


def _owing(everything: Select[Complaint], until: date, after: Place | None = None) -> Iterator[Select[date | None, int]]:
    """Where each stands that owes something by then, and each other whose resident's adjustment is to be looked at; by index."""
    by_then = and_(Complaint.danger_rank.in_(DANGER_RANKS), Complaint.next_due <= until)
    to_review = select(_whose()).where(_to_review(until))
    reviewed = everything.where(Complaint.id.in_(to_review), or_(Complaint.next_due.is_(None), Complaint.next_due > until))
    never = func.coalesce(Complaint.next_due, date.max)
    for found, first in ((everything.where(by_then), Complaint.next_due), (reviewed, never)):
        beside = found if after is None else found.where(or_(first > after[0], and_(first == after[0], Complaint.id > after[1])))
        yield beside.with_only_columns(first, Complaint.id).order_by(first, Complaint.id)


def _last_day(register: Register) -> date:
    """The latest day that is soon in any division: what each complaint's own calendar then says is asked of it alone."""
    return max(calendar_of(register, each).add(clock.today(), DUE_SOON) for each in DIVISIONS)


def owing(register: Register) -> list[int]:
    """The complaints that owe something within two working days or owed it before, soonest first. For the worker alone."""
    found = [row for asked in _owing(select(Complaint), _last_day(register)) for row in register.execute(asked)]
    return [row.id for row in found]


def reminded(register: Register, complaint_ids: Iterable[int]) -> dict[tuple[int, str, date], dict[str, datetime]]:
    """When who looks after it was reminded of each thing: by complaint, thing and date, the moment of each kind."""
    found: dict[tuple[int, str, date], dict[str, datetime]] = {}
    for row in register.scalars(select(Reminder).where(Reminder.complaint_id.in_(list(complaint_ids)))):
        found.setdefault((row.complaint_id, row.about, row.due_on), {})[row.kind] = row.made_at
    return found


def page_of(register: Register, viewer: Viewer, *, after: Place | None = None, mine: bool = False) -> Sequence[Complaint]:
    """A page of those that owe something soon or late, soonest first; one more than a page if there is more."""
    everything = visible(viewer)
    if mine:
        everything = everything.where(Complaint.handler_id == viewer.staff_id)
    asked = _owing(everything, _last_day(register), after)
    places = sorted((row[0], row.id) for each in asked for row in register.execute(each.limit(PAGE_SIZE + 1)))
    ids = [number for _day, number in places[: PAGE_SIZE + 1]]
    found = {each.id: each for each in register.scalars(select(Complaint).where(Complaint.id.in_(ids)).options(*TOGETHER))}
    return [found[each] for each in ids]


def place_of(complaint: Complaint) -> Place:
    """Where a page that ends with this complaint goes on."""
    return complaint.next_due or date.max, complaint.id


def owner(complaint: Complaint, one: Due) -> int | None:
    """Whose it is beside whoever has the complaint: the owner of an action, or who agreed an adjustment; mostly nobody's."""
    if one.what == REVIEW:
        adjustment = session_of(complaint).get(Adjustment, one.which)
        return adjustment.decided_by_id if adjustment else None
    if one.what == Step.ACTION_PROMISED:
        return next((each.owner_id for each in complaint.actions if each.id == one.which), None)
    return None
