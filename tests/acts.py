"""What people do in a story, by what is written on the pages: complain, sign in, give out, acknowledge, answer."""

import re
from collections.abc import Callable

from portal.access import Role
from tests.town import PASSWORD
from tests.visitors import Visitor
from tests.world import World

STORY = "Rain comes through the bedroom ceiling. I rang three times and nobody rang back."


def complains(person: Visitor, *, before_sending: Callable[[], None] = lambda: None) -> None:
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
    before_sending()
    person.presses("Send your complaint")


def code_on(person: Visitor) -> str:
    """The access code that a receipt or a slip shows: six groups of four."""
    found = re.search(r"(?:[0-9A-Z]{4} ){5}[0-9A-Z]{4}", person.reads)
    assert found, person.reads
    return found[0]


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


def give_out(lewis: Visitor, to: str, *, of: str = "Samira Haddad", known: bool = False) -> None:
    """Match the person, unless they are known, weigh it, give it to somebody."""
    lewis.follows(f"Acknowledge {of}’s complaint")
    if not known:
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


def acknowledge(hana: Visitor, *, answered_by: str = "Wednesday 27 May 2026") -> None:
    """Set out the points, see what is missing, read the letter, send it."""
    hana.opens("/staff/")
    hana.follows("Acknowledge Samira Haddad’s complaint")
    hana.follows("Write the acknowledgement, and send it")
    hana.writes("What we understand this point to be", "The bedroom ceiling leaks.", within="Point 1")
    hana.presses("Check what is missing")
    assert "Whether this point is ours" in hana.reads
    hana.picks("Ours", within="Point 1")
    hana.presses("Read the letter")
    assert answered_by in hana.reads
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


def reviewer_takes_it(world: World, *, of: str = "Samira Haddad", point: str = "The bedroom ceiling leaks.") -> None:
    """Somebody else is chosen, and acknowledges it with every point there already."""
    dilip = staff(world, Role.MANAGER)
    dilip.follows(f"Acknowledge {of}’s stage 2 request")
    dilip.follows("Give it to somebody new to answer")
    assert "Handler Person, who considered the stage before this one" in dilip.reads
    dilip.picks("Reviewer Person, Reviewer at the landlord")
    dilip.picks("No interest declared")
    dilip.presses("Give it to them")
    ruth = staff(world, Role.REVIEWER)
    ruth.follows(f"Acknowledge {of}’s stage 2 request")
    ruth.follows("Write the acknowledgement, and send it")
    assert point in ruth.reads
    ruth.presses("Read the letter")
    ruth.presses("Send this letter")


def posts(world: World) -> None:
    """Everything that waits to be posted goes, today: what is in large print one by one, the rest at once."""
    lewis = staff(world, Role.TRIAGE)
    lewis.follows("Letters to post")
    while by_itself := re.search(r"Say that it is posted: The [^,]+, \w+ \w+", lewis.reads):
        lewis.follows(by_itself[0])
        lewis.picks("Yes, in that form")
        lewis.presses("It is posted")
    if "Print them all, then say that they are posted" not in lewis.reads:
        return
    lewis.follows("Print them all, then say that they are posted")
    button = re.search(r"This letter is posted|These \d+ letters are posted", lewis.reads)
    assert button, lewis.reads
    lewis.presses(button[0])
