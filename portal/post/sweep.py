"""The daily sweep: drafts nobody came back to, with their files, what stops a form from being sent twice, and numbers whose time is over."""

import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import sessionmaker

from portal import clock, db
from portal.complaints import equality, machine
from portal.complaints.files import discard
from portal.complaints.papers import DRAFT_KEPT_FOR
from portal.db import Register

SENT_DRAFTS = timedelta(days=1)
"""How long a draft outlives the day its complaint was received, so that its receipt can be shown again (decision 23)."""
KEYS = timedelta(days=30)
VISITS = timedelta(days=1)
CODES = timedelta(days=2)
"""Longer than a code counts for anything: its limits look back one day."""
NAMELESS_FILES = 24 * 60 * 60
"""Seconds that a file may lie about without a row that names it: it was being sent when something broke."""


def sweep(sessions: sessionmaker[Register], files: Path) -> int:
    """Delete what is kept no longer; answers how many files went. The rows go first, so that none is without its file."""
    now, today = clock.now(), clock.today()
    with sessions() as register, db.transaction(register):
        names = machine.forget_drafts(
            register, unsent_since=clock.beginning_of(today - DRAFT_KEPT_FOR), received_before=today - SENT_DRAFTS
        )
        machine.forget_keys(register, now - KEYS)
        machine.forget_visits(register, now - VISITS)
        machine.forget_codes(register, now - CODES)
        equality.forget_half_years(register)
    for name in names:
        discard(files, name)
    return len(names) + _sweep_nameless(sessions, files)


def _sweep_nameless(sessions: sessionmaker[Register], files: Path) -> int:
    """Files that no row names. Their age is the disk's, so a clock that tests have moved does not come into it."""
    if not files.is_dir():
        return 0
    oldest = time.time() - NAMELESS_FILES
    old = [path for path in files.iterdir() if path.is_file() and path.stat().st_mtime < oldest]
    with sessions() as register:
        named = machine.stored_names(register)
    nameless = [path for path in old if path.name not in named]
    for path in nameless:
        path.unlink(missing_ok=True)
    return len(nameless)
