"""Films and recordings in boxes (MP4, MOV, 3GP, M4A): what they say of where and by what they were made, blanked in place."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

HOLDS_BOXES = (b"moov", b"trak")
TELLS = (b"udta", b"meta", b"uuid", b"loci", b"XMP_")
FREE = b"free"
DEEPEST = 4
MOST_BOXES = 5_000
A_PIECE = 1024 * 1024


class NotWhole(Exception):
    """The boxes of a film do not fit together, so nobody can say what is in it."""


def scrub(path: Path) -> None:
    """Blank every box that may tell a place, a maker or a day, its size kept so that the film plays. NotWhole if broken."""
    with path.open("r+b") as film:
        size = film.seek(0, 2)
        for at, length, header in list(_telling(film, 0, size, 0)):
            _blank(film, at, length, header)


def _telling(film: IO[bytes], start: int, end: int, depth: int) -> Iterator[tuple[int, int, int]]:
    """Each box to blank: where it begins, its length, and the length of its header, in bytes."""
    if depth > DEEPEST:
        raise NotWhole
    for at, length, header, name in _boxes(film, start, end):
        if name in TELLS or (name == b"trak" and _notes_places(film, at + header, at + length)):
            yield at, length, header
        elif name in HOLDS_BOXES:
            yield from _telling(film, at + header, at + length, depth + 1)


def _boxes(film: IO[bytes], start: int, end: int) -> Iterator[tuple[int, int, int, bytes]]:
    at, count = start, 0
    while at + 8 <= end:
        film.seek(at)
        length, name = struct.unpack(">I4s", film.read(8))
        header = 8
        if length == 1:
            length, header = struct.unpack(">Q", film.read(8))[0], 16
        elif length == 0:
            length = end - at
        count += 1
        if length < header or at + length > end or count > MOST_BOXES:
            raise NotWhole
        yield at, length, header, name
        at += length


def _notes_places(film: IO[bytes], start: int, end: int) -> bool:
    """Whether a track holds notes taken while filming, and neither picture nor sound: phones note places there."""
    for media, length, header, name in _boxes(film, start, end):
        if name == b"mdia":
            for at, _, inner, part in _boxes(film, media + header, media + length):
                if part == b"hdlr":
                    film.seek(at + inner + 8)
                    return film.read(4) not in (b"vide", b"soun")
    return False


def _blank(film: IO[bytes], at: int, length: int, header: int) -> None:
    film.seek(at + 4)
    film.write(FREE)
    film.seek(at + header)
    left = length - header
    while left > 0:
        left -= film.write(b"\0" * min(left, A_PIECE))
