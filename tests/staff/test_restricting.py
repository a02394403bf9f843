"""A complaint kept to a few people: for everybody else it is not there, on any list or in what is counted of one; the figures have it, and the resident sees no change."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from portal import clock, codes, db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.people import Staff
from portal.complaints.settings import Reminder
from portal.post.office import Office
from portal.post.reminders import remind
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_figures import counted, in_the_file
from tests.staff.test_path import url
from tests.staff.test_refusing import happened, resident
from tests.town import Town

WHY = "Her brother works in repairs."
LISTS = ("/staff/", "/staff/?with=nobody", "/staff/?owed=nothing", "/staff/find?q=Haddad", "/staff/find?q=ceiling", "/staff/find?where=archive", "/staff/from-residents", "/staff/due", "/staff/actions", "/staff/remedies", "/staff/letters", "/staff/mail", "/staff/give")
WORDS = ("Samira", "Haddad", "ceiling", "Mend the tiles", "It still rains in")


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Given to the handler, acknowledged and answered by post, with a promise, a message, and danger that nobody has."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains(safe_contact={"channels": ["post"], "post": "14 Quarry Bank"})
        town.given_to(made)
        town.triaged(made)
        town.acknowledged(made)
        with town.writing():
            operations.write(made, "It still rains in", by=town.resident(made))
            operations.danger_told(made, {"words": "The ceiling sags."}, by=town.resident(made))
            operations.promise_action(made, by=town.viewer(Role.HANDLER), stage=1, what="Mend the tiles", owner="Handler Person", due_on=date(2026, 5, 20))
    return made


@pytest.fixture
def day() -> Iterator[None]:
    with clock.at(date(2026, 5, 19)):
        yield


def restricts(town: Town, signed_in: SignIn, complaint: Complaint, *people: Staff) -> CheckingClient:
    manager = signed_in(Role.MANAGER)
    said = {"people": [str(each.id) for each in people], "because": WHY}
    answer = manager.send(url(complaint, "restriction"), said)
    assert answer.location == url(complaint), words_of(answer.get_data(as_text=True))
    town.register.rollback()
    return manager


def another_manager(town: Town) -> Staff:
    with town.writing():
        return town._staff("Other Manager", [Role.MANAGER])


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize("role", [Role.TRIAGE, Role.HANDLER, Role.SENIOR, Role.REVIEWER, Role.LEAD])
def test_whoever_is_not_named_finds_nothing_of_it_anywhere(town: Town, signed_in: SignIn, complaint: Complaint, role: Role) -> None:
    browser = signed_in(role)
    assert "Samira" in words_of(browser.page("/staff/"))
    before = {address: browser.get(address).status_code for address in LISTS}
    restricts(town, signed_in, complaint)
    for address, status in before.items():
        answer = browser.get(address)
        assert answer.status_code == status
        assert not [word for word in WORDS if word in answer.get_data(as_text=True) and word not in address], address
    assert "1 " not in words_of(browser.page("/staff/")).partition("with something owed")[0].partition("2026.")[2], "it is in no count"
    assert browser.get(url(complaint)).status_code == browser.get(url(complaint, "letters/1")).status_code == 404
    assert browser.get(f"/staff/find?q={complaint.reference}").status_code == 200, "a whole reference leads nowhere"


@pytest.mark.usefixtures("day")
def test_those_who_are_named_and_the_manager_who_said_so_work_on_as_before(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    manager = restricts(town, signed_in, complaint, town.staff[Role.HANDLER])
    for browser in (manager, signed_in(Role.HANDLER)):
        assert "Samira" in words_of(browser.page("/staff/"))
        page = words_of(browser.page(url(complaint)))
        assert "Only these people see it: Handler Person, Manager Person." in page
    assert WHY in words_of(manager.page(url(complaint, "restriction")))
    assert signed_in(another_manager(town)).get(url(complaint)).status_code == 404
    (event,) = happened(town, complaint, Step.RESTRICTED)
    assert WHY not in str(event.details)


@pytest.mark.usefixtures("day")
def test_it_holds_on_the_next_request_of_whoever_has_it_open(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    triage = signed_in(Role.TRIAGE)
    page = triage.page(url(complaint, "notes"))
    note = form_values(pick_form(page, 0)) | {"kind": "note", "words": "I know her."}
    restricts(town, signed_in, complaint)
    assert triage.post(url(complaint, "notes"), data=note).status_code == 404
    assert not happened(town, complaint, Step.NOTED)


@pytest.mark.usefixtures("day")
def test_the_resident_sees_no_change(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = resident(app, town, complaint)
    before = words_of(browser.page("/your-complaint"))
    restricts(town, signed_in, complaint, town.staff[Role.HANDLER])
    assert words_of(browser.page("/your-complaint")) == before


@pytest.mark.usefixtures("day")
def test_opened_again_everybody_sees_it_and_the_reasons_stay(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    manager = restricts(town, signed_in, complaint)
    assert signed_in(Role.TRIAGE).get(url(complaint)).status_code == 404
    empty = manager.send(url(complaint, "restriction"), {"opened": " "}, form="end")
    assert empty.status_code == 422 and "Write why everybody may see it again" in words_of(empty.get_data(as_text=True))
    assert manager.send(url(complaint, "restriction"), {"opened": "He has left."}, form="end").location == url(complaint)
    page = words_of(signed_in(Role.TRIAGE).page(url(complaint)))
    assert "Manager Person restricted it." in page and "opened it again to everybody who works on complaints" in page
    assert len(happened(town, complaint, Step.RESTRICTED)) == 2


@pytest.mark.usefixtures("day")
def test_it_is_given_to_nobody_who_is_not_named(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    manager = restricts(town, signed_in, complaint, town.staff[Role.HANDLER])
    senior = {"staff": str(town.staff[Role.SENIOR].id), "interest": "no"}
    refused = manager.send(url(complaint, "assign"), senior)
    assert refused.status_code == 422 and "they are not named in it" in words_of(refused.get_data(as_text=True))
    with pytest.raises(RuleBroken), town.writing():
        operations.give_action(complaint, complaint.actions[0], by=town.viewer(Role.MANAGER), to=town.staff[Role.COLLEAGUE])
    manager.send(url(complaint, "restriction"), {"people": [senior["staff"]], "because": "The handler is her cousin."})
    assert manager.send(url(complaint, "assign"), senior).location == url(complaint)
    assert signed_in(Role.HANDLER).get(url(complaint)).status_code == 404
    assert signed_in(Role.SENIOR).get(url(complaint)).status_code == 200


@pytest.mark.usefixtures("day")
def test_where_nobody_who_was_named_works_here_any_more_managers_see_it(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    restricts(town, signed_in, complaint)
    other = another_manager(town)
    with town.writing():
        operations.say_left(town.register, town.staff[Role.MANAGER], by=town.viewer(Role.ADMINISTRATOR))
    assert signed_in(other).get(url(complaint)).status_code == 200
    assert signed_in(Role.TRIAGE).get(url(complaint)).status_code == 404


@pytest.mark.parametrize(("said", "words"), [({"because": " "}, "Write why only these people may see it"), ({"people": ["999"], "because": "x"}, "Choose one of the answers")])
def test_a_restriction_that_lacks_something_says_what(town: Town, signed_in: SignIn, complaint: Complaint, said: dict[str, object], words: str) -> None:
    answer = signed_in(Role.MANAGER).send(url(complaint, "restriction"), said)
    assert answer.status_code == 422 and words in words_of(answer.get_data(as_text=True))
    assert not happened(town, complaint, Step.RESTRICTED)


def test_nobody_is_reminded_of_it_who_is_not_named(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 12)):
        restricts(town, signed_in, complaint, town.staff[Role.SENIOR])
    with clock.at(date(2026, 5, 25)):
        remind(db.sessions(town.register.get_bind()))  # type: ignore[arg-type]
    told = {each.staff_id for each in town.register.query(Outbox) if each.staff_id}
    assert (town.register.query(Reminder).count() and told == {town.staff[Role.MANAGER].id, town.staff[Role.SENIOR].id}) or told == {town.staff[Role.MANAGER].id}


@pytest.mark.usefixtures("day")
def test_a_manager_finds_again_what_was_kept_to_a_few_and_no_other_manager_does(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    manager = signed_in(Role.MANAGER)
    assert "None that you are named in." in words_of(manager.page("/staff/restricted"))
    restricts(town, signed_in, complaint, town.staff[Role.HANDLER])
    assert "Samira Haddad" in words_of(manager.page("/staff/restricted")) and "Seen by Handler Person, Manager Person" in words_of(manager.page("/staff/restricted"))
    assert "/staff/restricted" in {link.get("href") for link in manager.page("/staff/account").iter("a")}
    page = words_of(signed_in(another_manager(town)).page("/staff/restricted"))
    assert not [word for word in WORDS if word in page] and "Handler Person" not in page


@pytest.mark.usefixtures("day")
def test_the_figures_count_it_like_any_other_and_the_page_says_so(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    manager = restricts(town, signed_in, complaint)
    page = words_of(manager.page(url(complaint, "restriction")))
    assert "The figures count it like any other." in page and "not in any count" not in page
    with town.writing():
        operations.correct_receipt(complaint, date(2026, 5, 8), "It was so.", by=town.viewer(Role.MANAGER))
    town.register.rollback()
    for reader in (manager, signed_in(another_manager(town)), signed_in(Role.LEAD)):
        assert (counted(reader)["2026-05"]["earlier"], in_the_file(reader)["2026-05"]["earlier"]) == ("1", "under 5")


def test_the_demo_shows_no_code_of_it_to_anybody_who_is_not_named(town: Town, signed_in: SignIn, complaint: Complaint, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    restricts(town, signed_in, complaint, town.staff[Role.HANDLER])
    with town.writing():
        complaint.resident.given_contact = {"channels": ["email"], "email": "samira@example.org"}
        made = codes.fresh()
        codes.ask(town.register, codes.Asked(complaint.reference), made, token="a browser", network=None)
    config = replace(app.extensions["portal"], demo=True)
    monkeypatch.setitem(app.extensions, "portal", config)
    Office.of(app.extensions["sessions"], config).deliver_all()
    shown = {role: "is your code" in words_of(signed_in(role).page("/staff/mail")) for role in (Role.HANDLER, Role.TRIAGE, Role.LEAD)}
    assert shown == {Role.HANDLER: True, Role.TRIAGE: False, Role.LEAD: False}
