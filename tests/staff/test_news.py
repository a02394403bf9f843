"""Writing while an answer is not there yet: that it is late, and news at the interval told."""

from datetime import date

from lxml import html

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.letters.structure import as_text
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_extending import acknowledged, extend
from tests.staff.test_path import url
from tests.town import Town

DUE, NEXT, AFTER = date(2026, 5, 26), date(2026, 5, 27), date(2026, 5, 28)
LATE = {
    "reason": "The roofer did not come, and we did not chase them.",
    "new_date": "5 June 2026",
    "interval": "3",
    "interval_agreed": "We rang twice on 27 May and got no reply, so we propose this.",
    "then": "read",
}
NEWS = {"news": "The scaffold went up on Monday. The roofer comes on Friday.", "then": "read"}


def send(browser: CheckingClient, complaint: Complaint, page: str, fields: dict[str, str]) -> None:
    """Write it, read it, send it."""
    saved = browser.send(url(complaint, page), fields)
    assert saved.location == url(complaint, f"{page}/letter"), words_of(saved.get_data(as_text=True))
    assert browser.send(saved.location).location == url(complaint)


def asked(browser: CheckingClient, complaint: Complaint) -> str:
    """What the case page says the Code asks next."""
    return words_of(browser.page(url(complaint)).get_element_by_id("asked"))


def test_ruling_54_the_case_asks_for_a_late_notice_by_the_next_working_day(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(DUE):
        assert "late" not in asked(signed_in(Role.HANDLER), complaint)
    with clock.at(NEXT):
        browser = signed_in(Role.HANDLER)
        assert "Tell them that the answer is late, by Wednesday 27 May" in asked(browser, complaint)
        send(browser, complaint, "late", LATE)
        assert "Tell them that the answer is late" not in asked(browser, complaint)


def test_ruling_32_telling_it_is_late_moves_no_date_and_late_it_stays(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(NEXT):
        send(signed_in(Role.HANDLER), complaint, "late", LATE)
    town.register.rollback()
    assert (complaint.next_step, complaint.next_due) == (Step.RESPONDED, DUE)
    said = as_text(complaint.letters[-1].body)
    assert "We should have answered you by Tuesday 26 May 2026, and we did not. We are sorry." in said
    assert "You can ask for stage 2" in said and "Housing Ombudsman is free" in said
    assert "We expect to answer every point in writing by Friday 5 June 2026." in said
    assert "at least every 3 working days" in said


def test_a_late_notice_is_not_written_before_it_is_late(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(DUE):
        browser = signed_in(Role.HANDLER)
        assert browser.get(url(complaint, "late")).location == url(complaint)
        assert "Tell them we are late" not in words_of(browser.page(url(complaint)))


def test_the_late_notice_says_what_it_lacks_and_is_not_sent_without(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(NEXT):
        browser = signed_in(Role.HANDLER)
        letter = browser.send(url(complaint, "late"), LATE | {"reason": "", "interval": ""}).location
        page = words_of(browser.page(letter))
        assert "This cannot be sent yet" in page
        assert "Why the answer is late" in page and "How often we will send news" in page


def test_a_day_that_has_gone_by_is_refused_beside_its_box(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(NEXT):
        refused = signed_in(Role.HANDLER).send(url(complaint, "late"), LATE | {"new_date": "26 May 2026"})
    page = html.document_fromstring(refused.get_data(as_text=True))
    assert "Give a day that has not gone by." in words_of(page.get_element_by_id("new_date-error"))
    assert "did not chase them" in page.get_element_by_id("reason").text_content()


def test_a_manager_may_tell_it_is_late_but_not_take_more_time(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(NEXT):
        browser = signed_in(Role.MANAGER)
        send(browser, complaint, "late", LATE)
        assert browser.get(url(complaint, "extension")).status_code == 403


def test_ruling_32_news_is_owed_at_the_interval_and_the_queue_says_so(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    extend(town, signed_in, complaint, date(2026, 5, 20))
    with clock.at(date(2026, 5, 28)):
        browser = signed_in(Role.HANDLER)
        assert "Send Samira Haddad an update" in words_of(browser.page("/staff/"))
        assert "Send an update, by Thursday 28 May" in asked(browser, complaint)
        send(browser, complaint, "news", NEWS)
        assert "Send an update, by Thursday 4 June" in asked(browser, complaint)
    town.register.rollback()
    said = as_text(complaint.letters[-1].body)
    assert "The scaffold went up on Monday." in said
    assert "We will answer every point in writing by Tuesday 9 June 2026." in said


def test_a_second_update_starts_with_an_empty_box(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    extend(town, signed_in, complaint, date(2026, 5, 20))
    with clock.at(AFTER):
        browser = signed_in(Role.HANDLER)
        send(browser, complaint, "news", NEWS)
        assert browser.page(url(complaint, "news")).get_element_by_id("news").text_content().strip() == ""
        assert "Go on with the update" not in words_of(browser.page(url(complaint)))


def test_nobody_sends_news_that_nobody_promised(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    with clock.at(DUE):
        browser = signed_in(Role.HANDLER)
        assert browser.get(url(complaint, "news")).location == url(complaint)
        assert "Send an update" not in words_of(browser.page(url(complaint)))


def test_news_sent_twice_goes_once(town: Town, signed_in: SignIn) -> None:
    complaint = acknowledged(town)
    extend(town, signed_in, complaint, date(2026, 5, 20))
    with clock.at(AFTER):
        browser = signed_in(Role.HANDLER)
        letter = browser.send(url(complaint, "news"), NEWS).location
        fields = form_values(pick_form(browser.page(letter), 0))
        assert [browser.post(letter, data=fields).location for _ in range(2)] == [url(complaint)] * 2
    town.register.rollback()
    assert len([one for one in complaint.happenings if one.step is Step.UPDATED]) == 1


def by_post(town: Town) -> Complaint:
    """Somebody who chose post alone, with more time taken and the letter posted."""
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains(safe_contact={"channels": ["post"], "post": "14 Quarry Bank"})
        town.acknowledged(complaint)
    return complaint


def posted(town: Town, complaint: Complaint, on: date) -> None:
    """The newest letter is posted."""
    with clock.at(on), town.writing():
        operations.mark_issued(complaint, complaint.letters[-1].issues[0], by=town.viewer(Role.TRIAGE))
    town.register.rollback()


def test_ruling_31_an_extension_that_waits_for_a_stamp_moves_no_date_and_is_asked_for(town: Town, signed_in: SignIn) -> None:
    complaint = by_post(town)
    extend(town, signed_in, complaint, date(2026, 5, 20))
    assert (complaint.next_step, complaint.next_due) == (Step.RESPONDED, DUE)
    with clock.at(date(2026, 5, 20)):
        assert "See that it goes: The stage 1 extension" in asked(signed_in(Role.HANDLER), complaint)
    posted(town, complaint, date(2026, 5, 21))
    assert (complaint.next_step, complaint.next_due) == (Step.UPDATED, date(2026, 5, 29))
    with clock.at(date(2026, 5, 21)):
        assert "See that it goes" not in asked(signed_in(Role.HANDLER), complaint)


def test_an_update_that_waits_for_a_stamp_is_to_be_posted_and_not_written_again(town: Town, signed_in: SignIn) -> None:
    complaint = by_post(town)
    extend(town, signed_in, complaint, date(2026, 5, 20))
    posted(town, complaint, date(2026, 5, 20))
    with clock.at(AFTER):
        browser = signed_in(Role.HANDLER)
        send(browser, complaint, "news", NEWS)
        assert "Post the update to Samira Haddad" in words_of(browser.page("/staff/"))
        assert "See that it goes: The stage 1 update" in asked(browser, complaint)
        assert "Send an update" not in asked(browser, complaint)
    posted(town, complaint, AFTER)
    assert (complaint.next_step, complaint.next_due) == (Step.UPDATED, date(2026, 6, 4))
