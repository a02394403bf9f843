"""A few questions about the resident once a complaint was sent: none has to be answered, and what is said is counted and kept of nobody."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import select

from portal import clock
from portal.access import Role
from portal.accounts.visits import PARTY_VISIT
from portal.complaints import equality, operations
from portal.complaints.equality import QUESTIONS, HalfYear
from portal.complaints.record import IdempotencyKey
from portal.complaints.typed_words import TypedWords
from portal.db import Base, Register
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident, let_in_staff
from tests.resident.test_stopping import acting_for_edna, browsers
from tests.town import Town

RECEIPT, QUESTIONS_PAGE, SHOWN = "/your-complaint/receipt", "/your-complaint/about-you", "/staff/residents"
SAID = {"age": "45_to_64", "disability": "yes", "ethnic_group": "arab"}
NONE = {question.name: dict.fromkeys(question.answers, 0) for question in QUESTIONS}


def counted(register: Register) -> dict[date, dict[str, dict[str, int]]]:
    """Every half-year there is, and its numbers that are not nothing."""
    register.rollback()
    register.expire_all()
    found = {half.began_on: {name: some for name, numbers in half.counts.items() if (some := {answer: n for answer, n in numbers.items() if n})} for half in register.scalars(select(HalfYear))}
    register.rollback()
    return found


def everything(register: Register) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as it is kept."""
    register.rollback()
    found = {name: sorted((tuple(row) for row in register.execute(select(table))), key=str) for name, table in Base.metadata.tables.items()}
    register.rollback()
    return found


def test_item_67_questions_are_offered_after_sending_with_why_none_is_chosen_and_none_has_to_be_answered(client: CheckingClient, town: Town) -> None:
    let_in_resident(client, town.register, town.complains())
    assert client.page(RECEIPT).xpath(f"//main//a[@href='{QUESTIONS_PAGE}']")
    page = client.page(QUESTIONS_PAGE)
    said = words_of(page)
    for words in ("whether some residents are treated worse", "Answer as many as you like, or none.", "Nobody who works on complaints sees what you answer.", "you cannot change them or take them back"):
        assert words in said, words
    assert len(page.xpath("//main//fieldset")) == len(QUESTIONS) == len(page.xpath("//main//input[@type='radio'][@value='']")) and not page.xpath("//main//input[@checked]")
    assert client.send(QUESTIONS_PAGE).location == f"{RECEIPT}?counted=yes#about"
    assert list(counted(town.register).values()) == [{}]


def test_item_67_an_answer_is_counted_once_and_the_offer_goes_with_the_visit_alone(client: CheckingClient, town: Town) -> None:
    let_in_resident(client, town.register, town.complains())
    page = client.page(QUESTIONS_PAGE)
    key = page.xpath("string(//main//input[@name='key']/@value)")
    assert client.send(QUESTIONS_PAGE, SAID | {"sex": "", "key": key}).status_code == 303
    thanked = client.page(f"{RECEIPT}?counted=yes")
    assert words_of(thanked.xpath("//section[@aria-labelledby='about']//*[@role='status']")[0]) == "Thank you"
    assert "See the questions" not in words_of(thanked) + words_of(client.page(RECEIPT))
    assert client.get(QUESTIONS_PAGE).location == RECEIPT
    with client.session_transaction(base_url="http://localhost") as cookie:
        del cookie["counted"]
    assert client.send(QUESTIONS_PAGE, {"age": "under_25", "key": key}).status_code == 303, "the same press once more, whatever it says"
    assert counted(town.register) == {equality.half_year_of(clock.today()): {name: {answer: 1} for name, answer in SAID.items()}}


def test_item_67_nothing_that_is_kept_leads_from_an_answer_to_anybody(client: CheckingClient, town: Town) -> None:
    complaint = town.complains()
    let_in_resident(client, town.register, complaint)
    before = everything(town.register)
    assert client.send(QUESTIONS_PAGE, SAID).status_code == 303
    after = everything(town.register)
    assert {name for name in after if after[name] != before[name]} == {"equality_half_year", "idempotency_key"}
    pressed = town.register.scalars(select(IdempotencyKey).order_by(IdempotencyKey.at.desc())).first()
    assert pressed is not None and (pressed.fingerprint, pressed.answer) == (hashlib.sha256(QUESTIONS_PAGE.encode()).hexdigest(), RECEIPT)
    (half,) = town.register.scalars(select(HalfYear))
    assert (half.began_on.day, half.began_on.month) in ((1, 4), (1, 10)) and {name: set(numbers) for name, numbers in half.counts.items()} == {name: set(numbers) for name, numbers in NONE.items()}


def test_item_67_answers_that_come_when_a_visit_has_run_out_are_not_even_kept_for_an_hour(client: CheckingClient, town: Town) -> None:
    let_in_resident(client, town.register, town.complains())
    page = client.page(QUESTIONS_PAGE)
    with clock.at(clock.now() + PARTY_VISIT):
        assert client.post(QUESTIONS_PAGE, data=form_values(pick_form(page, 0)) | SAID).location == "/follow"
    assert (town.register.scalars(select(TypedWords)).all(), counted(town.register)) == ([], {})


def test_item_67_whoever_complained_for_somebody_answers_of_them(client: CheckingClient, town: Town) -> None:
    _, rhys, _ = browsers(client, town, acting_for_edna(town))
    page = rhys.page(QUESTIONS_PAGE)
    assert "Answer these for the person whose complaint it is" in words_of(page) and page.xpath("//main//a[@href='/for-somebody']")
    assert rhys.send(QUESTIONS_PAGE, {"age": "over_64"}).location == "/for-somebody?counted=yes#about"
    assert list(counted(town.register).values()) == [{"age": {"over_64": 1}}]


def test_what_is_no_answer_of_ours_is_told_beside_the_question_and_nothing_is_counted(client: CheckingClient, town: Town) -> None:
    let_in_resident(client, town.register, town.complains())
    answer = client.send(QUESTIONS_PAGE, SAID | {"sex": "nothing of ours"})
    assert answer.status_code == 422 and "Choose from the answers on this page" in words_of(answer.get_data(as_text=True))
    assert 'value="45_to_64" checked' in answer.get_data(as_text=True) and counted(town.register) == {}


def test_EX3_A6_item_67_half_years_that_are_over_are_shown_and_no_number_under_5_nor_a_total(client: CheckingClient, town: Town) -> None:
    let_in_staff(client, town.register, town.staff[Role.GOVERNOR], Role.GOVERNOR)
    assert [words_of(each) for each in client.page(SHOWN).find_class("none")] == ["Nothing yet."]
    for day, many, said in ((date(2026, 3, 31), 6, {"sex": "man"}), (date(2026, 4, 1), 5, SAID), (date(2026, 9, 30), 4, {"disability": "no"}), (date(2026, 10, 1), 9, {"age": "under_25"})):
        with clock.at(day), town.writing():
            for _ in range(many):
                operations.count_answers(town.register, said)
    town.register.rollback()
    with clock.at(date(2027, 3, 31)):
        let_in_staff(client, town.register, town.staff[Role.GOVERNOR], Role.GOVERNOR)
        assert client.page("/staff/figures").xpath(f"//main//a[@href='{SHOWN}']")
        page = client.page(SHOWN)
        summer, winter = page.xpath("//main//section")
        assert [words_of(each.find("h2")) for each in (summer, winter)] == ["April 2026 to September 2026", "October 2025 to March 2026"]
        assert numbers(summer) == {("How old are you?", "45 to 64"): "5", ("Do you see yourself as disabled, or as having an illness or condition that lasts?", "Yes"): "5", ("Which ethnic group do you feel you belong to?", "Arab"): "5"}
        assert numbers(winter) == {("Are you a woman, a man or neither of these?", "A man"): "6"}
    with clock.at(date(2027, 4, 1)):
        let_in_staff(client, town.register, town.staff[Role.LEAD], Role.LEAD)
        assert numbers(client.page(SHOWN).xpath("//main//section")[0]) == {("How old are you?", "Under 25"): "9"}
        let_in_staff(client, town.register, town.staff[Role.MANAGER], Role.MANAGER)
        assert client.get(SHOWN).status_code == 404 and not client.page("/staff/figures").xpath(f"//main//a[@href='{SHOWN}']")


def numbers(part: object) -> dict[tuple[str, str], str]:
    """What stands beside each answer to each question of a half-year, where it is not that it is under 5."""
    asked = zip(part.xpath(".//h3"), part.xpath(".//dl"), strict=True)  # type: ignore[attr-defined]
    found = {(words_of(asks), words_of(each.find("dt"))): words_of(each.find("dd")) for asks, facts in asked for each in facts.xpath("div")}
    return {name: said for name, said in found.items() if said != "under 5"}


@pytest.mark.parametrize(
    ("day", "began"),
    [(date(2026, 1, 1), date(2025, 10, 1)), (date(2026, 3, 31), date(2025, 10, 1)), (date(2026, 4, 1), date(2026, 4, 1)), (date(2026, 9, 30), date(2026, 4, 1)), (date(2026, 10, 1), date(2026, 10, 1)), (date(2026, 12, 31), date(2026, 10, 1))],
)  # fmt: skip
def test_a_half_year_begins_in_april_and_in_october(day: date, began: date) -> None:
    assert equality.half_year_of(day) == began
