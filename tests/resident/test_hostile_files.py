"""Files meant to harm, by the rows of the threat table: E1 to E9 and E12, each with its proof U1 to U9 and U12."""

import gzip
import io
import resource
import socketserver
import struct
import subprocess
import sys
import tarfile
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import Engine

from portal import db, giving, pace, plain
from portal.access import Role
from portal.complaints import copies, files, kinds, redraw
from portal.complaints.kinds import NotTaken
from portal.complaints.models import Complaint
from portal.complaints.papers import Attachment
from portal.complaints.record import ReadEvent
from portal.post.scanning import Scanner, scan
from tests import samples
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_staff
from tests.resident.journeys import answers
from tests.resident.test_files import attach, on_disk, rows
from tests.samples import PLACE
from tests.town import Town

LAST = -1
MEGABYTE = 1024 * 1024


def zip_of(name: str, content: bytes = b"x") -> bytes:
    """A zip with one file in it."""
    return samples.zipped({name: content})


def tar() -> bytes:
    """An empty tape archive."""
    out = io.BytesIO()
    tarfile.open(fileobj=out, mode="w").close()
    return out.getvalue()


JPEG, PNG, GIF = samples.picture("JPEG"), samples.picture("PNG"), samples.picture("GIF")
FILM, SHEET = samples.film(), samples.zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
GOOD: dict[str, bytes] = {
    "a.jpg": JPEG, "b.jpeg": JPEG, "C.JPG": JPEG, "d.png": PNG, "e.gif": GIF, "f.webp": samples.picture("WEBP"),
    "g.heic": samples.picture("HEIF"), "h.heif": samples.picture("HEIF"), "i.pdf": samples.PDF, "j.doc": samples.DOC,
    "k.docx": samples.docx(), "l.odt": samples.odt(), "m.txt": b"words", "n.txt": "سقف".encode(), "o.txt": b"a < b, she said",
    "p.mp3": b"ID3\x03" + b"\0" * 60, "q.m4a": samples.film(b"M4A "), "r.wav": b"RIFF\0\0\0\0WAVEfmt " + b"\0" * 40,
    "s.ogg": b"OggS" + b"\0" * 60, "t.amr": b"#!AMR\n" + b"\0" * 40, "u.mp4": FILM, "v.mov": samples.film(b"qt  "),
    "w.3gp": samples.film(b"3gp5"), "x.webm": b"\x1aE\xdf\xa3\x9fB\x82\x84webm" + b"\0" * 40,
}  # fmt: skip
BAD: dict[str, bytes] = {
    "page.html": b"<!doctype html><script>alert(1)</script>", "page.htm": b"<html>", "page.xhtml": b"<?xml version='1.0'?><html/>",
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "data.xml": b"<?xml version='1.0'?><a/>",
    "feed.rss": b"<rss/>", "run.js": b"alert(1)", "run.mjs": b"import('x')", "style.css": b"a{}", "run.exe": b"MZ\x90" + b"\0" * 60,
    "run.sh": b"#!/bin/sh\n", "run.bat": b"@echo off", "run.ps1": b"Get-Item", "run.vbs": b"MsgBox 1", "run.jar": zip_of("a.class"),
    "run.py": b"print(1)", "page.php": b"<?php echo 1;", "a.zip": zip_of("a"), "a.tar": tar(), "a.gz": gzip.compress(b"a"),
    "a.rar": b"Rar!\x1a\x07\0", "a.7z": b"7z\xbc\xaf\x27\x1c", "book.xlsx": SHEET, "show.pptx": SHEET, "text.rtf": b"{\\rtf1 a}",
    "mail.eml": b"From: a", "disk.iso": b"\0" * 99, "link.url": b"[InternetShortcut]", "link.lnk": b"L\0\0\0", "none": b"words",
    "page.txt": b"\xef\xbb\xbf  <html>", "page.jpg": b"<html><script>", "page.pdf": b"<!doctype html>%PDF-1.7", "svg.png": b"<svg/>",
    "run.png": b"MZ\x90" + b"\0" * 60, "pdf.jpg": samples.PDF, "jpg.pdf": JPEG, "zip.docx": zip_of("a"), "sheet.docx": SHEET, "odd.txt": b"\0\1\2",
}  # fmt: skip


def test_U1_E1_sixty_files_and_more_are_taken_or_not_by_content_and_name_together() -> None:
    assert len(GOOD) + len(BAD) >= 60
    for name, content in GOOD.items():
        kind = kinds.kind_of(name, content[: kinds.HEAD])
        kinds.look_inside(kind, io.BytesIO(content))
        assert kinds.ending(name) in kinds.TAKEN[kind], name
    for name, content in BAD.items():
        with pytest.raises(NotTaken):
            kinds.look_inside(kinds.kind_of(name, content[: kinds.HEAD]), io.BytesIO(content))


def test_U1_E1_whoever_sends_what_we_cannot_take_is_told_another_way(client: CheckingClient) -> None:
    status, said = attach(client, ("drawing.svg", BAD["drawing.svg"]))
    assert status == 422
    assert "We cannot open “drawing.svg”. Send a photo, PDF, Word, text, sound or film file, or post us a copy." in said


SCRIPT = b"/*<script>window.ran=1</script>*/alert(document.domain)//"
POLYGLOTS: dict[str, bytes] = {
    "gif-js.gif": GIF + SCRIPT, "png-html.png": PNG + SCRIPT, "jpg-html.jpg": JPEG + SCRIPT, "jpg-zip.jpg": JPEG + zip_of("a.js", SCRIPT),
    "png-zip.png": PNG + zip_of("a.js", SCRIPT), "gif-jar.gif": GIF + zip_of("a.class", SCRIPT), "jpg-pdf.jpg": JPEG + samples.PDF + SCRIPT,
    "webp-js.webp": samples.picture("WEBP") + SCRIPT, "comment.jpg": samples.picture("JPEG", comment=SCRIPT),
    "pdf-js.pdf": samples.PDF + b"2 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj" + SCRIPT, "film-js.mp4": FILM + samples.box(b"free", SCRIPT),
    "text-js.txt": b"alert(1)//" + SCRIPT,
}  # fmt: skip


def test_U2_E2_a_file_that_is_two_things_at_once_is_given_as_one_and_alone(client: CheckingClient) -> None:
    answers(client)
    for name, content in POLYGLOTS.items():
        assert attach(client, (name, content))[0] == 303, name
    client.send("/complain/files", form=LAST)
    client.send("/complain/check")
    links = [href for href in client.page("/your-complaint").xpath("//main//a/@href") if "/files/" in href]
    assert len(links) == len(POLYGLOTS) == 12
    for name, link in zip(POLYGLOTS, links, strict=True):
        answer = client.get(link)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == giving.ALONE
        if (answer.mimetype or "").startswith("image/"):
            assert b"window.ran" not in answer.data, name
            assert Image.open(io.BytesIO(answer.data)).size == (40, 30)
        else:
            assert answer.headers["Content-Disposition"].startswith("attachment"), name


MACROS: dict[str, bytes] = {
    "true.docm": samples.docx({"word/vbaProject.bin": b"x"}, main=samples.WORD_MACROS), "true.xlsm": SHEET, "true.dotm": samples.docx(),
    "false.docx": samples.docx({"word/vbaProject.bin": b"x"}), "case.docx": samples.docx({"word/VBAPROJECT.BIN": b"x"}),
    "renamed.docx": samples.docx({"word/other.bin": b"x"}, main=samples.WORD_MACROS), "data.docx": samples.docx({"word/vbaData.xml": b"x"}),
    "deep.docx": samples.docx({"word/a/vbaProject.bin": b"x"}), "old.doc": samples.DOC + "_VBA_PROJECT".encode("utf-16-le"),
    "basic.odt": samples.odt({"Basic/Standard/Module1.xml": b"x"}), "script.odt": samples.odt({"Scripts/python/a.py": b"x"}),
    "bundle.docx": samples.docx({"word/embeddings/inner.docm": b"x"}),
}  # fmt: skip


def test_U3_E3_twelve_files_with_macros_are_refused_under_true_and_false_names(client: CheckingClient, app: Flask) -> None:
    assert len(MACROS) == 12
    for name, content in MACROS.items():
        assert attach(client, (name, content))[0] == 422, name
    assert on_disk(app) == set()
    assert "has a program in it, and we cannot take those. Save it as a PDF" in attach(client, ("a.docx", MACROS["false.docx"]))[1]


def vast() -> bytes:
    """A Word file that says it holds ten thousand million bytes, and is small."""
    whole = samples.docx({"word/big.xml": b"\0" * 1_000_000})
    at = whole.rfind(b"word/big.xml") - 46
    return whole[: at + 24] + struct.pack("<I", 4_000_000_000) + whole[at + 28 :]


def nested(depth: int) -> bytes:
    """Zips within zips, like the one called 42."""
    made = b"\0" * 10_000
    for _ in range(depth):
        made = samples.zipped({f"{n}.zip": made for n in range(4)})
    return made


def listed(count: int) -> bytes:
    """A Word file with very many things in it."""
    return samples.docx({f"word/{n}.xml": b"" for n in range(count)})


def test_U4_E4_bombs_are_refused_within_a_second_and_without_being_unpacked() -> None:
    bombs = {
        "42.zip": nested(4), "ten gigabytes.docx": vast(), "overlap.docx": samples.overlapping(900), "many.docx": listed(1_001),
        "listed.docx": listed(50_000), "nested.docx": samples.docx({"word/inner.zip": nested(2)}),
        "ratio.docx": samples.docx({"word/big.xml": b"\0" * (100 * MEGABYTE)}), "ratio.odt": samples.odt({"big.xml": b"\0" * (30 * MEGABYTE)}),
        "cut.docx": samples.docx()[:-10], "empty list.docx": samples.docx()[:-22] + b"PK\x05\x06" + b"\0" * 18,
    }  # fmt: skip
    for name, bomb in bombs.items():
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
        with pytest.raises(NotTaken):
            kinds.look_inside(kinds.kind_of(name, bomb[: kinds.HEAD]), io.BytesIO(bomb))
        assert time.perf_counter() - began < 1, name
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024, name


def test_U4_E4_an_ordinary_long_report_is_no_bomb() -> None:
    words = "".join(f"<w:t>{n} rain came in</w:t>" for n in range(200_000)).encode()
    kinds.look_inside(kinds.DOCX, io.BytesIO(samples.docx({"word/long.xml": words})))


def test_U5_E5_a_flood_of_pixels_is_refused_within_half_a_second(client: CheckingClient, app: Flask, tmp_path: Path) -> None:
    (tmp_path / "flood").write_bytes(samples.flood(50_000, 50_000))
    took: list[float] = []
    while not took or (min(took) >= 0.5 and len(took) < 20):
        began = time.perf_counter()
        with pytest.raises(NotTaken, match="pixels"):
            copies.make_copy(tmp_path, "flood", "image/png")
        took.append(time.perf_counter() - began)
    assert min(took) < 0.5
    assert copies.FLOOD == redraw.TOO_MANY_PIXELS
    assert "is too large a picture for us to open" in attach(client, ("wide.png", samples.flood(50_000, 50_000)))[1]
    assert on_disk(app) == set()


class Looked(socketserver.StreamRequestHandler):
    """Speaks as clamd does: takes the pieces, looks into them and into what is zipped, and says what it found."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        whole = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            whole += self.rfile.read(size)
        inside = [whole]
        if zipfile.is_zipfile(io.BytesIO(whole)):
            with zipfile.ZipFile(io.BytesIO(whole)) as opened:
                inside += [opened.read(name) for name in opened.namelist()]
        found = any(samples.EICAR in each for each in inside)
        self.wfile.write(b"stream: Eicar-Signature FOUND\0" if found else b"stream: OK\0")


@pytest.fixture
def scanner() -> Iterator[Scanner]:
    """A scanner that knows one virus."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Looked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Scanner("127.0.0.1", server.server_address[1])
        server.shutdown()


def with_scanner(app: Flask, scanner: Scanner) -> None:
    """The portal, told that there is one."""
    object.__setattr__(app.extensions["portal"], "scanner", f"{scanner.host}:{scanner.port}")


def sent(client: CheckingClient, *these: tuple[str, bytes]) -> list[str]:
    """A complaint with these files; answers their addresses as the resident's page would have them."""
    answers(client)
    status, said = attach(client, *these)
    assert status == 303, said
    client.send("/complain/files", form=LAST)
    client.send("/complain/check")
    return [f"/your-complaint/files/{n}" for n in range(1, len(these) + 1)]


def test_U6_E6_what_is_infected_is_held_and_nothing_is_handed_on_before_it_was_found_clean(
    client: CheckingClient, app: Flask, town: Town, engine: Engine, scanner: Scanner
) -> None:
    with_scanner(app, scanner)
    bad = {"eicar.txt": samples.EICAR, "eicar.docx": samples.docx({"word/a.bin": samples.EICAR}), "eicar.pdf": samples.PDF + samples.EICAR}
    links = sent(client, *bad.items(), ("fine.txt", b"words"))
    assert "We have this file, and are checking it for viruses." in words_of(client.page("/your-complaint"))
    assert [client.get(link).status_code for link in links] == [404] * 4
    assert scan(db.sessions(engine), app.extensions["portal"].files, scanner) == 4
    assert [row.state for row in rows(town)] == ["held", "held", "held", "clean"]
    assert [client.get(link).status_code for link in links] == [404, 404, 404, 200]
    assert "The virus check found something in this file, so nobody can open it." in words_of(client.page("/your-complaint"))


def test_U6_E6_while_the_scanner_is_away_a_hundred_times_nothing_is_handed_on(
    client: CheckingClient, app: Flask, town: Town, engine: Engine
) -> None:
    away = Scanner("127.0.0.1", 1)
    with_scanner(app, away)
    (link,) = sent(client, ("fine.txt", b"words"))
    for _ in range(100):
        assert scan(db.sessions(engine), app.extensions["portal"].files, away) == 0
    assert client.get(link).status_code == 404
    assert [row.state for row in rows(town)] == ["checking"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "HEIF"])
def test_U7_E7_a_photograph_is_shown_without_a_word_of_where_it_was_taken(tmp_path: Path, kind: str) -> None:
    original = samples.placed(kind)
    assert PLACE in original
    name = {"JPEG": "a.jpg", "HEIF": "a.heic"}.get(kind, f"a.{kind.lower()}")
    arrived = files.take(tmp_path, name, io.BytesIO(original), files.Room())
    assert arrived.copy is not None
    shown = (tmp_path / arrived.copy.stored_as).read_bytes()
    picture = Image.open(io.BytesIO(shown))
    assert PLACE not in shown
    assert not picture.getexif()
    assert {"exif", "xmp", "comment", "XML:com.adobe.xmp", "Location", "photoshop"} & set(picture.info) == set()
    assert (tmp_path / arrived.stored.stored_as).read_bytes() == original


@pytest.mark.parametrize(("name", "brand"), [("a.mp4", b"mp42"), ("a.mov", b"qt  "), ("a.3gp", b"3gp5"), ("a.m4a", b"M4A ")])
def test_U7_E7_a_film_is_shown_without_a_word_of_where_it_was_made_and_still_plays(tmp_path: Path, name: str, brand: bytes) -> None:
    original = samples.film(brand)
    arrived = files.take(tmp_path, name, io.BytesIO(original), files.Room())
    assert arrived.copy is not None
    shown = (tmp_path / arrived.copy.stored_as).read_bytes()
    assert PLACE in original and PLACE not in shown
    assert len(shown) == len(original)
    assert shown.endswith(samples.box(b"mdat", b"moving pictures"))
    assert b"vide" in shown


def test_U7_E7_a_film_that_does_not_hold_together_is_kept_and_not_shown(tmp_path: Path) -> None:
    broken = samples.film()[:-30] + samples.box(b"moov", b"\0\0\xff\xffudta")
    arrived = files.take(tmp_path, "a.mp4", io.BytesIO(broken), files.Room())
    assert arrived.copy is None
    assert {path.name for path in tmp_path.iterdir()} == {arrived.stored.stored_as}


NAMES = [
    "../../etc/passwd.txt", "..\\..\\windows\\win.txt", "/etc/passwd.txt", "C:\\a.txt", "\\\\server\\share\\a.txt", "a\0b.txt", "a" * 300 + ".txt",
    "CON.txt", "NUL.txt", "aux.txt", "LPT1.txt", "a\r\nSet-Cookie: x=1.txt", "a\n.txt", "a\r.txt", "a\tb.txt", "roof\u202etxt.gpj.txt",
    "\u2066a\u2069.txt", "سقف.txt", "屋顶.txt", "café.txt", "cafe\u0301.txt", "🏚️.txt", "a;b.txt", 'a"b.txt', "a'b.txt", "a%0d%0ab.txt",
    "a%2e%2e%2fb.txt", "<script>.txt", "a&b.txt", "a b.txt", "  a  .txt", ".txt", "..txt", "-rf.txt", "$(id).txt", "`id`.txt", "a|b.txt",
    "a:b.txt", "a*?.txt", "{7*7}.txt",
]  # fmt: skip


def test_U8_E8_forty_names_never_leave_the_store_and_stay_one_line(client: CheckingClient, app: Flask, town: Town) -> None:
    assert len(NAMES) == 40
    for name in NAMES:
        shown = plain.plain_name(name)
        assert not set(shown) & set("\0\r\n\u202e\u2066\u2069/\\") and len(shown) <= 200, name
    travel = [name for name in NAMES if not set("\r\n\"") & set(name)]
    links = sent(client, *((name, b"words") for name in travel))
    folder: Path = app.extensions["portal"].files
    assert {path.parent for path in folder.rglob("*")} == {folder}
    assert all(len(path.name) == 64 and path.name.isalnum() for path in folder.iterdir())
    assert len(rows(town)) == len(travel) >= 36
    for link in links:
        header = client.get(link).headers["Content-Disposition"]
        assert header.startswith("attachment; filename") and "\r" not in header and "\n" not in header


def test_U9_E9_a_file_has_25_megabytes_a_complaint_50_files_and_200_megabytes() -> None:
    assert (files.LARGEST, files.MOST, files.MOST_IN_ALL) == (25 * MEGABYTE, 50, 200 * MEGABYTE)


def test_U9_E9_two_hundred_megabytes_are_all_that_one_complaint_holds(
    client: CheckingClient, app: Flask, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_IN_ALL", 1_000)
    assert attach(client, ("a.txt", b"a" * 600))[0] == 303
    status, said = attach(client, ("b.txt", b"b" * 300), ("c.txt", b"c" * 300))
    assert status == 422
    assert "“c.txt” was not added. 50 files, and 200 MB in all, is the most we can keep here." in said
    assert [row.name for row in rows(town)] == ["a.txt", "b.txt"]
    assert on_disk(app) == {row.stored_as for row in rows(town)}


def test_U9_E9_a_network_sends_a_gigabyte_a_day_before_we_know_whose_it_is(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def weighed(address: str, size: int, **known: Any) -> bool:
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}) as context:
            context.session.update(known)
            try:
                pace.weigh(size)
            except NotTaken:
                return False
            return True

    most = pace.MOST_BYTES
    assert most // MEGABYTE == 1024
    assert weighed("203.0.113.7", most - 1)
    assert not weighed("203.0.113.7", 2)
    assert weighed("203.0.113.8", 2)
    assert weighed("203.0.113.7", 2, party="somebody")
    monkeypatch.setattr(pace, "A_DAY", 0.0)
    assert weighed("203.0.113.7", 2)


def test_U12_E12_what_kills_the_child_leaves_the_file_kept_and_unshown_and_the_page_loads(
    client: CheckingClient, app: Flask, town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deadly = tmp_path / "deadly.py"
    deadly.write_text("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass\n")
    monkeypatch.setattr(copies, "REDRAW", deadly)
    (link,) = sent(client, ("roof.jpg", JPEG))
    assert "We have this file. We could not make a copy that is safe to show" in words_of(client.page("/your-complaint"))
    assert client.get(link).status_code == 404
    assert [(row.copy_as, row.standing) for row in rows(town)] == [(None, "no_copy")]
    assert len(on_disk(app)) == 1


def test_U12_E12_the_child_can_open_no_file_no_connection_and_no_end_of_memory(tmp_path: Path) -> None:
    tries = "open('/etc/hostname')", "import socket; socket.socket()", "bytearray(3_000_000_000)"
    for each in tries:
        child = tmp_path / "child.py"
        source = Path(redraw.__file__).read_text().partition('if __name__ == "__main__":')[0]
        child.write_text(f"{source}\nconfine()\ntry:\n    {each}\nexcept (OSError, MemoryError, ImportError):\n    sys.exit(0)\nsys.exit(9)\n")
        assert subprocess.run([sys.executable, "-I", str(child)], check=False).returncode == 0, each


def test_staff_see_the_copy_and_the_original_is_opened_by_a_named_act_that_is_written_down(
    client: CheckingClient, app: Flask, town: Town
) -> None:
    sent(client, ("roof.jpg", samples.placed("JPEG")))
    complaint = town.register.query(Complaint).one()
    address = f"/staff/complaints/{complaint.reference}"
    file = town.register.query(Attachment).one().id
    town.register.rollback()
    staff = app.test_client()
    assert isinstance(staff, CheckingClient)
    let_in_staff(staff, town.register, town.staff[Role.TRIAGE], Role.TRIAGE)
    shown = staff.get(f"{address}/files/{file}")
    assert shown.headers["Content-Disposition"] == "inline; filename=roof.jpg"
    assert PLACE not in shown.data
    assert "Open the original" not in words_of(staff.page(address))
    assert staff.get(f"{address}/files/{file}/original").status_code == 403
    let_in_staff(staff, town.register, town.staff[Role.MANAGER], Role.MANAGER)
    assert "It may say where it was made, and that you opened it is written down." in words_of(staff.page(address))
    original = staff.get(f"{address}/files/{file}/original")
    assert PLACE in original.data
    assert original.headers["Content-Disposition"].startswith("attachment")
    opened = [event.staff_id for event in town.register.query(ReadEvent).filter_by(route="staff.original")]
    assert opened == [town.staff[Role.MANAGER].id]
