"""A budget of statements for the pages that are asked for most: one more select is a decision, and is seen here (decision 35)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from portal import clock
from portal.access import Role
from tests.browser_client import CheckingClient
from tests.doors import let_in_resident, let_in_staff
from tests.town import Town

RESIDENT, CASE, QUEUE, START, DUE = "/your-complaint", "/staff/complaints/", "/staff/", "/", "/staff/due"
BUDGET = {START: 1, RESIDENT: 7, QUEUE: 13, CASE: 14, DUE: 11}


@contextmanager
def counting() -> Iterator[list[str]]:
    """Every statement asked of any database in the block."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("page", list(BUDGET))
def test_a_page_asks_no_more_than_its_budget(client: CheckingClient, town: Town, page: str) -> None:
    with clock.at(clock.today() - timedelta(3)):
        complaint = town.complains()
        town.acknowledged(complaint)
    if page == RESIDENT:
        let_in_resident(client, town.register, complaint)
    elif page != START:
        let_in_staff(client, town.register, town.staff[Role.HANDLER], Role.HANDLER)
    address = page + complaint.reference if page == CASE else page
    town.register.rollback()
    client.get(address)
    with counting() as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= BUDGET[page], "\n".join(asked)
