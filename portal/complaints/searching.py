"""Finding complaints by reference, name, home or words: one normaliser for what is kept and for what is asked (decision 20)."""

import unicodedata
from collections.abc import Iterable, Iterator

from sqlalchemy import Select, insert

from portal.access import Viewer
from portal.complaints import archive, ended, worklist
from portal.complaints.choosing import EVERYTHING, Choice, Page, chosen, page
from portal.complaints.ended import EndedRow
from portal.complaints.models import Complaint
from portal.complaints.recording import session_of
from portal.complaints.worklist import QueueRow
from portal.db import Register

LONGEST_WORD, LONGEST_TEXT = 120, 200_000
LONGEST_QUESTION, MOST_WORDS = 300, 8
LEFT_OUT = "'’ʼ‘`"
IN_PLAIN_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}


def words_in(text: str) -> list[str]:
    """The different words of a text in their order, each of a to z and 0 to 9 alone, so that every database reads them alike.

    Case, accents and apostrophes make no difference. A letter of another script is written as its number; where a
    script puts no spaces between words, each of its signs is one.
    """
    said = "".join(_plain(unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())))
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in said.split()))


def _plain(text: str) -> Iterator[str]:
    for sign in text:
        kind = unicodedata.category(sign)
        if sign.isascii() and sign.isalnum():
            yield sign
        elif sign in LEFT_OUT or kind in ("Mn", "Me", "Cf"):
            continue
        elif sign in IN_PLAIN_LETTERS:
            yield IN_PLAIN_LETTERS[sign]
        elif kind == "Nd":
            yield str(unicodedata.decimal(sign))
        elif kind[0] in "LNM" and not sign.isascii():
            number = f"u{ord(sign):05x}"
            yield f" {number} " if unicodedata.east_asian_width(sign) in "WF" else number
        else:
            yield " "


def text_of(complaint: Complaint) -> str:
    """What a complaint can be found by: its reference, the names of its parties, the home, and the words it came with."""
    parties = [words for party in complaint.parties for words in (party.name_as_given, party.person.name, party.home_as_given)]
    return joined([complaint.reference, *parties, complaint.words, complaint.when_words])


def joined(texts: Iterable[str]) -> str:
    """The words of several texts as they are kept, as many as a database can index."""
    kept, length = [], 0
    for word in words_in(" ".join(texts)):
        length += len(word) + 1
        if length > LONGEST_TEXT:
            break
        kept.append(word)
    return " ".join(kept)


def make_findable(complaint: Complaint) -> None:
    """Keep what a complaint can be found by now; said again whenever one of its names changes."""
    register, before, now = session_of(complaint), complaint.search_text, text_of(complaint)
    if before == now:
        return
    complaint.search_text = now
    register.flush()
    if register.get_bind().dialect.name == "sqlite":
        if before:
            gone = {"complaint_search": "delete", "rowid": complaint.id, "search_text": before}
            register.execute(insert(archive.INDEX).values(gone))
        register.execute(insert(archive.INDEX).values(rowid=complaint.id, search_text=now))


def make_unfindable(complaint: Complaint) -> None:
    """Keep nothing by which a complaint could be found, its reference neither. `rebuild` takes what is left of it out of SQLite's index."""
    register, before = session_of(complaint), complaint.search_text
    complaint.search_text = ""
    register.flush()
    if before and register.get_bind().dialect.name == "sqlite":
        register.execute(insert(archive.INDEX).values(complaint_search="delete", rowid=complaint.id, search_text=before))


def asked(question: str) -> list[str]:
    """The words to look for: the first few of what was typed."""
    return words_in(question[:LONGEST_QUESTION])[:MOST_WORDS]


def find_open(
    register: Register, viewer: Viewer, words: list[str], *,
    after: int | None = None, before: int | None = None, choice: Choice = EVERYTHING,
) -> Page[QueueRow]:  # fmt: skip
    """A page of complaints with something owed that hold a word beginning with each of these, the newest first.

    There are never very many of them, so that they are read rather than looked up.
    """
    found = _open(viewer, words, choice)
    return page(lambda place, backwards: worklist.rows_by_number(register, found, place, backwards), after, before)


def find_ended(
    register: Register, viewer: Viewer, words: list[str], *,
    after: int | None = None, before: int | None = None, choice: Choice = EVERYTHING,
) -> Page[EndedRow]:  # fmt: skip
    """A page of complaints with nothing owed that hold a word beginning with each of these, the newest first."""
    if not words:
        return ended.ended(register, viewer, after=after, before=before, choice=choice)
    found = _ended(viewer, choice)
    return page(lambda place, backwards: archive.rows(register, found, words, place, backwards), after, before)


def how_many(register: Register, viewer: Viewer, words: list[str], *, is_open: bool, choice: Choice = EVERYTHING) -> int:
    """How many there are, up to one more than MOST_COUNTED."""
    if is_open:
        return ended.counted(register, _open(viewer, words, choice))
    if not words:
        return ended.how_many_ended(register, viewer, choice)
    return archive.how_many(register, _ended(viewer, choice), words)


def _open(viewer: Viewer, words: list[str], choice: Choice) -> Select[Complaint]:
    return chosen(viewer, choice).where(Complaint.next_due.is_not(None), *archive.holds(words))


def _ended(viewer: Viewer, choice: Choice) -> Select[Complaint]:
    return chosen(viewer, choice).where(Complaint.next_due.is_(None))


def rebuild(register: Register) -> None:
    """Make SQLite's index again from the column, so that nothing of what was erased stays in it."""
    if register.get_bind().dialect.name == "sqlite":
        register.execute(insert(archive.INDEX).values(complaint_search="rebuild"))
