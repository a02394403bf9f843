"""What a server reads and compiles before it can answer, done once in the process that each server is forked from.

A start then takes what making the portal and opening its database take. Fifty starts that each read the same modules and
compile the same routes and templates would take minutes more, and show nothing else.
"""

from pathlib import Path

from flask import Flask
from granian import cli

from portal import assembly, keyring
from portal.config import Config
from tests.compiled_once import TEMPLATES

Flask.jinja_options = {"bytecode_cache": TEMPLATES}
RING = keyring.Keyring({"1": b"f" * 32}, newest="1", code_key=b"c" * 32)


def compile_everything() -> None:
    """Make a portal that serves nobody, for what is kept of its routes and templates."""
    config = Config(
        database_url="sqlite://", files=Path("nowhere"), secret_key="for nobody, and long enough", keys=RING,
        base_url="http://localhost", durable=False, quick_hashes=False,
    )  # fmt: skip
    app = assembly.create_app(config)
    for name in app.jinja_env.list_templates(["html"]):
        app.jinja_env.get_template(name)


def serve(arguments: list[str]) -> None:
    """Be granian, as its command with these arguments would be."""
    cli.cli.main(arguments)


compile_everything()
