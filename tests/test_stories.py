"""Cases that wander, told through the front door: refused, late, stage 2 too early, withdrawn and resumed, directed, phoned in."""

from datetime import date

import pytest

from portal.access import Role
from portal.complaints.verify import first_fault
from tests.acts import (
    acknowledge,
    answer,
    code_on,
    comes_back,
    complains,
    give_out,
    reviewer_takes_it,
    staff,
)
from tests.visitors import Visitor
from tests.world import BY_HAND_AND_WITHOUT_SCRIPTS, World

RECEIVED = date(2026, 5, 11)
HANDLER = "Handler Person, Handler at the landlord"


def begins(world: World) -> tuple[Visitor, str]:
    """Samira complains on Monday 11 May; her page, and her code."""
    world.day_is(RECEIVED)
    samira = world.person()
    complains(samira)
    world.letters_go_out()
    return samira, code_on(samira)


def begins_and_is_acknowledged(world: World) -> tuple[Visitor, str]:
    """The same, given out and acknowledged on Tuesday; the answer is due on Wednesday 27 May."""
    samira, code = begins(world)
    world.day_is(date(2026, 5, 12))
    give_out(staff(world, Role.TRIAGE), HANDLER)
    acknowledge(staff(world, Role.HANDLER))
    world.letters_go_out()
    return samira, code


def refuses(hana: Visitor) -> None:
    """Refuse it because it is before the court."""
    hana.follows("Acknowledge Samira Haddad’s complaint")
    hana.follows("Refuse it")
    hana.picks("Legal proceedings have begun: the claim has been filed at court")
    hana.writes("The reasons, in plain words", "The county court is deciding who mends this roof.")
    hana.presses("Check what is missing")
    assert "The day the claim was filed at court, or its number" in hana.reads
    hana.writes("The day the claim was filed at court, or its number", "4 May 2026, number K12")
    hana.writes("The evidence for it", "The sealed claim form, which we hold.")
    hana.writes("How you weighed their circumstances", "You told us of your asthma. The repair itself goes on.")
    hana.presses("Read the letter")
    hana.presses("Send this letter")


def the_record_is_whole(world: World) -> None:
    """Every entry of the record still fits the one before it."""
    world.town.register.rollback()
    assert first_fault(world.town.register) is None


def refused(world: World) -> tuple[Visitor, str]:
    """Samira complains, and Hana refuses it."""
    samira, code = begins(world)
    world.day_is(date(2026, 5, 13))
    give_out(staff(world, Role.TRIAGE), HANDLER)
    refuses(staff(world, Role.HANDLER))
    assert world.letters_go_out() == 1
    return samira, code


@pytest.mark.parametrize("world", BY_HAND_AND_WITHOUT_SCRIPTS, indirect=True)
def test_the_refusal_story(world: World) -> None:
    samira, code = refused(world)
    comes_back(samira, code)
    assert "We have not accepted your complaint" in samira.reads
    assert "Ask for stage 2" not in samira.reads
    samira.follows("Read our letter")
    assert "The county court is deciding who mends this roof." in samira.reads
    assert "Housing Ombudsman" in samira.reads

    world.day_is(date(2026, 5, 20))
    dilip = staff(world, Role.MANAGER)
    dilip.opens(f"/staff/complaints/{world.reference}")
    dilip.follows("Accept it after all")
    dilip.picks("We looked again, and should have accepted it")
    dilip.writes("What we got wrong, as they will read it", "The claim is about the lift. The roof is ours to answer for.")
    dilip.presses("Accept it, and write to them")
    assert world.letters_go_out() == 1
    comes_back(samira, code)
    assert "Thursday 28 May 2026" in samira.reads
    the_record_is_whole(world)


def test_the_late_story(world: World) -> None:
    samira, code = begins_and_is_acknowledged(world)
    world.day_is(date(2026, 5, 28))
    comes_back(samira, code)
    assert "You should have had our answer by" in samira.reads and "1 working day late" in samira.reads
    hana = staff(world, Role.HANDLER)
    hana.follows("Answer Samira Haddad at stage 1")
    hana.follows("Tell them that the answer is late, by Thursday 28 May")
    hana.writes("Why the answer is late", "The surveyor fell ill, and nobody took over.")
    hana.writes("The day we expect to answer", "5 June 2026")
    hana.writes("How often we will send news, in working days", "3")
    hana.writes("How that was agreed, or that it could not be and what was tried", "You agreed this by phone today.")
    hana.presses("Read the letter")
    hana.presses("Send this letter")
    assert world.letters_go_out() == 1

    comes_back(samira, code)
    samira.follows("Ask for stage 2")
    samira.presses("Ask for stage 2")
    assert "You have asked for stage 2" in samira.reads and "Thursday 4 June 2026" in samira.reads
    assert world.letters_go_out() == 1

    world.day_is(date(2026, 6, 1))
    answer(staff(world, Role.HANDLER), "Answer Samira Haddad at stage 1")
    world.letters_go_out()
    reviewer_takes_it(world)
    assert world.letters_go_out() == 1
    comes_back(samira, code)
    assert "You will have our final answer by" in samira.reads and "Monday 29 June 2026" in samira.reads
    samira.follows("Our answer to your complaint, Monday 1 June 2026")
    assert "The first order was closed by mistake." in samira.reads
    the_record_is_whole(world)


def test_the_early_stage_2_story(world: World) -> None:
    samira, code = begins_and_is_acknowledged(world)
    world.day_is(date(2026, 5, 20))
    comes_back(samira, code)
    samira.follows("tell us now and we will keep your request")
    samira.presses("Ask for stage 2")
    assert "It starts by itself on the day our stage 1 answer goes to you." in samira.reads

    world.day_is(date(2026, 5, 26))
    answer(staff(world, Role.HANDLER), "Answer Samira Haddad at stage 1", actions=True)
    assert world.letters_go_out() >= 1
    comes_back(samira, code)
    assert "Tuesday 2 June 2026" in samira.reads
    world.day_is(date(2026, 5, 27))
    reviewer_takes_it(world)
    world.letters_go_out()
    comes_back(samira, code)
    assert "You will have our final answer by" in samira.reads
    the_record_is_whole(world)


def test_the_withdrawn_and_resumed_story(world: World) -> None:
    samira, code = begins_and_is_acknowledged(world)
    world.day_is(date(2026, 5, 18))
    comes_back(samira, code)
    samira.follows("Withdraw my complaint")
    samira.presses("Withdraw my complaint")
    assert "You withdrew it on Monday 18 May 2026" in samira.reads
    hana = staff(world, Role.HANDLER)
    assert "Samira Haddad" not in hana.reads

    world.day_is(date(2026, 5, 21))
    comes_back(samira, code)
    samira.presses("Take it up again")
    assert "Wednesday 27 May 2026" in samira.reads
    assert world.letters_go_out() == 2
    assert "Answer Samira Haddad at stage 1" in staff(world, Role.HANDLER).reads
    the_record_is_whole(world)


def test_the_directed_story(world: World) -> None:
    samira, code = refused(world)
    world.day_is(date(2026, 6, 2))
    dilip = staff(world, Role.MANAGER)
    dilip.opens(f"/staff/complaints/{world.reference}")
    dilip.follows("Accept it after all")
    dilip.picks("The Ombudsman directed us to")
    dilip.writes("The Ombudsman’s reference", "HO-2026-11")
    dilip.writes("The day of the direction", "1 June 2026")
    dilip.presses("Accept it, and write to them")
    assert world.letters_go_out() == 1
    comes_back(samira, code)
    assert "The Housing Ombudsman told us to accept this." in samira.reads
    assert "Monday 8 June 2026" in samira.reads

    world.day_is(date(2026, 6, 3))
    acknowledge(staff(world, Role.HANDLER), answered_by="Wednesday 17 June 2026")
    world.letters_go_out()
    world.day_is(date(2026, 6, 10))
    answer(staff(world, Role.HANDLER), "Answer Samira Haddad at stage 1")
    world.letters_go_out()
    comes_back(samira, code)
    assert "Ask for stage 2" in samira.reads
    the_record_is_whole(world)


@pytest.mark.parametrize("world", BY_HAND_AND_WITHOUT_SCRIPTS, indirect=True)
def test_the_phoned_in_story(world: World) -> None:
    world.day_is(date(2026, 5, 12))
    moira = staff(world, Role.COLLEAGUE)
    moira.follows("Log a complaint")
    moira.picks("No", within="Is anyone in danger now?")
    moira.picks("They rang us")
    moira.writes("Which day did anybody here first have it?", "8 May 2026")
    moira.writes("If that was before today: who first heard or had it?", "Dean Cole, plumber")
    moira.writes("If that was before today: why is it logged only now?", "He told the office on Tuesday.")
    moira.writes("Their name", "Grace Achebe")
    moira.picks("At an address")
    moira.writes("Address, or where it is", "3 Mill Lane, Thornby")
    moira.picks("I rent my home from you")
    moira.writes("What happened, in their words", "The lift has been out for a week.")
    moira.picks("Do the repair, or fix the problem")
    moira.picks("Letters in large print")
    moira.picks("Phone")
    moira.writes("Phone number", "01632 960222")
    moira.picks("No", within="May we leave a voicemail?")
    moira.picks("Yes", within="If someone else answers, may we say who we are?")
    moira.picks("Post")
    moira.presses("Log the complaint")
    assert "Friday 15 May 2026" in moira.reads
    code = code_on(moira)

    lewis = staff(world, Role.TRIAGE)
    lewis.follows("Letters to post")
    assert "Grace Achebe" in lewis.reads
    grace = world.person()
    comes_back(grace, code)
    assert "You told us" in grace.reads and "Friday 8 May 2026" in grace.reads
    the_record_is_whole(world)
