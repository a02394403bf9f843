"""The policy page says what the rules say: it is drawn from the edition, and from details that somebody dated."""

from dataclasses import replace

import pytest

from portal import clock
from portal.access import Role
from portal.complaints.settings import LandlordSetting
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
