"""What the Code still asks at the stage a complaint is at, what is here already, and where each is done."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import g, url_for

from portal import access, i18n
from portal.access import Do
from portal.complaints import answering, approving, news
from portal.complaints.models import Complaint
from portal.complaints.recording import deadlines_of, edition_of
from portal.complaints.saying import disputes_of
from portal.complaints.usable import made_by, may_not_be_posted, on_its_way, said_unusable
from portal.i18n import gettext as _
from portal.rules.calls import call_waits
from portal.rules.endings import refusal, set_aside
from portal.rules.history import open_actions
from portal.rules.letters import Missing
from portal.rules.reading import KINDS, LETTER_OF, first, issued_on, open_issues, open_queries, points
from portal.rules.steps import Step
from portal.rules.voice import open_messages
from portal.staff import record_asks, wording
from portal.staff.standing import may_send, who_asked


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing the Code asks at this stage: in words, where it is done, and the provision ("" where it is ours)."""

    words: str
    href: str
    provision: str


def asked(complaint: Complaint) -> tuple[list[Asked], list[Asked]]:
    """What the Code asks at this stage: what is still missing, and what is here."""
    waited_for = [] if set_aside(complaint.happenings) else [*_people(complaint), *_queried(complaint), *_unusable(complaint), *_to_approve(complaint), *_news(complaint), *_letters(complaint)]
    missing = [*_dangers(complaint), *_calls(complaint), *_written(complaint), *(Asked(*one) for one in record_asks.asks(complaint, link)), *waited_for, *_promises(complaint), *_payments(complaint)]
    return missing, list(_here(complaint))


def link(endpoint: str, do: Do, complaint: Complaint, **where: Any) -> str:
    """Where something is done; nothing for a viewer who may not do it."""
    if not access.may(g.viewer, do, complaint):
        return ""
    return url_for(f"staff.{endpoint}", complaint=complaint, **where)


def _dangers(complaint: Complaint) -> Iterator[Asked]:
    for alert in complaint.alerts:
        if alert.handed_over_at is None:
            href = link("danger", Do.HAND_OVER_DANGER, complaint, alert_id=alert.id)
            yield Asked(_("Say who has the danger they told us of"), href, "")


def _calls(complaint: Complaint) -> Iterator[Asked]:
    """The call they asked for when they complained, before what the complaint is; and those to show that it is them."""
    if (by := call_waits(complaint.happenings)) and not set_aside(complaint.happenings):
        yield Asked(_("Ring them, by %(day)s: they asked us to", day=i18n.short_day(by)), link("contacts", Do.RECORD_CONTACT, complaint), "")
    for one in deadlines_of(complaint):
        if one.step is Step.CALL_ASKED and not one.met_on and not one.overtaken:
            who = who_asked(complaint, one.action)
            words = _("Ring %(name)s by %(day)s, and make sure that it is them", name=who.name, day=i18n.short_day(one.due_on))
            yield Asked(words, link("check_person", Do.CHECK_PERSON, complaint, **({} if who is complaint.addressee else {"of": who.id})), "")


def _people(complaint: Complaint) -> Iterator[Asked]:
    edition, past = edition_of(complaint), complaint.happenings
    if not complaint.resident.is_matched:
        yield Asked(_("Match the person to our records"), link("match", Do.MATCH_PERSON, complaint), "")
    if edition.triage_factors and first(past, Step.TRIAGED) is None and not complaint.answered_on and not refusal(past):
        yield Asked(_("Weigh complexity, vulnerability and risk"), link("triage", Do.TRIAGE, complaint), edition.cites["triage"])
    has_left = complaint.handler is not None and complaint.handler.disabled_at is not None
    if (complaint.handler_id is None or has_left) and not complaint.answered_on and may_send(complaint, Step.ASSIGNED):
        words = _("Give it to somebody to answer") if complaint.stage == 1 else _("Give it to somebody new to answer")
        if has_left and complaint.handler:
            words = _("%(name)s has left: give it to somebody else", name=complaint.handler.name)
        provision = edition.cites["different person"] if complaint.stage > 1 else ""
        yield Asked(words, link("assign", Do.ASSIGN, complaint), provision)


def _written(complaint: Complaint) -> Iterator[Asked]:
    """What they wrote that nobody has replied to; the answer does not wait for it."""
    if open_messages(complaint.happenings):
        yield Asked(_("They wrote to us: read it, and reply"), link("messages", Do.REPLY, complaint), "")
    for dispute in disputes_of(complaint):
        if dispute.is_open:
            href = link("action", Do.KEEP_ACTIONS, complaint, action_id=dispute.action.id)
            yield Asked(_("They say this is not done: %(what)s", what=dispute.action.what), href, edition_of(complaint).cites["action"])
    for number in sorted(open_issues(complaint.happenings)):
        words, href = _("Decide where the new issue is answered"), link("issue", Do.DECIDE_ISSUE, complaint, number=number)
        yield Asked(words, href, edition_of(complaint).cites["new issue"])


def _queried(complaint: Complaint) -> Iterator[Asked]:
    """What the resident says we misunderstood; the answer waits for a reply (ruling 21)."""
    for number in sorted(open_queries(complaint.happenings, complaint.stage_for("response"))):
        words, href = _("They say we misunderstood: reply"), link("meaning", Do.ANSWER, complaint, number=number)
        yield Asked(words, href, edition_of(complaint).cites["definition"])


def _unusable(complaint: Complaint) -> Iterator[Asked]:
    """The letters that went in a form they cannot use, until another form has gone (5.10, ruling 51)."""
    for letter in complaint.letters:
        name = wording.letter_name(letter.kind, letter.stage)
        waiting = {issue.form for issue in on_its_way(letter)}
        letters = f"{url_for('staff.case', complaint=complaint)}#letters"
        if "other_format" in waiting and letter.number not in complaint.voided_letters:
            by = i18n.short_day(made_by(complaint, letter))
            yield Asked(_("Have it made in the form that they asked for by %(day)s, and see that it goes: %(letter)s", letter=name, day=by), letters, "5.10")
        elif said_unusable(complaint, letter) and waiting:
            yield Asked(_("See that it goes: %(letter)s", letter=name), letters, "5.10")
        elif said_unusable(complaint, letter):
            said = {"letter": name, "day": i18n.short_day(made_by(complaint, letter))}
            words = _("Send it again, in a form they can use, by %(day)s: %(letter)s", **said)
            if may_not_be_posted(complaint, letter):
                words = _("What they asked for would have to be posted, and post is not safe for them. Ask them what else they can use, or go through it with them, by %(day)s: %(letter)s", **said)
            yield Asked(words, link("send_again", Do.SEND_AGAIN, complaint, number=letter.number), "5.10")


def _letters(complaint: Complaint) -> Iterator[Asked]:
    past, edition = complaint.happenings, edition_of(complaint)
    again = {letter.kind for letter in complaint.letters if said_unusable(complaint, letter)}
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
            if again & set(KINDS[step]):
                continue
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


def approvals(complaint: Complaint) -> list[Asked]:
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
        yield Asked(words, link("tell_late", Do.SEND_NEWS, complaint), notice.provision)
    for one in deadlines_of(complaint):
        if one.step is Step.UPDATED and one.met_on is None and not one.overtaken and "update" not in written:
            words = _("Send an update, by %(day)s", day=i18n.short_day(one.due_on))
            yield Asked(words, link("send_news", Do.SEND_NEWS, complaint), one.provision)


def _unsettled(complaint: Complaint, step: Step, stage: int) -> Iterator[Asked]:
    """Points of which it is still to be said whose they are; only an answer waits for that."""
    edition = edition_of(complaint)
    open_still = {each.id for each in edition.responsibilities if not each.is_settled}
    for number, whose in points(complaint.happenings, stage).items():
        if step is Step.RESPONDED and whose in open_still:
            words = _("Point %(number)s: say whose it is", number=number)
            yield Asked(words, link("settle", Do.ANSWER, complaint, number=int(number)), edition.cites["responsibility"])


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
    href, kind = link(endpoint, do, complaint), LETTER_OF[step]
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
            href = link("action", Do.KEEP_ACTIONS, complaint, action_id=action.id)
            words = _("%(what)s, by %(day)s", what=action.what, day=i18n.short_day(action.due_on))
            yield Asked(words, href, provision)


def _payments(complaint: Complaint) -> Iterator[Asked]:
    """The money that was offered and is not paid."""
    alike = Counter((one.pence, one.offered_on) for one in complaint.unpaid)
    by = {one.action: one.due_on for one in deadlines_of(complaint) if one.step is Step.REMEDY_PAID}
    for remedy in complaint.unpaid:
        said = {"money": i18n.money(remedy.pence or 0), "day": i18n.short_day(remedy.offered_on)}
        words = _("Pay %(money)s, offered on %(day)s", **said)
        if remedy.point_number and alike[remedy.pence, remedy.offered_on] > 1:
            words = _("Pay %(money)s for point %(number)s, offered on %(day)s", number=remedy.point_number, **said)
        if remedy.id in by:
            words = _("%(owed)s: accepted, to be paid by %(day)s", owed=words, day=i18n.short_day(by[remedy.id]))
        yield Asked(words, link("paid", Do.KEEP_ACTIONS, complaint, remedy_id=remedy.id), edition_of(complaint).cites["action"])


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


def first_steps(complaint: Complaint) -> list[Asked]:
    """What stands before a letter that may not be sent yet: only what the Code puts first."""
    triage = edition_of(complaint).cites["triage"]
    return [one for one in _people(complaint) if one.provision == triage]
