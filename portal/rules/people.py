"""Who considers a stage: the one who has it, others who decide with them, who stood back, who is kept from it (5.8, 6.13)."""

from portal.rules.reading import CONSIDERING, each, last
from portal.rules.steps import History, Step

LEADING = frozenset({"handler", "decider"})
"""The parts of whoever has the stage; of these the last one assigned has it."""
DECIDING = LEADING | {"member"}


def stood_back(history: History, stage: int) -> frozenset[int]:
    """Who was given a part at a stage and then stood back from it, for an interest they have (ruling 34)."""
    return frozenset(one.details["staff"] for one in each(history, Step.RECUSED, stage))


def last_given(history: History, stage: int) -> int | None:
    """The id of whoever was last given a stage to handle or decide."""
    having = [one.details.get("staff") for one in each(history, Step.ASSIGNED, stage) if one.details.get("part") in LEADING]
    return having[-1] if having else None


def handler_at(history: History, stage: int) -> int | None:
    """The id of the member of staff who has a stage: the one last assigned to handle or decide it, unless they stood back."""
    having = last_given(history, stage)
    return having if having not in stood_back(history, stage) else None


def deciders(history: History, stage: int) -> frozenset[int]:
    """Everybody who decides a stage now: whoever has it, and those who decide it with them (ruling 34: they are plural)."""
    members = {one.details["staff"] for one in each(history, Step.ASSIGNED, stage) if one.details.get("part") == "member"}
    lead = handler_at(history, stage)
    return frozenset(members | ({lead} if lead is not None else set())) - stood_back(history, stage)


def taking_part(history: History, stage: int) -> frozenset[int]:
    """Everybody who was given a part at a stage that considers it, and did not stand back."""
    given = {one.details["staff"] for one in each(history, Step.ASSIGNED, stage) if one.details.get("part") in CONSIDERING}
    return frozenset(given) - stood_back(history, stage)


def kept_from(history: History, stage: int) -> frozenset[str]:
    """Who may not consider a stage for a conflict: decided so on the record (5.8c), or stood back from it themselves."""
    decided = {one.details["staff"]: one.details["barred"] for one in each(history, Step.CONFLICT_DECIDED)}
    back = {who for number in range(1, stage + 1) for who in stood_back(history, number)}
    return frozenset(f"staff:{who}" for who in back | {who for who, barred in decided.items() if barred})


def panel_waiting(history: History, stage: int) -> int | None:
    """The id of the panel that was last arranged at a stage, and neither met nor was called off; a later one takes the place of the first."""
    waiting = None
    for one in history:
        if one.stage == stage and one.step is Step.PANEL_ARRANGED:
            waiting = one.details["panel"]
        elif one.stage == stage and one.step in (Step.PANEL_HELD, Step.PANEL_CALLED_OFF) and one.details["panel"] == waiting:
            waiting = None
    return waiting


def panels_called_off(history: History) -> frozenset[int]:
    """The ids of the panels that were called off before they met."""
    return frozenset(one.details["panel"] for one in each(history, Step.PANEL_CALLED_OFF))


def outside_reviewer(history: History, stage: int) -> int | None:
    """Who was named from outside because nobody independent is here (ruling 53), or nobody."""
    named = [one.details["staff"] for one in each(history, Step.OUTSIDE_NAMED, stage)]
    return named[-1] if named else None


def named_in(history: History) -> frozenset[int]:
    """Who alone may see it, by the numbers of their accounts; nobody where it is not restricted."""
    said = last(history, Step.RESTRICTED)
    return frozenset(said.details["to"]) if said else frozenset()


def is_role_only(history: History) -> bool:
    """Whether the resident is told the role of whoever has it, and not the name: for a reason on the record (ruling 10)."""
    said = last(history, Step.NAMING)
    return said is not None and bool(said.details["role_only"])
