"""The copy of a photograph or film that may be shown: made beside the original, which stays sealed as it came (E5, E7, E12)."""

import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from portal.complaints import films
from portal.complaints.kinds import FILMS, PICTURES, NotTaken

AT_ONCE = BoundedSemaphore(2)
WAIT = 40
REDRAW = Path(__file__).with_name("redraw.py")
FLOOD = 3
"""How redraw.py says that there are too many pixels."""
FORMATS = {b"JPEG": ("image/jpeg", "jpg"), b"PNG ": ("image/png", "png")}
NAME = 4


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that may be shown: the name it is stored under, and its media type."""

    stored_as: str
    media_type: str


def needs_copy(kind: str) -> bool:
    """Whether files of this kind may say where they were made, so that only a copy of them is ever handed on."""
    return kind in PICTURES or kind in FILMS


def make_copy(folder: Path, stored_as: str, kind: str) -> Copy | None:
    """The copy to show of a stored file; None where it needs none or none can be made. NotTaken for a flood of pixels."""
    if kind in PICTURES:
        return _redraw(folder, folder / stored_as)
    return _scrub(folder, folder / stored_as, kind) if kind in FILMS else None


def _redraw(folder: Path, original: Path) -> Copy | None:
    """Draw it again in a child that can open nothing and may use only so much; what kills the child harms nothing here."""
    command = [sys.executable, "-I", "-B", str(REDRAW)]
    with AT_ONCE, original.open("rb") as sent:
        try:
            ran = subprocess.run(command, stdin=sent, capture_output=True, timeout=WAIT, env={}, check=False)
        except subprocess.TimeoutExpired:
            return None
    if ran.returncode == FLOOD:
        raise NotTaken("pixels")
    drawn_like = FORMATS.get(ran.stdout[:NAME])
    if ran.returncode != 0 or drawn_like is None:
        return None
    name = secrets.token_hex(32)
    (folder / name).write_bytes(ran.stdout[NAME:])
    return Copy(name, drawn_like[0])


def _scrub(folder: Path, original: Path, kind: str) -> Copy | None:
    name = secrets.token_hex(32)
    try:
        shutil.copyfile(original, folder / name)
        films.scrub(folder / name)
    except (films.NotWhole, OSError):
        (folder / name).unlink(missing_ok=True)
        return None
    return Copy(name, kind)


def shown_name(name: str, kind: str, copy_kind: str) -> str:
    """What the copy is called: as the original was, with the ending of what it is now."""
    endings = dict(FORMATS.values())
    stem, dot, _ = name.rpartition(".")
    return f"{stem}{dot}{endings[copy_kind]}" if kind in PICTURES and copy_kind != kind else name
