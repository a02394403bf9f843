"""What is owed after an answer: the lists of it, and saying that a thing is done, is on a new day, or is somebody else's."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import Response, abort, g, request, url_for
from wtforms import ValidationError

from portal import access, clock
from portal.access import STAFF, Do
from portal.complaints import operations, owed, queries
from portal.complaints.landlord import landlord_of
from portal.complaints.models import Action, Complaint
from portal.complaints.owed import Owed, Whose
from portal.complaints.queries import PAGE_SIZE
from portal.complaints.recording import calendar_of
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.staff import wording
from portal.staff.door import landed, page
from portal.staff.fields import Day, List, Words, named
from portal.web import LARGEST_ID, NUMBER, register, render, transaction


@page.get("/actions", do=Do.READ_QUEUE)
def actions() -> Response:
    """Everything promised and not done, what is late first: all of it, one person's, or one service's."""
    whose, after, today = _whose(), _place(request.args.get("after")), clock.today()
    rows = owed.actions(register(), g.viewer, whose, after=after)
    shown, more = rows[:PAGE_SIZE], rows[PAGE_SIZE:]
    g.listed = sorted({row.complaint_id for row in shown})
    many, late = owed.late(register(), g.viewer, whose, today)
    services = owed.services(register(), g.viewer)
    return render(
        "staff/actions.html", groups=_groups(shown, today), many=many, late=late, whose=whose, is_first=after is None,
        owners=owed.owners(register(), g.viewer), services=services, here_service=dict(each[:2] for each in services).get(whose.service or 0),
        how_soon=_how_soon(today), keeps=access.may(g.viewer, Do.KEEP_ACTIONS), again=url_for("staff.actions", **_same(whose)),
        next_url=url_for("staff.actions", after=f"{shown[-1].due_on}.{shown[-1].id}", **_same(whose)) if more else None,
    )  # fmt: skip


def _whose() -> Whose:
    service = request.args.get("service", "")
    number = int(service) if service.isascii() and service.isdigit() and len(service) < 10 else None
    return Whose(request.args.get("owner"), number, request.args.get("with") == "me")


def _same(whose: Whose) -> dict[str, Any]:
    """The choice of what is listed, for an address."""
    said = {"owner": whose.owner, "service": whose.service, "with": "me" if whose.mine else None}
    return {name: value for name, value in said.items() if value is not None}


def _place(text: str | None) -> owed.After | None:
    """Where a page goes on, from its address; None, the first page, for anything that is not such a place."""
    try:
        day, last = (text or "").split(".")
        found = (date.fromisoformat(day), int(last))
    except ValueError:
        return None
    return found if 0 <= found[1] <= LARGEST_ID else None


def _groups(rows: Sequence[Owed], today: date) -> list[tuple[str, str, list[Owed]]]:
    """What is late, then what is not yet: each group with its heading and tone."""
    late, still = [each for each in rows if each.due_on < today], [each for each in rows if each.due_on >= today]
    found = [(_("Late"), "late", late), (_("Still to do"), "on-time", still)]
    return [group for group in found if group[2]]


def _how_soon(today: date) -> Callable[[date], str]:
    days = calendar_of(register(), landlord_of(register()).division)
    return lambda due: wording.how_soon(due, today, days)


class DoneForm(BaseForm):
    """When it was done, and how we know."""

    on = Day(_l("When was it done?"), [Filled(_l("Write the day it was done"))], past=True)
    proof = Words(_l("How we know"), [Filled(_l("Write how we know: who did it, what was seen or paid"))])

    def validate_on(self, field: Day) -> None:
        """What is still to come is not done."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet. Say it when it is done"))


@page.get(f"/complaints/<case:complaint>/actions/<{NUMBER}:action_id>", do=Do.KEEP_ACTIONS)
@page.post(f"/complaints/<case:complaint>/actions/<{NUMBER}:action_id>", do=Do.KEEP_ACTIONS)
def action(complaint: Complaint, action_id: int) -> Response:
    """Say that something owed was done (ruling 23: a dated statement is proof enough)."""
    owing = _of(complaint, action_id)
    form = DoneForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                _complete(complaint, owing, form)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down as done. The letter that says so is written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/action.html", form=form, complaint=complaint, owed=owing, status=form.status)


def _of(complaint: Complaint, action_id: int) -> Action:
    found = queries.action(register(), complaint, action_id)
    return found or abort(404)


def _complete(complaint: Complaint, owing: Action, form: DoneForm) -> None:
    assert form.on.day is not None
    operations.complete_action(complaint, owing, by=g.viewer, on=form.on.day, proof=form.proof.data)


class NewDayForm(BaseForm):
    """The new day, and why."""

    due_on = Day(_l("When will it be done by?"), [Filled(_l("Write the new day"))])
    reason = Words(_l("Why the day has changed, as they will read it"), [Filled(_l("Write why the day has changed"))])

    def validate_due_on(self, field: Day) -> None:
        """A promise is of a day to come."""
        if field.day and field.day < clock.today():
            raise ValidationError(_("Give a day that has not gone by."))


@page.get(f"/complaints/<case:complaint>/actions/<{NUMBER}:action_id>/day", do=Do.KEEP_ACTIONS)
@page.post(f"/complaints/<case:complaint>/actions/<{NUMBER}:action_id>/day", do=Do.KEEP_ACTIONS)
def redate(complaint: Complaint, action_id: int) -> Response:
    """Put what is owed on a new day; the first stays broken, and they are told why (ruling 23)."""
    owing = _of(complaint, action_id)
    form = NewDayForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                assert form.due_on.day is not None
                operations.redate_action(complaint, owing, by=g.viewer, due_on=form.due_on.day, reason=form.reason.data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("The new day is written down. The letter that says why is written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/redate.html", form=form, complaint=complaint, owed=owing, status=form.status)


class GiveForm(BaseForm):
    """Who does it now."""

    staff = List(_l("Who does it?"), {}, [Filled(_l("Choose who does it"))])


@page.get(f"/complaints/<case:complaint>/actions/<{NUMBER}:action_id>/owner", do=Do.KEEP_ACTIONS)
@page.post(f"/complaints/<case:complaint>/actions/<{NUMBER}:action_id>/owner", do=Do.KEEP_ACTIONS)
def give(complaint: Complaint, action_id: int) -> Response:
    """Let a colleague do what is owed; it stands on their own list from then on (ruling 11)."""
    owing, everyone = _of(complaint, action_id), queries.staff_with(register(), *STAFF)
    form = GiveForm(staff=str(owing.owner_id or ""))
    form.staff.choices += named((each.id, f"{each.name}, {each.job_title}") for each in everyone)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                chosen = next(each for each in everyone if str(each.id) == form.staff.data)
                operations.give_action(complaint, owing, by=g.viewer, to=chosen)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("%(name)s has it to do now.", name=chosen.name))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/give.html", form=form, complaint=complaint, owed=owing, status=form.status)


@page.get("/actions/own", do=Do.KEEP_OWN_ACTIONS)
def own_actions() -> Response:
    """What this member of staff has to do themselves (ruling 11)."""
    rows = owed.own_actions(register(), g.viewer)
    g.listed = sorted({complaint.id for _action, complaint in rows})
    return render("staff/own_actions.html", rows=rows)


@page.get(f"/actions/own/<{NUMBER}:action_id>", do=Do.KEEP_OWN_ACTIONS)
@page.post(f"/actions/own/<{NUMBER}:action_id>", do=Do.KEEP_OWN_ACTIONS)
def own_action(action_id: int) -> Response:
    """Say that something of one's own is done; nothing else of the complaint is shown (ruling 11)."""
    found = owed.own_action(register(), g.viewer, action_id)
    if found is None:
        abort(404)
    owing, complaint = found
    g.listed = [complaint.id]
    form = DoneForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                owing, complaint = owed.own_action(register(), g.viewer, action_id, locked=True) or abort(404)
                _complete(complaint, owing, form)
                done.url = url_for("staff.own_actions")
            return landed(done.url, _("Written down as done. They are told in a letter."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/own_action.html", form=form, owed=owing, handler=complaint.handler, status=form.status)
