"""What may follow what: one table, each row with its reason and its provision beside it."""

from dataclasses import dataclass

from portal.rules import answers, breaches, considering, contents, order, promised, refusals, voice
from portal.rules.proposal import Condition
from portal.rules.reading import DEFINING, LETTER_OF
from portal.rules.steps import Step
from portal.rules.words import N_


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: the steps it binds, what breaks it, the edition's citation for it, and why, in plain words.

    A row about order can be judged before anything is filled in; one about contents needs the details.
    """

    steps: frozenset[Step]
    breaks: Condition
    cites: str
    reason: str
    about_order: bool = True


def _steps(*steps: Step) -> frozenset[Step]:
    return frozenset(steps)


EVERY = frozenset(Step)
ANSWERING = _steps(Step.RESPONDED, Step.PART_ANSWERED, Step.ANSWER_CORRECTED)
OF_NO_STAGE = _steps(
    Step.ISSUED,
    Step.ACTION_PROMISED,
    Step.ACTION_GIVEN,
    Step.ACTION_REDATED,
    Step.ACTION_DONE,
    Step.RECUSED,
    Step.CONFLICT_DECIDED,
    Step.OUTSIDE_NAMED,
    Step.PERSON_MATCHED,
    Step.DANGER_TOLD,
    Step.DANGER_HANDED_OVER,
    Step.DATES_RECOUNTED,
    Step.RECEIPT_QUERIED,
    Step.RECEIPT_KEPT,
    Step.RECEIPT_CORRECTED,
    Step.VOIDED,
    Step.BREACH_ANSWERED,
    Step.MESSAGED,
    Step.NOTED,
    Step.EVIDENCE_SEEN,
    Step.CONTACTED,
    Step.CODE_GIVEN,
    Step.REPRESENTED,
    Step.COMPLETED,
    Step.ISSUE_RAISED,
    Step.REMEDY_OFFERED,
    Step.REMEDY_PAID,
    Step.REMEDY_ACCEPTED,
    Step.REMEDY_DECLINED,
    Step.ACTION_DISPUTED,
    Step.JOINED,
    Step.UNJOINED,
    Step.MADE_REQUEST,
    Step.VOICED,
    Step.SPAM,
    Step.NOT_SPAM,
)
AT_A_STAGE = EVERY - OF_NO_STAGE
AT_A_BEGUN_STAGE = AT_A_STAGE - _steps(Step.RECEIVED, Step.ESCALATED, Step.HOLD_RELEASED)
UNDOES_AN_ENDING = _steps(Step.RESUMED, Step.DIRECTED, Step.REFUSAL_UNDONE)
AFTER_ANSWER_TOO = _steps(Step.ASSIGNED, Step.ANSWER_CORRECTED, Step.ISSUE_DECIDED) | UNDOES_AN_ENDING
ENDED_BY_ANSWER = AT_A_BEGUN_STAGE - AFTER_ANSWER_TOO
ENDING = _steps(Step.WITHDRAWN, Step.JOINED, Step.MADE_REQUEST, Step.SPAM, Step.REFUSED)

ORDER = (
    Rule(EVERY - _steps(Step.RECEIVED), order.not_received, "record",
         N_("The complaint has to be received before anything else can happen to it.")),
    Rule(_steps(Step.RECEIVED), order.received_twice, "record",
         N_("The complaint has been received already, and the day it was received does not change.")),
    Rule(AT_A_STAGE, order.no_such_stage, "stages",
         N_("There are %(stages)s stages and no more. After the last one comes the Ombudsman.")),
    Rule(_steps(Step.RECEIVED), order.wrong_first_stage, "first stage",
         N_("A complaint does not begin at this stage.")),
    Rule(EVERY, order.in_the_future, "record",
         N_("%(on)s has not come yet, so nothing can have happened on it.")),
    Rule(AT_A_BEGUN_STAGE - _steps(Step.DIRECTED, Step.REFUSAL_UNDONE, Step.ISSUE_DECIDED) | _steps(Step.ESCALATED) | ENDING,
         order.refused_as_a_whole, "refusal rights",
         N_("The complaint was not accepted. That can go to the Ombudsman, or be asked of us again.")),
    Rule(AT_A_BEGUN_STAGE - UNDOES_AN_ENDING - _steps(Step.ISSUE_DECIDED) | _steps(Step.ESCALATED) | ENDING, order.is_set_aside, "record",
         N_("The complaint is set aside: withdrawn, joined with another, handled as a first request, or not a complaint at all.")),
    Rule(_steps(Step.ESCALATED), order.not_the_next_stage, "escalate",
         N_("Stage %(stage)s does not come next.")),
    Rule(_steps(Step.ESCALATED), order.asked_already, "escalate",
         N_("Stage %(stage)s has been asked for already. The first request counts.")),
    Rule(AT_A_BEGUN_STAGE, order.not_begun, "stages",
         N_("Stage %(stage)s has not begun.")),
    Rule(EVERY, order.before_what_it_follows, "record",
         N_("%(on)s is before %(floor)s, the day of what this follows.")),
    Rule(_steps(Step.ACKNOWLEDGED), order.has_no_acknowledgement, "acknowledge",
         N_("There is no acknowledgement at this stage: the answer itself is due.")),
    Rule(_steps(Step.ACKNOWLEDGED), order.acknowledged_already, "acknowledge",
         N_("This stage has been acknowledged already. A change to the points is a new version of them.")),
    Rule(_steps(Step.REFUSED), order.acknowledged_already, "refuse",
         N_("This stage has been acknowledged, so the complaint was accepted and has to be answered.")),
    Rule(_steps(Step.REFUSED), order.directed_already, "refusal rights",
         N_("The Ombudsman has directed us to accept this, so it cannot be refused again.")),
    Rule(_steps(Step.RESPONDED), order.answered_already, "answer",
         N_("This stage has been answered already. A correction is a letter of its own.")),
    Rule(ENDED_BY_ANSWER - _steps(Step.RESPONDED), order.answered_already, "answer",
         N_("This stage has been answered, so this can no longer be done at it.")),
    Rule(AT_A_BEGUN_STAGE, order.left_behind, "escalate",
         N_("The next stage has been acknowledged, so nothing more happens at stage %(stage)s.")),
    Rule(order.AFTER_ACKNOWLEDGEMENT, order.not_acknowledged, "acknowledge",
         N_("The complaint has to be acknowledged first, with our understanding of it.")),
    Rule(_steps(Step.EXTENDED), order.has_no_extension, "extend",
         N_("The answer at this stage cannot be put back.")),
    Rule(_steps(Step.EXTENDED), order.extended_too_late, "extend",
         N_("The answer was due on %(due)s. More time has to be told before the due date has passed.")),
    Rule(_steps(Step.MEANING_ANSWERED), order.nothing_queried, "definition",
         N_("The resident has not said that we misunderstood.")),
    Rule(_steps(Step.BREACH_ANSWERED), breaches.no_breach, "record",
         N_("No letter went astray that nobody has dealt with.")),
    Rule(_steps(Step.RECEIPT_KEPT), order.receipt_not_queried, "record",
         N_("The resident has not said that the day of receipt is wrong.")),
    Rule(_steps(Step.RESPONDED), order.not_triaged, "triage",
         N_("Weigh first how complex it is, how vulnerable the resident is, and how great the risk is.")),
    Rule(_steps(Step.RESPONDED), order.meaning_unanswered, "definition",
         N_("The resident said “that is not what I meant”. That needs a reply before the answer.")),
    Rule(_steps(Step.RESPONDED), order.no_points, "definition",
         N_("There is no point to answer yet.")),
    Rule(_steps(Step.RESPONDED), order.point_unconfirmed, "responsibility",
         N_("It is still to be confirmed whose point %(point)s is.")),
    Rule(ANSWERING | _steps(Step.REFUSED), order.barred, "different person",
         N_("Someone who considered the stage before cannot consider this one. A different person has to.")),
    Rule(ANSWERING | _steps(Step.REFUSED), order.kept_from_it, "independence",
         N_("Someone with a conflict of interest cannot consider this.")),
    Rule(_steps(Step.ISSUED), order.no_letter_to_issue, "record",
         N_("That letter had not been written on that day.")),
    Rule(_steps(Step.ACTION_GIVEN, Step.ACTION_REDATED, Step.ACTION_DONE), order.no_open_action, "action",
         N_("There is no action still to be done.")),
    Rule(_steps(Step.REMEDY_PAID, Step.REMEDY_ACCEPTED, Step.REMEDY_DECLINED), order.nothing_offered, "action",
         N_("Nothing has been offered yet.")),
    Rule(_steps(Step.DANGER_HANDED_OVER), order.no_danger_waiting, "record",
         N_("No danger is waiting to be handed over.")),
    Rule(_steps(Step.ANSWER_CORRECTED), order.not_answered, "answer",
         N_("There is no answer at this stage to correct yet.")),
    Rule(_steps(Step.LATE_TOLD), order.not_late, "extend",
         N_("The answer is not late.")),
    Rule(_steps(Step.UPDATED), order.no_news_promised, "update",
         N_("Nobody has said how often there will be news. That is said when more time is taken, or when it is late.")),
    Rule(_steps(Step.ISSUE_DECIDED), order.no_issue_waiting, "new issue",
         N_("There is no new issue waiting for a decision.")),
    Rule(_steps(Step.HOLD_RELEASED), order.not_held, "escalate",
         N_("No request for the next stage is being kept.")),
    Rule(_steps(Step.RESUMED), order.not_withdrawn, "record",
         N_("Nothing of this was withdrawn.")),
    Rule(_steps(Step.DIRECTED, Step.REFUSAL_UNDONE), order.not_refused, "refusal rights",
         N_("Nothing was refused that could be accepted now.")),
    Rule(_steps(Step.JOINED), order.joined_when_answered, "record",
         N_("It has been answered already, so it cannot be answered together with another.")),
    Rule(_steps(Step.UNJOINED), order.not_joined, "record",
         N_("It is not joined with another complaint.")),
    Rule(_steps(Step.NOT_SPAM), order.not_spam, "record",
         N_("Nobody has said that this is not a complaint.")),
    Rule(_steps(Step.VOICED), order.not_a_request, "first request",
         N_("It is not handled as a first request.")),
    Rule(_steps(Step.MADE_REQUEST, Step.SPAM), order.considered_already, "first request",
         N_("It has been acknowledged, so it is a complaint and has to be answered.")),
)  # fmt: skip

CONTENTS = tuple(
    Rule(*row, about_order=False)
    for row in (
        (_steps(Step.TRIAGED), contents.triage_unweighed, "triage",
         N_("Still to be weighed: %(factor)s.")),
        (_steps(Step.ASSIGNED), considering.unknown_part_in_case, "record",
         N_("Say who it is, and whether they handle it, decide it or contribute to it.")),
        (_steps(Step.ASSIGNED), considering.barred_from_part, "different person",
         N_("Someone who considered the stage before cannot consider this one. A different person has to.")),
        (_steps(Step.ASSIGNED), considering.kept_from_part, "independence",
         N_("Someone with a conflict of interest cannot consider this.")),
        (_steps(Step.RECUSED), considering.takes_no_part, "independence",
         N_("Only somebody who has a part in this stage can stand back from it.")),
        (_steps(Step.CONFLICT_DECIDED), considering.undecided_conflict, "independence",
         N_("Say whom it is about, whether they have a conflict, and why. Nobody decides this about themselves.")),
        (_steps(Step.OUTSIDE_NAMED), considering.named_by_nobody, "different person",
         N_("Say who is named, and whether the senior lead or the Member Responsible for Complaints named them.")),
        (_steps(Step.ASSIGNED), considering.chosen_by_the_barred, "different person",
         N_("Someone who considered the stage before cannot choose who considers this one.")),
        (DEFINING, contents.without_points, "definition",
         N_("Set out at least one point: what we understand the complaint to be.")),
        (DEFINING, contents.carried_point_left_out, "definition",
         N_("Every point that stage %(stage)s did not settle is part of this one. Missing: %(point)s.")),
        (_steps(Step.DEFINITION_REVISED), contents.accepted_point_left_out, "definition",
         N_("Point %(point)s was accepted, so it stays. Only the resident can withdraw it.")),
        (DEFINING, contents.point_without_responsibility, "responsibility",
         N_("Say whether point %(point)s is ours, is not, is shared, or is to be confirmed.")),
        (_steps(Step.ACKNOWLEDGED), contents.without_outcomes, "definition",
         N_("Say what outcome the resident wants, or that it is not known and when we asked.")),
        (_steps(Step.MEANING_ANSWERED), contents.unknown_query, "definition",
         N_("Say which of the resident’s messages this replies to.")),
        (_steps(Step.EXTENDED), contents.extended_to_no_later_day, "extend",
         N_("The new date has to be later than %(due)s.")),
        (_steps(Step.EXTENDED), contents.good_reason_missing, "extend",
         N_("More than %(days)s working days in all, or a second extension, needs a good reason.")),
        (ANSWERING, answers.answer_to_no_point, "points",
         N_("%(point)s is not a point of this complaint.")),
        (_steps(Step.RESPONDED, Step.ANSWER_CORRECTED), answers.point_unanswered, "points",
         N_("Every point needs an answer. Still without one: %(point)s.")),
        (ANSWERING, answers.fault_not_owned, "fault",
         N_("Say what went wrong on point %(point)s.")),
        (ANSWERING, answers.remedy_missing, "fault",
         N_("Say what will be done to put point %(point)s right.")),
        (ANSWERING, answers.impact_missing, "impact",
         N_("Say what the fault in point %(point)s did to the resident.")),
        (_steps(Step.REFUSED, Step.ACKNOWLEDGED), refusals.ground_out_of_reach, "refusal time",
         N_("That ground is not open: it happened, was learned of, or went on within %(months)s months, or nobody is sure.")),
        (_steps(Step.ACKNOWLEDGED), refusals.refused_and_accepted, "definition",
         N_("Point %(point)s cannot be both accepted and refused.")),
        (_steps(Step.ACKNOWLEDGED), refusals.unknown_ground_of_point, "refuse",
         N_("A point can be refused only on a published ground.")),
        (ANSWERING, refusals.unknown_ground_of_point, "refuse",
         N_("A point can be refused only on a published ground.")),
        (ANSWERING, refusals.ground_known_before, "refuse",
         N_("Point %(point)s was accepted. It can be refused now only on a ground that has arisen since, such as a claim filed at court.")),
        (_steps(Step.PART_ANSWERED), answers.nothing_answered, "points",
         N_("Answer at least one point.")),
        (_steps(Step.PART_ANSWERED), answers.everything_answered, "points",
         N_("With that every point is answered, so it is the answer itself. Send it as that.")),
        (ANSWERING, answers.withdrawn_for_them, "record",
         N_("Only the resident can withdraw point %(point)s.")),
        (ANSWERING, answers.no_remedy_though_upheld, "fault",
         N_("Point %(point)s is upheld, so something puts it right. Empty the box that says why nothing does.")),
        (ANSWERING, answers.ours_called_not_ours, "responsibility",
         N_("Point %(point)s is ours, or partly, so it gets an answer of its own.")),
        (_steps(Step.EXTENDED, Step.LATE_TOLD, Step.UPDATE_AGREED), contents.without_interval, "update",
         N_("Say how often there will be news, in working days.")),
        (_steps(Step.ISSUE_DECIDED), contents.decided_on_no_ground, "new issue",
         N_("Say which it is: part of this complaint, or a new one, and why.")),
        (_steps(Step.ISSUE_DECIDED), contents.joined_too_late, "new issue",
         N_("Nothing more is answered here, so a new issue is a new complaint.")),
        (_steps(Step.REMEDY_ACCEPTED, Step.REMEDY_DECLINED), voice.said_already, "action",
         N_("That has been said of this offer already, or it has been paid.")),
        (_steps(Step.ACTION_DISPUTED), voice.disputes_no_action, "action",
         N_("That was not promised.")),
        (_steps(Step.ISSUE_RAISED), voice.raised_by_nobody, "new issue",
         N_("Say where the resident raised it: in a message, in their request, or in a contact that was written down.")),
        (_steps(Step.ISSUE_RAISED), voice.together_with_nothing, "new issue",
         N_("That is not a new complaint that could have one answer with this one.")),
        (_steps(Step.WITHDRAWN, Step.RESUMED, Step.HOLD_RELEASED, Step.MADE_REQUEST, Step.REMEDY_ACCEPTED, Step.REMEDY_DECLINED),
         contents.not_their_own_act, "record",
         N_("Only the resident can do this, or somebody who wrote down when and how they said so.")),
        (_steps(Step.WITHDRAWN, Step.RESUMED, Step.EVIDENCE_SEEN), contents.no_such_point, "definition",
         N_("%(point)s is not a point of this complaint.")),
        (_steps(Step.RESUMED), contents.taken_up_too_late, "new issue",
         N_("The rest has been answered, so this is a new complaint now.")),
        (_steps(Step.DIRECTED), contents.without_direction, "refusal rights",
         N_("Give the Ombudsman’s reference, and the day it set, if it set one.")),
        (_steps(Step.RECEIPT_CORRECTED), contents.no_reason_to_correct, "record",
         N_("Give the right day and why. Only a manager can move the day later.")),
        (_steps(Step.RECEIPT_CORRECTED), contents.received_after_written_down, "record",
         N_("It was written down here on %(day)s, so it had been received by then.")),
        (_steps(Step.VOIDED), contents.nothing_to_void, "record",
         N_("Say what belonged to another person or complaint, and why.")),
        (_steps(Step.REFUSED), refusals.unknown_ground, "refuse",
         N_("A complaint can be refused only on a published ground.")),
        (frozenset(LETTER_OF), contents.part_missing, "letter",
         N_("The letter has to say: %(part)s.")),
        (ANSWERING | _steps(Step.ACKNOWLEDGED), refusals.refusal_part_missing, "letter",
         N_("Of point %(point)s, which is refused, the letter has to say: %(part)s.")),
        (_steps(Step.ESCALATED), contents.early_said_wrongly, "escalate",
         N_("A request made before the answer, when that is not overdue, is kept until the answer is sent.")),
        (_steps(Step.ACTION_PROMISED), promised.promised_twice, "action",
         N_("This action has been promised already. A new date is recorded beside the first.")),
        (_steps(Step.ACTION_GIVEN, Step.ACTION_REDATED, Step.ACTION_DONE), promised.action_not_open, "action",
         N_("That action is not one that is still to be done.")),
        (_steps(Step.ACTION_GIVEN, Step.ACTION_REDATED, Step.ACTION_DONE), promised.action_before_promise, "action",
         N_("%(on)s is before %(floor)s, the day the action was promised.")),
        (_steps(Step.ACTION_PROMISED, Step.ACTION_REDATED), promised.promised_without_day, "action",
         N_("Say the day it will be done by, today or later.")),
        (_steps(Step.DANGER_HANDED_OVER), contents.alert_not_waiting, "record",
         N_("That danger is not one that is waiting to be handed over.")),
        (_steps(Step.REMEDY_OFFERED), promised.unknown_remedy, "fault",
         N_("Say what kind of remedy is offered.")),
        (_steps(Step.REMEDY_PAID), promised.paid_already, "action",
         N_("This has been paid already.")),
        (_steps(Step.ACTION_GIVEN), promised.given_to_nobody, "action",
         N_("Say who does it now.")),
        (_steps(Step.ACTION_REDATED), promised.redated_without_reason, "action",
         N_("Say why the date has changed.")),
        (_steps(Step.MESSAGED), voice.reads_no_message, "record",
         N_("Somebody has read that already, or replied to it.")),
    )
)  # fmt: skip

RULES = ORDER + CONTENTS


def _by_step(rules: tuple[Rule, ...]) -> dict[Step, tuple[Rule, ...]]:
    return {step: tuple(rule for rule in rules if step in rule.steps) for step in Step}


ORDER_OF, CONTENTS_OF, RULES_OF = _by_step(ORDER), _by_step(CONTENTS), _by_step(RULES)
"""The same rows by the step they bind, in the same order: a page asks about many steps, and each row binds a few."""

BINDS_A_FACT = frozenset(
    {
        order.not_received, order.no_such_stage, order.in_the_future, order.before_what_it_follows, order.not_begun,
        order.acknowledged_already, order.answered_already, order.left_behind, contents.without_points,
        contents.point_without_responsibility, answers.answer_to_no_point, answers.point_unanswered,
    }
)  # fmt: skip
"""All that a letter sent outside the portal is held to: what makes it one. What it lacks is owed, not refused (18, 45)."""
