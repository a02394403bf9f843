"""Bringing an installation up: its secrets, its database, its first staff; and checking that the record is whole."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from portal import accounts, clock, config, db, migrate, passwords
from portal.access import STAFF, Role, Viewer
from portal.commands.backing_up import copy_sqlite
from portal.commands.installation import installation
from portal.complaints import operations
from portal.complaints.people import Staff
from portal.complaints.settings import Service
from portal.complaints.verify import first_fault
from portal.complaints.ways_in import new_first_password
from portal.rules.steps import RuleBroken


@click.command("new-secrets")
@click.option("--demo", is_flag=True, help="Secrets that a live installation refuses to start with.")
def new_secrets(demo: bool) -> None:
    """Make this installation's secrets, readable by you alone. What is there is left alone."""
    path = config.secrets_path()
    if path.exists():
        raise click.ClickException(f"There are secrets at {path} already. Without them, what they sealed is lost.")
    config.new_secrets(path, demo=demo)
    click.echo(f"Made {path}. Keep a copy somewhere safe, apart from the backups.")


@click.command()
@with_appcontext
def upgrade() -> None:
    """Bring the database to the newest shape. An SQLite database is copied first."""
    if copy := bring_up_to_date(installation().engine):
        click.echo(f"Copied the database to {copy} first.")
    click.echo("The database is at its newest shape.")


def bring_up_to_date(engine: Engine) -> Path | None:
    """Run the migrations that have not run; where an SQLite database was copied to first (decision 22)."""
    path = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = migrate.version(engine)
    if before == migrate.newest():
        return None
    copy = None
    if path is not None and not before:
        path.chmod(0o600)
    if path is not None and before:
        copy = path.with_name(f"before-{migrate.newest()}-{clock.now():%Y%m%d%H%M%S}.db")
        copy_sqlite(path, copy)
    migrate.upgrade(engine)
    return copy


@click.command()
@with_appcontext
def verify() -> None:
    """Walk the record, and the letters and files it vouches for; name the first bad entry and its fault, or say that there is none."""
    here = installation()
    with here.sessions() as register:
        fault = first_fault(register, here.config.files)
    if fault:
        raise click.ClickException(str(fault))
    click.echo("Every event is as it was written.")


@click.command("add-staff")
@click.option("--name", prompt=True)
@click.option("--email", prompt=True)
@click.option("--job-title", prompt=True)
@click.option("--phone", prompt=True, help="How a resident reaches them directly.")
@click.option("--role", "roles", type=click.Choice([str(role) for role in STAFF]), multiple=True, required=True)
@click.password_option(help="Fifteen characters or more; asked for when it is not given.")
@with_appcontext
def add_staff(name: str, email: str, job_title: str, phone: str, roles: tuple[str, ...], password: str) -> None:
    """Add a member of staff, who can sign in at once."""
    if wrong := passwords.wrong_with(password, yours=(name, email)):
        raise click.ClickException(wrong)
    try:
        hashed = accounts.hash_password(password)
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    made = Staff(
        name=name.strip(), email=email.strip().lower(), job_title=job_title.strip(), phone=phone.strip() or None,
        roles=list(roles), password_hash=hashed,
    )  # fmt: skip
    try:
        with installation().sessions() as register, db.transaction(register):
            register.add(made)
    except IntegrityError as fault:
        raise click.ClickException("Somebody with this e-mail address is there already.") from fault
    click.echo(f"{name.strip()} can sign in at {installation().config.base_url}/staff/sign-in.")


@click.command("first-password")
@click.argument("email")
@click.option("--asked-by", required=True, help="The e-mail address of the manager who asked for it; it is written down as theirs.")
@with_appcontext
def first_password(email: str, asked_by: str) -> None:
    """Give somebody a first password, where no mail goes that could bring it; it is shown here once."""
    made = new_first_password()
    hashed = accounts.hash_password(made)
    with installation().sessions() as register, db.transaction(register):
        staff, manager = (register.scalar(select(Staff).where(Staff.email == each.strip().lower())) for each in (email, asked_by))
        if staff is None or manager is None or Role.MANAGER not in manager.roles or manager.disabled_at is not None:
            raise click.ClickException("There is no account with this address, or no manager with the other.")
        try:
            operations.give_first_password(register, staff, hashed, by=Viewer(Role.MANAGER, manager.id))
        except RuleBroken as fault:
            raise click.ClickException(fault.reason) from fault
        name = staff.name
    click.echo(f"{name} signs in with this once, within a week, and then chooses their own: {made}")


@click.command("add-service")
@click.argument("name")
@with_appcontext
def add_service(name: str) -> None:
    """Add a service that complaints can be about; who works on it is said on the page of each member of staff."""
    if not (called := " ".join(name.split())):
        raise click.ClickException("A service needs a name.")
    try:
        with installation().sessions() as register, db.transaction(register):
            register.add(Service(name=called))
    except IntegrityError as fault:
        raise click.ClickException("There is a service of this name already.") from fault
    click.echo(f"{called} is a service now. Nobody works on it yet: say who does under Who works here.")
