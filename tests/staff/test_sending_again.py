"""A letter that somebody cannot read: said from its page or by staff, sent again in another form, counted from then (rulings 14, 51, 52)."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import text

from portal import clock
from portal.access import MACHINE, Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import Adjustment
from portal.complaints.recording import deadlines_of
from portal.complaints.verify import first_fault
from portal.rules.deadlines import Deadline
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.town import ACKNOWLEDGING, Town

CANNOT = "I cannot read this letter in this form"
EVERY_WAY = {"channels": ["email", "phone", "post"], "email": "s.haddad@mail.example", "phone": "01632 960111", "post": "14 Quarry Bank"}


@pytest.fixture
def complaint(town: Town) -> Iterator[Complaint]:
    """Received on Monday 11 May and acknowledged by email on the 12th; today is Friday the 15th."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains(safe_contact={"channels": ["email", "phone"], "email": "s.haddad@mail.example", "phone": "01632 960111"})
    town.acknowledged(made, on=date(2026, 5, 12))
    with clock.at(date(2026, 5, 15)):
        with town.writing():
            made.resident.person.safe_contact, made.resident.person.post = EVERY_WAY, "14 Quarry Bank"
        yield made


@pytest.fixture
def resident(town: Town, client: CheckingClient, complaint: Complaint) -> CheckingClient:
    """The resident, let in."""
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    return client


def here(complaint: Complaint, then: str = "") -> str:
    return f"/staff/complaints/{complaint.reference}{then}"


def again(town: Town, complaint: Complaint) -> Complaint:
    town.register.rollback()
    town.register.expire_all()
    return complaint


def owed(complaint: Complaint, step: Step) -> Deadline:
    return next(one for one in deadlines_of(complaint) if one.step is step)


def says_so(resident: CheckingClient, **told: object) -> None:
    answer = resident.send("/your-complaint/letters/2/cannot-read", {"words": "", **told})
    assert answer.location == "/your-complaint/letters/2", words_of(answer.get_data(as_text=True))


def test_ruling_51_the_resident_says_it_in_one_press_and_the_letter_is_owed_again(town: Town, resident: CheckingClient, complaint: Complaint) -> None:
    assert CANNOT in words_of(resident.page("/your-complaint/letters/2"))
    says_so(resident, kinds=["easy_read"])
    assert owed(again(town, complaint), Step.ACKNOWLEDGED).met_on is None
    assert (complaint.next_step, complaint.next_due) == ("issued", date(2026, 5, 18))
    assert first_fault(town.register) is None
    town.register.rollback()
    letter, case = words_of(resident.page("/your-complaint/letters/2")), words_of(resident.page("/your-complaint"))
    assert "You told us so on Friday 15 May 2026." in letter and CANNOT not in letter
    assert "We wrote to you in a form that you cannot use." in case and "We send it to you again, in another form" in case
    assert "You told us that you cannot read a letter in this form." in case
    assert resident.get("/your-complaint/letters/2/cannot-read").location == "/your-complaint/letters/2"


def test_ruling_51_staff_see_it_waits_and_send_it_again_in_large_print(
    town: Town, resident: CheckingClient, signed_in: SignIn, complaint: Complaint
) -> None:
    says_so(resident)
    lewis = signed_in(Role.TRIAGE)
    assert "in a form they can use" in words_of(lewis.page("/staff/from-residents"))
    page = words_of(lewis.page(here(complaint)))
    assert "Send it again, in a form they can use, by Friday 22 May: The stage 1 acknowledgement" in page and "not usable" in page
    assert "Send Samira Haddad the acknowledgement again, in a form they can use" in page and "Send it again in another form" in page
    assert "Send Samira Haddad the acknowledgement again, in a form they can use" in words_of(lewis.page("/staff"))
    assert lewis.send(here(complaint, "/letters/2/again"), {"way": "large_print"}).location == here(complaint, "/letters/2")
    assert "By post, in large print" in words_of(lewis.page("/staff/letters"))
    assert "large-print" in lewis.page(here(complaint, "/letters/2")).find("body").get("class")
    assert "Large print, 18 point" in words_of(lewis.page("/staff/letters/print"))
    assert lewis.send(here(complaint, "/letters/2/posted"), {"as_asked": "yes"}).status_code == 303
    assert owed(again(town, complaint), Step.ACKNOWLEDGED).met_on == date(2026, 5, 15)
    assert complaint.waiting_since is None
    town.register.rollback()
    assert "By post, in large print: it went on Friday 15 May 2026." in words_of(resident.page("/your-complaint/letters/2"))
    assert "We sent you a letter again, in another form." in words_of(resident.page("/your-complaint"))


def test_rulings_51_52_the_codes_date_moves_with_the_usable_one_and_the_date_told_stays(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    told = owed(complaint, Step.RESPONDED)
    assert (told.due_on, told.code_due) == (date(2026, 5, 27), date(2026, 5, 27))
    town.register.rollback()
    browser = signed_in(Role.HANDLER)
    with clock.at(date(2026, 5, 20)):
        browser = signed_in(Role.HANDLER)
        assert browser.send(here(complaint, "/letters/2/again"), {"way": "read_out"}).status_code == 303
        first, answer = owed(again(town, complaint), Step.ACKNOWLEDGED), owed(complaint, Step.RESPONDED)
        assert (first.met_on, first.due_on) == (date(2026, 5, 20), date(2026, 5, 18)), "the gap shows as late"
        assert (answer.code_due, answer.due_on) == (date(2026, 6, 4), date(2026, 5, 27))
        page = words_of(browser.page(here(complaint)))
        assert "We told them this day, so it stays." in page
        assert "The stage 1 acknowledgement was read out by phone." in page


def test_ruling_51_an_answer_read_out_weeks_later_was_given_then_and_not_before(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    letter = town.answered(complaint)
    assert complaint.answered_on == date(2026, 5, 15)
    town.register.rollback()
    with clock.at(date(2026, 6, 1)):
        browser, copies = signed_in(Role.MANAGER), [issue.id for issue in letter.issues]
        url = here(complaint, f"/letters/{letter.number}/again")
        assert browser.send(url, {"way": "later", "copies": copies}).status_code == 303
        assert again(town, complaint).answered_on is None
        town.register.rollback()
        page = words_of(browser.page(here(complaint)))
        assert "Send Samira Haddad the answer again, in a form they can use" in page
        assert browser.send(url, {"way": "in_person", "on": "29/5/2026"}).status_code == 303
        assert again(town, complaint).answered_on == date(2026, 5, 29)


def test_ruling_51_of_two_copies_the_one_that_could_be_used_counts(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        made = town.complains(safe_contact=EVERY_WAY)
    with clock.at(date(2026, 5, 12)):
        town.given_to(made)
        town.triaged(made)
        with town.writing():
            letter = operations.acknowledge(made, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
        for issue, on in zip(letter.issues, (date(2026, 5, 12), date(2026, 5, 14)), strict=True):
            with clock.at(on), town.writing():
                operations.mark_issued(made, issue, by=MACHINE)
    email = letter.issues[0].id
    with clock.at(date(2026, 5, 15)):
        browser, url = signed_in(Role.HANDLER), here(made, f"/letters/{letter.number}/again")
        said = words_of(browser.send(url, {"way": "later"}).get_data(as_text=True))
        assert "Tick at least one of them" in said
        assert browser.send(url, {"way": "later", "copies": [email]}).status_code == 303
        assert owed(again(town, made), Step.ACKNOWLEDGED).met_on == date(2026, 5, 14)
        assert made.waiting_since is None, "they have one that they can use"


def test_ruling_51_only_safe_ways_are_offered_and_none_that_was_of_no_use(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with town.writing():
        complaint.resident.person.safe_contact = {"channels": ["email"], "email": "s.haddad@mail.example"}
    browser, url = signed_in(Role.HANDLER), here(complaint, "/letters/2/again")
    page = browser.page(url)
    said = words_of(page)
    assert "Gone through with them in person" in said and "By email, as it is" not in said
    closed = {words_of(page.xpath(f"//label[@for='{box.get('id')}']")[0]) for box in page.xpath("//input[@disabled]")}
    assert {"By post, in large print", "By post, on paper as it is", "Read out to them by phone"} <= closed and said.count("Not safe for them") == len(closed)
    for way in ("paper", "read_out", "email", "a raven", ""):
        answer = browser.send(url, {"way": way})
        assert answer.status_code == 422 and "Choose how it goes to them now" in words_of(answer.get_data(as_text=True))
    assert again(town, complaint).letters[1].issues[0].usable


def test_ruling_51_bad_input_is_said_beside_its_box(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser, url = signed_in(Role.HANDLER), here(complaint, "/letters/2/again")
    for on, words in (("soon", "Write the date like 12 June 2026"), ("16/5/2026", "This day has not come yet"), ("11/5/2026", "before the day the letter was written")):
        answer = browser.send(url, {"way": "read_out", "on": on})
        assert answer.status_code == 422 and words in words_of(answer.get_data(as_text=True)), on
    assert again(town, complaint).letters[1].issues[0].usable
    assert browser.get(here(complaint, "/letters/9/again")).status_code == 404


def test_ruling_51_it_is_said_once_however_often_it_is_pressed(town: Town, resident: CheckingClient, complaint: Complaint) -> None:
    url = "/your-complaint/letters/2/cannot-read"
    filled = form_values(pick_form(resident.page(url), 0))
    other = form_values(pick_form(resident.page(url), 0))
    assert [resident.post(url, data=filled).status_code for _ in range(2)] == [303, 303]
    late = resident.post(url, data=other)
    assert late.status_code == 422 and "written down already" in words_of(late.get_data(as_text=True))
    assert [one.step for one in again(town, complaint).happenings].count(Step.FOUND_UNUSABLE) == 1


def test_ruling_51_what_they_could_use_is_asked_for_as_an_adjustment_and_no_event_holds_it(town: Town, resident: CheckingClient, complaint: Complaint) -> None:
    answer = resident.send("/your-complaint/letters/2/cannot-read", {"words": "x" * 2001, "kinds": ["large_print"]})
    assert answer.status_code == 422
    answer = resident.send("/your-complaint/letters/2/cannot-read", {"words": "", "kinds": ["a raven"]})
    assert answer.status_code == 422
    says_so(resident, kinds=["large_print"], words="CANARY 24 point")
    again(town, complaint)
    assert [one.wish for one in town.register.query(Adjustment)] == [{"kinds": ["large_print"], "words": "CANARY 24 point", "span": "always"}]
    assert [issue.form for issue in complaint.letters[1].issues] == [None, "file", "large_print"]
    for table, columns in (("event", "details"), ("event_words", "words"), ("issue", "channel, form")):
        said = str(town.register.execute(text(f"SELECT {columns} FROM {table}")).all())
        assert "CANARY" not in said and "large_print" not in said, table


def test_ruling_51_nothing_goes_again_while_they_have_a_copy_they_can_use_or_the_letter_was_not_theirs(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    browser, url = signed_in(Role.HANDLER), here(complaint, "/letters/2/again")
    assert browser.send(url, {"way": "large_print"}).status_code == 303
    waiting = words_of(browser.page(here(complaint)))
    assert "See that it goes: The stage 1 acknowledgement" in waiting
    assert browser.send(here(complaint, "/letters/2/posted"), {"as_asked": "yes"}).status_code == 303
    with town.writing():
        operations.void_letter(again(town, complaint), complaint.letters[1], "Not hers.", by=town.viewer(Role.HANDLER), wrong="person")
    assert complaint.waiting_since is None
    town.register.rollback()
    assert browser.get(url).status_code == 404


def test_ruling_51_the_operation_itself_refuses_an_unsafe_way_and_a_letter_that_can_be_used(town: Town, complaint: Complaint) -> None:
    letter, by = complaint.letters[1], town.viewer(Role.HANDLER)
    with pytest.raises(RuleBroken, match="not safe for them"), town.writing():
        operations.send_again(complaint, letter, "email", by=by)
    receipt = again(town, complaint).letters[0]
    assert receipt.issues[0].state == "waiting"
    with pytest.raises(RuleBroken, match="none has gone yet"), town.writing():
        operations.send_again(complaint, receipt, "large_print", by=by)


def test_ruling_51_it_goes_again_by_email_with_a_file_of_what_they_can_use(town: Town, resident: CheckingClient, signed_in: SignIn, complaint: Complaint) -> None:
    with town.writing():
        complaint.resident.person.safe_contact = {"channels": ["email"], "email": "s.haddad@mail.example"}
    browser, url = signed_in(Role.TRIAGE), here(complaint, "/letters/2/again")
    says_so(resident)
    assert "with a file" not in words_of(browser.page(url)), "of what nobody asked for there is no file"
    with town.writing():
        complaint.resident.person.adjustments.append(Adjustment(complaint_id=complaint.id, wish={"kinds": ["plain_text"]}, decision="asked", asked_on=clock.today()))
    assert browser.send(url, {"way": "file"}).status_code == 303
    copy = again(town, complaint).letters[1].issues[-1]
    assert (copy.channel, copy.form, copy.usable, copy.state) == ("email", "file", True, "waiting")
    town.register.rollback()
    first = resident.page("/your-complaint/letters/2").find(".//section[@aria-labelledby='other-forms']//li")
    assert "As plain text. This is what was asked for." in words_of(first)
