"""The policy page says what the rules say: it is drawn from the edition, and from details that somebody dated."""

from dataclasses import replace

import pytest
from lxml import html

from portal import clock
from portal.access import Role
from portal.complaints.settings import LandlordSetting
from portal.forms import is_web
from portal.rules import editions
from portal.rules.editions.model import Edition, Ground, Part
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_staff
from tests.town import Town


def other(edition: Edition) -> Edition:
    """An edition with other numbers, another ground, another part of a letter, and one stage."""
    stage = edition.stages[0]
    assert stage.acknowledge and stage.extend
    letters = {**stage.letters, "response": (*stage.letters["response"], Part("song", "a song for the resident", "9.9"))}
    changed = replace(
        stage, acknowledge=replace(stage.acknowledge, working_days=3), respond=replace(stage.respond, working_days=17),
        extend=replace(stage.extend, working_days=41), letters=letters,
    )  # fmt: skip
    return replace(edition, stages=(changed,), grounds=(Ground("moon", "It was a full moon", "2.2"),))


def test_the_policy_is_drawn_from_the_edition_and_cannot_disagree_with_it(client: CheckingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = editions.in_force(clock.today())
    before = words_of(client.page("/policy"))
    for stage in edition.stages:
        assert stage.acknowledge and f"within {stage.acknowledge.working_days} working days to say we have it" in before
        assert f"within {stage.respond.working_days} working days after that" in before
        for kind in ("acknowledgement", "response", "extension", "refusal"):
            assert all(part.label in before for part in stage.letters[kind])
    assert all(ground.label in before for ground in edition.grounds)
    assert "2 stages, and no more" in before
    monkeypatch.setattr(editions, "in_force", lambda day: other(edition))
    after = words_of(client.page("/policy"))
    for said in ("within 3 working days", "within 17 working days", "up to 41 working days more", "a song for the resident", "full moon", "One stage"):
        assert said in after and said not in before
    assert edition.grounds[0].label not in after


def test_the_bodies_outside_us_are_said_to_be_unchecked_until_somebody_looked_them_up(client: CheckingClient, town: Town) -> None:
    assert words_of(client.page("/policy")).count("We have not checked this yet.") == 3
    let_in_staff(client, town.register, town.staff[Role.MANAGER], Role.MANAGER)
    assert "It came with the portal, from memory." in words_of(client.page("/staff/bodies"))
    told = {"phone": "0808 157 0000", "web": "https://equality.example", "source": "equality.example/contact", "checked": "1 May 2026"}
    with clock.at(clock.today().replace(2026, 5, 2)):
        assert client.send("/staff/bodies/equality", told).status_code == 303
    for url in ("/policy", "/accessibility"):
        said = words_of(client.page(url))
        assert "0808 157 0000" in said and "We checked this on Friday 1 May 2026." in said, url
    assert words_of(client.page("/policy")).count("We have not checked this yet.") == 2
    kept = town.register.get(LandlordSetting, "equality_phone")
    assert kept is not None and kept.source == "equality.example/contact"


def test_a_body_is_not_checked_on_a_day_to_come_and_the_words_stay(client: CheckingClient, town: Town) -> None:
    let_in_staff(client, town.register, town.staff[Role.MANAGER], Role.MANAGER)
    told = {"phone": "0303 123 0000", "web": "https://ico.example", "source": "ico.example", "checked": "1 May 2099"}
    answer = client.send("/staff/bodies/information", told)
    assert answer.status_code == 422
    assert "They cannot have been checked on a day that has not come." in words_of(answer.get_data(as_text=True))
    assert "0303 123 0000" in answer.get_data(as_text=True)
    assert town.register.get(LandlordSetting, "information_phone") is None


NO_WEB = ["javascript:alert(1)", "JavaScript:alert(1)//a.example", "data:text/html,a.example", "//evil.example", "equality.example", "https://", "https:///a.example",
          "https://good.example@evil.example/", "ftp://a.example", "https://a .example", "https://[a.example", "https://a.example:x", "https:\\\\evil.example", "https://localhost"]  # fmt: skip


@pytest.mark.parametrize("written", NO_WEB)
def test_what_is_no_web_address_is_said_beside_its_box_and_the_words_stay(written: str, client: CheckingClient, town: Town) -> None:
    let_in_staff(client, town.register, town.staff[Role.ADMINISTRATOR], Role.ADMINISTRATOR)
    told = {"phone": "0300 111 3000", "web": written, "post": "1 Street", "source": "a leaflet", "checked": "1 May 2026"}
    answer = client.send("/staff/bodies/ombudsman", told)
    page = html.document_fromstring(answer.get_data(as_text=True))
    assert answer.status_code == 422 and "starting with https://" in words_of(page.get_element_by_id("web-error"))
    assert page.get_element_by_id("web").get("value") == written
    assert town.register.get(LandlordSetting, "ombudsman_web") is None


@pytest.mark.parametrize("written", ["https://a.example", "http://a.example:8080/ways?to=us#here", "https://www.xn--bcher-kva.example/"])
def test_the_whole_address_of_a_page_is_taken(written: str) -> None:
    assert is_web(written)


def test_an_address_that_was_kept_before_is_drawn_as_words_where_it_is_no_web_address(client: CheckingClient, town: Town) -> None:
    with town.writing():
        for name in ("ombudsman_web", "equality_web", "information_web"):
            town.register.add(LandlordSetting(name=name, value="javascript:alert(1)", set_at=clock.now()))
    for url in ("/", "/policy", "/accessibility", "/privacy"):
        page = client.page(url)
        assert "javascript:alert(1)" in words_of(page), url
        assert not [link.get("href") for link in page.iter("a") if str(link.get("href")).startswith("javascript")], url
