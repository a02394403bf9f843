"""Letters sent outside the portal: recorded as facts, what they lack listed, and told in a completing letter (rulings 18, 45)."""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from werkzeug.test import TestResponse

from portal import clock
from portal.access import Role
from portal.complaints.models import Complaint
from portal.complaints.papers import Attachment
from portal.complaints.recording import deadlines_of
from portal.complaints.usable import said_unusable
from portal.letters.structure import as_text
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.town import Town

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
NO_RIGHTS = ["stage", "definition", "decision", "reasons", "remedy", "actions"]
ANSWER: dict[str, Any] = {"on": "14 May 2026", "channel": "post", "p1": "upheld", "p2": "not_upheld", "says": NO_RIGHTS}


@pytest.fixture
def complaint(town: Town) -> Iterator[Complaint]:
    """Received on Monday 11 May and acknowledged that day; today is Friday the 15th."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.acknowledged(made)
    with clock.at(date(2026, 5, 15)):
        yield made


def here(complaint: Complaint, then: str = "") -> str:
    return f"/staff/complaints/{complaint.reference}{then}"


def records(browser: CheckingClient, complaint: Complaint, kind: str = "response", file: bytes | None = PDF, **fields: Any) -> TestResponse:
    """Fill in the page for one kind of letter, its file among it, and press the button."""
    url = here(complaint, f"/outside?kind={kind}")
    filled = form_values(pick_form(browser.page(url), 0)) | fields
    if file is not None:
        filled["file"] = (io.BytesIO(file), "our letter.pdf")
    else:
        filled.pop("file", None)
    return browser.post(url, data=filled, content_type="multipart/form-data")


def again(town: Town, complaint: Complaint) -> Complaint:
    """The complaint as it is now."""
    town.register.rollback()
    town.register.expire_all()
    return complaint


def met(town: Town, complaint: Complaint, step: Step) -> date | None:
    return next(one.met_on for one in deadlines_of(again(town, complaint)) if one.step is step)


def test_ruling_18_an_answer_sent_outside_counts_on_its_date_with_its_file_and_way(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    browser = signed_in(Role.HANDLER)
    assert records(browser, complaint, **ANSWER).location == here(complaint)
    assert met(town, complaint, Step.RESPONDED) == date(2026, 5, 14)
    letter = complaint.letters[-1]
    assert (letter.kind, letter.written_on, letter.issues[0].channel, letter.issues[0].issued_on) == (
        "response", date(2026, 5, 14), "post", date(2026, 5, 14),
    )  # fmt: skip
    file = town.register.query(Attachment).one()
    assert (file.id, file.name, file.party_id) == (letter.body["file"], "our letter.pdf", None)
    town.register.rollback()
    page = words_of(browser.page(here(complaint, f"/letters/{letter.number}")))
    assert "We sent you this letter by post on Thursday 14 May 2026, outside this website." in page
    assert browser.get(here(complaint, f"/files/{file.id}")).get_data() == PDF


def test_rulings_14_18_of_a_letter_whose_words_are_not_here_nothing_is_made_by_itself(town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint) -> None:
    assert records(signed_in(Role.HANDLER), complaint, **ANSWER).location == here(complaint)
    number = len(again(town, complaint).letters)
    with town.writing():
        complaint.resident.person.safe_contact = {"channels": ["email", "post"], "email": "s.haddad@mail.example"}
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    assert client.send(f"/your-complaint/letters/{number}/cannot-read", {"kinds": ["large_print"]}).status_code == 303
    letter = again(town, complaint).letters[-1]
    assert [(issue.form, issue.usable) for issue in letter.issues] == [(None, False)] and said_unusable(complaint, letter)


def test_ruling_45_what_it_lacks_is_listed_and_a_completing_letter_supplies_it(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    browser = signed_in(Role.HANDLER)
    records(browser, complaint, **ANSWER)
    page = words_of(browser.page(here(complaint)))
    assert "The stage 1 answer left out: how to take the complaint to stage 2" in page
    assert "The stage 1 answer left out: how to use the Housing Ombudsman" in page
    assert "Handler Person recorded a letter that went outside this website. The stage 1 answer." in page
    assert "Send what a letter left out" in page
    assert "Tell Samira Haddad what a letter left out" in page and "Friday 22 May 2026" in page
    assert browser.send(here(complaint, "/completing"), {}).location == here(complaint)
    letter = again(town, complaint).letters[-1]
    words = as_text(letter.body)
    assert letter.kind == "completing" and "We wrote to you on Thursday 14 May 2026, outside this website." in words
    assert "You can ask for stage 2." in words and "Ring 0300 111 3000" in words
    assert "left out:" not in words_of(browser.page(here(complaint)))
    assert met(town, complaint, Step.COMPLETED) == date(2026, 5, 15)
    assert browser.get(here(complaint, "/completing")).location == here(complaint)


def test_ruling_45_what_is_not_in_our_fixed_words_is_written_first(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser = signed_in(Role.HANDLER)
    records(browser, complaint, **ANSWER | {"says": [*NO_RIGHTS[:3], "escalate", "ombudsman", "remedy", "actions"]})
    empty = browser.send(here(complaint, "/completing"), {"reasons": " "})
    assert empty.status_code == 422 and 'id="reasons-error"' in empty.get_data(as_text=True)
    browser.send(here(complaint, "/completing"), {"reasons": "The order was cancelled by mistake."})
    assert "The order was cancelled by mistake." in as_text(again(town, complaint).letters[-1].body)


def test_ruling_45_the_resident_s_rights_open_at_once_on_their_page(
    town: Town, signed_in: SignIn, client: CheckingClient, complaint: Complaint
) -> None:
    records(signed_in(Role.HANDLER), complaint, **ANSWER)
    number = again(town, complaint).letters[-1].number
    town.register.rollback()
    let_in_resident(client, town.register, complaint)
    page = client.page("/your-complaint")
    assert "We answered on" in words_of(page) and "Ask for stage 2" in words_of(page) and "Ask the Housing Ombudsman" in words_of(page)
    assert "The letter itself, as a file" in words_of(client.page(f"/your-complaint/letters/{number}"))
    assert client.get(f"/your-complaint/letters/{number}/file").get_data() == PDF
    assert client.send("/your-complaint/stage-2").location == "/your-complaint/stage-2"
    assert again(town, complaint).stage == 2


def test_ruling_45_an_answer_that_leaves_a_point_out_is_an_interim_one(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    records(signed_in(Role.HANDLER), complaint, **ANSWER | {"p2": ""})
    assert met(town, complaint, Step.RESPONDED) is None
    assert complaint.letters[-1].kind == "interim"


def test_ruling_18_a_fact_is_not_refused_because_triage_or_the_file_is_missing(town: Town, signed_in: SignIn) -> None:
    with clock.at(date(2026, 5, 15)):
        made = town.complains(code="E" * 24)
        browser = signed_in(Role.TRIAGE)
        told = {"on": "15 May 2026", "channel": "email", "lines": "The lift is out.\nNobody rang.", "whose": "ours"}
        assert records(browser, made, "acknowledgement", None, **told).location == here(made)
        assert met(town, made, Step.ACKNOWLEDGED) == date(2026, 5, 15)
        page = words_of(browser.page(here(made)))
        assert "The lift is out." in page and "The stage 1 acknowledgement left out: which stage this is" in page
        assert records(browser, made, **ANSWER | {"on": "15 May 2026"}).location == here(made)
        assert met(town, made, Step.RESPONDED) == date(2026, 5, 15)


@pytest.mark.parametrize(
    ("kind", "fields", "step"),
    [
        ("extension", {"new_date": "2 June 2026", "interval": "5"}, Step.EXTENDED), ("late", {}, Step.LATE_TOLD),
        ("update", {}, Step.UPDATED), ("refusal", {"ground": ""}, Step.REFUSED),
    ],
)  # fmt: skip
def test_ruling_18_every_kind_of_letter_can_have_gone_some_other_way(
    town: Town, signed_in: SignIn, kind: str, fields: dict[str, Any], step: Step
) -> None:
    with clock.at(date(2026, 5, 15)):
        made = town.complains(code="E" * 24)
        if kind != "refusal":
            town.acknowledged(made)
        answer = records(signed_in(Role.MANAGER), made, kind, on="15 May 2026", channel="hand", **fields)
        assert answer.location == here(made), words_of(answer.get_data(as_text=True))
        assert [one.on for one in again(town, made).happenings if one.step is step] == [date(2026, 5, 15)]


def test_ruling_44_an_extension_sent_outside_in_time_is_the_date_everybody_uses(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    records(signed_in(Role.HANDLER), complaint, "extension", on="14 May 2026", channel="email", new_date="2 June 2026")
    again(town, complaint)
    assert next(one.due_on for one in deadlines_of(complaint) if one.step is Step.RESPONDED) == date(2026, 6, 2)


@pytest.mark.parametrize(("on", "said"), [("16 May 2026", "This day has not come yet"), ("10 May 2026", "is before Monday 11 May 2026")])
def test_ruling_18_a_day_to_come_or_before_receipt_is_refused_and_no_file_stays(
    town: Town, signed_in: SignIn, complaint: Complaint, on: str, said: str
) -> None:
    answer = records(signed_in(Role.HANDLER), complaint, **ANSWER | {"on": on})
    assert answer.status_code == 422 and said in words_of(answer.get_data(as_text=True))
    assert town.register.query(Attachment).count() == 0


def test_a_file_that_we_cannot_open_is_told_beside_its_box(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    answer = records(signed_in(Role.HANDLER), complaint, file=b"<html>not a pdf</html>", **ANSWER)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'id="file-error"' in page
    assert met(town, complaint, Step.RESPONDED) is None


def test_pressing_twice_records_one_letter(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    browser, url = signed_in(Role.HANDLER), here(complaint, "/outside?kind=response")
    filled = form_values(pick_form(browser.page(url), 0)) | ANSWER
    filled.pop("file", None)
    assert [browser.post(url, data=filled).status_code for _ in range(2)] == [303, 303]
    assert [letter.kind for letter in again(town, complaint).letters].count("response") == 1


def test_ruling_34_who_decided_it_is_barred_from_stage_2_and_who_recorded_it_is_not(
    town: Town, signed_in: SignIn, complaint: Complaint
) -> None:
    decider = town.second_reviewer.id
    records(signed_in(Role.REVIEWER), complaint, **ANSWER | {"decided_by": str(decider)})
    again(town, complaint)
    assert complaint.barred(2, decider) and not complaint.barred(2, town.staff[Role.REVIEWER].id)
