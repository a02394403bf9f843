"""Every route of the resident's side."""

from portal.resident import (
    case,
    check,
    complain,
    letters,
    meaning,
    receipt,
    receiving,
    stage2,
    uploads,
    withdrawing,
)
from portal.resident.blueprint import page

__all__ = ["case", "check", "complain", "letters", "meaning", "page", "receipt", "receiving", "stage2", "uploads", "withdrawing"]
