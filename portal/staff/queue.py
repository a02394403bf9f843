"""What we owe: danger first, then every complaint with something owed, soonest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, g, request, url_for

from portal import access, clock, i18n
from portal.access import Do
from portal.complaints import ended, worklist
from portal.complaints.landlord import landlord_of
from portal.complaints.recording import calendar_of
from portal.complaints.worklist import Danger, Place, QueueRow
from portal.i18n import gettext as _
from portal.marked import bdi, sentence
from portal.rules.deadlines import DUE_SOON
from portal.rules.working_days import Calendar
from portal.staff import choosing, wording
from portal.staff.choosing import Chosen
from portal.staff.door import page
from portal.staff.lists import Line, beside, care, ended_line, number, owed_line, said_to_be
from portal.web import LARGEST_ID, register, render

DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are owed equally soon, under one heading."""

    id: str
    heading: str
    tone: str
    lines: Sequence[Line]


@page.get("/", do=Do.READ_QUEUE)
def queue() -> Response:
    """What is owed, with what may be done about it one link away; or, asked for by itself, where nothing is owed."""
    viewer, today = g.viewer, clock.today()
    chosen = choosing.read(request.args, "with", "stage", "service", "owed")
    if chosen.args.get("owed") == choosing.NOTHING:
        return _nothing_owed(chosen)
    days = calendar_of(register(), landlord_of(register()).division)
    soon_until, choice = days.add(today, DUE_SOON), chosen.choice(today)
    after, before = place(request.args.get("after")), place(request.args.get("before"))
    found = worklist.queue(register(), viewer, after=after, before=before, choice=choice)
    dangers = [] if found.has_earlier else worklist.dangers(register(), viewer)
    counts = worklist.counts(register(), viewer, today=today, soon_until=soon_until, choice=choice)
    g.listed = sorted({row.id for row in found.rows} | {each.complaint_id for each in dangers if each.complaint_id})
    how_many = {
        wording.LATE: counts.late, wording.TODAY: counts.today, wording.SOON: counts.soon, wording.REST: counts.later,
    }  # fmt: skip
    groups = [*_danger_group(dangers, found.rows), *_groups(found.rows, how_many, today, soon_until, days)]
    return render(
        "staff/queue.html", groups=groups, chosen=chosen, owed=sum(how_many.values()) + counts.in_danger, day=today,
        counts=_counts(dangers, how_many, _starts(groups, chosen, today, soon_until)),
        pages=beside("staff.queue", found, lambda row: as_text(row.place), **chosen.args),
        from_them=worklist.how_many_wait(register(), g.viewer),
    )  # fmt: skip


def _nothing_owed(chosen: Chosen) -> Response:
    after, before = number(request.args.get("after")), number(request.args.get("before"))
    choice = chosen.choice(clock.today())
    found = ended.ended(register(), g.viewer, after=after, before=before, choice=choice)
    g.listed = sorted(row.id for row in found.rows)
    return render(
        "staff/queue_ended.html", lines=[ended_line(row) for row in found.rows], chosen=chosen,
        how_many=said_to_be(ended.how_many_ended(register(), g.viewer, choice)),
        pages=beside("staff.queue", found, lambda row: str(row.id), **chosen.args),
    )  # fmt: skip


def as_text(place: Place) -> str:
    """A place as an address holds it."""
    rank, due, last = place
    return f"{rank}.{due.isoformat()}.{last}"


def place(text: str | None) -> Place | None:
    """Where a page goes on, from its address; None, the first page, for anything that is not such a place."""
    try:
        rank, due, last = (text or "").split(".")
        found = (int(rank), date.fromisoformat(due), int(last))
    except ValueError:
        return None
    return found if 0 <= found[0] <= 1 and 0 <= found[2] <= LARGEST_ID else None


def _in_danger(rows: Sequence[QueueRow]) -> list[QueueRow]:
    return [row for row in rows if row.in_danger]


def _danger_group(dangers: Sequence[Danger], rows: Sequence[QueueRow]) -> list[Group]:
    by_id = {row.id: row for row in rows}
    lines = [_danger_line(each, by_id.get(each.complaint_id or 0)) for each in dangers]
    known = {each.complaint_id for each in dangers}
    lines += [_danger_row(row) for row in _in_danger(rows) if row.id not in known]
    heading = _("May be in danger: %(n)s", n=len(lines))
    return [Group(DANGER, heading, "late", lines)] if lines else []


def _danger_page(danger: Danger) -> str:
    """Where it is written down who has it; for whoever only reads, the complaint, if there is one."""
    if not access.may(g.viewer, Do.HAND_OVER_DANGER):
        return url_for("staff.case", complaint=danger.reference) if danger.reference else ""
    if danger.reference:
        return url_for("staff.danger", complaint=danger.reference, alert_id=danger.alert.id)
    return url_for("staff.danger_alone", alert_id=danger.alert.id)


def _danger_line(danger: Danger, row: QueueRow | None) -> Line:
    alert, told = danger.alert, danger.alert.told
    name = danger.name or told.get("name")
    ring = _("Ring %(name)s") if name else _("Reach somebody who has not complained yet")
    if told.get("safe_to_ring") == "no" and name:
        ring = _("Reach %(name)s, but do not ring")
    said = [SAFE_TO_RING[told["safe_to_ring"]]()] if told.get("safe_to_ring") in SAFE_TO_RING else []
    said += [_("Nobody has said they have it.")]
    return Line(
        href=_danger_page(danger), day=_("Now"), how=_("Said %(when)s", when=i18n.moment(alert.raised_at)),
        owed=sentence(ring, name=bdi(str(name))), about=wording.first_words(str(told.get("words") or "")),
        care=" ".join([*said, care(row)] if row else said), who=(row.handler or "") if row else "", is_late=True,
    )  # fmt: skip


SAFE_TO_RING: dict[str, Callable[[], str]] = {
    "yes": lambda: _("Safe to ring."),
    "no": lambda: _("Not safe to ring."),
    "times": lambda: _("Safe to ring at the times they gave."),
}


def _danger_row(row: QueueRow) -> Line:
    """A complaint with a danger that is told of on another page of this list."""
    href = url_for("staff.case", complaint=row.reference)
    owed = sentence(_("Ring %(name)s"), name=bdi(row.name))
    return Line(href, _("Now"), "", owed, wording.first_words(row.words), care(row), row.handler or "", True)


def _groups(
    rows: Sequence[QueueRow], how_many: dict[str, int], today: date, soon_until: date, days: Calendar
) -> list[Group]:
    headings = {
        wording.LATE: _("Late: %(n)s", n=how_many[wording.LATE]),
        wording.TODAY: _("Due today: %(n)s", n=how_many[wording.TODAY]),
        wording.SOON: _("Due in the next 2 working days: %(n)s", n=how_many[wording.SOON]),
        wording.REST: _("On time: %(n)s", n=how_many[wording.REST]),
    }
    found: dict[str, list[Line]] = {}
    for row in rows:
        if not row.in_danger:
            found.setdefault(wording.group_of(row.next_due, today, soon_until), []).append(owed_line(row, today, days))
    return [Group(id, headings[id], wording.TONES[id], lines) for id, lines in found.items()]


def _starts(groups: Sequence[Group], chosen: Chosen, today: date, soon_until: date) -> dict[str, str]:
    """Where each group begins: on this page, or on the page that starts with it."""
    before = {
        wording.LATE: (0, date.max, LARGEST_ID), wording.TODAY: (1, today - timedelta(1), LARGEST_ID),
        wording.SOON: (1, today, LARGEST_ID), wording.REST: (1, soon_until, LARGEST_ID),
    }  # fmt: skip
    here = {group.id for group in groups}
    return {
        id: f"#{id}" if id in here else url_for("staff.queue", after=as_text(place), **chosen.args)
        for id, place in before.items()
    }


def _counts(dangers: Sequence[Danger], how_many: dict[str, int], starts: dict[str, str]) -> list[tuple[str, str, str]]:
    """What the top of the page counts, each leading to its group."""
    said = {
        wording.LATE: _("%(n)s late", n=how_many[wording.LATE]),
        wording.TODAY: _("%(n)s due today", n=how_many[wording.TODAY]),
        wording.SOON: _("%(n)s due soon", n=how_many[wording.SOON]),
        wording.REST: _("%(n)s on time", n=how_many[wording.REST]),
    }
    first = [(_("%(n)s may be in danger", n=len(dangers)), f"#{DANGER}", "late")] if dangers else []
    return first + [(said[id], starts[id], wording.TONES[id]) for id in said if how_many[id]]


@page.get("/logged", do=Do.READ_LOGGED)
def logged() -> Response:
    """What this member of staff took down for residents (ruling 11), and what their role is for."""
    rows = worklist.logged(register(), g.viewer)
    g.listed = [row.id for row in rows]
    return render("staff/logged.html", rows=rows)
