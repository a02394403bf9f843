"""Where the work on a complaint is done: the doors this viewer may open now, and the one that what is owed next calls for."""

from collections.abc import Iterator, Sequence

from flask import g, url_for

from portal import access
from portal.access import Do
from portal.complaints.models import Complaint
from portal.complaints.recording import allowed_steps, deadlines_of, edition_of
from portal.complaints.usable import on_its_way, said_unusable
from portal.i18n import gettext as _
from portal.rules.completing import lacking
from portal.rules.endings import set_aside
from portal.rules.history import open_actions
from portal.rules.reading import BOTH, first, points
from portal.rules.steps import Step
from portal.staff.asks import Asked, approvals, link

CALLED_FOR: dict[str, tuple[tuple[str, Do], ...]] = {
    Step.ACKNOWLEDGED: (("acknowledge", Do.ACKNOWLEDGE), ("acknowledge_and_answer", Do.ACKNOWLEDGE_AND_ANSWER)),
    Step.RESPONDED: (("answer", Do.ANSWER),), Step.LATE_TOLD: (("tell_late", Do.SEND_NEWS),), Step.UPDATED: (("send_news", Do.SEND_NEWS),),
    Step.COMPLETED: (("complete", Do.RECORD_OUTSIDE),), Step.BREACH_ANSWERED: (("breach", Do.ANSWER_BREACH),),
    Step.DATA_SENT: (("data_sent", Do.SEND_DATA),),
}  # fmt: skip
"""The doors behind which each step is taken that can be owed."""


def doors(complaint: Complaint) -> list[Asked]:
    """What this viewer may do to the complaint now; a refused button is never drawn."""
    begun = {kind: is_begun(complaint, kind) for kind in ("acknowledgement", "response", "extension", "late", "update", BOTH, "revised", "clarification", "interim", "correction")}
    offered = [
        (Step.ACKNOWLEDGED, "acknowledge", Do.ACKNOWLEDGE,
         _("Go on with the acknowledgement") if begun["acknowledgement"] else _("Acknowledge")),
        (Step.ACKNOWLEDGED, "acknowledge_and_answer", Do.ACKNOWLEDGE_AND_ANSWER,
         _("Go on with both in one letter") if begun[BOTH] else _("Acknowledge and answer in one letter")),
        (Step.RESPONDED, "answer", Do.ANSWER,
         _("Go on with the answer") if begun["response"] else _("Answer point by point")),
        (Step.BREACH_ANSWERED, "breach", Do.ANSWER_BREACH, _("Deal with the breach")),
        (Step.DATA_SENT, "data_sent", Do.SEND_DATA, _("Send everything that we hold")),
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
    found = [Asked(words, link(endpoint, do, complaint), "") for step, endpoint, do, words in offered if _is_open(complaint, step, allowed)]
    return [door for door in (*approvals(complaint), *_to_post(complaint), *_unusable(complaint), *_promised(complaint), *_to_pay(complaint), *found) if door.href]


def in_order(complaint: Complaint, missing: Sequence[Asked]) -> tuple[list[Asked], str]:
    """The doors, the one that what is owed next calls for before the others, and where that one leads; "" where none is called for.

    Where this viewer cannot do what is owed, it is the first of what is still missing that they can.
    """
    found = doors(complaint)
    waiting = [door.href for door in (*approvals(complaint), *_to_post(complaint), *_unusable(complaint), *_promised(complaint), *_to_pay(complaint))]
    owed = [link(endpoint, do, complaint) for endpoint, do in CALLED_FOR.get(complaint.next_step or "", ())]
    wanted = [*waiting, *owed, *(one.href for one in missing)] if complaint.next_step else []
    leading = next((href for href in wanted if href and href in {door.href for door in found}), "")
    return sorted(found, key=lambda door: door.href != leading), leading


def is_begun(complaint: Complaint, kind: str) -> bool:
    """Whether something of a letter was saved and not sent."""
    draft = complaint.draft(kind, complaint.stage_for(kind))
    return draft is not None and bool(draft.written)


def _promised(complaint: Complaint) -> Iterator[Asked]:
    """Where the soonest thing promised is kept, while that is what is owed next."""
    still = open_actions(complaint.happenings)
    soonest = min((one for one in complaint.actions if one.id in still), key=lambda one: one.due_on, default=None)
    if soonest and complaint.next_step == Step.ACTION_PROMISED:
        yield Asked(_("Say it is done, or change it"), link("action", Do.KEEP_ACTIONS, complaint, action_id=soonest.id), "")


def _unusable(complaint: Complaint) -> Iterator[Asked]:
    """Where the newest letter that they cannot use goes again, while nothing of it is on its way (ruling 51)."""
    waits = [letter for letter in complaint.letters if said_unusable(complaint, letter) and not on_its_way(letter)]
    for letter in waits[-1:]:
        yield Asked(_("Send it again in another form"), link("send_again", Do.SEND_AGAIN, complaint, number=letter.number), "")


def _to_pay(complaint: Complaint) -> Iterator[Asked]:
    """Where the soonest money that they accepted is said to be paid, while that is what is owed next."""
    owed = [one for one in deadlines_of(complaint) if one.step is Step.REMEDY_PAID and one.met_on is None]
    soonest = min(owed, key=lambda one: one.due_on, default=None)
    if soonest and complaint.next_step == Step.REMEDY_PAID:
        yield Asked(_("Say it is paid"), link("paid", Do.KEEP_ACTIONS, complaint, remedy_id=soonest.action), "")


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
