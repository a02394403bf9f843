"""Every way in is as good as another: the page of them all, a call back that is a complaint at once, and the paper form."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pikepdf
import pytest

from portal import clock, db, i18n
from portal.access import Role
from portal.complaints import wishes
from portal.complaints.models import Complaint
from portal.complaints.papers import DRAFT_KEPT_FOR, Draft
from portal.complaints.settings import LandlordSetting
from portal.letters.paper.printing import SIZES
from portal.post.sweep import sweep
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_staff
from tests.letters.read_again import by_pdfium, by_poppler, drawn, seen, tags, unmarked, words
from tests.not_run import find
from tests.resident.journeys import code_on, complains, signs_in
from tests.town import Town

CALL: dict[str, Any] = {
    "danger": "no", "name": "Samira Haddad", "phone": "01632 960111", "times": "Weekdays after 10am", "voicemail": "no", "words": "",
}  # fmt: skip
MON_11, TUE_12 = date(2026, 5, 11), date(2026, 5, 12)
QUESTIONS = ("danger", "name", "home", "you", "story", "when", "right", "easier", "reach", "files")


def asks_to_be_rung(client: CheckingClient, **more: Any) -> str:
    """Somebody asks to be rung; answers their access code."""
    assert client.send("/ring-me", CALL | more).location == "/ring-me/check"
    assert client.send("/ring-me/check").location == "/your-complaint/receipt"
    return code_on(client.get("/your-complaint/receipt").get_data(as_text=True))


def the_complaint(town: Town) -> Complaint:
    """The one complaint there is."""
    town.register.rollback()
    return town.register.query(Complaint).one()


def staff(client: CheckingClient, town: Town, role: Role = Role.HANDLER) -> CheckingClient:
    """A member of staff at a browser of their own."""
    town.register.rollback()
    browser = client.application.test_client()
    assert isinstance(browser, CheckingClient)
    let_in_staff(browser, town.register, town.staff[role], role)
    return browser


def test_ruling_16_item_39_every_other_way_is_on_one_page_as_the_landlord_set_it(client: CheckingClient, town: Town) -> None:
    with db.transaction(town.register):
        for name, value in (("office_hours", "Tuesdays, noon to 3pm"), ("sign_language", "Video: 07700 900461")):
            town.register.add(LandlordSetting(name=name, value=value, set_at=clock.now()))
    page = client.page("/ways")
    said = words_of(page)
    assert {"tel:999", "tel:01632960999", "tel:01632960000", "mailto:complaints@landlord.example"} <= set(page.xpath("//main//a/@href"))
    assert {"/ring-me", "/paper", "/paper?size=large", "/complain"} <= set(page.xpath("//main//a/@href"))
    for line in ("Freepost Example Homes Complaints", "Tuesdays, noon to 3pm", "Video: 07700 900461", "Monday to Friday, 8am to 6pm"):
        assert line in said
    assert "They all count the same" in said


@pytest.mark.parametrize("url", ["/", "/complain/check", *(f"/complain/{name}" for name in QUESTIONS)])
def test_ruling_16_the_other_ways_are_one_link_away_from_the_start_and_from_every_question(client: CheckingClient, url: str) -> None:
    assert "/ways" in client.page(url).xpath("//main//a/@href")


def test_ruling_13_to_ask_for_a_call_is_a_complaint_received_that_day(client: CheckingClient, town: Town) -> None:
    with clock.at(datetime(2026, 5, 11, 22, 30, tzinfo=UTC)):
        asks_to_be_rung(client)
    complaint = the_complaint(town)
    assert (complaint.received_on, complaint.words, complaint.channel) == (MON_11, "I asked to be rung.", "call back")
    assert complaint.letters[0].kind == "receipt"
    assert [owed.isoformat() for owed in [complaint.next_due] if owed] == ["2026-05-12"]


def test_ruling_13_somebody_who_asked_to_be_rung_has_a_reference_and_a_code_and_the_day_of_the_call(client: CheckingClient, town: Town) -> None:
    with clock.at(MON_11):
        code = asks_to_be_rung(client, words="The heating.")
        said = words_of(client.page("/your-complaint/receipt"))
        assert "We ring you by Tuesday 12 May 2026" in said and "Your reference" in said
        assert "01632 960111" not in said, "Somebody else may be looking."
        other = client.application.test_client()
        assert signs_in(other, code).location == "/your-complaint"  # type: ignore[arg-type]
        assert "We ring you by Tuesday 12 May 2026" in words_of(client.page("/your-complaint"))
        assert "By Monday 18 May 2026" in words_of(client.page("/your-complaint/letters/1"))
    assert the_complaint(town).words == "The heating."


def test_what_was_written_before_they_gave_up_writing_comes_with_the_call(client: CheckingClient, town: Town) -> None:
    client.send("/complain/danger", {"danger": "no"})
    client.send("/complain/name", {"name": "Samira Haddad"})
    client.send("/complain/home", {"home": "address", "address": "14 Quarry Bank"})
    client.send("/complain/story", {"story": "Rain comes in."})
    page = client.page("/ring-me")
    assert page.xpath("//input[@name='name']/@value") == ["Samira Haddad"]
    assert page.xpath("//textarea[@name='words']")[0].text.strip() == "Rain comes in."
    sent = {name: value for name, value in CALL.items() if name not in ("name", "words")}
    client.send("/ring-me", sent)
    client.send("/ring-me/check")
    complaint = the_complaint(town)
    assert (complaint.words, complaint.resident.home_as_given) == ("Rain comes in.", "14 Quarry Bank")


def test_staff_see_ring_them_by_a_day_first_and_write_the_call_down(client: CheckingClient, town: Town) -> None:
    with clock.at(MON_11):
        asks_to_be_rung(client)
    here = the_complaint(town)
    case = f"/staff/complaints/{here.reference}"
    with clock.at(TUE_12):
        browser = staff(client, town)
        assert "Ring Samira Haddad" in words_of(browser.page("/staff/"))
        page = browser.page(case)
        assert words_of(page.xpath("//h1")[0]) == "Ring Samira Haddad"
        first = page.xpath("//section[@id='asked']//li")[0]
        assert "Ring them, by Tuesday 12 May: they asked us to" in words_of(first)
        assert first.xpath(".//a/@href") == [f"{case}/contacts"]
        call = {"kind": "call", "direction": "out", "who": "Samira Haddad", "accompanied": "", "shown": "yes", "kept": ["times", "no_voicemail", "say_nothing"]}
        assert "Weekdays after 10am" in words_of(browser.page(f"{case}/contacts")), "how it is safe to reach them comes first"
        browser.send(f"{case}/safety", {"how": "I ring after ten, leave no message, and say nothing to anybody else."})
        assert browser.send(f"{case}/contacts", call | {"words": "Nobody answered.", "spoke": "no"}).status_code == 303
        assert "Ring them" in words_of(browser.page(case)), "A call that reached nobody is no call."
        assert browser.send(f"{case}/contacts", call | {"words": "It is the roof.", "spoke": "yes"}).status_code == 303
        said = words_of(browser.page(case))
        assert "Ring them" not in said and "Acknowledge Samira Haddad" in said and "It is the roof." in said
        assert not browser.page(f"{case}/contacts").xpath("//input[@name='spoke']")
    town.register.refresh(here)
    assert here.next_due == date(2026, 5, 18)


def test_a_call_that_was_not_made_is_late_and_we_say_sorry(client: CheckingClient, town: Town) -> None:
    with clock.at(datetime(2026, 5, 11, 9, tzinfo=UTC)):
        code = asks_to_be_rung(client)
    with clock.at(date(2026, 5, 13)):
        signs_in(client, code)
        said = words_of(client.page("/your-complaint"))
        assert "We should have rung you by Tuesday 12 May 2026" in said and "we are sorry" in said
        assert "Late: 1" in words_of(staff(client, town, Role.TRIAGE).page("/staff/"))


def test_ruling_15_danger_is_told_at_once_before_anything_is_sent(client: CheckingClient, town: Town) -> None:
    page = client.page("/ring-me")
    assert {"tel:999", "tel:01632960999"} <= set(page.xpath("//main//a/@href"))
    client.send("/ring-me", CALL | {"danger": "yes", "words": "He is outside."})
    alert, = town.dangers()
    assert alert.complaint_id is None
    assert (alert.told["phone"], alert.told["safe_to_ring"], alert.told["words"]) == (
        "01632 960111", "times", "He is outside.\nSafe to ring: Weekdays after 10am",
    )  # fmt: skip
    town.register.rollback()
    check = client.page("/ring-me/check")
    assert "tel:999" in check.xpath("//main//a/@href") and "Do not wait for our call." in words_of(check)
    client.send("/ring-me/check")
    complaint = the_complaint(town)
    assert complaint.danger_rank == 0 and [each.complaint_id for each in complaint.alerts] == [complaint.id]
    address = f"/staff/complaints/{complaint.reference}/danger/{complaint.alerts[0].id}"
    browser = staff(client, town)
    assert "Safe to ring at the times they gave." in words_of(browser.page("/staff/"))
    assert "They asked us to ring, and said when it is safe." in words_of(browser.page(address))


def test_what_was_told_of_danger_before_stays_told(client: CheckingClient, town: Town) -> None:
    client.send("/complain/danger", {"danger": "yes"})
    client.send("/complain/alert", {"address": "In the stairwell", "words": "Smell of gas"})
    client.send("/ring-me", CALL | {"danger": "yes", "times": ""})
    alert, = town.dangers()
    assert (alert.told["address"], alert.told["words"], alert.told["safe_to_ring"]) == ("In the stairwell", "Smell of gas", "yes")


def test_two_presses_ask_for_one_call_and_show_one_receipt(client: CheckingClient, town: Town) -> None:
    client.send("/ring-me", CALL)
    filled = form_values(pick_form(client.page("/ring-me/check"), 0))
    before = client.get_cookie("portal")
    assert before is not None
    client.post("/ring-me/check", data=filled)
    client.set_cookie("portal", before.value)
    assert client.post("/ring-me/check", data=filled).location == "/your-complaint/receipt"
    assert "We ring you by" in words_of(client.page("/your-complaint/receipt"))
    the_complaint(town)


@pytest.mark.parametrize("size", ["", "?size=large"])
def test_the_paper_form_asks_the_same_questions_and_says_which_day_counts(client: CheckingClient, size: str) -> None:
    page = client.page(f"/paper{size}")
    said = words_of(page)
    for question in ("What is your name?", "Where is this about?", "What happened?", "When did it happen?", "What would put it right?"):
        assert question in said
    for answers in (wishes.WHOM, wishes.HOMES, wishes.RELATIONSHIPS, wishes.WANTED, wishes.EASIER, wishes.CHANNELS):
        assert all(words in said for words in answers.values())
    assert "The day we get it is the day it counts." in said and "Freepost Example Homes Complaints" in said
    assert ("large-print" in page.find("body").get("class")) is bool(size)
    assert "tel:999" in page.xpath("//main//a/@href") and not page.xpath("//main//form")


@pytest.mark.parametrize(("language", "size"), [
    pytest.param(language, size, marks=[] if size == SIZES[-1] or language == "en" else [pytest.mark.slow])
    for language in i18n.installed() for size in SIZES
])  # fmt: skip
def test_the_form_as_a_pdf_asks_it_all_in_every_language_and_size_with_room_to_write(client: CheckingClient, language: str, size: int) -> None:
    with i18n.speaking(language):
        asked = [i18n.gettext(words) for words in ("What is your name?", "What happened?", "When did it happen?", "What would put it right?", "Other ways to tell us", "Text relay")]
        ticked = [i18n.gettext(words) for answers in (wishes.WHOM, wishes.HOMES, wishes.RELATIONSHIPS, wishes.WANTED, wishes.EASIER, wishes.CHANNELS) for words in answers.values()]
    answer = client.get(f"/paper/file?size={size}&lang={language}")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")
    found = seen("".join(each.words for each in tags(answer.data)) + by_pdfium(answer.data) + (by_poppler(answer.data) if find("pdftotext") else ""))
    missing = {word for said in (*asked, *ticked, "Freepost Example Homes Complaints", "999") for word in words(unmarked(said)) if word not in found}
    assert not missing
    assert min(each.size for each in drawn(answer.data)) >= size
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert pdf.open_metadata()["pdfuaid:part"] == "1" and str(pdf.Root.Lang) == i18n.html_lang(language).partition("-")[0]


@pytest.mark.parametrize("size", ["13", "large", "", "12.0", "²"])
def test_the_form_in_a_size_that_there_is_none_of_does_not_exist(client: CheckingClient, size: str) -> None:
    assert client.get("/paper/file", query_string={"size": size}).status_code == 404
    assert [link for link in client.page("/paper").xpath("//main//a/@href") if "/paper/file" in link] == [f"/paper/file?size={each}" for each in SIZES]


def test_ruling_13_a_form_on_paper_counts_from_the_day_it_was_delivered(client: CheckingClient, town: Town) -> None:
    with clock.at(date(2026, 5, 14)):
        browser = staff(client, town, Role.TRIAGE)
        sent = {
            "danger": "no", "channel": "post", "received": "11/5/2026", "heard_by": "The post room", "late_because": "It lay unopened.",
            "name": "Samira Haddad", "home": "address", "address": "14 Quarry Bank", "relationship": "tenant", "words": "Rain comes in.",
            "wanted": ["repair"], "channels": ["post"],
        }  # fmt: skip
        assert browser.send("/staff/log", sent).status_code == 200
    complaint = the_complaint(town)
    assert (complaint.received_on, complaint.next_due) == (MON_11, date(2026, 5, 18))


@pytest.mark.parametrize("url", ["/complain/check", "/ring-me", *(f"/complain/{name}" for name in QUESTIONS)])
def test_the_last_day_a_draft_is_kept_is_said_wherever_one_is_written(client: CheckingClient, url: str) -> None:
    with clock.at(date(2026, 5, 1)):
        assert "is kept until Friday 29 May 2026" in words_of(client.page(url))


def test_an_expired_draft_is_gone_with_what_was_in_it(client: CheckingClient, town: Town) -> None:
    began = datetime(2026, 5, 1, 22, tzinfo=UTC)
    with clock.at(began):
        client.send("/complain/story", {"story": "Rain comes in.", "later": "yes"})
        page = client.get("/complain/later").get_data(as_text=True)
        code = code_on(page)
        assert "Friday 29 May 2026" in words_of(page) and "28 days from now" in words_of(page)
    sessions, files = client.application.extensions["sessions"], client.application.extensions["portal"].files
    with clock.at(began + DRAFT_KEPT_FOR + timedelta(minutes=50)):
        sweep(sessions, files)
        assert "Rain comes in." in client.get("/complain/story").get_data(as_text=True)
        other = client.application.test_client()
        assert signs_in(other, code).location == "/complain"  # type: ignore[arg-type]
    with clock.at(began + DRAFT_KEPT_FOR + timedelta(hours=1)):
        assert signs_in(client, code).status_code == 422
        sweep(sessions, files)
    town.register.rollback()
    assert town.register.query(Draft).count() == 0


def test_a_whole_complaint_does_not_owe_a_call(client: CheckingClient, town: Town) -> None:
    complains(client)
    assert the_complaint(town).next_step == "acknowledged"
    assert "We ring you" not in words_of(client.page("/your-complaint"))
