"""One file that staff put with a complaint: stored whole before any row says so."""

from pathlib import Path

from flask import current_app
from werkzeug.datastructures import FileStorage
from wtforms import FileField

from portal import pace
from portal.complaints import files
from portal.complaints.files import NotTaken, Stored
from portal.forms import BIDI_CONTROLS, tidy
from portal.i18n import gettext as _

LONGEST_NAME = 200
MOST_AT_ONCE = 26_000_000

Taken = tuple[str, str, Stored]
"""A file's own name, its media type, and where it is stored."""


def take(field: FileField) -> Taken | None:
    """Store the file that was chosen, if one was. What we cannot take is said beside the box, and is not kept."""
    sent = field.data
    if not isinstance(sent, FileStorage) or not sent.filename:
        return None
    pace.brake("upload")
    name = _plain_name(sent.filename)
    try:
        head = sent.stream.read(files.HEAD)
        if not head:
            raise NotTaken("empty")
        kind = files.kind_of(name, head)
        sent.stream.seek(0)
        return name, kind, files.store(_folder(), sent.stream)
    except NotTaken as refusal:
        field.errors = [*field.errors, _why_not(refusal.why)]
        return None


def discard(taken: Taken | None) -> None:
    """Take it off the disk again, because nothing was written."""
    if taken:
        files.discard(_folder(), taken[2].stored_as)


def _plain_name(given: str) -> str:
    """The file's own name without any folders, short enough to show."""
    shown = tidy(given).translate(dict.fromkeys(map(ord, BIDI_CONTROLS)))
    return " ".join(shown.replace("\\", "/").rpartition("/")[2].split())[-LONGEST_NAME:]


def _why_not(why: str) -> str:
    said = {
        "empty": _("This file is empty. Choose it again, or choose another."),
        "too_big": _("This file is bigger than 25 MB. Choose a smaller one."),
        "no_space": _("We cannot take files just now. Record the letter without it."),
    }
    return said.get(why, _("We cannot open this file. Choose a photo, PDF, Word or text file."))


def _folder() -> Path:
    folder: Path = current_app.extensions["portal"].files
    return folder
