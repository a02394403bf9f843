"""Other keys: `flask new-key` and `flask rotate-keys` for what is kept sealed, `flask new-secret-key` for what signs sessions."""

from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import Column

from portal import config, db, keyring
from portal.commands.installation import Installation, installation
from portal.complaints.resealing import CannotOpen, seal_anew, sealed_columns, unsealed_anew


@click.command("new-key")
def new_key() -> None:
    """Make another key for what is kept sealed. The older ones stay, to open what they sealed."""
    path = _secrets()
    name = config.add_field_key(path)
    click.echo(f"Made key {name} in {path}. Keep a copy of that file, restart the server and the worker, then: flask rotate-keys")


@click.command("rotate-keys")
@with_appcontext
def rotate_keys() -> None:
    """Seal everything that is kept sealed with the newest key. It can be stopped at any time, and goes on when it is run again.

    The server and the worker have to know the newest key before: restart both after `flask new-key`.
    """
    here, newest = installation(), keyring.ring().newest
    try:
        done = sum(_seal_anew(here, column) for column in sealed_columns())
        with here.sessions() as register:
            left = sum(unsealed_anew(register, column) for column in sealed_columns())
    except CannotOpen as fault:
        raise click.ClickException(f"{fault} Is its key in {config.secrets_path()}? What was sealed anew stays so.") from fault
    if left:
        raise click.ClickException(f"{left} rows were sealed with an older key meanwhile. Restart the server and the worker, then run this again.")
    click.echo(f"{done} sealed anew, and everything read: key {newest} opens it all. Older keys open only backups taken before now.")


@click.command("new-secret-key")
def new_secret_key() -> None:
    """Make another key that signs sessions. The older ones still open what they signed, so that nobody is signed out."""
    config.add_secret_key(path := _secrets())
    click.echo(f"Made another key in {path}. Restart the server, and a day later: flask drop-secret-keys")


@click.command("drop-secret-keys")
def drop_secret_keys() -> None:
    """Take out the older keys that signed sessions. Whoever has signed in since the newest was made stays signed in."""
    dropped = config.drop_older_secret_keys(path := _secrets())
    click.echo(f"Took {dropped} out of {path}. Restart the server." if dropped else f"There are no older ones in {path}.")


def _secrets() -> Path:
    path = config.secrets_path()
    if not path.exists():
        raise click.ClickException(f"There are no secrets at {path}. Make them with: flask new-secrets")
    return path


def _seal_anew(here: Installation, column: Column[Any]) -> int:
    """Seal one column anew, each piece in a transaction of its own; how many rows that was."""
    done, sealed = 0, 1
    while sealed:
        with here.sessions() as register, db.transaction(register):
            sealed = seal_anew(register, column)
        done += sealed
        if sealed:
            click.echo(f"{column}: {done}")
    return done
