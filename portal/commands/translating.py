"""`flask translations`: how far each language is and who approved it; `flask translations take`, for a file that somebody checked."""

from pathlib import Path

import click
from babel.messages.catalog import Catalog

from portal import clock, i18n
from portal.catalogues import approving, checking, scope, taking


@click.group(invoke_without_command=True)
@click.pass_context
def translations(context: click.Context) -> None:
    """Print of each language how many messages it needs and has, and who approved them. Needs no database and no settings."""
    if context.invoked_subcommand is None:
        template = scope.template()
        for language in i18n.LANGUAGES[1:]:
            click.echo(_row(language, template))


def _row(language: str, template: Catalog) -> str:
    name = f"{language} {i18n.own_name(language)}"
    try:
        catalogue = scope.catalogue(language)
    except FileNotFoundError:
        return f"{name}: no catalogue."
    found, people = checking.counts(catalogue, template, language), approving.by_whom(catalogue)
    counted = ", ".join(f"{number} {what}" for what, number in found.items())
    named = "; ".join(f"{by} {number}" for by, number in people.most_common())
    return f"{name}: {counted}, {people.total()} approved ({named or 'by nobody: a machine drafted it'})."


@translations.command("take")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", required=True, help="Of which language it is, such as cy.")
@click.option("--by", required=True, help="Who approved it: a name, as it is written into the catalogue.")
def take(file: Path, language: str, by: str) -> None:
    """Take in a .po file that somebody corrected and approves. What it leaves empty stays as it was; of a wrong one nothing is taken."""
    try:
        number = taking.take(file, language, by=by, on=clock.today())
    except taking.NotTaken as fault:
        raise click.ClickException("\n".join([*fault.faults, "Nothing was taken."])) from fault
    click.echo(f"{number} messages taken, approved by {by}. Restart the server and the worker to say them.")
