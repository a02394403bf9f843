"""Somebody who acts in several complaints: those they act in, and the way from one to another, each under its own authority (rulings 6, 7)."""

from flask import Response, g, session, url_for

from portal import accounts, codes
from portal.access import Do
from portal.complaints import queries
from portal.complaints.models import Complaint
from portal.complaints.people import SHOWN, Part, Party
from portal.forms import REFUSALS, BaseForm
from portal.resident.blueprint import page
from portal.resident.case import party_here
from portal.web import NUMBER, redirect, register, render, transaction


def acts_in(complaint: Complaint) -> list[Party]:
    """The parts that whoever is looking has in other complaints: read from their rows now, and shown to nobody who was stopped here.

    A part of the same person; or one whose authority was shown, and to whom codes go where this person proved today that they
    read them. What somebody only says of themselves proves nothing, so without that it is opened by its own reference alone.
    """
    party, proved = party_here(complaint), g.party.visit.address
    if party.is_kept_out:
        return []
    found = queries.acting_beside(register(), party)
    return [each for each in found if each.person_id == party.person_id or (proved and each.authority == SHOWN and codes.is_reached_at(each, proved))]


def go_on_as(party: Party) -> tuple[str, str]:
    """This visit ends and one under another part begins, which lasts no longer; inside a transaction. Its token, and where it is found.

    What was shown here holds there for the same person alone: one mailbox may be read by two of them.
    """
    visit = g.party.visit
    proved = visit.proved_how if party.person_id == visit.party.person_id else None
    token = accounts.begin_party_visit(register(), party, how=visit.how, address=visit.address, since=visit.began_at, proved_how=proved)
    accounts.end_visit(register(), session.get("party") or "")
    return token, url_for("resident.case" if party.part == Part.RESIDENT else "resident.spoken")


def went_on(token: str, url: str) -> Response:
    """The answer to somebody who has gone on to another complaint, once that is written."""
    session["party"], g.signed_out = token, True
    return redirect(url)


@page.get("/for-somebody/all", do=Do.FOLLOW_FOR)
def acting_in(complaint: Complaint) -> Response:
    """Everybody they act for, one complaint each, and nothing of any but whose it is."""
    return _shown(complaint)


def _shown(complaint: Complaint, form: BaseForm | None = None) -> Response:
    party = party_here(complaint)
    if party.is_kept_out:
        return render("resident/not_acting.html", party=party)
    others = acts_in(complaint)
    names = {each.id: each for each in queries.those_acted_in(register(), others)}
    rows = [(each, names[each.complaint_id], _whose(names[each.complaint_id], each), BaseForm(formdata=None)) for each in others]
    return render("resident/acting_in.html", complaint=complaint, whose=_whose(complaint, party), rows=rows, form=form, status=form.status if form else 200)


def _whose(complaint: Complaint, party: Party) -> str:
    """Whom they act for there: as they told us, or once their authority was shown as we know them; nothing for whoever only says so."""
    if party.authority == SHOWN:
        return complaint.resident.name
    return complaint.resident.name_as_given if complaint.recorded[0].by == f"party:{party.id}" else ""


@page.post(f"/for-somebody/all/<{NUMBER}:party_id>", do=Do.FOLLOW_FOR)
def open_acting(complaint: Complaint, party_id: int) -> Response:
    """Go to another complaint they act in; where they act in it no more, or never did, back to the list."""
    form = BaseForm()
    if not form.validate():
        return _shown(complaint, form)
    try:
        with transaction(form) as done:
            party = next((each for each in acts_in(complaint) if each.id == party_id), None)
            token, done.url = go_on_as(party) if party else ("", url_for("resident.acting_in"))
    except REFUSALS as refusal:
        form.refuse(refusal)
        return _shown(complaint, form)
    return went_on(token, done.url) if token else redirect(done.url)
