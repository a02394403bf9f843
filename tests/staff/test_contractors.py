"""A question to a contractor by link: one browser, one answer, nothing of the complaint but what we chose to tell (B8)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock, db
from portal.access import Role
from portal.complaints import contractors, operations
from portal.complaints.models import Complaint
from portal.complaints.papers import ContractorQuestion, Outbox
from portal.complaints.settings import LandlordSetting
from portal.post import outbox
from portal.post.office import Office
from portal.post.show import Handed
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.staff.test_path import url
from tests.staff.test_refusing import happened
from tests.town import Town

DAY = date(2026, 5, 19)
ASKED = {"words": "Was the joint at order 4411 sealed?", "who": "Harrow Roofing, Dean Cole", "way": "hand"}
REPLY = {"answer": "It was sealed on 4 May.", "name": "Dean Cole"}
OPENS_NOTHING = "This link opens nothing"
SECRETS = ("Samira", "Haddad", "ceiling", "Quarry", "TH4")


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with clock.at(DAY):
        yield


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """The handler's, and acknowledged."""
    made = town.complains()
    town.acknowledged(made)
    return made


def asks(browser: CheckingClient, complaint: Complaint, **said: object) -> str:
    """Ask, and have the link shown; what stands after its #."""
    answer = browser.send(url(complaint, "contractor"), ASKED | said)
    page = words_of(answer.get_data(as_text=True))
    found = re.search(r"http://localhost/question#(\S+)", page)
    assert answer.status_code == 200 and found, page
    return found[1]


def contractor(app: Flask) -> CheckingClient:
    made = app.test_client()
    assert isinstance(made, CheckingClient)
    return made


def opens(browser: CheckingClient, link: str) -> str:
    """Press the button with what the link carries; the words of the page that this leads to."""
    answer = browser.send("/question", {"link": link}, follow_redirects=True)
    return words_of(answer.get_data(as_text=True))


def question(town: Town) -> ContractorQuestion:
    town.register.rollback()
    return town.register.scalars(select(ContractorQuestion)).one()


def test_they_see_the_question_and_nothing_else_answer_once_and_it_is_evidence(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    handler, browser = signed_in(Role.HANDLER), contractor(app)
    link = asks(handler, complaint)
    page = opens(browser, link)
    assert ASKED["words"] in page and not [word for word in (*SECRETS, complaint.reference) if word in page]
    lacking = browser.send("/question/answer", {"answer": " ", "name": ""})
    assert lacking.status_code == 422 and "Write your answer" in words_of(lacking.get_data(as_text=True))
    assert browser.send("/question/answer", REPLY).location == "/question/answer"
    thanks = words_of(browser.page("/question/answer"))
    assert "We have your answer" in thanks and ASKED["words"] not in thanks and REPLY["answer"] not in thanks
    page = words_of(handler.page(url(complaint)))
    assert REPLY["answer"] in page and "From: Dean Cole, Harrow Roofing, Dean Cole" in page
    assert "Harrow Roofing, Dean Cole answered what we asked them." in page and "Answered" in page
    town.register.rollback()
    assert [(one.what, one.supplied_by, one.recorded_by_id) for one in complaint.evidence] == [(REPLY["answer"], "Dean Cole, Harrow Roofing, Dean Cole", town.staff[Role.HANDLER].id)]
    event = happened(town, complaint, Step.EVIDENCE_SEEN)[-1]
    assert event.by == f"link:{question(town).id}" and REPLY["answer"] not in str(event.details)


def test_a_second_answer_is_not_taken(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = contractor(app)
    opens(browser, asks(signed_in(Role.HANDLER), complaint))
    form = form_values(pick_form(browser.page("/question/answer"), 0)) | REPLY
    assert browser.post("/question/answer", data=form).status_code == 303
    again = browser.post("/question/answer", data=form | {"key": "another", "answer": "No, it was not."})
    assert "We have your answer" in words_of(again.get_data(as_text=True))
    assert question(town).answer == REPLY["answer"]
    town.register.rollback()
    assert len(complaint.evidence) == 1


def test_of_the_resident_they_are_told_what_was_chosen_and_no_more(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    handler = signed_in(Role.HANDLER)
    first, second = asks(handler, complaint, tells=["home"]), asks(handler, complaint, tells=["home", "name"])
    page = opens(contractor(app), first)
    assert "14 Quarry Bank" in page and "Samira" not in page
    assert "Samira Haddad" in opens(contractor(app), second)
    assert [one.details["told"] for one in happened(town, complaint, Step.CONTRACTOR_ASKED)] == [["home"], ["home", "name"]]


def test_it_opens_in_the_first_browser_that_presses_and_in_no_other(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    link = asks(signed_in(Role.HANDLER), complaint)
    first, second = contractor(app), contractor(app)
    assert ASKED["words"] in opens(first, link)
    for _again in range(2):
        assert OPENS_NOTHING in opens(second, link)
    assert second.get("/question/answer").location == "/question"
    assert ASKED["words"] in words_of(first.page("/question/answer")), "it stays open in the first"


def test_looking_changes_nothing_however_often_a_scanner_comes(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    link, robot = asks(signed_in(Role.HANDLER), complaint), contractor(app)
    for address in ("/question", "/question/answer", f"/question?link={link}", f"/question?code={link}"):
        for method in ("GET", "HEAD", "OPTIONS"):
            robot.open(address, method=method)
    assert question(town).opened_at is None
    assert ASKED["words"] in opens(contractor(app), link)


def test_two_browsers_at_once_one_of_them_has_it(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    link = asks(signed_in(Role.HANDLER), complaint)
    with town.writing():
        found = [operations.open_question(town.register, link, name) for name in ("one", "other")]
    assert found == [True, False]


@pytest.mark.parametrize("pasted", ["{}", "http://localhost/question#{}", "  http://localhost/question#{} "])
def test_without_scripts_the_link_is_pasted(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint, pasted: str) -> None:
    link = asks(signed_in(Role.HANDLER), complaint)
    answer = contractor(app).send("/question", {"code": pasted.format(link)}, follow_redirects=True)
    assert ASKED["words"] in words_of(answer.get_data(as_text=True))


@pytest.mark.parametrize("typed", ["", "nothing of ours", "#", "x" * 501, "\x00"])
def test_what_is_no_link_opens_nothing_and_says_so_calmly(app: Flask, town: Town, complaint: Complaint, typed: str) -> None:
    answer = contractor(app).send("/question", {"code": typed})
    assert answer.status_code == 422
    said = words_of(answer.get_data(as_text=True))
    assert OPENS_NOTHING in said or "too long for us to keep" in said


def test_after_its_days_it_opens_nothing_and_cannot_be_answered(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    with town.writing():
        town.register.add(LandlordSetting(name="question_open_for", value=3, set_at=clock.now()))
    handler, early = signed_in(Role.HANDLER), contractor(app)
    assert "for 3 days" in words_of(handler.page(url(complaint, "contractor")))
    link, other = asks(handler, complaint), asks(handler, complaint)
    with clock.at(DAY + timedelta(2)):
        opens(early, link)
        form = form_values(pick_form(early.page("/question/answer"), 0)) | REPLY
    with clock.at(DAY + timedelta(3)):
        assert OPENS_NOTHING in opens(contractor(app), other)
        assert "its days have gone by" in words_of(early.post("/question/answer", data=form).get_data(as_text=True))
        assert "Not answered in time" in words_of(signed_in(Role.HANDLER).page(url(complaint)))
    town.register.rollback()
    assert complaint.evidence == []


def test_taken_back_it_opens_nothing_from_that_moment(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    handler, browser = signed_in(Role.HANDLER), contractor(app)
    opens(browser, asks(handler, complaint))
    form = form_values(pick_form(browser.page("/question/answer"), 0)) | REPLY
    page = f"{url(complaint)}/contractor/{question(town).id}"
    assert handler.send(page).location == url(complaint)
    gone = browser.post("/question/answer", data=form)
    assert "It was taken back" in words_of(gone.get_data(as_text=True)) and question(town).answer is None
    assert "Taken back" in words_of(handler.page(url(complaint)))
    assert not handler.page(page).xpath("//main//form"), "there is nothing more to take back"
    assert len(happened(town, complaint, Step.CONTRACTOR_LINK_ENDED)) == 1


def test_its_link_is_kept_as_a_hash_and_stands_in_no_page_again(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    handler = signed_in(Role.HANDLER)
    link = asks(handler, complaint)
    assert len(link) == 32, "192 random bits"
    asked = question(town)
    assert link not in repr({name: getattr(asked, name) for name in (each.name for each in ContractorQuestion.__table__.columns)})
    for address in (url(complaint), f"{url(complaint)}/contractor/{asked.id}", url(complaint, "contractor")):
        assert link not in handler.get(address).get_data(as_text=True)


def test_by_mail_it_says_nothing_of_the_question_and_is_forgotten_once_it_has_gone(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    handler = signed_in(Role.HANDLER)
    wrong = handler.send(url(complaint, "contractor"), ASKED | {"way": "mail", "email": "nobody"})
    assert wrong.status_code == 422 and "Write your email address" in words_of(wrong.get_data(as_text=True))
    sent = handler.send(url(complaint, "contractor"), ASKED | {"way": "mail", "email": "dean@harrow.example", "tells": ["name", "home"]})
    assert sent.location == url(complaint)
    (message,) = delivered(app, town)
    words = message.get_content()
    assert (message["To"], message["Subject"]) == ("dean@harrow.example", "There is a question for you")
    assert not [word for word in (*SECRETS, complaint.reference, "4411", "Harrow") if word in message.as_string()]
    assert question(town).message is None
    link = re.search(r"http://localhost/question#(\S+)", words)
    assert link and ASKED["words"] in opens(contractor(app), link[1])


def test_a_message_whose_question_was_taken_back_does_not_go(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    handler = signed_in(Role.HANDLER)
    handler.send(url(complaint, "contractor"), ASKED | {"way": "mail", "email": "dean@harrow.example"})
    page = f"{url(complaint)}/contractor/{question(town).id}"
    assert "has not gone yet" in words_of(handler.page(page))
    handler.send(page)
    assert delivered(app, town) == []


def test_whoever_asked_is_told_that_it_was_answered(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = contractor(app)
    opens(browser, asks(signed_in(Role.HANDLER), complaint))
    browser.send("/question/answer", REPLY)
    found = town.register.execute(select(Outbox.kind, Outbox.staff_id).where(Outbox.kind == "answered")).one()
    assert found.staff_id == town.staff[Role.HANDLER].id


def test_an_answer_that_comes_when_nothing_is_looked_into_any_more_is_kept(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    handler, browser = signed_in(Role.HANDLER), contractor(app)
    opens(browser, asks(handler, complaint))
    with town.writing():
        operations.withdraw(complaint, by=town.resident(complaint))
    assert browser.send("/question/answer", REPLY).location == "/question/answer"
    assert question(town).answer == REPLY["answer"]
    assert REPLY["answer"] in words_of(handler.page(f"{url(complaint)}/contractor/{question(town).id}"))


def test_a_question_is_asked_by_whoever_answers_or_a_manager_and_lacks_nothing(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    for role in (Role.TRIAGE, Role.SENIOR, Role.REVIEWER, Role.LEAD):
        assert signed_in(role).get(url(complaint, "contractor")).status_code == 403
    empty = signed_in(Role.MANAGER).send(url(complaint, "contractor"))
    said = words_of(empty.get_data(as_text=True))
    assert empty.status_code == 422 and "Write the question" in said and "Write whom you ask" in said
    odd = signed_in(Role.MANAGER).send(url(complaint, "contractor"), ASKED | {"tells": ["phone"]})
    assert odd.status_code == 422


def test_another_complaints_question_is_not_reached_through_this_one(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    other = town.complains("Another.", code="B" * 24)
    town.acknowledged(other)
    manager = signed_in(Role.MANAGER)
    asks(manager, complaint)
    assert manager.get(f"{url(other)}/contractor/{question(town).id}").status_code == 404


def test_the_resident_is_told_that_somebody_was_asked(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    from tests.staff.test_refusing import resident

    asks(signed_in(Role.HANDLER), complaint)
    assert "We asked somebody who works for us a question about it." in words_of(resident(app, town, complaint).page("/your-complaint"))


def delivered(app: Flask, town: Town) -> list[EmailMessage]:
    """What a worker delivers to contractors now."""
    town.register.rollback()
    taken: list[EmailMessage] = []

    def take(message: EmailMessage) -> Handed:
        taken.append(message)
        return outbox.ACCEPTED, None, None

    config = replace(app.extensions["portal"], mail="smtp://nowhere")
    Office(db.sessions(app.extensions["engine"]), config, take).deliver_all()
    return [each for each in taken if each["Subject"] == "There is a question for you"]


def test_a_question_is_live_only_within_its_days() -> None:
    asked = ContractorQuestion(expires_at=clock.now() + timedelta(days=1))
    assert asked.is_live and asked.state == "waiting"
    with clock.at(datetime(2026, 5, 21, 12, tzinfo=clock.zone())):
        assert not asked.is_live and asked.state == "over"
    assert contractors.new_link() != contractors.new_link()


def test_an_answer_that_crosses_with_taking_it_back_is_refused_under_the_lock(app: Flask, town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    opens(contractor(app), asks(signed_in(Role.HANDLER), complaint))
    asked = question(town)
    with town.writing():
        operations.end_question(complaint, asked, by=town.viewer(Role.HANDLER))
    with pytest.raises(RuleBroken), town.writing():
        operations.answer_question(town.register, asked, REPLY["answer"], REPLY["name"])
    assert question(town).answer is None
