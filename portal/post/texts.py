"""Handing one text message to GOV.UK Notify, and sorting what it says into sent, later and never."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from portal import clock
from portal.post import trouble
from portal.post.smtp import Later, Never

ANSWER_WITHIN = 20.0
"""Seconds Notify may be silent."""
ID_LENGTH = 36
LOOPBACK = ("127.0.0.1", "localhost")
PATH = "/v2/notifications/sms"


@dataclass(frozen=True, slots=True)
class Text:
    """One text message to one person, under one identity however often it is tried."""

    to: str
    words: str
    reference: str


@dataclass(frozen=True)
class Notify:
    """An account with GOV.UK Notify. Its template is one place for words and nothing else: ((words))."""

    host: str
    port: int | None
    is_secure: bool
    service: str
    secret: str
    template: str
    answer_within: float = ANSWER_WITHIN

    @classmethod
    def at(cls, url: str) -> "Notify":
        """The account that a setting names: `notify://KEY@host/TEMPLATE`, the key as Notify shows it. ValueError for anything else.

        `notify+http` is for something that stands in for it on this machine.
        """
        found = urlsplit(url)
        key, template = found.username or "", found.path.strip("/")
        is_secure = found.scheme == "notify"
        if not found.hostname or len(key) < 2 * ID_LENGTH + 1 or len(template) != ID_LENGTH:
            raise ValueError("PORTAL_TEXTS must be notify://KEY@HOST/TEMPLATE, with the API key and the template's number as Notify shows them.")
        if not is_secure and (found.scheme != "notify+http" or found.hostname not in LOOPBACK):
            raise ValueError("PORTAL_TEXTS must begin with notify://")
        return cls(found.hostname, found.port, is_secure, key[-2 * ID_LENGTH - 1 : -ID_LENGTH - 1], key[-ID_LENGTH:], template)

    def send(self, text: Text) -> None:
        """Returns once Notify has taken the message. Raises Later or Never."""
        asked = {"phone_number": text.to, "template_id": self.template, "personalisation": {"words": text.words}, "reference": text.reference}
        try:
            status, said = self._post(json.dumps(asked).encode())
        except (OSError, HTTPException) as fault:
            raise Later(trouble.TEXTS_AWAY) from fault
        if status != 201:
            raise _sorted(status, said)

    def _post(self, body: bytes) -> tuple[int, bytes]:
        made = HTTPSConnection if self.is_secure else HTTPConnection
        connection = made(self.host, self.port, timeout=self.answer_within)
        try:
            headers = {"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"}
            connection.request("POST", PATH, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(10_000)
        finally:
            connection.close()

    def _token(self) -> str:
        """A JSON web token that says who we are and when it was made; Notify takes it for half a minute."""
        claims = {"iss": self.service, "iat": int(clock.now().timestamp())}
        signed = ".".join(_encoded(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "HS256"}, claims))
        return f"{signed}.{_encoded(hmac.new(self.secret.encode(), signed.encode(), hashlib.sha256).digest())}"


def _encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _sorted(status: int, said: bytes) -> Later | Never:
    """A number that cannot be texted is refused for good; all else is a setting, a limit or a fault of theirs, and is tried again."""
    if status == 400 and b"ValidationError" in said and b"phone_number" in said:
        return Never(trouble.BAD_NUMBER)
    return Later(trouble.TEXTS_SETTING if status in (400, 401, 403, 404) else trouble.TEXTS_LATER)
