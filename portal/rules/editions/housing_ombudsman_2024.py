"""The Housing Ombudsman's Complaint Handling Code of 1 April 2024, for social landlords in England."""

from datetime import date

from portal.rules.editions import housing_ombudsman_2024_letters as letters
from portal.rules.editions.housing_ombudsman_2024_provisions import PROVISIONS
from portal.rules.editions.model import (
    Disposition,
    Edition,
    Extension,
    Ground,
    Limit,
    RemedyKind,
    Responsibility,
    Since,
    Stage,
    TimeLimit,
)
from portal.rules.words import N_

ANSWER_1 = letters.response("6.9", "6.7", letters.TO_STAGE_2)
ANSWER_2 = (*letters.response("6.19", "6.18", letters.TO_THE_OMBUDSMAN), letters.CONTRIBUTORS)

STAGE_1 = Stage(
    number=1,
    name=N_("Stage 1"),
    acknowledge=Limit(5, Since.STAGE_BEGAN, "6.2"),
    respond=Limit(10, Since.ACKNOWLEDGED, "6.3"),
    extend=Extension(10, "6.4"),
    letters={
        "receipt": letters.receipt("6.2"),
        **letters.acknowledging(letters.acknowledgement("6.3"), ANSWER_1),
        **letters.answering(ANSWER_1, "6.7"),
        "extension": letters.extension("6.4", "6.5"),
        "late": letters.LATE,
        "update": letters.UPDATE,
        "clarification": letters.CLARIFICATION,
        "revised": letters.REVISED,
        "new_issue": letters.NEW_ISSUE,
        "agreed": letters.AGREED,
        "action_missed": letters.ACTION_MISSED,
        "action_redated": letters.ACTION_REDATED,
        "action_done": letters.ACTION_DONE,
        "offer": letters.OFFER,
        "authority_request": letters.AUTHORITY_REQUEST,
        "representative": letters.REPRESENTATIVE,
        "adjustment": letters.ADJUSTMENT,
        "authority_ended": letters.AUTHORITY_ENDED,
        "authority_decided": letters.AUTHORITY_DECIDED,
        "refusal": letters.REFUSAL,
    },
)

STAGE_2 = Stage(
    number=2,
    name=N_("Stage 2"),
    acknowledge=Limit(5, Since.STAGE_BEGAN, "6.11"),
    respond=Limit(20, Since.ACKNOWLEDGED, "6.14"),
    extend=Extension(20, "6.15"),
    letters={
        "receipt": letters.receipt("6.11"),
        **letters.acknowledging(letters.acknowledgement("6.14"), ANSWER_2),
        **letters.answering(ANSWER_2, "6.18"),
        "extension": letters.extension("6.15", "6.16"),
        "late": letters.LATE,
        "update": letters.UPDATE,
        "clarification": letters.CLARIFICATION,
        "revised": letters.REVISED,
        "new_issue": letters.NEW_ISSUE,
        "agreed": letters.AGREED,
        "action_missed": letters.ACTION_MISSED,
        "action_redated": letters.ACTION_REDATED,
        "action_done": letters.ACTION_DONE,
        "offer": letters.OFFER,
        "authority_request": letters.AUTHORITY_REQUEST,
        "representative": letters.REPRESENTATIVE,
        "adjustment": letters.ADJUSTMENT,
        "authority_ended": letters.AUTHORITY_ENDED,
        "authority_decided": letters.AUTHORITY_DECIDED,
        "refusal": letters.REFUSAL,
    },
)

GROUNDS = (
    Ground("over_12_months", N_("It happened, and was known of, more than 12 months ago"), "2.2",
           (letters.DISCRETION,), after_months=12),
    Ground("legal_proceedings", N_("Legal proceedings have begun: the claim has been filed at court"), "2.2",
           (letters.COURT_FILING,), may_arise_later=True),
    Ground("already_considered", N_("It has been considered before under our complaints policy"), "2.2",
           (letters.EARLIER_DECISION,)),
)  # fmt: skip

RESPONSIBILITIES = (
    Responsibility("ours", N_("Ours")),
    Responsibility("not_ours", N_("Not ours"), names_another=True),
    Responsibility("shared", N_("Shared with somebody else"), names_another=True),
    Responsibility("to_be_confirmed", N_("To be confirmed"), is_settled=False),
)

REMEDY_KINDS = (
    RemedyKind("apology", N_("An apology"), "7.1"),
    RemedyKind("acknowledgement", N_("Acknowledging what went wrong"), "7.1"),
    RemedyKind("explanation", N_("An explanation, help or reasons"), "7.1"),
    RemedyKind("action", N_("Doing what was delayed"), "7.1"),
    RemedyKind("decision", N_("Looking again at a decision, or changing it"), "7.1"),
    RemedyKind("record", N_("Correcting a record, or adding to it"), "7.1"),
    RemedyKind("money", N_("A payment"), "7.1"),
    RemedyKind("policy", N_("Changing a policy or how we work"), "7.1"),
)

DISPOSITIONS = (
    Disposition("upheld", N_("Upheld"), "6.9", needs_remedy=True),
    Disposition("partly_upheld", N_("Partly upheld"), "6.9", needs_remedy=True),
    Disposition("not_upheld", N_("Not upheld"), "6.9"),
    Disposition("not_ours", N_("Not ours to answer"), "5.7"),
    Disposition("not_accepted", N_("Not accepted"), "2.4", needs_refusal_rights=True, goes_on=False),
    Disposition("withdrawn", N_("Withdrawn by the resident"), "5.12", goes_on=False),
)

TIME_LIMITS = (
    TimeLimit("complain", N_("to complain, from when it happened or was known of"), 12, False, "2.3"),
    TimeLimit("ombudsman", N_("to go to the Ombudsman, from the final answer"), 12, False, "3.7"),
)

# The provision behind each rule of history.RULES; a number after the rule is the stage it is of.
CITES = {
    "record": "5.12",
    "first stage": "5.2",
    "stages": "5.3",
    "triage": "6.1",
    "acknowledge 1": "6.2",
    "acknowledge 2": "6.11",
    "definition": "5.6",
    "responsibility": "5.7",
    "answer 1": "6.3",
    "answer 2": "6.14",
    "points 1": "6.7",
    "points 2": "6.18",
    "fault": "7.1",
    "impact": "7.2",
    "letter 1": "6.9",
    "letter 2": "6.19",
    "extend 1": "6.4",
    "extend 2": "6.15",
    "escalate": "6.10",
    "update": "5.9",
    "new issue": "6.8",
    "first request": "1.4",
    "refusal time": "2.3",
    "refuse": "2.1",
    "refusal rights": "2.4",
    "different person": "6.13",
    "independence": "5.8",
    "action": "7.3",
}

EDITION = Edition(
    id="housing-ombudsman-2024",
    name=N_("Complaint Handling Code, 1 April 2024"),
    publisher=N_("Housing Ombudsman"),
    from_day=date(2024, 4, 1),
    until=None,
    definition=N_(
        "an expression of dissatisfaction, however made, about the standard of service, actions or lack of "
        "action by the landlord, its own staff, or those acting on its behalf, affecting a resident or group "
        "of residents"
    ),
    definition_provision="1.2",
    start_day=0,
    first_stages=(1,),
    stages=(STAGE_1, STAGE_2),
    triage_factors=("complexity", "vulnerability", "risk"),
    responsibilities=RESPONSIBILITIES,
    grounds=GROUNDS,
    remedy_kinds=REMEDY_KINDS,
    dispositions=DISPOSITIONS,
    refusal_rights=letters.REFUSAL_RIGHTS,
    time_limits=TIME_LIMITS,
    may_ask_why_escalated=False,
    cites=CITES,
    provisions=PROVISIONS,
)
