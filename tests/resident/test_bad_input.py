"""Whatever is sent to a resident's form: an answer in words, what was typed kept, never a broken page."""

from time import perf_counter

import pytest
from werkzeug.test import TestResponse

from portal.forms import LONGEST_STORY
from tests.browser_client import CheckingClient, Fields, form_values, pick_form, words_of
from tests.resident.journeys import ANSWERS, answers, complains

OPEN = ("danger", "alert", "name", "home", "you", "story", "when", "right", "easier", "reach", "details")
NEED_AN_ANSWER = ("danger", "alert", "name", "home", "you", "story", "when", "right", "reach", "details")
WAYS = {"channels": ["email", "phone", "post"]}
TEXT = {
    "alert": "address", "name": "name", "home": "address", "story": "story", "when": "when", "right": "words",
    "easier": "words", "details": "times",
}  # fmt: skip
CHOICE = {"danger": "danger", "home": "home", "you": "relationship", "right": "kinds", "easier": "span", "reach": "channels"}
ODD = {
    "control characters": b"be%07fore%1B%00aft%7Fer",
    "halves of characters": b"before%ED%A0%80after",
    "bytes that are not text": b"%ff%fe%c3%28",
    "a page inside": b"%3Cscript%3Ealert(1)%3C%2Fscript%3E%3C%2Ftextarea%3E",
    "places for words": b"%25d+100%25+%24%7B7*7%7D",
}


def empty_form(client: CheckingClient, url: str) -> Fields:
    """A page's hidden fields and nothing else."""
    filled = form_values(pick_form(client.page(url), 0))
    return {name: filled[name] for name in ("csrf_token", "key", "version") if name in filled}


def reaching(client: CheckingClient, question: str) -> str:
    """The address of a question, in a draft in which it is asked."""
    if question == "details":
        client.send("/complain/reach", WAYS)
    return f"/complain/{question}"


@pytest.mark.parametrize("question", NEED_AN_ANSWER)
def test_nothing_at_all_is_told_beside_the_box(client: CheckingClient, question: str) -> None:
    url = reaching(client, question)
    answer = client.post(url, data=empty_form(client, url))
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Error: " in page
    assert 'class="error-summary"' in page and 'class="error-message"' in page


def test_what_may_be_left_empty_may_be_left_empty(client: CheckingClient) -> None:
    for question in ("easier", "files"):
        url = f"/complain/{question}"
        assert client.post(url, data=empty_form(client, url)).status_code == 303


@pytest.mark.parametrize("question", TEXT)
def test_too_many_words_are_given_back_with_how_many_are_too_many(client: CheckingClient, question: str) -> None:
    url = reaching(client, question)
    long = "a long story " * (LONGEST_STORY // 12)
    answer = client.send(url, {TEXT[question]: long})
    assert answer.status_code == 422
    said = words_of(answer.get_data(as_text=True))
    assert "too long for us to keep" in said
    assert long.strip() in said or f'value="{long.strip()}' in answer.get_data(as_text=True)


@pytest.mark.parametrize("question", CHOICE)
def test_a_choice_that_is_not_on_the_page_is_refused(client: CheckingClient, question: str) -> None:
    answer = client.send(f"/complain/{question}", {CHOICE[question]: "'; drop table complaint"})
    assert answer.status_code == 422


def post_odd(client: CheckingClient, url: str, box: str, odd: bytes) -> TestResponse:
    """Post a page with these very bytes in one of its boxes."""
    hidden = "&".join(f"{name}={value}" for name, value in empty_form(client, url).items()).encode()
    body = hidden + b"&" + box.encode() + b"=" + odd
    return client.post(url, data=body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("question", TEXT)
def test_odd_characters_break_nothing(client: CheckingClient, question: str) -> None:
    url = reaching(client, question)
    for odd in ODD.values():
        assert post_odd(client, url, TEXT[question], odd).status_code in (303, 422)
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("question", OPEN)
def test_a_page_without_its_token_keeps_the_words_and_asks_to_press_again(client: CheckingClient, question: str) -> None:
    url = reaching(client, question)
    box = TEXT.get(question)
    answer = client.post(url, data={box: "My own words"} if box else {"csrf_token": "stale"})
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "open for a long time" in page
    assert not box or "My own words" in page


@pytest.mark.parametrize("key", ["", "x" * 300, "not a key!", None])
def test_a_page_without_its_key_or_with_a_strange_one_is_never_an_error_of_ours(client: CheckingClient, key: str | None) -> None:
    filled = {**empty_form(client, "/complain/name"), "name": "Samira", "key": key}
    answer = client.post("/complain/name", data={name: value for name, value in filled.items() if value is not None})
    assert answer.status_code in (303, 422)
    if answer.status_code == 422:
        assert "Samira" in answer.get_data(as_text=True)


def test_the_same_page_sent_again_with_other_words_keeps_both(client: CheckingClient) -> None:
    filled = {**empty_form(client, "/complain/story"), "story": "The first words."}
    assert client.post("/complain/story", data=filled).status_code == 303
    again = client.post("/complain/story", data={**filled, "story": "Other words."})
    assert again.status_code == 409
    assert "Other words." in again.get_data(as_text=True)
    assert "The first words." in client.get("/complain/story").get_data(as_text=True)


def test_too_many_boxes_and_too_much_at_once_are_refused_kindly(client: CheckingClient) -> None:
    many = {f"box{n}": "x" for n in range(2_000)}
    assert client.post("/complain/name", data=many).status_code in (400, 413)
    assert client.post("/complain/story", data={"story": "x" * 2_000_000}).status_code == 413


def test_an_unknown_question_is_not_there(client: CheckingClient) -> None:
    assert client.get("/complain/salary").status_code == 404
    assert client.post("/complain/salary", data={"x": "y"}).status_code == 404


def test_questions_that_are_not_asked_of_this_person_still_open(client: CheckingClient) -> None:
    assert client.get("/complain/details").status_code == 200
    assert client.get("/complain/alert").status_code == 200


EMPTY = {"/ring-me": "danger name phone voicemail", "/complain/group": "how can_show", "/complain/homes": "name address"}
LONG = {"/ring-me": "words", "/complain/homes": "words"}


@pytest.mark.parametrize("url", EMPTY)
def test_nothing_at_all_is_told_beside_each_box_of_the_newer_forms(client: CheckingClient, url: str) -> None:
    answer = client.post(url, data=empty_form(client, url))
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert all(f'id="{name}-error"' in page for name in EMPTY[url].split())


@pytest.mark.parametrize("url", LONG)
def test_too_many_words_are_given_back_by_the_newer_forms(client: CheckingClient, url: str) -> None:
    long = "a long story " * (LONGEST_STORY // 12)
    answer = client.send(url, {LONG[url]: long})
    assert answer.status_code == 422
    assert "too long for us to keep" in words_of(answer.get_data(as_text=True)) and long.strip() in words_of(answer.get_data(as_text=True))


MESSY = ("sam@example.org", "sam at example dot org", "<sam@example.org>", "mailto:sam@example.org", "sam @ example.org")


@pytest.mark.parametrize("typed", MESSY)
def test_item_31_an_email_address_is_taken_as_it_was_meant(client: CheckingClient, typed: str) -> None:
    client.send("/complain/reach", {"channels": ["email"]})
    assert client.send("/complain/details", {"email": typed}).status_code == 303
    assert client.page("/complain/details").xpath("//input[@name='email']/@value") == ["sam@example.org"]


@pytest.mark.parametrize("typed", ["01632 960111", "+44 (0)1632-960 111", "01632.960.111 ext 4", "٠١٦٣٢ ٩٦٠١١١"])
def test_a_phone_number_is_kept_as_it_was_typed(client: CheckingClient, typed: str) -> None:
    client.send("/complain/reach", {"channels": ["phone"]})
    sent = {"phone": typed, "voicemail": "no", "say_who": "no"}
    assert client.send("/complain/details", sent).status_code == 303
    assert client.page("/complain/details").xpath("//input[@name='phone']/@value") == [typed]


@pytest.mark.parametrize("name", ["Ng", "Ó Súilleabháin-O’Neill", "سميرة حداد", "Αθηνά", "X Æ A-12", "Þóra", "李"])
def test_item_32_any_name_is_a_name(client: CheckingClient, name: str) -> None:
    assert client.send("/complain/name", {"name": f"  {name} \n"}).status_code == 303
    assert client.page("/complain/name").xpath("//input[@name='name']/@value") == [name]


def test_every_question_has_been_tried() -> None:
    assert set(OPEN) == set(ANSWERS) | {"alert", "details"}


@pytest.mark.parametrize("typed", ["a" + " " * 199_998 + "b", "a at " * 40_000, "a@" + "b." * 99_999, " dot" * 50_000, "(at) " * 40_000])
def test_two_hundred_thousand_letters_for_an_email_address_are_answered_at_once(client: CheckingClient, typed: str) -> None:
    client.send("/complain/reach", {"channels": ["email"]})
    filled = {**empty_form(client, "/complain/details"), "email": typed}
    began = perf_counter()
    answer = client.post("/complain/details", data=filled)
    assert perf_counter() - began < 1
    assert answer.status_code == 422
    assert "Write your email address" in answer.get_data(as_text=True)


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_row_can_have_is_a_page_that_does_not_exist(client: CheckingClient, number: int) -> None:
    complains(client)
    assert client.get(f"/your-complaint/letters/{number}").status_code == 404
    assert client.get(f"/your-complaint/files/{number}").status_code == 404
    token = client.page("/complain/name").xpath("//main//input[@name='csrf_token']/@value")[0]
    sent = {"csrf_token": token, "key": "k1"}
    assert client.post(f"/complain/files/{number}/remove", data=sent).status_code == 404


def test_details_sent_before_any_way_was_chosen_lead_back_to_where_they_left_off(client: CheckingClient) -> None:
    answers(client, reach={"channels": ["portal"]})
    sent = client.send("/complain/details")
    assert (sent.status_code, sent.location) == (303, "/complain")
    assert client.get("/complain").location == "/complain/files"
