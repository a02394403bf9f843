"""What may follow what: conditions that need only the step, its stage, its day and who takes it."""

from datetime import date

from portal.rules.deadlines import answer_due, is_overdue
from portal.rules.endings import is_withdrawn, overturned, refusal, set_aside, taken_in, withdrawn_points
from portal.rules.news import interval
from portal.rules.people import kept_from, panel_waiting
from portal.rules.proposal import Params, Proposal, broken
from portal.rules.reading import (
    barred_from,
    beginning,
    carried_by,
    first,
    is_held,
    issued_on,
    last,
    open_actions,
    open_issues,
    open_queries,
    points,
    receipt_queried,
    received_on,
    stage_of,
)
from portal.rules.standing import has_died, in_danger
from portal.rules.steps import Step


def not_received(p: Proposal) -> Params | None:
    """Something other than receipt before receipt."""
    return broken(not p.has(Step.RECEIVED))


def received_twice(p: Proposal) -> Params | None:
    """Receipt after receipt."""
    return broken(p.has(Step.RECEIVED))


def wrong_first_stage(p: Proposal) -> Params | None:
    """Receipt at a stage where the edition lets no complaint begin; a point refused at a later one begins again there (ruling 41)."""
    again = p.detail("refused_at") is not None and p.detail("refused_at") == p.step.stage
    return broken(p.step.stage not in p.edition.first_stages and not again)


def no_such_stage(p: Proposal) -> Params | None:
    """A stage that the edition does not have, a third one above all."""
    return broken(p.stage is None, stages=len(p.edition.stages))


def in_the_future(p: Proposal) -> Params | None:
    """A day that has not come when the step is recorded."""
    return broken(p.step.on > p.calendar.day_of(p.step.at), on=p.step.on)


def before_what_it_follows(p: Proposal) -> Params | None:
    """A day before the one of the step that this one stands on."""
    floor = _floor(p)
    return broken(floor and p.step.on < floor, on=p.step.on, floor=floor)


def _floor(p: Proposal) -> date | None:
    began = beginning(p.history, p.number)
    days = [received_on(p.history)]
    if began and p.step.step is not Step.ESCALATED:
        days.append(began.on)
    acknowledged = first(p.history, Step.ACKNOWLEDGED, p.number)
    if acknowledged and not p.is_outside and p.step.step in AFTER_ACKNOWLEDGEMENT:
        days.append(acknowledged.on)
    return max((day for day in days if day), default=None)


AFTER_ACKNOWLEDGEMENT = frozenset(
    {
        Step.EXTENDED, Step.PART_ANSWERED, Step.RESPONDED, Step.DEFINITION_REVISED, Step.MEANING_QUERIED,
        Step.MEANING_ANSWERED,
    }
)  # fmt: skip


def refused_as_a_whole(p: Proposal) -> Params | None:
    """A step after the complaint was refused as a whole."""
    return broken(refusal(p.history))


def is_set_aside(p: Proposal) -> Params | None:
    """A step while nothing is owed because it was withdrawn, joined, made a first request, or is spam."""
    return broken(set_aside(p.history))


def not_begun(p: Proposal) -> Params | None:
    """A step at a stage that has not begun, or is held."""
    return broken(beginning(p.history, p.number) is None, stage=p.number)


def left_behind(p: Proposal) -> Params | None:
    """A step at a stage after the next one was acknowledged."""
    return broken(p.has(Step.ACKNOWLEDGED, p.number + 1), stage=p.number)


def has_no_acknowledgement(p: Proposal) -> Params | None:
    """An acknowledgement where the edition has none."""
    return broken(p.stage and p.stage.acknowledge is None)


def acknowledged_already(p: Proposal) -> Params | None:
    """An acknowledgement, or the refusal that would take its place, after the acknowledgement."""
    return broken(p.has(Step.ACKNOWLEDGED, p.number))


def not_acknowledged(p: Proposal) -> Params | None:
    """A step that the edition lets follow only the acknowledgement."""
    expects = p.stage is not None and p.stage.acknowledge is not None
    return broken(expects and not p.has(Step.ACKNOWLEDGED, p.number))


def answered_already(p: Proposal) -> Params | None:
    """A step after the answer that the answer puts an end to."""
    return broken(p.has(Step.RESPONDED, p.number), stage=p.number)


def not_triaged(p: Proposal) -> Params | None:
    """An answer before triage, where the edition asks for triage."""
    return broken(p.edition.triage_factors and not p.has(Step.TRIAGED))


def meaning_unanswered(p: Proposal) -> Params | None:
    """An answer while "that is not what I meant" has no reply."""
    return broken(open_queries(p.history, p.number))


def nothing_queried(p: Proposal) -> Params | None:
    """A reply to "that is not what I meant" that nobody said."""
    return broken(not open_queries(p.history, p.number))


def receipt_not_queried(p: Proposal) -> Params | None:
    """A reply to somebody who did not say that the day of receipt is wrong."""
    return broken(not receipt_queried(p.history))


def no_points(p: Proposal) -> Params | None:
    """An answer to nothing."""
    return broken(not points(p.history, p.number))


def point_unconfirmed(p: Proposal) -> Params | None:
    """An answer while it is not settled whose a point is."""
    said = [
        (number, p.edition.responsibility(whose)) for number, whose in points(p.history, p.number).items()
    ]
    unsettled = [number for number, whose in said if whose is None or not whose.is_settled]
    return broken(unsettled, point=", ".join(unsettled))


def has_no_extension(p: Proposal) -> Params | None:
    """An extension where the edition has none."""
    return broken(p.stage and p.stage.extend is None)


def extended_too_late(p: Proposal) -> Params | None:
    """An extension after the date it would move, tested on the Code's date (rulings 30, 31)."""
    due = extendable_date(p)
    return broken(due and p.step.on > due, due=due)


def extendable_date(p: Proposal) -> date | None:
    """The date that an extension moves: the Code's, or the one it was last put back to."""
    due = answer_due(p.history, p.edition, p.calendar, p.number)
    if due is None:
        return None
    if due.extended:
        return due.due_on
    return due.code_due or unissued_code_due(p)


def unissued_code_due(p: Proposal) -> date | None:
    """The Code's date as it will be if an acknowledgement that is written goes out on its own day."""
    acknowledged = first(p.history, Step.ACKNOWLEDGED, p.number)
    if acknowledged is None or p.stage is None:
        return None
    return p.calendar.add(acknowledged.on, p.stage.respond.working_days, p.edition.start_day)


def not_the_next_stage(p: Proposal) -> Params | None:
    """A stage asked for that does not come next."""
    now = stage_of(p.history)
    asked_again = p.step.stage == now and p.has(Step.ESCALATED, now)
    return broken(p.step.stage != now + 1 and not asked_again, stage=p.number)


def asked_already(p: Proposal) -> Params | None:
    """A stage asked for again once it has begun, or while it is held and the answer is not overdue (37)."""
    begun = beginning(p.history, p.number) is not None
    held = is_held(p.history, p.number) and is_early(p)
    return broken(begun or held, stage=p.number)


def is_early(p: Proposal) -> bool:
    """Whether a stage is asked for before the answer of the one before it is issued or overdue."""
    before = p.number - 1
    answered = issued_on(p.history, Step.RESPONDED, before)
    if answered is not None and answered <= p.step.on:
        return False
    return not is_overdue(p.history, p.edition, p.calendar, before, p.step.on)


def barred(p: Proposal) -> Params | None:
    """Someone considering a stage who considered the one before it."""
    return broken(p.accounts & barred_from(p.history, p.number), who=p.step.by)


def kept_from_it(p: Proposal) -> Params | None:
    """Someone considering a stage who has a conflict: decided so, or said so by themselves (5.8)."""
    return broken(p.accounts & kept_from(p.history, p.number), who=p.step.by)


def not_died(p: Proposal) -> Params | None:
    """Somebody named for the estate of a person who has not died, or a death undone that nobody wrote down."""
    return broken(not has_died(p.history))


def no_panel_here(p: Proposal) -> Params | None:
    """A panel at a stage where nobody looks again."""
    return broken(p.number < 2)


def no_panel_waiting(p: Proposal) -> Params | None:
    """A panel that met or is called off, where none was arranged that has not met; but for one that was never arranged here."""
    return broken(panel_waiting(p.history, p.number) is None and not p.detail("unarranged"))


def no_letter_to_issue(p: Proposal) -> Params | None:
    """A letter issued for a step that was not taken, or before it was."""
    written = [last(p.history, step, p.step.stage) for step in carried_by(str(p.detail("kind")))]
    early = [one for one in written if one is None or p.step.on < one.on]
    return broken(early, kind=p.detail("kind"))


def no_open_action(p: Proposal) -> Params | None:
    """An action done or re-dated where none is open."""
    return broken(not open_actions(p.history))


def nothing_offered(p: Proposal) -> Params | None:
    """Something paid before anything was offered."""
    return broken(not p.has(Step.RESPONDED) and not p.has(Step.REMEDY_OFFERED))


def not_answered(p: Proposal) -> Params | None:
    """A correction of an answer that was not given."""
    return broken(not p.has(Step.RESPONDED, p.number))


def not_late(p: Proposal) -> Params | None:
    """A late notice before the answer is late."""
    return broken(not is_overdue(p.history, p.edition, p.calendar, p.number, p.step.on))


def no_news_promised(p: Proposal) -> Params | None:
    """An update that nobody promised."""
    return broken(interval(p.history, p.number) is None)


def no_issue_waiting(p: Proposal) -> Params | None:
    """A decision on a new issue that nobody raised."""
    return broken(not open_issues(p.history))


def not_held(p: Proposal) -> Params | None:
    """A request taken back that is not being kept."""
    return broken(not is_held(p.history, p.number))


def not_withdrawn(p: Proposal) -> Params | None:
    """Something taken up again that was not withdrawn."""
    return broken(not is_withdrawn(p.history) and not withdrawn_points(p.history))


def not_refused(p: Proposal) -> Params | None:
    """A refusal overturned where none stands at the stage."""
    return broken(refusal(p.history, p.number) is None)


def directed_already(p: Proposal) -> Params | None:
    """A refusal of what the Ombudsman has directed us to accept: the whole of it, or the point that it was made of."""
    again, began = overturned(p.history, p.number), next((one for one in p.history if one.step is Step.RECEIVED), None)
    return broken((again and again.step is Step.DIRECTED) or (began and began.details.get("directed")))


def directed_in_part(p: Proposal) -> Params | None:
    """A point refused, in an acknowledgement, of what the Ombudsman has directed us to accept."""
    return directed_already(p) if p.detail("refused") else None


def not_joined(p: Proposal) -> Params | None:
    """A joining undone that was not done."""
    if p.detail("taken_in"):
        return broken(p.detail("taken_in") not in taken_in(p.history))
    return broken(set_aside(p.history) is not Step.JOINED)


def joined_when_answered(p: Proposal) -> Params | None:
    """A complaint joined with another after it was answered itself."""
    return broken(not p.detail("taken_in") and p.has(Step.RESPONDED))


def not_spam(p: Proposal) -> Params | None:
    """Spam undone that was not said."""
    return broken(set_aside(p.history) is not Step.SPAM)


def not_a_request(p: Proposal) -> Params | None:
    """The way back from a first request, where there was none, or it was taken before."""
    return broken(set_aside(p.history) is not Step.MADE_REQUEST or p.has(Step.VOICED))


def considered_already(p: Proposal) -> Params | None:
    """A first request, or spam, made of what was acknowledged as a complaint."""
    return broken(p.has(Step.ACKNOWLEDGED) or p.has(Step.RESPONDED))


def no_danger_waiting(p: Proposal) -> Params | None:
    """A hand-over where nobody said there was danger, or after it was handed over."""
    return broken(not in_danger(p.history))
