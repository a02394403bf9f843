"""Writing while an answer is not there yet: that it is late, and news at the interval told (5.9, ruling 32)."""

from dataclasses import replace
from datetime import date

from portal import clock
from portal.complaints.models import Complaint
from portal.complaints.recording import calendar_of, edition_of, session_of
from portal.letters.facts import Facts
from portal.rules import deadlines, news
from portal.rules.deadlines import Deadline


def answer_owed(complaint: Complaint) -> Deadline | None:
    """The deadline of the answer that is owed first."""
    days = calendar_of(session_of(complaint), complaint.division)
    return deadlines.answer_due(complaint.happenings, edition_of(complaint), days, complaint.stage_for("late"))


def notice_owed(complaint: Complaint) -> Deadline | None:
    """The late notice that is owed and has not gone (rulings 32 and 54); nothing where none is."""
    answer, days = answer_owed(complaint), calendar_of(session_of(complaint), complaint.division)
    if answer is None:
        return None
    notice = news.late_notice(complaint.happenings, edition_of(complaint), days, answer, on=clock.today())
    return notice if notice and notice.met_on is None and not notice.overtaken else None


def news_facts(complaint: Complaint, facts: Facts) -> Facts:
    """The facts of such a letter: the day the answer is due, since when it is late, and how often there is news."""
    answer = answer_owed(complaint)
    due: date | None = answer.due_on if answer else None
    late = due if due and due < clock.today() else None
    return replace(facts, answer_by=due, late_since=late, interval=news.interval(complaint.happenings, facts.stage))
