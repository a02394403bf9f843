"""Something new on a complaint: raised in one box; and the other complaints that it was made into, one press away."""

from flask import Response, abort, g, request, url_for
from wtforms import ValidationError

from portal import taking
from portal.access import Do, Role
from portal.complaints import issues as register_of
from portal.complaints import operations
from portal.complaints.files import Enclosed
from portal.complaints.issues import NewIssue
from portal.complaints.models import Complaint
from portal.complaints.people import Part
from portal.forms import REFUSALS, BaseForm
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.resident.acting_in import go_on_as, went_on
from portal.resident.blueprint import page
from portal.resident.case import others, party_here, shown
from portal.resident.enclosing import EnclosingForm, here, press
from portal.resident.fields import Words
from portal.resident.spoken import spoken_of
from portal.web import NUMBER, redirect, render, transaction


class IssueForm(EnclosingForm):
    """What is new, in words, in files, or both."""

    words = Words(_l("What has happened?"), most=20_000)

    def validate_words(self, field: Words) -> None:
        """Something to go by."""
        if not (field.data or "").strip() and not self.chosen and not self.left:
            raise ValidationError(gettext("Write what has happened, in any words, or choose a file"))


@page.get("/your-complaint/new-issue", do=Do.RAISE_ISSUE)
@page.post("/your-complaint/new-issue", do=Do.RAISE_ISSUE)
def new_issue(complaint: Complaint) -> Response:
    """One box, at any time; where it is answered is for us to say, and the day they tell us counts."""
    request.max_content_length = taking.MOST_AT_ONCE
    form = IssueForm()

    def tell(files: Enclosed) -> None:
        words = (form.words.data or "").strip() or gettext("It is in the files that I sent.")
        operations.raise_issue(complaint, words, by=g.viewer, files=files)

    if request.method == "POST" and (answer := press(form, complaint, tell, url_for("resident.case", _anchor="new"))):
        return answer
    return render("resident/new_issue.html", form=form, complaint=complaint, here=here(form, complaint), status=form.status)


def _issue(complaint: Complaint, number: int) -> NewIssue:
    found = next((each for each in register_of.issues_of(complaint) if each.number == number), None)
    if found is None:
        abort(404)
    return found


@page.post(f"/your-complaint/new-issue/<{NUMBER}:number>/together", do=Do.RAISE_ISSUE)
def together(complaint: Complaint, number: int) -> Response:
    """One answer to both instead, in one press (ruling 49)."""
    issue, form = _issue(complaint, number), BaseForm()
    if form.validate():
        try:
            with transaction(form) as done:
                operations.ask_together(complaint, issue, by=g.viewer)
                done.url = url_for("resident.case", _anchor="new")
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return shown(complaint, form)


@page.post(f"/your-complaint/others/<{NUMBER}:number>/open", do=Do.FOLLOW)
def open_other(complaint: Complaint, number: int) -> Response:
    """Go to another complaint of the same person that came with this one or out of it."""
    found, form = others(complaint), BaseForm()
    if not 1 <= number <= len(found):
        abort(404)
    return _go_to(complaint, found[number - 1], form) if form.validate() else shown(complaint, form)


@page.post(f"/for-somebody/others/<{NUMBER}:number>/open", do=Do.FOLLOW_FOR)
def open_other_home(complaint: Complaint, number: int) -> Response:
    """Go to another complaint that the same person made; where there is none of that number, back to this one."""
    found, form = others(complaint), BaseForm()
    if not form.validate():
        return spoken_of(complaint, form)
    if not 1 <= number <= len(found):
        return redirect(url_for("resident.spoken"))
    return _go_to(complaint, found[number - 1], form)


def _go_to(complaint: Complaint, other: Complaint, form: BaseForm) -> Response:
    """This visit ends, and one to the other complaint begins, under the part that the person has there (ruling 7)."""
    parties = [each for each in other.parties if each.person_id == party_here(complaint).person_id]
    party = min(parties, key=lambda each: each.part != Part.RESIDENT)
    try:
        with transaction(form) as done:
            token, done.url = go_on_as(party)
    except REFUSALS as refusal:
        form.refuse(refusal)
        return spoken_of(complaint, form) if g.viewer.role is Role.REPRESENTATIVE else shown(complaint, form)
    return went_on(token, done.url)


@page.get("/your-complaint/code", do=Do.GET_CODE)
@page.post("/your-complaint/code", do=Do.GET_CODE)
def code(complaint: Complaint) -> Response:
    """The access code of a complaint that never had one: made in one press, and shown in the answer, once."""
    form = BaseForm()
    if request.method == "POST" and form.validate():
        try:
            with transaction(form) as done:
                made = operations.first_code(complaint, by=g.viewer)
                done.url = url_for("resident.case")
            return render("resident/code.html", complaint=complaint, form=form, code=made)
        except REFUSALS as refusal:
            form.refuse(refusal)
    if request.method == "GET" and party_here(complaint).code_lookup is not None:
        return redirect(url_for("resident.case"))
    return render("resident/code.html", complaint=complaint, form=form, code=None, status=form.status)
