"""`flask backup`: the database as it is at one moment, and every file it names."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.commands.installation import installation


@click.command()
@click.argument("destination", type=click.Path(path_type=Path))
@with_appcontext
def backup(destination: Path) -> None:
    """Copy the database and the files to DESTINATION, a folder that is not there yet. People may go on working.

    The secrets are not copied: keep those apart, since with both anybody can read everything.
    """
    here = installation()
    if destination.exists():
        raise click.ClickException(f"{destination} is there already.")
    destination.mkdir(parents=True, mode=0o700)
    if here.sqlite_file:
        copy_sqlite(here.sqlite_file, destination / "portal.db")
    count = _copy_files(here.config.files, destination / "files")
    click.echo(f"Copied {count} files to {destination}.")
    if not here.sqlite_file:
        click.echo("The database is on PostgreSQL: copy it with pg_dump, before the files.")


def copy_sqlite(source: str | Path, target: Path) -> None:
    """A whole copy of an SQLite database in use, by SQLite's own means. FileExistsError rather than write over one."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def _copy_files(source: Path, target: Path) -> int:
    """Copied after the database: a file is whole before a row names it, so none that the copy names is missing."""
    target.mkdir(mode=0o700)
    found = [path for path in source.iterdir() if path.is_file() and path.suffix != ".part"] if source.is_dir() else []
    for path in found:
        shutil.copy2(path, target / path.name)
    return len(found)
