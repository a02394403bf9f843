"""What the rows of a list say beside the complaint: wishes, promises, letters that have not gone; one statement each."""

from collections.abc import Mapping, Sequence

from sqlalchemy import BindParameter, bindparam, case, exists, select
from sqlalchemy.orm import aliased

from portal.complaints.models import Action
from portal.complaints.papers import Issue, Letter
from portal.complaints.people import Adjustment, holds_in
from portal.db import Register

THESE: BindParameter[list[int]] = bindparam("complaints", expanding=True)
WISHES = (
    select(Adjustment.person_id, Adjustment.complaint_id, Adjustment.wish)
    .where(Adjustment.person_id.in_(bindparam("people", expanding=True)), Adjustment.decision != "declined")
    .order_by(Adjustment.id)
)
PROMISES = (
    select(Action.complaint_id, Action.what, Action.owner)
    .where(Action.complaint_id.in_(THESE), Action.done_on.is_(None))
    .order_by(Action.due_on, Action.id)
)
BETTER = aliased(Issue)
HAS_BETTER = exists().where(BETTER.letter_id == Letter.id, BETTER.usable, BETTER.state == "issued")
UNSENT = (
    select(Letter.complaint_id, Letter.kind, case((Issue.usable, Issue.channel), else_="again").label("channel"))
    .join(Issue, Issue.letter_id == Letter.id)
    .where(Letter.complaint_id.in_(THESE), Issue.state.not_in(["issued", "stopped"]) | ~(Issue.usable | HAS_BETTER))
    .order_by(Letter.id, Issue.id)
)
"""A letter that went in a form of no use is unsent until a better copy has gone (ruling 51)."""


def wishes(register: Register, residents: Mapping[int, int]) -> dict[int, tuple[str, ...]]:
    """What the resident of each of these complaints asked of us that still stands in it, as the kinds they chose.

    `residents` says whose each complaint is. A wish is sealed, so what it is for is read here and not asked of the database.
    """
    asked = register.execute(WISHES, {"people": sorted(set(residents.values()))}).all()
    return {
        complaint: tuple(
            kind for row in asked if row.person_id == person and holds_in(complaint, row.complaint_id, row.wish)
            for kind in row.wish.get("kinds", ())
        )
        for complaint, person in residents.items()
    }  # fmt: skip


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
