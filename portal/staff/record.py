"""The record as an auditor reads it: whether it is whole, what was done, and who read what. No word of a complaint is here."""

from flask import Response, g, request

from portal.access import Do
from portal.complaints import looking_back, queries
from portal.complaints.verify import first_fault
from portal.forms import BaseForm
from portal.i18n import gettext as _
from portal.staff.door import page
from portal.staff.lists import beside, number
from portal.web import register, render


@page.get("/record", do=Do.READ_RECORD)
def the_record() -> Response:
    """What was done, the newest first, and the press that walks the whole of it."""
    return _shown(BaseForm(formdata=None))


@page.post("/record/check", do=Do.READ_RECORD)
def check_record() -> Response:
    """Walk the whole record now, and say what was found. Writes nothing."""
    form = BaseForm()
    if not form.validate():
        return _shown(form)
    fault = first_fault(register())
    form.renew()
    return _shown(form, found=str(fault) if fault else _("Every event is as it was written."), is_whole=fault is None)


def _shown(form: BaseForm, found: str = "", *, is_whole: bool = False) -> Response:
    g.listed = []
    after, before = number(request.args.get("after")), number(request.args.get("before"))
    entries = looking_back.entries(register(), after=after, before=before)
    return render(
        "staff/the_record.html", form=form, found=found, is_whole=is_whole, entries=entries.rows, actor=_actor,
        pages=beside("staff.the_record", entries, lambda one: str(one.id)), names=queries.staff_names(register()), status=200 if found else form.status,
    )  # fmt: skip


def _actor(by: str, names: dict[int, str]) -> str:
    """Who did it: a name for staff alone."""
    kind, _colon, who = by.partition(":")
    if kind == "staff":
        return names.get(int(who), by)
    others = {"party": _("The resident, or somebody for them"), "link": _("A contractor, by link")}
    return others.get(kind, _("The portal itself"))


@page.get("/record/read", do=Do.READ_RECORD)
def the_reading() -> Response:
    """Who read what, the newest first."""
    g.listed = []
    after, before = number(request.args.get("after")), number(request.args.get("before"))
    found = looking_back.readings(register(), after=after, before=before)
    return render(
        "staff/the_reading.html", readings=found.rows, pages=beside("staff.the_reading", found, lambda one: str(one.id))
    )


@page.get("/record/accounts", do=Do.READ_RECORD)
def the_accounts() -> Response:
    """What was done with accounts, by whom and why, the newest first."""
    g.listed = []
    after, before = number(request.args.get("after")), number(request.args.get("before"))
    found = looking_back.account_changes(register(), after=after, before=before)
    services = {each.id: each.name for each in queries.services(register())}
    return render(
        "staff/the_accounts.html", changes=found.rows, names=queries.staff_names(register()), services=services,
        pages=beside("staff.the_accounts", found, lambda one: str(one.id)),
    )  # fmt: skip
