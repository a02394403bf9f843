"""What is the same in every portal a run makes, compiled once: its templates, its statements, the addresses of its routes."""

from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from werkzeug.routing import Rule

COMPILED = ("_parts", "_trace", "_converters", "_build", "_build_unknown")


class Templates(BytecodeCache):
    """Templates as code, by name and by what is written in them."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled before, if the template is still the same."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled."""
        self.kept[bucket.key, bucket.checksum] = bucket.code


class Route(Rule):
    """A route; how its address is read and put together follows from its rule alone, where nothing in it has a default."""

    made: dict[str, dict[str, Any]] = {}  # noqa: RUF012

    def compile(self) -> None:
        """Take what another portal's route of the same rule was compiled to."""
        if self.defaults or self.subdomain or self.host:
            super().compile()
            return
        if self.rule not in self.made:
            super().compile()
            self.made[self.rule] = {name: getattr(self, name) for name in COMPILED} | {"arguments": set(self.arguments)}
        for name, value in self.made[self.rule].items():
            setattr(self, name, value)


SPOKEN: dict[str, Engine] = {}
"""The first engine of each kind; its dialect, and the statements compiled for it, serve all that come after."""


def statements(engine: Engine) -> Engine:
    """The same engine, on its own database, compiling no statement that another engine of its kind has compiled."""
    first: Any = SPOKEN.setdefault(engine.dialect.name, engine)
    if engine is first:
        engine.connect().close()
    made: Any = engine
    made.dialect = made.pool._dialect = first.dialect
    made._compiled_cache = first._compiled_cache
    return engine


TEMPLATES = Templates()
Flask.url_rule_class = Route
