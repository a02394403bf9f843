"""What the lists of complaints share: a line in words, the pages beside this one, and how many there are."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from portal import i18n
from portal.complaints.ended import MOST_COUNTED, EndedRow
from portal.i18n import gettext as _
from portal.i18n import ngettext
from portal.marked import bdi, sentence
from portal.rules.steps import Happening, Step
from portal.staff import wording
from portal.web import LARGEST_ID


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list, in words."""

    href: str
    day: str
    how: str
    owed: Markup
    about: str
    care: str
    who: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the pages beside this one are; None where there is none."""

    first: str | None = None
    before: str | None = None
    after: str | None = None


def number(text: str | None) -> int | None:
    """A row's number from an address; None for anything that no row can have."""
    found = int(text) if text and text.isascii() and text.isdigit() and len(text) <= 10 else None
    return found if found is not None and found <= LARGEST_ID else None


def ended_line(row: EndedRow) -> Line:
    """A complaint with nothing owed: what ended it and when, in their own words what it was, and when it came."""
    kept = row.all_done_on if row.all_done_on and row.ended and row.all_done_on > row.ended.on else None
    return Line(
        href=url_for("staff.case", complaint=row.reference),
        day=i18n.day(row.ended.on) if row.ended else "",
        how=_("What we promised was done by %(day)s", day=i18n.day(kept)) if kept else "",
        owed=sentence(_ended_words(row.ended), name=bdi(row.name), stage=row.ended.stage if row.ended else 1),
        about=wording.first_words(row.words),
        care=_("Received %(day)s", day=i18n.day(row.received_on)),
        who=row.handler or "",
        is_late=False,
    )


def _ended_words(ended: Happening | None) -> str:
    said = ENDED.get(ended.step) if ended else None
    return said() if said else _("%(name)s’s complaint")


ENDED: dict[Step, Callable[[], str]] = {
    Step.RESPONDED: lambda: _("Answered %(name)s at stage %(stage)s"),
    Step.REFUSED: lambda: _("Refused %(name)s at stage %(stage)s"),
    Step.WITHDRAWN: lambda: _("%(name)s withdrew it"),
    Step.JOINED: lambda: _("%(name)s’s complaint was joined with another"),
    Step.MADE_REQUEST: lambda: _("%(name)s’s complaint was handled as a request"),
    Step.SPAM: lambda: _("Put aside as spam: %(name)s"),
}


def said_to_be(found: int) -> str:
    """How many complaints with nothing owed there are; of very many, only that."""
    if found > MOST_COUNTED:
        return _("More than %(n)s complaints with nothing owed.", n=f"{MOST_COUNTED:,}")
    return ngettext("%(n)s complaint with nothing owed.", "%(n)s complaints with nothing owed.", found)
