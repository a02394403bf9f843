"""For somebody who complained for another: their own words and the dates; once their authority was shown, the letters too."""

from flask import Response, abort, g, request, session, url_for

from portal import i18n
from portal.access import Do
from portal.complaints import queries
from portal.complaints.caring import standing_forms
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.people import READ, RECEIVE, Party
from portal.complaints.representing import ABOUT_WHO_ACTS
from portal.forms import BaseForm
from portal.giving import give, give_made
from portal.i18n import gettext
from portal.letter_forms import in_forms
from portal.resident import standing
from portal.resident.about_you import is_offered
from portal.resident.acting_in import acts_in
from portal.resident.blueprint import page
from portal.resident.case import files_of, others, party_here
from portal.resident.ways import ways_of
from portal.web import NUMBER, register, render


@page.get("/for-somebody", do=Do.FOLLOW_FOR)
def spoken(complaint: Complaint) -> Response:
    """What they told us, when it was received, and the days on which we write; nothing of what we say to the resident."""
    return spoken_of(complaint)


def spoken_of(complaint: Complaint, form: BaseForm | None = None) -> Response:
    """The page of whoever acts for somebody; `form` is a button on it that was pressed and refused, to say why."""
    party = party_here(complaint)
    if party.is_kept_out:
        return render("resident/not_acting.html", party=party)
    draft = queries.draft_by_token(register(), session.get("sent"))
    code = draft.code if draft and draft.complaint_id == complaint.id else None
    return render(
        "resident/spoken.html", complaint=complaint, party=party, ways=ways_of(party), words=own_words(complaint, party), files=files_of(complaint), visit=g.party.visit,
        code=code, asks=code is not None and is_offered(complaint), counted="counted" in request.args, dates=standing.letters_to_come(complaint),
        others=others(complaint), acts_in=acts_in(complaint), scopes=party.scopes, next=standing.next_date(complaint) if READ in party.scopes else None, points=_points(complaint, party),
        may_escalate=standing.may_escalate(complaint, g.viewer), held=standing.is_held(complaint), button=BaseForm(formdata=None),
        letters=[one for one in complaint.letters[::-1] if may_read(complaint, party, one)], form=form, status=form.status if form else 200,
    )  # fmt: skip


def _points(complaint: Complaint, party: Party) -> list[str]:
    """The points as we understand them, for somebody who may see where it stands."""
    definition = complaint.definition() if READ in party.scopes else None
    return [point.words for point in definition.points] if definition else []


def may_read(complaint: Complaint, party: Party, letter: Letter) -> bool:
    """Whether they may read a letter to the resident: their authority was shown, and it is not about who acts."""
    return RECEIVE in party.scopes and letter.kind not in ABOUT_WHO_ACTS and letter.number not in complaint.voided_letters


def own_words(complaint: Complaint, party: Party) -> str:
    """The complaint as they told it, where it was they who did."""
    began = complaint.recorded[0]
    return complaint.words if began.by == f"party:{party.id}" else ""


@page.get(f"/for-somebody/files/<{NUMBER}:attachment_id>", do=Do.FOLLOW_FOR)
def spoken_file(complaint: Complaint, attachment_id: int) -> Response:
    """A file they sent us themselves."""
    found = queries.attachment(register(), complaint, attachment_id)
    if found is None or found.party_id != g.viewer.party_id or party_here(complaint).is_kept_out:
        abort(404)
    return give(found)


@page.get(f"/for-somebody/letters/<{NUMBER}:number>", do=Do.FOLLOW_FOR)
def spoken_letter(complaint: Complaint, number: int) -> Response:
    """A letter to the resident, for somebody whose authority was shown; read from the row on each request."""
    found = theirs(complaint, number)
    return render(
        "resident/letter.html", frame="resident/base.html", letter=found, spoken={"lang": i18n.html_lang(found.language), "direction": i18n.direction(found.language)},
        forms=in_forms(found, lambda form: url_for("resident.spoken_letter_made", number=number, form=form), standing_forms(complaint, found, party_here(complaint)).values()),
        back=url_for("resident.spoken"), back_words=gettext("The complaint"),
    )  # fmt: skip


@page.get(f"/for-somebody/letters/<{NUMBER}:number>/as/<form>", do=Do.FOLLOW_FOR)
def spoken_letter_made(complaint: Complaint, number: int, form: str) -> Response:
    """The same as a file: to print, in large print, as plain text, in braille."""
    return give_made(register(), theirs(complaint, number), form)


def theirs(complaint: Complaint, number: int) -> Letter:
    """A letter that whoever acts for the resident may read; 404 for any other."""
    found = queries.letter(register(), complaint, number)
    if found is None or not may_read(complaint, party_here(complaint), found):
        abort(404)
    return found
