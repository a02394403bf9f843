"""Who may come to each address of the portal, by the table of the walk; and the token that their browser's session goes with."""

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from tests import walk_table
from tests.walk import Walk
from tests.walk_table import Row

FIRST = ("resident", "manager", "handler", "reviewer", "triage", "colleague", "nobody")
LEAVING = ("public.sign_out", "staff.sign_out", "public.leave")
HARMLESS = {"INSERT read_event", "UPDATE visit"}
"""What is written of somebody who only looked."""


def whoever_may(method: str) -> list[tuple[Row, str]]:
    """Each address once, with somebody who may come to it; leaving is left out, since whoever left comes to nothing more."""
    found: dict[str, tuple[Row, str]] = {}
    for row in walk_table.rows():
        if row.method != method or row.endpoint in LEAVING or row.endpoint in found:
            continue
        answers = dict(row.answers)
        if person := next((each for each in FIRST if answers.get(each) == "ok"), None):
            found[row.endpoint] = (row, person)
    return list(found.values())


def token_of(there: Walk, client: FlaskClient, drawn: str = "a" * 40) -> str:
    """The token of the pages that this browser is given, from now on; with another draw, somebody else's."""
    with client.session_transaction(base_url="http://localhost") as cookie:
        cookie.setdefault("csrf_token", "a" * 40)
    signed = URLSafeTimedSerializer(there.app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(drawn)
    return str(signed)
