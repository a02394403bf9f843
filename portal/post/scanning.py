"""What clamd says of a file, and the worker's job of asking it: nothing is handed on before the answer is *clean* (E6)."""

import socket
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.orm import sessionmaker

from portal import db, log
from portal.complaints import machine, operations
from portal.db import Register

A_PIECE = 256 * 1024
PATIENCE = 60.0
CLEAN, FOUND = b"stream: OK", b"FOUND"


class Away(Exception):
    """The scanner is not there; every file goes on waiting."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where clamd listens."""

    host: str
    port: int

    @classmethod
    def at(cls, where: str) -> "Scanner":
        """The scanner at `host:port`."""
        host, _, port = where.rpartition(":")
        return cls(host, int(port))

    def is_clean(self, path: Path) -> bool | None:
        """Whether it found nothing in the file; None where it cannot say. Away where it cannot be reached."""
        try:
            asked = socket.create_connection((self.host, self.port), timeout=PATIENCE)
        except OSError as fault:
            raise Away from fault
        try:
            with asked, path.open("rb") as file:
                said = self._said(asked, file)
        except OSError:
            return None
        if said.endswith(FOUND):
            return False
        return True if said == CLEAN else None

    @staticmethod
    def _said(asked: socket.socket, file: IO[bytes]) -> bytes:
        asked.sendall(b"zINSTREAM\0")
        while piece := file.read(A_PIECE):
            asked.sendall(struct.pack(">I", len(piece)) + piece)
        asked.sendall(struct.pack(">I", 0))
        return b"".join(iter(lambda: asked.recv(4096), b"")).rstrip(b"\0\n ")


def scan(sessions: sessionmaker[Register], files: Path, scanner: Scanner) -> int:
    """Ask about every file that waits; answers how many were settled. One the scanner cannot judge waits for the next round."""
    after, settled = 0, 0
    while waiting := _next(sessions, after):
        after, stored_as = waiting
        try:
            clean = scanner.is_clean(files / stored_as)
        except Away:
            log.note("scanner", outcome="away")
            return settled
        if clean is None:
            log.note("scanner", outcome="could not say")
            continue
        with sessions() as register, db.transaction(register):
            if file := machine.file_being_checked(register, after):
                operations.mark_scanned(file, clean=clean)
                settled += 1
    return settled


def _next(sessions: sessionmaker[Register], after: int) -> tuple[int, str] | None:
    with sessions() as register:
        file = machine.file_to_check(register, after)
        return (file.id, file.stored_as) if file else None
