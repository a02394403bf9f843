"""Files from outside: what we take, judged by its content; kept under a name of our own, whole before its row is."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import filetype  # type: ignore[import-untyped]
from sqlalchemy.orm import object_session

from portal import clock
from portal.complaints.papers import Attachment, Draft

LARGEST = 25 * 1024 * 1024
MOST = 20
LEAVE_FREE = 5 * 1024**3
HEAD = 8192
NOT_SCANNED = "not_scanned"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

TAKEN: dict[str, tuple[str, ...]] = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "application/pdf": ("pdf",),
    "application/msword": ("doc",),
    DOCX: ("docx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "text/plain": ("txt",),
    "audio/mpeg": ("mp3",),
    "audio/mp4": ("m4a",),
    "audio/aac": ("aac",),
    "audio/x-wav": ("wav",),
    "audio/ogg": ("ogg", "oga", "opus"),
    "audio/amr": ("amr",),
    "video/mp4": ("mp4",),
    "video/quicktime": ("mov",),
    "video/3gpp": ("3gp",),
    "video/webm": ("webm",),
}
"""What we take, and the endings each kind may have."""

# What the content looks like, where a kind is told apart from its kin only by its ending.
KIN = {
    "video/mp4": ("audio/mp4", "video/quicktime", "video/3gpp"),
    "audio/mp4": ("video/mp4",),
    "video/x-m4v": ("video/mp4",),
    "video/x-matroska": ("video/webm",),
}


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is safely on disk: the name we gave it, its size in bytes and its hash."""

    stored_as: str
    size: int
    sha256: str


class NotTaken(Exception):
    """A file we do not keep: `empty`, `too_big`, `too_many`, `no_space` or `kind`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def ending(name: str) -> str:
    """The ending of a file's name, in small letters, without its dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def kind_of(name: str, head: bytes) -> str:
    """The media type that both the content and the name agree on. NotTaken where they do not, or we do not take it."""
    said = next((kind for kind, endings in TAKEN.items() if ending(name) in endings), None)
    if said is None:
        raise NotTaken("kind")
    found = _looks_like(head)
    if found != said and said not in KIN.get(found, ()):
        raise NotTaken("kind")
    return said


def _looks_like(head: bytes) -> str:
    """What the content is. Word files are zips or old compound files, which are told by what lies further in."""
    found = str(filetype.guess_mime(head) or "")
    if found == "application/zip" and b"[Content_Types].xml" in head:
        return DOCX
    if head.startswith(COMPOUND):
        return "application/msword"
    return found or ("text/plain" if _is_text(head) else "")


def _is_text(head: bytes) -> bool:
    """Plain text in any script: no markup at the front, no bytes that text never holds."""
    if head.lstrip()[:1] == b"<":
        return False
    return not any(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head)


def store(folder: Path, stream: IO[bytes]) -> Stored:
    """Write a file out, make sure of it, and only then give it its name. NotTaken if empty, too big, or without space."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not _has_space(folder):
        raise NotTaken("no_space")
    name = secrets.token_hex(32)
    part = folder / f"{name}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("xb") as out:
            for piece in _pieces(stream):
                size += len(piece)
                if size > LARGEST:
                    raise NotTaken("too_big")
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if size == 0:
            raise NotTaken("empty")
        part.rename(folder / name)
    finally:
        part.unlink(missing_ok=True)
    _settle(folder)
    return Stored(name, size, digest.hexdigest())


def _has_space(folder: Path) -> bool:
    """Whether the disk keeps enough for everything else: a tenth of it, or LEAVE_FREE where that is less."""
    disk = shutil.disk_usage(folder)
    return disk.free >= min(disk.total // 10, LEAVE_FREE)


def _pieces(stream: IO[bytes]) -> Iterable[bytes]:
    return iter(lambda: stream.read(1024 * 1024), b"")


def _settle(folder: Path) -> None:
    """Make sure that the name outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(folder: Path, stored_as: str) -> None:
    """Take a stored file off the disk; nothing happens if it is not there."""
    (folder / stored_as).unlink(missing_ok=True)


def add_file(draft: Draft, stored: Stored, *, name: str, kind: str) -> Attachment:
    """Put a stored file with the complaint being written. It is not scanned, and says so (decision 30)."""
    row = Attachment(
        draft_id=draft.id, name=name, media_type=kind, size=stored.size, sha256=stored.sha256,
        stored_as=stored.stored_as, state=NOT_SCANNED, added_at=clock.now(),
    )  # fmt: skip
    draft.files.append(row)
    draft.saved_at = clock.now()
    return row


def remove_file(draft: Draft, attachment_id: int) -> str | None:
    """Take a file out of the complaint being written; answers the name it is stored under, for `discard`."""
    row = next((file for file in draft.files if file.id == attachment_id), None)
    if row is None or draft.complaint_id is not None:
        return None
    stored_as, register = row.stored_as, object_session(row)
    assert register is not None
    draft.files.remove(row)
    register.delete(row)
    return stored_as
