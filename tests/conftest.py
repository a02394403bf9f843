"""What every test stands on: a fresh database, the portal on it, a browser that checks each page it gets."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, make_url

from portal import accounts, create_app, db, keyring, migrate
from portal.config import Config
from portal.db import Register
from tests import compiled_once, lending, postgres
from tests.browser_client import CheckingClient
from tests.town import Town

pytest_plugins = ["tests.not_run", "tests.catalogued", "tests.browser.not_run", "tests.browser.fixtures", "tests.browser.scans", "tests.validated", "tests.world", "tests.sent_both_ways"]

DATABASE = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
"""Which database this run is on: `sqlite` or `postgresql`."""

KEYS = keyring.Keyring({"1": b"f" * 32}, newest="1", code_key=b"c" * 32)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors, since each waits now and then for a browser or a disk; or three, where all wait for a server."""
    return (os.cpu_count() or 1) + (3 if DATABASE == "postgresql" else 1)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: it is not searched for rubbish again and again, and what comes after is less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


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


@pytest.fixture(scope="session")
def town_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the people of the town in it, made once and copied for each test that has a town."""
    if DATABASE == "postgresql":
        url: str = request.getfixturevalue("postgresql").new_database()
    else:
        path = tmp_path_factory.mktemp("town") / "portal.db"
        shutil.copy(request.getfixturevalue("empty_database"), path)
        url = f"sqlite:///{path}"
    engine = compiled_once.statements(db.connect(url, durable=False))
    with db.sessions(engine)() as register:
        Town(register)
    engine.dispose()
    return url


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where this test's own database is."""
    copied: str | None = request.getfixturevalue("town_database") if "town" in request.fixturenames else None
    if DATABASE == "postgresql":
        cluster: postgres.Cluster = request.getfixturevalue("postgresql")
        url = cluster.url(cluster.copy(copied)) if copied else cluster.new_database()
        yield url
        cluster.drop(url)
        return
    folder: Path = request.getfixturevalue("tmp_path")
    shutil.copy(str(make_url(copied).database) if copied else request.getfixturevalue("empty_database"), folder / "portal.db")
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
    """A portal of its own on a database, answering as it would at http://localhost, its errors raised and not drawn."""
    return put_together(settings(database_url, files))


def settings(database_url: str, files: Path) -> Config:
    """What a portal under test is told."""
    return Config(
        database_url=database_url,
        files=files,
        secret_key="for tests alone, and long enough for any",
        keys=KEYS,
        base_url="http://localhost",
        durable=False,
        quick_hashes=True,
    )


def put_together(config: Config) -> Flask:
    """A portal whose browsers check what they are given."""
    made = create_app(config)
    made.jinja_env.bytecode_cache = compiled_once.TEMPLATES
    compiled_once.statements(made.extensions["engine"])
    made.test_client_class = CheckingClient
    made.config["PROPAGATE_EXCEPTIONS"] = True
    return made


@pytest.fixture
def app(database_url: str, tmp_path: Path, town: Town) -> Iterator[Flask]:
    """The portal on this test's database, the town already in it; put together once, and lent to one test at a time."""
    lent = lending.portal(put_together, settings(database_url, tmp_path / "files"))
    yield lent
    lent.extensions["engine"].dispose()


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """A browser that has never been here."""
    made = app.test_client()
    assert isinstance(made, CheckingClient)
    return made
