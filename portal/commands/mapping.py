"""`flask data-map`: every column that is kept, how sensitive it is, what for and until when; for a landlord's own papers."""

import csv
import io

import click

from portal.complaints.data_map import TIERS, Held, held

NAMES = ("table", "column", "tier", "sealed", "what for", "until when")


@click.command("data-map")
@click.option("--csv", "as_csv", is_flag=True, help="As a table that a spreadsheet reads.")
@click.option("--tier", type=click.IntRange(0, 4), default=0, help="Only this tier and those above it.")
def data_map(as_csv: bool, tier: int) -> None:
    """Print what is held, column by column. Needs no database and no settings."""
    found = [one for one in held() if one.tier >= tier]
    click.echo(_as_csv(found) if as_csv else "\n".join(_in_words(found)), nl=not as_csv)


def _row(one: Held) -> list[str]:
    return [one.table, one.column, str(one.tier), "yes" if one.is_sealed else "no", one.purpose, one.until]


def _as_csv(found: list[Held]) -> str:
    kept = io.StringIO()
    csv.writer(kept, lineterminator="\r\n").writerows([NAMES, *map(_row, found)])
    return kept.getvalue()


def _in_words(found: list[Held]) -> list[str]:
    lines = [*(f"Tier {tier}: {words}." for tier, words in TIERS.items())]
    for table in dict.fromkeys(one.table for one in found):
        lines += ["", table]
        for one in found:
            if one.table == table:
                lines.append(f"  {one.column} (tier {one.tier}{', sealed' if one.is_sealed else ''}): {one.purpose}. Kept: {one.until}.")
    return lines
