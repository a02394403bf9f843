"""The list of what was erased, kept outside the database, so that a backup that is put back does not bring it back: a day and a reference a line."""

import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import select

from portal.access import MACHINE
from portal.complaints import machine
from portal.complaints.erasing import erase_again
from portal.complaints.models import Complaint
from portal.db import Register

LINE = re.compile(r"(\d{4}-\d{2}-\d{2}) ([0-9A-Z]{9})")
AT_ONCE = 500
"""How many references the database is asked about in one question."""


def listed(path: Path) -> dict[str, date]:
    """The references on a list, each with the day it was erased; a line that is no such line is passed over, and where there is no list, nothing."""
    if not path.is_file():
        return {}
    found = (LINE.fullmatch(line) for line in path.read_text(errors="replace").splitlines())
    return {line[2]: date.fromisoformat(line[1]) for line in found if line}


def put_on(path: Path, erased: Mapping[str, date]) -> int:
    """Add what is not on the list yet; how many that was. It is on the disk when this returns; nothing is ever taken off it. OSError."""
    new = {reference: on for reference, on in erased.items() if reference not in listed(path)}
    if new:
        is_whole = not path.is_file() or path.read_bytes()[-1:] in (b"", b"\n")
        lines = "".join(f"{on.isoformat()} {reference}\n" for reference, on in new.items())
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a") as file:
            file.write(lines if is_whole else f"\n{lines}")
            file.flush()
            os.fsync(file.fileno())
    return len(new)


def bring_up_to_date(register: Register, path: Path) -> int:
    """Put everything on the list that is erased; how many were not on it. After each erasure, and each day for one that was cut short. OSError."""
    erased = select(Complaint.reference, Complaint.erased_on).where(Complaint.erased_on.is_not(None)).order_by(Complaint.id)
    return put_on(path, {row.reference: row.erased_on for row in register.execute(erased)})


def there_again(register: Register, path: Path) -> list[tuple[int, date]]:
    """The complaints that the list says were erased and that are not: each by its number, with the day on the list."""
    days = listed(path)
    found: list[tuple[int, date]] = []
    for some in _in_parts(list(days)):
        asked = select(Complaint.id, Complaint.reference).where(Complaint.reference.in_(some), Complaint.erased_on.is_(None))
        found += [(row.id, days[row.reference]) for row in register.execute(asked)]
    return sorted(found)


def _in_parts(references: list[str]) -> Iterable[list[str]]:
    return (references[start : start + AT_ONCE] for start in range(0, len(references), AT_ONCE))


def erase_one_again(register: Register, number: int, on: date) -> list[str]:
    """Erase a complaint that was erased on a day and is there again; answers the names of its files. Inside a transaction."""
    return erase_again(machine.locked_complaint(register, number), on, by=MACHINE)
