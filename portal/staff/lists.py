"""What the lists of complaints share: a line in words, the pages beside this one, and how many there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup

from portal import i18n
from portal.complaints.choosing import Page
from portal.complaints.ended import MOST_COUNTED, EndedRow
from portal.complaints.worklist import QueueRow
from portal.i18n import gettext as _
from portal.i18n import ngettext
from portal.marked import bdi, sentence
from portal.rules.steps import Happening, Step
from portal.rules.working_days import Calendar
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


def beside(endpoint: str, found: Page[Any], place_of: Callable[[Any], str], **args: Any) -> Pages:
    """The addresses of the pages beside the one that was found."""

    def at(**where: Any) -> str:
        return url_for(endpoint, **args, **where)

    return Pages(
        first=at() if found.has_earlier else None,
        before=at(before=place_of(found.rows[0])) if found.has_earlier and found.rows else None,
        after=at(after=place_of(found.rows[-1])) if found.has_later else None,
    )


def number(text: str | None) -> int | None:
    """A row's number from an address; None for anything that no row can have."""
    found = int(text) if text and text.isascii() and text.isdigit() and len(text) <= 10 else None
    return found if found is not None and found <= LARGEST_ID else None


def owed_line(row: QueueRow, today: date, days: Calendar) -> Line:
    """A complaint with something owed: by when, what and to whom, and how to deal with them."""
    promise = row.promise if row.next_step == Step.ACTION_PROMISED else None
    return Line(
        href=url_for("staff.case", complaint=row.reference),
        day=i18n.short_day(row.next_due),
        how=wording.how_soon(row.next_due, today, days),
        owed=wording.owed(row.next_step, row.next_stage, bdi(row.name), row.letter),
        about=promise[0] if promise else wording.first_words(row.words),
        care=care(row),
        who=promise[1] if promise else row.handler or "",
        is_late=row.next_due < today,
    )


def care(row: QueueRow) -> str:
    """How to deal with somebody, in short."""
    return wording.care_in_short(row.language, row.wishes, row.safe_contact)


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


def said_to_be_open(found: int) -> str:
    """How many complaints with something owed were found; of very many, only that."""
    if found > MOST_COUNTED:
        return _("More than %(n)s complaints with something owed.", n=f"{MOST_COUNTED:,}")
    return ngettext("%(n)s complaint with something owed.", "%(n)s complaints with something owed.", found)


def said_to_be(found: int) -> str:
    """How many complaints with nothing owed there are; of very many, only that."""
    if found > MOST_COUNTED:
        return _("More than %(n)s complaints with nothing owed.", n=f"{MOST_COUNTED:,}")
    return ngettext("%(n)s complaint with nothing owed.", "%(n)s complaints with nothing owed.", found)
