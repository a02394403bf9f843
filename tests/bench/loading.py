"""Filling a database as fast as it can be: indexes made afterwards, foreign keys not asked, no journal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text

SQLITE = {"journal_mode": "off", "synchronous": 0, "foreign_keys": 0, "temp_store": 2, "cache_size": -1_000_000}
POSTGRESQL = {"session_replication_role": "replica", "synchronous_commit": "off", "work_mem": "256MB", "maintenance_work_mem": "1GB"}
ITS_OWNER = "postgres"
"""Who may say that no trigger, and so no foreign key, is asked."""

INDEXES = text(
    "SELECT i.indexrelid::regclass::text AS name, i.indrelid::regclass::text AS on_table, pg_get_indexdef(i.indexrelid) AS made, "
    "c.conname AS of_constraint, pg_get_constraintdef(c.oid) AS said FROM pg_index i "
    "LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'u' "
    "WHERE NOT i.indisprimary AND i.indrelid::regclass::text = ANY(:tables)"
)


@contextmanager
def quickly(engine: Engine, tables: Sequence[str]) -> Iterator[Connection]:
    """A connection that fills these tables, whole or not at all; what follows from their rows is put right behind it."""
    filling = _on_sqlite(engine) if engine.dialect.name == "sqlite" else create_engine(engine.url.set(username=ITS_OWNER))
    with filling.begin() as connection:
        if engine.dialect.name == "sqlite":
            remade = list(_taken_from_sqlite(connection, tables))
        else:
            for name, value in POSTGRESQL.items():
                connection.exec_driver_sql(f"SET LOCAL {name} = '{value}'")
            remade = list(_taken_from_postgresql(connection, tables))
        yield connection
        for statement in remade:
            connection.exec_driver_sql(statement)
    if engine.dialect.name != "sqlite":
        with filling.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")
    filling.dispose()


def fill(connection: Connection, into: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Put rows, in the order of the table's columns, where the database can work with them."""
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(into.columns))
        connection.exec_driver_sql(f"INSERT INTO {into.name} VALUES ({places})", rows)
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {into.name} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def empty(connection: Connection, table: Table) -> None:
    """Take every row away; on PostgreSQL a deleted row would be read past until the end of the transaction."""
    connection.exec_driver_sql(f"DELETE FROM {table.name}" if connection.dialect.name == "sqlite" else f"TRUNCATE {table.name}")


def _on_sqlite(engine: Engine) -> Engine:
    made = create_engine(engine.url)

    @event.listens_for(made, "connect")
    def _set_up(connection: Any, _: object) -> None:
        for name, value in SQLITE.items():
            connection.execute(f"PRAGMA {name} = {value}")

    return made


def _taken_from_sqlite(connection: Connection, tables: Sequence[str]) -> Iterator[str]:
    """Drop the indexes of these tables, all but those of constraints; how to make each again."""
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?"
    for table in tables:
        for name, made in connection.exec_driver_sql(asked, (table,)).all():
            connection.exec_driver_sql(f"DROP INDEX {name}")
            yield str(made)


def _taken_from_postgresql(connection: Connection, tables: Sequence[str]) -> Iterator[str]:
    """Drop the indexes of these tables, all but those of primary keys; how to make each again, and how to number on."""
    for row in connection.execute(INDEXES, {"tables": list(tables)}).all():
        if row.of_constraint:
            connection.exec_driver_sql(f"ALTER TABLE {row.on_table} DROP CONSTRAINT {row.of_constraint}")
            yield f"ALTER TABLE {row.on_table} ADD CONSTRAINT {row.of_constraint} {row.said}"
        else:
            connection.exec_driver_sql(f"DROP INDEX {row.name}")
            yield row.made
    for table in tables:
        if connection.scalar(text("SELECT pg_get_serial_sequence(:table, 'id') FROM information_schema.columns "
                                  "WHERE table_name = :table AND column_name = 'id'"), {"table": table}):  # fmt: skip
            yield f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
