"""Who considers a stage, besides whoever has it: others with a part, standing back, conflicts, a reviewer from outside."""

from collections.abc import Callable, Iterable

from flask import Response, g, url_for

from portal.access import ANSWERERS, AT_WORK, READERS, Do, Role
from portal.complaints import operations, queries, reviewers
from portal.complaints.models import Complaint
from portal.complaints.people import Staff
from portal.complaints.recording import edition_of
from portal.forms import REFUSALS, BaseForm, Filled, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.people import kept_from, taking_part
from portal.rules.words import N_
from portal.staff.door import landed, page
from portal.staff.fields import Line, List, Pick, Words, named
from portal.web import register, render, transaction

PARTS = {
    "member": N_("Decides it with whoever has it"),
    "approver": N_("Approves the answer"),
    "contributor": N_("Contributes what they know, and decides nothing"),
}
BARRED, FREE = "barred", "free"
NAMED_BY = {
    "senior_lead": N_("The senior lead for complaints"),
    "member_responsible": N_("The Member Responsible for Complaints, because the senior lead could not"),
}


class PartForm(BaseForm):
    """Another person, and their part."""

    staff = List(_l("Who?"), {}, [Filled(_l("Choose who"))])
    part = Pick(_l("What is their part?"), PARTS, [OneOf(_l("Choose their part"))])
    interest = Words(_l("Any interest they have in it, or “none”"), [Filled(_l("Write their interest, or “none”"))])


class BackForm(BaseForm):
    """Who stands back, and why."""

    staff = List(_l("Who stands back?"), {}, [Filled(_l("Choose who stands back"))])
    interest = Words(_l("The interest they have in it"), [Filled(_l("Write what the interest is"))])


class ConflictForm(BaseForm):
    """What the resident said of somebody, and what was decided."""

    staff = List(_l("Whom did they name?"), {}, [Filled(_l("Choose whom they named"))])
    said = Words(_l("What they say of them"), [Filled(_l("Write what they say"))])
    decision = Pick(
        _l("Have they a conflict of interest?"),
        {BARRED: N_("Yes: they may not consider this complaint"), FREE: N_("No: they may")}, [OneOf(_l("Choose whether they have a conflict"))],
    )  # fmt: skip
    because = Words(_l("Why"), [Filled(_l("Write why"))])


class OutsideForm(BaseForm):
    """Who was named from outside, by whom, and why."""

    staff = List(_l("Whose account is it?"), {}, [Filled(_l("Choose the account of the reviewer from outside"))])
    named_by = Pick(_l("Who named them?"), NAMED_BY, [OneOf(_l("Choose who named them"))])
    who = Line(_l("The name of the person who named them"), [Filled(_l("Write who named them"))])
    because = Words(_l("Who they are, and why they are independent"), [Filled(_l("Write who they are, and why they are independent"))])


def _people(form: BaseForm, people: Iterable[Staff]) -> None:
    form["staff"].choices += named((each.id, f"{each.name}, {each.job_title}") for each in people)


def _everyone() -> list[Staff]:
    return queries.staff_with(register(), *ANSWERERS)


def _done(
    complaint: Complaint, form: BaseForm, choices: list[Staff], do: Callable[[Staff], None], said: str, template: str, **context: object
) -> Response:
    """The page of one of these forms: show it, or do it to whoever was chosen and go back to the complaint."""
    _people(form, choices)
    if form.validate_on_submit():
        try:
            with transaction(form) as done:
                do(next(each for each in choices if str(each.id) == form["staff"].data))
                done.url = url_for("staff.case", complaint=complaint)
            return landed(done.url, said)
        except REFUSALS as refusal:
            form.refuse(refusal)
    provision = edition_of(complaint).cites["different person"]
    return render(f"staff/{template}.html", form=form, complaint=complaint, provision=provision, status=form.status, **context)


def kept_out(complaint: Complaint, everyone: Iterable[Staff]) -> list[tuple[Staff, str]]:
    """Those who may not consider the stage it is at, each with why: they considered the one before (6.13), or a conflict (5.8)."""
    conflict = kept_from(complaint.happenings, complaint.stage)
    return [
        (one, _("%(name)s, who has a conflict of interest or stood back", name=one.name) if f"staff:{one.id}" in conflict
         else _("%(name)s, who considered the stage before this one", name=one.name))
        for one in everyone if complaint.barred(complaint.stage, one.id)
    ]  # fmt: skip


@page.get("/complaints/<case:complaint>/people", do=Do.ASSIGN)
@page.post("/complaints/<case:complaint>/people", do=Do.ASSIGN)
def take_part(complaint: Complaint) -> Response:
    """Give somebody else a part in the stage: deciding, approving, contributing (ruling 34: they are plural)."""
    form, everyone = PartForm(version=str(complaint.version)), queries.staff_with(register(), *AT_WORK, *READERS, Role.LIAISON)
    barred = [why for _one, why in kept_out(complaint, everyone)]

    def do(chosen: Staff) -> None:
        operations.assign(complaint, chosen, by=g.viewer, interest=form.interest.data, part=form.part.data)

    return _done(complaint, form, everyone, do, _("Written down: their part."), "take_part", barred=barred)


@page.get("/complaints/<case:complaint>/standing-back", do=Do.STAND_BACK)
@page.post("/complaints/<case:complaint>/standing-back", do=Do.STAND_BACK)
def stand_back(complaint: Complaint) -> Response:
    """Somebody with a part in the stage declares an interest, and stands back from it."""
    form, still = BackForm(version=str(complaint.version)), taking_part(complaint.happenings, complaint.stage)
    people = [each for each in queries.staff_with(register(), *Role) if each.id in still]

    def do(chosen: Staff) -> None:
        operations.stand_back(complaint, chosen, by=g.viewer, interest=form.interest.data)

    return _done(complaint, form, people, do, _("Written down: they stand back."), "stand_back", people=people)


@page.get("/complaints/<case:complaint>/conflict", do=Do.DECIDE_CONFLICT)
@page.post("/complaints/<case:complaint>/conflict", do=Do.DECIDE_CONFLICT)
def conflict(complaint: Complaint) -> Response:
    """The resident named somebody; only what is decided here bars them (5.8, ruling 34)."""
    form = ConflictForm(version=str(complaint.version))

    def do(chosen: Staff) -> None:
        operations.decide_conflict(
            complaint, chosen, by=g.viewer, said=form.said.data, barred=form.decision.data == BARRED, because=form.because.data
        )

    return _done(complaint, form, queries.staff_with(register(), *Role), do, _("Written down: what was decided."), "conflict")


@page.get("/complaints/<case:complaint>/outside-reviewer", do=Do.NAME_OUTSIDE)
@page.post("/complaints/<case:complaint>/outside-reviewer", do=Do.NAME_OUTSIDE)
def outside_reviewer(complaint: Complaint) -> Response:
    """Nobody independent is here: who was named from outside, and by whom (ruling 53)."""
    form, everyone = OutsideForm(version=str(complaint.version)), _everyone()

    def do(chosen: Staff) -> None:
        operations.name_outside_reviewer(
            complaint, chosen, by=g.viewer, everyone=everyone, named_by=form.named_by.data, who=form.who.data, because=form.because.data
        )

    free = reviewers.independent(complaint, everyone)
    said = _("Given to the reviewer from outside.")
    return _done(complaint, form, free, do, said, "outside_reviewer", free=free)
