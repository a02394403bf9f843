"""What the landlord chooses of how it works: which letters a second person approves (ruling 25), how staff sign in, and within how many days."""

from flask import Response, g, url_for

from portal.access import Do
from portal.complaints import choices, operations, queries
from portal.complaints.choices import DAYS
from portal.forms import PICK_ONE, REFUSALS, BaseForm, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Number, Pick
from portal.web import register, render, transaction

YES, NO = "yes", "no"
SIGN_IN_ANSWERS = {YES: N_("Yes: after the password, a code from their phone"), NO: N_("No: each of them chooses")}
ANSWERS = {YES: N_("Yes: somebody who did not write it approves it first"), NO: N_("No: whoever wrote it sends it")}


def _days(name: str) -> Number:
    return Number(_l(DAYS[name].about), least=DAYS[name].least, most=DAYS[name].most)


class ChoicesForm(BaseForm):
    """One answer for each choice."""

    refusals_approved = Pick(_l("Does somebody else approve a refusal before it goes?"), ANSWERS, [OneOf(PICK_ONE)])
    answers_approved = Pick(_l("Does somebody else approve an answer before it goes?"), ANSWERS, [OneOf(PICK_ONE)])
    second_factor_demanded = Pick(
        _l("Does everybody who signs in with a password take a second step?"), SIGN_IN_ANSWERS, [OneOf(PICK_ONE)]
    )
    ring_back_within = _days("ring_back_within")
    pay_within = _days("pay_within")
    question_open_for = _days("question_open_for")

    @property
    def wanted(self) -> dict[str, bool | int]:
        """Each choice by the name of its setting."""
        return {name: self[name].data == YES for name in choices.CHOICES} | {name: self[name].number or 0 for name in DAYS}


@page.get("/settings", do=Do.KEEP_SETTINGS)
@page.post("/settings", do=Do.KEEP_SETTINGS)
def settings() -> Response:
    """See what is chosen and who chose it, and change it."""
    form = ChoicesForm(**_typed(choices.chosen(register())))
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                operations.choose(register(), form.wanted, by=g.viewer)
                done.url = url_for("staff.settings")
            return landed(done.url, _("Kept. It holds from now on."))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render(
        "staff/settings.html", form=form, changes=choices.changes(register()), in_words=choices.CHOICES, days=DAYS,
        names=queries.staff_names(register()), status=form.status,
    )  # fmt: skip


def _typed(found: dict[str, bool | int]) -> dict[str, str]:
    """What stands in the form at first."""
    return {name: str(value) if name in DAYS else YES if value else NO for name, value in found.items()}
