"""The town of the walk, made once and never changed: what these tests send is refused, or only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from portal import db
from portal.complaints.people import Visit
from tests import walk
from tests.conftest import portal_on
from tests.town import Town
from tests.walk import Walk


@pytest.fixture
def there(_made_once: Walk) -> Walk:
    """The town, and everybody comes in as though for the first time."""
    _made_once.clients.clear()
    with _made_once.town.writing():
        _made_once.town.register.execute(delete(Visit))
    return _made_once


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Walk]:
    """Its complaints, its people, and every word of it a canary."""
    folder = tmp_path_factory.mktemp("wire")
    (folder / "portal.db").write_bytes(empty_database.read_bytes())
    app = portal_on(f"sqlite:///{folder / 'portal.db'}", folder / "files")
    app.test_client_class = FlaskClient
    with db.sessions(app.extensions["engine"])() as register:
        yield walk.build(app, Town(register))
    app.extensions["engine"].dispose()
