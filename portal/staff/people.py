"""Who works here or did; and the page of one of them, on which a press says something of their account."""

from collections.abc import Callable

from flask import Response, abort, g, url_for
from wtforms import BooleanField

from portal.access import Do, Role
from portal.complaints import leaving, queries, same_person, teams
from portal.complaints.people import Staff
from portal.complaints.second_factor import factor_of, is_on
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import lazy_gettext as _l
from portal.staff.door import landed, page
from portal.staff.fields import List, Tick, Words, named
from portal.web import NUMBER, register, render, transaction


class SameForm(BaseForm):
    """Which other account is this person's."""

    other = List(_l("Which other account is theirs?"), {}, [Filled(_l("Choose the other account"))])


class ApartForm(BaseForm):
    """Why an account is not theirs after all; a manager can say that it never was."""

    because = Words(_l("Why is it not theirs?"), [Filled(_l("Write why it is not theirs"))])
    never = BooleanField(_l("The two were never one person’s"))


class LiftForm(BaseForm):
    """Why their second step is taken away."""

    lost = Words(_l("Why is it taken away, and how do you know that it is they who ask?"), [Filled(_l("Write why it is taken away"))])


class TeamsForm(BaseForm):
    """Which services they work on."""

    services = Tick(_l("Which services do they work on?"), {})


def somebody_here(staff_id: int) -> Staff:
    """That member of staff, or a page that does not exist."""
    found = register().get(Staff, staff_id)
    if found is None:
        abort(404)
    return found


@page.get("/people", do=Do.KEEP_STAFF)
def people() -> Response:
    """Everybody who works here or did."""
    names = queries.staff_names(register())
    return render("staff/people.html", everybody=leaving.everybody(register()), left_by=leaving.who_said_left(register()), names=names, teams=teams.teams(register()), services=len(queries.services(register())))


@page.get(f"/people/<{NUMBER}:staff_id>", do=Do.KEEP_STAFF)
def somebody(staff_id: int) -> Response:
    """One of them: what they have, and the press that says they have left, or are back."""
    return shown(somebody_here(staff_id), BaseForm(formdata=None))


def shown(staff: Staff, form: BaseForm) -> Response:
    """The page of one of them, with the form that was sent on it, or an empty one."""
    cases = leaving.open_cases(register(), g.viewer, staff)
    promised = leaving.open_promises(register(), g.viewer, staff)
    g.listed = sorted({each.id for each in cases} | {complaint.id for _action, complaint in promised})
    besides, parted = same_person.accounts_besides(register(), staff), same_person.parted_from(register(), staff)
    services = queries.services(register())
    return render(
        "staff/somebody.html", form=form, staff=staff, cases=cases, promised=promised, besides=besides, parted=parted, apart=apart(form), same=offered(staff, form), lift=form if isinstance(form, LiftForm) else LiftForm(formdata=None),
        teams=in_teams(staff, form), services={each.id: each.name for each in services},
        has_factor=is_on(factor_of(register(), staff.id)), changes=leaving.changes(register(), staff), names=queries.staff_names(register()), status=form.status,
    )  # fmt: skip


def pressed(staff: Staff, form: BaseForm, act: Callable[[], object], words: str) -> Response:
    """Do what was pressed about this account and say so, or show the page again with why not."""
    if form.validate():
        try:
            with transaction(form) as done:
                act()
                done.url = url_for("staff.somebody", staff_id=staff.id)
            return landed(done.url, words)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return shown(staff, form)


def offered(staff: Staff, form: BaseForm) -> SameForm:
    """The form that says of which other account this is: the one that was sent, or an empty one."""
    same = form if isinstance(form, SameForm) else SameForm(formdata=None)
    if len(list(same.other.choices)) > 1:
        return same
    theirs = {staff.id, *(each.id for each in same_person.accounts_besides(register(), staff))}
    same.other.choices += named((each.id, f"{each.name}, {each.email}") for each in leaving.everybody(register()) if each.id not in theirs)
    return same


def apart(form: BaseForm) -> ApartForm:
    """The form that says of an account that it is not theirs: the one that was sent, or an empty one; only managers say that it never was."""
    asked = form if isinstance(form, ApartForm) else ApartForm(formdata=None)
    if g.viewer.role is not Role.MANAGER and "never" in asked:
        del asked.never
    return asked


def in_teams(staff: Staff, form: BaseForm) -> TeamsForm:
    """The form that says which services they work on: the one that was sent, or as it stands."""
    mine = form if isinstance(form, TeamsForm) else TeamsForm(formdata=None, services=[str(each) for each in teams.services_of(register(), staff.id)])
    mine.services.choices = named((each.id, each.name) for each in queries.services(register()))
    return mine
