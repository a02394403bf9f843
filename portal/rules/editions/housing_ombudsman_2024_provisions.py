"""The 72 provisions of the 2024 Code, a line each in our own words, with how the portal holds them."""

from portal.rules.editions.model import Hold, Provision, Strength
from portal.rules.words import N_

ENFORCE, MEASURE, SUPPORT, OUTSIDE = Hold
WHOLE, RECORD = Strength.WHOLE, Strength.RECORD_ONLY


def _row(number: str, words: str, *holds: Hold, strength: Strength | None = None) -> Provision:
    return Provision(number, words, holds, strength)


def _whole(number: str, words: str, *also: Hold) -> Provision:
    return _row(number, words, ENFORCE, *also, strength=WHOLE)


def _record(number: str, words: str, *also: Hold) -> Provision:
    return _row(number, words, ENFORCE, *also, strength=RECORD)


PROVISIONS = (
    # What a complaint is
    _record("1.2", N_("One fixed definition of a complaint is used."), SUPPORT),
    _record(
        "1.3", N_("Nobody has to say “complaint”: anyone unhappy is offered the choice to make one."), MEASURE
    ),
    _row(
        "1.4",
        N_("A service request is told apart from a complaint, recorded, watched and reviewed."),
        MEASURE,
        SUPPORT,
    ),
    _whole(
        "1.5",
        N_("Unhappiness with the answer to a service request is a complaint, and the request carries on."),
    ),
    _record(
        "1.6",
        N_("A survey answer is not a complaint by itself, but every survey says how to complain."),
        SUPPORT,
    ),
    # Exclusions
    _whole(
        "2.1",
        N_("A complaint is accepted unless there is a valid reason not to, with evidence, case by case."),
    ),
    _whole("2.2", N_("The policy lists fair reasons for not accepting a complaint."), SUPPORT),
    _whole(
        "2.3",
        N_("Issues up to 12 months old, or known of for that long, are accepted; older ones get discretion."),
    ),
    _whole("2.4", N_("A refusal gives its reasons and the right to take it to the Ombudsman.")),
    _record("2.5", N_("Nothing is refused wholesale: each person’s circumstances are weighed."), MEASURE),
    # Access and awareness
    _row(
        "3.1",
        N_("There are several ways to complain, and adjustments are thought of in advance."),
        MEASURE,
        ENFORCE,
    ),
    _record(
        "3.2",
        N_("A complaint can be made in any way, to any member of staff, who knows how to pass it on."),
        MEASURE,
    ),
    _row(
        "3.3",
        N_("Many complaints can be a good sign; very few may mean that people cannot reach us."),
        SUPPORT,
        MEASURE,
    ),
    _record(
        "3.4",
        N_("The policy is clear and easy to get, and says both stages, what happens and when."),
        SUPPORT,
    ),
    _row("3.5", N_("The policy says how it, the Ombudsman and the Code are made known."), SUPPORT),
    _record("3.6", N_("Someone may act for a resident, and come with them to meetings.")),
    _whole("3.7", N_("Residents are told about the Ombudsman and how to use it.")),
    # Staff
    _record(
        "4.1",
        N_("A named person or team looks after complaints, the Ombudsman and reports to the governing body."),
        SUPPORT,
    ),
    _row(
        "4.2",
        N_("That person can reach staff at every level and has the authority to settle things."),
        SUPPORT,
        OUTSIDE,
    ),
    _row("4.3", N_("Complaint handling is a priority, with training and enough people."), SUPPORT, MEASURE),
    # The process
    _record("5.1", N_("There is one policy, and nobody is treated worse for complaining."), SUPPORT),
    _record("5.2", N_("Settling things early is good, but there is no extra stage before stage 1."), MEASURE),
    _whole("5.3", N_("There are never more than two stages.")),
    _record("5.4", N_("A third party’s answers sit inside the same two stages.")),
    _row("5.5", N_("The landlord answers for its third parties keeping to the Code."), MEASURE),
    _whole(
        "5.6",
        N_("The points and outcomes sought are set out at both stages, and anything unclear is asked."),
    ),
    _whole("5.7", N_("The acknowledgement says which parts are the landlord’s and which are not.")),
    _record(
        "5.8",
        N_("Each complaint is dealt with on its merits, independently, with the resident heard."),
        SUPPORT,
        OUTSIDE,
    ),
    _whole("5.9", N_("When an answer will be late, how often to send news is agreed."), MEASURE),
    _record(
        "5.10",
        N_("Reasonable adjustments are made, recorded with any disability disclosed, and reviewed."),
        MEASURE,
    ),
    _whole("5.11", N_("Going to stage 2 is refused only for a published reason.")),
    _whole(
        "5.12",
        N_("A full record is kept: the first words, the day received, all letters and reports."),
        MEASURE,
    ),
    _record("5.13", N_("A remedy can be given at any point of the process.")),
    _record("5.14", N_("Restrictions on contact have reasons, under a policy, and are reviewed.")),
    _record("5.15", N_("Restrictions are proportionate and have regard to the Equality Act."), SUPPORT),
    # Stages and times
    _record(
        "6.1",
        N_("Each complaint is weighed: how complex, how vulnerable the person, how great the risk."),
        MEASURE,
    ),
    _row(
        "6.2",
        N_("Stage 1 is acknowledged, defined and logged within five working days of receipt."),
        MEASURE,
        ENFORCE,
    ),
    _row("6.3", N_("The stage 1 answer goes within ten working days of the acknowledgement."), MEASURE),
    _whole(
        "6.4",
        N_("More time at stage 1 is told early and explained: ten working days at most, bar good reason."),
    ),
    _whole("6.5", N_("A stage 1 extension notice gives the Ombudsman’s details.")),
    _record(
        "6.6", N_("The stage 1 answer goes when it is known, and the work that remains is tracked."), MEASURE
    ),
    _record(
        "6.7",
        N_("The stage 1 answer deals with every point, with reasons and the law or policy behind them."),
        SUPPORT,
    ),
    _record(
        "6.8", N_("New related issues join stage 1 until it is answered; others become a new complaint.")
    ),
    _whole("6.9", N_("The stage 1 letter holds its seven parts, the last being how to go to stage 2.")),
    _whole("6.10", N_("A complaint not settled, in whole or in part, goes to stage 2, which is final.")),
    _row(
        "6.11",
        N_("Stage 2 is acknowledged, defined and logged within five working days of the request."),
        MEASURE,
        ENFORCE,
    ),
    _whole("6.12", N_("Nobody has to say why they want stage 2; the landlord tries to understand."), SUPPORT),
    _whole("6.13", N_("Someone else considers stage 2.")),
    _row(
        "6.14",
        N_("The final answer goes within twenty working days of the stage 2 acknowledgement."),
        MEASURE,
    ),
    _whole(
        "6.15",
        N_("More time at stage 2 is told early and explained: twenty working days at most, bar good reason."),
    ),
    _whole("6.16", N_("A stage 2 extension notice gives the Ombudsman’s details.")),
    _record(
        "6.17", N_("The final answer goes when it is known, and the work that remains is tracked."), MEASURE
    ),
    _record(
        "6.18",
        N_("The final answer deals with every point, with reasons and the law or policy behind them."),
        SUPPORT,
    ),
    _whole(
        "6.19", N_("The stage 2 letter holds its seven parts, the last being how to go to the Ombudsman.")
    ),
    _record("6.20", N_("Everyone suitable has a part in the final answer."), SUPPORT),
    # Putting things right
    _record("7.1", N_("A fault is owned, and what was or will be done about it is said.")),
    _record("7.2", N_("A remedy matches what the fault did to the resident."), OUTSIDE),
    _record("7.3", N_("A remedy says what, by when, agreed where it fits, and is carried through."), MEASURE),
    _row("7.4", N_("The Ombudsman’s guidance on remedies is taken into account."), SUPPORT, ENFORCE),
    # Self-assessment and reporting
    _row("8.1", N_("A yearly report on complaints is made for scrutiny, in six parts."), MEASURE, SUPPORT),
    _whole("8.2", N_("The governing body gets the report, and it is published with its response."), SUPPORT),
    _row(
        "8.3", N_("A new self-assessment follows a restructure, a merger or a change of procedure."), SUPPORT
    ),
    _row("8.4", N_("The self-assessment is looked at again when the Ombudsman asks."), SUPPORT),
    _row(
        "8.5",
        N_("When the Code cannot be kept, the Ombudsman and residents are told, and given a date."),
        SUPPORT,
    ),
    # Scrutiny and learning
    _record("9.1", N_("Each complaint is looked past for what could be better."), MEASURE),
    _row("9.2", N_("Complaints are used to see problems coming."), MEASURE, SUPPORT),
    _row("9.3", N_("What was learned is told to panels, staff and committees."), SUPPORT),
    _row("9.4", N_("A senior person answers for complaints and looks at their themes."), SUPPORT, ENFORCE),
    _whole("9.5", N_("A member of the governing body is the Member Responsible for Complaints.")),
    _row("9.6", N_("That member gets regular information and access to staff."), SUPPORT),
    _row(
        "9.7",
        N_("That member and the board see numbers, trends, the Ombudsman’s findings and the yearly report."),
        MEASURE,
        SUPPORT,
    ),
    _row(
        "9.8",
        N_("Staff and third parties share one aim: work together, share the duty, act professionally."),
        OUTSIDE,
        SUPPORT,
    ),
)
