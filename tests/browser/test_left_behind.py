"""In a real browser: what is left on a shared computer after signing out, and what a page full of attacks does."""

import pytest
from playwright.sync_api import Page, Request, expect

from portal.access import Role
from tests.browser.fixtures import Browse
from tests.town import CODE, PASSWORD, Town
from tests.wire.payloads import PAYLOADS

pytestmark = pytest.mark.browser

CANARY = "canary-words-6614"
KEPT = "() => localStorage.length + sessionStorage.length"


def comes_back(page: Page) -> None:
    """With the access code."""
    page.goto("/follow")
    page.locator("input[name=code]").fill(CODE)
    page.locator("main form button").first.click()
    page.wait_for_url("**/your-complaint")


def test_N6_K4_A4_after_signing_out_going_back_three_times_shows_nothing_and_nothing_is_kept(browse: Browse, town: Town) -> None:
    town.complains(f"Rain comes in. {CANARY}")
    town.register.rollback()
    page = browse("/")
    comes_back(page)
    page.goto("/your-complaint/words")
    assert CANARY in page.content(), "it can be read while somebody is signed in"
    page.goto("/your-complaint/messages")
    page.locator("form[action*='sign-out'] button").first.click()
    page.wait_for_url("**/signed-out")
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        expect(page.locator("body")).not_to_contain_text(CANARY)
        assert CANARY not in page.content()
    assert page.evaluate(KEPT) == 0
    again = page.context.new_page()
    again.goto("/your-complaint/words")
    assert CANARY not in again.content() and "/follow" in again.url
    assert [each["name"] for each in page.context.cookies() if CODE in str(each)] == []


def test_X2_D2_pages_full_of_attacks_ask_nobody_for_anything_and_run_nothing(browse: Browse, town: Town) -> None:
    complaint = town.complains(" ".join(PAYLOADS), name=" ".join(PAYLOADS[:60]), address=" ".join(PAYLOADS[60:]), when_words=" ".join(PAYLOADS))
    reference, email = complaint.reference, town.staff[Role.MANAGER].email
    town.register.rollback()
    page = browse("/")
    home, asked, said = page.url, list[str](), list[str]()

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.on("dialog", lambda dialog: said.append(dialog.message))
    comes_back(page)
    page.goto("/your-complaint/words")
    page.goto("/staff/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/staff/")
    page.goto(f"/staff/complaints/{reference}")
    expect(page.locator("main")).to_contain_text("<script>alert(1)</script>")
    assert [each for each in asked if not each.startswith(home)] == [] and said == []
