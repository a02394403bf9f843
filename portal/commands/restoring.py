"""`flask restore`: a backup put back, with everything erased again that was erased since, and no mail going; and `flask release-mail`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal import db, migrate
from portal.commands.backing_up import DATABASE, ERASED, FILES, copy_files, copy_sqlite
from portal.commands.erasing import erase_again
from portal.commands.installation import Installation, installation
from portal.complaints import erasures, holding
from portal.complaints.verify import first_fault


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--erased", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A list of what was erased that is newer than the backup, kept elsewhere.")
@with_appcontext
def restore(source: Path, erased: Path | None) -> None:
    """Put the backup in the folder SOURCE back where there is no database yet, erase again what was erased since, and hold the mail.

    An SQLite database comes into its place last, so that nothing serves it before. On PostgreSQL, pg_restore it and upgrade it first.
    """
    here = installation()
    for each in (source / ERASED, erased):
        if each is not None:
            erasures.put_on(here.config.erased_list, erasures.listed(each))
    if not erasures.listed(here.config.erased_list):
        click.echo(f"There is no list of what was erased at {here.config.erased_list}, nor in the backup: nothing is erased again.")
    with _database(here, source) as there:
        with there.sessions() as register, db.transaction(register):
            holding.hold_mail(register)
        count = copy_files(source / FILES, here.config.files)
        again = erase_again(there)
        with there.sessions() as register:
            fault = first_fault(register, here.config.files)
        if fault:
            raise click.ClickException(f"{fault} Nothing was put in place.")
    click.echo(f"Put back {count} files and the database; {again} complaints were erased again. The record is whole.")
    click.echo("No mail goes before: flask release-mail")


@contextmanager
def _database(here: Installation, source: Path) -> Iterator[Installation]:
    """The database that is put back, to work on: on SQLite a copy beside its place, which takes it at the end if nothing went wrong."""
    if not here.sqlite_file:
        here.check_database()
        yield here
        return
    place = Path(here.sqlite_file)
    if place.exists():
        raise click.ClickException(f"There is a database at {place} already. Stop the server and the worker, and move it away first.")
    beside = place.with_name(f"{place.name}.restoring")
    beside.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy_sqlite(source / DATABASE, beside)
    engine = db.connect(f"sqlite:///{beside}", durable=here.config.durable)
    try:
        migrate.upgrade(engine)
        yield replace(here, engine=engine, sessions=db.sessions(engine, base_url=here.config.base_url))
    finally:
        engine.dispose()
    beside.rename(place)


@click.command("release-mail")
@click.option("--old-too", is_flag=True, help="Send what waited in the backup as well, though it may have gone before.")
@with_appcontext
def release_mail(old_too: bool) -> None:
    """Let mail go again after a restore. What waited in the backup does not go: its letters are listed under Mail as not delivered."""
    with installation().sessions() as register, db.transaction(register):
        if holding.held_since(register) is None:
            raise click.ClickException("Mail is not held.")
        kept = holding.release_mail(register, also_old=old_too)
    click.echo(f"Mail goes again. {kept} messages that waited in the backup do not go: look at Mail.")
