"""Files from outside: kept under a name of our own, whole before their row is, and handed on only as may be shown."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.orm import object_session

from portal import clock
from portal.access import Viewer
from portal.complaints import copies, kinds
from portal.complaints.copies import Copy
from portal.complaints.kinds import NotTaken
from portal.complaints.models import Complaint
from portal.complaints.papers import Attachment, Draft

LARGEST = 25 * 1024 * 1024
MOST = 50
MOST_EVER = 200
"""How many files a complaint may begin with, and how many it may hold in all."""

MOST_IN_ALL = 200 * 1024 * 1024
LEAVE_FREE = 5 * 1024**3
CHECKING, CLEAN, HELD, NOT_SCANNED = "checking", "clean", "held", "not_scanned"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is safely on disk: the name we gave it, its size in bytes and its hash."""

    stored_as: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is safely here and has no row yet: its name, its kind, and the copy that may be shown, where it needs one."""

    name: str
    kind: str
    stored: Stored
    copy: Copy | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """How many files, and how many bytes, a complaint still has room for (E9)."""

    files: int = MOST
    size: int = MOST_IN_ALL

    def without(self, arrived: Arrived) -> "Room":
        """What is left when this one has come."""
        return Room(self.files - 1, self.size - arrived.stored.size)


def room_beside(kept: Iterable[Attachment], most: int = MOST) -> Room:
    """The room that is left beside what is kept, where so many files are the most."""
    rows = list(kept)
    return Room(max(most - len(rows), 0), max(MOST_IN_ALL - sum(row.size for row in rows), 0))


def take(folder: Path, name: str, stream: IO[bytes], room: Room) -> Arrived:
    """Take a file in: judged, stored whole, its copy made. NotTaken where we do not, and then nothing of it stays."""
    if room.files < 1:
        raise NotTaken("too_many")
    head = stream.read(kinds.HEAD)
    if not head:
        raise NotTaken("empty")
    kind = kinds.kind_of(name, head)
    kinds.look_inside(kind, stream)
    stream.seek(0)
    stored = store(folder, stream)
    try:
        if stored.size > room.size:
            raise NotTaken("too_many")
        return Arrived(name, kind, stored, copies.make_copy(folder, stored.stored_as, kind))
    except (NotTaken, OSError):
        discard(folder, stored.stored_as)
        raise


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


def discard(folder: Path, *stored_as: str | None) -> None:
    """Take stored files off the disk; nothing happens where one is not there."""
    for name in stored_as:
        if name:
            (folder / name).unlink(missing_ok=True)


def drop(folder: Path, arrived: Iterable[Arrived]) -> None:
    """Forget files that came and were not kept after all."""
    for each in arrived:
        discard(folder, each.stored.stored_as, each.copy.stored_as if each.copy else None)


def add_file(draft: Draft, arrived: Arrived, *, scanned: bool = False) -> Attachment:
    """Put a file with the complaint being written; `scanned` where something will look for viruses in it (decision 30)."""
    row = _row(arrived, scanned)
    draft.files.append(row)
    draft.saved_at = clock.now()
    return row


def attach_file(complaint: Complaint, arrived: Arrived, *, party_id: int | None, scanned: bool = False) -> Attachment:
    """Put a file with a complaint that was received: from this party, or (without one) from us. Its caller records why."""
    row = _row(arrived, scanned)
    row.party_id = party_id
    complaint.files.append(row)
    return row


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The files that come with what somebody says: those that just came, and the numbers of those they left with us before."""

    arrived: Sequence[Arrived] = ()
    scanned: bool = False
    left: Sequence[int] = ()


NO_FILES = Enclosed()


def with_files(complaint: Complaint, enclosed: Enclosed, *, by: Viewer) -> dict[str, list[int]]:
    """The same, as an event's details say it; nothing where no file came."""
    numbers = enclose(complaint, enclosed, by=by)
    return {"files": numbers} if numbers else {}


def enclose(complaint: Complaint, enclosed: Enclosed, *, by: Viewer) -> list[int]:
    """Put files with what a party says; answers their numbers, for its event. Of those left before, only the party's own count."""
    own = {file.id for file in complaint.files if file.party_id == by.party_id}
    rows = [attach_file(complaint, each, party_id=by.party_id, scanned=enclosed.scanned) for each in enclosed.arrived]
    if rows and (register := object_session(complaint)):
        register.flush()
    return [*(number for number in dict.fromkeys(enclosed.left) if number in own), *(row.id for row in rows)]


def named_in(complaint: Complaint, numbers: Sequence[int]) -> tuple[Attachment, ...]:
    """The files of a complaint that an event names."""
    return tuple(file for file in complaint.files if file.id in numbers) if numbers else ()


def _row(arrived: Arrived, scanned: bool) -> Attachment:
    stored, copy = arrived.stored, arrived.copy
    return Attachment(
        name=arrived.name, media_type=arrived.kind, size=stored.size, sha256=stored.sha256, stored_as=stored.stored_as,
        copy_as=copy.stored_as if copy else None, copy_type=copy.media_type if copy else None,
        state=CHECKING if scanned else NOT_SCANNED, added_at=clock.now(),
    )  # fmt: skip


def remove_file(draft: Draft, attachment_id: int) -> tuple[str | None, ...]:
    """Take a file out of the complaint being written; answers the names it is stored under, for `discard`."""
    row = next((file for file in draft.files if file.id == attachment_id), None)
    if row is None or draft.complaint_id is not None:
        return ()
    names, register = (row.stored_as, row.copy_as), object_session(row)
    assert register is not None
    draft.files.remove(row)
    register.delete(row)
    return names


def mark_scanned(file: Attachment, *, clean: bool) -> None:
    """What the scanner said of a file that was being checked."""
    file.state = CLEAN if clean else HELD
