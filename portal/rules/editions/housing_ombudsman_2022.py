"""The Complaint Handling Code of 2022, for stages that began before 1 April 2024 (ruling 33).

Numbers of provisions are the 2022 Code's own. Two are recalled and to be checked before anything is published under
them: 6.1 (owning the fault) and 4.7 (evidence). Its third stage, which some landlords had, is not built (ruling 33).
"""

from dataclasses import replace
from datetime import date

from portal.rules.editions import housing_ombudsman_2024 as later
from portal.rules.editions import housing_ombudsman_2024_letters as letters
from portal.rules.editions.model import (
    Disposition,
    Edition,
    Extension,
    Ground,
    Hold,
    Limit,
    Part,
    Provision,
    RemedyKind,
    Since,
    Stage,
    TimeLimit,
)
from portal.rules.words import N_

# The 2024 number of what a letter must say, and the 2022 number of the same; what is not here was not asked in 2022.
NUMBERS = {
    "1.2": "1.2", "2.1": "1.7", "2.2": "1.8", "2.4": "1.9", "3.4": "2.3", "3.7": "2.8", "5.6": "4.2", "5.8": "4.7",
    "5.9": "4.10", "5.12": "4.15", "6.2": "4.1", "6.3": "5.1", "6.4": "5.1", "6.5": "5.3", "6.7": "5.6", "6.8": "5.7", "6.9": "5.8",
    "6.11": "5.10", "6.14": "5.13", "6.15": "5.13", "6.16": "5.15", "6.18": "5.6", "6.19": "5.16", "7.1": "6.1", "7.2": "6.2",
    "7.3": "5.5",
}  # fmt: skip


def _as_in_2022(parts: tuple[Part, ...], without: tuple[str, ...] = ()) -> tuple[Part, ...]:
    """The parts that 2022 asked for too, by their numbers then."""
    return tuple(
        replace(
            part,
            provision=NUMBERS[part.provision],
            needs=tuple(
                replace(need, provision=NUMBERS[need.provision] if need.provision else "")
                for need in part.needs
                if not need.provision or need.provision in NUMBERS
            ),
        )
        for part in parts
        if part.provision in NUMBERS and part.id not in without
    )


def _letters(stage: Stage) -> dict[str, tuple[Part, ...]]:
    """What each letter had to say; the definition was not yet among an answer's parts (5.8, 5.16)."""
    without = {"response": ("definition", "contributors")}
    return {kind: _as_in_2022(parts, without.get(kind, ())) for kind, parts in stage.letters.items()}


# "Within five days of receipt" (4.1) is counted in working days (ruling 53), and logging is the acknowledgement (J).
STAGE_1 = Stage(
    number=1,
    name=N_("Stage 1"),
    acknowledge=Limit(5, Since.STAGE_BEGAN, "4.1"),
    respond=Limit(10, Since.ACKNOWLEDGED, "5.1"),
    extend=Extension(10, "5.1"),
    letters=_letters(later.STAGE_1),
)

STAGE_2 = Stage(
    number=2,
    name=N_("Stage 2"),
    acknowledge=None,
    respond=Limit(20, Since.STAGE_BEGAN, "5.13"),
    extend=Extension(10, "5.13"),
    letters=_letters(later.STAGE_2),
)

GROUNDS = (
    Ground("legal_proceedings", N_("Legal proceedings have begun: the claim has been filed at court"), "1.8",
           _as_in_2022((letters.COURT_FILING,)), may_arise_later=True),
    Ground("already_considered", N_("It has been considered before under our complaints policy"), "1.8",
           _as_in_2022((letters.EARLIER_DECISION,))),
)  # fmt: skip

CITES = {
    "record": "4.15", "first stage": "4.1", "stages": "5.17", "triage": "4.1", "acknowledge 1": "4.1", "acknowledge 2": "5.10",
    "definition": "4.2", "responsibility": "4.2", "answer 1": "5.1", "answer 2": "5.13", "points": "5.6", "fault": "6.1",
    "impact": "6.2", "letter 1": "5.8", "letter 2": "5.16", "extend 1": "5.1", "extend 2": "5.13", "escalate": "5.9",
    "refuse": "1.7", "refusal rights": "1.9", "refusal time": "1.8", "different person": "5.12", "independence": "4.7", "action": "5.5", "update": "4.10",
    "new issue": "5.7", "first request": "1.4",
}  # fmt: skip


def _row(number: str, words: str, hold: Hold) -> Provision:
    return Provision(number, words, (hold,))


# What this portal cites of the 2022 Code, in our own words; not the whole Code.
PROVISIONS = (
    _row("1.2", N_("One fixed definition of a complaint is used."), Hold.SUPPORT),
    _row("1.4", N_("A service request is not a complaint, and is recorded and watched."), Hold.SUPPORT),
    _row("1.7", N_("A complaint is accepted unless there is a good reason not to."), Hold.SUPPORT),
    _row("1.8", N_("The policy lists when a complaint is not considered, and the list is fair."), Hold.SUPPORT),
    _row("1.9", N_("Whoever is refused is told why, and that the Ombudsman can look at it."), Hold.SUPPORT),
    _row("2.3", N_("The policy is easy to find and says what happens and by when."), Hold.SUPPORT),
    _row("2.8", N_("People are told how to reach the Ombudsman throughout."), Hold.SUPPORT),
    _row("4.1", N_("A complaint is logged and acknowledged within five days, and nothing comes before stage 1."), Hold.MEASURE),
    _row("4.2", N_("The acknowledgement sets out how the complaint is understood, and asks where it is unclear."), Hold.SUPPORT),
    _row("4.7", N_("The evidence is weighed, and everybody can put their side."), Hold.SUPPORT),
    _row("4.10", N_("There is regular news while a complaint is looked into."), Hold.MEASURE),
    _row("4.15", N_("There is a full record of each complaint."), Hold.SUPPORT),
    _row("5.1", N_("Stage 1 is answered within ten working days of logging, or ten more where that is explained."), Hold.MEASURE),
    _row("5.3", N_("Where more time is not agreed, the notice says how to reach the Ombudsman."), Hold.SUPPORT),
    _row("5.5", N_("The answer goes when it is known, and what is still to be done is followed up."), Hold.MEASURE),
    _row("5.6", N_("Every point is answered, with reasons."), Hold.SUPPORT),
    _row("5.7", N_("New issues join the answer if they belong to it and it has not gone."), Hold.SUPPORT),
    _row("5.8", N_("The stage 1 answer has its parts, in plain words."), Hold.SUPPORT),
    _row("5.9", N_("Whoever is not satisfied goes on to stage 2, unless there is a good reason against it."), Hold.SUPPORT),
    _row("5.10", N_("A request for stage 2 is confirmed with how it is understood."), Hold.SUPPORT),
    _row("5.12", N_("Somebody else looks at stage 2."), Hold.SUPPORT),
    _row("5.13", N_("Stage 2 is answered within twenty working days of the request, or ten more where that is explained."), Hold.MEASURE),
    _row("5.15", N_("Where more time at stage 2 is not agreed, the notice says how to reach the Ombudsman."), Hold.SUPPORT),
    _row("5.16", N_("The stage 2 answer has its parts, in plain words."), Hold.SUPPORT),
    _row("5.17", N_("A third stage is only for landlords who are sure of its worth."), Hold.OUTSIDE),
    _row("6.1", N_("What went wrong is owned, with what is done about it."), Hold.SUPPORT),
    _row("6.2", N_("What is offered reflects what the fault did, and promises no more than can be kept."), Hold.SUPPORT),
)  # fmt: skip


def _disposition(one: Disposition) -> Disposition:
    numbers = {"6.9": "5.8", "5.7": "4.2", "2.4": "1.9", "5.12": "4.15"}
    return replace(one, provision=numbers[one.provision])


EDITION = Edition(
    id="housing-ombudsman-2022",
    name=N_("Complaint Handling Code, 2022"),
    publisher=N_("Housing Ombudsman"),
    from_day=date(2022, 4, 1),
    until=date(2024, 3, 31),
    definition=N_(
        "an expression of dissatisfaction, however made, about the standard of service, actions or lack of "
        "action by the organisation, its own staff, or those acting on its behalf, affecting an individual "
        "resident or group of residents"
    ),
    definition_provision="1.2",
    start_day=0,
    first_stages=(1,),
    stages=(STAGE_1, STAGE_2),
    triage_factors=(),
    responsibilities=later.RESPONSIBILITIES,
    grounds=GROUNDS,
    remedy_kinds=tuple(RemedyKind(kind.id, kind.label, "6.1") for kind in later.REMEDY_KINDS),
    dispositions=tuple(_disposition(one) for one in later.DISPOSITIONS),
    refusal_rights=_as_in_2022((letters.REFUSAL_RIGHTS,))[0],
    time_limits=(TimeLimit("ombudsman", N_("to go to the Ombudsman, from the final answer"), 12, False, "2.8"),),
    may_ask_why_escalated=True,
    cites=CITES,
    provisions=PROVISIONS,
)
