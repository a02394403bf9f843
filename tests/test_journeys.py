"""One complaint, from first word to final response, told once and walked three ways: by hand, and in Chromium with and without scripts.

The database, the mail server and (two times of three) the browser are real.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal import clock, db
from portal.access import Role
from portal.complaints.verify import first_fault
from portal.post import show, smtp
from portal.post.office import Office
from tests.browser.fixtures import Served
from tests.browser_client import CheckingClient
from tests.post import mail_server
from tests.town import PASSWORD, Town
from tests.visitors import ByHand, InChromium, Visitor

STORY = "Rain comes through the bedroom ceiling. I rang three times and nobody rang back."


@dataclass
class World:
    """The people of the story, the day it is, and the worker that carries the letters."""

    person: Callable[[], Visitor]
    day_is: Callable[[date], None]
    letters_go_out: Callable[[], int]
    town: Town


@pytest.fixture
def mailbox() -> Iterator[mail_server.Server]:
    """A real mail server."""
    with mail_server.running() as running:
        yield running


@pytest.fixture(
    params=[
        "by hand",
        pytest.param("with scripts", marks=pytest.mark.browser),
        pytest.param("without scripts", marks=pytest.mark.browser),
    ]
)
def world(request: pytest.FixtureRequest, app: Flask, town: Town, mailbox: mail_server.Server) -> Iterator[World]:
    """The same story's three worlds."""
    config = replace(app.extensions["portal"], mail=mailbox.url)
    server = replace(smtp.Server.at(mailbox.url), answer_within=10, done_within=30)
    office = Office(db.sessions(app.extensions["engine"]), config, show.by_server(server))
    pretended: list[Any] = []

    def day_is(day: date) -> None:
        while pretended:
            pretended.pop().__exit__(None, None, None)
        pretended.append(clock.at(day))
        pretended[0].__enter__()
        if request.param != "by hand":
            served: Served = request.getfixturevalue("served")
            served.moment = day

    def person() -> Visitor:
        if request.param == "by hand":
            client = app.test_client()
            assert isinstance(client, CheckingClient)
            return ByHand(client)
        browse = request.getfixturevalue("browse")
        return InChromium(browse("/", scripts=request.param == "with scripts"))

    yield World(person, day_is, office.deliver_all, town)
    while pretended:
        pretended.pop().__exit__(None, None, None)


def test_one_complaint_from_first_word_to_final_response(world: World, mailbox: mail_server.Server) -> None:
    world.day_is(date(2026, 5, 11))
    samira = world.person()
    complains(samira)
    assert samira.heading == "We have your complaint"
    assert "Monday 18 May 2026" in samira.reads
    code = code_on(samira)
    assert world.letters_go_out() == 1

    world.day_is(date(2026, 5, 12))
    lewis, hana = staff(world, Role.TRIAGE), staff(world, Role.HANDLER)
    assert "Acknowledge Samira Haddad’s complaint" in lewis.reads
    give_out(lewis, "Handler Person, Handler at the landlord")
    acknowledge(hana)
    assert world.letters_go_out() == 1

    comes_back(samira, code)
    assert "Wednesday 27 May 2026" in samira.reads
    assert "The bedroom ceiling leaks." in samira.reads
    assert "Handler Person" in samira.reads

    world.day_is(date(2026, 5, 26))
    hana = staff(world, Role.HANDLER)
    answer(hana, "Answer Samira Haddad at stage 1", actions=True)
    assert world.letters_go_out() == 1

    comes_back(samira, code)
    samira.follows("Our answer to your complaint, Tuesday 26 May 2026")
    assert "The first order was closed by mistake." in samira.reads
    assert "We offer you £350." in samira.reads
    samira.opens("/your-complaint")
    assert "Mend the tiles" in samira.reads

    world.day_is(date(2026, 6, 1))
    comes_back(samira, code)
    samira.follows("Ask for stage 2")
    samira.presses("Ask for stage 2")
    assert "Monday 8 June 2026" in samira.reads

    world.day_is(date(2026, 6, 2))
    reviewer_takes_it(world)
    assert world.letters_go_out() >= 1
    comes_back(samira, code)
    assert "Tuesday 30 June 2026" in samira.reads

    world.day_is(date(2026, 6, 12))
    ruth = staff(world, Role.REVIEWER)
    answer(ruth, "Answer Samira Haddad at stage 2", contributors="The repairs manager")
    assert world.letters_go_out() == 1
    comes_back(samira, code)
    samira.follows("Our final answer to your complaint, Friday 12 June 2026")
    assert "We have no further stage." in samira.reads

    assert all(STORY not in message.words for message in mailbox.taken)
    world.town.register.rollback()
    assert first_fault(world.town.register) is None


def complains(person: Visitor) -> None:
    """Every question, one page each."""
    person.opens("/")
    person.follows("Start a complaint")
    person.picks("No")
    person.presses("Save and go on")
    person.writes("What is your name?", "Samira Haddad")
    person.presses("Save and go on")
    person.picks("At an address")
    person.writes("Address, or where it is", "14 Quarry Bank, Thornby, TH4 0ZZ")
    person.presses("Save and go on")
    person.picks("I rent my home from you")
    person.presses("Save and go on")
    person.writes("What happened?", STORY)
    person.presses("Save and go on")
    person.writes("When did it happen?", "Since February")
    person.presses("Save and go on")
    person.picks("Say sorry")
    person.presses("Save and go on")
    person.picks("Letters in large print")
    person.presses("Save and go on")
    person.picks("Email")
    person.presses("Save and go on")
    person.writes("Email address", "samira@example.org")
    person.presses("Save and go on")
    person.presses("Save and go on")
    assert STORY in person.reads
    person.presses("Send your complaint")


def code_on(person: Visitor) -> str:
    """The access code the receipt shows: six groups of four."""
    after = person.reads.split("Your access code", 1)[1].split()
    return " ".join(after[:6])


def comes_back(person: Visitor, code: str) -> None:
    """Sign in again with the code."""
    person.opens("/follow")
    person.writes("What is your access code?", code)
    person.presses("Go on")
    assert person.heading == "Your complaint"


def staff(world: World, role: Role) -> Visitor:
    """A member of staff at the queue."""
    person, email = world.person(), world.town.staff[role].email
    world.town.register.rollback()
    person.opens("/staff/sign-in")
    person.writes("Email address", email)
    person.writes("Password", PASSWORD)
    person.presses("Sign in")
    return person


def give_out(lewis: Visitor, to: str) -> None:
    """Match the person, weigh it, give it to somebody."""
    lewis.follows("Acknowledge Samira Haddad’s complaint")
    lewis.follows("Match the person to our records")
    lewis.picks("This is a new person")
    lewis.writes("Number in our records", "TH-30077")
    lewis.presses("Match")
    lewis.follows("Weigh complexity, vulnerability and risk")
    lewis.picks("Simple", within="How complex is it?")
    lewis.picks("None that we know of", within="How vulnerable is the person, as far as we know?")
    lewis.picks("Low", within="How great is the risk to anybody?")
    lewis.writes("What you weighed, in a sentence or two", "One room lost.")
    lewis.presses("Save")
    lewis.follows("Give it to somebody to answer")
    lewis.picks(to)
    lewis.picks("No interest declared")
    lewis.presses("Give it to them")


def acknowledge(hana: Visitor) -> None:
    """Set out the points, see what is missing, read the letter, send it."""
    hana.opens("/staff/")
    hana.follows("Acknowledge Samira Haddad’s complaint")
    hana.follows("Write the acknowledgement, and send it")
    hana.writes("What we understand this point to be", "The bedroom ceiling leaks.", within="Point 1")
    hana.presses("Check what is missing")
    assert "Whether this point is ours" in hana.reads
    hana.picks("Ours", within="Point 1")
    hana.presses("Read the letter")
    assert "Wednesday 27 May 2026" in hana.reads
    hana.presses("Send this letter")


def answer(person: Visitor, owed: str, *, actions: bool = False, contributors: str = "") -> None:
    """Answer the point, read the letter, send it."""
    person.follows(owed)
    person.follows("Write the answer, and send it")
    person.picks("Upheld", within="Point 1")
    person.writes("Reasons", "The first order was closed by mistake.", within="Point 1")
    person.writes("What we got wrong", "We did not mend the roof.", within="Point 1")
    person.writes("What it did to them, and how the remedy meets that", "You lost a bedroom.", within="Point 1")
    person.picks("A payment", within="Remedy 1: kind")
    person.writes("Remedy 1: what we offer, as they will read it", "For the lost room.")
    person.writes("Remedy 1: pounds, if any", "350")
    if actions:
        person.writes("What will be done", "Mend the tiles")
        person.writes("Who will do it", "Dean Colley")
        person.writes("By when", "3 July 2026")
    if contributors:
        person.writes("Who took part in this answer", contributors)
    person.presses("Read the letter")
    person.presses("Send this letter")


def reviewer_takes_it(world: World) -> None:
    """Somebody else is chosen, and acknowledges it with every point there already."""
    dilip = staff(world, Role.MANAGER)
    dilip.follows("Acknowledge Samira Haddad’s stage 2 request")
    dilip.follows("Give it to somebody new to answer")
    assert "Handler Person, who considered the stage before this one" in dilip.reads
    dilip.picks("Reviewer Person, Reviewer at the landlord")
    dilip.picks("No interest declared")
    dilip.presses("Give it to them")
    ruth = staff(world, Role.REVIEWER)
    ruth.follows("Acknowledge Samira Haddad’s stage 2 request")
    ruth.follows("Write the acknowledgement, and send it")
    assert "The bedroom ceiling leaks." in ruth.reads
    ruth.presses("Read the letter")
    ruth.presses("Send this letter")
