"""Where a member of staff lands: told what was just done, once; and told in staff's words where there is nothing."""

from datetime import date

import pytest
from lxml import html
from playwright.sync_api import expect

from portal import clock
from portal.access import Role
from portal.complaints.models import Complaint
from portal.complaints.references import new_code
from tests.browser.fixtures import Browse
from tests.browser_client import CheckingClient, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_casework import posting, promised
from tests.staff.test_path import ACKNOWLEDGING, url
from tests.staff.test_settling import unsettled
from tests.town import PASSWORD, Town


def told(browser: CheckingClient, address: str | None) -> str:
    """What the page says was just done."""
    assert address
    found = browser.page(address).xpath("//div[@class='done']//*[@role='status' and @data-focus-on-load]")
    return " ".join(words_of(each) for each in found)


def test_what_triage_did_is_said_where_they_land_and_only_once(town: Town, signed_in: SignIn) -> None:
    complaint, browser = town.complains(), signed_in(Role.TRIAGE)
    matched = browser.send(url(complaint, "match"), {"who": "new", "record": "TH-1"})
    assert told(browser, matched.location) == "Matched to our records."
    assert told(browser, matched.location) == ""
    weighed = {"complexity": "some", "vulnerability": "none", "risk": "low", "words": "One repair."}
    assert told(browser, browser.send(url(complaint, "triage"), weighed).location) == "Saved: what you weighed."
    given = {"staff": str(town.staff[Role.HANDLER].id), "interest": "no"}
    assert told(browser, browser.send(url(complaint, "assign"), given).location) == "Given to Handler Person."


def test_a_letter_kept_is_not_taken_for_a_letter_sent(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    town.given_to(complaint)
    browser, desk = signed_in(Role.HANDLER), url(complaint, "acknowledgement")
    later = browser.send(desk, ACKNOWLEDGING | {"then": "later"})
    assert told(browser, later.location) == "Saved for later. Nothing has been sent."
    read = browser.send(desk, ACKNOWLEDGING | {"then": "read"})
    assert told(browser, read.location) == ""
    assert told(browser, browser.send(f"{desk}/letter").location) == "The letter is sent."


@pytest.mark.parametrize(
    ("safe", "said"),
    [
        ({"channels": ["post"], "post": "14 Quarry Bank"}, "It goes when somebody has printed and posted it."),
        ({"channels": ["email"], "email": "samira@example.org"}, "The letter is on its way."),
    ],
)
def test_a_letter_that_still_has_to_go_is_not_called_sent(safe: dict[str, object], said: str, town: Town, signed_in: SignIn) -> None:
    complaint = town.complains(safe_contact=safe)
    town.given_to(complaint)
    browser, desk = signed_in(Role.HANDLER), url(complaint, "acknowledgement")
    browser.send(desk, ACKNOWLEDGING | {"then": "read"})
    assert said in told(browser, browser.send(f"{desk}/letter").location)


def test_a_promise_kept_is_said_to_be_written_down(town: Town, signed_in: SignIn) -> None:
    kept = promised(town)
    action = url(kept, "actions", str(kept.actions[0].id))
    with clock.at(date(2026, 5, 28)):
        handler = signed_in(Role.HANDLER)
        done = handler.send(action, {"on": "27 May", "proof": "Dean said so."})
        assert told(handler, done.location) == "Written down as done. The letter that says so is written."


def test_a_posting_is_said_to_be_written_down(town: Town, signed_in: SignIn) -> None:
    letter = url(posting(town), "letters/2/posted")
    with clock.at(date(2026, 5, 28)):
        triage = signed_in(Role.TRIAGE)
        assert told(triage, triage.send(letter, {"on": "15 May"}).location) == "Written down as posted."


def test_whose_a_point_is_is_said_to_be_saved(town: Town, signed_in: SignIn) -> None:
    point, browser = url(unsettled(town), "points/2"), signed_in(Role.HANDLER)
    assert told(browser, browser.send(point, {"responsibility": "ours"}).location) == "Saved: whose point 2 is."


@pytest.mark.browser
def test_what_was_done_is_where_the_keyboard_is(browse: Browse, town: Town) -> None:
    address, email = url(town.complains(), "match"), town.staff[Role.TRIAGE].email
    town.register.rollback()
    page = browse("/staff/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.goto(address)
    page.get_by_label("Number in our records").fill("TH-1")
    page.get_by_role("button", name="Match").click()
    expect(page.get_by_text("Matched to our records.")).to_be_visible()
    assert page.evaluate("document.activeElement.innerText").strip() == "Matched to our records."


def nowhere(town: Town) -> list[str]:
    """Addresses with nothing behind them: mistyped, never given out, and somebody else's."""
    hidden: Complaint = town.complains(code=new_code())
    return ["/staff/complants", "/staff/complaints/7K4QM2XD0", "/staff/danger/999", url(hidden, "letters/99")]


@pytest.mark.parametrize("role", [Role.TRIAGE, Role.COLLEAGUE])
def test_staff_are_told_in_their_own_words_that_there_is_nothing(role: Role, town: Town, signed_in: SignIn) -> None:
    browser = signed_in(role)
    for address in nowhere(town):
        answer = browser.get(address)
        page = html.document_fromstring(answer.get_data(as_text=True))
        assert answer.status_code == 404
        assert "Check the reference" in words_of(page) and "access code" not in words_of(page)
        assert page.xpath("//header//a[contains(@href, '/staff/account')]")


def test_a_complaint_one_may_not_see_looks_like_one_that_never_was(town: Town, signed_in: SignIn) -> None:
    hidden, browser = url(town.complains()), signed_in(Role.COLLEAGUE)
    never = "/staff/complaints/" + ("7K4QM2XDR" if "7K4QM2XDR" not in hidden else "8K4QM2XDX")
    assert browser.get(hidden).get_data() == browser.get(never).get_data()


def test_residents_and_strangers_are_told_in_theirs(client: CheckingClient) -> None:
    for address in ("/staff/complants", "/no-such-page"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "If you have an access code" in words_of(answer.get_data(as_text=True))


def test_a_person_nobody_on_record_resembles_is_offered_as_a_new_one(town: Town, signed_in: SignIn) -> None:
    page = signed_in(Role.TRIAGE).page(url(town.complains(), "match"))
    assert "Nobody in our register has the same name" in words_of(page)
    assert page.xpath("//input[@name='who' and @value='new' and @checked]")
