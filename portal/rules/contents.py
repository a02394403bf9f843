"""What a step must hold: conditions on the details of a proposed happening."""

from portal.rules.completing import required
from portal.rules.endings import is_withdrawn, refusal, set_aside, withdrawn_points
from portal.rules.more_time import needs_good_reason
from portal.rules.order import extendable_date, is_early
from portal.rules.proposal import Params, Proposal, broken, day_said
from portal.rules.reading import (
    LETTER_OF,
    asked_together,
    carried_points,
    first,
    open_issues,
    open_queries,
    points,
    received_on,
)
from portal.rules.standing import open_alerts
from portal.rules.steps import Step

VOIDABLE = frozenset({*LETTER_OF, Step.ISSUED, Step.TRIAGED, Step.DEFINITION_REVISED, Step.ACTION_PROMISED})


def triage_unweighed(p: Proposal) -> Params | None:
    """Triage without one of the edition's factors."""
    left = [factor for factor in p.edition.triage_factors if p.detail(factor) in (None, "")]
    return broken(left, factor=", ".join(left))


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


def unknown_query(p: Proposal) -> Params | None:
    """A reply to something that the resident did not say."""
    return broken(p.detail("query") not in open_queries(p.history, p.number))


def extended_to_no_later_day(p: Proposal) -> Params | None:
    """An extension without a date, or to one that is no later than the date it moves."""
    to, due = day_said(p, "to"), extendable_date(p)
    return broken(to is None or (due is not None and to <= due), due=due)


def good_reason_missing(p: Proposal) -> Params | None:
    """More time than the cap, counted in all, or a second time, without good reason (ruling 31)."""
    to, cap = day_said(p, "to"), p.stage.extend if p.stage else None
    if to is None or cap is None or p.detail("good_reason"):
        return None
    return broken(needs_good_reason(p, to), days=cap.working_days)


def without_interval(p: Proposal) -> Params | None:
    """More time, or lateness, told without saying how often there will be news (5.9, ruling 32)."""
    days = p.detail("interval")
    return broken(not (type(days) is int and days > 0))


NEW_ISSUE = {"joined": ("related", "asked"), "new complaint": ("answered", "unrelated", "would delay")}
"""What may be decided of a new issue, and on which grounds (6.8, rulings 24 and 49)."""
ACCEPTED_AFTER_ALL = ("directed", "undone")
"""Why a point that we refused is made a complaint of its own: the Ombudsman told us to accept it, or we looked again (41, 48)."""


def decided_on_no_ground(p: Proposal) -> Params | None:
    """A new issue decided on no ground, or one that nobody raised."""
    of_a_point = p.detail("point") is not None and p.detail("decision") == "new complaint"
    grounds = ACCEPTED_AFTER_ALL if of_a_point else NEW_ISSUE.get(str(p.detail("decision")), ())
    asked = p.detail("ground") == "asked" and p.detail("issue") not in asked_together(p.history)
    return broken(
        p.detail("ground") not in grounds or asked or p.detail("issue") not in open_issues(p.history)
    )


def joined_too_late(p: Proposal) -> Params | None:
    """A new issue taken into a stage that is answered or refused, into stage 2, or into what is set aside (ruling 24)."""
    late = p.has(Step.RESPONDED, p.number) or p.number > min(p.edition.first_stages)
    return broken(p.detail("decision") == "joined" and (late or refusal(p.history) or set_aside(p.history)))


def not_their_own_act(p: Proposal) -> Params | None:
    """Something that only the resident does, done by staff with no record of how they said so (rulings 17, 39)."""
    return broken(not p.step.by.startswith("party:") and p.detail("contact") is None)


def adjustment_half_decided(p: Proposal) -> Params | None:
    """An adjustment agreed without a day to come on which it is looked at again, or declined without a reason (5.10)."""
    review = day_said(p, "review")
    whole = review and review > p.step.on if p.detail("agreed") else p.detail("reason")
    return broken(p.detail("adjustment") is None or not whole)


def tied_to_nothing(p: Proposal) -> Params | None:
    """One cause said of a single complaint."""
    return broken(len(set(p.detail("cause", ()))) < 2)


def no_such_point(p: Proposal) -> Params | None:
    """A point withdrawn, or looked into, that is not live, or taken up again that was not withdrawn."""
    live = (
        withdrawn_points(p.history) if p.step.step is Step.RESUMED else frozenset(points(p.history, p.number))
    )
    extra = sorted(set(p.detail("points", ())) - live)
    whole = p.step.step is Step.RESUMED and not p.detail("points") and not is_withdrawn(p.history)
    return broken(extra or whole, point=", ".join(extra))


def without_direction(p: Proposal) -> Params | None:
    """A direction of the Ombudsman's without its reference, or with a day that is past."""
    return broken(not p.detail("reference") or ordered_too_soon(p) is not None)


def taken_up_as_before(p: Proposal) -> Params | None:
    """The Ombudsman has it, under no reference or under one that was written down already."""
    known = {one.details["reference"] for one in p.history if one.step is Step.OMBUDSMAN_HAS}
    return broken(not p.detail("reference") or p.detail("reference") in known)


def ordered_too_soon(p: Proposal) -> Params | None:
    """A day that the Ombudsman set, before the day of its direction."""
    ordered = day_said(p, "ordered")
    return broken(ordered and ordered < p.step.on)


def no_reason_to_correct(p: Proposal) -> Params | None:
    """The day of receipt corrected without a day or reason, to a day to come, or later by nobody but a manager (13)."""
    to, now = day_said(p, "to"), received_on(p.history)
    if to is None or now is None or to == now or to > p.step.on or not p.detail("reason"):
        return {}
    return broken(to > now and not p.detail("by_manager"))


def received_after_written_down(p: Proposal) -> Params | None:
    """A day of receipt later than the one on which it was written down here (ruling 13)."""
    received, to = first(p.history, Step.RECEIVED), day_said(p, "to")
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


def alert_not_waiting(p: Proposal) -> Params | None:
    """A hand-over of an alert that nobody gave, or that was handed over before."""
    return broken(p.detail("alert") not in open_alerts(p.history))


def taken_up_too_late(p: Proposal) -> Params | None:
    """A point taken up again once the stage at which it was withdrawn is answered without it."""
    wanted = set(p.detail("points", ()))
    gone = [
        one for one in p.history if one.step is Step.WITHDRAWN and wanted & set(one.details.get("points", ()))
    ]
    return broken(gone and p.has(Step.RESPONDED, gone[-1].stage))
