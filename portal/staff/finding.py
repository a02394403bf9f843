"""Finding a complaint: by reference, name, home or words, among the open ones or in the archive."""

from flask import Response, g, request, url_for

from portal import clock
from portal.access import Do
from portal.complaints import queries, references, searching
from portal.complaints.choosing import Choice, Page
from portal.complaints.ended import EndedRow
from portal.complaints.landlord import landlord_of
from portal.complaints.recording import calendar_of
from portal.complaints.worklist import QueueRow
from portal.plain import tidy
from portal.staff import choosing
from portal.staff.choosing import ARCHIVE, Chosen
from portal.staff.door import page
from portal.staff.lists import Line, beside, ended_line, number, owed_line, said_to_be, said_to_be_open
from portal.web import redirect, register, render


@page.get("/find", do=Do.FIND)
def find() -> Response:
    """What was looked for; a whole reference leads straight to its complaint."""
    typed = tidy(request.args.get("q", ""))[: searching.LONGEST_QUESTION].strip()
    chosen, words = choosing.read(request.args, "where", "stage", "service"), searching.asked(typed)
    if (exact := references.as_reference(typed)) and queries.find(register(), g.viewer, exact):
        return redirect(url_for("staff.case", complaint=exact))
    lines: list[Line] = []
    pages = how_many = None
    if words or chosen.args.get("where") == ARCHIVE:
        found, how_many = _found(words, chosen)
        lines = _lines(found)
        pages = beside("staff.find", found, lambda row: str(row.id), q=typed, **chosen.args)
    return render(
        "staff/find.html", typed=typed, words=words, chosen=chosen, lines=lines, pages=pages, how_many=how_many,
        is_archive=chosen.args.get("where") == ARCHIVE, most=searching.MOST_WORDS,
        is_cut=len(searching.words_in(typed)) > searching.MOST_WORDS,
    )  # fmt: skip


def _found(words: list[str], chosen: Chosen) -> tuple[Page[QueueRow] | Page[EndedRow], str]:
    """A page of what was found, and how many there are, in words."""
    after, before = number(request.args.get("after")), number(request.args.get("before"))
    choice: Choice = chosen.choice(clock.today())
    is_open = chosen.args.get("where") != ARCHIVE
    ask = searching.find_open if is_open else searching.find_ended
    found: Page[QueueRow] | Page[EndedRow] = ask(register(), g.viewer, words, after=after, before=before, choice=choice)
    g.listed = sorted(row.id for row in found.rows)
    count = searching.how_many(register(), g.viewer, words, is_open=is_open, choice=choice)
    return found, said_to_be_open(count) if is_open else said_to_be(count)


def _lines(found: Page[QueueRow] | Page[EndedRow]) -> list[Line]:
    today, days = clock.today(), calendar_of(register(), landlord_of(register()).division)
    return [ended_line(row) if isinstance(row, EndedRow) else owed_line(row, today, days) for row in found.rows]
