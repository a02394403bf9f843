"""What is in the database after all the kills, compared with what residents were told; the portal is not asked."""

import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.durability.drafts import HAS_FILE
from tests.durability.residents import Journal

WHOLE = """
SELECT complaint.words,
  EXISTS (SELECT 1 FROM event JOIN event_words USING (number)
          WHERE event.complaint_id = complaint.id AND event.step = 'received') AS has_event,
  complaint.next_due IS NOT NULL AND complaint.stage = 1 AS has_clock,
  EXISTS (SELECT 1 FROM party JOIN person ON person.id = party.person_id
          WHERE party.complaint_id = complaint.id AND party.code_lookup IS NOT NULL) AS has_party,
  EXISTS (SELECT 1 FROM letter JOIN issue ON issue.letter_id = letter.id JOIN outbox ON outbox.issue_id = issue.id
          WHERE letter.complaint_id = complaint.id AND letter.kind = 'receipt') AS has_receipt_queued,
  EXISTS (SELECT 1 FROM draft WHERE draft.complaint_id = complaint.id) AS is_no_longer_a_draft,
  (SELECT stored_as FROM attachment WHERE attachment.complaint_id = complaint.id) AS stored_as
FROM complaint
"""


@dataclass(frozen=True)
class Findings:
    """What the audit found, as numbers to print and lists that must be empty."""

    acknowledged: int
    unknown: int
    refused: int
    complaints: int
    lost: list[str]
    doubled: list[str]
    half: list[str]
    never_sent: list[str]
    integrity: str
    with_files: int


def audit(journal: Journal, database: Path, files: Path) -> Findings:
    """Compare a journal with a database file, and with the folder of what was sent with some of it."""
    told: dict[str, set[str]] = {"sent": set(), "acknowledged": set(), "unknown": set(), "refused": set()}
    for line in journal.read():
        told[line["what"]].add(line["words"])
    connection = sqlite3.connect(database)  # Not read-only: what the last kill left half-written is rolled back first.
    rows = connection.execute(WHOLE).fetchall()
    integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    kept = Counter(row[0] for row in rows)
    return Findings(
        acknowledged=len(told["acknowledged"]),
        unknown=len(told["unknown"] - told["acknowledged"]),
        refused=len(told["refused"]),
        complaints=len(rows),
        lost=sorted(told["acknowledged"] - set(kept)),
        doubled=sorted(words for words, times in kept.items() if times > 1),
        half=sorted(words for words, *parts, stored_as in rows if not all(parts) or not _is_whole(words, stored_as, files)),
        never_sent=sorted(set(kept) - told["sent"]),
        integrity=integrity,
        with_files=sum(row[-1] is not None for row in rows),
    )


def _is_whole(words: str, stored_as: str | None, files: Path) -> bool:
    """Whether the file that goes with a complaint is there, with the very words; a complaint without one has none."""
    if not words.endswith(HAS_FILE):
        return stored_as is None
    return stored_as is not None and (files / stored_as).is_file() and (files / stored_as).read_text() == words
