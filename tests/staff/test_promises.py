"""What is owed after an answer: the lists of it, a new day said in the open, done with proof, a colleague's own."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Action, Complaint
from portal.complaints.references import new_code
from portal.letters.structure import as_text
from portal.rules import editions
from portal.rules.editions.model import Edition
from portal.rules.letters import required_parts
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.staff.test_casework import promised, url
from tests.town import Town

LATE_DAY = date(2026, 6, 10)


def owing(town: Town, complaint: Complaint, what: str = "Mend the tiles", owner: str = "Dean Cole", due: date = date(2026, 6, 2)) -> Action:
    """Something promised, of which the town knows the day."""
    with clock.at(date(2026, 5, 20)), town.writing():
        return operations.promise_action(complaint, by=town.viewer(Role.HANDLER), stage=1, what=what, owner=owner, due_on=due)


def newest(town: Town, complaint: Complaint) -> str:
    """The letter written last, as its reader has it."""
    town.register.rollback()
    return as_text(complaint.letters[-1].body)


def action_url(complaint: Complaint, action: Action, *more: str) -> str:
    return url(complaint, "actions", str(action.id), *more)


def test_ruling_23_a_new_day_is_given_in_the_open_and_the_first_stays_broken(client: CheckingClient, town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    owed = owing(town, complaint)
    with clock.at(LATE_DAY):
        browser = signed_in(Role.HANDLER)
        sent = browser.send(action_url(complaint, owed, "day"), {"due_on": "24 June 2026", "reason": "The scaffold came late."})
        assert sent.location == url(complaint)
        said = newest(town, complaint)
        for words in ("by Tuesday 2 June 2026, and we did not do it", "We are sorry", "The scaffold came late.", "Mend the tiles", "Wednesday 24 June 2026"):
            assert words in said
        assert (owed.first_due_on, owed.due_on) == (date(2026, 6, 2), date(2026, 6, 24))
        assert "first promised for Tuesday 2 June" in words_of(browser.page(url(complaint)))
    with town.writing():
        operations.match_person(complaint, by=town.viewer(Role.TRIAGE), person=None, landlord_record="TH-1")
    let_in_resident(client, town.register, complaint)
    with clock.at(LATE_DAY):
        page = words_of(client.page("/your-complaint"))
    assert "We first promised it for Tuesday 2 June 2026." in page and "We gave a new day for something we promised" in page


def test_ruling_23_a_day_put_back_before_it_has_come_is_said_so_and_still_sorry(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    owed = owing(town, complaint)
    with clock.at(date(2026, 5, 29)):
        signed_in(Role.HANDLER).send(action_url(complaint, owed, "day"), {"due_on": "24/6/26", "reason": "The scaffold is late."})
    assert "We will not manage it by then, and we are sorry." in newest(town, complaint)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"due_on": "24/6/26", "reason": ""}, "Write why the day has changed"),
        ({"due_on": "", "reason": "Rain."}, "Write the new day"),
        ({"due_on": "9/6/2026", "reason": "Rain."}, "Give a day that has not gone by"),
    ],
)
def test_ruling_23_no_new_day_without_a_reason_or_one_that_is_past(fields: dict[str, str], said: str, town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    owed = owing(town, complaint)
    with clock.at(LATE_DAY):
        refused = signed_in(Role.HANDLER).send(action_url(complaint, owed, "day"), fields)
    assert refused.status_code == 422
    page = words_of(refused.get_data(as_text=True))
    assert said in page
    town.register.rollback()
    assert complaint.letters[-1].kind == "response"


def test_ruling_23_a_dated_statement_is_proof_enough_and_the_resident_reads_it(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    owed = owing(town, complaint)
    with clock.at(LATE_DAY):
        signed_in(Role.HANDLER).send(action_url(complaint, owed), {"on": "9 June 2026", "proof": "Dean Cole mended eleven tiles."})
    said = newest(town, complaint)
    for words in ("On Tuesday 9 June 2026 we did this", "promised it by Tuesday 2 June 2026. It was late", "Dean Cole mended eleven tiles."):
        assert words in said
    assert "What is still to be done" in said, "the action of the answer itself is still owed"


def test_ruling_23_nothing_is_called_done_while_one_promise_is_owed(client: CheckingClient, town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    first, second = complaint.actions[0], owing(town, complaint)
    let_in_resident(client, town.register, complaint)
    with clock.at(LATE_DAY):
        browser = signed_in(Role.HANDLER)
        browser.send(url(complaint, "remedies", str(complaint.remedies[0].id)), {"on": "9 June 2026", "proof": "Payment 17."})
        for owed, is_done in ((first, False), (second, True)):
            browser.send(action_url(complaint, owed), {"on": "9 June 2026", "proof": "Seen."})
            assert ("All done" in words_of(browser.page(url(complaint)))) is is_done
            town.register.rollback()
            assert (complaint.all_done_on is not None) is is_done
            assert "closed" not in words_of(client.page("/your-complaint")).lower()


def test_pressing_twice_sends_one_letter(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    owed = owing(town, complaint)
    with clock.at(LATE_DAY):
        browser, address = signed_in(Role.HANDLER), action_url(complaint, owed, "day")
        filled = form_values(pick_form(browser.page(address), 0)) | {"due_on": "24/6/26", "reason": "Rain."}
        assert [browser.post(address, data=filled).location for _ in range(2)] == [url(complaint)] * 2
    town.register.rollback()
    assert [letter.kind for letter in complaint.letters].count("action_redated") == 1


def test_what_is_done_is_not_put_on_a_new_day(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    owed = complaint.actions[0]
    with clock.at(LATE_DAY):
        browser = signed_in(Role.HANDLER)
        browser.send(action_url(complaint, owed), {"on": "9 June 2026", "proof": "Seen."})
        refused = browser.send(action_url(complaint, owed, "day"), {"due_on": "24/6/26", "reason": "Rain."})
    assert refused.status_code == 422 and "There is no action still to be done." in words_of(refused.get_data(as_text=True))


def test_the_list_shows_what_is_late_first_and_can_be_of_one_person_or_service(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    owing(town, complaint)
    with clock.at(date(2026, 5, 11)):
        other = town.complains(code=new_code(), name="Obi Eze")
    owing(town, other, "Lag the pipes", "Handler Person", date(2026, 6, 30))
    with clock.at(LATE_DAY):
        browser = signed_in(Role.MANAGER)
        page = words_of(browser.page("/staff/actions"))
        assert "3 things are owed, and 1 of them is late." in page
        assert page.index("Lag the pipes") > page.index("Late") and page.index("Obi Eze") > page.index("Samira Haddad")
        assert "Lag the pipes" not in words_of(browser.page("/staff/actions?owner=Dean Cole"))
        by_service = words_of(browser.page(f"/staff/actions?service={town.repairs.id}"))
        assert "Mend the tiles" in by_service and "Lag the pipes" not in by_service, "the second one was not weighed yet"
        mine = words_of(signed_in(Role.HANDLER).page("/staff/actions?with=me"))
        assert "Lag the pipes" in mine and "1 thing is owed. None is late." in mine
    town.register.rollback()


@pytest.mark.parametrize("address", ["?after=x", "?after=2026-01-01.99999999999", "?service=abc", "?service=999999999999", "?owner="])
def test_an_odd_address_of_the_list_is_a_page(address: str, town: Town, signed_in: SignIn) -> None:
    promised(town)
    assert signed_in(Role.MANAGER).get(f"/staff/actions{address}").status_code == 200


def test_a_long_list_goes_on_where_it_stopped(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    for number in range(27):
        owing(town, complaint, f"Thing {number:02}", due=date(2026, 6, 30))
    with clock.at(LATE_DAY):
        browser = signed_in(Role.MANAGER)
        first = browser.page("/staff/actions")
        (onwards,) = first.xpath("//nav[@class='pager']/a/@href")
        seen = words_of(first) + words_of(browser.page(onwards))
    assert [seen.count(f"Thing {number:02}") for number in range(27)] == [1] * 27


def test_ruling_11_a_colleague_completes_their_own_action_and_sees_nothing_else_of_the_complaint(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    owed, other = owing(town, complaint), complaint.actions[0]
    with clock.at(LATE_DAY):
        given = signed_in(Role.HANDLER).send(action_url(complaint, owed, "owner"), {"staff": str(town.staff[Role.COLLEAGUE].id)})
        assert given.location == url(complaint)
        browser = signed_in(Role.COLLEAGUE)
        page = words_of(browser.page("/staff/actions/own"))
        assert "Mend the tiles" in page and "Late" in page and "Samira" not in page
        assert browser.get(url(complaint)).status_code == 404
        assert browser.get(f"/staff/actions/own/{other.id}").status_code == 404, "that one is not theirs"
        alone = words_of(browser.page(f"/staff/actions/own/{owed.id}"))
        assert "Samira" not in alone and "leaked" not in alone
        done = browser.send(f"/staff/actions/own/{owed.id}", {"on": "9 June 2026", "proof": "I mended eleven tiles."})
        assert done.location == "/staff/actions/own"
        assert "You have nothing to do for a resident." in words_of(browser.page(done.location))
    said = newest(town, complaint)
    assert "I mended eleven tiles." in said
    assert Step.ACTION_DONE in {one.step for one in complaint.happenings if one.by == f"staff:{town.staff[Role.COLLEAGUE].id}"}
    assert owed.done_on == date(2026, 6, 9) and owed.owner == "Colleague Person"


def test_ruling_11_what_was_given_to_somebody_else_meanwhile_is_no_longer_ones_own(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    owed = owing(town, complaint, owner="colleague person")
    with clock.at(LATE_DAY):
        browser = signed_in(Role.COLLEAGUE)
        address = f"/staff/actions/own/{owed.id}"
        filled = form_values(pick_form(browser.page(address), 0)) | {"on": "9 June 2026", "proof": "Done."}
        with town.writing():
            operations.give_action(complaint, owed, by=town.viewer(Role.MANAGER), to=town.staff[Role.TRIAGE])
        assert browser.post(address, data=filled).status_code == 404
    town.register.rollback()
    assert owed.done_on is None


@pytest.mark.parametrize("edition", editions.EDITIONS.values(), ids=lambda one: one.id)
@pytest.mark.parametrize("stage", [1, 2])
def test_both_letters_hold_what_every_edition_asks_of_them(edition: Edition, stage: int, town: Town) -> None:
    complaint = promised(town)
    owed, viewer = owing(town, complaint), town.viewer(Role.HANDLER)
    with clock.at(LATE_DAY):
        with town.writing():
            moved = operations.redate_action(complaint, owed, by=viewer, due_on=date(2026, 6, 24), reason="Rain.")
        with town.writing():
            done = operations.complete_action(complaint, owed, by=viewer, on=LATE_DAY, proof="Seen.")
    for letter in (moved, done):
        asked = {part.id for part in required_parts(edition, letter.kind, stage)}
        assert asked and asked <= {block.get("part") for block in letter.body["blocks"]}
