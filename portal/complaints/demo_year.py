"""The demo's year: what came in from four thousand homes, told by the same few paths that real complaints take."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from portal.complaints.demo_words import EASIER, not_upheld, point, said, upheld

HOMES, COMPLAINTS = 4000, 110
WORKING_DAYS = 250
FIRST = (
    "Aisha", "Brendan", "Celeste", "Dariusz", "Eleri", "Farida", "Gideon", "Hamza", "Ines", "Joyce", "Kwame", "Lakshmi", "Marek",
    "Nasreen", "Owen", "Petra", "Quentin", "Rosa", "Siobhan", "Tariq", "Una", "Viktor", "Wanda", "Yusuf", "Zofia",
)  # fmt: skip
LAST = (
    "Abara", "Bexley", "Castellan", "Dromgoole", "Eskander", "Fenwick", "Garbutt", "Hollis", "Iqbal", "Jankowski", "Kettle",
    "Llewellyn", "Mbeki", "Norcross", "Okonjo", "Pickersgill", "Quiller", "Rahmani", "Sowerby", "Trelawney", "Vasquez", "Whitlow",
)  # fmt: skip
STREETS = ("Anchor Row", "Bollard Street", "Chandler Court", "Dory Lane", "Estuary Road", "Fathom Close", "Groyne Walk", "Harbour View")


class Trouble(NamedTuple):
    """One thing that goes wrong in homes: whose work it is, what is said of it, what we find and what we do."""

    service: str
    words: str
    point: str
    wanted: str
    reasons: str
    fault: str
    impact: str
    action: str


TROUBLES = (
    Trouble("Repairs", "The kitchen tap has dripped for seven weeks and three people have looked at it.", "The kitchen tap was not mended in three visits.",
            "Mend the tap", "The part was never ordered.", "We sent people without the part.", "You stayed in three times for nothing.", "Fit the new tap"),
    Trouble("Damp and mould", "There is black mould behind the cot again. You painted over it in spring.", "Mould was painted over and came back.",
            "Find out where the damp comes from", "Nobody surveyed the wall.", "We treated the stain and not the cause.", "Your baby has slept in a damp room.", "Survey the wall and the gutter"),
    Trouble("Heating and gas", "We had no hot water for nine days in a cold week.", "The boiler was out for nine days.",
            "Say why it took nine days", "Our contractor had no second engineer.", "We left you without hot water too long.", "You boiled kettles to wash.", "Service the boiler before winter"),
    Trouble("Neighbourhoods", "Bins are left in front of our gate every Thursday and I cannot get the pushchair through.", "The bins block the gate each week.",
            "Move the bin place", "We were told in May and did not pass it on.", "We did not act on what you told us.", "You have lifted a pushchair over bins.", "Paint a bin place by the wall"),
    Trouble("Rent and service charges", "I was charged for a lift in a house that has no lift.", "A charge was made for a lift that is not there.",
            "Take the charge off", "The block was set up with a neighbour's charges.", "We charged you for nothing.", "You paid what you did not owe.", "Pay the charge back"),
    Trouble("Lettings", "You let me a flat with a broken window lock and said it would be done before I moved in.", "The window lock was broken when the flat was let.",
            "Mend the lock", "The list of works was not read before the keys were given.", "We let a flat that was not ready.", "You did not feel safe.", "Change the window locks"),
)  # fmt: skip


def cases() -> Iterator[dict[str, Any]]:
    """Each complaint of the year, the oldest first; what would happen after today is left out, and so is still owed."""
    for n in range(COMPLAINTS):
        trouble, ago = TROUBLES[n * 7 % len(TROUBLES)], WORKING_DAYS - n * WORKING_DAYS // COMPLAINTS
        path = PATHS[n * 11 % len(PATHS)]
        handler = "handler" if n % 3 else "handler_2"
        then = [(verb, ago - after, *rest) for verb, after, *rest in path(trouble, handler, ago)]
        yield {"told": _told(n, trouble), "days_ago": ago, "then": [step for step in then if step[1] >= 0]}


def _told(n: int, trouble: Trouble) -> dict[str, Any]:
    name = f"{FIRST[n % len(FIRST)]} {LAST[n * 5 % len(LAST)]}"
    more: dict[str, Any] = {"adjustments": EASIER} if n % 13 == 0 else {"language": "cy"} if n % 17 == 0 else {}
    return said(trouble.words, name, address(n * 21 % HOMES), **more)


def address(n: int) -> str:
    """One of the homes, by its number."""
    return f"{n // len(STREETS) + 1} {STREETS[n % len(STREETS)]}\nTidewell\nTW{n % 9 + 1} 0ZZ"


Steps = Iterator[tuple[Any, ...]]
"""What happens: a verb, how many working days after it was received, and what it needs."""


def _begun(trouble: Trouble, who: str, by: int = 3) -> Steps:
    yield "match", 1
    yield "triage", 1, "One thing, told clearly.", trouble.service
    yield "assign", 1, who
    yield "acknowledge", by, who, {"points": [point(1, trouble.point)], "outcomes": [trouble.wanted]}


def _answer(trouble: Trouble, ago: int, after: int) -> dict[str, Any]:
    """The point upheld, with something to do six working days later."""
    found = upheld(1, trouble.point, trouble.reasons, trouble.fault, trouble.impact, "apology", "We are sorry.")
    action = {"what": trouble.action, "owner": "Dean Colley, repairs", "due_in": 6 + after - ago}
    return {"opening": "You were right to complain.", "points": [found], "actions": [action]}


def _nothing_found(trouble: Trouble) -> dict[str, Any]:
    found = not_upheld(1, trouble.point, "We read the orders and spoke to those who came.", "What was done was done in time.")
    return {"opening": "", "points": [found], "actions": []}


def in_time(trouble: Trouble, who: str, ago: int) -> Steps:
    """Answered in time, and what was promised is done."""
    yield from _begun(trouble, who)
    yield "respond", 10, who, _answer(trouble, ago, 10)
    yield "do_actions", 14, "Seen by the repairs manager."


def kept_late(trouble: Trouble, who: str, ago: int) -> Steps:
    """Answered in time; the promise was kept four working days late."""
    yield from _begun(trouble, who)
    yield "respond", 12, who, _answer(trouble, ago, 12)
    yield "do_actions", 22, "The resident said so by phone."


def not_found(trouble: Trouble, who: str, ago: int) -> Steps:
    """Answered the other way, with why."""
    yield from _begun(trouble, who)
    yield "respond", 9, who, _nothing_found(trouble)


def acknowledged_late(trouble: Trouble, who: str, ago: int) -> Steps:
    """Nobody wrote for eight working days; then the answer was in time."""
    yield from _begun(trouble, who, by=8)
    yield "respond", 14, who, _nothing_found(trouble)


def answered_late(trouble: Trouble, who: str, ago: int) -> Steps:
    """The day went by; the late notice and one update went before the answer."""
    yield from _begun(trouble, who)
    yield "tell_late", 14, who
    yield "send_news", 18, who
    yield "respond", 21, who, _answer(trouble, ago, 21)
    yield "do_actions", 26, "A photograph of the finished work."


def extended(trouble: Trouble, who: str, ago: int) -> Steps:
    """More time was taken before the day, and kept."""
    yield from _begun(trouble, who)
    yield "extend", 9, who, 20 - ago
    yield "respond", 19, who, _answer(trouble, ago, 19)
    yield "do_actions", 24, "Signed for by the resident."


def to_stage_2(trouble: Trouble, who: str, ago: int) -> Steps:
    """Not content with the first answer; somebody else looked again, and found for the resident."""
    yield from not_found(trouble, who, ago)
    yield "escalate", 15, ""
    yield "assign", 16, "reviewer"
    yield "acknowledge", 18, "reviewer", {"points": [point(1, trouble.point)], "outcomes": [trouble.wanted]}
    yield "respond", 32, "reviewer", _answer(trouble, ago, 32) | {"contributors": "Dean Colley, repairs manager"}
    yield "do_actions", 37, "Seen by the head of homes."


def refused(trouble: Trouble, who: str, ago: int) -> Steps:
    """Before the court, and so refused with its reasons."""
    yield "triage", 1, "The court has it.", trouble.service
    yield "refuse", 4, {
        "ground": "legal_proceedings", "court_filing": "Filed at the county court, number T14",
        "reasons": "The county court is deciding this very matter.", "evidence": "The sealed claim form, which we hold.",
        "circumstances": "The work itself goes on, and the court case does not stop it.",
    }  # fmt: skip


def directed(trouble: Trouble, who: str, ago: int) -> Steps:
    """Refused, and accepted because the Ombudsman said so."""
    yield from refused(trouble, who, ago)
    yield "accept", 30, f"HO-{20_000 + ago}"
    yield "assign", 31, who
    yield "acknowledge", 33, who, {"points": [point(1, trouble.point)], "outcomes": [trouble.wanted]}
    yield "respond", 41, who, _answer(trouble, ago, 41)
    yield "do_actions", 46, "Seen by the complaints manager."


def withdrawn(trouble: Trouble, who: str, ago: int) -> Steps:
    """Taken back by the resident once it had been put right."""
    yield from _begun(trouble, who)
    yield "withdraw", 6


def resumed(trouble: Trouble, who: str, ago: int) -> Steps:
    """Taken back, and taken up again when it broke a second time."""
    yield from withdrawn(trouble, who, ago)
    yield "resume", 9
    yield "respond", 12, who, _answer(trouble, ago, 12)
    yield "do_actions", 17, "Tried out together with the resident."


PATHS = (
    in_time, in_time, to_stage_2, in_time, not_found, answered_late, in_time, kept_late, refused, in_time, extended, withdrawn,
    in_time, acknowledged_late, in_time, directed, not_found, resumed, in_time, to_stage_2, in_time, kept_late, in_time,
)  # fmt: skip
