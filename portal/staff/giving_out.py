"""Giving several complaints to one person: chosen from a page of the queue, with what became of each."""

from collections.abc import Mapping, Sequence

from flask import Response, g, request, url_for

from portal import clock, i18n
from portal.access import ANSWERERS, Do
from portal.complaints import operations, queries, worklist
from portal.complaints.giving_out import cannot_be_given
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Complaint
from portal.complaints.people import Staff
from portal.complaints.queries import PAGE_SIZE
from portal.complaints.recording import calendar_of
from portal.complaints.worklist import QueueRow
from portal.forms import REFUSALS, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.marked import bdi
from portal.staff import choosing, wording
from portal.staff.casework import AssignForm, workloads
from portal.staff.door import page
from portal.staff.fields import Pick, Tick, named
from portal.staff.lists import beside, number
from portal.staff.queue import as_text, place
from portal.web import redirect, register, render, transaction


class GiveForm(AssignForm):
    """Which ones, to whom, and whether they have an interest in any."""

    chosen = Tick(_l("Which complaints?"), {})
    staff = Pick(_l("Who answers them?"), {}, [OneOf(_l("Choose who answers"))])

    def validate_chosen(self, field: Tick) -> None:
        """At least one, and no more than a page holds."""
        OneOf(_("Choose at least one complaint"))(self, field)

    @property
    def versions(self) -> dict[int, int]:
        """The versions of the complaints that were ticked, by their numbers."""
        said = [each.partition(".") for each in self.chosen.data or []]
        found = [(number(one), number(version)) for one, _point, version in said][:PAGE_SIZE]
        return {one: version for one, version in found if one is not None and version is not None}


@page.get("/give", do=Do.ASSIGN_SEVERAL)
@page.post("/give", do=Do.ASSIGN_SEVERAL)
def give_several() -> Response:
    """Tick complaints, choose one person, and give them all at once."""
    chosen = choosing.read(request.args, "with", "stage", "service")
    found = worklist.queue(
        register(), g.viewer, after=place(request.args.get("after")), before=place(request.args.get("before")),
        choice=chosen.choice(clock.today()),
    )  # fmt: skip
    g.listed = sorted(row.id for row in found.rows)
    people = queries.staff_with(register(), *ANSWERERS)
    form = GiveForm()
    form.staff.choices = named((each.id, f"{each.name}, {each.job_title}") for each in people)
    _offer(form, found.rows)
    if form.validate_on_submit():
        try:
            return redirect(_given_to(form, people))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/give_several.html", form=form, loads=workloads(people), chosen=chosen, hints=_hints(found.rows), is_empty=not found.rows,
        pages=beside("staff.give_several", found, lambda row: as_text(row.place), **chosen.args), count=len(found.rows),
        status=form.status,
    )  # fmt: skip


def _given_to(form: GiveForm, people: Sequence[Staff]) -> str:
    """All in one transaction; where it is said what became of each."""
    to = next(each for each in people if str(each.id) == form.staff.data)
    seen, ids = form.versions, ".".join(map(str, sorted(form.versions)))
    with transaction(form) as done:
        complaints = queries.several(register(), g.viewer, seen, locked=True)
        interest = form.words.data if form.interest.data == "yes" else _("No interest declared")
        operations.assign_several(complaints, seen, to, by=g.viewer, interest=interest)
        done.url = url_for("staff.gave_several", to=to.id, chosen=ids)
    return done.url


def _value(row: QueueRow) -> str:
    return f"{row.id}.{row.version}"


def _offer(form: GiveForm, rows: Sequence[QueueRow]) -> None:
    """The rows of the page, and whatever was ticked that is on it no more: what became of that is told afterwards."""
    offered = [(_value(row), wording.owed(row.next_step, row.next_stage, bdi(row.name), row.letter)) for row in rows]
    known = {value for value, _words in offered}
    gone = [each for each in form.chosen.data or [] if each not in known and _is_value(each)][:PAGE_SIZE]
    form.chosen.choices = named([*offered, *((each, _("One that has changed since you chose it")) for each in gone)])


def _is_value(text: str) -> bool:
    one, _point, version = text.partition(".")
    return number(one) is not None and number(version) is not None


def _hints(rows: Sequence[QueueRow]) -> Mapping[str, str]:
    """By when, with whom, and what it is about."""
    today, days = clock.today(), calendar_of(register(), landlord_of(register()).division)
    return {
        _value(row): ". ".join(
            [
                f"{i18n.short_day(row.next_due)}, {wording.how_soon(row.next_due, today, days)}",
                _("With %(name)s", name=row.handler) if row.handler else _("With nobody yet"),
                wording.first_words(row.words),
            ]
        )
        for row in rows
    }


@page.get("/given", do=Do.ASSIGN_SEVERAL)
def gave_several() -> Response:
    """What became of each: the ones they have now, and the others by name with why; read from how things stand."""
    ids = {found for each in request.args.get("chosen", "").split(".")[:PAGE_SIZE] if (found := number(each)) is not None}
    to = number(request.args.get("to"))
    staff = next((each for each in queries.staff_with(register(), *ANSWERERS) if each.id == to), None)
    complaints = queries.several(register(), g.viewer, ids) if staff else []
    g.listed = [each.id for each in complaints]
    theirs = [each for each in complaints if staff and each.handler_id == staff.id]
    others = [(each, _why(each, staff)) for each in complaints if staff and each not in theirs]
    return render("staff/gave_several.html", staff=staff, theirs=theirs, others=others)


def _why(complaint: Complaint, staff: Staff) -> str:
    why = cannot_be_given(complaint, staff, by=g.viewer)
    return _(why[0], **why[1]) if why else _("Somebody changed it while you chose. Look at it, and give it again.")
