"""Offering more (5.13): a small letter at its own desk; the list of what was offered; and saying that money was paid."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, g, request, url_for
from wtforms import ValidationError

from portal import access, clock
from portal.access import Do
from portal.complaints import offered, operations, queries
from portal.complaints.models import Complaint
from portal.complaints.offered import STATES
from portal.complaints.queries import PAGE_SIZE
from portal.complaints.recording import edition_of
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules import editions
from portal.rules.steps import Step
from portal.staff import wording
from portal.staff.door import landed, page
from portal.staff.fields import Day, Line, List, Pounds, Words, day_typed
from portal.staff.writing import Desk, WritingForm, Written, preview, read_and_send, write
from portal.web import LARGEST_ID, NUMBER, register, render, transaction

SAID = ("reason", "kind", "words", "impact")


def _form(complaint: Complaint, **data: Any) -> WritingForm:
    boxes: dict[str, Any] = {
        "reason": Words(_l("Why we offer more, as they will read it")),
        "kind": List(_l("Kind of remedy"), [(one.id, one.label) for one in edition_of(complaint).remedy_kinds]),
        "words": Words(_l("What we offer, as they will read it")),
        "pounds": Pounds(_l("Pounds, if any")),
        "impact": Words(_l("What it did to them, and how the remedy meets that")),
        "a1-what": Line(_l("What will be done")),
        "a1-owner": Line(_l("Who will do it")),
        "a1-due_on": Day(_l("By when")),
    }
    made: WritingForm = type("OfferForm", (WritingForm,), boxes)(**data)
    return made


def _filled(complaint: Complaint, written: Mapping[str, Any]) -> WritingForm:
    data = {name: written.get(name) or "" for name in SAID}
    data["pounds"] = f"{written['pence'] / 100:.2f}".removesuffix(".00") if written.get("pence") else ""
    for action in (written.get("actions") or ())[:1]:
        data |= {"a1-what": action["what"], "a1-owner": action["owner"], "a1-due_on": day_typed(action["due_on"])}
    return _form(complaint, formdata=None, data=data)


def _written(complaint: Complaint, form: WritingForm) -> Written:
    what, owner, due = (form[f"a1-{name}"] for name in ("what", "owner", "due_on"))
    action = {"what": what.data or "", "owner": owner.data or "", "due_on": due.day.isoformat() if due.day else ""}
    said: Written = {name: form[name].data or "" for name in SAID}
    return said | {"pence": form["pounds"].pence, "actions": [action] if any(action.values()) else []}


DESK = Desk("offer", Step.REMEDY_OFFERED, "offer", _form, _filled, lambda complaint: {}, _written, operations.offer_more)


@page.get("/complaints/<case:complaint>/offer", do=Do.OFFER)
@page.post("/complaints/<case:complaint>/offer", do=Do.OFFER)
def offer(complaint: Complaint) -> Response:
    """Write a further offer; at any stage, and after the final answer."""
    return write(DESK, complaint)


@page.post("/complaints/<case:complaint>/offer/preview", do=Do.OFFER)
def offer_preview(complaint: Complaint) -> Response:
    """What it lacks and how it reads so far. Writes nothing."""
    return preview(DESK, complaint)


@page.get("/complaints/<case:complaint>/offer/letter", do=Do.OFFER)
@page.post("/complaints/<case:complaint>/offer/letter", do=Do.OFFER)
def offer_letter(complaint: Complaint) -> Response:
    """Read it whole, then send it."""
    return read_and_send(DESK, complaint)


@page.get("/remedies", do=Do.READ_QUEUE)
def remedies() -> Response:
    """What was offered, by how it stands: to be paid first."""
    state = request.args.get("show", "")
    state = state if state in STATES else next(iter(STATES))
    after = request.args.get("after", "")
    last = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else LARGEST_ID
    rows = offered.remedies(register(), g.viewer, state, before=last)
    shown = rows[:PAGE_SIZE]
    g.listed = sorted({row.complaint_id for row in shown})
    counts = offered.counts(register(), g.viewer)
    kinds = {kind.id: kind.label for edition in editions.EDITIONS.values() for kind in edition.remedy_kinds}
    return render(
        "staff/remedies.html", rows=shown, state=state, states=[(name, _(STATES[name]), counts[name]) for name in STATES], kinds=kinds,
        standing=wording.remedy_state, pays=access.may(g.viewer, Do.KEEP_ACTIONS), is_first=last == LARGEST_ID,
        next_url=url_for("staff.remedies", show=state, after=shown[-1].id) if len(rows) > PAGE_SIZE else None,
    )  # fmt: skip


class PaidForm(BaseForm):
    """When it was paid, and how we know."""

    on = Day(_l("When was it paid?"), [Filled(_l("Write the day it was paid"))], past=True)
    proof = Words(_l("How we know"), [Filled(_l("Write how we know: the payment’s number, or who paid it"))])

    def validate_on(self, field: Day) -> None:
        """What is still to come is not paid."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet. Say it when it is paid"))


@page.get(f"/complaints/<case:complaint>/remedies/<{NUMBER}:remedy_id>", do=Do.KEEP_ACTIONS)
@page.post(f"/complaints/<case:complaint>/remedies/<{NUMBER}:remedy_id>", do=Do.KEEP_ACTIONS)
def paid(complaint: Complaint, remedy_id: int) -> Response:
    """Say that money offered was paid."""
    remedy = queries.remedy(register(), complaint, remedy_id)
    if remedy is None or not remedy.pence:
        abort(404)
    form = PaidForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                assert form.on.day is not None
                operations.pay_remedy(complaint, remedy, by=g.viewer, on=form.on.day, proof=form.proof.data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Written down as paid. We have written to tell them."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/paid.html", form=form, complaint=complaint, remedy=remedy, status=form.status)
