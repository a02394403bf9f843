"""What each role opens on, and what it may not do: those who look on read what is theirs, and answer nobody's complaint."""

import os
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text

from portal import clock
from portal.access import Role
from portal.complaints import operations, references
from portal.complaints.models import Complaint
from portal.complaints.settings import LandlordSetting
from portal.rules.steps import Step
from tests import crawl
from tests.browser_client import CheckingClient, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_approving import asked
from tests.staff.test_path import url
from tests.staff.test_refusing import AT_COURT, DIRECTED, happened, refused, resident
from tests.town import PASSWORD, Town

FIRST = {
    Role.SENIOR: ("/staff/", "Complaints"),
    Role.LEAD: ("/staff/", "Complaints"),
    Role.LIAISON: ("/staff/ombudsman", "With the Ombudsman"),
    Role.GOVERNOR: ("/staff/figures", "What we measure"),
    Role.ADMINISTRATOR: ("/staff/people", "Who works here"),
    Role.AUDITOR: ("/staff/record", "The record"),
}
ASKED = {"theirs": "HO-2026-40", "on": "1 June 2026"}


@pytest.fixture
def complaint(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.given_to(made)
    return made


def links(browser: CheckingClient, page: str) -> list[str]:
    """Where the links of a page lead."""
    return [link.get("href") or "" for link in browser.page(page).iter("a")]


@pytest.mark.parametrize("role", FIRST)
def test_whoever_signs_in_begins_at_a_page_that_is_theirs(app: Flask, town: Town, role: Role) -> None:
    browser, (address, _heading) = app.test_client(), FIRST[role]
    assert isinstance(browser, CheckingClient)
    there = browser.send("/staff/sign-in", {"email": town.staff[role].email, "password": PASSWORD})
    assert there.location == address
    assert browser.get(address).status_code == 200
    assert address in links(browser, "/staff/account"), "every page leads back there"


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_reads_no_complaint_comes_to_none_by_any_link(town: Town, signed_in: SignIn, complaint: Complaint, role: Role) -> None:
    with clock.at(date(2026, 5, 12)):
        town.acknowledged(complaint)
        read = list(crawl.pages(signed_in(role), FIRST[role][0], press=False))
    assert len(read) > 1 and all(each.status == 200 for each in read)
    assert not [each.what for each in read if "/complaints/" in each.text or "Samira" in each.text or "ceiling" in each.text]


@pytest.mark.parametrize("role", [Role.LEAD, Role.LIAISON])
def test_who_only_reads_is_offered_nothing_to_do_about_a_complaint(town: Town, signed_in: SignIn, complaint: Complaint, role: Role) -> None:
    with clock.at(date(2026, 6, 1)):
        signed_in(Role.MANAGER).send("/staff/ombudsman", ASKED | {"reference": complaint.reference})
        browser = signed_in(role)
        assert "ceiling" in words_of(browser.page(url(complaint)))
        own = [each for each in links(browser, url(complaint)) if each.startswith(url(complaint) + "/") and "/files/" not in each and "/letters/" not in each]
    assert own == []


def test_ruling_41_the_liaison_reads_what_the_ombudsman_has_from_when_it_is_written_down(
    app: Flask, town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    with clock.at(date(2026, 6, 1)):
        liaison, other = signed_in(Role.LIAISON), town.complains("The bins.", name="Rhys Powell", code="B" * 24)
        assert liaison.get(url(complaint)).status_code == 404
        assert "Nobody has written down yet" in words_of(liaison.page("/staff/ombudsman"))
        there = liaison.send("/staff/ombudsman", ASKED | {"reference": complaint.reference.lower()})
        assert there.location == url(complaint) and liaison.get(there.location).status_code == 200
        assert liaison.get(url(other)).status_code == 404
        listed = words_of(liaison.page("/staff/ombudsman"))
        assert "Samira Haddad" in listed and "HO-2026-40" in listed and "Rhys" not in listed
        assert "told us that they have your complaint" in words_of(resident(app, town, complaint).page("/your-complaint"))
    (event,) = happened(town, complaint, Step.OMBUDSMAN_HAS)
    assert (event.details, event.on) == ({"reference": "HO-2026-40"}, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reference": "nothing"}, "That is not a reference"),
        ({"reference": "000000000"}, "There is no complaint with this reference"),
        ({"theirs": " "}, "Write the Ombudsman’s reference"),
        ({"on": ""}, "Write the day they told us"),
        ({"on": "2 June 2027"}, "This day has not come yet"),
        ({"on": "1 May 2026"}, "11 May 2026"),
    ],
)
def test_what_cannot_be_of_the_ombudsman_says_why_and_keeps_the_words(
    town: Town, signed_in: SignIn, complaint: Complaint, fields: dict[str, str], said: str
) -> None:
    with clock.at(date(2026, 6, 1)):
        answer = signed_in(Role.LIAISON).send("/staff/ombudsman", ASKED | {"reference": complaint.reference} | fields)
    assert answer.status_code == 422 and said in words_of(answer.get_data(as_text=True)).replace("\xa0", " ")
    assert not happened(town, complaint, Step.OMBUDSMAN_HAS)


def test_ruling_48_the_liaison_records_a_direction_and_undoes_no_refusal_of_ours(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with clock.at(date(2026, 5, 13)):
        refused(signed_in(Role.HANDLER), complaint, AT_COURT)
    with clock.at(date(2026, 6, 2)):
        liaison = signed_in(Role.LIAISON)
        liaison.send("/staff/ombudsman", ASKED | {"reference": complaint.reference})
        page = words_of(liaison.page(url(complaint, "acceptance")))
        assert "If the Ombudsman directed us" in page and "If we looked again ourselves" not in page
        undone = liaison.send(url(complaint, "acceptance"), {"because": "ourselves"})
        assert undone.status_code == 422 and not happened(town, complaint, Step.REFUSAL_UNDONE)
        assert liaison.send(url(complaint, "acceptance"), DIRECTED).location == url(complaint)
    assert len(happened(town, complaint, Step.DIRECTED)) == 1


@pytest.mark.skipif(os.environ.get("PORTAL_TEST_DATABASE") == "postgresql", reason="takes the guards away in SQLite's words")
def test_the_auditor_is_told_that_the_record_is_whole_and_which_entry_is_not(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    auditor = signed_in(Role.AUDITOR)
    whole = auditor.send("/staff/record")
    assert whole.status_code == 200 and "Every event is as it was written." in words_of(whole.get_data(as_text=True))
    with town.writing():
        for trigger in list(town.register.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"))):
            town.register.execute(text(f"DROP TRIGGER {trigger}"))
        town.register.execute(text("UPDATE event SET actor = 'machine' WHERE number = 3"))
    town.register.rollback()
    found = words_of(auditor.send("/staff/record").get_data(as_text=True))
    assert "Event 3: altered." in found, found


def test_the_auditor_sees_who_did_and_who_read_what_and_no_word_of_it(signed_in: SignIn, complaint: Complaint) -> None:
    signed_in(Role.MANAGER).page(url(complaint))
    auditor = signed_in(Role.AUDITOR)
    done, read = words_of(auditor.page("/staff/record")), words_of(auditor.page("/staff/record/read"))
    reference = " ".join(references.groups(complaint.reference))
    assert "assigned" in done and "Manager Person" in done and reference in done
    assert "Manager Person" in read and "staff.case" in read and reference in read
    for words in ("Samira", "ceiling", "Quarry"):
        assert words not in done and words not in read


def test_the_administrator_keeps_accounts_and_sees_nothing_of_what_somebody_has(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser, handler = signed_in(Role.ADMINISTRATOR), town.staff[Role.HANDLER]
    page = words_of(browser.page(f"/staff/people/{handler.id}"))
    assert "Say that they have left" in page and "Complaints they have" not in page and "Samira" not in page
    assert browser.send(f"/staff/people/{handler.id}", form="left").status_code == 303
    town.register.rollback()
    assert handler.disabled_at is not None


def test_ruling_25_a_senior_handler_approves_what_somebody_else_wrote_and_not_their_own(
    town: Town, signed_in: SignIn
) -> None:
    with clock.at(date(2026, 5, 11)):
        with town.writing():
            town.register.add(LandlordSetting(name="refusals_approved", value=True, set_at=clock.now()))
        made = town.complains()
        town.given_to(made)
    with clock.at(date(2026, 5, 13)):
        senior = signed_in(Role.SENIOR)
        asked(signed_in(Role.HANDLER), made)
        assert senior.send(url(made, "approval")).location == url(made)
    assert len(happened(town, made, Step.REFUSED)) == 1


def test_a_senior_handler_gives_a_complaint_out_and_may_have_one(town: Town, signed_in: SignIn) -> None:
    made, senior = town.complains(), town.staff[Role.SENIOR]
    browser = signed_in(Role.SENIOR)
    assert browser.send(url(made, "assign"), {"staff": str(senior.id), "interest": "no"}).status_code == 303
    town.register.rollback()
    assert made.handler_id == senior.id


@pytest.mark.parametrize("role", [Role.LEAD, Role.LIAISON])
def test_no_link_leads_whoever_only_reads_to_a_page_that_refuses_them(town: Town, signed_in: SignIn, complaint: Complaint, role: Role) -> None:
    with clock.at(date(2026, 5, 12)):
        town.acknowledged(complaint)
        with town.writing():
            operations.write(complaint, "It still rains in.", by=town.resident(complaint))
            operations.danger_told(complaint, {"words": "The ceiling sags."}, by=town.resident(complaint))
            operations.ombudsman_has(complaint, by=town.viewer(Role.LIAISON), theirs="HO-1")
            draft, _code = operations.begin_draft(town.register, language="en")
            operations.raise_danger(town.register, draft, {"words": "Gas on the stairs."})
        read = list(crawl.pages(signed_in(role), FIRST[role][0], press=False, alike=3))
    assert any(each.what == f"GET {url(complaint)}" for each in read)
    assert [each.what for each in read if each.status >= 400] == []
