"""What a message says: as little as possible. Built when it is sent, in its reader's language, never from anybody's words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from typing import Any

from portal import i18n
from portal.catalogues.approving import is_approved
from portal.catalogues.drafted import DRAFTED, ENGLISH_BELOW, IN_ENGLISH
from portal.i18n import gettext
from portal.rules.words import N_

SUBJECTS = {
    "letter": N_("There is a letter for you"),
    "message": N_("There is a message for you"),
    "due soon": N_("Something is due soon"),
    "late": N_("Something is late"),
    "list": N_("There is a list for you to read"),
    "question": N_("There is a question for you"),
    "answered": N_("There is a message for you"),
    "account": N_("Your account was changed"),
    "first password": N_("Your account was changed"),
    "code": N_("Your code"),
    "changed": N_("Something was changed"),
    "new code": N_("Something was changed"),
    "test": N_("A test message"),
}
"""Every subject there is. None of them says what it is about: an inbox may be read over a shoulder."""

BODIES = {
    "letter": N_("To read it, open %(link)s and come in with your access code, or with a code that we send you."),
    "message": N_("To read it, open %(link)s and come in with your access code, or with a code that we send you."),
    "due soon": N_("A complaint that you look after has something due within two working days. To see it, open %(link)s and sign in."),
    "late": N_("A complaint has gone past a date that was due. To see it, open %(link)s and sign in."),
    "list": N_("Last week, complaints were opened by staff of other teams. To see by whom, and why, open %(link)s and sign in."),
    "question": N_("We have one question about your work for us. Open %(link)s in the browser in which you will answer: it opens once."),
    "answered": N_("Somebody you asked a question has answered it. To read it, open %(link)s and sign in."),
    "account": N_("How you sign in was changed. If it was not you, and you did not ask for it, tell your manager today. To see what was done, open %(link)s and sign in."),
    "first password": N_("You were given a first password: %(made)s\n\nIt works for a week. Open %(link)s and sign in with it; then you choose one of your own. Give it to nobody. If you did not ask for it, tell your manager today."),
    "code": N_("Type it on the page where you asked for it. It works once, for 15 minutes, and nowhere else."),
    "changed": N_("How we reach you was changed. If it was you, you need do nothing. If it was not you, ring us."),
    "new code": N_("A new access code was made for you. If you asked for it, you need do nothing. If you did not, ring us."),
    "test": N_("If you can read this, the portal can send e-mail. %(link)s"),
}
IN_FORM = N_("It waits for you there in the form that you asked for.")
"""What is added where it is made so; an inbox is not told which form that is."""
PROVES = N_("It shows that it is you, before something important is changed. If you did not ask for it, give it to nobody, and ring us. It works for 15 minutes.")
PATHS = {"letter": "/follow", "message": "/follow", "due soon": "/staff/", "late": "/staff/", "list": "/staff/opened-elsewhere", "account": "/staff/account", "first password": "/staff/sign-in", "question": "/question", "answered": "/staff/", "code": "/follow/code", "changed": "/", "new code": "/", "test": "/"}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class BadAddress(Exception):
    """What was given is not one e-mail address."""


@dataclass(frozen=True, slots=True)
class Code:
    """The eight digits that somebody asked for, and the secret that their link carries after the #, which no server is told.

    A code without a link is no way in: it shows somebody who has come in that it is them.
    """

    digits: str
    link: str

    @property
    def in_pairs(self) -> str:
        """As it is read and typed: 12 34 56 78."""
        return " ".join(self.digits[at : at + 2] for at in range(0, len(self.digits), 2))

    @property
    def what_for(self) -> str:
        """What it does, in words."""
        said = BODIES["code"] if self.link else PROVES
        return gettext(said)

    def in_a_text(self, host: str, away: str) -> str:
        """The words of a text message that brings it; its last line lets a telephone offer the code on our pages alone."""
        said = in_a_text(lambda: " ".join((gettext("%(code)s is your code.", code=self.in_pairs), self.what_for)), away)
        return f"{said}\n\n@{host} #{self.digits}"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who every message is from, and how to reach them: the landlord, with nothing of a complaint in it."""

    name: str
    address: str
    base_url: str
    phone: str
    phone_hours: str
    replies: str = ""
    """The mailbox that takes answers in; empty where a person has to be written to another way."""

    def answers_to(self, message_id: str) -> str:
        """Where an answer to one message goes: a name in that mailbox that nobody can guess, and that says which message it answers (G3)."""
        local, _at, domain = self.replies.rpartition("@")
        return f"{local}+{message_id.strip('<>').partition('@')[0]}@{domain}"


ANSWERED = ("letter", "message")
"""The messages that can be answered: those that bring what we wrote to a resident."""


def message(
    kind: str, *, to: str, sender: Sender, language: str, message_id: str, at: datetime, code: Code | None = None, away: str = "", carries: str = "", in_form: bool = False
) -> EmailMessage:
    """One message to one person; with the code, where that is what it brings, or with what it `carries`: after the # of its link, or a first password.
    `in_form` says that a letter waits in the form its reader asked for. `away` is where somebody says that it was not meant for them; nothing in a message to staff. Raises BadAddress where `to` is anything but a single address, KeyError for a new kind."""
    found = EmailMessage(policy=SMTP if to.isascii() else SMTPUTF8)
    with i18n.speaking(language):
        found["Subject"] = gettext(SUBJECTS[kind])
        found.set_content(_with_english(kind, sender, code, away, carries, in_form))
    found["From"] = Address(CONTROL.sub(" ", sender.name).strip(), addr_spec=sender.address)
    found["To"] = one_address(to)
    if sender.replies and kind in ANSWERED:
        found["Reply-To"] = Address(addr_spec=sender.answers_to(message_id))
    found["Date"] = at
    found["Message-ID"] = message_id
    found["Auto-Submitted"] = "auto-generated"
    found["Content-Language"] = i18n.html_lang(language)
    return found


def _with_english(*what: Any) -> str:
    """What the message says; with the English beneath where nobody has approved its language."""
    said = _body(*what)
    if is_approved(i18n.locale()):
        return said
    whose_words = f"{DRAFTED} {ENGLISH_BELOW}"
    with i18n.speaking(i18n.DEFAULT):
        return f"{said}\n{whose_words}\n\n{IN_ENGLISH}\n\n{_body(*what)}"


def one_address(typed: str) -> Address:
    """The address that was typed, alone and without a name beside it; BadAddress for anything else."""
    local, _, domain = typed.strip().rpartition("@")
    try:
        if not local or "." not in domain or CONTROL.search(typed):
            raise ValueError
        return Address(addr_spec=f"{local}@{domain.encode('idna').decode()}")
    except Exception as fault:
        # The standard library's parser of addresses raises whatever it trips over.
        raise BadAddress from fault


def _body(kind: str, sender: Sender, code: Code | None, away: str, carries: str, in_form: bool) -> str:
    link = sender.base_url + PATHS[kind] + (f"#{carries}" if carries and kind == "question" else "")
    said = _with_code(code, link) if code else (gettext(SUBJECTS[kind]) + ".", gettext(BODIES[kind], link=link, made=carries))
    said += (gettext(IN_FORM),) if in_form else ()
    said += (gettext("You can also answer this message."),) if sender.replies and kind in ANSWERED else ()
    return _whole(said, sender, away)


def in_a_text(words: Callable[[], str], away: str) -> str:
    """The words of a text message, and where somebody says that it was not meant for them; with the English beneath where nobody has approved the language, and the link once."""
    if is_approved(i18n.locale()):
        return f"{words()} {not_for_you(away)}"
    said, not_you = words(), not_for_you("")
    with i18n.speaking(i18n.DEFAULT):
        return f"{said}\n{words()}\n{not_you.strip()} {not_for_you(away)}"


def not_for_you(away: str) -> str:
    """Where somebody says that a text message was not meant for them."""
    return gettext("Not for you? %(link)s", link=away)


def notice_in_a_text(kind: str, phone: str, away: str) -> str:
    """The words of a text message that tells somebody of a change."""
    return in_a_text(lambda: f"{gettext(BODIES[kind])} {phone}", away)


def _with_code(code: Code, link: str) -> tuple[str, ...]:
    what = gettext("%(code)s is your code.", code=code.in_pairs)
    if not code.link:
        return what, code.what_for
    opened = gettext("Or open this link in the same browser, and press the button there:")
    unasked = gettext("If you did not ask for it, you need do nothing. Nobody who works for us will ever ask you for it.")
    return what, code.what_for, f"{opened}\n{link}#{code.link}", unasked


def _whole(said: tuple[str, ...], sender: Sender, away: str) -> str:
    help_ = gettext("If you need help, ring us on %(phone)s (%(hours)s).", phone=sender.phone, hours=sender.phone_hours)
    elsewhere = (gettext("If this was not meant for you, tell us here, and nothing more goes to this address:") + f"\n{away}",) if away else ()
    return "\n\n".join((*said, help_, *elsewhere, CONTROL.sub(" ", sender.name))) + "\n"
