"""Who alone may see a complaint: a manager names them, with why, or opens it again to everybody who works on complaints."""

from flask import Response, g

from portal.access import AT_WORK, Do, Role
from portal.complaints import operations, queries, restricting
from portal.complaints.models import Complaint
from portal.complaints.people import Staff
from portal.forms import BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.staff.door import page, pressed
from portal.staff.fields import Tick, Words, named
from portal.web import register, render


class RestrictForm(BaseForm):
    """Who, and why."""

    people = Tick(_l("Who may see it, besides you?"), {})
    because = Words(_l("Why is it restricted?"), [Filled(_l("Write why only these people may see it"))])


class OpenForm(BaseForm):
    """Why it is opened again."""

    opened = Words(_l("Why is it opened again?"), [Filled(_l("Write why everybody may see it again"))])


@page.get("/restricted", do=Do.RESTRICT)
def restricted() -> Response:
    """The complaints kept to a few people that this manager is among: nobody else finds them, so here they are found again."""
    found = restricting.restricted(register(), g.viewer)
    g.listed = sorted(complaint.id for complaint, _names in found)
    return render("staff/restricted.html", found=found)


@page.get("/complaints/<case:complaint>/restriction", do=Do.RESTRICT)
@page.post("/complaints/<case:complaint>/restriction", do=Do.RESTRICT)
def restrict(complaint: Complaint) -> Response:
    """Name those who may see it; whoever is not named finds nothing of it from the next press on."""
    others, form = _others(), RestrictForm(version=str(complaint.version), people=_already(complaint))
    form.people.choices = named((each.id, f"{each.name}, {each.job_title}") for each in others)

    def act() -> None:
        chosen = [each for each in others if str(each.id) in (form.people.data or [])]
        operations.restrict(complaint, chosen, by=g.viewer, because=form.because.data)

    said = _("From now on only these people see it.")
    return pressed(complaint, form, act, said) or _shown(complaint, form, OpenForm(formdata=None, version=str(complaint.version)))


@page.post("/complaints/<case:complaint>/restriction/end", do=Do.RESTRICT)
def open_again(complaint: Complaint) -> Response:
    """Everybody who works on complaints sees it again."""
    form = OpenForm(version=str(complaint.version))
    done = pressed(complaint, form, lambda: operations.open_again(complaint, by=g.viewer, because=form.opened.data), _("Everybody who works on complaints sees it again."))
    if done is not None:
        return done
    naming = RestrictForm(formdata=None, version=str(complaint.version), people=_already(complaint))
    naming.people.choices = named((each.id, f"{each.name}, {each.job_title}") for each in _others())
    return _shown(complaint, naming, form)


def _others() -> list[Staff]:
    """Everybody at work who could see a complaint in some role, but whoever asks."""
    people = queries.staff_with(register(), *AT_WORK, Role.LEAD, Role.LIAISON)
    return [each for each in people if each.id != g.viewer.staff_id]


def _already(complaint: Complaint) -> list[str]:
    """Who is ticked at first: those who are named, or have a part in it."""
    people = [each.id for each in restricting.named_readers(complaint)] or [each.staff_id for each in complaint.people if not each.until]
    return [str(each) for each in people]


def _shown(complaint: Complaint, form: BaseForm, opening: BaseForm) -> Response:
    people = restricting.named_readers(complaint)
    faulty = opening if opening.errors or opening.form_errors else form
    return render(
        "staff/restriction.html", form=form, opening=opening, faulty=faulty, complaint=complaint, people=people,
        why=restricting.why_restricted(complaint), status=faulty.status,
    )  # fmt: skip
