"""A backup put back: nothing of what was erased since comes with it, no mail goes before somebody lets it, and nothing serves before that is done (P10)."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from portal import assembly, clock, db
from portal.access import Role
from portal.complaints import erasures, holding, operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Issue, Outbox
from portal.complaints.people import Person
from portal.complaints.verify import first_fault
from portal.post.office import Office
from portal.post.sweep import sweep
from tests.browser_client import CheckingClient, words_of
from tests.complaints.test_erasing import TODAY, WHY, _behind_its_back, ended
from tests.conftest import portal_on
from tests.doors import let_in_staff
from tests.town import Town

pytestmark = pytest.mark.skipif(os.environ.get("PORTAL_TEST_DATABASE") == "postgresql", reason="these are about an installation on SQLite")


def types(app: Flask, *words: str) -> Result:
    """Somebody types a command."""
    return app.test_cli_runner().invoke(args=list(words))


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Answered six years ago, by e-mail, and all done."""
    return ended(town)


@pytest.fixture
def kept(town: Town, complaint: Complaint) -> Complaint:
    """Another of that time, which somebody has said is kept, and which was let go and erased after the backup."""
    made = ended(town, code="M" * 24, name="Ines Falk")
    with clock.at(date(2030, 1, 7)), town.writing():
        operations.keep_longer(made, by=town.viewer(Role.MANAGER), because="A claim.")
    town.register.rollback()
    return made


@pytest.fixture
def waits(town: Town) -> Complaint:
    """A complaint of today, whose receipt waits to be mailed."""
    with clock.at(TODAY):
        return town.complains(code="W" * 24, name="Oda Lind", safe_contact={"channels": ["email"], "email": "oda@mail.example"})


@pytest.fixture
def backup(app: Flask, town: Town, complaint: Complaint, kept: Complaint, waits: Complaint, tmp_path: Path) -> Path:
    """Taken in the night; the next day both old complaints are erased."""
    app.extensions["portal"].files.mkdir()
    town.register.rollback()
    assert types(app, "backup", str(tmp_path / "copy")).exit_code == 0
    with clock.at(TODAY):
        with town.writing():
            operations.end_keeping(kept, by=town.viewer(Role.MANAGER), because="It was settled.")
        town.register.rollback()
        done = types(app, "erase", "--due", "--for-good", "--because", WHY)
    assert done.exit_code == 0 and "2 erased." in done.output, done.output
    return tmp_path / "copy"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Flask]:
    """An empty machine."""
    folder = tmp_path / "bare"
    folder.mkdir()
    made = portal_on(f"sqlite:///{folder / 'portal.db'}", folder / "files")
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def restored(backup: Path, bare: Flask) -> Flask:
    """The backup put back on the empty machine, with the list."""
    source = backup.parent / "erased.txt"
    with clock.at(TODAY):
        done = types(bare, "restore", str(backup), "--erased", str(source))
    assert done.exit_code == 0, done.output
    assert "2 complaints were erased again" in done.output and "The record is whole." in done.output
    return bare


def test_the_list_holds_a_day_and_a_reference_and_nothing_else(app: Flask, backup: Path, complaint: Complaint, kept: Complaint) -> None:
    path = app.extensions["portal"].erased_list
    assert path.read_text() == f"2032-05-24 {complaint.reference}\n2032-05-24 {kept.reference}\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_erasure_on_the_page_is_on_the_list_at_once(app: Flask, town: Town, client: CheckingClient, complaint: Complaint) -> None:
    reference = complaint.reference
    with clock.at(TODAY):
        let_in_staff(client, town.register, town.staff[Role.MANAGER], Role.MANAGER)
        town.register.rollback()
        assert client.send("/staff/time-over", {"because": WHY}).status_code == 303
    assert list(erasures.listed(app.extensions["portal"].erased_list)) == [reference]


def test_an_erasure_that_was_cut_short_is_put_on_the_list_by_the_worker_and_each_stands_there_once(app: Flask, town: Town, complaint: Complaint, tmp_path: Path) -> None:
    with clock.at(TODAY), town.writing():
        operations.erase(complaint, by=town.viewer(Role.MANAGER), because=WHY)
    path = tmp_path / "list.txt"
    path.write_text("2031-01-01 ABCDEFGHJ\n2032-05-")
    assert [erasures.bring_up_to_date(town.register, path) for _ in range(2)] == [1, 0]
    assert list(erasures.listed(path)) == ["ABCDEFGHJ", complaint.reference]


def test_nothing_of_what_was_erased_comes_back_and_the_record_is_whole(restored: Flask) -> None:
    with restored.extensions["sessions"]() as register:
        assert [one.words for one in register.scalars(select(Complaint).order_by(Complaint.id))][:2] == ["", ""]
        assert "Samira Haddad" not in register.scalars(select(Person.name)).all() and "Ines Falk" not in register.scalars(select(Person.name)).all()
        assert first_fault(register, restored.extensions["portal"].files) is None
    assert "Every event is as it was written." in types(restored, "verify").output
    restored.extensions["engine"].dispose()
    assert b"Ines Falk" not in Path(restored.extensions["engine"].url.database).read_bytes()
    assembly.check(restored)


def test_without_the_newer_list_only_what_the_backup_knows_is_erased_and_that_is_said(backup: Path, bare: Flask) -> None:
    done = types(bare, "restore", str(backup))
    assert done.exit_code == 0 and "nothing is erased again" in done.output and "0 complaints were erased again" in done.output


def test_no_mail_goes_after_a_restore_before_a_person_lets_it_and_then_nothing_old(restored: Flask) -> None:
    sent: list[object] = []

    def take(message: object) -> tuple[str]:
        sent.append(message)
        return ("accepted",)

    config = replace(restored.extensions["portal"], mail="smtp://127.0.0.1:1")
    office = Office(restored.extensions["sessions"], config, take)  # type: ignore[arg-type]
    with clock.at(TODAY):
        assert (office.deliver_all(), sent) == (0, [])
        done = types(restored, "release-mail")
        assert done.exit_code == 0 and "1 messages that waited in the backup do not go" in done.output
        assert (office.deliver_all(), sent) == (0, [])
        with restored.extensions["sessions"]() as register:
            assert [(one.outcome, one.trouble) for one in register.scalars(select(Outbox))][-1] == ("not sent", holding.OLD)
            assert register.scalars(select(Issue.state).where(Issue.state == "failed")).all() == ["failed"], "somebody looks whether they have it"
        with restored.extensions["sessions"]() as register, db.transaction(register):
            new = operations.Told(words="A new one.", name="Jo Reed", safe_contact={"channels": ["email"], "email": "jo@mail.example"})
            operations.raise_complaint(register, new, code="N" * 24)
        assert office.deliver_all() == 1, "what is written from now on goes"
    assert types(restored, "release-mail").exit_code == 1


def test_what_waited_goes_too_where_the_person_says_so(restored: Flask) -> None:
    config = replace(restored.extensions["portal"], mail="smtp://127.0.0.1:1")
    office = Office(restored.extensions["sessions"], config, lambda message: ("accepted",))  # type: ignore[arg-type, return-value]
    with clock.at(TODAY):
        assert types(restored, "release-mail", "--old-too").exit_code == 0
        assert office.deliver_all() == 1


def test_staff_see_that_mail_is_held(restored: Flask, town: Town) -> None:
    browser = restored.test_client()
    assert isinstance(browser, CheckingClient)
    with clock.at(TODAY), restored.extensions["sessions"]() as register:
        manager = next(staff for staff in register.scalars(select(type(town.staff[Role.MANAGER]))) if Role.MANAGER in staff.roles)
        let_in_staff(browser, register, manager, Role.MANAGER)
        register.rollback()
        assert "Nothing goes. A backup was put back on" in words_of(browser.page("/staff/mail"))


def test_nothing_serves_while_something_erased_is_there_again(app: Flask, backup: Path, bare: Flask) -> None:
    (backup / "portal.db").rename(Path(bare.extensions["engine"].url.database))
    config = bare.extensions["portal"]
    erasures.put_on(config.erased_list, erasures.listed(backup.parent / "erased.txt"))
    with pytest.raises(RuntimeError, match="2 complaints are there again that were erased"):
        assembly.check(bare)
    assert "flask erase --listed --for-good" in types(bare, "work", "--once").output
    assert "2 would be erased again. Nothing was changed" in types(bare, "erase", "--listed").output
    with clock.at(TODAY):
        assert "2 erased again." in types(bare, "erase", "--listed", "--for-good").output
    assembly.check(bare)


def test_a_backup_is_put_back_only_where_there_is_no_database_and_one_that_was_altered_takes_no_place(app: Flask, backup: Path, bare: Flask) -> None:
    refused = types(app, "restore", str(backup))
    assert refused.exit_code == 1 and "There is a database at" in refused.output
    copy = portal_on(f"sqlite:///{backup / 'portal.db'}", backup / "files")
    _behind_its_back(copy, "UPDATE complaint SET words = 'Nothing was wrong.' WHERE id = 3")
    copy.extensions["engine"].dispose()
    done = types(bare, "restore", str(backup))
    assert done.exit_code == 1, done.output
    assert not Path(bare.extensions["engine"].url.database).exists()


def test_the_sweep_leaves_the_list_alone(app: Flask, backup: Path) -> None:
    config = app.extensions["portal"]
    os.utime(config.erased_list, (0, 0))
    sweep(app.extensions["sessions"], config.files)
    assert config.erased_list.is_file()


@pytest.mark.parametrize("words", [["erase"], ["erase", "--due", "--listed"]])
def test_which_are_erased_is_said_and_not_guessed(app: Flask, words: list[str]) -> None:
    assert types(app, *words).exit_code == 2
