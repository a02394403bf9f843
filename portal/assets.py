"""Where templates and static files are, and the name under which static files may be kept for ever."""

import hashlib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


def folder(name: str) -> Path:
    """A top-level folder: inside the package where it was installed, beside it in a checkout."""
    packaged = HERE / name
    return packaged if packaged.is_dir() else HERE.parent / name


@cache
def prefix() -> str:
    """`static/` and a short hash of everything in it, so that a changed file has a new address."""
    files = sorted(path for path in folder("static").rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(folder("static")).as_posix().encode() + path.read_bytes())
    return f"static/{digest.hexdigest()[:12]}/"


def url(name: str) -> str:
    """The address of a static file."""
    return f"/{prefix()}{name}"


def is_immutable(path: str, address: str) -> bool:
    """Whether a browser may keep this file without asking again: all of ours, their address being their hash."""
    return address.startswith(f"/{prefix()}")
