"""One portal a process, lent to one test at a time: on that test's own database, and as it was made whatever was done to it before."""

from collections.abc import Callable
from copy import copy
from typing import Any

from flask import Flask

from portal import db, keyring
from portal.config import Config
from tests import compiled_once

CHANGED_BY_TESTS = ("config", "extensions", "view_functions", "wsgi_app", "test_client_class")

MADE: list[tuple[Flask, dict[str, Any]]] = []
"""The portal of this process, and what of it a test may change, as it was made."""


def portal(make: Callable[[Config], Flask], config: Config) -> Flask:
    """The portal with these settings; what it keeps of its own between two requests is gone."""
    if not MADE:
        made = make(config)
        made.extensions["engine"].dispose()
        MADE.append((made, {name: copy(getattr(made, name)) for name in CHANGED_BY_TESTS} | {"before": _before(made)}))
    lent, as_made = MADE[0]
    for name in CHANGED_BY_TESTS:
        setattr(lent, name, copy(as_made[name]))
    lent.before_request_funcs.clear()
    lent.before_request_funcs.update({name: list(done) for name, done in as_made["before"].items()})
    engine = compiled_once.statements(db.connect(config.database_url, durable=config.durable))
    lent.extensions.update(portal=config, engine=engine, sessions=db.sessions(engine, base_url=config.base_url))
    keyring.use(config.keys)
    return lent


def _before(app: Flask) -> dict[Any, list[Any]]:
    return {name: list(done) for name, done in app.before_request_funcs.items()}
