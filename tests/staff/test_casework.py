"""Matching, weighing, giving out, promises kept, letters posted, the mail that waits."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update

from portal import clock, db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.references import new_code
from portal.rules.steps import Step
from portal.staff.story import TOLD
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_queue import counted
from tests.town import ACKNOWLEDGING, Town


def url(complaint: Complaint, *more: str) -> str:
    return "/".join([f"/staff/complaints/{complaint.reference}", *more])


def post_twice(browser: CheckingClient, address: str, fields: dict[str, str]) -> list[str | None]:
    """Press the button twice: where each answer sends the browser."""
    filled = form_values(pick_form(browser.page(address), 0)) | fields
    return [browser.post(address, data=filled).location for _ in range(2)]


def test_a_person_is_matched_to_the_record_they_have(town: Town, signed_in: SignIn) -> None:
    first = town.complains()
    second = town.complains(code=new_code())
    known = first.resident.person_id
    page = signed_in(Role.TRIAGE)
    assert "Not matched yet" in words_of(page.page(url(second)))
    assert page.send(url(second, "match"), {"who": str(known)}).location == url(second)
    town.register.rollback()
    assert second.resident.person_id == known


def test_a_new_person_needs_the_number_we_know_them_by(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    refused = signed_in(Role.TRIAGE).send(url(complaint, "match"), {"who": "new", "record": " "})
    assert refused.status_code == 422
    assert "Write the number they have in our records" in words_of(refused.get_data(as_text=True))


def test_pressing_twice_weighs_it_once(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    fields = {"complexity": "some", "vulnerability": "none", "risk": "low", "words": "One repair."}
    assert post_twice(signed_in(Role.TRIAGE), url(complaint, "triage"), fields) == [url(complaint)] * 2
    town.register.rollback()
    assert [one.step for one in complaint.happenings].count(Step.TRIAGED) == 1


def test_whoever_considered_stage_1_is_named_as_barred_and_refused_if_chosen_all_the_same(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    town.answered(complaint, on=date(2026, 5, 20))
    town.escalated(complaint, on=date(2026, 6, 1))
    with clock.at(date(2026, 6, 2)):
        browser = signed_in(Role.MANAGER)
        page = words_of(browser.page(url(complaint, "assign")))
        assert "These people cannot be chosen (Code 6.13)" in page
        barred = str(town.staff[Role.HANDLER].id)
        refused = browser.send(url(complaint, "assign"), {"staff": barred, "interest": "no"})
        assert refused.status_code == 422
        assert "Choose who answers" in words_of(refused.get_data(as_text=True))
        assert signed_in(Role.HANDLER).get(url(complaint, "response")).status_code == 403


@pytest.mark.parametrize(("how_we_know_them", "needs_one"), [("tenant", True), ("leaseholder", True), ("applied", False), ("other", False)])
def test_only_somebody_with_a_tenancy_or_a_lease_needs_a_number_to_be_matched(
    how_we_know_them: str, needs_one: bool, town: Town, signed_in: SignIn
) -> None:
    complaint = town.complains(relationship=how_we_know_them)
    browser = signed_in(Role.TRIAGE)
    assert ("Leave this empty if they have no number." in words_of(browser.page(url(complaint, "match")))) is not needs_one
    answer = browser.send(url(complaint, "match"), {"who": "new", "record": ""})
    assert answer.status_code == (422 if needs_one else 303)
    if needs_one:
        assert "Write the number they have in our records" in words_of(answer.get_data(as_text=True))
    else:
        assert "Samira Haddad, no number" in words_of(browser.page(url(complaint)))


def test_two_people_of_one_name_are_told_apart_where_one_of_them_is_chosen(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 11)):
        for record in ("TH-1", "TH-2"):
            first = town.complains(code=new_code())
            with town.writing():
                operations.match_person(first, by=town.viewer(Role.TRIAGE), person=None, landlord_record=record)
        complaint = town.complains()
    group = words_of(signed_in(Role.TRIAGE).page(url(complaint, "match")).xpath("//fieldset")[0])
    for record in ("TH-1", "TH-2"):
        assert f"Samira HaddadRecord {record}, known since Monday 11 May 2026" in " ".join(group.split()).replace("Haddad Record", "HaddadRecord")


def test_whoever_gives_out_sees_what_each_person_has_and_how_much_of_it_is_late_in_one_statement(
    town: Town, signed_in: SignIn, app: Flask
) -> None:
    with clock.at(date(2026, 5, 11)):
        made = [town.complains(code=new_code()) for _ in range(3)]
        for complaint in made[:2]:
            town.given_to(complaint)
    with clock.at(date(2026, 6, 2)):
        town.given_to(town.complains(code=new_code()))
        browser = signed_in(Role.MANAGER)
        for address in (url(made[2], "assign"), "/staff/give"):
            with counted(app) as asked:
                page = words_of(browser.page(address))
            assert "Handler at the landlord3 open complaints, 2 late" in page and "Reviewer at the landlordNo open complaints" in page, page
            assert len([each for each in asked if "GROUP BY complaint.handler_id" in each]) == 1
        town.given_to(made[2], Role.REVIEWER)
        assert "Reviewer at the landlord1 open complaint, and it is late" in words_of(browser.page(url(made[2], "assign")))


def test_whoever_gives_out_stage_1_is_told_that_it_costs_stage_2_a_reviewer(town: Town, signed_in: SignIn) -> None:
    complaint, said = town.complains(), "Whoever answers stage 1 cannot look at this complaint again at stage 2 (Code 6.13)."
    manager = signed_in(Role.MANAGER)
    assert words_of(manager.page(url(complaint, "assign"))).count(said) == 1
    town.acknowledged(complaint)
    town.answered(complaint)
    town.escalated(complaint)
    assert said not in words_of(manager.page(url(complaint, "assign")))


def test_a_declared_interest_is_said(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    chosen = {"staff": str(town.staff[Role.HANDLER].id), "interest": "yes", "words": ""}
    refused = signed_in(Role.MANAGER).send(url(complaint, "assign"), chosen)
    assert refused.status_code == 422
    assert "Write what the interest is" in words_of(refused.get_data(as_text=True))


def test_two_managers_at_once_do_not_give_it_out_twice(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    one, two = signed_in(Role.MANAGER), signed_in(Role.TRIAGE)
    late = form_values(pick_form(two.page(url(complaint, "assign")), 0))
    handler, reviewer = str(town.staff[Role.HANDLER].id), str(town.staff[Role.REVIEWER].id)
    assert one.send(url(complaint, "assign"), {"staff": handler, "interest": "no"}).status_code == 303
    refused = two.post(url(complaint, "assign"), data=late | {"staff": reviewer, "interest": "no"})
    assert refused.status_code == 409
    assert "Someone changed this while you were writing" in words_of(refused.get_data(as_text=True))
    town.register.rollback()
    assert complaint.handler_id == int(handler)


def promised(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    town.answered(complaint, on=date(2026, 5, 20))
    return complaint


def test_a_promise_is_kept_with_its_day_and_how_we_know(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    with clock.at(date(2026, 5, 28)):
        browser = signed_in(Role.HANDLER)
        address = url(complaint, "actions", str(complaint.actions[0].id))
        kept = browser.send(address, {"on": "Wednesday 27th May 2026", "proof": "Dean sent a photograph."})
        assert kept.location == url(complaint)
        paid = url(complaint, "remedies", str(complaint.remedies[0].id))
        assert "All done" not in words_of(browser.page(url(complaint))), "the money is still owed"
        browser.send(paid, {"on": "28/5/26", "proof": "Payment 17."})
        done = words_of(browser.page(url(complaint)))
        assert "All done" in done and "everything we promised done, by Thursday 28 May 2026" in done, "not before it was paid"
    town.register.rollback()
    assert complaint.actions[0].done_on == date(2026, 5, 27)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("29 May 2026", "has not come"),
        ("12/5/26", "before Wednesday 20 May 2026"),
        ("31 June 2026", "Write the date like 12 June 2026"),
        ("", "Write the day it was done"),
    ],
)
def test_a_promise_is_not_kept_on_an_impossible_day(on: str, said: str, town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    with clock.at(date(2026, 5, 28)):
        address = url(complaint, "actions", str(complaint.actions[0].id))
        refused = signed_in(Role.HANDLER).send(address, {"on": on, "proof": "Dean said so."})
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert said in words_of(text)
    assert "Dean said so." in text


def posting(town: Town) -> Complaint:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains(safe_contact={"channels": ["post"], "post": "14 Quarry Bank"})
        town.given_to(complaint)
    with clock.at(date(2026, 5, 13)), town.writing():
        operations.acknowledge(complaint, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
    return complaint


def test_a_posted_letter_counts_from_the_day_it_was_posted(town: Town, signed_in: SignIn) -> None:
    complaint = posting(town)
    with clock.at(date(2026, 5, 15)):
        browser = signed_in(Role.TRIAGE)
        assert "The stage 1 acknowledgement" in words_of(browser.page("/staff/letters"))
        assert browser.send("/staff/letters", form="letters/2").location == "/staff/letters"
        other = browser.send(url(complaint, "letters/1/posted"), {"on": "12/5/2026"})
        assert other.location == "/staff/letters"
        assert "No letter waits" in words_of(browser.page("/staff/letters"))
    town.register.rollback()
    assert [issue.issued_on for letter in complaint.letters for issue in letter.issues] == [date(2026, 5, 12), date(2026, 5, 15)]


@pytest.mark.parametrize(("on", "said"), [("16/5/26", "has not come"), ("12/5/26", "had not been written on that day"), ("soon", "Write the date")])
def test_a_letter_is_not_posted_on_an_impossible_day(on: str, said: str, town: Town, signed_in: SignIn) -> None:
    complaint = posting(town)
    with clock.at(date(2026, 5, 15)):
        refused = signed_in(Role.TRIAGE).send(url(complaint, "letters/2/posted"), {"on": on})
    assert refused.status_code == 422
    assert said in words_of(refused.get_data(as_text=True))


def test_a_letter_is_read_as_it_went(town: Town, signed_in: SignIn) -> None:
    complaint = promised(town)
    page = words_of(signed_in(Role.MANAGER).page(url(complaint, "letters/3")))
    assert "Our answer to your complaint" in page and "Upheld. We were at fault." in page and "On their page" in page
    assert signed_in(Role.MANAGER).get(url(complaint, "letters/9")).status_code == 404


def test_mail_that_waits_says_since_when_and_with_what_trouble(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains(safe_contact={"channels": ["email"], "email": "samira@example.org"})
    with db.transaction(town.register) as writing:
        writing.execute(update(Outbox).values(tries=3, trouble="The mail server did not answer."))
    mail = signed_in(Role.TRIAGE).page("/staff/mail")
    page = words_of(mail)
    assert "The stage 1 receipt, to Samira Haddad" in page and "3 times" in page
    assert "The mail server did not answer." in page
    assert url(complaint) in {link.get("href") for link in mail.iter("a")}, "it leads to the complaint"


def test_a_letter_that_did_not_go_leads_to_its_complaint_and_says_where_nobody_knows_why(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains(safe_contact={"channels": ["email"], "email": "samira@example.org"})
    with town.writing():
        issue = next(each for letter in complaint.letters for each in letter.issues if each.channel == "email")
        operations.mark_failed(issue)
        operations.forget_queued(issue)
    mail = signed_in(Role.TRIAGE).page("/staff/mail")
    assert "Nobody wrote down why" in words_of(mail) and url(complaint) in {link.get("href") for link in mail.iter("a")}


def test_in_the_demo_mail_that_would_have_gone_is_shown_in_its_place(app: Flask, town: Town, signed_in: SignIn) -> None:
    app.extensions["portal"] = replace(app.extensions["portal"], demo=True)
    town.complains(safe_contact={"channels": ["email"], "email": "samira@example.org"})
    shown = b"To: samira@example.org\r\nSubject: News of your complaint\r\n\r\nThere is a letter for you.\r\n"
    with db.transaction(town.register) as writing:
        writing.execute(update(Outbox).values(shown=shown, done_at=clock.now()))
    page = words_of(signed_in(Role.TRIAGE).page("/staff/mail"))
    assert "To samira@example.org: News of your complaint" in page and "There is a letter for you." in page


def test_item_73_a_telephone_number_stands_behind_the_question_whether_it_is_safe(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains(safe_contact={"channels": ["phone"], "phone": "01632 960150", "times": "after 10", "voicemail": "no"})
    page = signed_in(Role.TRIAGE).page(url(complaint))
    assert "01632 960150" not in words_of(page) and page.xpath(f"//a[@href='{url(complaint, 'safety')}']"), "how to ring is read first"
    complaint = town.complains(safe_contact={"channels": ["phone"], "phone": "01632 960151"}, code="Z" * 24)
    page = signed_in(Role.TRIAGE).page(url(complaint))
    behind = next(each for each in page.iter("details") if "01632 960151" in words_of(each))
    assert "Ask first if it is safe now" in words_of(behind)
    behind.drop_tree()
    assert "01632 960151" not in words_of(page)


def test_buttons_a_viewer_may_not_use_are_not_drawn(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    assert "Give it to somebody" in words_of(signed_in(Role.MANAGER).page(url(complaint)))
    reviewer = signed_in(Role.REVIEWER).page(url(complaint))
    links = [a.get("href") for a in reviewer.iter("a")]
    assert url(complaint, "acknowledgement") not in links and url(complaint, "assign") not in links
    assert "/staff/letters" not in links
    assert signed_in(Role.REVIEWER).get(url(complaint, "assign")).status_code == 403



def test_the_parts_of_a_case_and_of_a_desk_are_listed_at_the_head_in_their_order(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    town.acknowledged(complaint)
    for address, first in ((url(complaint), "#asked-heading"), (url(complaint, "response"), "#writing")):
        page = signed_in(Role.HANDLER).page(address)
        headings = [f"#{each.get('id')}" for each in page.xpath("//div[@class='desk']//*[self::h2 or self::h3][@id]")]
        assert [each.get("href") for each in page.xpath("//ul[@class='contents']//a")] == headings
        assert headings[0] == first and len(headings) > 5


def test_a_name_of_one_percent_sign_does_not_bring_up_everybody_on_record(town: Town, signed_in: SignIn) -> None:
    town.complains()
    odd = town.complains(name="%", code=new_code(), safe_contact={"channels": ["portal"]})
    page = signed_in(Role.TRIAGE).page(url(odd, "match"))
    assert "Samira Haddad" not in words_of(page)


def test_a_name_is_found_however_it_is_capitalised(town: Town, signed_in: SignIn) -> None:
    town.complains()
    shouted = town.complains(name="SAMIRA HADDAD", code=new_code(), safe_contact={"channels": ["portal"]})
    assert "Samira Haddad" in words_of(signed_in(Role.TRIAGE).page(url(shouted, "match")))


def test_every_kind_of_event_has_its_words() -> None:
    assert set(Step) - set(TOLD) == set()
