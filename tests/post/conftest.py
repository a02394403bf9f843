"""A post office on the test's own database, and a mail server beside it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from portal import db
from portal.complaints.models import Complaint
from portal.config import Config
from portal.post import show, smtp
from portal.post.office import Office
from portal.post.worker import Worker
from tests.conftest import KEYS
from tests.post import mail_server
from tests.town import Town

QUICKLY, PATIENTLY = 0.3, 10.0
Writes = Callable[..., Complaint]


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    """An installation with no mail server."""
    return Config(
        database_url=database_url, files=tmp_path / "files", secret_key="for tests alone", keys=KEYS,
        base_url="https://portal.example", mail_from="complaints@landlord.example",
    )  # fmt: skip


@pytest.fixture
def server() -> Iterator[mail_server.Server]:
    """A mail server."""
    with mail_server.running() as running:
        yield running


def office_for(engine: Engine, config: Config, url: str, *, within: float = QUICKLY, in_all: float = 0) -> Office:
    """A post office that has little patience with its server: seconds it may be silent, and may take in all."""
    server = replace(smtp.Server.at(url), answer_within=within, done_within=in_all or 3 * within)
    return Office(db.sessions(engine), replace(config, mail=url), show.by_server(server))


@pytest.fixture
def office(engine: Engine, config: Config, server: mail_server.Server) -> Office:
    """A post office with a mail server."""
    return office_for(engine, config, server.url, within=PATIENTLY)


@pytest.fixture
def worker(office: Office) -> Worker:
    """A worker of that post office."""
    return Worker(office)


@pytest.fixture
def writes(town: Town) -> Writes:
    """Somebody complains and wants to hear by e-mail."""

    def complain(email: str = "samira@example.org", **more: Any) -> Complaint:
        return town.complains(safe_contact={"channels": ["email"], "email": email}, **more)

    return complain
