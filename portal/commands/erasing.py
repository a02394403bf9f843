"""`flask erase`: what has come to the end of its time, and what a backup brought back; said, and only when it is told to, erased."""

import click
from flask.cli import with_appcontext

from portal import db
from portal.access import MACHINE
from portal.commands.installation import Installation, installation
from portal.complaints import erasures, machine, operations, retention, searching
from portal.complaints.files import discard
from portal.complaints.retention import Over
from portal.i18n import day, gettext
from portal.rules.steps import RuleBroken


@click.command()
@click.option("--due", is_flag=True, help="Those whose time is over.")
@click.option("--listed", is_flag=True, help="Those on the list of what was erased, which a backup brought back.")
@click.option("--for-good", is_flag=True, help="Erase them. Without it nothing is changed.")
@click.option("--because", help="Why, for the record: the rule that says how long they are kept.")
@with_appcontext
def erase(due: bool, listed: bool, for_good: bool, because: str | None) -> None:
    """Say which complaints have come to the end of their time; with --for-good, erase what was said in them."""
    if due == listed:
        raise click.UsageError("Say which: --due or --listed.")
    if listed:
        _erase_listed(installation(), for_good=for_good)
        return
    _erase_due(for_good=for_good, because=because)


def _erase_listed(here: Installation, *, for_good: bool) -> None:
    if not for_good:
        with here.sessions() as register:
            click.echo(f"{len(erasures.there_again(register, here.config.erased_list))} would be erased again. Nothing was changed: add --for-good to erase them.")
        return
    click.echo(f"{erase_again(here)} erased again.")


def erase_again(here: Installation) -> int:
    """Erase whatever the list says was erased and that is there again, each in a transaction of its own; how many."""
    with here.sessions() as register:
        found = erasures.there_again(register, here.config.erased_list)
    for number, on in found:
        with here.sessions() as register, db.transaction(register):
            names = erasures.erase_one_again(register, number, on)
        discard(here.config.files, *names)
    if found:
        with here.sessions() as register, db.transaction(register):
            searching.rebuild(register)
    return len(found)


def _erase_due(*, for_good: bool, because: str | None) -> None:
    if for_good and not (because or "").strip():
        raise click.UsageError("Say why with --because: it is kept on the record.")
    here = installation()
    with here.sessions() as register:
        found = [(one.complaint.id, line(one), bool(one.kept_because)) for one in retention.over(register, retention.everything_kept(), most=MOST)]
    for _number, said, _is_kept in found:
        click.echo(said)
    ready = [number for number, _said, is_kept in found if not is_kept]
    if not for_good:
        click.echo(f"{len(ready)} would be erased, {len(found) - len(ready)} are kept. Nothing was changed: add --for-good and --because to erase them.")
        return
    done = sum(_erased(here, number, because or "") for number in ready)
    with here.sessions() as register, db.transaction(register):
        searching.rebuild(register)
    with here.sessions() as register:
        erasures.bring_up_to_date(register, here.config.erased_list)
    click.echo(f"{done} erased.")


MOST = 10_000
"""How many are looked at in one run; the next one goes on."""


def line(one: Over) -> str:
    """One complaint in a line, and why it stays, if it does; no name is printed."""
    why = " ".join(gettext(words) for words in one.kept_because)
    return f"{one.complaint.reference}: its time ended on {day(one.ended_on)}" + (f". Kept: {why}" if why else ".")


def _erased(here: Installation, number: int, because: str) -> bool:
    """Erase one, in a transaction of its own; whether it was: somebody may have said meanwhile that it is kept."""
    try:
        with here.sessions() as register, db.transaction(register):
            names = operations.erase(machine.locked_complaint(register, number), by=MACHINE, because=because)
    except RuleBroken as refusal:
        click.echo(f"Not erased: {gettext(refusal.reason, **refusal.params)}")
        return False
    discard(here.config.files, *names)
    return True
