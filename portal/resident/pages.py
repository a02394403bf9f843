"""Every route of the resident's side."""

from portal.resident import (
    about_you,
    acting_in,
    asking_for_data,
    calling,
    case,
    check,
    complain,
    contacting,
    disclosing,
    ending,
    homes,
    issues,
    language,
    letters,
    meaning,
    messages,
    own_browser,
    proving,
    receipt,
    receiving,
    saying,
    spoken,
    stage2,
    stopping,
    taking_away,
    unusable,
    uploads,
    withdrawing,
)
from portal.resident.blueprint import page

__all__ = ["about_you", "acting_in", "asking_for_data", "calling", "case", "check", "complain", "contacting", "disclosing", "ending", "homes", "issues", "language", "letters", "meaning", "messages", "own_browser", "page", "proving", "receipt", "receiving", "saying", "spoken", "stage2", "stopping", "taking_away", "unusable", "uploads", "withdrawing"]
