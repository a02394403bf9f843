"""Coming back with an access code, going away for good, and what nobody else can reach."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal import clock
from tests.browser_client import CheckingClient, words_of
from tests.resident.journeys import ANSWERS, answers, code_on, complains, signs_in
from tests.town import CODE, Town

SPELLED = [
    "7K4QM2XDR7K4QM2XDR7K4QM2", "7k4q m2xd r7k4 qm2x dr7k 4qm2", " 7K4Q-M2XD-R7K4-QM2X-DR7K-4QM2\n", "7K4Q\tM2XD.R7K4,QM2X DR7K 4QM2",
]  # fmt: skip
LOOK_ALIKE = "0101" + CODE[4:]
WRONG = ["7K4QM2XDR7K4QM2XDR7K4QM3", "wrong", "0" * 24, "7K4Q", "' or 1=1 --", "7K4QM2XDR", "🙂" * 24, "x" * 2_000]
GREETING = "Welcome back. Everything you wrote is here."
THEIRS = [
    "/your-complaint", "/your-complaint/receipt", "/your-complaint/words", "/your-complaint/dates.ics",
    "/your-complaint/letters/1", "/your-complaint/stage-2", "/your-complaint/files/1",
]  # fmt: skip


@pytest.mark.parametrize("typed", SPELLED)
def test_a_code_is_known_however_it_is_typed(client: CheckingClient, town: Town, typed: str) -> None:
    town.complains()
    assert signs_in(client, typed).location == "/your-complaint"


@pytest.mark.parametrize("typed", [LOOK_ALIKE, LOOK_ALIKE.replace("0", "O"), LOOK_ALIKE.replace("1", "I"), LOOK_ALIKE.replace("1", "l")])
def test_letters_that_look_like_numbers_are_put_right(client: CheckingClient, town: Town, typed: str) -> None:
    town.complains(code=LOOK_ALIKE)
    assert signs_in(client, typed).location == "/your-complaint"


def test_every_wrong_code_gets_the_same_answer(client: CheckingClient, town: Town) -> None:
    complaint = town.complains()
    said = set()
    for typed in [*WRONG, complaint.reference]:
        answer = signs_in(client, typed)
        assert answer.status_code == 422
        page = words_of(answer.get_data(as_text=True))
        said.add(page)
    assert len(said) == 1
    assert "We do not know this code" in said.pop()


def test_signing_in_gives_the_browser_another_cookie(client: CheckingClient, town: Town) -> None:
    town.complains()
    client.send("/complain/danger", {"danger": "no"})
    before = client.get_cookie("portal")
    signs_in(client, CODE)
    after = client.get_cookie("portal")
    assert before and after and before.value != after.value
    assert client.get("/complain").location == "/complain/danger", "An earlier draft is not carried into the session."


def test_signing_out_ends_it_here_and_on_the_server(client: CheckingClient, town: Town) -> None:
    town.complains()
    signs_in(client, CODE)
    old = client.get_cookie("portal")
    assert old is not None
    answer = client.send("/your-complaint", form="/sign-out")
    assert (answer.status_code, answer.location) == (303, "/signed-out")
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert client.get("/your-complaint").location == "/follow"
    client.set_cookie("portal", old.value)
    assert client.get("/your-complaint").location == "/follow", "A copy of the cookie opens nothing."


def test_leaving_goes_to_a_quiet_page_and_the_browser_forgets(client: CheckingClient, town: Town) -> None:
    client.send("/complain/danger", {"danger": "no"})
    client.send("/complain/name", {"name": "Samira"})
    answer = client.get("/leave")
    assert (answer.status_code, answer.location) == (303, "https://www.bbc.co.uk/weather")
    assert client.get_cookie("portal") is None
    assert "Samira" not in client.get("/complain/name").get_data(as_text=True)


def saved_and_back_elsewhere(client: CheckingClient, app: Flask) -> CheckingClient:
    """Stop on this page, and come back with the code in another browser."""
    other = app.test_client()
    assert isinstance(other, CheckingClient)
    assert signs_in(other, code_on(client.get("/complain/later").get_data(as_text=True))).location == "/complain"
    return other


def test_somebody_who_comes_back_is_greeted_on_the_first_page_and_not_again(client: CheckingClient, app: Flask) -> None:
    client.send("/complain/danger", {"danger": "no"})
    client.send("/complain/story", {"story": "Rain comes in", "later": "yes"})
    other = saved_and_back_elsewhere(client, app)
    assert GREETING in words_of(other.page("/complain"))
    assert "Welcome back" not in words_of(other.page("/complain/story"))


def test_somebody_who_comes_back_to_send_is_greeted_on_the_last_page(client: CheckingClient, app: Flask) -> None:
    answers(client)
    client.send("/complain/files")
    other = saved_and_back_elsewhere(client, app)
    said = words_of(other.page("/complain"))
    assert said.index(GREETING) < said.index("Check your answers Nothing has been sent")
    assert str(ANSWERS["story"]["story"]) in said


def test_somebody_who_comes_back_to_add_files_is_greeted_there(client: CheckingClient, app: Flask) -> None:
    answers(client)
    assert GREETING in words_of(saved_and_back_elsewhere(client, app).page("/complain"))


def test_somebody_who_begins_is_not_welcomed_back(client: CheckingClient) -> None:
    assert "Welcome back" not in words_of(client.page("/complain"))


@pytest.mark.parametrize("url", THEIRS)
def test_without_a_session_every_page_of_a_complaint_leads_to_the_door(client: CheckingClient, town: Town, url: str) -> None:
    town.complains()
    assert client.get(url).location == "/follow"


def test_a_session_ends_after_half_an_hour_unused_and_after_two_hours_at_most(client: CheckingClient, town: Town) -> None:
    began = datetime(2026, 5, 18, 9, tzinfo=UTC)
    with clock.at(began):
        town.complains()
        signs_in(client, CODE)
    for minutes, still in ((29, True), (58, True), (87, True), (116, True), (121, False)):
        with clock.at(began + timedelta(minutes=minutes)):
            assert (client.get("/your-complaint").status_code == 200) is still, minutes


def test_one_persons_session_opens_one_complaint_alone(client: CheckingClient, app: Flask, town: Town) -> None:
    theirs = town.complains("Somebody else's words.")
    complains(client)
    assert "Somebody else" not in words_of(client.page("/your-complaint/words"))
    assert client.get(f"/your-complaint?complaint={theirs.reference}").status_code == 200
    assert theirs.reference not in client.get(f"/your-complaint?complaint={theirs.reference}").get_data(as_text=True)
    assert client.get("/your-complaint/letters/2").status_code == 404
    assert client.get("/staff/").status_code == 303


def test_nothing_of_a_complaint_is_kept_by_the_browser(client: CheckingClient, town: Town) -> None:
    town.complains()
    signs_in(client, CODE)
    for url in THEIRS[:-1]:
        assert client.get(url).headers["Cache-Control"] == "no-store", url
