"""The PostgreSQL that tests run on: its app role can add to the record and can never change it."""

import subprocess
import sys

import psutil
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from portal import migrate
from tests import postgres

CHANGES = ["UPDATE {} SET stage = 2", "DELETE FROM {}", "TRUNCATE {} CASCADE"]


@pytest.mark.parametrize("table", postgres.READ_ONLY_ONCE_WRITTEN)
@pytest.mark.parametrize("change", CHANGES)
def test_the_app_role_has_no_right_to_change_the_record(postgresql: postgres.Cluster, table: str, change: str) -> None:
    engine = create_engine(postgresql.new_database())
    with engine.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text(change.format(table)))
    engine.dispose()


@pytest.mark.parametrize("table", postgres.READ_ONLY_ONCE_WRITTEN)
def test_even_the_owner_is_stopped_by_the_guards(postgresql: postgres.Cluster, table: str) -> None:
    engine = postgres.as_owner(create_engine(postgresql.new_database()))
    migrate.check_guards(engine)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="rows never change"):
        connection.execute(text(f"TRUNCATE {table} CASCADE"))
    engine.dispose()


def test_a_server_left_behind_by_a_killed_run_is_stopped_by_the_next() -> None:
    script = "import os\nfrom tests import postgres\nwith postgres.running() as one:\n    print(one.pid, flush=True)\n    os._exit(9)"
    killed = subprocess.run([sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=False)
    left_behind = int(killed.stdout)
    assert psutil.pid_exists(left_behind)
    with postgres.running():
        assert not psutil.pid_exists(left_behind)
