"""The base form: text tidied once, a key so that it counts once, a version so that nobody is overwritten."""

import hashlib
import json
import re
import uuid
from collections import Counter
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import g
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from wtforms import Field, HiddenField, PasswordField, ValidationError
from wtforms.csrf.core import CSRFTokenField

from portal import i18n
from portal.i18n import gettext, ngettext
from portal.i18n import lazy_gettext as _l
from portal.plain import tidy
from portal.rules.history import RuleBroken

LONGEST_STORY = 50_000
LONGEST_LINE = 500
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
SPOKEN = ((re.compile(r" (?:at|\(at\)|\[at\]) ", re.I), "@"), (re.compile(r" dot ", re.I), "."))
FEWEST_DIGITS = 6
YOUR_EMAIL = _l("Write your email address, for example name@example.org")
YOUR_PHONE = _l("Write your phone number, with all its numbers")
SAID_ONCE = ("csrf_token", "key", "version", "seen", "code", "password", "email", "role")
"""What says who is asking, and of what: sent twice, one part of the portal might read the one and another the other (K7)."""


class Stale(Exception):
    """Somebody else changed the case since this page was opened: what was done last, in words. Nothing was written."""

    def __init__(self, version: int, changed: str = "") -> None:
        self.version = version
        self.changed = changed


class OtherWords(Exception):
    """The same form was posted before with other words in it. Nothing was written."""


REFUSALS = (RuleBroken, Stale, OtherWords)
"""What transaction() and operations may raise that a person can put right; hand it to `BaseForm.refuse`."""


def one_line(typed: str | None) -> str | None:
    """What was typed in a box of one line, its spaces evened out."""
    return None if typed is None else " ".join(typed.split())


def email_address(typed: str | None) -> str | None:
    """An e-mail address as it was meant: dictated words, stray spaces and a copied `mailto:` put right.

    What is longer than any address is left as it was typed.
    """
    meant = one_line(typed)
    if meant is None or len(meant) > LONGEST_LINE:
        return meant
    for said, written in SPOKEN:
        meant = said.sub(written, meant)
    return "".join(meant.split()).removeprefix("mailto:").strip("<>.,;")


def _said(value: Any) -> Any:
    """A rule's parameter as a reader reads it: a date in words, a part of a letter in their language."""
    if isinstance(value, date):
        return i18n.day(value)
    return gettext(value) if isinstance(value, str) and value else value


def _put_back() -> str:
    """What is said over words that were typed before somebody was signed out, and are in their boxes again."""
    said = gettext("You were signed out before this was sent, so it is not sent yet. What you wrote is here again. Check it, then press the button.")
    return " ".join((said, gettext("Choose your files again too."))) if g.put_back["files"] else said


def _named(field: Field, words: str) -> str:
    """What is wrong with a box, after the box’s own name."""
    name = str(field.label.text)
    return f"{name} {words}" if name[-1:] in "?.!:" else f"{name}: {words}"


class BaseForm(FlaskForm):  # type: ignore[misc]
    """Every form that is posted: CSRF checked here, so that a stale token costs nobody their words."""

    conflict = False
    is_nobodys = False
    """Whether its answers are kept without a trace of who gave them."""
    key = HiddenField(default=lambda: uuid.uuid4().hex)
    version = HiddenField()

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Tidy what comes in before any field sees it."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            found = super().wrap_formdata(form, formdata)
            if not isinstance(found, MultiDict):
                return found
            if any(len(found.getlist(name)) > 1 for name in SAID_ONCE):
                raise BadRequest
            return MultiDict(
                (name, tidy(value) if isinstance(value, str) else value) for name, value in found.items(multi=True)
            )

    def validate_key(self, field: Field) -> None:
        """A form without its key cannot be told from a second press of the same button."""
        if not (field.data or "").isalnum() or len(field.data) > 64:
            field.data = uuid.uuid4().hex
            raise ValidationError(gettext("This page was not whole when it was sent. Please press the button again."))

    def validate_version(self, field: Field) -> None:
        """The version is a small whole number, or not there."""
        if field.data and not (field.data.isascii() and field.data.isdigit() and len(field.data) < 10):
            field.data = None
            raise ValidationError(gettext("This page was not whole when it was sent. Please press the button again."))

    @property
    def status(self) -> int:
        """What an invalid form answers: 400 where the page had gone stale, 422 where the words need a look."""
        if not self.is_submitted():
            return 200
        if self.conflict:
            return 409
        return 400 if "csrf_token" in self.errors else 422

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, in the order of the page: the id of the box to go to ("" where there is none), and why.

        Where two boxes have the same thing wrong, each is named: two links that say the same lead nobody anywhere. A box that
        has its like in another part of the form is always named, after its part.
        """
        hidden = (HiddenField, CSRFTokenField)
        wrong = [(f, str(f.errors[0])) for f in self if f.errors]
        often = Counter(words for _field, words in wrong)
        found = [
            ("", words) if isinstance(f, hidden) else (str(f.id), self.part_of(f) + _named(f, words) if often[words] > 1 or self.part_of(f) else words)
            for f, words in wrong
        ]
        return [("", str(words)) for words in self.form_errors] + found

    def part_of(self, field: Field) -> str:
        """Which of several parts that are alike a box is in, with a space after it; "" in a form that has none."""
        return ""

    @property
    def version_seen(self) -> int | None:
        """The version of the case that the person was looking at."""
        return int(self.version.data) if self.version.data else None

    @property
    def fingerprint(self) -> str:
        """What was posted, hashed: the same key with other words is another post. A password leaves no trace in it."""
        said = {f.name: str(f.data) for f in self if not isinstance(f, CSRFTokenField | PasswordField) and f.name != "key"}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def renew(self) -> None:
        """Let the next press of this page count as another one."""
        self.key.data = uuid.uuid4().hex

    def refuse(self, refusal: Exception) -> None:
        """Say at the top of the form what was refused, in words a resident could read; what was typed stays."""
        if isinstance(refusal, RuleBroken):
            params = {name: _said(value) for name, value in refusal.params.items()}
            self.form_errors.append(gettext(refusal.reason, **params))
            return
        self.conflict = True
        self.renew()
        if isinstance(refusal, Stale):
            self.version.data = str(refusal.version)
            said = gettext("Someone changed this while you were writing. Your words are still here. Check, then press again.")
            last = gettext("The last thing that happened: %(what)s", what=refusal.changed)
            said = f"{said} {last}" if refusal.changed else said
        else:
            said = gettext("You sent this page before with other words. These have not been sent. Press again to send them.")
        self.form_errors.append(said)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it may be acted on; a stale token is told in our own words."""
        valid = bool(super().validate(extra_validators))
        token = self._fields.get("csrf_token")
        if token is not None and token.errors:
            token.errors = [_put_back() if "put_back" in g else gettext("This page had been open for a long time. Please press the button again.")]
        return valid


class Filled:
    """The field holds something other than spaces; the message says what to write."""

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        if not (field.data.strip() if isinstance(field.data, str) else field.data):
            raise ValidationError(str(self.message))


class NotTooLong:
    """The field holds no more than so many characters; the words stay on the page."""

    def __init__(self, most: int = LONGEST_LINE) -> None:
        self.most = most

    def __call__(self, form: Any, field: Field) -> None:
        over = len(field.data or "") - self.most
        if over > 0:
            raise ValidationError(
                ngettext("This is %(n)s letter too long for us to keep.", "This is %(n)s letters too long for us to keep.", over)
            )


class OneOf:
    """One of the choices on the page was picked."""

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        picked = field.data if isinstance(field.data, list) else [field.data]
        offered = {value for value, *_ in field.iter_choices()}
        if not picked or any(value not in offered for value in picked):
            raise ValidationError(str(self.message))


class LooksLikeEmail:
    """Something that a letter could be sent to."""

    def __init__(self, message: Any = YOUR_EMAIL) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        written = field.data or ""
        if len(written) > LONGEST_LINE or not EMAIL.fullmatch(written):
            raise ValidationError(str(self.message))


class LooksLikePhone:
    """Enough digits to ring; anything else in the box is kept as it was typed."""

    def __init__(self, message: Any = YOUR_PHONE) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        if sum(c.isdigit() for c in field.data or "") < FEWEST_DIGITS:
            raise ValidationError(str(self.message))


def is_web(address: str) -> bool:
    """Whether this is the whole address of a page, which a link may lead to: https:// or http://, and a host with a dot."""
    if any(c.isspace() or not c.isprintable() or c == "\\" for c in address):
        return False
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 -- a port that is no number is found out only when it is asked for
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("https", "http") and "." in host.strip(".") and "@" not in parts.netloc


class LooksLikeWeb:
    """The whole address of a page, so that it can be a link and nothing else."""

    def __call__(self, form: Any, field: Field) -> None:
        if not is_web(field.data or ""):
            raise ValidationError(gettext("Write the whole address of their website, starting with https://"))


PICK_ONE = _l("Choose one of the answers")
