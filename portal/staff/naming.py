"""Whether the resident is told the name of whoever has the case, or the role alone, and why (ruling 10)."""

from flask import Response, g, url_for

from portal.access import Do
from portal.complaints import naming, operations
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.people import is_role_only
from portal.staff.door import landed, page
from portal.staff.fields import Words
from portal.web import render, transaction


class RoleOnlyForm(BaseForm):
    """Why the name is kept back."""

    because = Words(_l("Role only, because"), [Filled(_l("Write why the resident is told the role only"))])


@page.get("/complaints/<case:complaint>/name", do=Do.SET_NAMING)
@page.post("/complaints/<case:complaint>/name", do=Do.SET_NAMING)
def role_only(complaint: Complaint) -> Response:
    """Keep the name back, with why; or, where it is kept back, give it again in one press."""
    kept_back = is_role_only(complaint.happenings)
    form = (BaseForm if kept_back else RoleOnlyForm)(version=str(complaint.version))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                if kept_back:
                    operations.give_name(complaint, by=g.viewer)
                else:
                    operations.keep_name_back(complaint, by=g.viewer, because=form["because"].data)
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("They are told the name again.") if kept_back else _("From now on they are told the role only."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    why = naming.why_role_only(complaint)
    return render("staff/role_only.html", form=form, complaint=complaint, kept_back=kept_back, why=why, status=form.status)
