"""Taking more time for an answer: in time, within the cap or with a good reason, and said to the resident."""

from datetime import date, datetime

from lxml import html

from portal import clock
from portal.access import Role
from portal.complaints.models import Complaint
from portal.rules.steps import Step
from tests.browser_client import form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.town import Town

EXTENDING = {
    "reason": "The roofer has to come back with a longer ladder.",
    "new_date": "9 June 2026",
    "interval": "5",
    "interval_agreed": "Samira Haddad agreed this by phone on 22 May.",
    "then": "read",
}
"""The answer is due on 26 May 2026; the tenth working day after that is 9 June."""


def acknowledged(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    return complaint


def extend(town: Town, signed_in: SignIn, complaint: Complaint, on: date, **changed: str) -> None:
    """The handler writes it, reads it and sends it."""
    with clock.at(on):
        browser = signed_in(Role.HANDLER)
        saved = browser.send(url(complaint, "extension"), EXTENDING | changed)
        assert saved.location == url(complaint, "extension/letter"), words_of(saved.get_data(as_text=True))
        assert browser.send(saved.location).location == url(complaint)
    town.register.rollback()


def test_more_time_is_taken_told_and_becomes_the_date_everybody_uses(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    extend(town, signed_in, complaint, date(2026, 5, 22))
    assert (complaint.next_step, complaint.happenings[-1].details["kind"]) == (Step.UPDATED, "extension")
    with clock.at(date(2026, 5, 22)):
        page = words_of(signed_in(Role.HANDLER).page(url(complaint)))
        assert "The stage 1 extension was put on their page" in page
        assert "The stage 1 answer" not in page


def test_the_page_says_the_last_day_and_asks_for_a_good_reason_only_beyond_it(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(date(2026, 5, 22)):
        browser = signed_in(Role.HANDLER)
        page = browser.page(url(complaint, "extension"))
        assert "Tuesday 9 June 2026 is the last day without a good reason." in words_of(page)
        assert not page.xpath("//details[@open]//*[@id='good_reason']")
        fields = form_values(pick_form(page, 0)) | EXTENDING | {"new_date": "10 June 2026", "then": "check"}
        more = html.document_fromstring(browser.post(url(complaint, "extension/preview"), data=fields).get_data(as_text=True))
        assert more.xpath("//details[@open]//*[@id='good_reason']")
        assert more.xpath("//section[@id='asks']//a[@href='#good_reason']")


def test_ruling_31_beyond_the_cap_is_sent_only_with_a_good_reason(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(date(2026, 5, 22)):
        browser = signed_in(Role.HANDLER)
        letter = browser.send(url(complaint, "extension"), EXTENDING | {"new_date": "10 June 2026"}).location
        assert "This cannot be sent yet" in words_of(browser.page(letter))
    extend(town, signed_in, complaint, date(2026, 5, 22), new_date="10 June 2026", good_reason="An inquest has to end first.")
    told = next(one for one in complaint.happenings if one.step is Step.EXTENDED)
    assert told.details["good_reason"] is True


def test_ruling_31_a_second_time_needs_a_good_reason(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    extend(town, signed_in, complaint, date(2026, 5, 22), new_date="1 June 2026")
    with clock.at(date(2026, 5, 29)):
        page = signed_in(Role.HANDLER).page(url(complaint, "extension"))
        assert "More time has been taken once, so any date needs a good reason." in words_of(page)
        assert page.xpath("//details[@open]//*[@id='good_reason']") and "longer ladder" not in words_of(page)
    extend(town, signed_in, complaint, date(2026, 5, 29), new_date="3 June 2026", good_reason="The roofer fell ill.")
    assert len([one for one in complaint.happenings if one.step is Step.EXTENDED]) == 2


def test_ruling_31_it_is_in_time_until_midnight_of_the_due_date_and_no_longer(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(datetime(2026, 5, 26, 23, 55, tzinfo=clock.zone())):
        browser = signed_in(Role.HANDLER)
        assert "Take more time" in words_of(browser.page(url(complaint)))
        letter = browser.send(url(complaint, "extension"), EXTENDING).location
        sending = form_values(pick_form(browser.page(letter), 0))
    with clock.at(datetime(2026, 5, 27, 0, 5, tzinfo=clock.zone())):
        assert "Take more time" not in words_of(browser.page(url(complaint)))
        assert browser.get(url(complaint, "extension")).location == url(complaint)
        refused = browser.post(letter, data=sending)
        assert "More time has to be told before the due date has passed." in words_of(refused.get_data(as_text=True))
    town.register.rollback()
    assert not [one for one in complaint.happenings if one.step is Step.EXTENDED]


def test_what_is_wrong_is_said_beside_its_box_and_the_words_are_kept(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(date(2026, 5, 22)):
        browser = signed_in(Role.HANDLER)
        refused = browser.send(url(complaint, "extension"), EXTENDING | {"new_date": "26 May 2026", "interval": "often"})
    page = html.document_fromstring(refused.get_data(as_text=True))
    assert refused.status_code == 422
    assert "The new date has to be later than Tuesday 26 May 2026." in words_of(page.get_element_by_id("new_date-error"))
    assert "Write a number of working days, like 5" in words_of(page.get_element_by_id("interval-error"))
    assert "longer ladder" in page.get_element_by_id("reason").text_content()


def test_sent_twice_it_is_told_once(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(date(2026, 5, 22)):
        browser = signed_in(Role.HANDLER)
        letter = browser.send(url(complaint, "extension"), EXTENDING).location
        fields = form_values(pick_form(browser.page(letter), 0))
        assert [browser.post(letter, data=fields).location for _ in range(2)] == [url(complaint)] * 2
    town.register.rollback()
    assert len([one for one in complaint.happenings if one.step is Step.EXTENDED]) == 1


def test_ruling_44_the_resident_sees_the_new_date_called_extended_and_why(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    extend(town, signed_in, complaint, date(2026, 5, 22))
    with clock.at(date(2026, 5, 25)):
        browser = signed_in(Role.HANDLER)
        let_in_resident(browser, town.register, complaint)
        page = words_of(browser.page("/your-complaint"))
    assert "Tuesday 9 June 2026" in page and "Extended" in page
    assert "The roofer has to come back with a longer ladder." in page
