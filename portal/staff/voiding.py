"""Say that a letter belonged to another person or complaint, and deal with the breach (ruling 28)."""

from flask import Response, abort, g, url_for

from portal.access import Do
from portal.complaints import operations, queries
from portal.complaints.models import Complaint
from portal.complaints.record import EventWords
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.breaches import open_breaches
from portal.rules.words import N_
from portal.staff import wording
from portal.staff.door import landed, page
from portal.staff.fields import Pick, Words
from portal.web import NUMBER, redirect, register, render, transaction

WRONG = {"person": N_("It went to the wrong person"), "case": N_("It was about another complaint")}


class VoidForm(BaseForm):
    """What was wrong with it, and how we know."""

    wrong = Pick(_l("What was wrong with it?"), WRONG, [OneOf(_l("Choose what was wrong with it"))])
    why = Words(_l("What happened, and how we know"), [Filled(_l("Write what happened, and how we know"))])


@page.get(f"/complaints/<case:complaint>/letters/<{NUMBER}:number>/astray", do=Do.VOID)
@page.post(f"/complaints/<case:complaint>/letters/<{NUMBER}:number>/astray", do=Do.VOID)
def astray(complaint: Complaint, number: int) -> Response:
    """Set a letter aside that was not theirs: it counts no more, and a manager deals with the breach."""
    found = queries.letter(register(), complaint, number)
    if found is None:
        abort(404)
    form = VoidForm(version=str(complaint.version))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.void_letter(complaint, found, form.why.data, by=g.viewer, wrong=form.wrong.data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("That letter counts no more. What it met is owed again."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    name = wording.letter_name(found.kind, found.stage)
    return render("staff/astray.html", form=form, complaint=complaint, letter=found, name=name, status=form.status)


class BreachForm(BaseForm):
    """What was done about it."""

    words = Words(
        _l("What was done: who was told, what was got back, and whether the Information Commissioner was told, or why not"),
        [Filled(_l("Write what was done about it"))],
    )  # fmt: skip


@page.get("/complaints/<case:complaint>/breach", do=Do.ANSWER_BREACH)
@page.post("/complaints/<case:complaint>/breach", do=Do.ANSWER_BREACH)
def breach(complaint: Complaint) -> Response:
    """The oldest letter that went astray, what happened, and what was done about it."""
    waiting = open_breaches(complaint.happenings)
    if not waiting:
        return redirect(url_for("staff.case", complaint=complaint))
    form = BreachForm(version=str(complaint.version))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.answer_breach(complaint, form.words.data, by=g.viewer)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down: what was done about the breach."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    kept = register().get(EventWords, waiting[0].number)
    why = str(kept.words.get("why", "")) if kept else ""
    return render(
        "staff/breach.html", form=form, complaint=complaint, one=waiting[0], why=why, wrong=WRONG.get(str(waiting[0].details.get("wrong")), ""),
        status=form.status,
    )  # fmt: skip
