"""Every route of the resident's side."""

from portal.resident import case, check, complain, letters, receipt, stage2, uploads, withdrawing
from portal.resident.blueprint import page

__all__ = ["case", "check", "complain", "letters", "page", "receipt", "stage2", "uploads", "withdrawing"]
