"""How the demo shows each ruling: what is asked of its register, by the ruling's number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import select

from portal import clock
from portal.complaints.disclosing import known
from portal.complaints.models import Complaint
from portal.complaints.outside import to_complete
from portal.complaints.papers import DangerAlert, Letter
from portal.complaints.people import Staff
from portal.complaints.recording import deadlines_of
from portal.db import Register
from portal.letters.structure import as_text
from portal.rules.deadlines import Deadline
from portal.rules.endings import breaks, withdrawn_points
from portal.rules.people import deciders
from portal.rules.reading import is_held, open_actions
from portal.rules.steps import Happening, Step
from portal.rules.usable import open_letters


@dataclass
class Demo:
    """The demo's register, asked in the words of the rulings."""

    register: Register

    @cached_property
    def complaints(self) -> list[Complaint]:
        """All of them."""
        return list(self.register.scalars(select(Complaint).order_by(Complaint.id)))

    @cached_property
    def letters(self) -> list[Letter]:
        """All that were written."""
        return [letter for complaint in self.complaints for letter in complaint.letters]

    @cached_property
    def happened(self) -> list[Happening]:
        """All that happened to any of them."""
        return [one for complaint in self.complaints for one in complaint.recorded]

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """Every deadline of all of them."""
        return [one for complaint in self.complaints for one in deadlines_of(complaint)]

    def any(self, true_of: Callable[[Complaint], object]) -> bool:
        """Whether it is true of some complaint."""
        return any(true_of(each) for each in self.complaints)

    def steps(self, step: Step, **details: Any) -> list[Happening]:
        """Each time a step was taken with these details."""
        return [one for one in self.happened if one.step is step and all(one.details.get(name) == value for name, value in details.items())]

    def of(self, name: str, step: Step) -> set[Any]:
        """All that this detail was, each time the step was taken."""
        found = (one.details.get(name) for one in self.steps(step))
        return {tuple(value) if isinstance(value, list) else value for value in found}

    def has(self, *steps: Step) -> bool:
        """Whether each of these steps was taken somewhere."""
        return all(self.steps(step) for step in steps)

    def wrote(self, *kinds: str) -> bool:
        """Whether a letter of each of these kinds was written."""
        return set(kinds) <= {letter.kind for letter in self.letters}

    def dispositions(self) -> set[str]:
        """What was found on any point."""
        return {answer.disposition for complaint in self.complaints for answer in complaint.answers}

    def responsibilities(self) -> set[str]:
        """Whose any point was said to be."""
        return {point.responsibility for complaint in self.complaints for definition in complaint.definitions for point in definition.points}

    def sorted_out(self) -> bool:
        """Whether some point has its service and kind, and some outcome is for some points alone."""
        every = [definition for complaint in self.complaints for definition in complaint.definitions]
        kinds = any(point.service_id and point.category for definition in every for point in definition.points)
        return kinds and any(outcome.points for definition in every for outcome in definition.outcomes)

    def logged_by_a_colleague(self) -> bool:
        """Whether somebody without a queue took one down."""
        roles = {staff.id: staff.roles for staff in self.register.scalars(select(Staff))}
        return self.any(lambda each: "colleague" in roles.get(each.logged_by_id or 0, ()))

    def issues(self) -> set[tuple[str, str]]:
        """How each letter went: its way, and what came of it."""
        return {(issue.channel, issue.state) for letter in self.letters for issue in letter.issues}

    def persons(self) -> Iterator[list[Complaint]]:
        """The complaints of each person."""
        theirs: dict[int, list[Complaint]] = {}
        for complaint in self.complaints:
            theirs.setdefault(complaint.resident.person_id, []).append(complaint)
        return iter(theirs.values())

    def one_home(self) -> bool:
        """Two people of one home, each with a complaint, a code, and no part in the other's."""
        homes: dict[str, set[tuple[int, str | None]]] = {}
        for complaint in self.complaints:
            party = complaint.resident
            homes.setdefault(party.home_as_given, set()).add((party.person_id, party.code_lookup))
        return any(len({person for person, _ in each}) > 1 and len({code for _, code in each}) > 1 for each in homes.values())


def _first(complaint: Complaint, step: Step) -> Happening | None:
    return next((one for one in complaint.happenings if one.step is step), None)


def _weighed_after(complaint: Complaint) -> bool:
    acknowledged, weighed = _first(complaint, Step.ACKNOWLEDGED), _first(complaint, Step.TRIAGED)
    return bool(acknowledged and weighed and weighed.on > acknowledged.on)


def _asked_long_after(complaint: Complaint) -> bool:
    asked, answered = _first(complaint, Step.ESCALATED), _first(complaint, Step.RESPONDED)
    return bool(asked and answered and asked.on - answered.on > timedelta(150))


def _asked_when_overdue(complaint: Complaint) -> bool:
    asked, answered = _first(complaint, Step.ESCALATED), _first(complaint, Step.RESPONDED)
    return bool(asked and not answered and not asked.details["early"])


def _kept_out_of_stage_2(complaint: Complaint) -> bool:
    refused, second = {one.number for one in complaint.refused_points}, complaint.definition(2)
    return bool(refused and second and not refused & {point.number for point in second.points})


def _alone(demo: Demo) -> bool:
    alone = demo.register.scalars(select(DangerAlert).where(DangerAlert.complaint_id.is_(None))).all()
    return {bool(each.handed_over_at) for each in alone} == {True, False}


def _left(demo: Demo) -> bool:
    gone = demo.register.scalars(select(Staff).where(Staff.disabled_at.is_not(None))).all()
    return any(complaint.is_on(staff.id) for complaint in demo.complaints for staff in gone)


def _counts_from_the_usable_one(complaint: Complaint) -> bool:
    again = [one.on for one in complaint.happenings if one.step is Step.ISSUED and one.details["kind"] == "acknowledgement" and one.details.get("again")]
    owed = {one.step: one for one in deadlines_of(complaint)}
    first, answer = owed.get(Step.ACKNOWLEDGED), owed.get(Step.RESPONDED)
    return bool(again and first and answer and first.met_on == again[0] and answer.code_due and answer.told == answer.due_on < answer.code_due)


Shows = Callable[[Demo], object]

SHOWN: dict[int, tuple[str, Shows]] = {
    1: ("one person with two complaints", lambda demo: any(len(each) > 1 for each in demo.persons())),
    2: ("somebody unmatched, whose clock runs", lambda demo: demo.any(lambda each: not each.resident.is_matched and each.next_due)),
    3: ("joint tenants who complain apart, and several homes of one cause", lambda demo: demo.one_home() and any(demo.of("cause", Step.RECEIVED))),
    4: ("somebody who died, whose complaint goes on, with somebody for the estate", lambda demo: demo.has(Step.ESTATE_NAMED, Step.DEATH_UNDONE) and demo.any(
        lambda each: each.resident.person.died_on and each.next_due)),
    5: ("representatives proven, waiting and declined", lambda demo: {"claimed", "shown", "declined"} <= demo.of("authority", Step.REPRESENTED)),
    6: ("authority ended in one press, and an attorney’s paused until a manager decided", lambda demo: demo.of("paused", Step.AUTHORITY_ENDED) == {True, False} and demo.of(
        "given_back", Step.AUTHORITY_DECIDED) == {True, False}),
    7: ("somebody whose authority is read on each request", lambda demo: demo.any(lambda each: any(party.authority == "shown" for party in each.parties))),
    8: ("a disability disclosed, and carried with consent", lambda demo: demo.any(lambda each: any(one.carried for one in known(each)))),
    9: ("a statement that few may read", lambda demo: demo.steps(Step.NOTED, restricted=True) and demo.steps(Step.NOTED, restricted=False)),
    10: ("somebody who has it, told to a person who is matched; a name kept back, and given again", lambda demo: demo.of("role_only", Step.NAMING) == {True, False} and demo.any(lambda each: each.handler_id and each.resident.is_matched)),
    11: ("one that a colleague took down", lambda demo: demo.logged_by_a_colleague()),
    12: ("days that are not the day of writing down", lambda demo: demo.any(lambda each: each.first_expressed_on and each.received_on < clock.day_of(each.recorded[0].at))),
    13: ("a day of receipt put earlier, put later, and kept", lambda demo: demo.has(Step.RECEIPT_KEPT) and {"manager later", "earlier"} <= {
        "manager later" if one.details["to"] > one.details["was"] and one.details["by_manager"] else "earlier"
        for one in demo.steps(Step.RECEIPT_CORRECTED) if not {"joined", "unjoined"} & set(one.details)}),
    14: ("letters that went by each way, and one that came back", lambda demo: {("email", "issued"), ("post", "issued"), ("page", "issued"), ("email", "failed")} <= demo.issues()),
    15: ("danger told, and handed over", lambda demo: demo.has(Step.DANGER_TOLD, Step.DANGER_HANDED_OVER)),
    16: ("a receipt posted to somebody who phoned, and post that waits", lambda demo: demo.any(
        lambda each: each.channel == "phone" and ("post", "issued") in {(one.channel, one.state) for one in each.letters[0].issues}) and ("post", "waiting") in demo.issues()),
    17: ("contacts both ways, one confirmed in writing, and stage 2 by phone", lambda demo: demo.wrote("agreed") and any(
        one.details.get("contact") for one in demo.steps(Step.ESCALATED)) and {(True, "call"), (False, "visit")} <= {
        (one.incoming, one.kind) for each in demo.complaints for one in each.contacts}),
    18: ("a letter outside, and its completing letter", lambda demo: demo.steps(Step.RESPONDED, outside=True) and demo.wrote("completing")),
    19: ("a bank holiday that moved a date", lambda demo: demo.wrote("date_moved") and any(one.details.get("holidays") for one in demo.steps(Step.DATES_RECOUNTED))),
    20: ("points of every responsibility, with their service and kind; outcomes for some points, and outcomes not known", lambda demo: demo.sorted_out() and {
        "ours", "not_ours", "shared", "to_be_confirmed"} <= demo.responsibilities() and demo.steps(Step.ACKNOWLEDGED, outcomes="not_known")),
    21: ("“that is not what I meant”, with both replies, and a question", lambda demo: demo.has(Step.MEANING_ANSWERED, Step.CLARIFICATION_ASKED) and any(
        one.details.get("query") for one in demo.steps(Step.DEFINITION_REVISED))),
    22: ("every finding, and a point withdrawn", lambda demo: {"upheld", "partly_upheld", "not_upheld", "not_ours", "not_accepted"} <= demo.dispositions() and demo.any(
        lambda each: withdrawn_points(each.happenings))),
    23: ("offers taken, left and paid; promises re-dated, missed, done, and said not to be done", lambda demo: demo.has(
        Step.REMEDY_ACCEPTED, Step.REMEDY_DECLINED, Step.REMEDY_PAID, Step.ACTION_DONE, Step.ACTION_REDATED, Step.ACTION_DISPUTED, Step.ACTION_GIVEN) and demo.any(
        lambda each: any(one.due_on < clock.today() for one in each.actions if one.id in open_actions(each.happenings)))),
    24: ("new issues: a point, and complaints of their own", lambda demo: {"related", "unrelated", "answered"} <= demo.of("ground", Step.ISSUE_DECIDED)),
    25: ("a point refused, and a whole on each ground", lambda demo: any(one.details.get("refused") for one in demo.steps(Step.ACKNOWLEDGED)) and {
        "over_12_months", "legal_proceedings", "already_considered"} <= demo.of("ground", Step.REFUSED)),
    26: ("acknowledged and answered in one letter", lambda demo: demo.wrote("acknowledgement and answer")),
    27: ("an interim answer, a correction, and more offered", lambda demo: demo.wrote("interim", "correction", "offer")),
    28: ("a letter to the wrong person, its breach seen to; wrong words put right", lambda demo: demo.has(Step.VOIDED, Step.BREACH_ANSWERED) and demo.wrote("revised")),
    29: ("weighed after the acknowledgement", lambda demo: demo.any(_weighed_after)),
    30: ("acknowledged late", lambda demo: any(one.step is Step.ACKNOWLEDGED and one.met_on and one.met_on > one.due_on for one in demo.deadlines)),
    31: ("more time within the cap, and again for a good reason", lambda demo: {False, True} <= demo.of("good_reason", Step.EXTENDED)),
    32: ("an interval that was not agreed, the late notice, and news", lambda demo: demo.has(Step.UPDATED, Step.LATE_TOLD) and any(
        letter.kind == "extension" and "had no reply" in as_text(letter.body) for letter in demo.letters)),
    33: ("stage 1 under the Code of 2022", lambda demo: demo.any(lambda each: each.edition == "housing-ombudsman-2022" and each.stage == 2)),
    34: ("several at a stage and on a panel, one who stood back, conflicts decided both ways", lambda demo: demo.has(Step.RECUSED, Step.PANEL_HELD) and demo.of("barred", Step.CONFLICT_DECIDED) == {
        True, False} and {"decider", "member", "approver", "contributor"} <= demo.of("part", Step.ASSIGNED) and demo.any(
        lambda each: len(deciders(each.happenings, 2)) > 1)),
    35: ("stage 2 acknowledged with nothing said", lambda demo: any(one.stage == 2 for one in demo.steps(Step.ACKNOWLEDGED))),
    36: ("stage 2 asked long after the answer", lambda demo: demo.any(_asked_long_after)),
    37: ("stage 2 asked early and held, let go, and asked when overdue", lambda demo: demo.has(Step.HOLD_RELEASED) and demo.any(_asked_when_overdue) and demo.any(
        lambda each: is_held(each.happenings, 2))),
    38: ("somebody who left, and whoever has it now told", lambda demo: _left(demo) and demo.wrote("handler_changed")),
    39: ("each ending that is no answer, and its way back", lambda demo: demo.has(
        Step.WITHDRAWN, Step.JOINED, Step.UNJOINED, Step.MADE_REQUEST, Step.VOICED, Step.SPAM, Step.NOT_SPAM, Step.REFUSED)),
    40: ("withdrawn and resumed, soon and late", lambda demo: demo.has(Step.RESUMED) and demo.any(
        lambda each: any(one.resumed_on - one.withdrawn_on > timedelta(15) for one in breaks(each.happenings)))),
    41: ("the Ombudsman’s direction, with and without a day, and of a point; and one that it asked about", lambda demo: demo.has(Step.OMBUDSMAN_HAS) and "directed" in demo.of("ground", Step.ISSUE_DECIDED) and {True, False} == {bool(one.details.get("ordered")) for one in demo.steps(Step.DIRECTED)}),
    42: ("an access code given anew", lambda demo: demo.has(Step.CODE_GIVEN)),
    43: ("an acknowledgement that says we are late already", lambda demo: any(
        letter.kind == "acknowledgement" and "We are already late" in as_text(letter.body) for letter in demo.letters)),
    44: ("a date that was put back and is the one used", lambda demo: any(one.extended for one in demo.deadlines)),
    45: ("an outside answer with its missing parts owed", lambda demo: demo.any(lambda each: each.answered_on and to_complete(each))),
    46: ("a request that was kept, and began with the answer", lambda demo: demo.any(
        lambda each: each.stage == 2 and any(one.details.get("early") for one in each.happenings if one.step is Step.ESCALATED))),
    47: ("resumed within ten working days, by the old dates", lambda demo: demo.any(
        lambda each: any(one.resumed_on - one.withdrawn_on < timedelta(10) for one in breaks(each.happenings)))),
    48: ("a refusal that the landlord undid, of a whole and of a point", lambda demo: "undone" in demo.of("ground", Step.ISSUE_DECIDED) and demo.has(Step.REFUSAL_UNDONE) and demo.wrote("refusal_undone")),
    49: ("a new issue that would delay the answer, and one answer asked for instead", lambda demo: "would delay" in demo.of("ground", Step.ISSUE_DECIDED) and demo.steps(
        Step.ISSUE_RAISED, together=True)),
    50: ("danger told without a complaint, one of them reached", _alone),
    51: ("an acknowledgement of no use to its reader, sent again in another form, the answer counted from that one; and one still to be sent", lambda demo: any(
        _counts_from_the_usable_one(each) for each in demo.complaints) and demo.any(lambda each: open_letters(each.happenings))),
    52: ("a date that was told, and stays where the calendar would move it", lambda demo: any(
        one.told == one.due_on and one.met_on is None and one.code_due and one.code_due > one.due_on for one in demo.deadlines)),
    53: ("the way back from a first request, a reviewer from outside, a refused point kept out of stage 2", lambda demo: demo.has(
        Step.VOICED, Step.OUTSIDE_NAMED) and demo.any(_kept_out_of_stage_2)),
    54: ("somebody reached on this website alone; a late notice", lambda demo: ("page", "issued") in demo.issues() and demo.wrote("late")),
}  # fmt: skip
