"""The staff side: every view that stands on it."""

from portal.staff import (
    account,
    acknowledging,
    answering,
    approving,
    bodies,
    both,
    case,
    casework,
    contacts,
    due,
    ending,
    extending,
    finding,
    giving_out,
    holidays,
    issues,
    keeping,
    log,
    meaning,
    messages,
    news,
    offering,
    outside,
    post,
    printing,
    promises,
    queue,
    receiving,
    refusing,
    saying,
    understanding,
    voiding,
)
from portal.staff.door import page

__all__ = [
    "account", "acknowledging", "answering", "approving", "bodies", "both", "case", "casework", "contacts", "due", "ending",
    "extending", "finding", "giving_out", "holidays", "issues", "keeping", "log", "meaning", "messages", "news", "offering",
    "outside", "page", "post", "printing", "promises", "queue", "receiving", "refusing", "saying", "understanding",
    "voiding",
]  # fmt: skip
