"""Teams: whose complaints somebody opens as they are, and what they say first when they open another's (I1)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle

import pytest
from sqlalchemy import select

from portal import access, clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.people import AccountChange, Staff
from portal.complaints.record import ReadEvent, ReasonGiven
from portal.complaints.settings import Service
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.letters.read_again import by_pdfium
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.staff.test_printing import file_of
from tests.town import PASSWORD, Town

WHY = "I cover for Repairs today."
WORDS = ("Samira", "Haddad", "ceiling", "Quarry", "It still rains in")
ASKED = (Role.TRIAGE, Role.HANDLER, Role.SENIOR, Role.REVIEWER)
NOT_ASKED = (Role.MANAGER, Role.LEAD)


@pytest.fixture
def lettings(town: Town) -> Service:
    """A service besides repairs."""
    made = Service(name="Lettings")
    with town.writing():
        town.register.add(made)
    return made


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Of repairs; given to the handler, weighed, acknowledged by post, with a file's worth of words in it."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains(safe_contact={"channels": ["post"], "post": "14 Quarry Bank"})
        town.given_to(made)
        town.triaged(made)
        with town.writing():
            operations.acknowledge(made, ACKNOWLEDGED, by=town.viewer(Role.HANDLER))
            operations.write(made, "It still rains in", by=town.resident(made))
    return made


ACKNOWLEDGED = {"points": [{"number": 1, "text": "The bedroom ceiling leaks.", "responsibility": "ours"}], "outcomes": ["Mend it"]}


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with clock.at(date(2026, 5, 19)):
        yield


def of_lettings(town: Town, lettings: Service, role: Role = Role.HANDLER) -> Staff:
    """Somebody in that role who works on lettings alone."""
    with town.writing():
        return town._staff(f"Lettings {role.title()}", [role], teams=[lettings])


def asked(browser: CheckingClient, complaint: Complaint, *what: str) -> bool:
    """Whether a page of the complaint leads to the page that asks why."""
    answer = browser.get(url(complaint, *what))
    assert answer.status_code in (200, 303), answer.status_code
    return answer.status_code == 303 and answer.location.startswith(url(complaint, "why"))


def says_why(browser: CheckingClient, complaint: Complaint, why: str = WHY) -> None:
    answer = browser.send(url(complaint, "why"), {"reason": why})
    assert answer.location == url(complaint), words_of(answer.get_data(as_text=True))


def reads(town: Town, staff: Staff) -> list[tuple[str, str | None]]:
    """What somebody read of complaints, with the reason they gave, in order."""
    asked = select(ReadEvent.route, ReadEvent.reason).where(ReadEvent.staff_id == staff.id, ReadEvent.complaint_id.is_not(None)).order_by(ReadEvent.id)
    found = [(row.route, row.reason) for row in town.register.execute(asked)]
    town.register.rollback()
    return found


@pytest.mark.parametrize("role", ASKED)
def test_IN1_a_complaint_of_another_team_opens_by_no_route_before_somebody_says_why(
    town: Town, signed_in: SignIn, complaint: Complaint, lettings: Service, role: Role
) -> None:
    staff = of_lettings(town, lettings, role)
    browser, reference = signed_in(staff), complaint.reference
    by_turns = cycle(({}, {"HX-Request": "true"}) if ASKED.index(role) % 2 else ({"HX-Request": "true"}, {}))
    for rule in browser.application.url_map.iter_rules():
        if "<case:complaint>" not in rule.rule or rule.endpoint == "staff.why":
            continue
        address = re.sub(r"<int[^>]*>", "1", rule.rule.replace("<case:complaint>", reference))
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = browser.open(address, method=method, headers=next(by_turns))
            said = f"{answer.headers}{answer.get_data(as_text=True)}"
            assert answer.status_code in (204, 303, 403), (address, answer.status_code)
            assert not [word for word in WORDS if word in said], address
    assert reads(town, staff) == []


def test_why_is_asked_plainly_kept_with_each_page_and_remembered_for_this_complaint_alone(
    town: Town, signed_in: SignIn, complaint: Complaint, lettings: Service
) -> None:
    staff = of_lettings(town, lettings)
    other = town.complains("Another of theirs.", code="B" * 24)
    town.given_to(other)
    browser = signed_in(staff)
    page = words_of(browser.page(url(complaint, "letters/1")))
    assert "is another team’s" in page and not [word for word in WORDS if word in page]
    empty = browser.send(url(complaint, "why"), {"reason": "  "})
    assert empty.status_code == 422 and "Write why you open it" in words_of(empty.get_data(as_text=True))
    for thin in ("x", "because", "1234567890 !!!!!!!!!!", "need it"):
        refused = browser.send(url(complaint, "why"), {"reason": thin})
        assert refused.status_code == 422 and "Write in a few words what you need it for" in words_of(refused.get_data(as_text=True))
        assert thin in words_of(refused.get_data(as_text=True)) and asked(browser, complaint)
    says_why(browser, complaint)
    assert "ceiling" in words_of(browser.page(url(complaint)))
    assert browser.get(url(complaint, "letters/1")).status_code == 200
    assert asked(browser, other), "a reason is for one complaint"
    assert reads(town, staff)[-3:] == [("staff.why", WHY), ("staff.case", WHY), ("staff.letter", WHY)]


def test_whoever_says_why_comes_to_the_page_they_asked_for(town: Town, signed_in: SignIn, complaint: Complaint, lettings: Service) -> None:
    browser = signed_in(of_lettings(town, lettings))
    way = browser.get(url(complaint, "letters/1")).location
    assert browser.send(way, {"reason": WHY}).location == url(complaint, "letters/1")
    elsewhere = browser.send(f"{url(complaint, 'why')}?next=https://elsewhere.example/", {"reason": WHY})
    assert elsewhere.location == url(complaint)


def test_it_is_asked_again_in_the_next_visit(town: Town, signed_in: SignIn, complaint: Complaint, lettings: Service) -> None:
    staff = of_lettings(town, lettings)
    browser = signed_in(staff)
    says_why(browser, complaint)
    assert not asked(browser, complaint) and asked(signed_in(staff), complaint), "another visit of theirs has said nothing"
    browser.send("/staff/account", form="sign-out")
    assert town.register.scalars(select(ReasonGiven)).all() == [], "what was remembered went with the visit"
    browser.send("/staff/sign-in", {"email": staff.email, "password": PASSWORD})
    assert asked(browser, complaint)


@pytest.mark.parametrize("role", ASKED)
@pytest.mark.parametrize(
    ("how", "opens"),
    [
        ("nobody has it yet", True),
        ("nobody has yet reached whoever is in danger", True),
        ("it has to be weighed", False),
        ("they have it", True),
        ("they took it down", True),
        ("they have something to do in it", True),
        ("they are named in it", True),
        ("their team has it", True),
        ("it is said to be of no service, and a colleague of theirs has it", True),
        ("it is over, and nobody ever had it", False),
        ("another team has it", False),
    ],
)
def test_who_is_asked_and_of_what(town: Town, signed_in: SignIn, lettings: Service, role: Role, how: str, opens: bool) -> None:
    staff, manager = of_lettings(town, lettings, role), town.viewer(Role.MANAGER)
    complaint = town.complains()
    if how not in ("nobody has it yet", "it is over, and nobody ever had it", "they have it"):
        with_them = how == "it is said to be of no service, and a colleague of theirs has it"
        colleague = of_lettings(town, lettings, Role.MANAGER) if with_them else town.staff[Role.HANDLER]
        with town.writing():
            operations.assign(complaint, colleague, by=manager, interest="Nothing declared")
    if how not in ("it has to be weighed", "it is said to be of no service, and a colleague of theirs has it"):
        town.triaged(complaint)
    with town.writing():
        if how.startswith("nobody has yet reached"):
            operations.danger_told(complaint, {"words": "Gas."}, by=town.resident(complaint))
        elif how == "they have it":
            operations.assign(complaint, staff, by=manager, interest="Nothing declared")
        elif how == "they took it down":
            complaint.logged_by_id = staff.id
        elif how == "they have something to do in it":
            owed = operations.promise_action(complaint, by=manager, stage=1, what="Ring", owner="Them", due_on=clock.today() + timedelta(9))
            operations.give_action(complaint, owed, by=manager, to=staff)
        elif how == "they are named in it":
            operations.restrict(complaint, [staff], by=manager, because="A relative works here.")
        elif how == "their team has it":
            complaint.service_id = lettings.id
        elif how == "it is over, and nobody ever had it":
            operations.mark_spam(complaint, by=manager, why="An advertisement.")
    assert asked(signed_in(staff), complaint) is not (opens or (role is Role.TRIAGE and how == "it has to be weighed"))


@pytest.mark.parametrize("role", NOT_ASKED)
def test_managers_and_the_senior_lead_are_never_asked(town: Town, signed_in: SignIn, complaint: Complaint, lettings: Service, role: Role) -> None:
    staff = of_lettings(town, lettings, role)
    assert not asked(signed_in(staff), complaint)
    assert reads(town, staff) == [("staff.case", None)]


def test_the_liaison_is_not_asked_of_what_the_ombudsman_has(town: Town, signed_in: SignIn, complaint: Complaint, lettings: Service) -> None:
    with town.writing():
        operations.ombudsman_has(complaint, by=town.viewer(Role.LIAISON), theirs="HO-1")
    assert not asked(signed_in(of_lettings(town, lettings, Role.LIAISON)), complaint)


def test_every_role_that_sees_complaints_has_its_line_in_the_table() -> None:
    assert set(access.OPENS) == {role for role in access.STAFF if role in access.RULES[access.Do.READ_CASE]}
    assert {role for role in access.OPENS if access.OPENS[role] is access.always} == {Role.COLLEAGUE, Role.MANAGER, Role.LEAD, Role.LIAISON}


def test_a_landlord_without_services_is_one_team(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    town.given_to(complaint)
    with town.writing():
        for staff in town.register.scalars(select(Staff)):
            operations.set_teams(town.register, staff, [], by=town.viewer(Role.MANAGER))
        town.register.query(AccountChange).delete()
        town.register.delete(town.repairs)
    assert not asked(signed_in(Role.SENIOR), complaint)


def test_a_manager_says_who_works_on_what_and_it_counts_from_the_next_page(
    town: Town, signed_in: SignIn, complaint: Complaint, lettings: Service
) -> None:
    senior, person = signed_in(Role.SENIOR), f"/staff/people/{town.staff[Role.SENIOR].id}"
    assert not asked(senior, complaint)
    manager = signed_in(Role.MANAGER)
    assert "Repairs" in words_of(manager.page("/staff/people"))
    done = manager.send(person, {"services": [str(lettings.id)]}, form="teams")
    assert done.location == person
    assert asked(senior, complaint)
    page = words_of(manager.page(person))
    assert "Was put into the team for Lettings." in page and "Was taken out of the team for Repairs." in page
    assert "Lettings" in words_of(senior.page("/staff/account"))
    unknown = manager.send(person, {"services": ["999"]}, form="teams")
    assert unknown.status_code == 422 and "Choose one of the answers" in words_of(unknown.get_data(as_text=True))
    manager.send(person, {"services": [str(lettings.id)]}, form="teams")
    changes = town.register.query(AccountChange).count()
    assert changes == 2, "a press that changes nothing is not written down"


def test_what_was_sent_before_it_became_another_teams_is_given_back(town: Town, signed_in: SignIn, complaint: Complaint, lettings: Service) -> None:
    senior = signed_in(Role.SENIOR)
    note = form_values(pick_form(senior.page(url(complaint, "notes")), 0)) | {"kind": "note", "words": "The roofer came on Friday and left."}
    with town.writing():
        operations.set_teams(town.register, town.staff[Role.SENIOR], [lettings.id], by=town.viewer(Role.MANAGER))
    answer = senior.post(url(complaint, "notes"), data=note)
    page = words_of(answer.get_data(as_text=True))
    assert answer.status_code == 403 and "The roofer came on Friday and left." in page and "Say why you open it" in page
    assert url(complaint, "why") in answer.get_data(as_text=True)
    says_why(senior, complaint)
    assert senior.post(url(complaint, "notes"), data=note).status_code == 303


def test_letters_are_not_printed_together_with_those_of_another_team(town: Town, signed_in: SignIn, complaint: Complaint, lettings: Service) -> None:
    triage = signed_in(of_lettings(town, lettings, Role.TRIAGE))
    assert "Samira Haddad" in words_of(triage.page("/staff/letters")), "the list names it, so that it can be found"
    page = words_of(triage.page("/staff/letters/print"))
    assert "2 letters are of other teams’ complaints" in page and "ceiling" not in page and "Quarry" not in page
    own = signed_in(Role.TRIAGE)
    form = form_values(pick_form(own.page("/staff/letters/print"), 0))
    sent = triage.post("/staff/letters/print", data=form)
    said = words_of(sent.get_data(as_text=True))
    assert "ceiling" not in said and "Quarry" not in said
    assert "ceiling" in by_pdfium(file_of(own)), "it still waits to be posted"
    assert triage.get(f"/staff/letters/print/file?letters={form['letters']}").location == "/staff/letters/print", "and no file of it is given"


def test_lists_show_the_same_to_everybody_who_works_on_complaints(town: Town, signed_in: SignIn, complaint: Complaint, lettings: Service) -> None:
    browser = signed_in(of_lettings(town, lettings))
    for address in ("/staff/", "/staff/find?q=Haddad", "/staff/from-residents"):
        assert "Samira Haddad" in words_of(browser.page(address)), address
    assert asked(browser, complaint)
