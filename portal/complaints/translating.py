"""Translations of what a resident wrote: each a record of its own beside the words it is of, which stay as they were written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.record import EventWords
from portal.complaints.recording import record, session_of
from portal.rules.steps import Happening, RuleBroken, Step
from portal.rules.words import N_

IN_THEIR_WORDS = frozenset({
    Step.RECEIVED, Step.MESSAGED, Step.ESCALATED, Step.MEANING_QUERIED, Step.RECEIPT_QUERIED, Step.ISSUE_RAISED, Step.ACTION_DISPUTED,
})  # fmt: skip
"""What a resident, or whoever acts for them, tells us in words of their own."""


@dataclass(frozen=True, slots=True)
class Translation:
    """One translation: of which event's words, in which language, by whom (a person or a machine), and who wrote it down and when."""

    of: Happening
    words: str
    language: str
    by_machine: bool
    author: str
    kept_by: str
    at: datetime

    @property
    def is_of_a_message(self) -> bool:
        """Whether it stands beside a message, and not beside the complaint."""
        return self.of.step is Step.MESSAGED


def translate(complaint: Complaint, of: int, words: str, *, by: Viewer, language: str, by_machine: bool, author: str) -> None:
    """Keep a translation of what they wrote, by the number of its event, beside the original. RuleBroken where they wrote nothing there."""
    if of not in {one.number for one in written(complaint)}:
        raise RuleBroken("5.12", N_("Choose something that the resident wrote."))
    details = {"of": of, "language": language, "by_machine": by_machine}
    record(complaint, Step.TRANSLATED, by=by, stage=complaint.stage, details=details, words={"words": words, "author": author})


def written(complaint: Complaint) -> list[Happening]:
    """What they told us in words, oldest first."""
    theirs = (one for one in complaint.happenings if one.step in IN_THEIR_WORDS and one.number is not None)
    return [one for one in theirs if one.step is Step.RECEIVED or (one.by.startswith("party:") and "answers" not in one.details)]


def translations_of(complaint: Complaint) -> list[Translation]:
    """Every translation that was kept, oldest first."""
    found = [one for one in complaint.happenings if one.step is Step.TRANSLATED]
    return list(_told(complaint, found)) if found else []


def _told(complaint: Complaint, found: list[Happening]) -> Iterator[Translation]:
    kept = session_of(complaint).scalars(select(EventWords).where(EventWords.number.in_([one.number for one in found])))
    said, of = {row.number: row.words for row in kept}, {one.number: one for one in complaint.happenings}
    for one in found:
        words = said.get(one.number or 0, {})
        yield Translation(
            of[one.details["of"]], str(words.get("words", "")), str(one.details["language"]), bool(one.details["by_machine"]),
            str(words.get("author", "")), one.by, one.at,
        )  # fmt: skip
