"""Older complaints are brought in whole, on their true days, under the Code of those days, and recorded as of now."""

import copy
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from portal import clock, db
from portal.access import Role
from portal.complaints import importing, operations
from portal.complaints.importing import NotWhole
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.recording import deadlines_of, edition_of
from portal.complaints.verify import first_fault
from portal.rules.steps import RuleBroken, Step
from tests.town import Town

DOCUMENT = Path(__file__).parents[2] / "docs" / "importing.md"
NOW = date(2026, 5, 11)


def example() -> dict[str, Any]:
    """The complaint in the document, so that what it says is true."""
    found = re.search(r"```json\n(.*?)```", DOCUMENT.read_text(), re.S)
    assert found
    case: dict[str, Any] = json.loads(found[1])[0]
    return case


def bring_in(town: Town, case: dict[str, Any], folder: Path) -> Complaint:
    with clock.at(NOW), db.transaction(town.register):
        return operations.bring_in(
            town.register, case, by=town.viewer(Role.MANAGER), folder=folder, files_folder=folder / "kept"
        )


def test_ruling_33_a_case_of_2022_is_brought_in_with_its_true_days_each_stage_under_its_own_edition(town: Town, tmp_path: Path) -> None:
    complaint = bring_in(town, example(), tmp_path)
    assert (complaint.edition, edition_of(complaint).id) == ("housing-ombudsman-2022", "housing-ombudsman-2022+housing-ombudsman-2024")
    assert (complaint.received_on, complaint.stage) == (date(2024, 3, 4), 2)
    stage_1 = {one.step: one for one in deadlines_of(complaint) if one.stage == 1}
    assert (stage_1[Step.ACKNOWLEDGED].due_on, stage_1[Step.ACKNOWLEDGED].met_on) == (date(2024, 3, 11), date(2024, 3, 7))
    assert (stage_1[Step.RESPONDED].due_on, stage_1[Step.RESPONDED].met_on) == (date(2024, 3, 21), date(2024, 3, 20))
    promise = stage_1[Step.ACTION_PROMISED]
    assert (promise.due_on, promise.met_on, promise.state(NOW)) == (date(2024, 4, 12), date(2024, 4, 15), "met_late")
    assert stage_1[Step.ACKNOWLEDGED].provision == "4.1"
    stage_2 = next(one for one in deadlines_of(complaint) if (one.stage, one.step) == (2, Step.ACKNOWLEDGED))
    assert (stage_2.due_on, stage_2.provision, stage_2.state(NOW)) == (date(2024, 4, 29), "6.11", "late")


def test_ruling_12_what_happened_then_is_recorded_as_of_now_by_whoever_brought_it_in(town: Town, tmp_path: Path) -> None:
    complaint = bring_in(town, example(), tmp_path)
    assert {clock.day_of(one.at) for one in complaint.happenings} == {NOW}
    assert {one.by for one in complaint.happenings} == {f"staff:{town.staff[Role.MANAGER].id}"}
    days = [one.on for one in complaint.happenings if one.step is not Step.ISSUED]
    assert days[0] == date(2024, 3, 4) and max(days) == date(2024, 4, 22)
    assert first_fault(town.register) is None


def test_nothing_is_sent_and_what_an_old_letter_lacked_is_owed(town: Town, tmp_path: Path) -> None:
    case = example() | {"contact": {"channels": ["email"], "email": "resident@example.org"}}
    complaint = bring_in(town, case, tmp_path)
    assert town.register.scalar(select(func.count(Outbox.id))) == 0
    assert [(letter.kind, letter.issues[0].state) for letter in complaint.letters] == [("acknowledgement", "issued"), ("response", "issued")]
    assert Step.COMPLETED in {one.step for one in deadlines_of(complaint) if one.met_on is None}


def test_a_complaint_whose_letters_were_whole_owes_nothing_once_all_is_done(town: Town, tmp_path: Path) -> None:
    case = example()
    del case["happened"][3]
    case["happened"][1]["parts"] = "all"
    complaint = bring_in(town, case, tmp_path)
    assert (complaint.next_due, complaint.answered_on, complaint.all_done_on) == (None, date(2024, 3, 20), date(2024, 4, 15))


def test_a_letter_is_kept_with_its_file_from_beside_the_list_and_from_nowhere_else(town: Town, tmp_path: Path) -> None:
    case = example()
    (tmp_path / "letter.txt").write_text("Dear resident")
    case["happened"][0]["file"] = "letter.txt"
    complaint = bring_in(town, case, tmp_path)
    assert [file.name for file in complaint.files] == ["letter.txt"]
    folder = tmp_path / "within"
    folder.mkdir()
    case["happened"][0]["file"] = "../letter.txt"
    with pytest.raises(NotWhole, match="there is no file"):
        bring_in(town, case, folder)


def wrong(case: dict[str, Any], change: str) -> None:
    """Something that cannot have been so, or that nobody can read."""
    happened = case["happened"]
    if change == "no name":
        del case["name"]
    elif change == "no day":
        case["received_on"] = "4 March"
    elif change == "before receipt":
        happened[0]["on"] = "2024-03-01"
    elif change == "to come":
        happened[3]["on"] = "2026-06-01"
    elif change == "stage 3":
        happened.append({"what": "stage 3", "on": "2024-05-01"})
    elif change == "answered twice":
        happened.insert(2, dict(happened[1]))
    elif change == "no such part":
        happened[1]["parts"] = ["poetry"]
    elif change == "no such action":
        happened[2]["action"] = "Something else"
    elif change == "nobody":
        case["handler"] = "nobody@landlord.example"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("no name", "“name” is missing"), ("no day", "“received_on” is missing as a day like 2024-03-12"),
        ("before receipt", "is before"), ("to come", "has not come yet"), ("stage 3", "number 5 of what happened: it can be"),
        ("answered twice", "answered already"), ("no such part", "the letter has no part 'poetry'"),
        ("no such action", "no action of these words"), ("nobody", "Nobody here has the e-mail address"),
    ],
)  # fmt: skip
def test_what_cannot_have_been_so_is_said_and_nothing_of_it_is_kept(town: Town, tmp_path: Path, change: str, why: str) -> None:
    case = copy.deepcopy(example())
    wrong(case, change)
    with pytest.raises((NotWhole, RuleBroken), match=re.escape(why)):
        bring_in(town, case, tmp_path)
    assert town.register.scalar(select(func.count(Complaint.id))) == 0


def test_its_number_marks_what_was_brought_in_and_is_not_in_the_record_itself(town: Town, tmp_path: Path) -> None:
    complaint = bring_in(town, example(), tmp_path)
    assert importing.brought_before(town.register) == {importing.mark("C/2024/0117")}
    assert "C/2024/0117" not in "".join(event.details for event in complaint.events)
