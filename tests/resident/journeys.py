"""Walking through a complaint as a resident does: each question answered, any of them with other words."""

import io
import re

from werkzeug.test import TestResponse

from tests.browser_client import CheckingClient, Fields

ANSWERS: dict[str, Fields] = {
    "danger": {"danger": "no"},
    "name": {"name": "Samira Haddad"},
    "home": {"home": "address", "address": "14 Quarry Bank\nThornby\nTH4 0ZZ"},
    "you": {"relationship": "tenant"},
    "story": {"story": "Rain comes through the bedroom ceiling, and nobody rang back."},
    "when": {"when": "Since February", "still": "y"},
    "right": {"kinds": ["repair", "sorry"], "words": "Before winter, please."},
    "easier": {"kinds": ["large_print"], "print_size": "18 point", "words": "", "span": "always"},
    "reach": {"channels": ["portal"]},
}
"""One answer to each question, in the order they are asked; the website is the only way that is safe."""


def answers(client: CheckingClient, **other: Fields) -> TestResponse:
    """Answer every question, `other` words for some, as far as the page about files; answers the last page's answer."""
    told = ANSWERS | other
    for question in (*ANSWERS, *(name for name in other if name not in ANSWERS)):
        answer = client.send(f"/complain/{question}", told[question])
        assert answer.status_code == 303, (question, answer.get_data(as_text=True))
    return answer


def complains(client: CheckingClient, **other: Fields) -> str:
    """Raise a whole complaint and send it; answers the access code from the receipt."""
    answers(client, **other)
    assert client.send("/complain/files", {"files": (io.BytesIO(b""), "")}).location == "/complain/check"
    sent = client.send("/complain/check")
    assert (sent.status_code, sent.location) == (303, "/your-complaint/receipt")
    return code_on(client.get("/your-complaint/receipt").get_data(as_text=True))


def code_on(page: str) -> str:
    """The access code (or a draft's code) that a page shows, without its spaces."""
    groups = re.findall(r"<bdi>([0-9A-Z]{4})</bdi>", page)
    return "".join(groups[-6:])


def signs_in(client: CheckingClient, code: str) -> TestResponse:
    """Come back with an access code."""
    return client.send("/follow", {"code": code})


