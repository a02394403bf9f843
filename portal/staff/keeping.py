"""What staff keep beside a complaint: notes, statements that few may read, and what was looked at for each point."""

from flask import Response, g, url_for
from wtforms import ValidationError

from portal import access, clock
from portal.access import Do, Viewer
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Note
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.reading import points as live_points
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Day, Line, List, Pick, Tick, Words, named
from portal.staff.log_form import today_typed
from portal.web import render, transaction

NOTE, STATEMENT = "note", "statement"
KINDS = {
    NOTE: N_("A note: everybody who works on complaints reads it"),
    STATEMENT: N_("A statement by somebody who works here: only those on this case and managers read it"),
}


class NoteForm(BaseForm):
    """A note, or somebody's statement."""

    kind = Pick(_l("What is it?"), KINDS, [OneOf(_l("Choose what it is"))], default=NOTE)
    whose = Line(_l("If it is a statement: whose?"))
    words = Words(_l("The words"), [Filled(_l("Write something, or go back"))])

    def validate_whose(self, field: Line) -> None:
        """A statement is somebody's."""
        if self.kind.data == STATEMENT:
            Filled(_("Write whose statement it is"))(self, field)


@page.get("/complaints/<case:complaint>/notes", do=Do.WRITE_NOTE)
@page.post("/complaints/<case:complaint>/notes", do=Do.WRITE_NOTE)
def note(complaint: Complaint) -> Response:
    """Write a note, or take down a statement; the box says that it may be disclosed (ruling 9)."""
    form = NoteForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                whose = form.whose.data if form.kind.data == STATEMENT else ""
                operations.write_note(complaint, form.words.data, by=g.viewer, statement_of=whose or "")
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Kept."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/note.html", form=form, complaint=complaint, status=form.status)


def readable(complaint: Complaint, viewer: Viewer) -> list[Note]:
    """The notes this viewer may read: statements are for those on the case, and for managers (ruling 9)."""
    reads_all = access.may(viewer, Do.READ_STATEMENTS, complaint)
    return [one for one in complaint.notes if reads_all or not one.restricted or one.written_by_id == viewer.staff_id]


class EvidenceForm(BaseForm):
    """One thing that was looked at."""

    what = Words(_l("What did you look at?"), [Filled(_l("Write what you looked at"))])
    supplied_by = Line(_l("Who gave it to us?"), [Filled(_l("Write who gave it to us, or where we had it from"))])
    on = Day(_l("Which day did you look at it?"), [Filled(_l("Write the day you looked at it"))], past=True)
    points = Tick(_l("For which points?"), {})
    file = List(_l("Is it one of the files here?"), {})

    def validate_on(self, field: Day) -> None:
        """Nobody has looked at anything on a day to come."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet."))


@page.get("/complaints/<case:complaint>/evidence", do=Do.KEEP_EVIDENCE)
@page.post("/complaints/<case:complaint>/evidence", do=Do.KEEP_EVIDENCE)
def evidence(complaint: Complaint) -> Response:
    """Write down what was looked at, for which points, and who supplied it (5.8, ruling 34)."""
    form = EvidenceForm(on=today_typed())
    numbers = live_points(complaint.happenings, complaint.stage_for("response"))
    form.points.choices = named((number, _("Point %(number)s", number=number)) for number in numbers)
    form.file.choices += named((each.id, each.name) for each in complaint.files)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                _keep(complaint, form)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Kept: what you looked at."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/evidence.html", form=form, complaint=complaint, status=form.status)


def _keep(complaint: Complaint, form: EvidenceForm) -> None:
    assert form.on.day is not None
    operations.keep_evidence(
        complaint, form.what.data, by=g.viewer, points=[int(number) for number in form.points.data or ()],
        supplied_by=form.supplied_by.data, on=form.on.day, attachment_id=int(form.file.data) if form.file.data else None,
    )  # fmt: skip
