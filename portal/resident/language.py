"""The language that we use with whoever is looking: for pages, letters, mail and text messages, in every complaint of theirs."""

from flask import Response, g, request, url_for
from wtforms import RadioField, SelectChoice

from portal import browser, i18n, marked
from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.forms import PICK_ONE, REFUSALS, BaseForm, OneOf
from portal.i18n import lazy_gettext as _l
from portal.resident.blueprint import page
from portal.resident.case import party_here
from portal.resident.home import home
from portal.web import redirect, render, transaction


def languages() -> list[SelectChoice]:
    """Every language, each by its own name."""
    return [SelectChoice(name, marked.in_own_words(i18n.own_name(name), i18n.html_lang(name), i18n.direction(name))) for name in i18n.offered()]


class LanguageForm(BaseForm):
    """One language."""

    language = RadioField(_l("Which language do we use with you?"), [OneOf(PICK_ONE)], choices=languages, validate_choice=False)


@page.get("/your-complaint/language", do=Do.CHOOSE_LANGUAGE)
@page.post("/your-complaint/language", do=Do.CHOOSE_LANGUAGE)
def language(complaint: Complaint) -> Response:
    """Choose; it holds from the press, and pages follow at once."""
    party = party_here(complaint)
    form = LanguageForm(language=i18n.known(party.person.language) or i18n.DEFAULT)
    if request.method == "POST" and form.validate():
        try:
            with transaction(form) as done:
                if form.language.data != party.person.language:
                    operations.choose_language(complaint, form.language.data, by=g.viewer)
                done.url = url_for("resident.language", saved="yes")
            browser.speak(form.language.data)
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("resident/language.html", form=form, belongs=home(), saved="saved" in request.args, status=form.status)
