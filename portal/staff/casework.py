"""What staff do with a complaint besides writing to the resident: weigh, give out, hand over danger."""

from collections.abc import Iterable

from flask import Response, abort, g, url_for

from portal import clock
from portal.access import ANSWERERS, Do, Role
from portal.complaints import operations, queries, worklist
from portal.complaints.models import Complaint
from portal.complaints.papers import DangerAlert
from portal.complaints.people import Staff
from portal.complaints.recording import edition_of
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.words import N_, NP_
from portal.staff import wording
from portal.staff.case import care
from portal.staff.door import home, landed, page
from portal.staff.fields import Line, List, Pick, Words, named
from portal.staff.reviewers import kept_out
from portal.web import NUMBER, register, render, transaction


class TriageForm(BaseForm):
    """What was weighed (6.1)."""

    complexity = Pick(_l("How complex is it?"), wording.LEVELS["complexity"], [OneOf(_l("Choose how complex it is"))])
    vulnerability = Pick(_l("How vulnerable is the person, as far as we know?"), wording.LEVELS["vulnerability"], [OneOf(_l("Choose how vulnerable the person is"))])
    risk = Pick(_l("How great is the risk to anybody?"), wording.LEVELS["risk"], [OneOf(_l("Choose how great the risk is"))])
    words = Words(_l("What you weighed, in a sentence or two"), [Filled(_l("Write what you weighed"))])
    service = List(_l("Which service is it about?"), {})


@page.get("/complaints/<case:complaint>/triage", do=Do.TRIAGE)
@page.post("/complaints/<case:complaint>/triage", do=Do.TRIAGE)
def triage(complaint: Complaint) -> Response:
    """Weigh complexity, vulnerability and risk."""
    form = TriageForm(version=str(complaint.version), service=str(complaint.service_id or ""))
    form.service.choices += named((each.id, each.name) for each in queries.services(register()))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.triage(
                    complaint, by=g.viewer, complexity=form.complexity.data, vulnerability=form.vulnerability.data,
                    risk=form.risk.data, words=form.words.data,
                    service_id=int(form.service.data) if form.service.data else None,
                )  # fmt: skip
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Saved: what you weighed."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/triage.html", form=form, complaint=complaint, care=care(complaint), status=form.status)


class AssignForm(BaseForm):
    """Who answers, and whether they have an interest in it."""

    staff = Pick(_l("Who answers this stage?"), {}, [OneOf(_l("Choose who answers"))])
    interest = Pick(
        _l("Have they any interest in it: do they know the resident, or did they do the work?"),
        {"no": N_("No interest declared"), "yes": NP_("is there anyone?", "Yes")}, [OneOf(_l("Choose whether they have an interest in it"))],
    )  # fmt: skip
    words = Words(_l("If yes, what it is and why they may still answer"))

    def validate_words(self, field: Words) -> None:
        """A declared interest is said."""
        if self.interest.data == "yes":
            Filled(_("Write what the interest is"))(self, field)


@page.get("/complaints/<case:complaint>/assign", do=Do.ASSIGN)
@page.post("/complaints/<case:complaint>/assign", do=Do.ASSIGN)
def assign(complaint: Complaint) -> Response:
    """Give the stage to somebody to answer; whoever considered it before is named, and cannot be chosen (6.13)."""
    form = AssignForm(version=str(complaint.version))
    everyone = queries.staff_with(register(), *ANSWERERS)
    barred = dict(kept_out(complaint, everyone))
    form.staff.choices = named((each.id, f"{each.name}, {each.job_title}") for each in everyone if each not in barred)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                chosen = _chosen(everyone, form.staff.data)
                interest = form.words.data if form.interest.data == "yes" else _("No interest declared")
                operations.assign(complaint, chosen, by=g.viewer, interest=interest)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Given to %(name)s.", name=chosen.name))
        except REFUSALS as refusal:
            form.refuse(refusal)
    provision = edition_of(complaint).cites["different person"]
    return render("staff/assign.html", form=form, loads=workloads(everyone), complaint=complaint, barred=list(barred.values()), provision=provision, reviewers=[each for each in everyone if Role.REVIEWER in each.roles], status=form.status)


def workloads(people: Iterable[Staff]) -> dict[str, str]:
    """What each of these people has already, in words, by the value of their choice."""
    had = worklist.loads(register(), g.viewer, clock.today())
    return {str(each.id): wording.workload(had.get(each.id)) for each in people}


def _chosen(everyone: list[Staff], number: str) -> Staff:
    return next(each for each in everyone if str(each.id) == number)


class SettleForm(BaseForm):
    """Whose a point turned out to be."""

    responsibility = Pick(_l("Whose is it to answer?"), {}, [OneOf(_l("Choose whose it is to answer"))])
    whose = Line(_l("If not ours alone: who else, and how to reach them"))

    def validate_whose(self, field: Line) -> None:
        """The resident is told who else it belongs to."""
        if self.responsibility.data not in (None, "", "ours"):
            Filled(_("Write who else it belongs to, and how to reach them"))(self, field)


@page.get(f"/complaints/<case:complaint>/points/<{NUMBER}:number>", do=Do.ANSWER)
@page.post(f"/complaints/<case:complaint>/points/<{NUMBER}:number>", do=Do.ANSWER)
def settle(complaint: Complaint, number: int) -> Response:
    """Say whose a point is that was to be confirmed; no answer goes before that (5.7)."""
    definition = complaint.definition(complaint.stage_for("response"))
    point = next((each for each in definition.points if each.number == number), None) if definition else None
    if point is None:
        abort(404)
    form = SettleForm(version=str(complaint.version))
    settled = [each for each in edition_of(complaint).responsibilities if each.is_settled]
    form.responsibility.choices = [(each.id, each.label) for each in settled]
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.settle_point(
                    complaint, number, by=g.viewer, responsibility=form.responsibility.data, whose=form.whose.data or ""
                )
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Saved: whose point %(number)s is.", number=number))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/settle.html", form=form, complaint=complaint, point=point, status=form.status)


class HandOverForm(BaseForm):
    """Who has it now."""

    to = Line(_l("Who has it now?"), [Filled(_l("Write who has it: a name, and how to reach them"))])


@page.get(f"/complaints/<case:complaint>/danger/<{NUMBER}:alert_id>", do=Do.HAND_OVER_DANGER)
@page.post(f"/complaints/<case:complaint>/danger/<{NUMBER}:alert_id>", do=Do.HAND_OVER_DANGER)
def danger(complaint: Complaint, alert_id: int) -> Response:
    """Danger told with a complaint: what was said, and who has it."""
    return _danger(queries.alert(register(), alert_id, complaint), complaint)


@page.get(f"/danger/<{NUMBER}:alert_id>", do=Do.HAND_OVER_DANGER)
@page.post(f"/danger/<{NUMBER}:alert_id>", do=Do.HAND_OVER_DANGER)
def danger_alone(alert_id: int) -> Response:
    """Danger told by somebody who has sent no complaint."""
    g.listed = [f"danger {alert_id}"]
    return _danger(queries.alert(register(), alert_id), None)


def _danger(alert: DangerAlert | None, complaint: Complaint | None) -> Response:
    if alert is None:
        abort(404)
    form = HandOverForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.hand_over_danger(alert, complaint, by=g.viewer, to=form.to.data)
                done.url = url_for("staff.case", complaint=complaint) if complaint else home()
            return landed(done.url, _("Written down: somebody has this danger now."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    names = queries.staff_names(register())
    had = clock.day_of(alert.raised_at)
    return render("staff/danger.html", form=form, alert=alert, had=had, complaint=complaint, names=names, status=form.status)
