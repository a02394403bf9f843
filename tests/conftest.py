"""What every test stands on: a fresh database, the portal on it, a browser that checks each page it gets."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from portal import accounts, create_app, db, keyring, migrate
from portal.config import Config
from portal.db import Register
from tests import compiled_once, postgres
from tests.browser_client import CheckingClient
from tests.town import Town

pytest_plugins = ["tests.not_run", "tests.browser.not_run", "tests.browser.fixtures", "tests.validated", "tests.world", "tests.sent_both_ways"]

DATABASE = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
"""Which database this run is on: `sqlite` or `postgresql`."""

KEYS = keyring.Keyring({"1": b"f" * 32}, newest="1", code_key=b"c" * 32)


@pytest.fixture(scope="session", autouse=True)
def _quick_secrets() -> None:
    keyring.use(KEYS)
    accounts.use_quick_hashes()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, made once and copied for each test."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    engine = db.connect(f"sqlite:///{path}", durable=False)
    migrate.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server for this run alone."""
    with postgres.running() as cluster:
        yield cluster


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where this test's own database is."""
    if DATABASE == "postgresql":
        cluster: postgres.Cluster = request.getfixturevalue("postgresql")
        url = cluster.new_database()
        yield url
        cluster.drop(url)
        return
    folder: Path = request.getfixturevalue("tmp_path")
    shutil.copy(request.getfixturevalue("empty_database"), folder / "portal.db")
    yield f"sqlite:///{folder / 'portal.db'}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The engine of this test's database."""
    made = compiled_once.statements(db.connect(database_url, durable=False))
    yield made
    made.dispose()


@pytest.fixture
def snapshot(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Callable[[], Callable[[], None]]:
    """Keep this test's database as it is now; what is given back brings it to that again, as often as it is called."""

    def apart() -> None:
        request.getfixturevalue("register").rollback()
        request.getfixturevalue("register").expire_all()
        request.getfixturevalue("engine").dispose()
        request.getfixturevalue("app").extensions["engine"].dispose()

    def keep() -> Callable[[], None]:
        apart()
        if DATABASE == "postgresql":
            cluster: postgres.Cluster = request.getfixturevalue("postgresql")
            kept = cluster.copy(database_url)
            put_back: Callable[[], object] = partial(cluster.put_back, database_url, kept)
        else:
            shutil.copy(tmp_path / "portal.db", tmp_path / "kept.db")
            put_back = partial(shutil.copy, tmp_path / "kept.db", tmp_path / "portal.db")

        def restore() -> None:
            apart()
            put_back()

        return restore

    return keep


@pytest.fixture
def register(engine: Engine) -> Iterator[Register]:
    """A session on this test's database."""
    with db.sessions(engine)() as made:
        yield made


@pytest.fixture
def town(register: Register) -> Town:
    """A landlord with one member of staff for each role, and the means to bring a complaint to any state."""
    return Town(register)


def portal_on(database_url: str, files: Path) -> Flask:
    """The portal on a database, answering as it would at http://localhost, its errors raised and not drawn."""
    config = Config(
        database_url=database_url,
        files=files,
        secret_key="for tests alone, and long enough for any",
        keys=KEYS,
        base_url="http://localhost",
        durable=False,
        quick_hashes=True,
    )
    made = create_app(config)
    made.jinja_env.bytecode_cache = compiled_once.TEMPLATES
    compiled_once.statements(made.extensions["engine"])
    made.test_client_class = CheckingClient
    made.config["PROPAGATE_EXCEPTIONS"] = True
    return made


@pytest.fixture
def app(database_url: str, tmp_path: Path, town: Town) -> Iterator[Flask]:
    """The portal on this test's database, the town already in it."""
    made = portal_on(database_url, tmp_path / "files")
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """A browser that has never been here."""
    made = app.test_client()
    assert isinstance(made, CheckingClient)
    return made
