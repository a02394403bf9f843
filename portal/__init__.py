"""create_app(), whose parts are loaded when it is called: the rules and the register never load Flask."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from portal.config import Config


def create_app(config: "Config | None" = None) -> "Flask":
    """The portal, ready to serve. Raises RuntimeError where the database or a route is not as it must be."""
    from portal import assembly

    return assembly.create_app(config)


def check(app: "Flask") -> None:
    """RuntimeError unless the database is durable, at the newest shape, and its record guarded; run before serving."""
    from portal import assembly

    assembly.check(app)
