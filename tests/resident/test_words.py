"""What somebody told us is theirs to read again, all of it but what would be dangerous in front of others."""

from datetime import date

from portal import clock
from portal.complaints.caring import braille_grade, print_size
from portal.complaints.people import Adjustment, Party
from tests.browser_client import CheckingClient, words_of
from tests.resident.journeys import complains, signs_in
from tests.town import CODE, Town

WORDS = "/your-complaint/words"
DANGER = {"phone": "01632 960111", "safe_to_ring": "yes", "address": "In the stairwell", "words": "Smell of gas"}
RINGING = {
    "phone": "01632 960222", "times": "Weekdays after 10am", "voicemail": "first_name", "say_who": "no",
    "email": "sam@example.org", "where": "other", "post": "Care of 3 Lock Street",
}  # fmt: skip


def reads(client: CheckingClient) -> str:
    """What the page of their own words says, without the help at its end."""
    return words_of(client.page(WORDS)).split("Talk to a person")[0]


def test_they_read_every_answer_they_gave(client: CheckingClient) -> None:
    complains(
        client,
        home={"home": "communal", "address": "The bin store"},
        you={"relationship": "leaseholder"},
        reach={"channels": ["email", "phone", "post"]},
        details=RINGING,
    )
    said = reads(client)
    for words in (
        "Your name Samira Haddad",
        "Where it is about It is about a shared area, such as stairs or a car park", "The bin store",
        "How we know you I own my home on a lease",
        "Rain comes through the bedroom ceiling", "Since February", "It is still going on",
        "Do the repair, or fix the problem", "Before winter, please.",
        "Letters in large print", "Print size: 18 point", "Every time you contact me",
        "How it is safe to reach you Email",
    ):  # fmt: skip
        assert words in said, words


def test_where_they_can_be_reached_and_any_danger_are_not_on_the_page(client: CheckingClient) -> None:
    complains(client, danger={"danger": "yes"}, alert=DANGER, reach={"channels": ["email", "phone", "post"]}, details=RINGING)
    page = client.get(WORDS).get_data(as_text=True)
    for hidden in ("01632 960222", "sam@example.org", "Care of 3 Lock Street", "01632 960111", "In the stairwell", "Smell of gas", "Weekdays after 10am"):
        assert hidden not in page, hidden


def test_what_was_left_empty_is_said(client: CheckingClient) -> None:
    complains(client, easier={"kinds": [], "print_size": "", "span": []})
    assert "What would make it easier Not provided" in reads(client)


def test_a_print_size_alone_is_a_wish_too(client: CheckingClient) -> None:
    complains(client, easier={"kinds": [], "print_size": "24 point"})
    assert "Print size: 24 point" in reads(client)


def test_a_size_of_print_or_a_grade_of_braille_asks_for_that_form_ticked_or_not(client: CheckingClient, town: Town) -> None:
    complains(client, easier={"kinds": [], "print_size": "24 point", "braille": "1"})
    [adjustment] = town.register.query(Adjustment)
    assert adjustment.wish["kinds"] == ["large_print", "braille"]
    assert (print_size(town.register.query(Party).one()), braille_grade(town.register.query(Party).one())) == (24, 1)
    town.register.rollback()
    assert "Grade 1 (letter by letter)" in reads(client)


def test_a_grade_of_braille_that_there_is_none_of_is_refused(client: CheckingClient) -> None:
    answer = client.send("/complain/easier", {"kinds": ["braille"], "braille": "9", "words": "Kept words"})
    assert answer.status_code == 422 and "Kept words" in answer.get_data(as_text=True) and 'id="braille-error"' in answer.get_data(as_text=True)


def test_what_they_said_when_they_asked_for_stage_2_is_theirs_to_read_even_while_it_is_held(
    client: CheckingClient, town: Town
) -> None:
    with clock.at(date(2026, 5, 18)):
        complaint = town.complains()
    town.acknowledged(complaint, on=date(2026, 5, 20))
    with clock.at(date(2026, 5, 21)):
        signs_in(client, CODE)
        client.send("/your-complaint/stage-2", {"words": "I have waited long enough"})
        assert "When you asked for stage 2 I have waited long enough" in reads(client)
