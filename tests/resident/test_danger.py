"""Danger comes first: who to ring is shown at once, and what was told is kept whatever happens to the complaint."""

from portal.complaints.papers import DangerAlert
from tests.browser_client import CheckingClient, words_of
from tests.resident.journeys import complains
from tests.town import Town

TOLD = {"phone": "01632 960111", "safe_to_ring": "yes", "address": "In the stairwell", "words": "Smell of gas"}


def waiting(town: Town) -> list[DangerAlert]:
    """What waits for somebody to take it up."""
    found = town.dangers()
    town.register.expunge_all()
    town.register.rollback()
    return found


def test_ruling_15_yes_shows_999_and_the_emergency_line_at_once(client: CheckingClient) -> None:
    assert client.send("/complain/danger", {"danger": "yes"}).location == "/complain/alert"
    page = client.page("/complain/alert")
    assert {"tel:999", "tel:01632960999"} <= set(page.xpath("//main//a/@href"))
    assert "Nobody reads this website at night" in words_of(page)


def test_ruling_15_what_is_told_is_kept_at_once_without_any_complaint(client: CheckingClient, town: Town) -> None:
    client.send("/complain/danger", {"danger": "yes"})
    assert client.send("/complain/alert", TOLD).location == "/complain/alerted"
    assert [(each.told, each.complaint_id) for each in waiting(town)] == [(TOLD, None)]
    assert "You can stop here" in words_of(client.page("/complain/alerted"))


def test_ruling_15_a_number_is_not_to_be_rung_unless_somebody_said_so(client: CheckingClient, town: Town) -> None:
    client.send("/complain/danger", {"danger": "yes"})
    alone = client.send("/complain/alert", {"phone": "01632 960111", "safe_to_ring": []})
    assert alone.status_code == 422
    assert "Without one of these we cannot reach you" in alone.get_data(as_text=True)
    client.send("/complain/alert", {"phone": "01632 960111", "safe_to_ring": [], "address": "By the lock"})
    assert waiting(town)[0].told["safe_to_ring"] == ""
    assert "We will not ring the number you gave" in client.get("/complain/alerted").get_data(as_text=True)


def test_danger_told_in_words_alone_is_taken(client: CheckingClient, town: Town) -> None:
    client.send("/complain/danger", {"danger": "yes"})
    assert client.send("/complain/alert", {"words": "Gas on the stairs of Lock House"}).status_code == 303
    assert waiting(town)[0].told["words"] == "Gas on the stairs of Lock House"


def test_only_on_this_website_is_not_mixed_with_other_ways(client: CheckingClient, town: Town) -> None:
    client.send("/complain/danger", {"danger": "no"})
    answer = client.send("/complain/reach", {"channels": ["email", "portal"]})
    assert answer.status_code == 422
    assert "not both" in answer.get_data(as_text=True)


def test_telling_again_replaces_what_was_told(client: CheckingClient, town: Town) -> None:
    client.send("/complain/danger", {"danger": "yes"})
    client.send("/complain/alert", TOLD)
    client.send("/complain/alert", TOLD | {"words": "The fire service is here"})
    assert [each.told["words"] for each in waiting(town)] == ["The fire service is here"]


def test_the_danger_goes_with_the_complaint_but_not_onto_its_page(client: CheckingClient, town: Town) -> None:
    complains(client, danger={"danger": "yes"}, alert=TOLD)
    assert waiting(town)[0].complaint_id is not None
    case = words_of(client.page("/your-complaint")) + words_of(client.page("/your-complaint/words"))
    assert "gas" not in case.split("Talk to a person")[0]


def test_somebody_who_would_rather_not_tell_goes_straight_on(client: CheckingClient, town: Town) -> None:
    client.send("/complain/danger", {"danger": "yes"})
    assert "/complain/name" in client.page("/complain/alert").xpath("//main//a/@href")
    assert waiting(town) == []
