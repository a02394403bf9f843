"""A file from outside, handed on: the copy that may be shown, or a download that no browser opens as a page of ours; many in one."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from flask import Response, abort, current_app, g, send_file

from portal import log
from portal.complaints import made_files
from portal.complaints.copies import shown_name
from portal.complaints.made_files import FORMS, MadeFile, NotTranslated
from portal.complaints.papers import Attachment, Letter
from portal.db import Register

ALONE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox; report-uri /csp"
A_PIECE = 256 * 1024
"""How many bytes of a file are in memory at once while it is packed."""

NOT_IN_A_NAME = '<>:"/\\|?*'
"""What a name in an archive may not hold: a folder's end, or what some system cannot write."""


def give(file: Attachment) -> Response:
    """What may be handed on of a file: of a photograph or film, the copy. 404 for one that has to wait, or is gone.

    A photograph we drew again opens in the window; everything else is to keep.
    """
    if not file.may_be_opened:
        abort(404)
    if file.copy_as is None or file.copy_type is None:
        return _give(file.stored_as, file.media_type, file.name)
    name = shown_name(file.name, file.media_type, file.copy_type)
    return _give(file.copy_as, file.copy_type, name, opens=file.copy_type.startswith("image/"))


def give_original(file: Attachment) -> Response:
    """A file exactly as it came, to keep; 404 while it waits for the scanner, or is held by it."""
    if file.state in ("checking", "held"):
        abort(404)
    return _give(file.stored_as, file.media_type, file.name)


def _give(stored_as: str, media_type: str, name: str, *, opens: bool = False) -> Response:
    stored = current_app.extensions["portal"].files / stored_as
    if not stored.is_file():
        abort(404)
    answer = send_file(stored, mimetype=media_type, as_attachment=not opens, download_name=name, etag=False)
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["Cache-Control"] = "no-store"
    return answer


def give_made(register: Register, letter: Letter, form: str) -> Response:
    """A letter as a file in one of the forms: the one that was kept, or one that is made now and kept before the answer leaves. 404 for a form it is not had in."""
    if form not in made_files.offered(letter):
        abort(404)
    try:
        made = made_and_kept(register, letter, form)
    except NotTranslated:
        abort(503)
    return give_bytes(made.file, FORMS[form].kind, made_files.file_name(letter, form))


def made_and_kept(register: Register, letter: Letter, form: str) -> MadeFile:
    """A letter in a form, which is kept before the answer leaves. KeyError for a form it is not had in; NotTranslated."""
    made = made_files.made_file(register, letter, form)
    if made.id is None:
        g.made = [*g.get("made", []), made]
    return made


def made_if_they_can_be(register: Register, letter: Letter, asked: Iterable[str]) -> list[str]:
    """The forms of those asked for in which a letter was made now, each kept before the answer leaves. Whatever is wrong with a file stops nobody."""
    made = []
    for form in asked:
        try:
            made_and_kept(register, letter, form)
            made.append(form)
        except Exception as fault:
            log.trace(fault)
    return made


def give_bytes(content: bytes, kind: str, name: str) -> Response:
    """A file that we made, to keep."""
    answer = send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name, etag=False)
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["Cache-Control"] = "no-store"
    return answer


class Packed(NamedTuple):
    """A file as it goes into an archive: its name there, and where it lies, or what it is."""

    name: str
    where: Path | bytes

    def opened(self) -> IO[bytes]:
        """The file, to be read."""
        return io.BytesIO(self.where) if isinstance(self.where, bytes) else self.where.open("rb")


def packed(file: Attachment, before: str) -> Packed | None:
    """What may be handed on of a file, under its own name after `before`; None for one that has to wait, or is gone."""
    if not file.may_be_opened:
        return None
    name, stored_as = file.name, file.stored_as
    if file.copy_as is not None and file.copy_type is not None:
        name, stored_as = shown_name(file.name, file.media_type, file.copy_type), file.copy_as
    path: Path = current_app.extensions["portal"].files / stored_as
    plain = "".join(each for each in name if each.isprintable() and each not in NOT_IN_A_NAME).strip(". ")
    return Packed(before + (plain[-100:] or "file"), path) if path.is_file() else None


def give_packed(name: str, document: Any, files: Sequence[Packed]) -> Response:
    """An archive to keep: a document as JSON, and these files; sent piece by piece, and never whole on our disk or in memory."""
    answer = Response(_pieces(name, json.dumps(document, ensure_ascii=False, indent=2, default=str), files), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pieces(name: str, document: str, files: Sequence[Packed]) -> Iterator[bytes]:
    """The bytes of the archive as they come to be; what is stored is pictures and films, which no packing makes smaller."""
    made = _Passed()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(f"{name}.json", document)
        yield made.taken()
        for each in files:
            with each.opened() as kept, archive.open(each.name, "w") as entry:
                while piece := kept.read(A_PIECE):
                    entry.write(piece)
                    yield made.taken()
    yield made.taken()


class _Passed(io.RawIOBase):
    """What was written and is not taken yet; an archive that cannot go back writes its sizes behind each file."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.waiting += piece
        return len(piece)

    def taken(self) -> bytes:
        found = bytes(self.waiting)
        self.waiting.clear()
        return found
