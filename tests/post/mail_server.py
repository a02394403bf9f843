"""A real mail server for tests, whose faults can be scripted, and two that are not mail servers at all."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HERE = "127.0.0.1"


@dataclass(frozen=True)
class Taken:
    """One message as it came over the wire."""

    to: list[str]
    sender: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        found = message_from_bytes(self.raw, policy=policy.SMTPUTF8)
        assert isinstance(found, EmailMessage)
        return found

    @property
    def id(self) -> str:
        """Its one identity."""
        return str(self.message["Message-ID"])

    @property
    def words(self) -> str:
        """Everything a person could read in it, decoded."""
        found = self.message
        headers = "\n".join(f"{name}: {value}" for name, value in found.items())
        return headers + "\n\n" + str(found.get_content())


@dataclass
class Server:
    """Answers each message with the next line of its script, and once that is used up, takes everything."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    script: list[str] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    before_answer: Callable[[], None] | None = None

    @property
    def url(self) -> str:
        """What the setting would say."""
        return f"smtp://{HERE}:{self.port}"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        """Refuses the addresses it was told to."""
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """`cut`: took it, and hangs up after the final dot; `hang`: says nothing more; else the answer itself."""
        answer = self.script.pop(0) if self.script else "250 OK"
        if self.before_answer:
            self.before_answer()
        content = envelope.content
        assert isinstance(content, bytes)
        if answer.startswith("250") or answer == "cut":
            self.taken.append(Taken(list(envelope.rcpt_tos), envelope.mail_from or "", content))
        if answer == "hang":
            await asyncio.sleep(30)
        if answer in ("cut", "hang"):
            transport: Any = server.transport
            transport.abort()
        return answer


@contextmanager
def running(port: int = 0) -> Iterator[Server]:
    """A mail server for as long as the block lasts."""
    server = Server(port=port or free_port())
    controller = Controller(server, hostname=HERE, port=server.port, ident="test")
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind((HERE, 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def talking(*lines: bytes, drip: bytes = b"") -> Iterator[int]:
    """Something that listens, says each line after it was spoken to, and then drips bytes or falls silent."""
    stop = threading.Event()

    def talk() -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            for number, line in enumerate(lines):
                if number:
                    connection.recv(4096)
                connection.sendall(line)
            while not stop.wait(0.05):
                connection.sendall(drip)

    with socket.create_server((HERE, 0)) as listener:
        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        stop.set()
        thread.join(2)
