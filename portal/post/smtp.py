"""Handing one message to the mail server, and sorting what it says into sent, later and never."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from threading import Timer
from urllib.parse import unquote, urlsplit

from portal.post import trouble

PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}
ANSWER_WITHIN = 20
"""Seconds the server may be silent."""
DONE_WITHIN = 120
"""Seconds one message may take in all, however busily the server answers; well under the lease."""
SIGN_IN_FIRST = (530, 534, 535, 538)


class Unreachable(Exception):
    """No message can go: the server is down, or turns us all away. Nothing is wrong with this message."""


class Later(Exception):
    """This message was not taken now; its reason is one of `trouble`."""


class Never(Exception):
    """This message will not be taken, however often it is tried; its reason is one of `trouble`."""


@dataclass(frozen=True)
class Server:
    """A mail server, from `smtp://`, `starttls://` or `smtps://` and `user:password@host:port`.

    `smtp` is for a server on this machine or a private network: nothing is encrypted. ValueError for another scheme.
    """

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""
    answer_within: float = ANSWER_WITHIN
    done_within: float = DONE_WITHIN

    @classmethod
    def at(cls, url: str) -> "Server":
        """The server that a setting names."""
        found = urlsplit(url)
        if found.scheme not in PORTS or not found.hostname:
            raise ValueError("PORTAL_MAIL must begin with smtp://, starttls:// or smtps:// and name a host.")
        return cls(
            found.scheme, found.hostname, found.port or PORTS[found.scheme],
            unquote(found.username or ""), unquote(found.password or ""),
        )  # fmt: skip

    def send(self, message: EmailMessage) -> None:
        """Returns once the server has taken the message for its one reader. Raises Unreachable, Later or Never."""
        to = message["To"].addresses[0].addr_spec
        with self._connected() as connection:
            try:
                connection.send_message(message, from_addr=_comes_back_to(message), to_addrs=[to])
            except smtplib.SMTPRecipientsRefused as fault:
                raise _sorted(fault.recipients[to][0]) from fault
            except smtplib.SMTPDataError as fault:
                raise _sorted(fault.smtp_code) from fault
            except smtplib.SMTPNotSupportedError as fault:
                raise Never(trouble.BAD_ADDRESS) from fault
            except smtplib.SMTPResponseException as fault:
                # Our own address was refused, or a sign-in is asked for: a setting is wrong, not this message.
                raise Later(trouble.LATER) from fault
            except (OSError, smtplib.SMTPException) as fault:
                raise Later(trouble.CUT_OFF) from fault

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        try:
            connection = self._connect()
        except (OSError, smtplib.SMTPException) as fault:
            raise Unreachable(trouble.UNREACHABLE) from fault
        alarm = Timer(self.done_within, _hang_up, [connection])
        alarm.daemon = True
        alarm.start()
        try:
            yield connection
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()
        finally:
            alarm.cancel()
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        if self.scheme == "smtps":
            safely = ssl.create_default_context()
            made: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.answer_within, context=safely)
        else:
            made = smtplib.SMTP(self.host, self.port, timeout=self.answer_within)
        try:
            if self.scheme == "starttls":
                made.starttls(context=ssl.create_default_context())
            if self.user:
                made.login(self.user, self.password)
            made.ehlo_or_helo_if_needed()
        except BaseException:
            made.close()
            raise
        return made


def _comes_back_to(message: EmailMessage) -> str:
    """Where the servers on its way send it back if they cannot deliver it: where it is answered, else where it is from."""
    return str((message["Reply-To"] or message["From"]).addresses[0].addr_spec)


def _sorted(code: int) -> Later | Never:
    for_good = 500 <= code < 600 and code not in SIGN_IN_FIRST
    return Never(trouble.REFUSED) if for_good else Later(trouble.LATER)


def _hang_up(connection: smtplib.SMTP) -> None:
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)
