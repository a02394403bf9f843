"""Replying to “that is not what I meant”: in other words, or with why the points stay (5.6, ruling 21)."""

from typing import Any

from flask import Response, abort, g, url_for

from portal.access import Do
from portal.complaints import meaning as register
from portal.complaints import operations
from portal.complaints.models import Complaint, Point
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.reading import points as live_points
from portal.staff.door import landed, page
from portal.staff.fields import Words
from portal.web import NUMBER, render, transaction


class ReplyForm(BaseForm):
    """Our reply; a box for each point is added beside it."""

    added = Words(_l("A point that we had left out, if there is one"))

    reply = Words(_l("Our reply, as they will read it"), [Filled(_l("Write the reply: what you changed, or why the points stay"))])


def _form(complaint: Complaint, points: list[Point]) -> ReplyForm:
    missing = _l("Write what the point is")
    boxes: dict[str, Any] = {f"p{each.number}": Words(_l("Point %(number)s", number=each.number), [Filled(missing)], default=each.words) for each in points}
    made: ReplyForm = type("MeaningReplyForm", (ReplyForm,), boxes)(version=str(complaint.version))
    return made


@page.get(f"/complaints/<case:complaint>/meaning/<{NUMBER}:number>", do=Do.ANSWER)
@page.post(f"/complaints/<case:complaint>/meaning/<{NUMBER}:number>", do=Do.ANSWER)
def meaning(complaint: Complaint, number: int) -> Response:
    """What they say we misunderstood, beside the points as they stand, and the reply."""
    query = next((each for each in register.queries_of(complaint) if each.number == number), None)
    stage = complaint.stage_for("response")
    definition, live = complaint.definition(stage), live_points(complaint.happenings, stage)
    if query is None or definition is None:
        abort(404)
    points = [point for point in definition.points if str(point.number) in live]
    form = _form(complaint, points)
    if form.validate_on_submit():
        texts = {each.number: form[f"p{each.number}"].data for each in points}
        try:
            with transaction(form) as done:
                operations.answer_meaning(complaint, query, form.reply.data, by=g.viewer, points=texts, added=form.added.data or "")
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Your reply is on its way to them."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/meaning.html", form=form, complaint=complaint, query=query, points=points, status=form.status)
