"""Letters that belonged to another person or complaint: they count no more, stay on the record, and leave a breach (ruling 28)."""

from collections.abc import Iterator

from portal.access import Viewer
from portal.complaints.answering import used
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.recording import record, session_of
from portal.complaints.sending import ISSUED, STOPPED, forget_queued
from portal.rules.breaches import open_breaches
from portal.rules.reading import KINDS
from portal.rules.steps import Happening, RuleBroken, Step
from portal.rules.words import N_

FOLLOW = frozenset({Step.ISSUED, Step.ACTION_PROMISED})
"""What a letter brings with it, directly after its own event."""


def void_letter(complaint: Complaint, letter: Letter, why: str, *, by: Viewer, wrong: str) -> None:
    """Void a letter of the wrong `person` or the wrong `case`, with the step that it was and what it promised.

    Whatever it met is owed again, by the old dates. What has not gone goes no more. RuleBroken for one voided before.
    """
    if letter.number in complaint.voided_letters:
        raise RuleBroken("5.12", N_("That letter was set aside before. It counts no more."))
    own = [one for one in complaint.happenings if _is_issue_of(one, letter)]
    steps = [one for step in _steps(letter) for one in [_written(complaint, letter, step)] if one]
    promised = [one for step in steps for one in _promised_by(complaint, step)]
    numbers = sorted({one.number for one in (*own, *steps, *promised) if one.number is not None})
    gone = any(issue.state == ISSUED for issue in letter.issues)
    details = {"events": numbers, "reason": bool(why), "letter": letter.number, "wrong": wrong, "gone": gone}
    record(complaint, Step.VOIDED, by=by, stage=letter.stage, details=details, words={"why": why})
    complaint.version += 1
    _take_away(complaint, letter, promised)
    used(complaint, letter.kind, by=by)


def answer_breach(complaint: Complaint, done: str, *, by: Viewer) -> None:
    """Write down what was done about the oldest letter that went astray: who was told, and what was got back."""
    waiting = open_breaches(complaint.happenings)
    breach = waiting[0].details["letter"] if waiting else None
    record(complaint, Step.BREACH_ANSWERED, by=by, stage=complaint.stage, details={"breach": breach}, words={"done": done})


def _is_issue_of(one: Happening, letter: Letter) -> bool:
    return one.step is Step.ISSUED and one.details.get("letter") == letter.number


def _steps(letter: Letter) -> list[Step]:
    """The steps that a letter of this kind is; none of a receipt and the like."""
    return [step for step, kinds in KINDS.items() if letter.kind in kinds]


def _written(complaint: Complaint, letter: Letter, step: Step) -> Happening | None:
    """The event that wrote this letter: the newest of its step by the moment the letter was written."""
    found = [one for one in complaint.happenings if one.step is step and one.stage == letter.stage and one.at <= letter.written_at]
    return found[-1] if found else None


def _promised_by(complaint: Complaint, written: Happening) -> Iterator[Happening]:
    """What a letter promised: the promises recorded with it, before anything else happened."""
    if written.step is not Step.RESPONDED:
        return
    past = complaint.happenings
    for one in past[past.index(written) + 1 :]:
        if one.step not in FOLLOW:
            return
        if one.step is Step.ACTION_PROMISED:
            yield one


def _take_away(complaint: Complaint, letter: Letter, promised: list[Happening]) -> None:
    """What it brought leaves the pages, and no copy of it is sent any more; the letter and its events stay."""
    register, actions = session_of(complaint), {one.details["action"] for one in promised}
    answers = [one for one in complaint.answers if one.letter_id == letter.id]
    for point in [one for one in complaint.refused_points if one.letter_id == letter.id]:
        complaint.refused_points.remove(point)
        register.delete(point)
    for answer in answers:
        complaint.answers.remove(answer)
        register.delete(answer)
    if answers:
        for remedy in [one for one in complaint.remedies if one.stage == letter.stage]:
            complaint.remedies.remove(remedy)
            register.delete(remedy)
    for action in [one for one in complaint.actions if one.id in actions]:
        complaint.actions.remove(action)
        register.delete(action)
    for issue in letter.issues:
        if issue.state != ISSUED:
            forget_queued(issue)
            issue.state = STOPPED
