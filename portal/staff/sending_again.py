"""A letter that its reader could not use: write that down, and send it again in another form (5.10, rulings 14, 51)."""

from typing import Any

from flask import Response, abort, g, url_for
from wtforms import ValidationError

from portal import clock, i18n
from portal.access import Do
from portal.complaints import operations, queries
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue, Letter
from portal.complaints.safety import see_it_is_read
from portal.complaints.usable import WAYS, how, said_unusable, usable_copies, ways_for, ways_not_safe
from portal.forms import REFUSALS, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.care import MAKES, Way
from portal.rules.words import N_
from portal.staff import wording
from portal.staff.caring import CareForm
from portal.staff.case import care
from portal.staff.door import landed, page
from portal.staff.fields import Day, Pick, Tick, named, said
from portal.staff.safety import read_first
from portal.web import NUMBER, register, render, transaction

LATER = "later"
NOT_SAFE = N_("Not safe for them")
NOT_YET = N_("Not yet: only write down that they cannot use it")


class AgainForm(CareForm):
    """Which copies were of no use, how it goes again, and when that was, where it is done by saying so."""

    copies = Tick(_l("Which of these could they not use?"), {})
    way = Pick(_l("How does it go to them now?"), {}, [OneOf(_l("Choose how it goes to them now, or that it does not yet"))])
    on = Day(_l("When was it read out or gone through?"), past=True)

    def reaching(self) -> Way | None:
        """How it reaches them now; not at all where it is not ready."""
        return WAYS[self.way.data].reaching if self.way.data in WAYS else None

    @property
    def made(self) -> frozenset[str]:
        """What its form makes of it."""
        return MAKES[WAYS[self.way.data].form] if self.way.data in WAYS else frozenset()

    def validate_copies(self, field: Tick) -> None:
        """Where several went, at least one of them was of no use."""
        if field.choices:
            Filled(_("Tick at least one of them"))(self, field)

    def validate_on(self, field: Day) -> None:
        """A day that has not come."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet. Write today, or a day before it."))


@page.get(f"/complaints/<case:complaint>/letters/<{NUMBER}:number>/again", do=Do.SEND_AGAIN)
@page.post(f"/complaints/<case:complaint>/letters/<{NUMBER}:number>/again", do=Do.SEND_AGAIN)
@read_first
def send_again(complaint: Complaint, number: int) -> Response:
    """Who cannot use what, the ways that are safe for them, and that it may not be ready yet."""
    letter = queries.letter(register(), complaint, number)
    if letter is None or number in complaint.voided_letters:
        abort(404)
    gone, since = usable_copies(letter), said_unusable(complaint, letter)
    form = _form(complaint, letter, gone)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                see_it_is_read(complaint, by=g.viewer)
                _do(complaint, letter, form, [int(one) for one in form.copies.data or ()] or None)
                done.url = url_for("staff.letter", complaint=complaint, number=number)
            return landed(done.url, _said(form))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/send_again.html", form=form, complaint=complaint, letter=letter, gone=gone, since=since, care=care(complaint), closed=[(_(way.words), _(NOT_SAFE)) for way in ways_not_safe(letter)],
        name=wording.letter_name(letter.kind, letter.stage), status=form.status,
    )  # fmt: skip


def _form(complaint: Complaint, letter: Letter, gone: list[Issue]) -> AgainForm:
    form = AgainForm(version=str(complaint.version))
    form.bind(complaint, *(way.reaching for way in ways_for(complaint, letter).values()), made=True, party=letter.issues[-1].party)
    form.copies.choices = named((issue.id, _copy(issue)) for issue in gone) if len(gone) > 1 else []
    ways: dict[str, str] = {name: way.words for name, way in ways_for(complaint, letter).items()}
    form.way.choices = said({**ways, LATER: NOT_YET} if gone else ways)
    return form


def _copy(issue: Issue) -> str:
    return _("%(how)s, %(day)s", how=_(how(issue)), day=i18n.day(issue.issued_on) if issue.issued_on else "")


def _do(complaint: Complaint, letter: Letter, form: AgainForm, copies: list[int] | None) -> None:
    if form.way.data == LATER:
        operations.find_unusable(complaint, letter, by=g.viewer, copies=copies)
    else:
        operations.send_again(complaint, letter, form.way.data, by=g.viewer, copies=copies, on=form.on.day, **form.care)


def _said(form: Any) -> str:
    """What is done, and what is still to do."""
    if form.way.data == LATER:
        return _("Written down. It is owed to them again, in a form that they can use.")
    way = WAYS[form.way.data]
    if way.at_once:
        return _("Written down: they have it now in a form that they can use.")
    return _("It waits under the letters to post.") if way.channel == "post" else _("It is on its way to them.")
