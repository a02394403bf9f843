"""What we measure: counted by month from the record, said in a sentence each, and the same in a file."""

from collections import Counter
from datetime import date, datetime

import pytest

from portal import access, clock
from portal.access import Do, Role
from portal.complaints import figures, operations
from portal.complaints.figures import FIGURES, HeldBack, Month
from portal.complaints.models import Complaint
from portal.complaints.told import TakenDown, Told
from tests.browser_client import CheckingClient, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_extending import acknowledged, extend
from tests.town import Town

TODAY = date(2026, 6, 15)


def counted(browser: CheckingClient) -> dict[str, dict[str, str]]:
    """The page as a table: month, then figure, then what stands there."""
    ids = {figure.label: figure.id for figure in FIGURES}
    lines = browser.page("/staff/figures").xpath("//tbody/tr")
    return {
        f"{datetime.strptime(line.xpath('string(th)'), '%B %Y'):%Y-%m}": {ids[cell.get("data-label")]: cell.text_content().strip() for cell in line.xpath("td")}
        for line in lines
    }  # fmt: skip


def in_the_file(browser: CheckingClient) -> dict[str, dict[str, str]]:
    """The same of the file for a spreadsheet."""
    answer = browser.get("/staff/figures.csv")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    names, *lines = [line.split(",") for line in answer.get_data(as_text=True).splitlines()]
    return {line[0]: dict(zip(names[1:], line[1:], strict=True)) for line in lines}


def logged(town: Town, received: date, on: date) -> Complaint:
    told = Told(name="Tomasz Wilk", words="No heat.", address="2 Quarry Bank", safe_contact={"channels": ["portal"]}, channel="phone")
    with clock.at(on):
        taken = TakenDown(by=town.viewer(Role.COLLEAGUE), received_on=received, first_heard_by="The caretaker", late_because="Busy.")
        with town.writing():
            return operations.log_complaint(town.register, told, taken)[0]


def test_ruling_13_corrections_of_the_day_of_receipt_are_counted_earlier_and_later_in_their_month(town: Town, signed_in: SignIn) -> None:
    made = logged(town, date(2026, 5, 14), date(2026, 5, 15))
    for to, on in ((date(2026, 5, 12), date(2026, 5, 16)), (date(2026, 5, 13), date(2026, 6, 2)), (date(2026, 5, 11), date(2026, 6, 3))):
        with clock.at(on), town.writing():
            operations.correct_receipt(made, to, "It was so.", by=town.viewer(Role.MANAGER))
    town.register.rollback()
    with clock.at(TODAY):
        found = counted(signed_in(Role.MANAGER))
    assert [(found[month]["earlier"], found[month]["later"]) for month in ("2026-05", "2026-06")] == [("1", "0"), ("1", "1")]


def test_ruling_31_extensions_and_those_for_good_reason_are_counted_apart(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    extend(town, signed_in, complaint, date(2026, 5, 22))
    extend(town, signed_in, complaint, date(2026, 6, 8), new_date="23 June 2026", good_reason="The only roofer is ill.")
    with clock.at(TODAY):
        found = counted(signed_in(Role.MANAGER))
    assert [(found[month]["extended"], found[month]["good_reason"]) for month in ("2026-05", "2026-06")] == [("1", "0"), ("1", "1")]


def test_ruling_39_what_was_put_aside_stays_counted_when_it_is_taken_up_again(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 6, 1)):
        complaint = town.complains()
        with town.writing():
            operations.mark_spam(complaint, by=town.viewer(Role.MANAGER), why="An advertisement.")
        with town.writing():
            operations.unmark_spam(complaint, by=town.viewer(Role.MANAGER), why="It is not.")
    town.register.rollback()
    with clock.at(TODAY):
        found = counted(signed_in(Role.MANAGER))["2026-06"]
    assert (found["spam"], found["not_spam"]) == ("1", "1")


@pytest.mark.parametrize(("on", "late"), [(date(2026, 5, 18), "0"), (date(2026, 5, 19), "1")])
def test_a_complaint_is_late_at_birth_once_its_acknowledgement_was_due_before_it_was_written_down(
    town: Town, signed_in: SignIn, on: date, late: str
) -> None:
    logged(town, date(2026, 5, 11), on)
    town.register.rollback()
    with clock.at(TODAY):
        assert counted(signed_in(Role.MANAGER))["2026-05"]["late_at_birth"] == late


def test_the_page_has_twelve_months_and_says_what_each_figure_counts_and_where_the_code_asks_it(town: Town, signed_in: SignIn) -> None:
    logged(town, date(2025, 5, 1), date(2025, 6, 2))
    town.register.rollback()
    with clock.at(TODAY):
        browser = signed_in(Role.MANAGER)
        assert "What we measure" in words_of(browser.page("/staff/account"))
        page = browser.page("/staff/figures")
        said = words_of(page)
    assert len(page.xpath("//tbody/tr")) == 12 and "June 2026" in said and "July 2025" in said and "June 2025" not in said
    for words in ("moved the day of receipt later", "gave a good reason", "Put aside as nobody’s complaint", "Code 6.4", "Code 5.12", "Code 6.2"):
        assert words in said, words


MAY = date(2026, 5, 1)
SMALL, GIVES_ANOTHER = HeldBack.SMALL, HeldBack.GIVES_ANOTHER


@pytest.mark.parametrize(
    ("extended", "good_reason", "shown"),
    [
        (0, 0, (0, 0)), (1, 0, (SMALL, 0)), (4, 4, (SMALL, SMALL)), (5, 0, (5, 0)), (5, 3, (5, SMALL)), (9, 5, (9, GIVES_ANOTHER)), (9, 8, (9, GIVES_ANOTHER)), (9, 9, (9, 9)),
        (10, 5, (10, 5)), (12, 4, (12, SMALL)),
    ],
)  # fmt: skip
def test_EX3_A6_nothing_from_1_to_4_is_said_nor_what_would_give_it_by_a_subtraction(extended: int, good_reason: int, shown: tuple[object, object]) -> None:
    cells = Month(MAY, Counter({"extended": extended, "good_reason": good_reason, "spam": extended})).held_back
    assert (cells["extended"], cells["good_reason"]) == shown
    assert cells["spam"] == (SMALL if 0 < extended < 5 else extended) and cells["earlier"] == 0
    assert set(cells) == {figure.id for figure in FIGURES}


@pytest.mark.parametrize(("role", "page"), [(Role.MANAGER, ("2", "9", "6")), (Role.LEAD, ("2", "9", "6")), (Role.GOVERNOR, ("under 5", "9", "not shown"))])
def test_EX3_A6_whoever_reads_no_complaint_and_every_file_has_small_numbers_held_back(
    town: Town, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, role: Role, page: tuple[str, ...]
) -> None:
    monkeypatch.setattr(figures, "by_month", lambda _register: [Month(MAY, Counter({"spam": 2, "extended": 9, "good_reason": 6}))])
    browser = signed_in(role)
    for found, expected in ((counted(browser), page), (in_the_file(browser), ("under 5", "9", "not shown"))):
        assert tuple(found["2026-05"][name] for name in ("spam", "extended", "good_reason")) == expected
        assert found["2026-05"]["earlier"] == "0"
    said = words_of(browser.page("/staff/figures"))
    assert ("could point at one person" in said) is (role is Role.GOVERNOR) and ("A file can go anywhere" in said) is (role is not Role.GOVERNOR)


def test_EX3_A6_who_may_not_read_a_complaint_is_who_has_small_numbers_held_back() -> None:
    for role in access.RULES[Do.READ_FIGURES]:
        assert (role in access.RULES[Do.READ_CASE]) is (role in access.RULES[Do.READ_QUEUE]), role
