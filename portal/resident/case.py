"""The complaint as the person who made it sees it."""

from flask import Response, g
from wtforms import HiddenField, StringField, ValidationError

from portal import browser, clock
from portal.access import Do
from portal.complaints import data_asked, panels, queries
from portal.complaints.disclosing import known
from portal.complaints.issues import issues_of, linked_ids
from portal.complaints.models import Complaint
from portal.complaints.naming import writer_of
from portal.complaints.own_browsers import own_browsers
from portal.complaints.papers import Attachment, Letter
from portal.complaints.people import Party
from portal.forms import BaseForm
from portal.i18n import gettext
from portal.resident import findings, standing
from portal.resident.acting import acting_for
from portal.resident.blueprint import page
from portal.resident.story import story
from portal.resident.telling import asked_again, told_by
from portal.rules.calls import call_waits
from portal.rules.endings import set_aside, withdrawn_on, withdrawn_points
from portal.rules.reading import first
from portal.rules.steps import Step
from portal.rules.usable import open_letters
from portal.web import register, render


class PointForm(BaseForm):
    """A button about one point, or (with no number) about the whole complaint."""

    point = HiddenField()

    def validate_point(self, field: HiddenField) -> None:
        """The number of a point is a small whole number."""
        if field.data and not (field.data.isascii() and field.data.isdigit() and len(field.data) < 4):
            raise ValidationError(gettext("This page was not whole when it was sent. Please press the button again."))


class OfferForm(BaseForm):
    """Which offer, and the button that was pressed: `accept` or `decline`."""

    offer = HiddenField()
    then = StringField()


@page.get("/your-complaint", do=Do.FOLLOW)
def case(complaint: Complaint) -> Response:
    """The next date first; until a person is matched to a record they see what they wrote, dates and letters (ruling 2)."""
    return shown(complaint)


def shown(complaint: Complaint, form: BaseForm | None = None) -> Response:
    """The page of the case; `form` is one of its buttons that was pressed and refused, to say why."""
    party = party_here(complaint)
    definition = complaint.definition() if party.is_matched else None
    letters = letters_for(complaint)
    return render(
        "resident/case.html",
        complaint=complaint,
        matched=party.is_matched,
        has_it=writer_of(complaint, complaint.handler),
        next=standing.next_date(complaint),
        answered=standing.answered_letter(complaint),
        refused=standing.refusal_letter(complaint),
        may_escalate=standing.may_escalate(complaint, g.viewer),
        held=standing.is_held(complaint),
        panel=panels.next_panel(complaint) if party.is_matched else None,
        points=findings.points(complaint, letters) if definition else [],
        outcomes=[outcome.words for outcome in definition.outcomes] if definition else [],
        promises=standing.promises(complaint) if party.is_matched else [],
        ring_by=None if set_aside(complaint.happenings) else call_waits(complaint.happenings),
        story=story(complaint, today=clock.today(), is_matched=party.is_matched),
        letters=letters,
        unusable=open_letters(complaint.happenings),
        files=files_of(complaint),
        form=form,
        button=BaseForm(formdata=None),
        again={number: PointForm(formdata=None, point=number) for number in withdrawn_points(complaint.happenings)},
        withdrawn_on=withdrawn_on(complaint.happenings),
        may_query=standing.may_query(complaint, g.viewer),
        waits_for_reply=standing.waits_for_reply(complaint) and not set_aside(complaint.happenings),
        issues=[one for one in issues_of(complaint) if not one.point],
        others=others(complaint),
        visit=g.party.visit,
        own_browser=bool(own := browser.own_token()) and own_browsers(register(), party, own)[1],
        needs_code=party.code_lookup is None,
        joined=set_aside(complaint.happenings) is Step.JOINED,
        requested=set_aside(complaint.happenings) is Step.MADE_REQUEST,
        voiced=first(complaint.happenings, Step.VOICED) is not None,
        is_spam=set_aside(complaint.happenings) is Step.SPAM,
        offers=(offered := standing.offers(complaint) if party.is_matched else []),
        answering={one.id: OfferForm(formdata=None, offer=one.id) for one in offered},
        acting=acting_for(complaint),
        asked=data_asked.requests_of(complaint),
        last_reply=standing.last_reply(complaint),
        may_withdraw=standing.may_withdraw(complaint, g.viewer),
        status=form.status if form else 200,
    )


@page.get("/your-complaint/words", do=Do.FOLLOW)
def words(complaint: Complaint) -> Response:
    """Everything you told us, just as you wrote it; how to reach you is left out, for others may be looking."""
    return words_of_theirs(complaint)


def words_of_theirs(complaint: Complaint, form: BaseForm | None = None) -> Response:
    """The page of what they told us; `form` is the button about a disability that was pressed and refused, to say why."""
    party = party_here(complaint)
    return render(
        "resident/words.html",
        complaint=complaint,
        told=told_by(party, complaint),
        again=asked_again(party, complaint),
        files=files_of(complaint),
        disclosed=known(complaint),
        button=BaseForm(formdata=None),
        form=form,
        status=form.status if form else 200,
    )


def others(complaint: Complaint) -> list[Complaint]:
    """The complaints that this one was made of or made into, in which whoever is looking has the same part."""
    ids = linked_ids(complaint)
    return queries.others_of(register(), party_here(complaint), ids) if ids else []


def party_here(complaint: Complaint) -> Party:
    """The party who is looking."""
    return next(party for party in complaint.parties if party.id == g.viewer.party_id)


def letters_for(complaint: Complaint) -> list[Letter]:
    """The letters written to whoever is looking, newest first; none that belonged to somebody else (ruling 28)."""
    gone = complaint.voided_letters
    mine = [letter for letter in complaint.letters if letter.number not in gone and any(i.party_id == g.viewer.party_id for i in letter.issues)]
    return mine[::-1]


def files_of(complaint: Complaint) -> list[Attachment]:
    """The files that whoever is looking sent us."""
    return [file for file in complaint.files if file.party_id == g.viewer.party_id]
