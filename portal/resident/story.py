"""What has happened, told to the person it happened to: newest first, each entry's first words saying it all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.complaints.caring import what_was_not_kept
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.recording import deadlines_of
from portal.complaints.wishes import CONTACT_KINDS, EASIER
from portal.i18n import Lazy, day, gettext, money
from portal.i18n import lazy_gettext as _l
from portal.resident.standing import LETTERS
from portal.rules.calls import ring_by
from portal.rules.endings import ended_by, set_aside
from portal.rules.reading import BOTH, as_day, beginning, went_on
from portal.rules.steps import Happening, Step


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: the day, the words that say it all, what else there is to say, its letter or message."""

    on: date
    first: Lazy
    then: Lazy | str = ""
    letter: Letter | None = None
    own_words: bool = False
    message: bool = False


SAID: dict[Step, tuple[Lazy, Lazy | str]] = {
    Step.RECEIVED: (_l("You told us."), _l("This is the day your complaint was received.")),
    Step.RECEIPT_QUERIED: (_l("You told us that we have the wrong day."), _l("We reply to that in writing.")),
    Step.REPRESENTED: (_l("We wrote to you about somebody who acts for you."), ""),
    Step.AUTHORITY_ENDED: (_l("You stopped somebody from acting for you."), _l("It held at once.")),
    Step.WAY_STOPPED: (_l("We stopped using one way to reach you."), _l("We heard that it is not yours, or not safe, any more. Please tell us another.")),
    Step.LANGUAGE_CHOSEN: (_l("The language that we use with you was changed."), ""),
    Step.CONTACT_CHANGED: (_l("You changed how we reach you."), _l("Nothing more goes the old way.")),
    Step.AUTHORITY_DECIDED: (_l("We decided about whoever acts for you."), ""),
    Step.PERSON_MATCHED: (_l("We matched you to our records."), ""),
    Step.TRIAGED: (_l("We looked at how urgent this is, and what could make it harder for you."), ""),
    Step.ASSIGNED: (_l("We chose who will answer you."), ""),
    Step.ESCALATED: (_l("You asked for stage 2."), ""),
    Step.PANEL_ARRANGED: (_l("We asked a panel to look at your complaint."), ""),
    Step.PANEL_CALLED_OFF: (_l("We called off the panel about your complaint."), _l("We look at every point all the same.")),
    Step.PANEL_HELD: (_l("The panel met about your complaint."), _l("Our final answer says what it decided.")),
    Step.DEFINITION_REVISED: (_l("We changed how we understand your complaint."), ""),
    Step.MEANING_QUERIED: (_l("You told us we had it wrong."), ""),
    Step.CONTRACTOR_ASKED: (_l("We asked somebody who works for us a question about it."), ""),
    Step.REMEDY_ACCEPTED: (_l("You accepted what we offered."), _l("Stage 2 stays open to you.")),
    Step.REMEDY_DECLINED: (_l("You said that you do not want what we offered."), ""),
    Step.ISSUE_RAISED: (_l("You told us of something new."), ""),
    Step.UNJOINED: (_l("We took the two complaints apart again."), _l("Each has an answer of its own.")),
    Step.MADE_REQUEST: (_l("You agreed that we handle this as a request."), _l("You can make it a complaint on any day.")),
    Step.VOICED: (_l("You told us that you are not happy with it."), _l("It is a complaint now, received that day.")),
    Step.JOINED: (_l("We joined this with your other complaint."), _l("Both have one answer.")),
    Step.WITHDRAWN: (_l("You withdrew your complaint."), _l("We answer it no more, and still do what we promised.")),
    Step.RESUMED: (_l("You took your complaint up again."), ""),
    Step.HOLD_RELEASED: (_l("You took back your request for stage 2."), ""),
    Step.REMEDY_PAID: (_l("We paid what we offered you."), ""),
    Step.DATA_SENT: (_l("We sent you everything that we hold about you."), ""),
    Step.OMBUDSMAN_HAS: (_l("The Housing Ombudsman told us that they have your complaint."), ""),
    Step.DIRECTED: (_l("The Housing Ombudsman told us to accept this."), _l("So our refusal no longer holds.")),
    Step.REFUSAL_UNDONE: (_l("We looked again, and accepted this."), _l("So our refusal no longer holds.")),
}
"""The words for each kind of event; kinds that are not here are told by their letter, or are not the resident's to see."""

LETTER_SAID: dict[str, tuple[Lazy, Lazy | str]] = {
    "receipt": (_l("We wrote to say that we have it."), ""),
    "acknowledgement": (_l("We wrote to say what we understand your complaint to be."), ""),
    "response": (_l("We answered your complaint."), ""),
    BOTH: (_l("We answered your complaint."), _l("The letter also says how we understand it.")),
    "interim": (_l("We answered part of your complaint."), _l("We answer the rest by the same date as before.")),
    "correction": (_l("We corrected our answer."), _l("The new letter takes the place of the first. You keep both.")),
    "clarification": (_l("We asked you a question."), _l("Nothing waits for your reply.")),
    "revised": (_l("We wrote to say how we now understand your complaint."), ""),
    "meaning": (_l("We replied to what you told us."), ""),
    "held": (_l("We wrote to say that we keep your request for stage 2."), ""),
    "hold_released": (_l("We wrote to confirm that you took it back."), ""),
    "handler_changed": (_l("We wrote to say who has your complaint now."), ""),
    "joined": (_l("We wrote to say that we answer both together."), ""),
    "unjoined": (_l("We wrote to say that we answer them one by one again."), ""),
    "made_request": (_l("We wrote to say that we handle this as a request, as you agreed."), ""),
    "completing": (_l("We wrote to tell you what an earlier letter left out."), ""),
    "agreed": (_l("We wrote to confirm what you told us about our offer."), ""),
    "new_issue": (_l("We wrote to say where we answer this."), ""),
    "data_asked": (_l("We wrote to say by when you have everything that we hold."), ""),
    "data_extended": (_l("We wrote to say that it takes us longer to send you everything that we hold."), _l("The letter says why, and gives the new day.")),
    "data_refused": (_l("We wrote to say that we do not send you everything that you asked for."), _l("The letter says why, and who else you can ask.")),
    "adjustment": (_l("We wrote about what would make it easier for you."), ""),
    "authority_ended": (_l("We wrote to confirm whom you stopped from acting for you."), ""),
    "authority_decided": (_l("We wrote to say what we decided about whoever acts for you."), ""),
    "receipt_corrected": (_l("We wrote to say what that changes."), ""),
    "receipt_kept": (_l("We wrote to say why we keep the day we received your complaint."), ""),
    "withdrawal": (_l("We wrote to confirm what you withdrew."), ""),
    "resumption": (_l("We wrote to confirm what you took up again."), ""),
    "action_missed": (_l("We wrote to say that the day of something we promised has passed, and that we are sorry."), ""),
    "action_redated": (_l("We gave a new day for something we promised, and said why."), ""),
    "panel": (_l("We wrote to say when the panel meets, and how you can take part."), ""),
    "panel_off": (_l("We wrote to say that the panel does not meet, and why."), ""),
    "panel_held": (_l("We wrote to say who was at the panel that met."), ""),
    "offer": (_l("We offered you something more."), ""),
    "action_done": (_l("We wrote to say what we did, and how we know."), ""),
    "paid": (_l("We wrote to say that we paid you, and how we know."), ""),
    "reply": (_l("We sent you our reply by post."), ""),
    "extension": (_l("We wrote to say that we need longer, and why."), ""),
    "late": (_l("We wrote to say that our answer is late, and why."), ""),
    "update": (_l("We wrote to you with news."), ""),
    "date_moved": (_l("We wrote to say that a date has moved, because of a new bank holiday."), ""),
    "refusal": (_l("We wrote to say why we cannot take this."), ""),
    "directed": (_l("We wrote to say that we accept it now, and when you will hear."), ""),
    "refusal_undone": (_l("We wrote to say that we accept it now, and when you will hear."), ""),
}

SOME_POINTS: dict[Step, tuple[Lazy, Lazy | str]] = {
    Step.WITHDRAWN: (_l("You withdrew part of your complaint."), _l("We answer the rest.")),
    Step.RESUMED: (_l("You took part of your complaint up again."), ""),
}
"""The same of some points alone."""

LATER_SAID: dict[str, tuple[Lazy, Lazy | str]] = {
    "receipt": (_l("We wrote to say that we have your request."), ""),
    "response": (_l("We gave our final answer."), ""),
    BOTH: (_l("We gave our final answer."), _l("The letter also says how we understand it.")),
}
"""The same letters after stage 1."""

NOT_FOR_UNMATCHED = (Step.TRIAGED, Step.ASSIGNED, Step.PANEL_ARRANGED, Step.PANEL_CALLED_OFF, Step.PANEL_HELD)
HOW_REACHED = (Step.WAY_STOPPED, Step.CONTACT_CHANGED, Step.LANGUAGE_CHOSEN, Step.CALL_ASKED)
"""What is about how one party is reached, and told to that party alone."""
MISSED = {
    Step.ACKNOWLEDGED: _l("We should have written to you by this day, and we did not."),
    Step.RESPONDED: _l("Our answer was due, and we did not send it."),
}

NOT_USABLE = _l("We had written to you by this day, and not in a form that you can use.")


def story(complaint: Complaint, *, today: date, is_matched: bool) -> list[Entry]:
    """Everything that happened that is theirs to see, newest first. Danger told is never here: others may be looking."""
    found = [*_begun(complaint), *_happened(complaint, is_matched), *_missed(complaint, today)]
    return sorted(found, key=lambda entry: entry.on, reverse=True)


def _begun(complaint: Complaint) -> Iterator[Entry]:
    """A stage that was asked for early begins by itself, with no event of its own (ruling 37)."""
    for stage in range(1, complaint.stage + 1):
        began = beginning(complaint.happenings, stage)
        if began and began.since is Step.RESPONDED:
            yield Entry(began.on, _l("Stage %(stage)s started.", stage=stage), _l("Someone new will look again, as you asked."))


def _happened(complaint: Complaint, is_matched: bool) -> Iterator[Entry]:
    told: set[int] = set()
    letters = {letter.number: letter for letter in complaint.letters if any(one.party_id == complaint.resident.id for one in letter.issues)}
    actions = {action.id: action.what for action in complaint.actions}
    for happening in reversed(complaint.happenings):
        if happening.step in NOT_FOR_UNMATCHED and not is_matched:
            continue
        if happening.step in HOW_REACHED and happening.details.get("party", complaint.resident.id) != complaint.resident.id:
            continue
        if happening.step is Step.ISSUED and happening.details.get("again"):
            yield Entry(happening.on, _l("We sent you a letter again, in another form."), letter=letters.get(int(happening.details["letter"])))
        elif happening.step is Step.FOUND_UNUSABLE:
            yield from _unusable(happening, letters)
        elif happening.step is Step.ISSUED:
            number = int(happening.details["letter"])
            if number in letters and number not in told:
                told.add(number)
                yield _letter(happening, letters[number])
        elif happening.step is Step.ACTION_DONE and is_matched:
            yield Entry(happening.on, _l("We did what we promised."), actions.get(happening.details["action"], ""))
        elif happening.step is Step.REMEDY_PAID and is_matched:
            yield Entry(happening.on, _l("We paid what we offered you."), _how_much(complaint, happening.details["remedy"]))
        elif happening.step is Step.ACTION_DISPUTED and is_matched:
            yield Entry(happening.on, _l("You told us that this is not done."), actions.get(happening.details["action"], ""))
        elif happening.step is Step.DATA_ASKED:
            yield Entry(happening.on, _l("You asked for everything that we hold about you."), _l("It goes to you by %(day)s.", day=day(as_day(happening.details["due"]))))
        elif happening.step is Step.RECEIPT_CORRECTED:
            yield Entry(happening.on, _l("We corrected the day we received your complaint."), _l("It is now %(day)s.", day=day(as_day(happening.details["to"]))))
        elif happening.step is Step.CALL_ASKED:
            yield Entry(happening.on, _l("You asked us to ring you, to show that it is you."), _l("We ring by %(day)s.", day=day(ring_by(happening))))
        elif happening.step is Step.CONTACT_CHANGED and happening.by.startswith("staff:"):
            yield Entry(happening.on, _l("You told us how to reach you now."), _l("Nothing more goes the old way."))
        elif happening.step is Step.CONTACTED:
            yield from _contact(complaint, happening, is_matched)
        elif happening.step is Step.ADJUSTMENT_OVERRIDDEN and is_matched:
            yield from _not_kept(complaint, happening)
        elif "for" in happening.details and happening.step in FOR_YOU:
            yield _for_you(complaint, happening)
        elif happening.step is Step.MESSAGED:
            yield from _message(happening)
        elif happening.step is Step.ISSUE_RAISED and happening.details.get("point"):
            yield Entry(happening.on, _l("We accepted a point that we had refused."), _l("It is a complaint of its own now."))
        elif happening.step is Step.ISSUE_RAISED and happening.details.get("together"):
            yield Entry(happening.on, _l("You asked for one answer to both complaints."))
        elif happening.step in SAID:
            said = SAID | SOME_POINTS if happening.step in SOME_POINTS and happening.details.get("points") else SAID
            first, then = said[happening.step]
            if happening.step is Step.RECEIVED and happening.on != complaint.received_day:
                then = _l("We first wrote this down as the day your complaint was received.")
            yield Entry(happening.on, first, then or _held(happening), own_words=happening.step is Step.RECEIVED)


def _unusable(happening: Happening, letters: dict[int, Letter]) -> Iterator[Entry]:
    """That a letter of theirs was of no use to them as it came, said by them or found by us (ruling 51)."""
    if happening.details["letter"] in letters:
        said = _l("You told us that you cannot read a letter in this form.") if happening.by.startswith("party:") else _l("We found that you cannot use a letter in the form we sent it in.")
        yield Entry(happening.on, said, _l("We send it again in another."), letter=letters[happening.details["letter"]])


def _not_kept(complaint: Complaint, happening: Happening) -> Iterator[Entry]:
    """That we did not do as they had asked, and why (5.10). Of what is safe nothing is said: others may be looking."""
    names, why = what_was_not_kept(complaint, happening.details["override"])
    contact = next((one for one in complaint.contacts if one.id == happening.details.get("contact")), None)
    if names and set(names) <= set(EASIER) and (contact is None or contact.shown_to_resident):
        wishes = "; ".join(gettext(EASIER[name]) for name in names)
        yield Entry(happening.on, _l("We did not do this as you asked, and we are sorry: %(what)s.", what=wishes), why)


def _how_much(complaint: Complaint, remedy_id: int) -> str:
    return next((f"{money(one.pence)}." for one in complaint.remedies if one.id == remedy_id and one.pence), "")


def _for_you(complaint: Complaint, happening: Happening) -> Entry:
    """What somebody who acts for them did: who, and for whom."""
    who = next((each.name for each in complaint.parties if f"party:{each.id}" == happening.by), "")
    is_received, is_message = happening.step is Step.RECEIVED, happening.step is Step.MESSAGED
    return Entry(happening.on, FOR_YOU[happening.step](who), _held(happening), own_words=is_received, message=is_message)


FOR_YOU: dict[Step, Callable[[str], Lazy]] = {
    Step.RECEIVED: lambda who: _l("%(who)s told us, for you. This is the day your complaint was received.", who=who),
    Step.MESSAGED: lambda who: _l("%(who)s wrote to us for you.", who=who),
    Step.ESCALATED: lambda who: _l("%(who)s asked for stage 2 for you.", who=who),
    Step.HOLD_RELEASED: lambda who: _l("%(who)s took back the request for stage 2 for you.", who=who),
}


def _message(happening: Happening) -> Iterator[Entry]:
    """What they wrote to us and what we wrote back; that it was read is told beside it."""
    if "message" in happening.details:
        yield Entry(happening.on, _l("You wrote to us."), message=True)
    elif not happening.details.get("read"):
        yield Entry(happening.on, _l("We wrote back to you."), message=True)


def _contact(complaint: Complaint, happening: Happening, is_matched: bool) -> Iterator[Entry]:
    """A call, visit, meeting or letter, unless staff marked that it is not shown (ruling 17)."""
    for contact in complaint.contacts:
        if contact.id == happening.details["contact"] and contact.shown_to_resident and is_matched:
            yield Entry(happening.on, Lazy(CONTACT_KINDS[contact.kind]), f"{contact.who}: {contact.words}")


def _held(happening: Happening) -> Lazy | str:
    early = happening.step is Step.ESCALATED and happening.details.get("early")
    return _l("We keep your request until our answer goes.") if early else ""


def _letter(happening: Happening, letter: Letter) -> Entry:
    said = LETTER_SAID | LATER_SAID if (happening.stage or 1) > 1 else LETTER_SAID
    first, then = said.get(happening.details["kind"], (_l("We wrote to you."), ""))
    return Entry(happening.on, first, then, letter=letter)


def _missed(complaint: Complaint, today: date) -> Iterator[Entry]:
    ended = ended_by(complaint.happenings) if set_aside(complaint.happenings) else None
    for one in deadlines_of(complaint):
        if ended and ended.on <= one.due_on:
            continue
        if one.step in LETTERS and one.state(today) in ("late", "met_late"):
            went = went_on(complaint.happenings, one.step, one.stage)
            yield Entry(one.due_on, NOT_USABLE if went and went <= one.due_on else MISSED[one.step])
