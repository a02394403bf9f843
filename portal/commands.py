"""flask demo, work, verify, deadlines, upgrade and the rest: what those who run the portal type."""


import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from portal import migrate
from portal.complaints.verify import first_fault
from portal.db import Register


def add_to(app: Flask) -> None:
    """Give the flask command its verbs."""
    for verb in (upgrade, verify):
        app.cli.add_command(verb)


def _register() -> Register:
    made: Register = current_app.extensions["sessions"]()
    return made


@click.command()
@with_appcontext
def upgrade() -> None:
    """Bring the database to the newest shape."""
    migrate.upgrade(current_app.extensions["engine"])


@click.command()
@with_appcontext
def verify() -> None:
    """Walk the record; name the first bad entry and its fault, or say that there is none."""
    fault = first_fault(_register())
    if fault:
        raise click.ClickException(str(fault))
    click.echo("Every event is as it was written.")
