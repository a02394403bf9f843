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
    posts,
    reviewer_takes_it,
    staff,
)
from tests.visitors import Visitor
from tests.world import BY_HAND, BY_HAND_AND_WITHOUT_SCRIPTS, NO_SCRIPTS, World

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
    samira.follows("If you already know that you want stage 2, tell us now and we will keep your request")
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


def takes_down(world: World) -> str:
    """On Tuesday 12 May Moira takes down what Grace rang about on Friday; the access code on the slip."""
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
    return code_on(moira)


@pytest.mark.parametrize("world", BY_HAND_AND_WITHOUT_SCRIPTS, indirect=True)
def test_the_phoned_in_story(world: World) -> None:
    code = takes_down(world)
    lewis = staff(world, Role.TRIAGE)
    lewis.follows("Letters to post")
    assert "Grace Achebe" in lewis.reads
    grace = world.person()
    comes_back(grace, code)
    assert "You told us" in grace.reads and "Friday 8 May 2026" in grace.reads
    the_record_is_whole(world)


def accepts_one_point_of_two(hana: Visitor) -> None:
    """Acknowledge the lift, and refuse the window, which is of three years ago."""
    hana.follows("Acknowledge Grace Achebe’s complaint")
    hana.follows("Write the acknowledgement, and send it")
    hana.writes("What we understand this point to be", "The lift has been out for a week.", within="Point 1")
    hana.picks("Ours", within="Point 1")
    hana.presses("Add another point")
    hana.writes("What we understand this point to be", "The window was fitted crooked in 2023.", within="Point 2")
    hana.picks("Ours", within="Point 2")
    hana.presses("Refuse point 2 on a ground")
    hana.picks("It happened, and was known of, more than 12 months ago", within="Point 2")
    hana.writes("When did it happen?", "3 April 2023", within="Point 2")
    hana.writes("When did they know of it?", "3 April 2023", within="Point 2")
    hana.writes("Why you do not make an exception, after considering it", "The fitters’ records are gone.", within="Point 2")
    hana.writes("The reasons, in plain words", "You told us that it was three years ago.", within="Point 2")
    hana.writes("The evidence for it", "Our order of 3 April 2023.", within="Point 2")
    hana.writes("How you weighed their circumstances", "You told us of your hip. The window shuts.", within="Point 2")
    hana.presses("Read the letter")
    assert "We will answer every point that we accepted, in writing, by Wednesday 27 May 2026." in hana.reads
    hana.presses("Send this letter")


def takes_more_time(hana: Visitor) -> None:
    """Put the answer back to 9 June, with news every week as Grace agreed by phone."""
    hana.follows("Answer Grace Achebe at stage 1")
    hana.follows("Take more time")
    hana.writes("Why more time is needed", "The lift’s part comes from abroad.")
    hana.writes("The new date", "9 June 2026")
    hana.writes("How often we will send news, in working days", "5")
    hana.writes("How that was agreed, or that it could not be and what was tried", "You agreed this by phone today.")
    hana.presses("Read the letter")
    assert "We told you that we would answer by Wednesday 27 May 2026." in hana.reads
    assert "It goes by post: it waits under “Letters to post”, and counts from the day it is posted." in hana.reads
    hana.presses("Send this letter")
    assert "It counts once that letter has gone, by Wednesday 27 May 2026 at the latest." in hana.reads


def sends_news(hana: Visitor) -> None:
    """The update that Grace was promised."""
    hana.follows("Send Grace Achebe an update")
    hana.follows("Send an update, by Thursday 28 May")
    hana.writes("What has been done since, and what happens next", "The part is on its way.")
    hana.presses("Read the letter")
    hana.presses("Send this letter")


def accepts_the_window_as_directed(dilip: Visitor) -> None:
    """The Ombudsman's letter arrives on 11 June: the refused point becomes a complaint of its own, counted from its day."""
    dilip.follows("Keep a promise to Grace Achebe")
    dilip.follows("Accept point 2 after all")
    dilip.picks("The Ombudsman directed us to")
    dilip.writes("The Ombudsman’s reference", "HO-2026-14")
    dilip.writes("The day of the direction", "10 June 2026")
    dilip.presses("Accept it, and write to them")
    assert "Acknowledge Grace Achebe’s complaint" in dilip.heading and "The window was fitted crooked in 2023." in dilip.reads
    assert "Wednesday 17 June 2026" in dilip.reads


def answers_the_window(world: World) -> None:
    """It is given out, acknowledged and answered as any complaint is, and cannot be refused again."""
    give_out(staff(world, Role.TRIAGE), HANDLER, of="Grace Achebe", known=True)
    hana = staff(world, Role.HANDLER)
    hana.follows("Acknowledge Grace Achebe’s complaint")
    assert "Refuse it" not in hana.reads
    hana.follows("Write the acknowledgement, and send it")
    hana.writes("What we understand this point to be", "The window was fitted crooked in 2023.", within="Point 1")
    hana.picks("Ours", within="Point 1")
    hana.picks("They have not said, and we have asked them today")
    hana.presses("Read the letter")
    hana.presses("Send this letter")
    posts(world)
    answer(staff(world, Role.HANDLER), "Answer Grace Achebe at stage 1")
    posts(world)


def keeps_the_promises(ruth: Visitor) -> None:
    """The tiles are mended, and the money is paid at both stages."""
    ruth.follows("Keep a promise to Grace Achebe")
    ruth.follows("Mend the tiles, by Friday 3 July")
    ruth.writes("When was it done?", "12 June 2026")
    ruth.writes("How we know", "Dean Colley finished on 12 June.")
    ruth.presses("It is done")
    for offered in ("Tuesday 2 June", "Wednesday 10 June"):
        ruth.follows(f"Pay £350, offered on {offered}")
        ruth.writes("When was it paid?", "12 June 2026")
        ruth.writes("How we know", "Bank payment of 12 June.")
        ruth.presses("It is paid")
    assert "All done" in ruth.reads


@pytest.mark.parametrize("world", [BY_HAND, pytest.param(NO_SCRIPTS, marks=[pytest.mark.browser, pytest.mark.slow])], indirect=True)
def test_the_whole_walk_of_a_complaint_phoned_in_refused_in_part_extended_taken_further_and_seen_through(world: World) -> None:
    code, grace = takes_down(world), world.person()
    give_out(staff(world, Role.TRIAGE), HANDLER, of="Grace Achebe")
    accepts_one_point_of_two(staff(world, Role.HANDLER))
    world.day_is(date(2026, 5, 13))
    posts(world)
    comes_back(grace, code)
    assert "Wednesday 27 May 2026" in grace.reads and "We have not accepted this point." in grace.reads
    grace.follows("Read what you told us")
    assert "This is how we took it down for you." in grace.reads
    comes_back(grace, code)
    grace.follows("We have your complaint, Tuesday 12 May 2026")
    assert "What you want to happen Do the repair, or fix the problem" in grace.reads

    world.day_is(date(2026, 5, 20))
    takes_more_time(staff(world, Role.HANDLER))
    posts(world)
    comes_back(grace, code)
    assert "Tuesday 9 June 2026" in grace.reads and "We first told you Wednesday 27 May 2026." in grace.reads
    assert "The next is due by Thursday 28 May 2026." in grace.reads

    world.day_is(date(2026, 5, 27))
    sends_news(staff(world, Role.HANDLER))
    posts(world)
    comes_back(grace, code)
    grace.follows("If you already know that you want stage 2, tell us now and we will keep your request")
    grace.presses("Ask for stage 2")
    assert "It starts by itself on the day our stage 1 answer goes to you." in grace.reads

    world.day_is(date(2026, 6, 2))
    hana = staff(world, Role.HANDLER)
    hana.follows("Send Grace Achebe an update")
    assert "They have asked for stage 2 already." in hana.reads
    hana.opens("/staff/")
    answer(hana, "Send Grace Achebe an update", actions=True)
    posts(world)
    comes_back(grace, code)
    assert "Tuesday 9 June 2026" in grace.reads and "Stage 2." in grace.reads
    world.day_is(date(2026, 6, 4))
    reviewer_takes_it(world, of="Grace Achebe", point="The lift has been out for a week.")
    posts(world)
    world.day_is(date(2026, 6, 10))
    answer(staff(world, Role.REVIEWER), "Answer Grace Achebe at stage 2", contributors="Dean Colley, repairs.")
    posts(world)

    world.day_is(date(2026, 6, 11))
    accepts_the_window_as_directed(staff(world, Role.MANAGER))
    posts(world)
    comes_back(grace, code)
    assert "We refused this point, and accepted it after all." in grace.reads
    grace.follows("We now accept a point that we refused, Thursday 11 June 2026")
    assert "The Housing Ombudsman told us to accept it." in grace.reads and "Their reference is HO-2026-14." in grace.reads
    assert "By Wednesday 17 June 2026 we will write to say what we understand it to be." in grace.reads
    answers_the_window(world)

    world.day_is(date(2026, 6, 12))
    keeps_the_promises(staff(world, Role.REVIEWER))
    posts(world)
    comes_back(grace, code)
    assert "We paid what we offered you. £350." in grace.reads
    assert "We have answered every point that we accepted. We have done all that we promised." in grace.reads
    grace.follows("We have done something we promised you, Friday 12 June 2026")
    assert "Reviewer Person" in grace.reads and "You can ask them for help at any time. Ring" in grace.reads
    the_record_is_whole(world)
