"""How the demo writes what people said, what a point is, and what we found on it."""

from typing import Any

EASIER = {"kinds": ["large_print", "same_person"], "words": "18 point please, black on yellow paper if you have it."}
MORE_TIME = {
    "reason": "The surveyor who has to see it is away until next week.", "interval": 5,
    "interval_agreed": "You agreed by phone to hear from us each week.",
}  # fmt: skip
NEWS = {"news": "The surveyor has been, and we have the report. We are writing our answer from it."}


def said(words: str, name: str, address: str, **more: Any) -> dict[str, Any]:
    """What one resident told us; on the portal, and by e-mail, unless it says otherwise."""
    first = name.split()[0].lower()
    safe = {"channels": ["email"], "email": f"{first if first.isascii() else 'resident'}@example.org"}
    return {"name": name, "words": words, "address": address, "safe_contact": safe} | more


def point(number: int, text: str, **more: Any) -> dict[str, Any]:
    """One thing complained of, ours to answer unless it says otherwise."""
    return {"number": number, "text": text, "responsibility": "ours"} | more


def upheld(number: int, text: str, reasons: str, fault: str, impact: str, kind: str, remedy: str, pence: int = 0) -> dict[str, Any]:
    """One point answered for the resident."""
    offered = [{"kind": kind, "words": remedy, "pence": pence or None}]
    found = {"disposition": "upheld", "reasons": reasons, "fault": fault, "impact": impact, "remedies": offered}
    return point(number, text, **found)


def not_upheld(number: int, text: str, reasons: str, because: str) -> dict[str, Any]:
    """One point answered the other way, with why."""
    return point(number, text, disposition="not_upheld", reasons=reasons, no_remedy_because=because)


ALERT = {
    "phone": "01632 960178", "address": "Flat 7, 40 Lock Street, Tidewell", "safe_to_ring": "yes",
    "words": "A socket is hot and smells of burning. I did not know this was also a complaint.",
}  # fmt: skip
OLDER: dict[str, Any] = {
    "number": "TW/2024/0031", "name": "Hepzibah Crane", "address": "14 Rope Street\nTidewell\nTW1 0ZZ",
    "words": "The back door has not shut since the frost.", "wanted": {"kinds": ["repair"], "words": ""}, "channel": "post",
    "received_on": "2024-03-04", "first_heard_by": "The contact centre",
    "contact": {"channels": ["post"], "post": "14 Rope Street\nTidewell\nTW1 0ZZ"},
    "happened": [
        {"what": "acknowledgement", "on": "2024-03-07", "channel": "post", "parts": "all", "answer_by": "2024-03-21",
         "points": [point(1, "The back door does not shut.")], "outcomes": ["Mend the door"]},
        {"what": "response", "on": "2024-03-20", "channel": "post", "parts": "all",
         "points": [point(1, "The back door does not shut.", disposition="upheld")],
         "actions": [{"what": "Hang a new door", "owner": "Joinery", "due_on": "2024-04-12"}]},
        {"what": "action done", "on": "2024-04-15", "action": "Hang a new door", "proof": "The joiner’s sheet of that day."},
        {"what": "stage 2", "on": "2024-04-22", "words": "The new door does not shut either."},
        {"what": "acknowledgement", "on": "2024-04-24", "channel": "post", "parts": "all", "answer_by": "2024-05-23",
         "points": [point(1, "The back door does not shut.")], "outcomes": ["A door that shuts"]},
        {"what": "response", "on": "2024-05-20", "channel": "post", "parts": "all",
         "points": [point(1, "The back door does not shut.", disposition="upheld")],
         "actions": [{"what": "Plane the new door", "owner": "Joinery", "due_on": "2024-06-03"}]},
        {"what": "action done", "on": "2024-05-30", "action": "Plane the new door", "proof": "The joiner’s sheet of that day."},
    ],
}  # fmt: skip
