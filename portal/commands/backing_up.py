"""`flask backup`: the database as it is at one moment, every file it names, and the list of what was erased."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.commands.installation import installation
from portal.complaints import erasures

DATABASE, FILES, ERASED = "portal.db", "files", "erased.txt"
"""What is in the folder of a backup."""


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
        copy_sqlite(here.sqlite_file, destination / DATABASE)
    count = copy_files(here.config.files, destination / FILES)
    with here.sessions() as register:
        erasures.bring_up_to_date(register, here.config.erased_list)
    if here.config.erased_list.is_file():
        shutil.copy2(here.config.erased_list, destination / ERASED)
    click.echo(f"Copied {count} files to {destination}.")
    if not here.sqlite_file:
        click.echo("The database is on PostgreSQL: copy it with pg_dump, before the files.")


def copy_sqlite(source: str | Path, target: Path) -> None:
    """A whole copy of an SQLite database in use, by SQLite's own means. FileExistsError rather than write over one."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def copy_files(source: Path, target: Path) -> int:
    """Copy the files of one folder into another, and how many. After the database: a file is whole before a row names it, so none is missing."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = [path for path in source.iterdir() if path.is_file() and path.suffix != ".part"] if source.is_dir() else []
    for path in found:
        shutil.copy2(path, target / path.name)
    return len(found)
