"""How pages look: letters, space, lines and colours, chosen on one small page; the page itself shows what was chosen."""

from typing import Any

from flask import Response, g, request, url_for
from wtforms import BooleanField, RadioField, SelectChoice

from portal import coming_back, display
from portal.access import Do
from portal.complaints import operations
from portal.forms import PICK_ONE, REFUSALS, BaseForm, OneOf
from portal.i18n import lazy_gettext as _l
from portal.public.blueprint import page
from portal.rules.words import NP_
from portal.web import STAFF, AlreadyDone, redirect, register, render, transaction, viewer_at

LABELS = {
    "size": (_l("Size of the letters"), {"usual": _l(NP_("Size of the letters", "Usual")), "larger": _l("Larger"), "largest": _l("Largest")}),
    "spacing": (_l("Space between letters, words and lines"), {"usual": _l(NP_("Space between letters, words and lines", "Usual")), "wider": _l("Wider")}),
    "lines": (_l("Length of the lines"), {"usual": _l(NP_("Length of the lines", "Usual")), "shorter": _l("Shorter")}),
    "colours": (
        _l("Colours"),
        {"usual": _l(NP_("Colours", "Usual")), "plain": _l("Black on white"), "dark": _l("Light on dark"), "yellow": _l("Black on yellow")},
    ),
    "face": (_l("Kind of letters"), {"usual": _l(NP_("Kind of letters", "Usual")), "device": _l("The same as on your phone or computer"), "serif": _l("With small strokes at the ends, as in a book")}),
}


def _choice(name: str) -> RadioField:
    label, values = LABELS[name]
    return RadioField(label, [OneOf(PICK_ONE)], choices=[SelectChoice(value, words) for value, words in values.items()], default="usual", validate_choice=False)


class DisplayForm(BaseForm):
    """One choice of each kind, and whether this browser keeps it."""

    size, spacing, lines, colours, face = (_choice(name) for name in ("size", "spacing", "lines", "colours", "face"))
    stay = BooleanField(_l("Keep it in this browser for a year"))


@page.get("/display", do=Do.CHOOSE_DISPLAY)
@page.post("/display", do=Do.CHOOSE_DISPLAY)
def looks() -> Response:
    """Choose; it holds at once, in this visit, in this browser where the box is ticked, and for whoever is signed in."""
    form = DisplayForm(data=display.read(display.kept()) | {"stay": display.is_kept_here()})
    if request.method == "POST" and form.validate():
        text = display.write({name: getattr(form, name).data for name in display.CHOICES})
        try:
            return _shown(form, text, _kept(form, text))
        except AlreadyDone as done:
            return _shown(form, text, done.answer)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("public/display.html", form=form, status=form.status, here=_here(), came_from=_came_from(), saved="saved" in request.args)


def _kept(form: DisplayForm, text: str) -> str:
    """Keep it with whoever is signed in, resident or staff; where the answer is."""
    url = _here(saved="yes")
    party, staff = g.viewer.party_id, viewer_at(STAFF)
    if party or staff.is_staff:
        with transaction(form) as done:
            operations.keep_display(register(), text, party_id=party, staff_id=staff.staff_id)
            done.url = url
    return url


def _shown(form: DisplayForm, text: str, url: str) -> Response:
    display.use(text)
    return display.stays(redirect(url), text) if form.stay.data else display.is_forgotten(redirect(url))


def _here(**said: str) -> str:
    """The address of this page, which knows where they came from."""
    values: dict[str, Any] = {**said, "from": _came_from()}
    return url_for("public.looks", **values)


def _came_from() -> str | None:
    """The page of ours that they came from: the first time the browser says it, and then this page's own address."""
    asked = request.args.get("from") or coming_back.sent_from()
    is_ours = asked != url_for("public.looks") and any(coming_back.own_page(asked, group) for group in ("public", "resident", "staff"))
    return asked if is_ours else None
