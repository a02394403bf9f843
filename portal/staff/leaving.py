"""Who works here; and, when somebody has left, what they had, to be given to others (ruling 38)."""

from collections.abc import Callable

from flask import Response, abort, g, url_for

from portal.access import Do
from portal.complaints import leaving, operations, queries
from portal.complaints.people import Staff
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.staff.door import landed, page
from portal.staff.fields import List, named
from portal.web import NUMBER, register, render, transaction


class SameForm(BaseForm):
    """Which other account is this person's."""

    other = List(_l("Which other account is theirs?"), {}, [Filled(_l("Choose the other account"))])


@page.get("/people", do=Do.KEEP_STAFF)
def people() -> Response:
    """Everybody who works here or did."""
    names = queries.staff_names(register())
    return render("staff/people.html", everybody=leaving.everybody(register()), left_by=leaving.who_said_left(register()), names=names)


def _somebody(staff_id: int) -> Staff:
    found = register().get(Staff, staff_id)
    if found is None:
        abort(404)
    return found


@page.get(f"/people/<{NUMBER}:staff_id>", do=Do.KEEP_STAFF)
def somebody(staff_id: int) -> Response:
    """One of them: what they have, and the press that says they have left, or are back."""
    return _shown(_somebody(staff_id), BaseForm(formdata=None))


def _shown(staff: Staff, form: BaseForm) -> Response:
    cases = leaving.open_cases(register(), g.viewer, staff)
    promised = leaving.open_promises(register(), g.viewer, staff)
    g.listed = sorted({each.id for each in cases} | {complaint.id for _action, complaint in promised})
    besides = leaving.accounts_besides(register(), staff)
    return render(
        "staff/somebody.html", form=form, staff=staff, cases=cases, promised=promised, besides=besides, same=_offered(staff, form),
        changes=leaving.changes(register(), staff), names=queries.staff_names(register()), status=form.status,
    )  # fmt: skip


def _pressed(staff: Staff, form: BaseForm, act: Callable[[], object], words: str) -> Response:
    """Do what was pressed about this account and say so, or show the page again with why not."""
    if form.validate():
        try:
            with transaction(form) as done:
                act()
                done.url = url_for("staff.somebody", staff_id=staff.id)
            return landed(done.url, words)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return _shown(staff, form)


@page.post(f"/people/<{NUMBER}:staff_id>/left", do=Do.KEEP_STAFF)
def left(staff_id: int) -> Response:
    """They have left: they come in no more, and what they had is listed to be given to others."""
    staff, form = _somebody(staff_id), BaseForm()
    return _pressed(staff, form, lambda: operations.say_left(register(), staff, by=g.viewer), _("They can no longer sign in. Give what they had to others."))


@page.post(f"/people/<{NUMBER}:staff_id>/back", do=Do.KEEP_STAFF)
def back(staff_id: int) -> Response:
    """They work here again."""
    staff, form = _somebody(staff_id), BaseForm()
    return _pressed(staff, form, lambda: operations.say_back(register(), staff, by=g.viewer), _("They can sign in again."))


def _offered(staff: Staff, form: BaseForm) -> SameForm:
    """The form that says of which other account this is: the one that was sent, or an empty one."""
    same = form if isinstance(form, SameForm) else SameForm(formdata=None)
    if len(list(same.other.choices)) > 1:
        return same
    theirs = {staff.id, *(each.id for each in leaving.accounts_besides(register(), staff))}
    same.other.choices += named((each.id, f"{each.name}, {each.email}") for each in leaving.everybody(register()) if each.id not in theirs)
    return same


@page.post(f"/people/<{NUMBER}:staff_id>/same", do=Do.KEEP_STAFF)
def same_person(staff_id: int) -> Response:
    """Two accounts are one person's: whatever bars the one bars the other from this moment (ruling 34)."""
    staff = _somebody(staff_id)
    form = _offered(staff, SameForm())
    return _pressed(staff, form, lambda: operations.say_same(register(), staff, _somebody(int(form.other.data)), by=g.viewer), _("Written down: the two accounts are one person’s."))


@page.post(f"/people/<{NUMBER}:staff_id>/apart", do=Do.KEEP_STAFF)
def other_person(staff_id: int) -> Response:
    """This account is somebody's of its own after all."""
    staff, form = _somebody(staff_id), BaseForm()
    return _pressed(staff, form, lambda: operations.say_apart(register(), staff, by=g.viewer), _("Written down: it is somebody’s of its own."))
