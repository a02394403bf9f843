"""A code of nowhere: it may begin at stage 2, its first day is day 1, and stage 1 has no acknowledgement."""

from datetime import date

from portal.rules.editions.model import (
    Disposition,
    Each,
    Edition,
    Extension,
    Ground,
    Hold,
    Limit,
    Need,
    Part,
    Provision,
    RemedyKind,
    Responsibility,
    Since,
    Stage,
    TimeLimit,
)
from portal.rules.table import RULES

ANSWER = (
    Part("decision", "what we decided", "S5", needs=(Need("disposition", "A decision", Each.POINT),)),
    Part("onwards", "where to go next", "S6"),
)

SALTMARSH = Edition(
    id="saltmarsh",
    name="The Saltmarsh Code",
    publisher="Saltmarsh Reeve",
    from_day=date(2020, 1, 1),
    until=None,
    definition="a grumble",
    definition_provision="S1",
    start_day=1,
    first_stages=(1, 2),
    stages=(
        Stage(
            number=1,
            name="Frontline",
            acknowledge=None,
            respond=Limit(5, Since.STAGE_BEGAN, "S3"),
            extend=Extension(5, "S4"),
            letters={"response": ANSWER, "extension": (Part("new_date", "the new date", "S4"),)},
        ),
        Stage(
            number=2,
            name="Investigation",
            acknowledge=Limit(3, Since.STAGE_BEGAN, "S7"),
            respond=Limit(20, Since.ACKNOWLEDGED, "S8"),
            extend=None,
            letters={"acknowledgement": (Part("definition", "what it is about", "S7"),), "response": ANSWER},
        ),
    ),
    triage_factors=(),
    responsibilities=(Responsibility("ours", "Ours"),),
    grounds=(Ground("trifling", "Trifling", "S9"),),
    remedy_kinds=(RemedyKind("eel pie", "An eel pie", "S10"),),
    dispositions=(
        Disposition("right", "You were right", "S5", needs_remedy=True),
        Disposition("wrong", "No", "S5"),
    ),
    refusal_rights=Part("reeve", "the right to see the Reeve", "S9"),
    time_limits=(TimeLimit("complain", "to complain", 6, True, "S2"),),
    may_ask_why_escalated=False,
    cites={rule.cites: f"S-{rule.cites}" for rule in RULES},
    provisions=(Provision("S1", "A grumble is a grumble.", (Hold.OUTSIDE,)),),
)
