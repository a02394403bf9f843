"""All that leaves the portal, by e-mail and by text message: a worker whose mail server and whose account for texts are two lists."""

import re
from dataclasses import dataclass, field
from email.message import EmailMessage

from portal.post import outbox
from portal.post.office import Office
from portal.post.show import Handed
from portal.post.texts import Text


@dataclass
class Posted:
    """The worker, and what it has handed over."""

    office: Office
    mails: list[EmailMessage] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def take(self, message: EmailMessage) -> Handed:
        """Take a message, as a mail server does."""
        self.mails.append(message)
        return outbox.ACCEPTED, None, None

    def take_text(self, text: Text) -> Handed:
        """Take a text message, as Notify does."""
        self.texts.append(text)
        return outbox.ACCEPTED, None, None

    def goes(self) -> list[tuple[str, str]]:
        """Let the worker go round: whom each new message went to, and what it was about."""
        mails, texts = len(self.mails), len(self.texts)
        self.office.deliver_all()
        found = [(str(each["To"]), str(each["Subject"])) for each in self.mails[mails:]]
        return found + [(each.to, "text") for each in self.texts[texts:]]

    @property
    def code(self) -> str:
        """The eight numbers of the newest code that went by e-mail, in pairs."""
        self.office.deliver_all()
        return _digits([each.get_content() for each in self.mails])

    @property
    def code_by_text(self) -> str:
        """The same of a text message."""
        self.office.deliver_all()
        return _digits([each.words for each in self.texts])


def _digits(messages: list[str]) -> str:
    found = [match[1] for each in messages if (match := re.search(r"(\d\d \d\d \d\d \d\d) is your code", each))]
    assert found, messages
    return found[-1]
