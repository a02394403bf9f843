"""What stands beside the thing owed next, so that nobody learns of it too late: more time not yet told, a stage asked for early."""

from collections.abc import Iterator
from datetime import date

from portal.complaints.models import Complaint
from portal.complaints.recording import deadlines_of
from portal.i18n import day
from portal.i18n import gettext as _
from portal.rules.history import is_held
from portal.rules.reading import last
from portal.rules.steps import Step


def beside(complaint: Complaint) -> list[str]:
    """Each in one sentence, for the page of the complaint."""
    return [*_more_time(complaint), *_held(complaint)]


def _more_time(complaint: Complaint) -> Iterator[str]:
    """More time that was written and does not count yet, for its letter has not gone (rulings 14, 31)."""
    stage = complaint.stage_for("extension")
    written = [one for one in complaint.letters if one.kind == "extension" and one.stage == stage]
    taken = last(complaint.happenings, Step.EXTENDED, stage)
    owed = next((one for one in deadlines_of(complaint) if one.step is Step.RESPONDED and one.stage == stage and not one.met_on), None)
    if written and taken and owed and all(issue.state == "waiting" for issue in written[-1].issues):
        to = date.fromisoformat(taken.details["to"])
        yield _("More time is written, until %(to)s. It counts once that letter has gone, by %(due)s at the latest.", to=day(to), due=day(owed.due_on))


def _held(complaint: Complaint) -> Iterator[str]:
    """The next stage, asked for before the answer: it begins by itself, with somebody new (ruling 37)."""
    if is_held(complaint.happenings, complaint.stage + 1):
        yield _("They have asked for stage %(stage)s already. It begins by itself when this answer goes, so find somebody new for it now.", stage=complaint.stage + 1)
