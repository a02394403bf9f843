"""Raising a complaint: nothing is lost by stopping, going back, changing one's mind or pressing twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from lxml import html

from portal import clock, pace
from portal.complaints.models import Complaint
from portal.complaints.papers import Draft
from portal.complaints.people import Visit
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.resident.journeys import ANSWERS, answers, code_on, complains, signs_in
from tests.town import Town


def complaints(town: Town) -> list[Complaint]:
    """Every complaint there is now."""
    found = town.register.query(Complaint).order_by(Complaint.id).all()
    town.register.expunge_all()
    town.register.rollback()
    return found


def test_what_was_answered_is_in_the_box_when_somebody_goes_back(client: CheckingClient) -> None:
    answers(client)
    story = client.page("/complain/story")
    assert ANSWERS["story"]["story"] in story.xpath("//textarea[@name='story']")[0].text
    assert client.page("/complain/right").xpath("//input[@name='kinds'][@checked]/@value") == ["repair", "sorry"]


def test_item_9_back_leads_from_the_last_question_to_the_start_page(client: CheckingClient) -> None:
    answers(client)
    visited, url = [], "/complain/files"
    while url != "/":
        visited.append(url)
        url = client.page(url).xpath("//a[@class='back']/@href")[0]
    assert visited[::-1] == [f"/complain/{name}" for name in (*ANSWERS, "files")]


def test_item_34_a_change_from_the_check_page_leads_back_to_it(client: CheckingClient) -> None:
    answers(client)
    client.send("/complain/files")
    change = client.page("/complain/check").xpath("//a[contains(., 'Your name')]/@href")[0]
    changed = client.send(change, {"name": "Sam Haddad"})
    assert changed.location == "/complain/check"
    assert "Sam Haddad" in words_of(client.page("/complain/check"))


def test_choosing_a_way_that_needs_details_asks_for_them_before_checking_again(client: CheckingClient) -> None:
    answers(client)
    client.send("/complain/files")
    changed = client.send("/complain/reach?then=check", {"channels": ["email"]})
    assert changed.location.startswith("/complain/details")
    assert client.get("/complain/check").location == "/complain/details?then=check"


def test_what_was_left_empty_is_said_and_not_hidden(client: CheckingClient) -> None:
    answers(client, easier={"kinds": [], "print_size": "", "span": []})
    client.send("/complain/files")
    assert words_of(client.page("/complain/check")).count("Not provided") == 2


def test_item_36_the_count_of_questions_never_changes_whatever_is_answered(client: CheckingClient) -> None:
    answers(client)
    few = {name: client.page(f"/complain/{name}").xpath("string(//div[@class='beside']/p)") for name in (*ANSWERS, "files")}
    client.send("/complain/danger", {"danger": "yes"})
    client.send("/complain/reach", {"channels": ["email", "phone", "post"]})
    many = {name: client.page(f"/complain/{name}").xpath("string(//div[@class='beside']/p)") for name in few}
    assert few == many == {name: f"Question {at} of 11" for at, name in enumerate(few, 1)}
    for extra in ("alert", "details"):
        assert "Question" not in words_of(client.page(f"/complain/{extra}"))


def test_nothing_is_sent_before_the_button_is_pressed(client: CheckingClient, town: Town) -> None:
    answers(client)
    client.send("/complain/files")
    client.page("/complain/check")
    assert complaints(town) == []


def test_a_complaint_that_misses_an_answer_leads_to_its_question(client: CheckingClient, town: Town) -> None:
    client.send("/complain/danger", {"danger": "no"})
    assert client.get("/complain/check").location == "/complain/name?then=check"
    assert complaints(town) == []


def test_pressing_send_twice_gives_the_same_receipt(client: CheckingClient, town: Town) -> None:
    answers(client)
    client.send("/complain/files")
    page = client.page("/complain/check")
    filled = form_values(pick_form(page, 0))
    first = client.post("/complain/check", data=filled)
    shown = client.get(first.location).get_data(as_text=True)
    second = client.post("/complain/check", data=filled)
    assert first.location == second.location == "/your-complaint/receipt"
    assert code_on(client.get(second.location).get_data(as_text=True)) == code_on(shown)
    assert len(complaints(town)) == 1


def test_the_second_of_two_presses_signs_in_a_browser_that_never_saw_the_first_answer(
    client: CheckingClient, app: Flask, town: Town
) -> None:
    answers(client)
    client.send("/complain/files")
    filled = form_values(pick_form(client.page("/complain/check"), 0))
    before = client.get_cookie("portal")
    assert before is not None
    client.post("/complain/check", data=filled)
    client.set_cookie("portal", before.value)
    assert client.post("/complain/check", data=filled).location == "/your-complaint/receipt"
    assert "We have your complaint" in words_of(client.page("/your-complaint/receipt"))
    assert len(complaints(town)) == 1


def test_two_windows_open_on_the_check_page_send_one_complaint(client: CheckingClient, town: Town) -> None:
    answers(client)
    client.send("/complain/files")
    windows = [form_values(pick_form(client.page("/complain/check"), 0)) for _ in range(2)]
    assert windows[0]["key"] != windows[1]["key"]
    before = client.get_cookie("portal")
    assert before is not None
    for filled in windows:
        client.set_cookie("portal", before.value)
        assert client.post("/complain/check", data=filled).location == "/your-complaint/receipt"
    assert len(complaints(town)) == 1


def test_going_back_after_sending_and_pressing_again_changes_nothing(client: CheckingClient, town: Town) -> None:
    code = complains(client)
    assert client.get("/complain/check").location == "/your-complaint/receipt"
    assert code_on(client.get("/your-complaint/receipt").get_data(as_text=True)) == code
    assert len(complaints(town)) == 1


def test_item_68_the_receipt_shows_the_code_until_the_session_ends(client: CheckingClient, town: Town) -> None:
    code = complains(client)
    client.post("/sign-out")
    signs_in(client, code)
    assert code not in client.get("/your-complaint/receipt").get_data(as_text=True).replace("</bdi> <bdi>", "")
    town.register.rollback()
    kept = town.register.query(Draft).one()
    assert (kept.code, kept.answers) == ("", {})


def test_a_second_complaint_in_the_same_browser_is_another_complaint(client: CheckingClient, town: Town) -> None:
    first, second = complains(client), complains(client, story={"story": "And now the lift."})
    assert first != second
    assert [each.words for each in complaints(town)] == [ANSWERS["story"]["story"], "And now the lift."]


def test_item_42_somebody_who_stops_comes_back_with_the_code_on_any_device(client: CheckingClient, app: Flask) -> None:
    client.send("/complain/danger", {"danger": "no"})
    saved = client.send("/complain/name", {"name": "Samira Haddad", "later": "yes"})
    assert saved.location == "/complain/later"
    code = code_on(client.get("/complain/later").get_data(as_text=True))
    other = app.test_client()
    assert signs_in(other, code).location == "/complain"  # type: ignore[arg-type]
    assert other.get("/complain").location == "/complain/home"
    assert client.get("/complain/later").location == "/complain", "The browser before it no longer opens the draft."


def test_words_that_are_not_whole_yet_are_kept_for_later_and_asked_for_again(client: CheckingClient) -> None:
    answers(client)
    saved = client.send("/complain/home", {"home": "address", "address": "", "later": "yes"})
    assert saved.location == "/complain/later"
    assert client.get("/complain/check").location == "/complain/home?then=check"


@pytest.mark.parametrize(("days", "kept"), [(27, True), (28, True), (29, False)])
def test_item_40_a_draft_is_kept_to_the_end_of_the_28th_day_after_the_last_save(client: CheckingClient, days: int, kept: bool) -> None:
    began = date(2026, 5, 1)
    with clock.at(began):
        client.send("/complain/danger", {"danger": "no"})
        client.send("/complain/name", {"name": "Samira", "later": "yes"})
        page = client.page("/complain/later")
        assert "Friday 29 May 2026" in words_of(page)
        code = code_on(client.get("/complain/later").get_data(as_text=True))
    with clock.at(began + timedelta(days=days)):
        assert (signs_in(client, code).status_code == 303) is kept


def test_item_37_a_very_long_story_arrives_whole(client: CheckingClient, town: Town) -> None:
    long = "العربية 🙂 \u202e<b>bold</b>\n" + "Every night the water came in. " * 1_500
    assert len(long) < 50_000
    complains(client, story={"story": long})
    assert complaints(town)[0].words == long.strip()


def test_a_robot_that_fills_in_the_hidden_box_is_asked_to_press_again(client: CheckingClient, town: Town) -> None:
    answers(client)
    client.send("/complain/files")
    refused = client.send("/complain/check", {"website": "http://spam.example"})
    assert refused.status_code == 422
    assert complaints(town) == []
    assert client.send("/complain/check").status_code == 303


def test_a_stale_page_saves_nothing_not_even_for_later(client: CheckingClient) -> None:
    client.send("/complain/name", {"name": "Samira"})
    refused = client.post("/complain/name", data={"name": "Somebody else", "later": "yes", "csrf_token": "stale"})
    assert refused.status_code == 400
    assert client.page("/complain/name").xpath("//input[@name='name']/@value") == ["Samira"]


def test_very_many_from_one_address_are_slowed_and_their_words_given_back(
    client: CheckingClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pace.MOST, "begin", 2)
    far = {"REMOTE_ADDR": "203.0.113.7"}
    codes = []
    for _ in range(3):
        browser = app.test_client()
        filled = form_values(pick_form(html.document_fromstring(browser.get("/complain/story").data), 0))
        words = {**filled, "story": "Rain comes through the ceiling."}
        answer = browser.post("/complain/story", data=words, environ_base=far)
        codes.append(answer.status_code)
    assert codes == [303, 303, 429]
    assert "Rain comes through the ceiling." in answer.get_data(as_text=True)
    assert client.send("/complain/story", {"story": "From elsewhere."}).status_code == 303


def sends_and_leaves(client: CheckingClient, began: datetime) -> None:
    """Somebody complains at this moment and walks away from the browser."""
    with clock.at(began):
        complains(client)


def test_a_look_at_the_check_page_after_the_visit_ended_opens_nothing(client: CheckingClient, town: Town) -> None:
    began = datetime(2026, 5, 18, 9, tzinfo=UTC)
    sends_and_leaves(client, began)
    with clock.at(began + timedelta(minutes=10)):
        assert client.get("/complain/check").location == "/your-complaint/receipt"
    with clock.at(began + timedelta(hours=3)):
        assert client.get("/complain/check").location == "/follow"
        assert client.get("/your-complaint/receipt").location == "/follow"
        assert client.get("/complain/check").location == "/complain", "Nothing of it is left in the browser."
    town.register.rollback()
    assert town.register.query(Visit).count() == 1


def test_a_browser_that_had_no_answer_is_shown_that_it_was_sent_and_signed_in_only_by_pressing(client: CheckingClient, town: Town) -> None:
    answers(client)
    client.send("/complain/files")
    filled = form_values(pick_form(client.page("/complain/check"), 0))
    before = client.get_cookie("portal")
    assert before is not None
    client.post("/complain/check", data=filled)
    client.set_cookie("portal", before.value)
    assert "It was sent, and it is safe with us." in words_of(client.page("/complain/check"))
    assert client.get("/your-complaint").location == "/follow"
    assert client.send("/complain/check").location == "/your-complaint/receipt"
    assert len(complaints(town)) == 1


@pytest.mark.parametrize(("minutes", "leads_to"), [(4, "/your-complaint/receipt"), (6, "/follow")])
def test_a_second_press_signs_in_only_soon_after_the_first(client: CheckingClient, minutes: int, leads_to: str) -> None:
    began = datetime(2026, 5, 18, 9, tzinfo=UTC)
    with clock.at(began - timedelta(minutes=20)):
        answers(client)
        client.send("/complain/files")
    with clock.at(began):
        filled = form_values(pick_form(client.page("/complain/check"), 0))
        before = client.get_cookie("portal")
        assert before is not None
        client.post("/complain/check", data=filled)
    client.set_cookie("portal", before.value)
    with clock.at(began + timedelta(minutes=minutes)):
        assert client.post("/complain/check", data=filled).location == leads_to


def test_a_press_after_the_visit_ended_opens_nothing(client: CheckingClient, town: Town) -> None:
    began = datetime(2026, 5, 18, 9, tzinfo=UTC)
    with clock.at(began):
        answers(client)
        client.send("/complain/files")
        filled = form_values(pick_form(client.page("/complain/check"), 0))
        client.post("/complain/check", data=filled)
    with clock.at(began + timedelta(minutes=45)):
        assert client.post("/complain/check", data=filled).location == "/follow"
        assert client.get("/your-complaint").location == "/follow"


def test_an_unfinished_answer_is_finished_before_sending_even_where_none_is_needed(client: CheckingClient, town: Town) -> None:
    answers(client)
    client.send("/complain/files")
    kept = client.send("/complain/easier", {"kinds": ["'; drop table"], "words": "x" * 6_000, "later": "yes"})
    assert kept.location == "/complain/later"
    assert client.get("/complain/check").location == "/complain/easier?then=check"
    assert client.send("/complain/easier", {"kinds": [], "words": ""}).status_code == 303
    assert client.get("/complain/check").status_code == 200


def test_a_way_added_later_asks_for_its_details_again(client: CheckingClient, town: Town) -> None:
    answers(client, reach={"channels": ["email"]}, details={"email": "sam@example.org"})
    client.send("/complain/files")
    assert client.get("/complain/check").status_code == 200
    client.send("/complain/reach", {"channels": ["email", "phone"]})
    assert client.get("/complain/check").location == "/complain/details?then=check"


def test_an_answer_unfinished_in_another_window_is_not_sent_with_the_rest(client: CheckingClient, town: Town) -> None:
    answers(client)
    client.send("/complain/files")
    filled = form_values(pick_form(client.page("/complain/check"), 0))
    client.send("/complain/home", {"home": "address", "address": "", "later": "yes"})
    assert client.post("/complain/check", data=filled).location == "/complain/home?then=check"
    assert complaints(town) == []
