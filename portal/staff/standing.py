"""How a complaint stands, for whoever works on it: what is owed next with its sum, and all that the Code still asks."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, url_for
from markupsafe import Markup

from portal import access, clock, i18n
from portal.access import Do
from portal.complaints import answering, approving, news
from portal.complaints.models import Complaint
from portal.complaints.recording import allowed_steps, calendar_of, deadlines_of, edition_of, session_of
from portal.complaints.saying import disputes_of
from portal.i18n import gettext as _
from portal.rules import deadlines
from portal.rules.calls import call_waits
from portal.rules.completing import lacking
from portal.rules.deadlines import Deadline, WorkingDay
from portal.rules.endings import refusal, set_aside
from portal.rules.history import open_actions
from portal.rules.letters import Missing
from portal.rules.reading import (
    BOTH,
    LETTER_OF,
    first,
    issued_on,
    open_issues,
    open_queries,
    points,
)
from portal.rules.steps import Step
from portal.rules.voice import open_messages
from portal.staff import record_asks, wording

TONES = {"late": "late", "due_soon": "due-soon", "on_time": "on-time"}
BEGAN: dict[Step, Callable[[], str]] = {
    Step.RECEIVED: lambda: _("Received"),
    Step.ACKNOWLEDGED: lambda: _("Acknowledged"),
    Step.ESCALATED: lambda: _("Stage 2 asked for"),
    Step.RESPONDED: lambda: _("Stage 1 answered"),
    Step.DIRECTED: lambda: _("The Ombudsman directed us"),
    Step.REFUSAL_UNDONE: lambda: _("Refusal undone"),
    Step.ACTION_PROMISED: lambda: _("Promised"),
    Step.ACTION_REDATED: lambda: _("New date given"),
    Step.UPDATED: lambda: _("Last news"),
    Step.COMPLETED: lambda: _("The outside letter was recorded"),
    Step.VOIDED: lambda: _("The letter was set aside"),
}


@dataclass(frozen=True, slots=True)
class Next:
    """What is owed next: the sentence, the date, how it stands, both clocks in words, and the sum."""

    owed: Markup
    due_on: date
    how: str
    tone: str
    clocks: str
    days: list[WorkingDay]
    began: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the Code asks at this stage: in words, where it is done, and the provision ("" where it is ours)."""

    words: str
    href: str
    provision: str


def next_owed(complaint: Complaint, step: Step | None = None) -> Next | None:
    """The soonest thing still owed, or (of one step) the soonest of those; or nothing."""
    owed = [
        one for one in deadlines_of(complaint)
        if one.met_on is None and not one.overtaken and step in (None, one.step)
    ]  # fmt: skip
    soonest = min(owed, key=lambda one: one.due_on, default=None)
    if soonest is None:
        return None
    today, days = clock.today(), calendar_of(session_of(complaint), complaint.division)
    is_action = soonest.step is Step.ACTION_PROMISED
    return Next(
        owed=owed_words(complaint, complaint.resident.name),
        due_on=soonest.due_on,
        how=wording.how_soon(soonest.due_on, today, days),
        tone=TONES[soonest.state(today)],
        clocks="" if is_action else _clocks(soonest),
        days=[] if is_action else deadlines.working(soonest, days),
        began=BEGAN[soonest.since](),
    )


def owed_words(complaint: Complaint, name: str) -> Markup:
    """What is owed next to somebody, the verb first; the name may be marked up."""
    waiting = [(letter.kind, issue.channel) for letter in complaint.letters for issue in letter.issues if issue.state not in ("issued", "stopped")]
    return wording.owed(complaint.next_step, complaint.next_stage, name, waiting[-1] if waiting else None)


def _clocks(owed: Deadline) -> str:
    """Both clocks, where there are two (ruling 30)."""
    if owed.extended:
        return _("Extended. The Code’s date was %(day)s.", day=i18n.day(owed.code_due or owed.due_on))
    counted = min((day for day in (owed.code_due, owed.backstop) if day), default=owed.due_on)
    if owed.told == owed.due_on < counted:
        return _("We told them this day, so it stays. Counted now, the Code’s date is %(day)s.", day=i18n.day(counted))
    if owed.backstop is None:
        return ""
    if owed.code_due is None:
        return _("This is the backstop. The Code’s date is counted from the day we acknowledge.")
    return _("The Code’s date is %(code)s. The backstop is %(backstop)s.", code=i18n.day(owed.code_due), backstop=i18n.day(owed.backstop))


def asked(complaint: Complaint) -> tuple[list[Asked], list[Asked]]:
    """What the Code asks at this stage: what is still missing, and what is here."""
    waited_for = [] if set_aside(complaint.happenings) else [*_people(complaint), *_queried(complaint), *_to_approve(complaint), *_news(complaint), *_letters(complaint)]
    missing = [*_dangers(complaint), *_calls(complaint), *_written(complaint), *(Asked(*one) for one in record_asks.asks(complaint, _link)), *waited_for, *_promises(complaint), *_payments(complaint)]
    return missing, list(_here(complaint))


def _link(endpoint: str, do: Do, complaint: Complaint, **where: Any) -> str:
    """Where something is done; nothing for a viewer who may not do it."""
    if not access.may(g.viewer, do, complaint):
        return ""
    return url_for(f"staff.{endpoint}", complaint=complaint, **where)


def _dangers(complaint: Complaint) -> Iterator[Asked]:
    for alert in complaint.alerts:
        if alert.handed_over_at is None:
            href = _link("danger", Do.HAND_OVER_DANGER, complaint, alert_id=alert.id)
            yield Asked(_("Say who has the danger they told us of"), href, "")


def _calls(complaint: Complaint) -> Iterator[Asked]:
    """The call they asked for when they complained; what the complaint is, is set out after it."""
    if (by := call_waits(complaint.happenings)) and not set_aside(complaint.happenings):
        yield Asked(_("Ring them, by %(day)s: they asked us to", day=i18n.short_day(by)), _link("contacts", Do.RECORD_CONTACT, complaint), "")


def _people(complaint: Complaint) -> Iterator[Asked]:
    edition, past = edition_of(complaint), complaint.happenings
    if not complaint.resident.is_matched:
        yield Asked(_("Match the person to our records"), _link("match", Do.MATCH_PERSON, complaint), "")
    if edition.triage_factors and first(past, Step.TRIAGED) is None and not complaint.answered_on and not refusal(past):
        yield Asked(_("Weigh complexity, vulnerability and risk"), _link("triage", Do.TRIAGE, complaint), edition.cites["triage"])
    has_left = complaint.handler is not None and complaint.handler.disabled_at is not None
    if (complaint.handler_id is None or has_left) and not complaint.answered_on and may_send(complaint, Step.ASSIGNED):
        words = _("Give it to somebody to answer") if complaint.stage == 1 else _("Give it to somebody new to answer")
        if has_left and complaint.handler:
            words = _("%(name)s has left: give it to somebody else", name=complaint.handler.name)
        provision = edition.cites["different person"] if complaint.stage > 1 else ""
        yield Asked(words, _link("assign", Do.ASSIGN, complaint), provision)


def _written(complaint: Complaint) -> Iterator[Asked]:
    """What they wrote that nobody has replied to; the answer does not wait for it."""
    if open_messages(complaint.happenings):
        yield Asked(_("They wrote to us: read it, and reply"), _link("messages", Do.REPLY, complaint), "")
    for dispute in disputes_of(complaint):
        if dispute.is_open:
            href = _link("action", Do.KEEP_ACTIONS, complaint, action_id=dispute.action.id)
            yield Asked(_("They say this is not done: %(what)s", what=dispute.action.what), href, edition_of(complaint).cites["action"])
    for number in sorted(open_issues(complaint.happenings)):
        words, href = _("Decide where the new issue is answered"), _link("issue", Do.DECIDE_ISSUE, complaint, number=number)
        yield Asked(words, href, edition_of(complaint).cites["new issue"])


def _queried(complaint: Complaint) -> Iterator[Asked]:
    """What the resident says we misunderstood; the answer waits for a reply (ruling 21)."""
    for number in sorted(open_queries(complaint.happenings, complaint.stage_for("response"))):
        words, href = _("They say we misunderstood: reply"), _link("meaning", Do.ANSWER, complaint, number=number)
        yield Asked(words, href, edition_of(complaint).cites["definition"])


def _letters(complaint: Complaint) -> Iterator[Asked]:
    past, edition = complaint.happenings, edition_of(complaint)
    stages = {step: edition.stage(complaint.stage_for(LETTER_OF[step])) for step in (Step.ACKNOWLEDGED, Step.RESPONDED)}
    for step, stage in stages.items():
        limit = stage.acknowledge if step is Step.ACKNOWLEDGED else stage.respond
        acknowledged = stage.acknowledge is None or first(past, Step.ACKNOWLEDGED, stage.number) is not None
        if limit is None or issued_on(past, step, stage.number):
            continue
        if refusal(past, stage.number):
            if step is Step.ACKNOWLEDGED and not issued_on(past, Step.REFUSED, stage.number):
                yield Asked(_("See that the refusal goes"), f"{url_for('staff.case', complaint=complaint)}#letters", edition.cites["refusal rights"])
            continue
        if first(past, step, stage.number):
            yield Asked(SEND[step](), f"{url_for('staff.case', complaint=complaint)}#letters", limit.provision)
        elif step is Step.ACKNOWLEDGED or acknowledged:
            yield from _unsettled(complaint, step, stage.number)
            yield from _unwritten(complaint, step, limit.provision)


NEWS = frozenset({"extension", "late", "update"})


APPROVALS: tuple[tuple[Do, str, Callable[[], tuple[str, str, str]]], ...] = (
    (Do.APPROVE_REFUSAL, "staff.approve", lambda: (
        _("Approve the refusal"), _("Approve the refusal, or have it changed"), _("The refusal waits for somebody else to approve it"))),
    (Do.APPROVE_ANSWER, "staff.approve_answer", lambda: (
        _("Approve the answer"), _("Approve the answer, or have it changed. Its date does not wait"),
        _("The answer waits for somebody else to approve it. Its date does not wait"))),
)  # fmt: skip
"""What can wait for somebody else: what is to be done, where, and the words for whoever may, and for the others."""


def _to_approve(complaint: Complaint) -> Iterator[Asked]:
    """A refusal or an answer that somebody else has to approve before it goes (ruling 25); no clock stands still for it."""
    for do, endpoint, words in APPROVALS:
        if approving.waiting(complaint, do):
            may, (_button, ours, others) = approving.may_approve(complaint, do, g.viewer), words()
            cites = edition_of(complaint).cites["refuse"] if do is Do.APPROVE_REFUSAL else ""
            yield Asked(ours if may else others, url_for(endpoint, complaint=complaint) if may else "", cites)


def _approvals(complaint: Complaint) -> list[Asked]:
    """The doors to what this viewer may approve."""
    found = [each for each in APPROVALS if approving.may_approve(complaint, each[0], g.viewer)]
    return [Asked(words()[0], url_for(endpoint, complaint=complaint), "") for _do, endpoint, words in found]


def _news(complaint: Complaint) -> Iterator[Asked]:
    """What is owed while the answer is not there: that it is late, and the news that was promised (5.9, ruling 32)."""
    waiting = [letter for letter in complaint.letters if letter.kind in NEWS and not any(one.state in ("issued", "stopped") for one in letter.issues)]
    for letter in waiting:
        extend, update = edition_of(complaint).stage(letter.stage).extend, edition_of(complaint).cites["update"]
        words = _("See that it goes: %(letter)s", letter=wording.letter_name(letter.kind, letter.stage))
        provision = extend.provision if extend and letter.kind == "extension" else update
        yield Asked(words, f"{url_for('staff.case', complaint=complaint)}#letters", provision)
    written, notice = {letter.kind for letter in waiting}, news.notice_owed(complaint)
    if notice and "late" not in written:
        words = _("Tell them that the answer is late, by %(day)s", day=i18n.short_day(notice.due_on))
        yield Asked(words, _link("tell_late", Do.SEND_NEWS, complaint), notice.provision)
    for one in deadlines_of(complaint):
        if one.step is Step.UPDATED and one.met_on is None and not one.overtaken and "update" not in written:
            words = _("Send an update, by %(day)s", day=i18n.short_day(one.due_on))
            yield Asked(words, _link("send_news", Do.SEND_NEWS, complaint), one.provision)


def _unsettled(complaint: Complaint, step: Step, stage: int) -> Iterator[Asked]:
    """Points of which it is still to be said whose they are; only an answer waits for that."""
    edition = edition_of(complaint)
    open_still = {each.id for each in edition.responsibilities if not each.is_settled}
    for number, whose in points(complaint.happenings, stage).items():
        if step is Step.RESPONDED and whose in open_still:
            words = _("Point %(number)s: say whose it is", number=number)
            yield Asked(words, _link("settle", Do.ANSWER, complaint, number=int(number)), edition.cites["responsibility"])


SEND: dict[Step, Callable[[], str]] = {
    Step.ACKNOWLEDGED: lambda: _("See that the acknowledgement goes"),
    Step.RESPONDED: lambda: _("See that the answer goes"),
}
WRITE: dict[Step, tuple[str, Do, Callable[[], str]]] = {
    Step.ACKNOWLEDGED: ("acknowledge", Do.ACKNOWLEDGE, lambda: _("Write the acknowledgement, and send it")),
    Step.RESPONDED: ("answer", Do.ANSWER, lambda: _("Write the answer, and send it")),
}


def _unwritten(complaint: Complaint, step: Step, provision: str) -> Iterator[Asked]:
    endpoint, do, words = WRITE[step]
    href, kind = _link(endpoint, do, complaint), LETTER_OF[step]
    yield Asked(words(), href, provision)
    draft = complaint.draft(kind, complaint.stage_for(kind))
    if draft is not None:
        for one in answering.still_missing(complaint, kind, draft.written):
            yield Asked(missing_words(one), f"{href}#{field_id(one)}" if href else "", one.provision)


def missing_words(one: Missing) -> str:
    """One thing a letter lacks, with the point it is about."""
    if one.point is None:
        return _(one.label)
    return _("Point %(number)s: %(what)s", number=one.point, what=_(one.label))


def field_id(one: Missing) -> str:
    """The box on the page in which a missing thing is written."""
    if one.action is not None:
        return f"a{one.action + 1}-{one.field}"
    if one.field == "points":
        return "p1-text"
    if one.point is not None:
        return f"p{one.point}-{'kind1' if one.field == 'remedies' else one.field}"
    return str(one.field)


def _promises(complaint: Complaint) -> Iterator[Asked]:
    still = open_actions(complaint.happenings)
    provision = edition_of(complaint).cites["action"]
    for action in sorted(complaint.actions, key=lambda each: each.due_on):
        if action.id in still:
            href = _link("action", Do.KEEP_ACTIONS, complaint, action_id=action.id)
            words = _("%(what)s, by %(day)s", what=action.what, day=i18n.short_day(action.due_on))
            yield Asked(words, href, provision)


def _payments(complaint: Complaint) -> Iterator[Asked]:
    """The money that was offered and is not paid."""
    alike = Counter((one.pence, one.offered_on) for one in complaint.unpaid)
    for remedy in complaint.unpaid:
        said = {"money": i18n.money(remedy.pence or 0), "day": i18n.short_day(remedy.offered_on)}
        words = _("Pay %(money)s, offered on %(day)s", **said)
        if remedy.point_number and alike[remedy.pence, remedy.offered_on] > 1:
            words = _("Pay %(money)s for point %(number)s, offered on %(day)s", number=remedy.point_number, **said)
        yield Asked(words, _link("paid", Do.KEEP_ACTIONS, complaint, remedy_id=remedy.id), edition_of(complaint).cites["action"])


def _here(complaint: Complaint) -> Iterator[Asked]:
    edition, past = edition_of(complaint), complaint.happenings
    stage = edition.stage(complaint.stage)
    if first(past, Step.TRIAGED):
        yield Asked(_("Complexity, vulnerability and risk weighed"), "", edition.cites["triage"])
    if stage.number > 1 and complaint.handler_id:
        yield Asked(_("With somebody who did not consider it before"), "", edition.cites["different person"])
    acknowledged = issued_on(past, Step.ACKNOWLEDGED, stage.number)
    if acknowledged and stage.acknowledge:
        yield Asked(_("Acknowledged %(day)s", day=i18n.short_day(acknowledged)), "", stage.acknowledge.provision)
    answered = issued_on(past, Step.RESPONDED, stage.number)
    if answered:
        yield Asked(_("Answered %(day)s", day=i18n.short_day(answered)), "", stage.respond.provision)


def doors(complaint: Complaint) -> list[Asked]:
    """What this viewer may do to the complaint now, what is owed first; a refused button is never drawn."""
    begun = {kind: is_begun(complaint, kind) for kind in ("acknowledgement", "response", "extension", "late", "update", BOTH, "revised", "clarification", "interim", "correction")}
    offered = [
        (Step.ACKNOWLEDGED, "acknowledge", Do.ACKNOWLEDGE,
         _("Go on with the acknowledgement") if begun["acknowledgement"] else _("Acknowledge")),
        (Step.ACKNOWLEDGED, "acknowledge_and_answer", Do.ACKNOWLEDGE_AND_ANSWER,
         _("Go on with both in one letter") if begun[BOTH] else _("Acknowledge and answer in one letter")),
        (Step.RESPONDED, "answer", Do.ANSWER,
         _("Go on with the answer") if begun["response"] else _("Answer point by point")),
        (Step.BREACH_ANSWERED, "breach", Do.ANSWER_BREACH, _("Deal with the breach")),
        (Step.COMPLETED, "complete", Do.RECORD_OUTSIDE, _("Send what a letter left out")),
        (Step.PART_ANSWERED, "answer_part", Do.ANSWER,
         _("Go on with the part answer") if begun["interim"] else _("Answer some points now")),
        (Step.ANSWER_CORRECTED, "correct", Do.CORRECT_ANSWER,
         _("Go on with the correction") if begun["correction"] else _("Correct the answer")),
        (Step.DEFINITION_REVISED, "revise", Do.ANSWER,
         _("Go on changing the points") if begun["revised"] else _("Change the points")),
        (Step.CLARIFICATION_ASKED, "ask", Do.ASK,
         _("Go on with the question") if begun["clarification"] else _("Ask what is meant")),
        (Step.LATE_TOLD, "tell_late", Do.SEND_NEWS, _("Go on with the late notice") if begun["late"] else _("Tell them we are late")),
        (Step.UPDATED, "send_news", Do.SEND_NEWS, _("Go on with the update") if begun["update"] else _("Send an update")),
        (Step.EXTENDED, "extend", Do.EXTEND, _("Go on with taking more time") if begun["extension"] else _("Take more time")),
        (Step.ASSIGNED, "assign", Do.ASSIGN, _("Give it to somebody")),
        (Step.TRIAGED, "triage", Do.TRIAGE, _("Weigh it")),
        (Step.PERSON_MATCHED, "match", Do.MATCH_PERSON, _("Match the person")),
        (Step.DIRECTED, "accept", Do.ACCEPT, _("Accept it after all")),
        (Step.REFUSED, "refuse", Do.REFUSE, _("Refuse it")),
    ]  # fmt: skip
    allowed = allowed_steps(complaint, g.viewer, among=[step for step, *_rest in offered])
    found = [Asked(words, _link(endpoint, do, complaint), "") for step, endpoint, do, words in offered if _is_open(complaint, step, allowed)]
    return [door for door in (*_approvals(complaint), *_to_post(complaint), *found) if door.href]


def is_begun(complaint: Complaint, kind: str) -> bool:
    """Whether something of a letter was saved and not sent."""
    draft = complaint.draft(kind, complaint.stage_for(kind))
    return draft is not None and bool(draft.written)


def _to_post(complaint: Complaint) -> Iterator[Asked]:
    """The way to the letters that wait for a stamp, where one of them is this complaint's."""
    waits = any(issue.channel == "post" and issue.state == "waiting" for letter in complaint.letters for issue in letter.issues)
    if waits and access.may(g.viewer, Do.POST_LETTERS, complaint):
        yield Asked(_("Print and post the letter"), url_for("staff.letters_to_post"), "")


def _is_open(complaint: Complaint, step: Step, allowed: frozenset[Step]) -> bool:
    """Writing an answer may begin before triage; sending it may not."""
    past, stage = complaint.happenings, complaint.stage_for("response")
    if step is Step.RESPONDED:
        return not set_aside(past) and bool(points(past, stage)) and first(past, Step.RESPONDED, stage) is None
    if step is Step.COMPLETED:
        return bool(lacking(past, edition_of(complaint)))
    if step is Step.PART_ANSWERED and len(points(past, stage)) < 2:
        return False
    if step is Step.PERSON_MATCHED and complaint.resident.is_matched:
        return False
    if step is Step.TRIAGED and first(past, Step.TRIAGED):
        return False
    return step in allowed


def may_send(complaint: Complaint, step: Step) -> bool:
    """Whether this viewer could take the step now, as far as order goes."""
    return bool(allowed_steps(complaint, g.viewer, among=[step]))


def first_steps(complaint: Complaint) -> list[Asked]:
    """What stands before a letter that may not be sent yet: only what the Code puts first."""
    triage = edition_of(complaint).cites["triage"]
    return [one for one in _people(complaint) if one.provision == triage]


def unanswered_since(complaint: Complaint) -> date | None:
    """The day on which the answer of the stage before was due, where that was never given: the delay is a point (ruling 37)."""
    before = complaint.stage - 1
    if before < 1 or first(complaint.happenings, Step.RESPONDED, before):
        return None
    return next((one.due_on for one in deadlines_of(complaint) if one.step is Step.RESPONDED and one.stage == before), None)
