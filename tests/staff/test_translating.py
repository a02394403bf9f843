"""A translation of what a resident wrote is a record of its own, beside the words it is of; those stay first and as they were."""

from typing import Any

import pytest

from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.record import EventWords
from portal.complaints.translating import translations_of, written
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.staff.test_speaking import happened
from tests.town import ACKNOWLEDGING, Town

THEIRS, LATER = "Deszcz leci przez sufit.", "Nikt nie przyszedł."
TRANSLATED: dict[str, Any] = {"language": "en", "made_by": "machine", "author": "An engine, 3.1"}


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """A complaint in Polish, and a message with it."""
    made = town.complains(THEIRS, language="pl")
    town.given_to(made)
    with town.writing():
        operations.write(made, LATER, by=town.resident(made))
    return made


def numbers(town: Town, complaint: Complaint) -> list[int]:
    """The events in which they wrote something."""
    found = [one.number for one in written(complaint) if one.number]
    town.register.rollback()
    return found


def test_it_stands_after_the_original_each_in_its_language_and_says_who_made_it(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser, (first, then) = signed_in(Role.HANDLER), numbers(town, complaint)
    here = url(complaint, "translation")
    assert [LATER in words_of(each) for each in browser.page(here).find_class("radios__hint")] == [False, True]
    assert browser.send(here, TRANSLATED | {"of": str(first), "words": "Rain comes through the ceiling."}).status_code == 303
    assert browser.send(here, TRANSLATED | {"of": str(then), "words": "Nobody came.", "made_by": "person", "author": "Ewa Lis"}).status_code == 303
    page = browser.page(url(complaint))
    said = words_of(page)
    assert said.index(THEIRS) < said.index("Rain comes through the ceiling.") < said.index(LATER) < said.index("Nobody came.")
    assert "Translated by a machine: An engine, 3.1." in said and "Translated by Ewa Lis." in said
    assert {(one.get("lang"), one.get("dir")) for one in page.iter("p") if one.text in ("Nobody came.", "Rain comes through the ceiling.")} == {("en", "auto")}
    assert ("pl", "auto") in {(one.get("lang"), one.get("dir")) for one in page.iter("p") if one.text == LATER}


def test_it_is_an_event_that_says_nothing_of_what_was_written(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    first = numbers(town, complaint)[0]
    signed_in(Role.HANDLER).send(url(complaint, "translation"), TRANSLATED | {"of": str(first), "words": "Rain."})
    assert happened(town, complaint, Step.TRANSLATED) == [{"of": first, "language": "en", "by_machine": True}]
    (kept,) = translations_of(complaint)
    assert (kept.words, kept.author, kept.of.step) == ("Rain.", "An engine, 3.1", Step.RECEIVED)
    assert complaint.words == THEIRS
    assert "An engine, 3.1" in str(town.register.query(EventWords).order_by(EventWords.number.desc()).first().words)  # type: ignore[union-attr]


def test_a_letter_quotes_what_they_wrote_and_they_see_no_translation(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    handler, first = signed_in(Role.HANDLER), numbers(town, complaint)[0]
    handler.send(url(complaint, "translation"), TRANSLATED | {"of": str(first), "words": "Rain comes through."})
    town.triaged(complaint)
    with town.writing():
        operations.acknowledge(complaint, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
    letters = str([each.body for each in town.register.query(Letter)])
    assert THEIRS in letters and "Rain comes through." not in letters
    let_in_resident(handler, town.register, complaint)
    town.register.rollback()
    assert "Rain comes through." not in words_of(handler.page("/your-complaint/everything"))


def test_what_they_did_not_write_is_not_translated(town: Town, complaint: Complaint) -> None:
    with pytest.raises(RuleBroken), town.writing():
        operations.translate(complaint, 999, "Rain.", by=town.viewer(Role.HANDLER), language="en", by_machine=False, author="Ewa Lis")
    assert not happened(town, complaint, Step.TRANSLATED)


def test_what_is_missing_is_said_beside_its_box_and_the_words_are_kept(signed_in: SignIn, complaint: Complaint) -> None:
    answer = signed_in(Role.HANDLER).send(url(complaint, "translation"), {"words": "Rain.", "of": "999"})
    said = words_of(answer.get_data(as_text=True))
    assert answer.status_code == 422 and "Rain." in said
    for error in ("Choose what is translated", "Choose whether a person or a machine translated it", "Write who or what translated it"):
        assert error in said


def test_the_form_says_of_nothing_that_it_was_just_done(signed_in: SignIn, complaint: Complaint) -> None:
    page = signed_in(Role.HANDLER).page(url(complaint, "translation"))
    assert page.xpath("//input[@name='of']") and not page.find_class("done")
