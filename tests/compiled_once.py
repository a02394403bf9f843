"""What is the same in every portal a run makes, compiled once: its templates, and the addresses of its routes."""

from collections.abc import Callable
from types import CodeType

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


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
    """A route; how its address is put together follows from its rule alone, where nothing in it has a default."""

    builders: dict[tuple[str, bool], Builder] = {}  # noqa: RUF012

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        if self.defaults:
            return super()._compile_builder(append_unknown)
        key = (self.rule, append_unknown)
        if key not in self.builders:
            self.builders[key] = super()._compile_builder(append_unknown)
        return self.builders[key]


TEMPLATES = Templates()
Flask.url_rule_class = Route
