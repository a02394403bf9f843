"""What the rows of a list say beside the complaint: wishes, promises, letters that have not gone; one statement each."""

from collections.abc import Sequence

from sqlalchemy import BindParameter, bindparam, select

from portal.complaints.models import Action
from portal.complaints.papers import Issue, Letter
from portal.complaints.people import Adjustment
from portal.db import Register

THESE: BindParameter[list[int]] = bindparam("complaints", expanding=True)
WISHES = (
    select(Adjustment.person_id, Adjustment.wish)
    .where(Adjustment.person_id.in_(bindparam("people", expanding=True)), Adjustment.decision != "declined")
    .order_by(Adjustment.id)
)
PROMISES = (
    select(Action.complaint_id, Action.what, Action.owner)
    .where(Action.complaint_id.in_(THESE), Action.done_on.is_(None))
    .order_by(Action.due_on, Action.id)
)
UNSENT = (
    select(Letter.complaint_id, Letter.kind, Issue.channel)
    .join(Issue, Issue.letter_id == Letter.id)
    .where(Letter.complaint_id.in_(THESE), Issue.state.not_in(["issued", "stopped"]))
    .order_by(Letter.id)
)


def wishes(register: Register, people: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What each of these people asked of us that still stands, as the kinds they chose."""
    found: dict[int, tuple[str, ...]] = {}
    for row in register.execute(WISHES, {"people": people}):
        found[row.person_id] = found.get(row.person_id, ()) + tuple(row.wish.get("kinds", ()))
    return found


def promises(register: Register, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The soonest thing promised and not yet done in each: what, and by whom."""
    found: dict[int, tuple[str, str]] = {}
    for row in register.execute(PROMISES, {"complaints": ids}):
        found.setdefault(row.complaint_id, (row.what, row.owner))
    return found


def unsent(register: Register, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The newest letter of each that has not gone: its kind, and the way it was to go."""
    asked = register.execute(UNSENT, {"complaints": ids})
    return {row.complaint_id: (row.kind, row.channel) for row in asked}
