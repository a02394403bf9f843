"""What has come to the end of its time, on the staff's pages and in the command: listed, erased in one press with a reason, or kept."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.files import Room, take
from portal.complaints.models import Complaint
from portal.complaints.references import groups
from portal.complaints.settings import LandlordSetting, SettingChange
from portal.complaints.verify import first_fault
from portal.rules.steps import Step
from tests.browser_client import form_values, pick_form, words_of
from tests.resident.test_case import matched
from tests.staff.conftest import SignIn
from tests.town import Town, answering

LIST, TIMES = "/staff/time-over", "/staff/times"
ENDED, TODAY = date(2026, 5, 22), date(2032, 5, 24)
WHY = "Our retention policy of May 2026."


def ended(town: Town, **told: Any) -> Complaint:
    """A complaint that was answered, with nothing owed."""
    with clock.at(ENDED - timedelta(4)):
        found = matched(town, town.complains(**told))
    town.acknowledged(found, on=ENDED - timedelta(2))
    with clock.at(ENDED), town.writing():
        town._issue(found, operations.respond(found, answering(1) | {"actions": []}, by=town.viewer(Role.HANDLER)))
    town.register.rollback()
    return found


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """One whose time ends on 22 May 2032."""
    return ended(town)


def again(town: Town, complaint: Complaint) -> Complaint:
    """The complaint as it is now."""
    town.register.rollback()
    town.register.expire_all()
    return complaint


def test_a_manager_erases_in_one_press_with_a_reason_that_stays_on_the_record(town: Town, app: Flask, signed_in: SignIn, complaint: Complaint) -> None:
    reference = complaint.reference
    with clock.at(TODAY):
        manager = signed_in(Role.MANAGER)
        said = words_of(manager.page(LIST))
        assert "Samira Haddad" in said and " ".join(groups(reference)) in said and "Its time ended on Saturday 22 May 2032" in said
        refused = manager.send(LIST, {"because": ""})
        assert refused.status_code == 422 and "Write why" in words_of(refused.get_data(as_text=True))
        assert manager.send(LIST, {"because": WHY}).location == LIST
        said = words_of(manager.page(LIST))
        assert "Nothing today." in said and "Erased. What is counted stays" in said
        assert manager.get(f"/staff/complaints/{reference}").status_code == 404
        assert "erased" in words_of(signed_in(Role.AUDITOR).page("/staff/record"))
    last = again(town, complaint).events[-1]
    assert (last.step, last.actor) == (Step.ERASED, f"staff:{town.staff[Role.MANAGER].id}")
    town.register.rollback()
    assert first_fault(town.register, app.extensions["portal"].files) is None


def test_one_that_is_unticked_stays(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    other = ended(town, code="M" * 24, name="Tomasz Wilk")
    with clock.at(TODAY):
        manager = signed_in(Role.MANAGER)
        manager.send(LIST, {"because": WHY, "chosen": [str(other.id)]})
        assert "Samira Haddad" in words_of(manager.page(LIST)) and "Tomasz" not in words_of(manager.page(LIST))
        empty = manager.send(LIST, {"because": WHY, "chosen": []})
    assert empty.status_code == 422 and "Tick the complaints to erase" in words_of(empty.get_data(as_text=True))


def test_one_that_is_not_on_the_list_is_not_erased_whatever_is_sent(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    young = town.complains(code="M" * 24)
    with clock.at(TODAY):
        answer = signed_in(Role.MANAGER).send(LIST, {"because": WHY, "chosen": [str(complaint.id), str(young.id)]})
    assert answer.status_code == 422
    assert again(town, complaint).erased_on is None and young.erased_on is None


def test_one_in_which_something_happened_meanwhile_stays_and_so_do_the_others(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    other = ended(town, code="M" * 24)
    with clock.at(TODAY):
        manager = signed_in(Role.MANAGER)
        page = manager.page(LIST)
        filled = form_values(pick_form(page, 0)) | {"because": WHY}
        with town.writing():
            operations.write(other, "It leaks again.", by=town.resident(other))
        town.register.rollback()
        answer = manager.post(LIST, data=filled)
    assert answer.status_code == 422
    assert again(town, complaint).erased_on is None and other.erased_on is None


def test_a_manager_keeps_one_longer_with_a_reason_and_lets_it_go_again(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    case = f"/staff/complaints/{complaint.reference}"
    with clock.at(date(2031, 1, 6)):
        manager = signed_in(Role.MANAGER)
        manager.page(case)
        assert manager.send(f"{case}/keep").status_code == 422
        assert manager.send(f"{case}/keep", {"because": "A claim before the county court."}).status_code == 303
        assert "wrote down why it is kept for longer" in words_of(manager.page(case))
    with clock.at(TODAY):
        manager = signed_in(Role.MANAGER)
        said = words_of(manager.page(LIST))
        assert "Nothing today." in said and "Somebody wrote down why it is kept for longer." in said
        assert "A claim before the county court." in words_of(manager.page(f"{case}/keep"))
        assert manager.send(f"{case}/keep", {"ended": "The claim was settled."}, form="/keep/end").status_code == 303
        assert "Erase those that are ticked" in words_of(manager.page(LIST))


def test_what_the_ombudsman_has_is_kept_until_a_manager_writes_that_they_are_done(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    case = f"/staff/complaints/{complaint.reference}"
    with clock.at(date(2026, 6, 1)), town.writing():
        operations.ombudsman_has(complaint, by=town.viewer(Role.LIAISON), theirs="HO-1")
    with clock.at(date(2032, 6, 7)):
        manager = signed_in(Role.MANAGER)
        assert "The Ombudsman has it." in words_of(manager.page(LIST))
        tomorrow = manager.send(f"{case}/keep", {"on": "8 June 2032"}, form="/keep/ombudsman")
        assert tomorrow.status_code == 422 and "This day has not come yet." in words_of(tomorrow.get_data(as_text=True))
        assert manager.send(f"{case}/keep", {"on": "7 June 2032"}, form="/keep/ombudsman").status_code == 303
        assert "Erase those that are ticked" in words_of(manager.page(LIST))


def test_the_times_are_set_with_what_they_rest_on_and_who_set_them(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2031, 5, 26)):
        manager = signed_in(Role.ADMINISTRATOR)
        assert "Nobody here has checked these yet" in words_of(manager.page(TIMES))
        bad = manager.send(TIMES, {"keep_years": "0", "source": "Our policy", "checked": "26 May 2031"})
        assert bad.status_code == 422 and "Write a number from 1 to 30" in words_of(bad.get_data(as_text=True))
        assert manager.send(TIMES, {"keep_years": "5", "source": "Our policy", "checked": "26 May 2031"}).status_code == 303
        said = words_of(manager.page(TIMES))
        assert "Before: 6 years" in said and "Administrator Person" in said
        assert "Samira Haddad" in words_of(signed_in(Role.MANAGER).page(LIST))
    rows = {row.name: (row.value, row.source, row.checked_on) for row in town.register.query(LandlordSetting)}
    assert rows["keep_years"] == (5, "Our policy", date(2031, 5, 26)) and rows["data_months"][0] == 1
    assert [(one.name, one.before, one.after) for one in town.register.query(SettingChange)] == [("keep_years", 6, 5)]
    town.register.rollback()


def run(app: Flask, *said: str) -> Any:
    """The command, in the installation of the test."""
    return app.test_cli_runner().invoke(args=["erase", *said])


def test_the_command_says_what_it_would_do_and_does_it_only_when_told(town: Town, app: Flask, complaint: Complaint) -> None:
    reference = complaint.reference
    kept = ended(town, code="M" * 24)
    with clock.at(date(2026, 6, 1)), town.writing():
        operations.keep_longer(kept, by=town.viewer(Role.MANAGER), because="A claim.")
    town.register.rollback()
    with clock.at(TODAY):
        dry = run(app, "--due")
        assert dry.exit_code == 0 and f"{reference}: its time ended on Saturday 22 May 2032." in dry.output
        assert "1 would be erased, 1 are kept. Nothing was changed" in dry.output and "Samira" not in dry.output
        assert again(town, complaint).erased_on is None
        town.register.rollback()
        assert run(app, "--due", "--for-good").exit_code == 2
        done = run(app, "--due", "--for-good", "--because", WHY)
    assert done.exit_code == 0 and "1 erased." in done.output
    assert again(town, complaint).erased_on == TODAY and kept.erased_on is None
    town.register.rollback()
    with clock.at(TODAY):
        assert "0 would be erased, 1 are kept." in run(app, "--due").output
    verified = app.test_cli_runner().invoke(args=["verify"])
    assert verified.exit_code == 0, verified.output


def test_the_files_of_what_is_erased_leave_the_disk(town: Town, app: Flask, complaint: Complaint) -> None:
    files = app.extensions["portal"].files
    with clock.at(ENDED), town.writing():
        operations.attach_file(complaint, take(files, "note.txt", io.BytesIO(b"What I saw."), Room()), party_id=complaint.resident.id)
    town.register.rollback()
    assert len(list(files.iterdir())) == 1
    with clock.at(TODAY):
        assert run(app, "--due", "--for-good", "--because", WHY).exit_code == 0
    assert list(files.iterdir()) == []
