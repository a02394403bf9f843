"""The bodies outside us: how residents reach them, kept by a manager with where it was read and on what day."""

from typing import Any

from flask import Response, abort, url_for

from portal import i18n
from portal.access import Do
from portal.complaints import bodies, operations
from portal.complaints.bodies import Body
from portal.forms import REFUSALS, BaseForm, Filled, LooksLikePhone, LooksLikeWeb
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.staff.door import landed, page
from portal.staff.fields import Day, Line, Words
from portal.web import register, render, transaction


class CheckedForm(BaseForm):
    """Where the details were read, and on what day."""

    source = Line(_l("Where did you read this?"), [Filled(_l("Write where you read it, so that anybody can look again"))])
    checked = Day(_l("On what day did you check it?"), [Filled(_l("Write the day you checked it, like 12 June 2026"))])


BOXES: dict[str, Any] = {
    "phone": lambda: Line(_l("Phone"), [LooksLikePhone()]),
    "web": lambda: Line(_l("Website"), [Filled(_l("Write the address of their website")), LooksLikeWeb()]),
    "post": lambda: Words(_l("Post"), [Filled(_l("Write their address for letters"))]),
}


@page.get("/bodies", do=Do.KEEP_BODIES)
def outside_bodies() -> Response:
    """Each body, and since when its details are known to be right."""
    return render("staff/bodies.html", bodies=bodies.bodies(register()))


@page.get("/bodies/<name>", do=Do.KEEP_BODIES)
@page.post("/bodies/<name>", do=Do.KEEP_BODIES)
def outside_body(name: str) -> Response:
    """One body's details, looked up again."""
    found = bodies.body(register(), name)
    if found is None:
        abort(404)
    form = _form(found)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                said = {each: form[each].data.strip() for each in found.details}
                operations.check_body(register(), name, said, source=form["source"].data, checked_on=form["checked"].day)
                done.url = url_for("staff.outside_bodies")
            return landed(done.url, _("Kept. Every page and every new letter says so."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/body.html", form=form, body=found, status=form.status)


def _form(body: Body) -> BaseForm:
    boxes = {each: BOXES[each]() for each in body.details}
    made: BaseForm = type("BodyForm", (CheckedForm,), boxes)(
        data={**body.details, "source": body.source or "", "checked": i18n.day(body.checked_on) if body.checked_on else ""}
    )
    return made
