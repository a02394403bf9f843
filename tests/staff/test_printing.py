"""The day's letters are printed together and said to be posted with one press, each on its own day for each reader."""

from datetime import date

from lxml import html

from portal import clock
from portal.access import Role
from portal.complaints.models import Complaint
from portal.complaints.references import new_code
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.letters.read_again import bare, by_pdfium_pages, drawn
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.town import Town

PRINT = "/staff/letters/print"
MONDAY = date(2026, 5, 11)


def by_post(town: Town, name: str, **safe: str) -> Complaint:
    """Somebody who is written to on paper."""
    with clock.at(MONDAY):
        return town.complains(name=name, code=new_code(), safe_contact={"channels": ["post"], "post": f"1 {name} Street"} | safe)


def states(town: Town, *complaints: Complaint) -> list[tuple[str, date | None]]:
    town.register.rollback()
    found = [(one.letters[0].issues[0].state, one.letters[0].issues[0].issued_on) for one in complaints]
    town.register.rollback()
    return found


def file_of(browser: CheckingClient) -> bytes:
    """The file that the page leads to."""
    [href] = [link.get("href") for link in browser.page(PRINT).iter("a") if "/letters/print/file" in (link.get("href") or "")]
    file: bytes = browser.get(href).data
    return file


def test_all_that_waits_is_in_one_file_each_with_its_address_and_one_press_posts_it(town: Town, signed_in: SignIn) -> None:
    ana, bo = by_post(town, "Ana"), by_post(town, "Bea")
    with clock.at(date(2026, 5, 12)):
        browser = signed_in(Role.TRIAGE)
        assert PRINT in browser.page("/staff/letters").xpath("//main//a/@href")
        sheets = [bare(each) for each in by_pdfium_pages(file_of(browser)) if bare("Page 1 of") in bare(each)]
        assert len(sheets) == 2
        assert "Ana" in sheets[0] and "1AnaStreet" in sheets[0] and "Bea" not in sheets[0]
        answer = browser.send(PRINT)
        assert "2 letters are written down as posted." in words_of(browser.page(answer.location))
    assert states(town, ana, bo) == [("issued", date(2026, 5, 12))] * 2


def test_a_letter_that_came_in_after_the_page_was_printed_is_not_said_to_be_posted(town: Town, signed_in: SignIn) -> None:
    ana = by_post(town, "Ana")
    browser = signed_in(Role.TRIAGE)
    opened = form_values(pick_form(browser.page(PRINT), 0))
    bo = by_post(town, "Bea")
    town.register.rollback()
    assert browser.post(PRINT, data=opened).status_code == 303
    assert [state for state, _on in states(town, ana, bo)] == ["issued", "waiting"]
    assert "Bea" in words_of(browser.page("/staff/letters"))


def test_a_letter_that_may_not_be_posted_is_not_printed_and_one_that_went_in_the_meantime_is_told(town: Town, signed_in: SignIn) -> None:
    ana, bo, cy = by_post(town, "Ana"), by_post(town, "Bea"), by_post(town, "Cy")
    with town.writing():
        cy.resident.person.safe_contact = {"channels": ["portal"]}
    browser = signed_in(Role.TRIAGE)
    page = browser.page(PRINT)
    assert "CyStreet" not in bare("".join(by_pdfium_pages(file_of(browser))))
    assert "1 is not here, because it must not be posted." in words_of(page)
    opened = form_values(pick_form(page, 0))
    with town.writing():
        bo.resident.person.safe_contact = {"channels": ["email"], "email": "bo@example.org"}
    town.register.rollback()
    answer = browser.post(PRINT, data=opened)
    said = words_of(browser.page(answer.location))
    assert "1 letter is written down as posted. 1 was not: it had gone already, or post is not safe for them now." in said
    assert [state for state, _on in states(town, ana, bo, cy)] == ["issued", "waiting", "waiting"]


def test_ruling_14_another_day_may_be_written_but_none_before_the_letter_or_to_come(town: Town, signed_in: SignIn) -> None:
    ana = by_post(town, "Ana")
    with clock.at(date(2026, 5, 14)):
        browser = signed_in(Role.TRIAGE)
        for typed, said in (
            ("8 May 2026", "One of them was written on Monday 11 May 2026, so it cannot have been posted before."),
            ("20 May 2026", "This day has not come yet."), ("soon", "Write the date like 12 June 2026"),
        ):  # fmt: skip
            refused = browser.send(PRINT, {"on": typed})
            assert refused.status_code == 422
            assert said in words_of(refused.get_data(as_text=True)).replace("\xa0", " ")
            assert f'value="{typed}"' in refused.get_data(as_text=True)
        assert states(town, ana) == [("waiting", None)]
        assert browser.send(PRINT, {"on": "12 May"}).status_code == 303
    assert states(town, ana) == [("issued", date(2026, 5, 12))]


def test_ruling_14_the_letter_s_page_tells_how_it_went_to_each_reader_by_each_way(town: Town, signed_in: SignIn) -> None:
    with clock.at(MONDAY):
        complaint = town.complains(safe_contact={"channels": ["email", "post"], "email": "s@example.org", "post": "9 Refuge"})
    with clock.at(date(2026, 5, 13)):
        browser = signed_in(Role.TRIAGE)
        browser.send(PRINT)
        went = words_of(browser.page(url(complaint, "letters/1")).find(".//section[@aria-labelledby='went']")).replace("\xa0", " ")
    assert "By email: waiting" in went
    assert "By post, Wednesday 13 May 2026" in went


def test_the_same_press_twice_posts_once(town: Town, signed_in: SignIn) -> None:
    ana = by_post(town, "Ana")
    browser = signed_in(Role.TRIAGE)
    opened = form_values(pick_form(browser.page(PRINT), 0))
    assert [browser.post(PRINT, data=opened).status_code for _ in range(2)] == [303, 303]
    town.register.rollback()
    assert len([each for each in ana.happenings if each.step == "issued"]) == 1


def test_nothing_to_print_says_so(signed_in: SignIn) -> None:
    page = signed_in(Role.MANAGER).page(PRINT)
    assert isinstance(page, html.HtmlElement)
    assert "No letter waits to be posted." in words_of(page)


def test_what_is_wrong_is_told_where_none_of_the_letters_waits_any_more(town: Town, signed_in: SignIn) -> None:
    by_post(town, "Ana")
    browser = signed_in(Role.TRIAGE)
    fields = form_values(pick_form(browser.page(PRINT), 0))
    assert browser.post(PRINT, data=fields).status_code == 303
    answer = browser.post(PRINT, data=fields | {"on": "no such day", "key": "another"})
    assert answer.status_code == 422
    assert "None of the letters that were on that page waits to be posted any more." in words_of(answer.get_data(as_text=True))


def test_ruling_14_large_print_is_in_the_same_file_in_the_size_that_was_asked(town: Town, signed_in: SignIn) -> None:
    ana = by_post(town, "Ana")
    with clock.at(MONDAY):
        wish = {"kinds": ["large_print"], "words": "", "print_size": "24 point"}
        town.complains(name="Bea", code=new_code(), adjustments=wish, safe_contact={"channels": ["post"], "post": "1 Bea Street"})
    with clock.at(date(2026, 5, 12)):
        browser = signed_in(Role.TRIAGE)
        assert "Large print, 24 point" in words_of(browser.page(PRINT))
        file = file_of(browser)
        pages = [bare(each) for each in by_pdfium_pages(file)]
        sheet, hers = (number for number, each in enumerate(pages) if "BeaStreet" in each)
        assert (pages[sheet], pages[sheet + 1]) == (bare("Bea 1 Bea Street"), ""), "a sheet for the window, with nothing else on it or on its back"
        assert "a sheet with nothing but the name and the address" in words_of(browser.page(PRINT))
        assert min(each.size for each in drawn(file) if each.page >= hers) >= 24 > min(each.size for each in drawn(file) if each.page < hers)
        assert browser.send(PRINT).status_code == 303
        assert states(town, ana) == [("issued", date(2026, 5, 12))]


def test_one_letter_is_printed_as_it_is_posted_and_none_that_does_not_wait(town: Town, signed_in: SignIn) -> None:
    ana = by_post(town, "Ana")
    with clock.at(date(2026, 5, 12)):
        browser = signed_in(Role.TRIAGE)
        assert url(ana, "letters/1/to-post") in [link.get("href") for link in browser.page(url(ana, "letters/1")).iter("a")]
        file = browser.get(url(ana, "letters/1/to-post"))
        assert "1AnaStreet" in bare("".join(by_pdfium_pages(file.data)))
        for none in ("/staff/letters/print/file?letters=", "/staff/letters/print/file?letters=99,x,%C2%B2", "/staff/letters/print/file?letters=" + "9" * 400):
            assert browser.get(none).location == PRINT, "the page says what waits"
        browser.send(PRINT)
        assert browser.get(url(ana, "letters/1/to-post")).status_code == 404
