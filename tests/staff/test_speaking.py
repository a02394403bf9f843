"""Somebody who asked to be spoken to is rung before a letter goes, or it is written down why not (5.10)."""

from datetime import date
from typing import Any

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.caring import what_was_not_kept
from portal.complaints.models import Complaint
from portal.complaints.speaking import rang_on
from portal.complaints.together import why_not_ready
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import ACKNOWLEDGING, url
from tests.town import ACKNOWLEDGING as WRITTEN
from tests.town import Town

MONDAY, TUESDAY = date(2026, 5, 11), date(2026, 5, 12)
SPEAK: dict[str, Any] = {"kinds": ["speak_to_me"], "words": ""}
WAYS: dict[str, Any] = {"channels": ["email", "phone"], "email": "samira@example.org", "phone": "01632 960111", "times": "", "voicemail": "yes", "say_who": "yes"}
RANG = {"on": "12 May 2026", "words": "Told her what we understand, and the date.", "shown": "yes"}
FIRST = "They asked us to speak to them instead of writing"


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Somebody asks to be spoken to; the handler has it."""
    with clock.at(MONDAY):
        made = town.complains(safe_contact=WAYS, adjustments=SPEAK)
        town.given_to(made)
        town.triaged(made)
    return made


def kinds(town: Town, complaint: Complaint) -> list[str]:
    """The letters there are."""
    town.register.rollback()
    town.register.expire_all()
    found = [each.kind for each in complaint.letters]
    town.register.rollback()
    return found


def happened(town: Town, complaint: Complaint, step: Step) -> list[dict[str, Any]]:
    """What is said of each time that happened."""
    town.register.rollback()
    town.register.expire_all()
    found = [dict(one.details) for one in complaint.happenings if one.step is step]
    town.register.rollback()
    return found


def written(browser: CheckingClient, complaint: Complaint) -> str:
    """The handler writes the acknowledgement, and reads it."""
    return browser.send(url(complaint, "acknowledgement"), ACKNOWLEDGING | {"then": "read"}).location


def test_it_is_said_while_they_write_and_the_letter_goes_after_a_call_that_is_written_down_in_place(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(TUESDAY):
        browser = signed_in(Role.HANDLER)
        desk = url(complaint, "acknowledgement")
        assert FIRST in words_of(browser.page(desk))
        away = browser.send(desk, ACKNOWLEDGING | {"then": "rang"}).location
        assert away == f"{url(complaint, 'contacts')}?before=acknowledgement&next={desk}"
        assert "before it goes: The stage 1 acknowledgement" in words_of(browser.page(away))
        assert browser.send(away, RANG).location == desk
        assert [each["before"] for each in happened(town, complaint, Step.CONTACTED)] == ["acknowledgement"]
        back = browser.page(desk)
        assert "We rang them about this letter on Tuesday 12 May 2026" in words_of(back) and FIRST not in words_of(back)
        assert ACKNOWLEDGING["p1-text"] in back.text_content(), "What was typed before the call is still there."
        assert browser.send(written(browser, complaint)).location == url(complaint)
    assert "acknowledgement" in kinds(town, complaint) and not happened(town, complaint, Step.ADJUSTMENT_OVERRIDDEN)


def test_without_a_call_it_goes_only_with_the_reason_which_is_an_event(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(TUESDAY):
        browser = signed_in(Role.HANDLER)
        letter = written(browser, complaint)
        assert FIRST in words_of(browser.page(letter))
        answer = browser.send(letter, {"why_not": " "})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and "Ring them first and write down that you did, or write why not" in words_of(page) and 'href="#why_not"' in page
        assert "acknowledgement" not in kinds(town, complaint)
        assert browser.send(letter, {"why_not": "Rang three times on two days, and nobody answered."}).location == url(complaint)
    assert "acknowledgement" in kinds(town, complaint)
    (said,) = happened(town, complaint, Step.ADJUSTMENT_OVERRIDDEN)
    assert said["way"] == "email" and said["before"] == "acknowledgement" and "nobody answered" not in str(said)
    assert what_was_not_kept(complaint, said["override"]) == (["speak_to_me"], "Rang three times on two days, and nobody answered.")
    town.register.rollback()


def test_a_call_before_one_letter_is_none_before_the_next(town: Town, complaint: Complaint) -> None:
    by = town.viewer(Role.HANDLER)

    def rang(before: str, kind: str = "call", incoming: bool = False, with_them: bool = True) -> None:
        with town.writing():
            operations.record_contact(complaint, by=by, kind=kind, incoming=incoming, who="Samira", words="Told.", on=clock.today(), before=before, with_them=with_them)

    with clock.at(TUESDAY):
        rang("response")
        rang("acknowledgement", kind="letter", incoming=True)
        rang("acknowledgement", with_them=False)
        assert rang_on(complaint, "acknowledgement") is None
        with pytest.raises(RuleBroken, match="speak to them"), town.writing():
            operations.ring_first(complaint, "acknowledgement", by=by)
        rang("acknowledgement", incoming=True)
        assert rang_on(complaint, "acknowledgement") == TUESDAY
        town.acknowledged(complaint, on=TUESDAY)
        assert rang_on(complaint, "acknowledgement") is None and rang_on(complaint, "response") == TUESDAY
        town.register.rollback()


def test_whoever_did_not_ask_is_written_to_as_before(town: Town, signed_in: SignIn) -> None:
    with clock.at(MONDAY):
        other = town.complains(safe_contact=WAYS, adjustments={"kinds": ["large_print"], "words": ""})
        town.given_to(other)
        town.triaged(other)
    with clock.at(TUESDAY):
        browser = signed_in(Role.HANDLER)
        assert FIRST not in words_of(browser.page(url(other, "acknowledgement")))
        assert browser.send(written(browser, other)).location == url(other)
    assert not happened(town, other, Step.ADJUSTMENT_OVERRIDDEN)


def test_of_several_homes_the_one_that_asked_to_be_spoken_to_is_not_sent_with_the_others(town: Town, complaint: Complaint) -> None:
    by = town.viewer(Role.HANDLER)
    with clock.at(TUESDAY):
        with town.writing():
            operations.save_writing(complaint, "acknowledgement", WRITTEN, by=by, seen=0)
        why = why_not_ready(complaint, "acknowledgement", [complaint], by=by)
        assert why and "speak to them" in why[0]
        with town.writing():
            operations.record_contact(complaint, by=by, kind="call", incoming=True, who="Samira", words="Told.", on=clock.today(), before="acknowledgement")
        assert why_not_ready(complaint, "acknowledgement", [complaint], by=by) is None
        town.register.rollback()
