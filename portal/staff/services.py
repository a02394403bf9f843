"""The services of the landlord and the team of each: named by an administrator or a manager, who says who is in which."""

from typing import Any

from flask import Response, abort, g, url_for
from wtforms import ValidationError

from portal.access import Do
from portal.complaints import leaving, operations, queries
from portal.complaints import services as register_of_services
from portal.complaints.services import LONGEST_NAME
from portal.complaints.settings import Service
from portal.forms import REFUSALS, BaseForm, Filled, NotTooLong
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.staff.door import landed, page
from portal.staff.fields import Line, Tick, named
from portal.web import NUMBER, register, render, transaction


class NameForm(BaseForm):
    """What a service is called."""

    name = Line(_l("What is it called?"), [Filled(_l("Write what the service is called")), NotTooLong(LONGEST_NAME)])

    def __init__(self, *args: Any, service: Service | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.service = service

    def validate_name(self, field: Line) -> None:
        """No two are called alike: complaints are sorted by these names."""
        if register_of_services.is_taken(register(), field.data or "", self.service):
            raise ValidationError(_("There is a service of this name already."))


class ServiceForm(NameForm):
    """What a service is called, and who works on it."""

    people = Tick(_l("Who works on it?"), {})


@page.get("/services", do=Do.KEEP_SETTINGS)
@page.post("/services", do=Do.KEEP_SETTINGS)
def services() -> Response:
    """Each service with its team, and who named it; and a new one."""
    form = NameForm()
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                made = operations.add_service(register(), form.name.data or "", by=g.viewer)
                done.url = url_for("staff.service", service_id=made.id)
            return landed(done.url, _("It is a service now. Say here who works on it."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/services.html", form=form, services=queries.services(register()), people=register_of_services.people_of_each(register()),
        changes=register_of_services.changes(register()), names=queries.staff_names(register()), status=form.status,
    )  # fmt: skip


@page.get(f"/services/<{NUMBER}:service_id>", do=Do.KEEP_SETTINGS)
@page.post(f"/services/<{NUMBER}:service_id>", do=Do.KEEP_SETTINGS)
def service(service_id: int) -> Response:
    """One of them: what it is called, and who works on it."""
    found = register().get(Service, service_id)
    if found is None:
        abort(404)
    here = [each for each in leaving.everybody(register()) if each.disabled_at is None]
    team = register_of_services.team_of(register(), found)
    form = ServiceForm(service=found, name=found.name, people=[str(each) for each in team])
    form.people.choices = named((each.id, f"{each.name}, {each.job_title}") for each in here)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                chosen = [int(each) for each in form.people.data or []]
                operations.keep_service(register(), found, form.name.data or "", chosen, among=[each.id for each in here], by=g.viewer)
                done.url = url_for("staff.services")
            return landed(done.url, _("Kept. It holds from the next page that anybody opens."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/service.html", form=form, one=found, status=form.status)
