"""Files to send: real pictures and films that say where they were made, office files, and hostile ones of every sort."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

PLACE = b"zzplace51.5007N0.1246W"
"""What must not be found in anything that is shown: the place, as each kind of file can say it."""

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOC = COMPOUND + b"\0" * 600
PDF = b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n"


def picture(kind: str, *, size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    """A small picture in a format: JPEG, PNG, GIF, WEBP or HEIF."""
    pillow_heif.register_heif_opener()
    made, out = Image.new("RGB", size, (120, 60, 30)), io.BytesIO()
    made.save(out, kind, **more)
    return out.getvalue()


def exif() -> Image.Exif:
    """Where and by what it was taken, as a telephone says it."""
    said = Image.Exif()
    said[0x010F] = PLACE.decode()
    said[0x010E] = PLACE.decode()
    said.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 2.0), 3: "W", 4: (0.0, 7.0, 28.0), 29: PLACE.decode()})
    return said


def placed(kind: str) -> bytes:
    """A picture that says where it was taken in every way its format has."""
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + PLACE + b"</x:xmpmeta>"
    match kind:
        case "PNG":
            notes = PngInfo()
            notes.add_text("Location", PLACE.decode())
            notes.add_itxt("XML:com.adobe.xmp", xmp.decode())
            return picture("PNG", exif=exif(), pnginfo=notes)
        case "JPEG":
            iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(PLACE)) + PLACE
            plain = picture("JPEG", exif=exif(), xmp=xmp, comment=PLACE)
            return plain[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + plain[2:] + PLACE
        case "GIF":
            return picture("GIF", comment=PLACE) + PLACE
        case _:
            return picture(kind, exif=exif().tobytes(), xmp=xmp)


def box(name: bytes, *inside: bytes) -> bytes:
    """One box of a film."""
    content = b"".join(inside)
    return struct.pack(">I", len(content) + 8) + name + content


def film(brand: bytes = b"mp42", *, picture_bytes: bytes = b"moving pictures") -> bytes:
    """A film that says where it was made: in its user data, its metadata, a track of notes, and a loose box."""
    handler = [box(b"mdia", box(b"hdlr", b"\0" * 8 + kind + b"\0" * 12)) for kind in (b"vide", b"meta")]
    tracks = [box(b"trak", handler[0], box(b"udta", box(b"loci", PLACE))), box(b"trak", handler[1], box(b"note", PLACE))]
    movie = box(b"moov", *tracks, box(b"udta", box(b"\xa9xyz", PLACE)), box(b"meta", PLACE))
    return box(b"ftyp", brand, b"\0\0\0\0", b"isom") + movie + box(b"uuid", PLACE) + box(b"mdat", picture_bytes)


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as into:
        for name, content in files.items():
            into.writestr(name, content)
    return made.getvalue()


CONTENTS = b"<?xml version='1.0'?><Types><Override PartName='/word/document.xml' ContentType='%s'/></Types>"
WORD_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"


def docx(more: dict[str, bytes] | None = None, *, main: bytes = WORD_MAIN) -> bytes:
    """A Word file, with more inside it."""
    return zipped({"[Content_Types].xml": CONTENTS % main, "word/document.xml": b"<w:document/>", **(more or {})})


def odt(more: dict[str, bytes] | None = None) -> bytes:
    """An OpenDocument text, with more inside it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        into.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, content in {"content.xml": b"<office:document-content/>", **(more or {})}.items():
            into.writestr(name, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def flood(width: int, height: int) -> bytes:
    """A PNG whose header says that it is vast, in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")


def overlapping(copies: int) -> bytes:
    """A zip whose entries all share one run of bytes: small on the disk, vast when unpacked."""
    whole = docx({"word/big.xml": b"\0" * 1_000_000})
    listed = zipfile.ZipFile(io.BytesIO(whole)).infolist()
    at = whole.rfind(b"PK\x05\x06")
    count, size, start = struct.unpack_from("<HII", whole, at + 10)
    entry = _entry_of(whole, start, len(listed) - 1)
    directory = whole[start : start + size] + entry * copies
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count + copies, count + copies, len(directory), start, 0)
    return whole[:start] + directory + end


def _entry_of(whole: bytes, start: int, number: int) -> bytes:
    at = start
    for _ in range(number + 1):
        begin = at
        name, extra, comment = struct.unpack_from("<HHH", whole, at + 28)
        at += 46 + name + extra + comment
    return whole[begin:at]
