"""How a message leaves: by the mail server; or, in the demo without one, kept where staff can look at it."""

from collections.abc import Callable
from email.message import EmailMessage

from portal.config import Config
from portal.post.outbox import ACCEPTED, SHOWN
from portal.post.smtp import Server

Handed = tuple[str, str | None, bytes | None]
"""The outcome, its trouble, and what was kept to be shown."""
Take = Callable[[EmailMessage], Handed]


def way_out(config: Config) -> Take | None:
    """What these settings do with a message; None where it has to wait until there is a server."""
    if config.mail:
        return by_server(Server.at(config.mail))
    return kept_to_show if config.demo else None


def by_server(server: Server) -> Take:
    """Hands each message to the server; answers once that has taken it."""

    def take(message: EmailMessage) -> Handed:
        server.send(message)
        return ACCEPTED, None, None

    return take


def kept_to_show(message: EmailMessage) -> Handed:
    """Keeps the message whole, to be shown as it would have gone."""
    return SHOWN, None, message.as_bytes()
