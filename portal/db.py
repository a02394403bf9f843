"""The engine, the session, the base of every table, and transaction(), the one way to write."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC as utc
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    LargeBinary,
    MetaData,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from portal import keyring

Fault = SQLAlchemyError
"""What is raised where the database cannot be read or written to."""

SQLITE_SETTINGS = {
    "journal_mode": "delete",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "busy_timeout": 5000,
}
"""Durable, and strict about triggers (decisions 14 and 15); asserted when the portal starts."""

POSTGRES_SETTINGS = (
    "-c lock_timeout=2s -c statement_timeout=10s -c idle_in_transaction_session_timeout=30s"
    " -c max_parallel_workers_per_gather=0 -c jit=off"
)
"""How long anything may wait; and no page's question is shared out or compiled, which costs more than it saves (docs/performance.md)."""


class Base(DeclarativeBase):
    """Every table of the register; constraints are named by rule so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def only_where(condition: str) -> dict[str, Any]:
    """What makes an index hold only the rows of which this is true, on either engine."""
    return {f"{engine}_where": text(condition) for engine in ("sqlite", "postgresql")}


class UTC(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both databases; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        return value.astimezone(utc)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=utc) if value.tzinfo is None else value.astimezone(utc)


class Encrypted(TypeDecorator[Any]):
    """Plain JSON data sealed with the installation's field key; bound to the column named when declared."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring.ring().seal(self.context, json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(keyring.ring().open(self.context, value))


class Register(Session):
    """A session that reads; it can only write inside transaction()."""


@event.listens_for(Register, "before_flush")
def _writes_only_in_a_transaction(session: Session, *_: object) -> None:
    if not session.info.get("writing"):
        raise RuntimeError("Something changed a row outside transaction().")


def connect(url: str, *, durable: bool = True) -> Engine:
    """An engine for SQLite or PostgreSQL, set up as decisions 14 and 19 say. `durable=False` is for throwaway tests."""
    if url.startswith("postgresql"):
        options = POSTGRES_SETTINGS if durable else POSTGRES_SETTINGS + " -c synchronous_commit=off"
        return create_engine(url, pool_pre_ping=True, connect_args={"options": options})
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for name, value in SQLITE_SETTINGS.items():
            connection.execute(f"PRAGMA {name} = {value}")
        if not durable:
            connection.execute("PRAGMA synchronous = 0")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def sessions(engine: Engine, *, base_url: str = "") -> sessionmaker[Register]:
    """The maker of sessions: one for each request, each job and each command; letters name `base_url`."""
    return sessionmaker(engine, class_=Register, info={"base_url": base_url})


@contextmanager
def transaction(session: Register, *, recheck: Callable[[], None] | None = None) -> Iterator[Register]:
    """Write, whole or not at all.

    What was read before is forgotten and read again under the write lock; `recheck` runs first, so that access,
    version and existence are those of this moment. The commit is done when the block has been left.
    """
    if session.info.get("only_looks"):
        raise RuntimeError("A page that shows what was typed before writes nothing.")
    session.rollback()
    session.connection(execution_options={"writes": True})
    session.info["writing"] = True
    try:
        if recheck:
            recheck()
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False


def check_settings(engine: Engine) -> None:
    """RuntimeError unless the database keeps what is committed (asserted at start)."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            for name, wanted in SQLITE_SETTINGS.items():
                found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                if found != wanted:
                    raise RuntimeError(f"SQLite runs with {name} = {found}; it must be {wanted}.")
            return
        for name, wanted in {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}.items():
            found = connection.exec_driver_sql(f"SHOW {name}").scalar()
            if found != wanted:
                raise RuntimeError(f"PostgreSQL runs with {name} = {found}; it must be {wanted}.")
