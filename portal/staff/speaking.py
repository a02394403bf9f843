"""What whoever writes to somebody sees who asked to be spoken to: that they are rung first, and where that is written down."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from portal.complaints.models import Complaint
from portal.complaints.speaking import rang_on, speaks_first


@dataclass(frozen=True, slots=True)
class Speaking:
    """They asked to be spoken to: when they were rung about this letter, or where it is written down that they were."""

    rang: date | None
    href: str


def speaking(complaint: Complaint, kind: str, back: str) -> Speaking | None:
    """What is to be said of it beside a letter of this kind, which is at `back`; nothing where they did not ask."""
    if not speaks_first(complaint):
        return None
    return Speaking(rang_on(complaint, kind), url_for("staff.contacts", complaint=complaint, before=kind, next=back))
