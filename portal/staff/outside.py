"""Record a letter that went outside the portal, and send what it left out (rulings 18, 45)."""

from typing import Any

from flask import Response, g, request, url_for

from portal import taking
from portal.access import Do
from portal.complaints import operations, outside
from portal.complaints.files import Arrived
from portal.complaints.models import Complaint
from portal.complaints.operations import Sent
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.letters.compose import compose
from portal.letters.outside import is_ours
from portal.rules.completing import Lacking
from portal.rules.reading import LETTER_OF
from portal.staff import filed
from portal.staff.door import landed, page
from portal.staff.fields import Words
from portal.staff.outside_form import KINDS, OutsideForm, made, said
from portal.staff.writing import spoken
from portal.web import redirect, render, transaction


@page.get("/complaints/<case:complaint>/outside", do=Do.RECORD_OUTSIDE)
@page.post("/complaints/<case:complaint>/outside", do=Do.RECORD_OUTSIDE)
def record_outside(complaint: Complaint) -> Response:
    """Which kind of letter it was; then its day, its way, its file, and what it says."""
    request.max_content_length = taking.MOST_AT_ONCE
    kind = request.args.get("kind", "")
    if kind not in KINDS:
        return render("staff/outside_kinds.html", complaint=complaint, kinds=KINDS, form=BaseForm(formdata=None))
    form = made(complaint, kind)
    if form.validate_on_submit():
        kept = filed.keep(
            complaint, form, lambda file: operations.record_outside(complaint, _sent(complaint, kind, form, file), by=g.viewer),
            _("The letter is recorded. What it left out is listed below, if anything."),
        )  # fmt: skip
        if kept:
            return kept
    texts = {f"p{point.number}": point.words for one in complaint.definitions for point in one.points}
    return render("staff/outside.html", form=form, complaint=complaint, kind=kind, kinds=KINDS, texts=texts, status=form.status)


def _sent(complaint: Complaint, kind: str, form: OutsideForm, file: Arrived | None) -> Sent:
    assert form.on.day is not None
    decided = form["decided_by"].data if "decided_by" in form else ""
    return Sent(
        kind=kind, on=form.on.day, channel=form.channel.data, parts=list(form.says.data or []), said=said(complaint, kind, form),
        file=file, scanned=taking.are_scanned(), decided_by=int(decided) if decided else None, why_not=form.why_other,
    )  # fmt: skip


def _form(lack: Lacking, complaint: Complaint) -> BaseForm:
    """A box for each part that is not our own fixed words."""
    kind = LETTER_OF[lack.letter.step]
    boxes: dict[str, Any] = {
        part.id: Words(_upper(_(part.label)), [Filled(_l("Write what the letter should have said"))])
        for part in lack.parts if not is_ours(kind, part.id)
    }  # fmt: skip
    form: BaseForm = type("CompletingForm", (BaseForm,), boxes)(version=str(complaint.version))
    return form


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


@page.get("/complaints/<case:complaint>/completing", do=Do.RECORD_OUTSIDE)
@page.post("/complaints/<case:complaint>/completing", do=Do.RECORD_OUTSIDE)
def complete(complaint: Complaint) -> Response:
    """What the oldest outside letter left out; our own words stand ready, the rest is written, and it goes."""
    lack = outside.to_complete(complaint)
    if lack is None:
        return redirect(url_for("staff.case", complaint=complaint))
    form = _form(lack, complaint)
    words = {part.id: (form[part.id].data or "") if part.id in form else "" for part in lack.parts}
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.complete(complaint, lack, words, by=g.viewer)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("The completing letter is written."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/completing.html", form=form, complaint=complaint, lack=lack, boxes=[part.id for part in lack.parts if part.id in form],
        body=compose("completing", outside.completing_facts(complaint, lack, words)).body(), spoken=spoken(complaint.letters_in),
        status=form.status,
    )  # fmt: skip
