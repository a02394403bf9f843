"""`flask deadlines`, for anyone with a date in mind; `flask refresh-deadlines`, after a bank holiday was added."""

import json
from collections.abc import Iterator
from datetime import date, datetime

import click
from flask.cli import with_appcontext

from portal.commands.installation import installation
from portal.complaints.calendar import DIVISIONS, calendar
from portal.complaints.recounting import recount_everybody
from portal.i18n import day
from portal.rules import editions
from portal.rules.deadlines import Deadline
from portal.rules.deadlines import deadlines as count
from portal.rules.editions import EDITIONS
from portal.rules.steps import Step
from portal.rules.supposing import suppose
from portal.rules.working_days import WEEKEND, BeyondCalendar, Calendar, Skipped

DAY = click.DateTime(["%Y-%m-%d"])
OWED = {Step.ACKNOWLEDGED: "acknowledgement", Step.RESPONDED: "answer"}
SINCE = {
    Step.RECEIVED: "the day it was received",
    Step.ACKNOWLEDGED: "the day it was acknowledged",
    Step.ESCALATED: "the day stage 2 was asked for",
}


@click.command()
@click.option("--received", type=DAY, required=True, help="The day the landlord had it (2026-12-24).")
@click.option("--acknowledged", type=DAY, help="The day the acknowledgement went.")
@click.option("--stage2-requested", type=DAY, help="The day stage 2 was asked for.")
@click.option("--stage2-acknowledged", type=DAY, help="The day stage 2 was acknowledged.")
@click.option("--edition", type=click.Choice(list(EDITIONS)), help="Which edition of the Code; the one in force that day.")
@click.option("--division", type=click.Choice(DIVISIONS), default=DIVISIONS[0], show_default=True)
@click.option("--json", "as_json", is_flag=True, help="A list for programs; weekends are among the days skipped.")
def deadlines(
    received: datetime,
    acknowledged: datetime | None,
    stage2_requested: datetime | None,
    stage2_acknowledged: datetime | None,
    edition: str | None,
    division: str,
    as_json: bool,
) -> None:
    """Print each date of the Code for a complaint, and how it is counted. Needs no database and no settings."""
    given = [each.date() if each else None for each in (received, acknowledged, stage2_requested, stage2_acknowledged)]
    first, *_ = dates = [each for each in given if each]
    if dates != sorted(dates):
        raise click.UsageError("Each of these days has to be the same as the one before it or later.")
    if given[3] and not given[2]:
        raise click.UsageError("Stage 2 is acknowledged only once it has been asked for.")
    code, days = editions.edition(edition) if edition else editions.by_stage(editions.in_force(first), given[2]), calendar(division)
    try:
        found = count(suppose(first, *given[1:]), code, days)
    except BeyondCalendar as fault:
        raise click.UsageError(f"{fault} is beyond the years that can be counted.") from fault
    if as_json:
        click.echo(json.dumps([_as_data(one, days) for one in found], indent=2))
    else:
        click.echo("\n\n".join("\n".join(_in_words(one, days)) for one in found))


def _as_data(one: Deadline, days: Calendar) -> dict[str, object]:
    return {
        "step": one.step.value,
        "stage": one.stage,
        "from": one.from_on.isoformat(),
        "due_on": one.due_on.isoformat(),
        "working_days": one.working_days,
        "skipped": [{"date": each.date.isoformat(), "why": each.why} for each in _skipped(one, days)],
    }


def _skipped(one: Deadline, days: Calendar) -> list[Skipped]:
    """The days between that are not counted. Where the first day is day 0 it is the start, and was not skipped."""
    found = days.skipped(one.from_on, one.due_on, weekends=True)
    return [each for each in found if one.start_day or each.date > one.from_on]


def _in_words(one: Deadline, days: Calendar) -> Iterator[str]:
    unsure = one.step is Step.RESPONDED and one.code_due is None
    yield f"Stage {one.stage}, {OWED[one.step]}: {'at the latest ' if unsure else ''}{day(one.due_on)}"
    yield f"  {one.working_days} working days after {day(one.from_on)}, {SINCE[one.since]}."
    if unsure:
        yield "  Sooner, if it is acknowledged before the last day for that: give --acknowledged to count from it."
    elif one.code_due and one.code_due != one.due_on:
        yield f"  Counted from the acknowledgement it would be {day(one.code_due)}; a late one buys no time."
    named = [each for each in _skipped(one, days) if each.why != WEEKEND]
    also = "".join(f"; {day(each.date)}, {each.why}" for each in named)
    yield f"  Not counted: Saturdays and Sundays{also}."
    if one.beyond_known:
        yield f"  Bank holidays are known until {day(days.known_until)}; one more would move this date."


@click.command("refresh-deadlines")
@with_appcontext
def refresh_deadlines() -> None:
    """Count every open complaint again, and say which dates moved. A date already told to a resident never moves later."""
    number, moved = recount_everybody(installation().sessions)
    for each in moved:
        click.echo(f"{each.reference}: {_or_nothing(each.was)} is now {_or_nothing(each.now)}")
    click.echo(f"{number} counted, {len(moved)} moved.")


def _or_nothing(due: date | None) -> str:
    return day(due) if due else "nothing"
