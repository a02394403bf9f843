"""Everything of a complaint that one may see, in one press: a page to read or print, and a file to keep (ruling 9)."""

from typing import Any

from flask import Response, abort

from portal import clock, i18n
from portal.access import Do
from portal.complaints import data_asked, queries
from portal.complaints.caring import standing_forms
from portal.complaints.landlord import landlord_of
from portal.complaints.made_files import NotTranslated, file_name
from portal.complaints.made_files import offered as offered_forms
from portal.complaints.models import Complaint
from portal.complaints.papers import Attachment, Letter
from portal.giving import Packed, give_packed, made_and_kept, packed
from portal.letters.structure import as_text
from portal.resident.blueprint import page
from portal.resident.case import party_here
from portal.resident.everything import Everything, Said, everything, offered
from portal.resident.home import home
from portal.resident.parts import parts
from portal.web import register, render

NAME = "your-complaint"
"""What the file to keep is called: nothing in it says whose it is, or that it is about a landlord."""


@page.get("/your-complaint/everything", do=Do.READ_EVERYTHING)
def all_of_it(complaint: Complaint) -> Response:
    """All of it on one page, the letters in full."""
    found = _found(complaint)
    spoken = {each.number: {"lang": i18n.html_lang(each.language), "direction": i18n.direction(each.language)} for each in found.letters}
    return render("resident/everything.html", complaint=complaint, all=found, parts=parts(found, for_another=home().is_for_another), belongs=home(), offered=offered, spoken=spoken, asked=[] if home().is_for_another else data_asked.requests_of(complaint))


@page.get("/your-complaint/everything/file", do=Do.TAKE_EVERYTHING)
def all_of_it_file(complaint: Complaint) -> Response:
    """The same as data that a program can read, with every file that can be handed on."""
    found = _found(complaint)
    files = [*found.files, *_of_letters(complaint, found)]
    packs = [packed(each, f"files/{number:02d} ") for number, each in enumerate(files, 1)]
    letters = {letter.number: _made(complaint, letter) for letter in found.letters}
    kept = [*(each for made in letters.values() for each in made), *(each for each in packs if each)]
    data = as_data(complaint, found) | {"files": [_told(each, pack) for each, pack in zip(files, packs, strict=True)]}
    for letter in data["letters"]:
        letter["in_this_file_as"] = [each.name for each in letters[letter["number"]]]
    return give_packed(NAME, data, kept)


def _made(complaint: Complaint, letter: Letter) -> list[Packed]:
    """A letter as it goes with the rest: to print, and in whatever form whoever takes it asked for once."""
    asked = standing_forms(complaint, letter, party_here(complaint)).values()
    forms = [form for form in dict.fromkeys(("print-12", *asked)) if form in offered_forms(letter)]
    try:
        return [Packed(f"letters/{file_name(letter, form)}", made_and_kept(register(), letter, form).file) for form in forms]
    except NotTranslated:
        abort(503)


def _found(complaint: Complaint) -> Everything:
    """What there is for whoever asks; a page that does not exist for somebody who was stopped (ruling 6)."""
    if party_here(complaint).is_kept_out:
        abort(404)
    return everything(complaint)


def _of_letters(complaint: Complaint, found: Everything) -> list[Attachment]:
    """The files of letters that went some other way than this site; whoever acts for somebody reads no such file."""
    if home().is_for_another:
        return []
    numbers = [int(letter.body.get("file") or 0) for letter in found.letters]
    return [file for number in numbers if number and (file := queries.attachment(register(), complaint, number))]


def _told(file: Attachment, pack: Packed | None) -> dict[str, Any]:
    return {"name": file.name, "sent_on": clock.day_of(file.added_at), "in_this_file_as": pack.name if pack else None}


def _said(found: list[Said]) -> list[dict[str, Any]]:
    return [{"on": one.on, "about": one.about, "words": one.words} for one in found]


def as_data(complaint: Complaint, found: Everything) -> dict[str, Any]:
    """All of it as plain values: its names are ours and never translated, its words are in the reader's language."""
    return {
        "landlord": landlord_of(register()).name,
        "made_on": clock.today(),
        "reference": complaint.reference,
        "received_on": complaint.received_day,
        "stage": complaint.stage,
        "with": found.has_it or None,
        "next_date": found.next.due_on if found.next else None,
        "what_you_told_us": found.words,
        "your_answers": [{"question": question, "answer": said} for question, said in found.answers],
        "on_other_days": _said(found.said),
        "how_we_reach_you": [{"way": one.name, "masked": one.masked or None} for one in found.ways],
        "we_have_a_note_about_contacting_you_safely": found.has_safety_note,
        "what_would_make_it_easier": [
            {"words": one.words, "asked_on": one.asked_on, "decided": one.decided, "looked_at_again_on": one.review_on} for one in found.wishes
        ],
        "disabilities": [{"words": one.words, "written_down_on": one.since, "used_for_other_complaints": one.carried} for one in found.disabilities],
        "points": [{"words": one.words, "found": str(one.found) or None, "stage": one.stage, "letter": one.letter} for one in found.points],
        "outcomes_sought": found.outcomes,
        "offers": [{"what": offered(one), "words": one.words, "pence": one.pence, "state": one.state} for one in found.offers],
        "promises": [
            {"what": one.what, "by": one.due_on, "first_promised_for": one.first_due_on, "done_on": one.done_on, "who": one.owner, "state": one.words}
            for one in found.promises
        ],
        "letters": [
            {"number": one.number, "written_on": one.written_on, "title": one.body["title"], "language": one.language, "words": as_text(one.body)}
            for one in found.letters
        ],
        "messages": _said(found.messages),
        "calls_and_visits": _said(found.contacts),
        "what_happened": [{"on": one.on, "what": f"{one.first} {one.then}".strip()} for one in found.happened],
        "who_acts_for_you": [{"name": one.name, "state": one.state, "since": one.since, "may": one.scopes} for one in found.acting],
    }
