"""Who the resident is told has the case: the name by default, the role alone where a reason is on the record."""

from datetime import date

import pytest
from flask import Flask

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.letters.structure import as_text
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, words_of
from tests.post import mail_server
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.staff.test_refusing import happened, resident
from tests.staff.test_understanding import sent
from tests.town import ACKNOWLEDGING, Town, answering
from tests.world import World

NAME, ROLE = "Handler Person", "Handler at the landlord"
WHY = {"because": "The resident threatened them at the office on 2 May."}
PAGES = ("/your-complaint", "/your-complaint/messages", "/your-complaint/words", "/your-complaint/withdraw")


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        made = town.complains(safe_contact={"channels": ["email"], "email": "samira@example.org"})
        town.given_to(made)
        town.triaged(made)
        with town.writing():
            made.resident.matched_at = clock.now()
    return made


def keeps_it_back(signed_in: SignIn, complaint: Complaint) -> CheckingClient:
    manager = signed_in(Role.MANAGER)
    assert "Tell the resident the role only, not the name" in words_of(manager.page(url(complaint)))
    assert manager.send(url(complaint, "name"), WHY).location == url(complaint)
    return manager


def test_ruling_10_by_default_the_resident_sees_the_name_the_role_and_a_number(app: Flask, town: Town, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 12)):
        page = words_of(resident(app, town, complaint).page("/your-complaint"))
    assert f"Your complaint is with {NAME}, {ROLE}. You can ring them on 01632 960100." in page.replace(" ,", ",")


def test_ruling_10_kept_back_the_name_is_on_no_page_in_no_letter_and_in_no_mail_from_then_on(
    app: Flask, town: Town, world: World, mailbox: mail_server.Server, signed_in: SignIn, complaint: Complaint
) -> None:
    world.day_is(date(2026, 5, 12))
    keeps_it_back(signed_in, complaint)
    sent(signed_in, complaint, "acknowledgement", {"p1-text": "The roof.", "p1-responsibility": "ours", "outcomes": "Mend it"})
    viewer = town.viewer(Role.HANDLER)
    with town.writing():
        operations.promise_action(complaint, by=viewer, stage=1, what="Mend the tiles", owner=NAME, due_on=date(2026, 6, 2))
        operations.reply(complaint, "We come on Tuesday.", by=viewer)
    written = answering(1)
    action = {"what": "Ring", "owner": NAME, "due_on": "2026-06-02"}
    with town.writing():
        operations.respond(complaint, written | {"points": written["points"][:1], "actions": [action]}, by=viewer)
    world.letters_go_out()
    theirs = resident(app, town, complaint)
    letters = [letter for letter in complaint.letters if letter.kind != "receipt"]
    paths = [*PAGES, *(f"/your-complaint/letters/{letter.number}" for letter in letters)]
    town.register.rollback()
    for path in paths:
        page = words_of(theirs.page(path))
        assert NAME not in page and "01632 960100" not in page, path
    assert f"Your complaint is with {ROLE}." in words_of(theirs.page("/your-complaint")) or ROLE in words_of(theirs.page("/your-complaint"))
    for letter in letters:
        assert NAME not in as_text(letter.body) and f"{ROLE}, Example Homes" in as_text(letter.body), letter.kind
    town.register.rollback()
    mails = [one.words for one in mailbox.taken]
    assert mails and not [one for one in mails if NAME in one]


def test_ruling_10_a_change_of_handler_is_told_by_role_alone(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 12)):
        keeps_it_back(signed_in, complaint)
        town.register.rollback()
        town.given_to(complaint, Role.REVIEWER)
    said = as_text(complaint.letters[-1].body)
    assert complaint.letters[-1].kind == "handler_changed"
    assert f"now with Reviewer at the landlord. {ROLE} no longer deals with it." in said and "Person" not in said


def test_ruling_10_nobody_writes_the_name_by_hand_while_it_is_kept_back(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 12)):
        keeps_it_back(signed_in, complaint)
        town.register.rollback()
        points = [{"number": 1, "text": "handler person did not ring.", "responsibility": "ours"}]
        with pytest.raises(RuleBroken, match="This names Handler Person"), town.writing():
            operations.acknowledge(complaint, ACKNOWLEDGING | {"points": points}, by=town.viewer(Role.HANDLER))
        browser = signed_in(Role.HANDLER)
        answer = browser.send(url(complaint, "messages"), {"words": f"Ring {NAME}."})
        assert answer.status_code == 422 and "This names Handler Person" in words_of(answer.get_data(as_text=True))
        assert f"Ring {NAME}." in answer.get_data(as_text=True), "the words are kept"
        assert "Do not write the name to them." in words_of(browser.page(url(complaint)))
    assert not happened(town, complaint, Step.ACKNOWLEDGED)


def test_ruling_10_a_manager_gives_the_name_again_in_one_press(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 12)):
        manager = keeps_it_back(signed_in, complaint)
        page = words_of(manager.page(url(complaint, "name")))
        assert WHY["because"] in page and "Tell them the name again" in page
        assert manager.send(url(complaint, "name")).location == url(complaint)
        assert NAME in words_of(resident(app, town, complaint).page("/your-complaint"))
        story = words_of(manager.page(url(complaint)))
        assert "wrote down why the resident is told the role only" in story and "is told the name again" in story
        assert WHY["because"] not in story
    assert [one.details["role_only"] for one in happened(town, complaint, Step.NAMING)] == [True, False]


def test_ruling_10_without_a_reason_the_name_stays(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 12)):
        manager = signed_in(Role.MANAGER)
        answer = manager.send(url(complaint, "name"), {"because": " "})
        assert answer.status_code == 422 and "Write why the resident is told the role only" in words_of(answer.get_data(as_text=True))
        town.register.rollback()
        viewer = town.viewer(Role.MANAGER)
        with pytest.raises(RuleBroken, match="Say why"), town.writing():
            operations.keep_name_back(complaint, by=viewer, because="")
        with pytest.raises(RuleBroken, match="Say why"), town.writing():
            operations.give_name(complaint, by=viewer)
    assert not happened(town, complaint, Step.NAMING)
