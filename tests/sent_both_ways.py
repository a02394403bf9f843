"""A portal that sends mail and text messages, and what became of both."""

from dataclasses import replace

import pytest
from flask import Flask

from portal import db
from portal.post.office import Office
from tests.post.notify_server import TEMPLATE
from tests.resident.posted import Posted

SERVICE, SECRET = "a" * 8 + "-aaaa-aaaa-aaaa-" + "a" * 12, "b" * 8 + "-bbbb-bbbb-bbbb-" + "b" * 12


@pytest.fixture
def posted(app: Flask) -> Posted:
    """A worker beside the portal; both think that mail and text messages go."""
    texts = f"notify+http://portal-{SERVICE}-{SECRET}@127.0.0.1:9/{TEMPLATE}"
    config = replace(app.extensions["portal"], mail="smtp://nowhere", texts=texts)
    app.extensions["portal"] = config
    made = Posted(Office(db.sessions(app.extensions["engine"]), config, None))
    made.office = replace(made.office, take=made.take, take_text=made.take_text)
    return made
