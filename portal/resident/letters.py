"""Letters as pages, and files given back to the person who sent them."""

from flask import Response, abort, g, url_for

from portal import i18n
from portal.access import Do
from portal.complaints import queries
from portal.complaints.caring import standing_forms
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue, Letter
from portal.complaints.usable import how, said_unusable, sent_again, usable_copies
from portal.giving import give, give_made
from portal.letter_forms import in_forms
from portal.resident import standing
from portal.resident.blueprint import page
from portal.resident.case import party_here
from portal.rules.steps import Step
from portal.rules.words import N_
from portal.web import NUMBER, register, render

TOLD: dict[tuple[str, str | None], str] = {("email", "file"): N_("By email, in the form that you asked for"), ("page", "file"): N_("On this page, in the form that you asked for")}


@page.get(f"/your-complaint/letters/<{NUMBER}:number>", do=Do.FOLLOW)
def letter(complaint: Complaint, number: int) -> Response:
    """A letter, exactly as it was sent."""
    found = theirs(complaint, number)
    return render(
        "resident/letter.html",
        frame="resident/base.html",
        letter=found,
        put_right=standing.put_right(complaint, found),
        unusable=said_unusable(complaint, found),
        again=sent_again(found),
        how=_how,
        forms=in_forms(found, lambda form: url_for("resident.letter_made", number=number, form=form), _asked(complaint, found)),
        may_say=bool(usable_copies(found, g.viewer.party_id)),
        spoken={"lang": i18n.html_lang(found.language), "direction": i18n.direction(found.language)},
        back=url_for("resident.case"),
        back_words=i18n.gettext("Your complaint"),
    )


def _how(issue: Issue) -> str:
    """How a copy goes or went, told to whoever reads it."""
    return TOLD.get((issue.channel, issue.form)) or how(issue)


def theirs(complaint: Complaint, number: int) -> Letter:
    """A letter to whoever is looking; one that belonged to somebody else is shown no more (ruling 28)."""
    found = queries.letter(register(), complaint, number)
    theirs = found is not None and any(issue.party_id == g.viewer.party_id for issue in found.issues)
    if found is None or not theirs or number in complaint.voided_letters:
        abort(404)
    return found


def _asked(complaint: Complaint, letter: Letter) -> list[str]:
    """The forms that whoever is looking asked for once."""
    return list(standing_forms(complaint, letter, party_here(complaint)).values())


@page.get(f"/your-complaint/letters/<{NUMBER}:number>/as/<form>", do=Do.FOLLOW)
def letter_made(complaint: Complaint, number: int, form: str) -> Response:
    """A letter as a file: to print, in large print, as plain text, in braille."""
    return give_made(register(), theirs(complaint, number), form)


@page.get(f"/your-complaint/letters/<{NUMBER}:number>/file", do=Do.FOLLOW)
def letter_file(complaint: Complaint, number: int) -> Response:
    """The file of a letter that went to you some other way than this site."""
    found = theirs(complaint, number)
    kept = queries.attachment(register(), complaint, int(found.body.get("file") or 0))
    if kept is None:
        abort(404)
    return give(kept)


@page.get(f"/your-complaint/files/<{NUMBER}:attachment_id>", do=Do.FOLLOW)
def file(complaint: Complaint, attachment_id: int) -> Response:
    """A file you sent us, or that was sent for you: to keep, never to open inside this site."""
    found = queries.attachment(register(), complaint, attachment_id)
    if found is None or (found.party_id != g.viewer.party_id and found.id not in sent_for(complaint)):
        abort(404)
    return give(found)


def sent_for(complaint: Complaint) -> set[int]:
    """The files that somebody sent in a message for the resident, whose they are too."""
    return {file for one in complaint.happenings if one.step is Step.MESSAGED and "for" in one.details for file in one.details.get("files", ())}
