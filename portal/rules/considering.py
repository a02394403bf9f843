"""Who may consider a stage: conditions on whoever is given a part in it, stands back from it, or is named from outside (6.13, 5.8)."""

from portal.rules.people import is_role_only, kept_from, named_in, outside_reviewer, taking_part
from portal.rules.proposal import Params, Proposal, broken
from portal.rules.reading import CONSIDERING, as_day, barred_from
from portal.rules.steps import Step

ASSIGNED_PARTS = CONSIDERING | {"contributor"}


def unknown_part_in_case(p: Proposal) -> Params | None:
    """Someone assigned to a part that there is not."""
    return broken(p.detail("part") not in ASSIGNED_PARTS or p.detail("staff") is None)


def barred_from_part(p: Proposal) -> Params | None:
    """Someone given a stage to consider who considered the one before it."""
    return broken(
        _considers(p) and _given(p) & barred_from(p.history, p.number), who=f"staff:{p.detail('staff')}"
    )


def kept_from_part(p: Proposal) -> Params | None:
    """Someone given a stage to consider who has a conflict: decided so, or said so by themselves (5.8)."""
    return broken(
        _considers(p) and _given(p) & kept_from(p.history, p.number), who=f"staff:{p.detail('staff')}"
    )


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


def panel_of_nobody(p: Proposal) -> Params | None:
    """A panel without members, or one arranged for no day or a day that has gone by."""
    members, meets = p.detail("members") or (), p.detail("meets")
    too_late = p.step.step is Step.PANEL_ARRANGED and (not meets or as_day(meets) < p.step.on)
    return broken(not members or any(type(one) is not int for one in members) or too_late)


def called_off_for_nothing(p: Proposal) -> Params | None:
    """A panel called off without a reason, for the resident was told of it."""
    return broken(not p.detail("reason"))


def unarranged_untold(p: Proposal) -> Params | None:
    """A panel that met and was never arranged here, without how the resident knew of it (3.6)."""
    return broken(p.detail("unarranged") and not p.detail("told"))


def barred_from_panel(p: Proposal) -> Params | None:
    """A member of a panel who considered the stage before (6.13, ruling 34)."""
    return broken(_on_panel(p) & barred_from(p.history, p.number))


def kept_from_panel(p: Proposal) -> Params | None:
    """A member of a panel who has a conflict: decided so, or said so by themselves (5.8)."""
    return broken(_on_panel(p) & kept_from(p.history, p.number))


def _on_panel(p: Proposal) -> frozenset[str]:
    """The members of a panel, by every account they have."""
    return frozenset({*(f"staff:{one}" for one in p.detail("members") or ()), *p.detail("their_accounts", ())})


NAMERS = frozenset({"senior_lead", "member_responsible"})
"""Who names a reviewer from outside: the senior lead, and failing that the Member Responsible for Complaints (ruling 53)."""


def named_by_nobody(p: Proposal) -> Params | None:
    """A reviewer from outside whom neither of these named, or who may not consider the stage themselves."""
    may_not = barred_from(p.history, p.number) | kept_from(p.history, p.number)
    return broken(
        p.detail("named_by") not in NAMERS or type(p.detail("staff")) is not int or _given(p) & may_not
    )


def restricted_as_before(p: Proposal) -> Params | None:
    """A complaint restricted without a reason, to those who were named already, or to others than whoever restricts it."""
    to = p.detail("to")
    is_list = isinstance(to, list) and all(type(each) is int for each in to)
    if not is_list or not p.detail("reason"):
        return broken(True)
    return broken(set(to) == named_in(p.history) or (to and p.step.by not in {f"staff:{each}" for each in to}))


def given_to_the_unnamed(p: Proposal) -> Params | None:
    """A part in a restricted complaint, or something to do for it, given to somebody who could not see it."""
    named = named_in(p.history)
    return broken(bool(named) and p.detail("staff") not in named)


def named_as_before(p: Proposal) -> Params | None:
    """A name kept back without a reason, kept back already, or given again though it never was (ruling 10)."""
    role_only = p.detail("role_only")
    unsaid = type(role_only) is not bool or (role_only and not p.detail("reason"))
    return broken(unsaid or role_only == is_role_only(p.history))
