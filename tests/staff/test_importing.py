"""An older complaint that was brought in stands on its pages like any other, and a file tried again brings in nothing twice."""

import json
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from portal import clock
from portal.access import Role
from portal.complaints.models import Complaint
from tests.browser_client import CheckingClient, words_of
from tests.complaints.test_importing import NOW, example
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.town import Town


def imports(app: Flask, town: Town, folder: Path, cases: Any, *more: str, who: Role = Role.MANAGER) -> Result:
    """Type the command on a file of these cases."""
    file = folder / "older.json"
    file.write_text(json.dumps(cases))
    email = town.staff[who].email
    town.register.rollback()
    with clock.at(NOW):
        return app.test_cli_runner().invoke(args=["import-cases", str(file), "--as", email, *more])


def how_many(town: Town) -> int:
    town.register.rollback()
    found = town.register.scalar(select(func.count(Complaint.id))) or 0
    town.register.rollback()
    return found


def test_good_ones_are_brought_in_once_and_a_bad_one_says_why(app: Flask, town: Town, tmp_path: Path) -> None:
    good, bad = example(), example() | {"number": "C/2024/0118", "received_on": "soon"}
    tried = imports(app, town, tmp_path, [good, bad], "--check")
    assert "C/2024/0117: could be brought in, with" in tried.output
    assert (tried.exit_code, how_many(town)) == (1, 0)
    done = imports(app, town, tmp_path, [good, bad])
    assert "C/2024/0118: not brought in. The complaint: “received_on” is missing as a day like 2024-03-12." in done.output
    assert "1 brought in, 0 were here before, 1 could not be." in done.output
    again = imports(app, town, tmp_path, [good, good])
    assert "0 brought in, 2 were here before, 0 could not be." in again.output
    assert (again.exit_code, how_many(town)) == (0, 1)


def test_only_a_manager_brings_complaints_in_and_only_from_a_list(app: Flask, town: Town, tmp_path: Path) -> None:
    assert "No manager here has the e-mail address" in imports(app, town, tmp_path, [example()], who=Role.HANDLER).output
    assert "has to hold a list of complaints" in imports(app, town, tmp_path, {"number": "1"}).output
    assert how_many(town) == 0


def test_staff_and_the_resident_see_it_with_both_days(app: Flask, town: Town, tmp_path: Path, signed_in: SignIn) -> None:
    reviewer = town.staff[Role.REVIEWER].email
    assert imports(app, town, tmp_path, [example() | {"handler": reviewer}]).exit_code == 0
    complaint = town.register.scalars(select(Complaint)).one()
    with clock.at(NOW):
        page = words_of(signed_in(Role.REVIEWER).page(url(complaint))).replace("\xa0", " ")
        client = app.test_client()
        assert isinstance(client, CheckingClient)
        let_in_resident(client, town.register, complaint)
        theirs = words_of(client.page("/your-complaint")).replace("\xa0", " ")
    assert "It was kept in an earlier register, as C/2024/0117." in page
    assert "Reviewer Person" in page
    assert "Monday 29 April 2024" in page
    for said in ("You told us.", "You asked for stage 2.", "Monday 4 March 2024", "Monday 22 April 2024"):
        assert said in theirs, said
