"""What those who run the portal type: dates for anyone, secrets, upgrades, the check of the record, backups, staff."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import Engine, select, update

from portal import accounts, clock, commands, db, migrate
from portal.access import Role
from portal.complaints.leaving import changes
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.people import Staff
from portal.complaints.settings import ExtraHoliday
from portal.complaints.verify import first_fault
from portal.config import Config, ConfigError, new_secrets
from portal.db import Register
from portal.rules.steps import Step
from tests.post import mail_server
from tests.town import Town

ROOT = Path(__file__).parents[1]
VECTORS = [
    ("2026-05-11", "2026-05-18", "2026-05-18", "2026-06-02"),
    ("2026-05-16", "2026-05-22", "2026-05-22", "2026-06-08"),
    ("2026-04-02", "2026-04-13", "2026-04-13", "2026-04-27"),
    ("2026-12-18", "2026-12-29", "2026-12-29", "2027-01-13"),
    ("2026-12-24", "2027-01-05", "2027-01-05", "2027-01-19"),
    ("2026-12-24", "2027-01-05", "2026-12-24", "2027-01-12"),
]
pytestmark = pytest.mark.skipif(
    os.environ.get("PORTAL_TEST_DATABASE") == "postgresql", reason="these are about an installation on SQLite"
)


def types(app: Flask, *words: str, typed: str = "") -> Result:
    """Somebody types a command."""
    return app.test_cli_runner().invoke(args=list(words), input=typed)


def dates(*words: str) -> list[dict[str, Any]]:
    """What `flask deadlines --json` answers."""
    done = CliRunner().invoke(commands.deadlines, [*words, "--json"])
    assert done.exit_code == 0, done.output
    found: list[dict[str, Any]] = json.loads(done.output)
    return found


@pytest.mark.parametrize(("received", "acknowledge_by", "acknowledged", "answer_by"), VECTORS)
def test_each_worked_example_comes_out_as_it_was_worked(
    received: str, acknowledge_by: str, acknowledged: str, answer_by: str
) -> None:
    found = dates("--received", received, "--acknowledged", acknowledged)
    assert [(one["step"], one["stage"], one["due_on"]) for one in found] == [
        ("acknowledged", 1, acknowledge_by),
        ("responded", 1, answer_by),
    ]


def test_with_the_day_of_receipt_alone_the_answer_s_date_is_the_latest_it_can_be() -> None:
    acknowledge, answer = dates("--received", "2026-12-24")
    assert (acknowledge["from"], acknowledge["due_on"], acknowledge["working_days"]) == ("2026-12-24", "2027-01-05", 5)
    assert (answer["from"], answer["due_on"], answer["working_days"]) == ("2026-12-24", "2027-01-19", 15)
    assert acknowledge.keys() == {"step", "stage", "from", "due_on", "working_days", "skipped"}


def test_the_days_skipped_and_the_days_counted_are_all_the_days_between() -> None:
    for one in dates("--received", "2026-12-26", "--acknowledged", "2027-01-04"):
        between = (date.fromisoformat(one["due_on"]) - date.fromisoformat(one["from"])).days
        assert one["working_days"] + len(one["skipped"]) == between
        assert all(each.keys() == {"date", "why"} and each["why"] for each in one["skipped"])


def test_stage_2_is_counted_too() -> None:
    found = dates(
        "--received", "2026-05-11", "--acknowledged", "2026-05-18", "--stage2-requested", "2026-06-01",
        "--stage2-acknowledged", "2026-06-08",
    )  # fmt: skip
    assert [(one["step"], one["due_on"]) for one in found if one["stage"] == 2] == [
        ("acknowledged", "2026-06-08"),
        ("responded", "2026-07-06"),
    ]


def test_scotland_has_its_own_holidays() -> None:
    assert dates("--received", "2026-12-31", "--division", "scotland")[0]["due_on"] == "2027-01-11"
    assert dates("--received", "2026-12-31")[0]["due_on"] == "2027-01-08"


def test_in_words_the_sum_is_shown() -> None:
    said = CliRunner().invoke(commands.deadlines, ["--received", "2026-12-24"]).output
    assert "Stage 1, acknowledgement: Tuesday 5 January 2027" in said.replace("\xa0", " ")
    assert "5 working days after" in said
    assert "Christmas Day" in said
    assert "Stage 1, answer: at the latest" in said


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--received", "yesterday"],
        ["--received", "2026-05-11", "--acknowledged", "2026-05-10"],
        ["--received", "2026-05-11", "--stage2-acknowledged", "2026-06-10"],
        ["--received", "2100-12-20"],
        ["--received", "2026-05-11", "--edition", "none"],
        ["--received", "2026-05-11", "--division", "france"],
    ],
)
def test_what_cannot_be_counted_is_refused_with_why(words: list[str]) -> None:
    done = CliRunner().invoke(commands.deadlines, words)
    assert done.exit_code == 2
    assert "Error:" in done.output


def bare(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command in this checkout with no settings, no secrets and no database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "FLASK_"))}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env=kept | {"PORTAL_INSTANCE": str(folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.processes
@pytest.mark.parametrize("program", ["flask", "portal"])
def test_dates_are_counted_in_a_bare_checkout(tmp_path: Path, program: str) -> None:
    done = bare(tmp_path / "none", program, "deadlines", "--received", "2026-12-24", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["due_on"] == "2027-01-05"
    assert not (tmp_path / "none").exists()


@pytest.mark.processes
def test_an_installation_is_made_with_three_commands(tmp_path: Path) -> None:
    nothing = bare(tmp_path, "flask", "verify")
    assert nothing.returncode == 1
    assert "flask new-secrets" in nothing.stderr
    assert bare(tmp_path, "flask", "new-secrets").returncode == 0
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
    early = bare(tmp_path, "flask", "work", "--once")
    assert (early.returncode, "flask upgrade" in early.stderr) == (1, True)
    assert bare(tmp_path, "flask", "upgrade").returncode == 0
    assert stat.S_IMODE((tmp_path / "portal.db").stat().st_mode) == 0o600
    assert "Every event is as it was written." in bare(tmp_path, "flask", "verify").stdout
    assert "0 messages wait." in bare(tmp_path, "flask", "work", "--once").stdout


def test_secrets_that_are_there_are_never_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SECRETS", str(tmp_path / "secrets.json"))
    assert CliRunner().invoke(commands.new_secrets, []).exit_code == 0
    before = (tmp_path / "secrets.json").read_bytes()
    again = CliRunner().invoke(commands.new_secrets, [])
    assert (again.exit_code, (tmp_path / "secrets.json").read_bytes()) == (1, before)


def test_a_live_portal_does_not_start_with_a_demo_s_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path))
    new_secrets(tmp_path / "secrets.json", demo=True)
    with pytest.raises(ConfigError, match="demo"):
        Config.from_env()
    monkeypatch.setenv("PORTAL_DEMO", "1")
    assert Config.from_env().demo


def test_a_database_in_use_is_brought_up_to_date_with_every_row_still_tied_to_its_own(app: Flask, engine: Engine, town: Town) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("Only SQLite makes a table again to change it.")
    town.complains(safe_contact={"channels": ["email"], "email": "samira@example.org"})
    town.register.rollback()
    with engine.connect() as connection:
        before = [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in ("issue", "outbox")]
    assert all(before), "there are letters, and mail that points to them"
    migrate.downgrade(engine, "acting_and_disclosed")
    assert "newest shape" in types(app, "upgrade").output
    with engine.connect() as connection:
        after = [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in ("issue", "outbox")]
        assert after == before and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_upgrade_copies_an_older_database_first(app: Flask, engine: Engine, tmp_path: Path) -> None:
    assert "newest shape" in types(app, "upgrade").output
    assert list(tmp_path.glob("before-*")) == []
    migrate.downgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        connection.exec_driver_sql("INSERT INTO alembic_version SELECT '0001' WHERE NOT EXISTS (SELECT 1 FROM alembic_version)")
    done = types(app, "upgrade")
    copies = list(tmp_path.glob("before-*.db"))
    assert len(copies) == 1
    assert stat.S_IMODE(copies[0].stat().st_mode) == 0o600
    with closing(sqlite3.connect(copies[0])) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    assert str(copies[0]) in done.output or done.exit_code != 0


@pytest.fixture
def lived(town: Town) -> Complaint:
    """A complaint with some history, and another after it."""
    complaint = town.complains()
    town.acknowledged(complaint)
    town.complains(code="ANOTHER")
    town.register.rollback()
    return complaint


def test_verify_says_when_all_is_well(app: Flask, lived: Complaint) -> None:
    done = types(app, "verify")
    assert (done.exit_code, done.output) == (0, "Every event is as it was written.\n")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE event SET happened_on = '2020-01-01' WHERE number = 3", "Event 3: altered"),
        ("DELETE FROM event WHERE number = 3", "Event 3: missing"),
        (
            "INSERT INTO event SELECT 900, complaint_id, step, stage, happened_on, recorded_at, actor, details, words_hash, "
            "state_hash, previous_hash, 'made up' FROM event WHERE number = 3; "
            "UPDATE event SET number = -number WHERE number >= 4; UPDATE event SET number = 4 WHERE number = -900; "
            "UPDATE event SET number = 1 - number WHERE number < 0",
            "Event 4: inserted or moved",
        ),
        (
            "UPDATE event SET number = -3 WHERE number = 3; UPDATE event SET number = 3 WHERE number = 4; "
            "UPDATE event SET number = 4 WHERE number = -3",
            "Event 3: inserted or moved",
        ),
        ("UPDATE event_words SET salt = 'another' WHERE number = 2", "Event 2: its words were altered"),
        ("DELETE FROM event_words WHERE number = 2", "Event 2: its words are missing"),
        ("DELETE FROM event WHERE number = (SELECT max(number) FROM event)", "the end of the record was cut off"),
        ("UPDATE complaint SET words = 'Nothing was wrong.' WHERE id = 1", "changed outside the portal"),
        ("UPDATE complaint SET next_due = '2099-01-01' WHERE id = 1", "changed outside the portal"),
    ],
)
def test_verify_names_the_first_bad_entry_and_its_fault(
    app: Flask, lived: Complaint, engine: Engine, change: str, said: str
) -> None:
    with closing(sqlite3.connect(str(engine.url.database))) as somebody:
        somebody.executescript("DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; DROP TRIGGER event_words_no_delete; " + change)
    done = types(app, "verify")
    assert done.exit_code == 1
    assert said in done.output


def test_a_backup_can_be_restored_and_its_record_is_whole(
    app: Flask, lived: Complaint, tmp_path: Path, register: Register
) -> None:
    files = app.extensions["portal"].files
    files.mkdir()
    (files / "stored").write_bytes(b"a photograph")
    (files / "half.part").write_bytes(b"half a photograph")
    done = types(app, "backup", str(tmp_path / "copy"))
    assert (done.exit_code, "Copied 1 files" in done.output) == (0, True)
    assert types(app, "backup", str(tmp_path / "copy")).exit_code == 1

    restored = tmp_path / "restored"
    shutil.copytree(tmp_path / "copy", restored)
    engine = db.connect(f"sqlite:///{restored / 'portal.db'}")
    migrate.check_guards(engine)
    with db.sessions(engine)() as there:
        assert first_fault(there) is None
        assert there.scalars(select(Complaint.reference)).all() == register.scalars(select(Complaint.reference)).all()
    engine.dispose()
    assert (restored / "files" / "stored").read_bytes() == b"a photograph"
    assert [stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "copy", tmp_path / "copy" / "portal.db")] == [0o700, 0o600]


def test_a_backup_taken_while_somebody_writes_is_of_one_moment(app: Flask, town: Town, lived: Complaint, tmp_path: Path) -> None:
    with town.writing():
        town.register.execute(update(Complaint).values(words="half done"))
        town.register.flush()
        types(app, "backup", str(tmp_path / "copy"))
        town.register.rollback()
    with closing(sqlite3.connect(tmp_path / "copy" / "portal.db")) as copy:
        assert copy.execute("SELECT count(*) FROM complaint WHERE words = 'half done'").fetchone() == (0,)


NEW = ["add-staff", "--name", "Ada Lock", "--email", " Ada@Landlord.example ", "--job-title", "Officer", "--phone", "1"]


def test_a_new_member_of_staff_can_sign_in(app: Flask, town: Town, register: Register) -> None:
    done = types(app, *NEW, "--role", "handler", "--role", "manager", typed="mauve tractor under herons\n" * 2)
    assert done.exit_code == 0, done.output
    found = accounts.check_staff(register, "ada@landlord.example", "mauve tractor under herons")
    assert found
    assert (found.name, found.roles) == ("Ada Lock", ["handler", "manager"])
    assert "mauve tractor under herons" not in done.output


@pytest.mark.parametrize(
    ("words", "password", "said"),
    [
        ([*NEW, "--role", "handler"], "short", "fifteen"),
        ([*NEW, "--role", "party"], "mauve tractor under herons", "'party'"),
        (NEW, "mauve tractor under herons", "--role"),
        ([*NEW[:4], "handler.person@landlord.example", *NEW[5:], "--role", "handler"], "mauve tractor under herons", "already"),
    ],
)
def test_staff_who_cannot_be_added_are_refused_with_why(
    app: Flask, town: Town, register: Register, words: list[str], password: str, said: str
) -> None:
    if said == "already":
        words[words.index("handler.person@landlord.example")] = town.staff[Role.HANDLER].email
    before = len(register.scalars(select(Staff)).all())
    register.rollback()
    done = types(app, *words, typed=f"{password}\n" * 2)
    assert done.exit_code != 0
    assert said in done.output
    assert len(register.scalars(select(Staff)).all()) == before


def test_a_first_password_is_given_where_no_mail_goes_in_the_name_of_the_manager_who_asked(app: Flask, town: Town, register: Register) -> None:
    handler, manager = town.staff[Role.HANDLER].email, town.staff[Role.MANAGER].email
    register.rollback()
    assert types(app, "first-password", handler, "--asked-by", handler).exit_code != 0
    done = types(app, "first-password", handler, "--asked-by", manager)
    assert done.exit_code == 0, done.output
    found = accounts.check_staff(register, handler, done.output.rsplit(maxsplit=1)[-1])
    assert found and found.first_password_until
    assert [(one.what, one.by_id) for one in changes(register, found)] == [("password", town.staff[Role.MANAGER].id)]


def proclaimed(town: Town, day: date) -> None:
    """A manager adds a bank holiday."""
    with town.writing():
        town.register.add(
            ExtraHoliday(
                division="england-and-wales", day=day, name="A day of thanks", source="A proclamation",
                added_by_id=town.staff[Role.MANAGER].id, added_at=clock.now(),
            )
        )  # fmt: skip


def test_a_bank_holiday_added_late_moves_no_date_a_resident_was_told(app: Flask, town: Town) -> None:
    with clock.at(date(2026, 5, 11)):
        told = town.complains()
    town.register.rollback()
    proclaimed(town, date(2026, 5, 13))
    assert "1 counted, 0 moved." in types(app, "refresh-deadlines").output
    assert told.next_due == date(2026, 5, 18)
    town.register.rollback()
    assert types(app, "verify").exit_code == 0


def test_a_date_that_moves_is_an_event_and_the_record_stays_whole(app: Flask, town: Town) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    before = complaint.next_due
    reference = complaint.reference
    town.register.rollback()
    assert before == date(2026, 5, 26)
    with town.writing():
        stale = date(2026, 5, 27)
        town.register.execute(update(Complaint).values(next_due=stale))
    assert types(app, "verify").exit_code == 1
    done = types(app, "refresh-deadlines")
    assert f"{reference}: Wednesday 27 May 2026 is now Tuesday 26 May 2026" in done.output.replace("\xa0", " ")
    newest = complaint.happenings[-1]
    assert (newest.step, newest.by, dict(newest.details)) == (
        Step.DATES_RECOUNTED, "machine", {"was": "2026-05-27", "now": "2026-05-26"},
    )  # fmt: skip
    town.register.rollback()
    assert types(app, "verify").exit_code == 0
    assert "0 moved." in types(app, "refresh-deadlines").output


def test_try_mail_says_what_the_server_made_of_it(app: Flask, town: Town) -> None:
    from dataclasses import replace

    assert "PORTAL_MAIL is not set" in types(app, "try-mail", "me@example.org").output
    with mail_server.running() as server:
        app.extensions["portal"] = replace(app.extensions["portal"], mail=server.url)
        assert types(app, "try-mail", "me@example.org").output == "The mail server took it.\n"
        assert server.taken[0].message["Subject"] == "A test message"
        server.refuses["no@example.org"] = "550 nobody of that name"
        refused = types(app, "try-mail", "no@example.org")
        assert (refused.exit_code, "nobody of that name" in refused.output) == (1, True)
        assert types(app, "try-mail", "not an address").exit_code == 1
    assert "could not be reached" in types(app, "try-mail", "me@example.org").output


def test_work_once_sends_what_waits_and_leaves(app: Flask, town: Town) -> None:
    from dataclasses import replace

    town.complains(safe_contact={"channels": ["email"], "email": "samira@example.org"})
    assert types(app, "work", "--once").output.endswith("1 messages wait.\n")
    with mail_server.running() as server:
        app.extensions["portal"] = replace(app.extensions["portal"], mail=server.url)
        assert types(app, "work", "--once").output.endswith("0 messages wait.\n")
        assert len(server.taken) == 1
    town.register.rollback()
    assert town.register.scalars(select(Outbox.outcome)).all() == ["accepted"]


def test_remind_makes_today_s_reminders_at_once_and_never_again(app: Flask, town: Town) -> None:
    town.complains()
    owed = town.register.scalars(select(Complaint.next_due)).one()
    town.register.rollback()
    assert owed
    with clock.at(owed):
        assert types(app, "remind").output == "1 reminders made. They go with the mail that waits.\n"
        assert types(app, "remind").output == "0 reminders made. They go with the mail that waits.\n"
