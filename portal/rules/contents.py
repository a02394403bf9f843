"""What a step must hold: conditions on the details of a proposed happening."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.rules.completing import required
from portal.rules.editions.model import Disposition
from portal.rules.endings import is_withdrawn, refusal, set_aside, withdrawn_points
from portal.rules.letters import refusal_parts
from portal.rules.more_time import needs_good_reason
from portal.rules.order import extendable_date, is_early
from portal.rules.people import kept_from, outside_reviewer, taking_part
from portal.rules.proposal import Params, Proposal, broken
from portal.rules.reading import (
    CONSIDERING,
    LETTER_OF,
    as_day,
    asked_together,
    barred_from,
    carried_points,
    each,
    first,
    open_actions,
    open_issues,
    open_queries,
    points,
    promised_actions,
    received_on,
)
from portal.rules.standing import open_alerts
from portal.rules.steps import Step

VOIDABLE = frozenset({*LETTER_OF, Step.ISSUED, Step.TRIAGED, Step.DEFINITION_REVISED, Step.ACTION_PROMISED})
ASSIGNED_PARTS = CONSIDERING | {"contributor"}


def triage_unweighed(p: Proposal) -> Params | None:
    """Triage without one of the edition's factors."""
    left = [factor for factor in p.edition.triage_factors if p.detail(factor) in (None, "")]
    return broken(left, factor=", ".join(left))


def unknown_part_in_case(p: Proposal) -> Params | None:
    """Someone assigned to a part that there is not."""
    return broken(p.detail("part") not in ASSIGNED_PARTS or p.detail("staff") is None)


def barred_from_part(p: Proposal) -> Params | None:
    """Someone given a stage to consider who considered the one before it."""
    return broken(_considers(p) and _given(p) & barred_from(p.history, p.number), who=f"staff:{p.detail('staff')}")


def kept_from_part(p: Proposal) -> Params | None:
    """Someone given a stage to consider who has a conflict: decided so, or said so by themselves (5.8)."""
    return broken(_considers(p) and _given(p) & kept_from(p.history, p.number), who=f"staff:{p.detail('staff')}")


def chosen_by_the_barred(p: Proposal) -> Params | None:
    """The reviewer chosen by someone who may not consider it (34), but for one named for us from outside (53)."""
    named = p.detail("staff") is not None and outside_reviewer(p.history, p.number) == p.detail("staff")
    may_not = barred_from(p.history, p.number) | kept_from(p.history, p.number)
    return broken(_considers(p) and not named and p.accounts & may_not, who=p.step.by)


def _considers(p: Proposal) -> bool:
    return p.detail("part") in CONSIDERING


def _given(p: Proposal) -> frozenset[str]:
    """Whoever is given a part, by every account they have."""
    return frozenset({f"staff:{p.detail('staff')}", *p.detail("their_accounts", ())})


def takes_no_part(p: Proposal) -> Params | None:
    """Someone standing back who has no part in the stage."""
    return broken(p.detail("staff") not in taking_part(p.history, p.number))


def undecided_conflict(p: Proposal) -> Params | None:
    """A conflict decided about nobody, without a decision or a reason, or by the person it is about."""
    whole = type(p.detail("staff")) is int and type(p.detail("barred")) is bool and p.detail("reason")
    return broken(not whole or _given(p) & p.accounts)


NAMERS = frozenset({"senior_lead", "member_responsible"})
"""Who names a reviewer from outside: the senior lead, and failing that the Member Responsible for Complaints (ruling 53)."""


def named_by_nobody(p: Proposal) -> Params | None:
    """A reviewer from outside whom neither of these named, or who may not consider the stage themselves."""
    may_not = barred_from(p.history, p.number) | kept_from(p.history, p.number)
    return broken(p.detail("named_by") not in NAMERS or type(p.detail("staff")) is not int or _given(p) & may_not)


def without_points(p: Proposal) -> Params | None:
    """A definition with no point in it."""
    return broken(not p.detail("points"))


def carried_point_left_out(p: Proposal) -> Params | None:
    """A later stage that neither defines nor refuses a point that the stage before did not settle (rulings 25 and 35)."""
    here = {*p.detail("points", {}), *p.detail("refused", {})}
    left = sorted(carried_points(p.history, p.edition, p.number - 1) - here)
    return broken(left, point=", ".join(left), stage=p.number - 1)


def accepted_point_left_out(p: Proposal) -> Params | None:
    """A new version of the points without one that was accepted and not withdrawn (rulings 21, 28 and 39)."""
    left = sorted(set(points(p.history, p.number)) - set(p.detail("points", {})))
    return broken(left, point=", ".join(left))


def point_without_responsibility(p: Proposal) -> Params | None:
    """A point that does not say whose it is."""
    said = p.detail("points", {}).items()
    left = [number for number, whose in said if p.edition.responsibility(whose) is None]
    return broken(left, point=", ".join(left))


def without_outcomes(p: Proposal) -> Params | None:
    """An acknowledgement that neither says what outcome is sought nor that it is not known."""
    outcomes = p.detail("outcomes")
    return broken(outcomes != "not_known" and not (type(outcomes) is int and outcomes > 0))


def part_missing(p: Proposal) -> Params | None:
    """A letter without one of the parts that the edition asks of it."""
    held = set(p.detail("parts", ()))
    for part in required(p.edition, p.step):
        if part.id not in held:
            return {"part": part.label, "provision": part.provision}
    return None


def refusal_part_missing(p: Proposal) -> Params | None:
    """A point refused in the acknowledgement without all that a refusal has to say of it (ruling 25)."""
    for number, one in sorted(p.detail("refused", {}).items()):
        for part in refusal_parts(p.edition, p.number, one):
            if part.id not in one.get("parts", ()):
                return {"part": part.label, "point": number, "provision": part.provision}
    return None


def unknown_query(p: Proposal) -> Params | None:
    """A reply to something that the resident did not say."""
    return broken(p.detail("query") not in open_queries(p.history, p.number))


def point_unanswered(p: Proposal) -> Params | None:
    """A live point without a decision."""
    left = sorted(set(points(p.history, p.number)) - {number for number, _, _ in _answers(p)})
    return broken(left, point=", ".join(left))


def answer_to_no_point(p: Proposal) -> Params | None:
    """A decision on something that is not a point of the stage."""
    extra = sorted(set(p.detail("answers", {})) - set(points(p.history, p.number)))
    return broken(extra, point=", ".join(extra))


def fault_not_owned(p: Proposal) -> Params | None:
    """A point upheld without saying what went wrong (7.1)."""
    left = [number for number, answer, one in _answers(p) if one.needs_remedy and not answer.get("fault")]
    return broken(left, point=", ".join(left))


def remedy_missing(p: Proposal) -> Params | None:
    """A point upheld without a remedy, or with one that is of no known kind (7.1)."""
    kinds = {kind.id for kind in p.edition.remedy_kinds}
    left = []
    for number, answer, disposition in _answers(p):
        offered = set(answer.get("remedies", ()))
        if offered - kinds or (disposition.needs_remedy and not offered):
            left.append(number)
    return broken(left, point=", ".join(left))


def impact_missing(p: Proposal) -> Params | None:
    """A point upheld without a note of what it did to the resident (7.2)."""
    left = [number for number, answer, one in _answers(p) if one.needs_remedy and not answer.get("impact")]
    return broken(left, point=", ".join(left))


def _answers(p: Proposal) -> list[tuple[str, Mapping[str, Any], Disposition]]:
    """The answers that give a disposition that the edition knows."""
    answers = p.detail("answers", {}).items()
    found = [(number, one, p.edition.disposition(str(one.get("disposition")))) for number, one in answers]
    return [(number, one, disposition) for number, one, disposition in found if disposition is not None]


def extended_to_no_later_day(p: Proposal) -> Params | None:
    """An extension without a date, or to one that is no later than the date it moves."""
    to, due = _day(p, "to"), extendable_date(p)
    return broken(to is None or (due is not None and to <= due), due=due)


def good_reason_missing(p: Proposal) -> Params | None:
    """More time than the cap, counted in all, or a second time, without good reason (ruling 31)."""
    to, cap = _day(p, "to"), p.stage.extend if p.stage else None
    if to is None or cap is None or p.detail("good_reason"):
        return None
    return broken(needs_good_reason(p, to), days=cap.working_days)


def unknown_ground(p: Proposal) -> Params | None:
    """A refusal on no ground of the edition's."""
    return broken(p.edition.ground(str(p.detail("ground"))) is None)


def unknown_ground_of_point(p: Proposal) -> Params | None:
    """A point refused in the acknowledgement on no ground of the edition's (ruling 25)."""
    refused = p.detail("refused", {})
    left = sorted(number for number, one in refused.items() if p.edition.ground(str(one.get("ground"))) is None)
    return broken(left, point=", ".join(left))


def refused_and_accepted(p: Proposal) -> Params | None:
    """A point both defined and refused in one acknowledgement."""
    both = sorted(set(p.detail("refused", {})) & set(p.detail("points", {})))
    return broken(both, point=", ".join(both))


def ground_out_of_reach(p: Proposal) -> Params | None:
    """The ground of time, where it happened or was learned of within the months, goes on, or nobody is sure (2.3)."""
    refusals = p.detail("refused", {}).values() if p.step.step is Step.ACKNOWLEDGED else [p.step.details]
    for one in refusals:
        ground = p.edition.ground(str(one.get("ground")))
        if ground and ground.after_months and is_within(one, ground.after_months, received_on(p.history)):
            return {"months": ground.after_months}
    return None


def is_within(refusal: Mapping[str, Any], months: int, received: date | None) -> bool:
    """Whether what is refused happened, was learned of or went on within the months before receipt, or may have (2.3)."""
    days = [as_day(refusal[name]) for name in ("happened_on", "known_on") if refusal.get(name)]
    if refusal.get("still") or refusal.get("unsure") or not days or received is None:
        return True
    return _months_after(max(days), months) >= received


def _months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def nothing_answered(p: Proposal) -> Params | None:
    """An interim answer to no point (ruling 27)."""
    return broken(not p.detail("answers"))


def everything_answered(p: Proposal) -> Params | None:
    """An interim answer after which no point is left for the answer (ruling 27)."""
    before = {number for one in each(p.history, Step.PART_ANSWERED, p.number) for number in one.details.get("answers", {})}
    live = set(points(p.history, p.number))
    return broken(live and live <= before | set(p.detail("answers", {})))


def withdrawn_for_them(p: Proposal) -> Params | None:
    """A live point answered as withdrawn, which only the resident can make it (rulings 22 and 39)."""
    left = sorted(number for number, _, one in _answers(p) if one.id == "withdrawn")
    return broken(left, point=", ".join(left))


def no_remedy_though_upheld(p: Proposal) -> Params | None:
    """A point upheld with a reason why nothing is offered, which only what was not upheld can have (7.1, ruling 22)."""
    left = sorted(number for number, answer, one in _answers(p) if one.needs_remedy and answer.get("no_remedy"))
    return broken(left, point=", ".join(left))


def ours_called_not_ours(p: Proposal) -> Params | None:
    """A point that is ours, or shared, answered as if it were not (5.7, ruling 22)."""
    live = points(p.history, p.number)
    left = sorted(number for number, _, one in _answers(p) if one.id == "not_ours" and live.get(number) != "not_ours")
    return broken(left, point=", ".join(left))


def without_interval(p: Proposal) -> Params | None:
    """More time, or lateness, told without saying how often there will be news (5.9, ruling 32)."""
    days = p.detail("interval")
    return broken(not (type(days) is int and days > 0))


NEW_ISSUE = {"joined": ("related", "asked"), "new complaint": ("answered", "unrelated", "would delay")}
"""What may be decided of a new issue, and on which grounds (6.8, rulings 24 and 49)."""


def decided_on_no_ground(p: Proposal) -> Params | None:
    """A new issue decided on no ground, or one that nobody raised."""
    grounds = NEW_ISSUE.get(str(p.detail("decision")), ())
    asked = p.detail("ground") == "asked" and p.detail("issue") not in asked_together(p.history)
    return broken(p.detail("ground") not in grounds or asked or p.detail("issue") not in open_issues(p.history))


def joined_too_late(p: Proposal) -> Params | None:
    """A new issue taken into a stage that is answered or refused, into stage 2, or into what is set aside (ruling 24)."""
    late = p.has(Step.RESPONDED, p.number) or p.number > min(p.edition.first_stages)
    return broken(p.detail("decision") == "joined" and (late or refusal(p.history) or set_aside(p.history)))


def not_their_own_act(p: Proposal) -> Params | None:
    """Something that only the resident does, done by staff with no record of how they said so (rulings 17, 39)."""
    return broken(not p.step.by.startswith("party:") and p.detail("contact") is None)


def no_such_point(p: Proposal) -> Params | None:
    """A point withdrawn, or looked into, that is not live, or taken up again that was not withdrawn."""
    live = withdrawn_points(p.history) if p.step.step is Step.RESUMED else frozenset(points(p.history, p.number))
    extra = sorted(set(p.detail("points", ())) - live)
    whole = p.step.step is Step.RESUMED and not p.detail("points") and not is_withdrawn(p.history)
    return broken(extra or whole, point=", ".join(extra))


def without_direction(p: Proposal) -> Params | None:
    """A direction of the Ombudsman's without its reference, or with a day that is past."""
    ordered = p.detail("ordered")
    return broken(not p.detail("reference") or (ordered and as_day(ordered) < p.step.on))


def no_reason_to_correct(p: Proposal) -> Params | None:
    """The day of receipt corrected without a day or reason, to a day to come, or later by nobody but a manager (13)."""
    to, now = _day(p, "to"), received_on(p.history)
    if to is None or now is None or to == now or to > p.step.on or not p.detail("reason"):
        return {}
    return broken(to > now and not p.detail("by_manager"))


def received_after_written_down(p: Proposal) -> Params | None:
    """A day of receipt later than the one on which it was written down here (ruling 13)."""
    received, to = first(p.history, Step.RECEIVED), _day(p, "to")
    written = p.calendar.day_of(received.at) if received else None
    return broken(to and written and to > written, day=written)


def nothing_to_void(p: Proposal) -> Params | None:
    """Events voided that are not of this record, or cannot be; none at all, nor a letter that has not gone; or no reason (28)."""
    numbers = {one.number for one in p.history if one.number is not None and one.step in VOIDABLE}
    asked = set(p.detail("events", ()))
    return broken(not (asked or p.detail("letter")) or asked - numbers or not p.detail("reason"))


def early_said_wrongly(p: Proposal) -> Params | None:
    """A request that is to be held and is not so marked, or the other way round (ruling 37)."""
    return broken(bool(p.detail("early")) != is_early(p), stage=p.number)


def promised_without_day(p: Proposal) -> Params | None:
    """An action without a day it will be done by, or with one that has passed."""
    due = _day(p, "due")
    return broken(due is None or due < p.step.on)


def promised_twice(p: Proposal) -> Params | None:
    """An action promised a second time."""
    return broken(p.detail("action") is None or p.detail("action") in promised_actions(p.history))


def action_not_open(p: Proposal) -> Params | None:
    """An action that was not promised, or is done."""
    return broken(p.detail("action") not in open_actions(p.history))


def action_before_promise(p: Proposal) -> Params | None:
    """An action done, or given a new date, before the day it was promised."""
    promises = [one for one in p.history if one.step is Step.ACTION_PROMISED]
    floor = next((one.on for one in promises if one.details.get("action") == p.detail("action")), None)
    return broken(floor and p.step.on < floor, on=p.step.on, floor=floor)


def alert_not_waiting(p: Proposal) -> Params | None:
    """A hand-over of an alert that nobody gave, or that was handed over before."""
    return broken(p.detail("alert") not in open_alerts(p.history))


def unknown_remedy(p: Proposal) -> Params | None:
    """A further remedy of no known kind (5.13, 7.1)."""
    return broken(p.detail("kind") not in {kind.id for kind in p.edition.remedy_kinds} or p.detail("remedy") is None)


def paid_already(p: Proposal) -> Params | None:
    """A remedy paid a second time."""
    paid = [one.details.get("remedy") for one in p.history if one.step is Step.REMEDY_PAID]
    return broken(p.detail("remedy") is None or p.detail("remedy") in paid)


def given_to_nobody(p: Proposal) -> Params | None:
    """An action given to nobody who works here (7.3)."""
    return broken(type(p.detail("staff")) is not int)


def redated_without_reason(p: Proposal) -> Params | None:
    """A new date for an action, without a reason (ruling 23)."""
    return broken(not p.detail("reason"))


def _day(p: Proposal, name: str) -> date | None:
    try:
        return as_day(p.detail(name))
    except ValueError:
        return None


def taken_up_too_late(p: Proposal) -> Params | None:
    """A point taken up again once the stage at which it was withdrawn is answered without it."""
    wanted = set(p.detail("points", ()))
    gone = [one for one in p.history if one.step is Step.WITHDRAWN and wanted & set(one.details.get("points", ()))]
    return broken(gone and p.has(Step.RESPONDED, gone[-1].stage))
