"""What the 2024 Code asks of each letter, with the facts that a draft must hold for it."""

from dataclasses import replace

from portal.rules.editions.model import Each, Need, Part
from portal.rules.words import N_

OMBUDSMAN = Part("ombudsman", N_("how to use the Housing Ombudsman"), "3.7")

REFUSAL_RIGHTS = Part("refusal_rights", N_("the right to take the refusal to the Ombudsman"), "2.4")


def receipt(heard_by: str) -> tuple[Part, ...]:
    """The receipt; `heard_by` is the provision that says when the acknowledgement is due."""
    return (
        Part("reference", N_("the reference"), "5.12"),
        Part("words", N_("the resident’s own words, and the day we received them"), "5.12"),
        Part("acknowledge_by", N_("the day the resident will hear"), heard_by),
        OMBUDSMAN,
    )


def _definition(provision: str) -> Part:
    needs = (
        Need("points", N_("At least one point complained of")),
        Need("text", N_("What we understand this point to be"), Each.POINT),
    )
    return Part("definition", N_("our understanding of the complaint, point by point"), provision, "b", needs)


def acknowledgement(answered_by: str) -> tuple[Part, ...]:
    """The acknowledgement; `answered_by` is the provision that says when the answer is due."""
    definition = _definition("5.6")
    whose = (
        Need("responsibility", N_("Whether this point is ours to answer"), Each.POINT),
        Need(
            "whose", N_("Who this point belongs to, and how to reach them"), Each.POINT, when="names another"
        ),
    )
    outcomes = (
        Need("outcomes", N_("What would put it right, or the day we asked"), instead="outcomes_asked_on"),
    )
    answer_by = (Need("answer_by", N_("The day the answer is due")),)
    return (
        Part("stage", N_("which stage this is"), "5.6"),
        Part("definition", definition.label, "5.6", needs=definition.needs),
        Part("outcomes", N_("the outcomes sought"), "5.6", needs=outcomes),
        Part("responsibilities", N_("which points are ours and which are not"), "5.7", needs=whose),
        Part("answer_by", N_("the day the answer is due"), answered_by, needs=answer_by),
        Part("evidence", N_("how to tell us more, or send evidence"), "5.8"),
        Part("policy", N_("our complaints policy"), "3.4"),
        OMBUDSMAN,
    )


def _decision(points: str) -> Part:
    needs = (
        Need("responsibility", N_("Whether this point is ours to answer"), Each.POINT,
             open_value="to_be_confirmed", provision="5.7"),
        Need("disposition", N_("A decision on this point"), Each.POINT, provision=points),
    )  # fmt: skip
    return Part("decision", N_("the decision on each point"), "", "c", needs)


def _remedy() -> Part:
    needs = (
        Need(
            "fault",
            N_("An acknowledgement of what went wrong"),
            Each.POINT,
            when="needs remedy",
            provision="7.1",
        ),
        Need(
            "remedies",
            N_("What will be done to put it right"),
            Each.POINT,
            when="needs remedy",
            provision="7.1",
        ),
        Need("impact", N_("What this did to the resident"), Each.POINT, when="needs remedy", provision="7.2"),
    )
    return Part("remedy", N_("what we offer to put things right"), "", "e", needs)


def _actions() -> Part:
    needs = (
        Need("what", N_("What will be done"), Each.ACTION, provision="7.3"),
        Need("owner", N_("Who will do it"), Each.ACTION, provision="7.3"),
        Need("due_on", N_("The day it will be done by"), Each.ACTION, provision="7.3"),
    )
    return Part("actions", N_("what is still to be done"), "", "f", needs)


def _at(provision: str, part: Part) -> Part:
    return Part(part.id, part.label, provision, part.letter, part.needs)


def response(provision: str, points: str, onwards: Part) -> tuple[Part, ...]:
    """The answer's parts a to g, and the Ombudsman; `onwards` is the last of them."""
    reasons = (
        Need("reasons", N_("The reasons for the decision on this point"), Each.POINT, provision=points),
    )
    return (
        Part("stage", N_("which stage this is"), provision, "a"),
        _definition(provision),
        _at(provision, _decision(points)),
        Part("reasons", N_("the reasons for each decision"), provision, "d", reasons),
        _at(provision, _remedy()),
        _at(provision, _actions()),
        onwards,
        OMBUDSMAN,
    )


def answering(answer: tuple[Part, ...], points: str) -> dict[str, tuple[Part, ...]]:
    """The answer; the interim one, to some points; and the one that corrects it (ruling 27)."""
    of_points = tuple(part for part in answer if part.id in ("definition", "decision", "reasons", "remedy", "actions"))
    rest = (
        Part("rest", N_("which points are still to be answered"), points, needs=(Need("rest", N_("At least one point that is answered later")),)),
        Part("answer_by", N_("the day the rest is answered"), points),
    )  # fmt: skip
    why = Part("why", N_("what was wrong in the first letter"), points, needs=(Need("why", N_("What was wrong in the first letter")),))
    return {"interim": (*of_points, *rest, OMBUDSMAN), "correction": (why, *answer)}


def acknowledging(acknowledgement: tuple[Part, ...], response: tuple[Part, ...]) -> dict[str, tuple[Part, ...]]:
    """The acknowledgement, the answer, and the one letter that is both, with each part of either once (ruling 26)."""
    begun = {part.id for part in acknowledgement if part is not OMBUDSMAN}
    both = [part for part in acknowledgement if part is not OMBUDSMAN] + [part for part in response if part.id not in begun]
    return {"acknowledgement": acknowledgement, "response": response, "acknowledgement and answer": tuple(both)}


TO_STAGE_2 = Part("escalate", N_("how to take the complaint to stage 2"), "6.9", "g")

TO_THE_OMBUDSMAN = Part("escalate", N_("how to take the complaint to the Ombudsman"), "6.19", "g")

CONTRIBUTORS = Part("contributors", N_("who took part in the final answer"), "6.20", needs=(
    Need("contributors", N_("Who took part in the final answer, or why nobody else was needed"),
         instead="no_contributors_because"),
))  # fmt: skip


def _interval(provision: str) -> Part:
    return Part("interval", N_("how often we will send news"), provision, needs=(
        Need("interval", N_("How often we will send news")),
        Need("interval_agreed", N_("How that was agreed, or that it could not be")),
    ))  # fmt: skip


def extension(provision: str, contact: str) -> tuple[Part, ...]:
    """The extension notice; `contact` is the provision that asks for the Ombudsman's details."""
    return (
        Part("reason", N_("why more time is needed"), provision, needs=(
            Need("reason", N_("Why more time is needed")),
        )),
        Part("new_date", N_("the new date"), provision, needs=(Need("new_date", N_("The new date")),)),
        _interval("5.9"),
        Part("ombudsman", OMBUDSMAN.label, contact),
    )  # fmt: skip


LATE = (
    Part("reason", N_("why the answer is late"), "5.9", needs=(Need("reason", N_("Why the answer is late")),)),
    Part("new_date", N_("the day they will hear"), "5.9", needs=(Need("new_date", N_("The day they will hear")),)),
    _interval("5.9"),
    OMBUDSMAN,
)

UPDATE = (
    Part("news", N_("what has been done, and what happens next"), "5.9", needs=(
        Need("news", N_("What has been done since, and what happens next")),
    )),
    OMBUDSMAN,
)  # fmt: skip

ACTION_MISSED = (
    Part("apology", N_("that it was not done, and that we are sorry"), "7.3"),
    Part("actions", N_("what was promised, by whom and by when"), "7.3"),
    Part("reply", N_("how to tell us"), "7.3"),
    OMBUDSMAN,
)

ACTION_REDATED = (
    Part("reason", N_("why the date has changed"), "7.3", needs=(Need("reason", N_("Why the date has changed")),)),
    Part("actions", N_("what will be done, by whom and by when"), "7.3"),
    OMBUDSMAN,
)

ACTION_DONE = (
    Part("done", N_("what was done, and on what day"), "7.3"),
    Part("proof", N_("how we know that it is done"), "7.3", needs=(Need("proof", N_("How we know that it is done")),)),
    OMBUDSMAN,
)

OFFER = (
    Part("reason", N_("why we offer more"), "7.1", needs=(Need("reason", N_("Why we offer more")),)),
    Part("remedy", N_("what we offer to put things right"), "7.1", needs=(
        Need("kind", N_("A kind of remedy")),
        Need("words", N_("What we offer, as they will read it")),
        *_actions().needs,
    )),
    Part("impact", N_("what it makes good"), "7.2", needs=(Need("impact", N_("What this did to the resident")),)),
    OMBUDSMAN,
)  # fmt: skip

AGREED = (Part("agreed", N_("what was agreed, and on what day"), "5.12"), OMBUDSMAN)

AUTHORITY_REQUEST = (
    Part("who", N_("who says that they act for the resident"), "1.6"),
    Part("until_then", N_("what they see until the resident tells us"), "1.6"),
    Part("reply", N_("how to say whether they may"), "1.6"),
    OMBUDSMAN,
)

REPRESENTATIVE = (
    Part("change", N_("whether they act for the resident"), "1.6"),
    Part("reason", N_("what was shown, or why not"), "1.6", needs=(Need("reason", N_("What was shown, or why not")),)),
    Part("reply", N_("how to change it"), "1.6"),
    OMBUDSMAN,
)

ADJUSTMENT = (
    Part("decision", N_("whether we do what was asked for"), "5.10"),
    Part("review", N_("when it is looked at again"), "5.10"),
    Part("reply", N_("how to say that it is not kept to"), "5.10"),
    OMBUDSMAN,
)

AUTHORITY_ENDED = (
    Part("change", N_("who acts for them no longer, or not for now"), "1.6"),
    Part("reply", N_("how to change it"), "1.6"),
    OMBUDSMAN,
)

AUTHORITY_DECIDED = (
    Part("change", N_("whether the access of whoever acts for them stays paused"), "1.6"),
    Part("reason", N_("why"), "1.6", needs=(Need("reason", N_("Why, as they will read it")),)),
    Part("reply", N_("how to have it looked at again"), "1.6"),
    OMBUDSMAN,
)

NEW_ISSUE = (
    Part("issue", N_("the new issue, in the resident’s words"), "6.8"),
    Part("decision", N_("where it is answered"), "6.8", needs=(
        Need("decision", N_("Whether it is part of this complaint or a new one")),
    )),
    Part("reason", N_("why it is answered there"), "6.8", needs=(
        Need("reason", N_("Why, as they will read it")),
    )),
    OMBUDSMAN,
)  # fmt: skip

CLARIFICATION = (
    Part("question", N_("what we ask"), "5.6", needs=(Need("question", N_("What we ask them")),)),
    Part("dates", N_("that our dates stay as they are, with or without a reply"), "5.6"),
    OMBUDSMAN,
)  # fmt: skip

REVISED = (
    Part("why", N_("what we changed, and why"), "5.6", needs=(
        Need("why", N_("What we changed, and why"), instead="settled"),
    )),
    *(replace(part, needs=() if part.id == "answer_by" else part.needs) for part in acknowledgement("5.6") if part.id != "stage"),
)  # fmt: skip

REFUSAL = (
    Part("ground", N_("the ground for the refusal"), "2.2", needs=(
        Need("ground", N_("A ground for the refusal")),
    )),
    Part("evidence", N_("the evidence for it"), "2.1", needs=(Need("evidence", N_("The evidence for it")),)),
    Part("reasons", N_("the reasons"), "2.4", needs=(Need("reasons", N_("The reasons, in plain words")),)),
    Part("circumstances", N_("how the resident’s circumstances were weighed"), "2.5", needs=(
        Need("circumstances", N_("How the resident’s circumstances were weighed")),
    )),
    REFUSAL_RIGHTS,
    OMBUDSMAN,
)  # fmt: skip

DISCRETION = Part("discretion", N_("why discretion was not used"), "2.3", needs=(
    Need("discretion", N_("Why discretion was not used")),
))  # fmt: skip

COURT_FILING = Part("court_filing", N_("when the claim was filed at court"), "2.2", needs=(
    Need("court_filing", N_("The day the claim was filed at court, or its number")),
))  # fmt: skip

EARLIER_DECISION = Part("earlier_decision", N_("the complaint in which it was considered"), "2.2", needs=(
    Need("earlier_decision", N_("The complaint in which it was considered")),
))  # fmt: skip
