"""Files on their way in: what every page that takes files does with what was sent to it.

Before the transaction `take` stores each file whole; inside it the rows are made; whatever got no row, `drop` forgets.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from flask import current_app
from werkzeug.datastructures import FileStorage

from portal import pace
from portal.complaints import files
from portal.complaints.files import Arrived, Room
from portal.complaints.kinds import NotTaken
from portal.i18n import gettext
from portal.plain import plain_name

MOST_AT_ONCE = 26_000_000
"""Bytes that a page which takes files lets in; a view sets it as `request.max_content_length`."""

A_PIECE = 1024 * 1024


def take(sent: Iterable[object], room: Room) -> tuple[list[Arrived], list[str]]:
    """Those that are whole on the disk, with their names, and in words why each of the others is not taken."""
    arrived: list[Arrived] = []
    wrong: list[str] = []
    for file in sent:
        if not isinstance(file, FileStorage) or not file.filename:
            continue
        pace.brake("upload")
        name = plain_name(file.filename)
        try:
            pace.weigh(_size_of(file))
            arrived.append(files.take(folder(), name, file.stream, room))
            room = room.without(arrived[-1])
        except NotTaken as refusal:
            wrong.append(why_not(refusal, name))
        except OSError:
            wrong.append(why_not(NotTaken("no_space"), name))
    return arrived, list(dict.fromkeys(wrong))


def drop(arrived: Iterable[Arrived]) -> None:
    """Forget files that came and got no row."""
    files.drop(folder(), arrived)


def folder() -> Path:
    """Where files are kept."""
    found: Path = current_app.extensions["portal"].files
    return found


def are_scanned() -> bool:
    """Whether something looks for viruses in what comes, so that a file waits until it has."""
    return bool(current_app.extensions["portal"].scanner)


def prints_of(sent: Iterable[object], words: str = "") -> str:
    """One hash of files, by name and content, and of the words that came with them: the same again is the same press."""
    said = [words, *(_print_of(file) for file in sent if isinstance(file, FileStorage))]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _print_of(file: FileStorage) -> tuple[str, int, str]:
    """A file's name, size in bytes and hash; it can be read again afterwards."""
    file.stream.seek(0)
    digest = hashlib.sha256()
    while piece := file.stream.read(A_PIECE):
        digest.update(piece)
    size = file.stream.tell()
    file.stream.seek(0)
    return file.filename or "", size, digest.hexdigest()


def _size_of(file: FileStorage) -> int:
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    return size


def why_not(refusal: NotTaken, name: str) -> str:
    """Why a file is not taken, and what to do instead."""
    match refusal.why:
        case "empty":
            return gettext("“%(name)s” is empty. Choose it again, or choose another file.", name=name)
        case "too_big":
            return gettext("“%(name)s” is bigger than 25 MB. Send a smaller one, or post us a copy.", name=name)
        case "too_many":
            return gettext(
                "“%(name)s” was not added. 50 files, and 200 MB in all, is the most we can keep here. Post us the others.",
                name=name,
            )
        case "no_space":
            return gettext("We cannot take files just now. Send your complaint without them, and post us copies.")
        case "program":
            return gettext("“%(name)s” has a program in it, and we cannot take those. Save it as a PDF, and send that.", name=name)
        case "pixels":
            return gettext("“%(name)s” is too large a picture for us to open. Send a smaller one, or post us a copy.", name=name)
        case _:
            return gettext(
                "We cannot open “%(name)s”. Send a photo, PDF, Word, text, sound or film file, or post us a copy.", name=name
            )
