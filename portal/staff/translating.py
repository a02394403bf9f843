"""A translation of what a resident wrote, written down by staff beside the original, with who or what made it."""

from textwrap import shorten

from flask import Response, g, url_for

from portal import i18n
from portal.access import Do
from portal.complaints import operations
from portal.complaints.messages import words_of
from portal.complaints.models import Complaint
from portal.complaints.translating import written
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.marked import said_in
from portal.rules.steps import Happening, Step
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Line, Pick, Words, named
from portal.web import render, transaction

PERSON, MACHINE = "person", "machine"
BEGINS = 120
"""How many letters of what they wrote are shown to tell it by."""


class TranslationForm(BaseForm):
    """Words in another language, what they are a translation of, and who made it."""

    of = Pick(_l("What is translated?"), {}, [OneOf(_l("Choose what is translated"))])
    language = Pick(_l("Into which language?"), {}, [OneOf(_l("Choose the language"))])
    words = Words(_l("The translation"), [Filled(_l("Write or paste the translation"))])
    made_by = Pick(_l("Who translated it?"), {PERSON: N_("A person"), MACHINE: N_("A machine")}, [OneOf(_l("Choose whether a person or a machine translated it"))])
    author = Line(_l("The name of the person or the machine"), [Filled(_l("Write who or what translated it"))])


@page.get("/complaints/<case:complaint>/translation", do=Do.TRANSLATE)
@page.post("/complaints/<case:complaint>/translation", do=Do.TRANSLATE)
def translation(complaint: Complaint) -> Response:
    """Keep a translation; what they wrote stays first, and letters quote that."""
    form, theirs = TranslationForm(language=i18n.DEFAULT), written(complaint)
    form.of.choices = named((one.number, _named(one)) for one in theirs)
    form.language.choices = named((name, i18n.own_name(name)) for name in i18n.STAFF_LANGUAGES)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.translate(
                    complaint, int(form.of.data), form.words.data, by=g.viewer, language=form.language.data,
                    by_machine=form.made_by.data == MACHINE, author=form.author.data,
                )  # fmt: skip
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, _("Kept."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("staff/translation.html", form=form, complaint=complaint, said=_said(complaint, theirs), status=form.status)


def _said(complaint: Complaint, theirs: list[Happening]) -> dict[str, str]:
    """How each of them begins, by the number of its event, so that it is known what is translated."""
    said = words_of(complaint, theirs)
    found = {one.number: complaint.words if one.step is Step.RECEIVED else said.get(one.number or 0, "") for one in theirs}
    return {str(number): said_in(shorten(words, BEGINS, placeholder="…"), complaint.language) for number, words in found.items() if words}


def _named(one: Happening) -> str:
    if one.step is Step.RECEIVED:
        return _("Received %(day)s", day=i18n.day(one.on))
    return _("What they told us on %(day)s", day=i18n.moment(one.at))
