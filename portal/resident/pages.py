"""Every route of the resident's side."""

from portal.resident import (
    case,
    check,
    complain,
    ending,
    issues,
    letters,
    meaning,
    messages,
    receipt,
    receiving,
    saying,
    spoken,
    stage2,
    uploads,
    withdrawing,
)
from portal.resident.blueprint import page

__all__ = ["case", "check", "complain", "ending", "issues", "letters", "meaning", "messages", "page", "receipt", "receiving", "saying", "spoken", "stage2", "uploads", "withdrawing"]
