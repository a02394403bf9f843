"""What files we take: judged by their content and their name together, and office files by what lies inside them."""

import io
import struct
import zipfile
from itertools import pairwise
from typing import IO

import filetype  # type: ignore[import-untyped]

HEAD = 8192
DOC = "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

TAKEN: dict[str, tuple[str, ...]] = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "application/pdf": ("pdf",),
    DOC: ("doc",),
    DOCX: ("docx",),
    ODT: ("odt",),
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

PICTURES = frozenset(kind for kind in TAKEN if kind.startswith("image/"))
FILMS = frozenset({"video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"})
"""Films and recordings in boxes: what telephones make, and write the place into."""

PLAYED = frozenset({"audio/mpeg", "audio/mp4", "audio/aac", "audio/x-wav", "audio/ogg"})
"""Recordings that browsers play where they stand; any other is to keep, and to play with something of one's own."""

MOST_ENTRIES = 1_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_TIMES = 100
LONGEST_LIST = 256 * 1024
LIST_ENDS_WITHIN = 65_557
PROGRAMS = ("vbaproject.bin", "vbadata.xml", "basic/", "scripts/", "macrosheets/")
BUNDLES = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".jar", ".docx", ".docm", ".xlsm", ".odt")
MACROS_IN_COMPOUND = "_VBA_PROJECT".encode("utf-16-le")
MAIN = {DOCX: "word/document.xml", ODT: "content.xml"}


class NotTaken(Exception):
    """A file we do not keep: `empty`, `too_big`, `too_many`, `no_space`, `program`, `pixels` or `kind`."""

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
        return DOC
    return found or ("text/plain" if _is_text(head) else "")


def _is_text(head: bytes) -> bool:
    """Plain text in any script: no markup at the front, no bytes that text never holds."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return False
    return not any(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head)


def look_inside(kind: str, stream: IO[bytes]) -> None:
    """NotTaken for an office file that carries a program, or that would burst when opened. Nothing is unpacked."""
    if kind == DOC:
        stream.seek(0)
        if MACROS_IN_COMPOUND in stream.read():
            raise NotTaken("program")
    elif kind in MAIN:
        try:
            _look_into_zip(kind, stream)
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as broken:
            raise NotTaken("kind") from broken
    stream.seek(0)


def _look_into_zip(kind: str, stream: IO[bytes]) -> None:
    entries = _entries(stream)
    names = [entry.filename.replace("\\", "/").lower() for entry in entries]
    if any(name.startswith(PROGRAMS) or name.endswith(PROGRAMS) or f"/{part}" in name for name in names for part in PROGRAMS):
        raise NotTaken("program")
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    bursts = unpacked > MOST_UNPACKED or unpacked > MOST_TIMES * max(packed, 1) or _overlap(entries)
    if MAIN[kind] not in names or bursts or any(name.endswith(BUNDLES) for name in names):
        raise NotTaken("kind")
    if kind == DOCX and _says_macros(stream, entries):
        raise NotTaken("program")


def _entries(stream: IO[bytes]) -> list[zipfile.ZipInfo]:
    """What a zip lists. Its list is measured before it is read, so that reading it cannot fill the memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(size - LIST_ENDS_WITHIN, 0))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise NotTaken("kind")
    count, length = struct.unpack_from("<HI", tail, at + 10)
    if count > MOST_ENTRIES or length > LONGEST_LIST:
        raise NotTaken("kind")
    found = zipfile.ZipFile(stream).infolist()
    if len(found) > MOST_ENTRIES:
        raise NotTaken("kind")
    return found


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether two entries share bytes: only a bomb does that."""
    places = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    return any(end > after for (_, end), (after, _) in pairwise(places))


def _says_macros(stream: IO[bytes], entries: list[zipfile.ZipInfo]) -> bool:
    """Whether the list of contents says there are macros, by whatever name they are kept."""
    listed = next((entry for entry in entries if entry.filename == "[Content_Types].xml"), None)
    if listed is None or listed.file_size > LONGEST_LIST:
        raise NotTaken("kind")
    with zipfile.ZipFile(stream) as opened, opened.open(listed) as contents:
        return b"macroenabled" in contents.read(LONGEST_LIST).lower()
