"""How a message leaves: by the mail server, or as a text message; or, in the demo without them, kept where staff can look at it."""

from collections.abc import Callable
from email.message import EmailMessage

from portal.config import Config
from portal.i18n import gettext
from portal.post.outbox import ACCEPTED, SHOWN
from portal.post.smtp import Server
from portal.post.texts import Notify, Text

Handed = tuple[str, str | None, bytes | None]
"""The outcome, its trouble, and what was kept to be shown."""
Take = Callable[[EmailMessage], Handed]
TakeText = Callable[[Text], Handed]


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


def way_out_of_texts(config: Config) -> TakeText | None:
    """What these settings do with a text message; None where none go."""
    if config.texts:
        return by_notify(Notify.at(config.texts))
    return text_kept_to_show if config.demo else None


def by_notify(account: Notify) -> TakeText:
    """Hands each text message to the account; answers once that has taken it."""

    def take(text: Text) -> Handed:
        account.send(text)
        return ACCEPTED, None, None

    return take


def text_kept_to_show(text: Text) -> Handed:
    """Keeps a text message as a message that staff can look at in the demo."""
    shown = EmailMessage()
    shown["To"], shown["Subject"] = text.to, gettext("Text message")
    shown.set_content(text.words)
    return SHOWN, None, shown.as_bytes()
