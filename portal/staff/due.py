"""What is due soon or late, thing by thing, and when whoever looks after it was reminded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response, g, request, url_for
from markupsafe import Markup

from portal import clock
from portal.access import Do
from portal.complaints import due
from portal.complaints.due import Place
from portal.complaints.models import Complaint
from portal.complaints.queries import PAGE_SIZE
from portal.complaints.recording import calendar_of
from portal.complaints.usable import to_send
from portal.i18n import gettext as _
from portal.marked import bdi, sentence
from portal.rules.due import Due
from portal.rules.reading import LETTER_OF
from portal.rules.steps import Step
from portal.staff import standing, wording
from portal.staff.door import page
from portal.web import LARGEST_ID, register, render

Reminded = Mapping[tuple[int, str, date], Mapping[str, datetime]]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is due, in words."""

    href: str
    due_on: date
    how: str
    owed: Markup
    about: str
    who: str
    is_late: bool
    reminded: list[tuple[str, date]]


@page.get("/due", do=Do.READ_QUEUE)
def due_now() -> Response:
    """Everything due within two working days or late, soonest first: a complaint that owes three things has three lines."""
    after, mine = place(request.args.get("after")), request.args.get("with") == "me"
    found = due.page_of(register(), g.viewer, after=after, mine=mine)
    shown = found[:PAGE_SIZE]
    g.listed = sorted(complaint.id for complaint in shown)
    made, reviews = due.reminded(register(), g.listed), due.reviews_of(register(), g.listed)
    lines = sorted((line for each in shown for line in _lines(each, reviews[each.id], made)), key=lambda line: line.due_on)
    return render(
        "staff/due.html", lines=lines, mine=mine, is_first=after is None, day=clock.today(),
        next_url=_next(due.place_of(shown[-1]), mine) if len(found) > PAGE_SIZE else None,
    )  # fmt: skip


def place(text: str | None) -> Place | None:
    """Where a page goes on, from its address; None, the first page, for anything that is not such a place."""
    try:
        day, last = (text or "").split(".")
        found = (date.fromisoformat(day), int(last))
    except ValueError:
        return None
    return found if 0 <= found[1] <= LARGEST_ID else None


def _next(place: Place, mine: bool) -> str:
    whose: dict[str, Any] = {"with": "me"} if mine else {}
    return url_for("staff.due_now", after=f"{place[0].isoformat()}.{place[1]}", **whose)


def _lines(complaint: Complaint, reviews: Sequence[Due], made: Reminded) -> Iterator[Line]:
    days, today = calendar_of(register(), complaint.division), clock.today()
    for one in due.owed(complaint, reviews):
        reminded = made.get((complaint.id, one.about, one.due_on), {})
        yield Line(
            href=url_for("staff.case", complaint=complaint), due_on=one.due_on, how=wording.how_soon(one.due_on, today, days),
            owed=_owed(complaint, one), about=_about(complaint, one), who=_who(complaint, one), is_late=one.due_on < today,
            reminded=[(kind, clock.day_of(at)) for kind, at in sorted(reminded.items(), key=lambda each: each[1])],
        )  # fmt: skip


def _owed(complaint: Complaint, one: Due) -> Markup:
    """What is owed, the verb first; where its letter is written, that it has to go."""
    name = bdi(complaint.resident.name)
    if one.what == due.REVIEW:
        return sentence(_("Ask %(name)s whether what we agreed still helps"), name=name)
    if one.what == Step.CALL_ASKED:
        return wording.to_make_sure(bdi(standing.who_asked(complaint, one.which).name))
    if one.what == Step.LATE_TOLD:
        return sentence(_("Tell %(name)s that the answer is late, and why"), name=name)
    letter = _written(complaint, one)
    return wording.owed(Step.ISSUED if letter else one.what, _stage(complaint, one), name, letter)


def _stage(complaint: Complaint, one: Due) -> int:
    return one.which if one.what in LETTER_OF else complaint.stage


def _written(complaint: Complaint, one: Due) -> tuple[str, str] | None:
    """The letter that would meet it, where that is written and has not gone: its kind, and the way it was to go."""
    if one.what not in (Step.ACKNOWLEDGED, Step.RESPONDED):
        return None
    kinds = {LETTER_OF[Step(one.what)], LETTER_OF[Step.REFUSED]}
    return to_send(complaint, kinds=kinds, stage=one.which)


def _about(complaint: Complaint, one: Due) -> str:
    """What was promised, or the resident's own first words."""
    promised = next((each.what for each in complaint.actions if one.what == Step.ACTION_PROMISED and each.id == one.which), "")
    return promised or wording.first_words(complaint.words)


def _who(complaint: Complaint, one: Due) -> str:
    promised = next((each.owner for each in complaint.actions if one.what == Step.ACTION_PROMISED and each.id == one.which), "")
    return promised or (complaint.handler.name if complaint.handler else "")
