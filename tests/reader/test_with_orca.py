"""Orca itself, in Chromium, with real keys: a complaint as somebody hears it who cannot see the screen. By `make screen-reader` alone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, cast

import pytest

from portal.access import Role
from tests import samples, town
from tests.acts import acknowledge, answer, comes_back, complains, staff
from tests.reader.listening import Listening, in_order
from tests.world import LISTENING, World

pytestmark = [pytest.mark.browser, pytest.mark.screen_reader, pytest.mark.parametrize("world", [LISTENING], indirect=True)]
Keep = Callable[[Listening, str, str], AbstractContextManager[None]]

EMPTY = ("Error: What is your name?", "One thing to sort out heading level 2", "Write your name, as you want us to use it link", "invalid entry")
THE_BOX = "What is your name? entry. invalid entry. The name you want us to use. One name is fine, in any alphabet. Error: Write your name"
COMPLAINING = (
    "Tell us what has gone wrong – Complaints, Example Homes", "Tell us what has gone wrong heading level 1", "Start a complaint link",
    "Is anyone in danger now? heading level 1", "No. not selected radio button", "selected",
    "Where is this about? heading level 1", "At an address",
    "What happened? – Complaints", "What happened? entry. Tell us in your own words",
    "Check your answers", "Change What happened link",
    "We have your complaint heading level 1", "Your reference heading level 2", "Your access code heading level 2",
    "Monday 18 May 2026", "By the end of this day we will write", "How we will reach you heading level 2",
)  # fmt: skip
FOLLOWING = (
    "What is your access code? entry.", "Your complaint – Complaints", "Your complaint heading level 1",
    "Ask for stage 2 link", "Ask for stage 2 heading level 1", "Ask for stage 2 push button",
    "Monday 8 June 2026",
)  # fmt: skip
ONE_POINT = town.ACKNOWLEDGING | {"points": town.ACKNOWLEDGING["points"][:1]}
ROOF: Any = {"name": "roof.jpg", "mimeType": "image/jpeg", "buffer": samples.picture("JPEG")}
NOTES: Any = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"words"}
FILES = (
    "Sending", "2 files so far", "roof.jpg. It did not reach us. You need not choose it again.",
    "Try again roof.jpg push button", "3 files so far", "Remove notes.txt push button", "2 files so far heading level 2",
)  # fmt: skip
ACKNOWLEDGING = (
    "Email address entry.", "Password password text.", "What we owe heading level 1", "Acknowledge Samira Haddad’s complaint link.",
    "Point 1 panel.", "Whose is it to answer? panel.", "Check what is missing push button.", "What the Code still asks",
    "Point 1: Whether this point is ours to answer link.", "Read the letter push button.", "Read it as they will heading level 1",
    "Send this letter push button.", "The letter is sent.",
)  # fmt: skip
ANSWERING = (
    "Answer Samira Haddad at stage 1 link.", "Write the answer, and send it link.", "region Point 1", "Our decision panel.", "Upheld", "selected", "Reasons",
    "Read the letter push button.", "Read it as they will heading level 1", "Send this letter push button.", "The letter is sent.",
)  # fmt: skip


def test_items_26_and_68_a_complaint_from_the_first_page_to_the_receipt(world: World, keep: Keep) -> None:
    world.day_is(date(2026, 5, 11))
    samira = cast(Listening, world.person())
    with keep(samira, "complaining", "A complaint, from the first page to the receipt"):
        complains(samira)
    assert in_order(samira.conversation.said, COMPLAINING) is None


def test_item_30_a_question_left_empty_is_told_at_the_top_twice_and_the_link_leads_to_the_box(world: World, keep: Keep) -> None:
    world.day_is(date(2026, 5, 11))
    samira = cast(Listening, world.person())
    with keep(samira, "left_empty", "A question that was left empty, twice"):
        samira.opens("/complain/danger")
        samira.picks("No")
        for _ in ("danger", "name", "name again"):
            samira.presses("Save and go on")
        samira.jumps("Write your name, as you want us to use it")
    assert in_order(samira.conversation.said, (*EMPTY, *EMPTY, THE_BOX)) is None


def test_items_75_77_and_79_what_becomes_of_a_file_is_said_while_the_keyboard_stays(world: World, keep: Keep) -> None:
    world.day_is(date(2026, 5, 11))
    samira = cast(Listening, world.person())
    with keep(samira, "adding_files", "Files: two that come, one that does not and is tried again, one taken away"):
        samira.opens("/complain/files")
        samira.chooses(ROOF, NOTES)
        samira.loses(ROOF)
        samira.repeats("Try again roof.jpg")
        samira.presses("Remove notes.txt")
    assert in_order(samira.conversation.said, FILES) is None


def test_item_69_they_come_back_read_where_it_is_and_ask_for_stage_2(world: World, keep: Keep) -> None:
    world.day_is(date(2026, 5, 11))
    complaint = world.town.complains()
    world.town.acknowledged(complaint)
    world.town.answered(complaint)
    world.day_is(date(2026, 6, 1))
    samira = cast(Listening, world.person())
    with keep(samira, "following", "Coming back, reading where it is, and asking for stage 2"):
        comes_back(samira, town.CODE)
        samira.follows("Ask for stage 2")
        samira.presses("Ask for stage 2")
    assert in_order(samira.conversation.said, FOLLOWING) is None


def test_staff_acknowledge_it(world: World, keep: Keep) -> None:
    world.day_is(date(2026, 5, 12))
    complaint = world.town.complains(wanted={"kinds": ["sorry"], "words": ""})
    world.town.given_to(complaint)
    world.town.triaged(complaint)
    hana = cast(Listening, staff(world, Role.HANDLER))
    with keep(hana, "acknowledging", "Somebody at the landlord acknowledges it"):
        acknowledge(hana, answered_by="2026")
    assert in_order(hana.conversation.said, ACKNOWLEDGING) is None


def test_staff_answer_it(world: World, keep: Keep) -> None:
    world.day_is(date(2026, 5, 12))
    complaint = world.town.complains()
    world.town.acknowledged(complaint, written=ONE_POINT)
    world.day_is(date(2026, 5, 26))
    hana = cast(Listening, staff(world, Role.HANDLER))
    with keep(hana, "answering", "Somebody at the landlord answers it"):
        answer(hana, "Answer Samira Haddad at stage 1", actions=True)
    assert in_order(hana.conversation.said, ANSWERING) is None
