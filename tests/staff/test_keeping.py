"""What staff keep beside a complaint: notes that may be disclosed, statements few may read, what was looked at."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.staff.test_casework import url
from tests.town import Town

DAY = date(2026, 5, 15)


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """A complaint that the handler has acknowledged and not answered."""
    with clock.at(date(2026, 5, 11)):
        made = town.complains()
        town.acknowledged(made)
    return made


def test_ruling_9_the_notes_box_says_that_notes_may_be_disclosed(complaint: Complaint, town: Town, signed_in: SignIn) -> None:
    browser = signed_in(Role.TRIAGE)
    page = browser.page(url(complaint, "notes"))
    (box,) = page.xpath("//textarea[@name='words']")
    hints = [words_of(page.get_element_by_id(one)) for one in box.get("aria-describedby").split()]
    assert any("This may be disclosed" in each for each in hints), "said at the box itself, to everybody"
    assert browser.send(url(complaint, "notes"), {"words": "She asked for Tuesday."}).location == url(complaint)
    assert "She asked for Tuesday." in words_of(signed_in(Role.REVIEWER).page(url(complaint)))


def test_ruling_9_no_note_statement_or_evidence_is_shown_to_the_resident(
    client: CheckingClient, complaint: Complaint, town: Town
) -> None:
    handler = town.viewer(Role.HANDLER)
    with town.writing():
        operations.write_note(complaint, "Her brother rang.", by=handler)
        operations.write_note(complaint, "I forgot the order.", by=handler, statement_of="Dean Cole, roofer")
        operations.keep_evidence(complaint, "The order book.", by=handler, supplied_by="Thornby Roofing", on=clock.today())
    let_in_resident(client, town.register, complaint)
    said = "".join(client.get(f"/your-complaint{more}").get_data(as_text=True) for more in ("", "/words", "/letters/1", "/letters/2"))
    for words in ("Her brother rang.", "I forgot the order.", "Dean Cole, roofer", "The order book.", "Thornby Roofing"):
        assert words not in said


@pytest.mark.parametrize(
    ("role", "reads"), [(Role.HANDLER, True), (Role.MANAGER, True), (Role.TRIAGE, False), (Role.REVIEWER, False)]
)
def test_ruling_9_a_statement_is_read_by_those_on_the_case_and_managers_only(
    role: Role, reads: bool, complaint: Complaint, town: Town, signed_in: SignIn
) -> None:
    browser = signed_in(Role.HANDLER)
    sent = browser.send(url(complaint, "notes"), {"kind": "statement", "whose": "Dean Cole, roofer", "words": "I forgot the order."})
    assert sent.location == url(complaint)
    page = words_of(signed_in(role).page(url(complaint)))
    assert ("I forgot the order." in page) is reads
    assert ("1 statement is kept that only those on this case and managers read." in page) is not reads


def test_ruling_9_a_contributor_is_on_the_case_too(complaint: Complaint, town: Town) -> None:
    assert complaint.is_on(town.staff[Role.HANDLER].id)
    assert not complaint.is_on(town.staff[Role.REVIEWER].id) and not complaint.is_on(None)


def test_a_statement_is_somebodys(complaint: Complaint, signed_in: SignIn) -> None:
    refused = signed_in(Role.HANDLER).send(url(complaint, "notes"), {"kind": "statement", "words": "I forgot the order."})
    assert refused.status_code == 422 and "Write whose statement it is" in words_of(refused.get_data(as_text=True))
    assert "I forgot the order." in refused.get_data(as_text=True), "what was written is kept"


def test_pressing_twice_keeps_one_note(complaint: Complaint, town: Town, signed_in: SignIn) -> None:
    browser, address = signed_in(Role.HANDLER), url(complaint, "notes")
    filled = form_values(pick_form(browser.page(address), 0)) | {"words": "Once."}
    assert [browser.post(address, data=filled).location for _ in range(2)] == [url(complaint)] * 2
    town.register.rollback()
    assert [note.words for note in complaint.notes] == ["Once."]


def test_ruling_34_what_was_looked_at_stands_beside_its_point_while_the_answer_is_written(
    complaint: Complaint, town: Town, signed_in: SignIn
) -> None:
    with clock.at(DAY):
        browser = signed_in(Role.HANDLER)
        kept = {"what": "The repairs log", "supplied_by": "Our repairs system", "on": "14/5/26", "points": ["1"]}
        assert browser.send(url(complaint, "evidence"), kept).location == url(complaint)
        everything = {"what": "Her photographs", "supplied_by": "The resident", "on": "14/5/26"}
        browser.send(url(complaint, "evidence"), everything)
        desk = browser.page(url(complaint, "response"))
        beside = {number: words_of(desk.get_element_by_id(f"p{number}-looked-at")) for number in (1, 2)}
        case = words_of(browser.page(url(complaint)))
    assert "The repairs log (Our repairs system, Thursday 14 May)" in beside[1] and "Her photographs" in beside[1]
    assert "The repairs log" not in beside[2] and "Her photographs" in beside[2]
    assert "The repairs log" in case and "Stage 1, Thursday 14 May" in case and "Every point" in case


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"what": ""}, "Write what you looked at"),
        ({"supplied_by": ""}, "Write who gave it to us"),
        ({"on": "16/5/2026"}, "This day has not come yet."),
        ({"points": ["7"]}, "Choose one of the answers"),
    ],
)
def test_evidence_says_what_from_whom_and_when(change: dict[str, object], said: str, complaint: Complaint, signed_in: SignIn) -> None:
    whole = {"what": "The repairs log", "supplied_by": "Our system", "on": "14/5/26", "points": ["1"]}
    with clock.at(DAY):
        refused = signed_in(Role.HANDLER).send(url(complaint, "evidence"), whole | change)
    assert refused.status_code == 422 and said in words_of(refused.get_data(as_text=True))
