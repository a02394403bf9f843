"""`flask import-cases`: complaints that began before the portal, from a file of JSON, each whole or not at all."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from portal import db
from portal.access import Role, Viewer
from portal.commands.installation import Installation, installation
from portal.complaints import importing, operations
from portal.complaints.importing import NotWhole
from portal.complaints.people import Staff
from portal.complaints.references import groups
from portal.rules.steps import RuleBroken


class _OnlyTried(Exception):
    """It could be brought in, and was not, because nothing was to be written."""


@click.command("import-cases")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "email", required=True, help="The e-mail address of the manager who brings them in.")
@click.option("--check", is_flag=True, help="Say what would be brought in and what would not, and write nothing.")
@with_appcontext
def import_cases(file: Path, email: str, check: bool) -> None:
    """Bring in the complaints in FILE. One that was brought in before is left alone. See docs/importing.md."""
    here, cases = installation(), _read(file)
    by = _manager(here, email)
    with here.sessions() as register:
        before = importing.brought_before(register)
    said = [_bring_in(here, case, by, file.parent, before, check) for case in cases]
    brought, left, faults = (sum(one == name for one in said) for name in ("brought", "left", "fault"))
    click.echo(f"{brought} {'could be brought in' if check else 'brought in'}, {left} were here before, {faults} could not be.")
    if faults:
        raise SystemExit(1)


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise click.ClickException(f"{file} is not JSON: {fault}") from fault
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise click.ClickException(f"{file} has to hold a list of complaints.")
    return found


def _manager(here: Installation, email: str) -> Viewer:
    with here.sessions() as register:
        staff = register.scalar(select(Staff).where(Staff.email == email.lower(), Staff.disabled_at.is_(None)))
        if staff is None or Role.MANAGER not in staff.roles:
            raise click.ClickException(f"No manager here has the e-mail address {email}.")
        return Viewer(Role.MANAGER, staff_id=staff.id)


def _bring_in(here: Installation, case: dict[str, Any], by: Viewer, folder: Path, before: set[str], check: bool) -> str:
    number = str(case.get("number") or "A complaint without a number")
    mark = importing.mark(number)
    if mark in before:
        click.echo(f"{number}: here before.")
        return "left"
    try:
        with here.sessions() as register, db.transaction(register):
            complaint = operations.bring_in(register, case, by=by, folder=folder, files_folder=here.config.files)
            reference, happened = " ".join(groups(complaint.reference)), len(complaint.happenings)
            if check:
                raise _OnlyTried
    except _OnlyTried:
        pass
    except (NotWhole, RuleBroken) as fault:
        click.echo(f"{number}: not brought in. {fault}")
        return "fault"
    before.add(mark)
    click.echo(f"{number}: {'could be brought in' if check else f'brought in as {reference}'}, with {happened} events.")
    return "brought"
