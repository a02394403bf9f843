"""The map of what is held: no column without its tier, its purpose and its end, and none that is not there; what is sensitive is sealed."""

import csv
import io

from click.testing import CliRunner

from portal.commands.mapping import data_map
from portal.complaints import data_map as mapped
from portal.complaints.data_columns import TABLES
from portal.db import Encrypted

LONE_WORDS = {"danger_alert.handed_over_to"}
"""Of tier 4 and not sealed: a name of somebody here who has it."""


def test_every_column_has_a_line_and_every_line_a_column() -> None:
    there = {f"{column.table.name}.{column.name}" for column in mapped.columns()}
    said = {f"{table}.{column}" for table, (_until, lines) in TABLES.items() for column in mapped.written(lines)}
    assert there - said == set(), "A new column belongs in portal/complaints/data_columns.py: its tier, what it is for, until when."
    assert said - there == set(), "A column that is gone goes out of portal/complaints/data_columns.py too."


def test_every_line_says_a_tier_a_purpose_and_until_when() -> None:
    for one in mapped.held():
        assert one.tier in mapped.TIERS and len(one.purpose) > 2 and len(one.until) > 3, one


def test_what_is_special_or_about_safety_is_sealed() -> None:
    assert {one.name for one in mapped.held() if one.tier >= 3 and not one.is_sealed} == LONE_WORDS


def test_what_is_sealed_is_sensitive() -> None:
    sealed = {f"{column.table.name}.{column.name}" for column in mapped.columns() if isinstance(column.type, Encrypted)}
    assert {one.name for one in mapped.held() if one.is_sealed} == sealed
    assert all(one.tier > 0 for one in mapped.held() if one.is_sealed)


def test_the_command_prints_it_in_words_and_for_a_spreadsheet() -> None:
    said = CliRunner().invoke(data_map, []).output
    assert "person\n" in said and "safe_contact (tier 4, sealed): which ways to reach them are safe" in said
    rows = list(csv.reader(io.StringIO(CliRunner().invoke(data_map, ["--csv"]).output)))
    assert len(rows) == 1 + len(mapped.held()) and rows[0][0] == "table"
    assert "complaint.id" not in CliRunner().invoke(data_map, ["--tier", "3"]).output
