"""What somebody asked for once is kept to when a letter goes, and nobody has to remember it (rulings 14, 51)."""

from datetime import date
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from portal import clock, db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.caring import print_size, standing_forms
from portal.complaints.made_files import MadeFile
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from portal.complaints.people import Adjustment
from portal.complaints.recording import deadlines_of
from portal.complaints.references import new_code
from portal.complaints.usable import said_unusable, usable_copies
from portal.config import Config
from portal.letters.paper import braille, forms
from portal.post.office import Office
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_resident, let_in_staff
from tests.letters.read_again import drawn
from tests.town import ACKNOWLEDGING, Town

pytestmark = pytest.mark.once

MONDAY, TUESDAY, FRIDAY = date(2026, 5, 11), date(2026, 5, 12), date(2026, 5, 15)
BY_EMAIL = {"channels": ["email"], "email": "s.haddad@mail.example"}
WAITS = "It waits for you there in the form that you asked for."
needs_braille = pytest.mark.needs("lou_translate")


@pytest.fixture
def taken() -> list[EmailMessage]:
    """The mail that went."""
    return []


@pytest.fixture
def post(engine: Engine, config: Config, taken: list[EmailMessage]) -> Office:
    """A post office whose mail server takes everything."""

    def take(message: EmailMessage) -> tuple[str, None, None]:
        taken.append(message)
        return "accepted", None, None

    return Office(db.sessions(engine), config, take)


def asks(town: Town, *kinds: str, story: str = "The roof leaks.", safe: dict[str, Any] | None = None, **wish: str) -> Complaint:
    """Somebody complains on Monday and asks for this once."""
    with clock.at(MONDAY):
        return town.complains(story, code=new_code(), adjustments={"kinds": list(kinds), "span": "always", **wish}, safe_contact=safe or BY_EMAIL)


def acknowledged(town: Town, complaint: Complaint, post: Office) -> Letter:
    """It is acknowledged on Tuesday, and the mail goes."""
    with clock.at(TUESDAY):
        town.given_to(complaint)
        town.triaged(complaint)
        with town.writing():
            letter = operations.acknowledge(complaint, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
        town.register.rollback()
        post.deliver_all()
        town.register.rollback()
        town.register.expire_all()
    return letter


def made(town: Town, letter: Letter) -> list[str]:
    rows = town.register.scalars(select(MadeFile).where(MadeFile.letter_id == letter.id))
    return sorted(row.said["form"] for row in rows)


def met_on(complaint: Complaint) -> date | None:
    return next(one.met_on for one in deadlines_of(complaint) if one.step is Step.ACKNOWLEDGED)


@needs_braille
@pytest.mark.parametrize(("said", "form"), [({}, "braille-2"), ({"braille": "1"}, "braille-1"), ({"words": "Uncontracted, please"}, "braille-1")])
def test_ruling_14_a_braille_reader_is_sent_to_a_braille_file_that_is_there_before_the_mail(
    said: dict[str, Any], form: str, town: Town, post: Office, taken: list[EmailMessage], client: CheckingClient
) -> None:
    complaint = asks(town, "braille", **said)
    letter = acknowledged(town, complaint, post)
    assert [(issue.channel, issue.form, issue.usable) for issue in letter.issues] == [("email", "file", True)]
    assert met_on(complaint) == TUESDAY
    assert made(town, letter) == [form]
    message = taken[-1].get_content()
    assert WAITS in message and "braille" not in message.lower(), "an inbox is not told what somebody needs"
    let_in_resident(client, town.register, complaint)
    section = client.page("/your-complaint/letters/2").find(".//section[@aria-labelledby='other-forms']")
    first = section.find(".//li")
    assert "This is what was asked for." in words_of(first) and first.find(".//a").get("href").endswith(f"/as/{form}")


@pytest.mark.parametrize("size", [16, 20, 28])
def test_large_print_waits_as_a_file_of_the_size_that_was_asked(size: int, town: Town, post: Office, taken: list[EmailMessage], client: CheckingClient) -> None:
    complaint = asks(town, "large_print", print_size=f"{size} point")
    letter = acknowledged(town, complaint, post)
    assert made(town, letter) == [f"print-{size}"] and WAITS in taken[-1].get_content()
    let_in_resident(client, town.register, complaint)
    file = client.get(f"/your-complaint/letters/2/as/print-{size}").data
    assert min(each.size for each in drawn(file)) >= size


def test_plain_text_waits_as_a_file(town: Town, post: Office, taken: list[EmailMessage]) -> None:
    letter = acknowledged(town, asks(town, "plain_text"), post)
    assert [(issue.form, issue.usable) for issue in letter.issues] == [("file", True)] and made(town, letter) == ["text"]
    assert WAITS in taken[-1].get_content()


def test_who_asked_for_nothing_is_told_of_no_form(town: Town, post: Office, taken: list[EmailMessage]) -> None:
    letter = acknowledged(town, asks(town), post)
    assert made(town, letter) == [] and WAITS not in taken[-1].get_content()


def test_rulings_14_51_braille_that_we_cannot_make_is_owed_until_somebody_has_it_made(town: Town, post: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(braille, "program", lambda: None)
    complaint = asks(town, "braille")
    letter = acknowledged(town, complaint, post)
    assert [(issue.channel, issue.form, issue.usable) for issue in letter.issues] == [("email", None, False)]
    assert met_on(complaint) is None and said_unusable(complaint, letter)


@needs_braille
def test_rulings_14_51_braille_on_paper_is_made_elsewhere(town: Town, post: Office) -> None:
    complaint = asks(town, "braille", safe={"channels": ["post"], "post": "14 Quarry Bank"})
    letter = acknowledged(town, complaint, post)
    assert [(issue.channel, issue.form, issue.usable) for issue in letter.issues] == [("post", None, False), ("post", "other_format", True)]


def test_a_file_that_cannot_be_made_now_stops_no_letter(town: Town, post: Office, taken: list[EmailMessage], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise OSError("no room")

    monkeypatch.setattr(forms, "make", fails)
    letter = acknowledged(town, asks(town, "large_print"), post)
    assert [issue.state for issue in letter.issues] == ["issued"] and made(town, letter) == []
    assert WAITS in taken[-1].get_content(), "it is made when it is asked for"


def cannot_read(client: CheckingClient, complaint: Complaint, town: Town, *kinds: str, **told: str) -> str:
    """On Friday they come in and say that they cannot read the acknowledgement, and what they could use; the letter’s page then."""
    let_in_resident(client, town.register, complaint)
    town.register.rollback()
    answer = client.send("/your-complaint/letters/2/cannot-read", {"kinds": list(kinds), **told})
    assert answer.location == "/your-complaint/letters/2", words_of(answer.get_data(as_text=True))
    found = words_of(client.page("/your-complaint/letters/2"))
    town.register.rollback()
    town.register.expire_all()
    return found


def went(letter: Letter) -> list[tuple[str, str | None, bool, str]]:
    return [(issue.channel, issue.form, issue.usable, issue.state) for issue in letter.issues]


@pytest.mark.parametrize(("kinds", "told", "words", "form"), [
    (["plain_text"], {}, "As plain text", "text"),
    (["large_print"], {"print_size": "24 point"}, "In large print, 24 point (PDF)", "print-24"),
    pytest.param(["braille"], {"braille": "1"}, "As a braille file, grade 1 (letter by letter)", "braille-1", marks=needs_braille),
])  # fmt: skip
def test_rulings_14_51_on_their_page_what_we_can_make_is_there_at_once_and_nobody_of_staff_presses(
    kinds: list[str], told: dict[str, str], words: str, form: str, town: Town, post: Office, client: CheckingClient
) -> None:
    complaint = asks(town, safe={"channels": ["portal"]})
    letter = acknowledged(town, complaint, post)
    with clock.at(FRIDAY):
        page = cannot_read(client, complaint, town, *kinds, **told)
    assert went(letter) == [("page", None, False, "issued"), ("page", "file", True, "issued")] and made(town, letter) == [form]
    assert met_on(complaint) == FRIDAY and not said_unusable(complaint, letter), "it counts from the form they can use"
    assert f"We sent it to you again On this page, in the form that you asked for: it went on Friday 15 May 2026. You can open it here now: {words}" in page
    with clock.at(FRIDAY):
        assert client.get(f"/your-complaint/letters/2/as/{form}").status_code == 200
        assert "We sent you a letter again, in another form." in words_of(client.page("/your-complaint"))
        answer = town.answered(complaint)
    assert form in standing_forms(complaint, answer, complaint.resident).values(), "it holds for later letters too"


def test_rulings_14_51_by_email_it_goes_with_the_next_mail_and_large_print_is_a_file(town: Town, post: Office, taken: list[EmailMessage], client: CheckingClient) -> None:
    complaint = asks(town)
    letter = acknowledged(town, complaint, post)
    with clock.at(FRIDAY):
        assert "By email, in the form that you asked for: it is on its way. You can open it here now: In large print, 18 point (PDF)" in cannot_read(client, complaint, town, "large_print")
        assert met_on(complaint) is None
        town.register.rollback()
        post.deliver_all()
        town.register.expire_all()
    assert went(letter)[-1] == ("email", "file", True, "issued") and met_on(complaint) == FRIDAY and WAITS in taken[-1].get_content()


def test_rulings_14_51_by_post_it_waits_to_be_posted_in_the_size_they_need_and_in_a_larger_one_if_that_is_of_no_use(town: Town, post: Office, client: CheckingClient) -> None:
    complaint = asks(town, safe={"channels": ["post"], "post": "14 Quarry Bank"})
    letter = acknowledged(town, complaint, post)

    def posted() -> None:
        with town.writing():
            for issue in letter.issues:
                if issue.state == "waiting":
                    operations.mark_posted(complaint, issue, by=town.viewer(Role.TRIAGE))

    with clock.at(FRIDAY):
        posted()
        cannot_read(client, complaint, town, "large_print", print_size="18")
        assert went(letter) == [("post", None, False, "issued"), ("post", "large_print", True, "waiting")]
        posted()
        cannot_read(client, complaint, town, "large_print", print_size="28")
        assert went(letter)[1:] == [("post", "large_print", False, "issued"), ("post", "large_print", True, "waiting")]
        assert print_size(complaint.resident) == 28
        posted()
        cannot_read(client, complaint, town, "large_print")
        assert went(letter)[-1] == ("post", "large_print", False, "issued"), "the same again is of no use: staff ask them"
        cannot_read_again = client.get("/your-complaint/letters/2/cannot-read")
        assert cannot_read_again.location == "/your-complaint/letters/2"


@pytest.mark.parametrize("kinds", [["plain_text", "sign_language"], ["large_print"]])
def test_rulings_14_51_what_we_cannot_make_stays_a_task_with_a_date(kinds: list[str], town: Town, post: Office, client: CheckingClient, app: Flask) -> None:
    complaint = asks(town)
    letter = acknowledged(town, complaint, post)
    with clock.at(FRIDAY):
        page = cannot_read(client, complaint, town, *kinds, print_size="72 point" if kinds == ["large_print"] else "")
        assert went(letter) == [("email", None, False, "issued")] and "We send it to you again in a form that you can use" in page
        staff = app.test_client()
        assert isinstance(staff, CheckingClient)
        let_in_staff(staff, town.register, town.staff[Role.HANDLER], Role.HANDLER)
        url = f"/staff/complaints/{complaint.reference}"
        town.register.rollback()
        assert "by Friday 22 May: The stage 1 acknowledgement" in words_of(staff.page(url))


def test_rulings_14_51_a_file_that_cannot_be_made_now_is_a_task_and_they_can_say_so_all_the_same(
    town: Town, post: Office, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint = asks(town)
    letter = acknowledged(town, complaint, post)
    monkeypatch.setattr(forms, "make", lambda *_: 1 / 0)
    with clock.at(FRIDAY):
        cannot_read(client, complaint, town, "plain_text")
    assert went(letter) == [("email", None, False, "issued")] and said_unusable(complaint, letter)


def test_ruling_51_a_page_that_was_open_already_takes_nothing_back_of_what_went_since(town: Town, post: Office, client: CheckingClient) -> None:
    complaint = asks(town, safe={"channels": ["portal"]})
    letter = acknowledged(town, complaint, post)
    let_in_resident(client, town.register, complaint)
    url = "/your-complaint/letters/2/cannot-read"
    open_already = form_values(pick_form(client.page(url), 0)) | {"kinds": "plain_text"}
    with clock.at(FRIDAY):
        cannot_read(client, complaint, town, "plain_text")
        again = client.post(url, data=open_already)
    assert again.status_code == 422 and "written down already" in words_of(again.get_data(as_text=True))
    town.register.expire_all()
    assert went(letter)[-1] == ("page", "file", True, "issued") and len(letter.issues) == 2
    with clock.at(FRIDAY):
        cannot_read(client, complaint, town, "plain_text")
    assert went(letter)[-1] == ("page", "file", False, "issued") and len(letter.issues) == 2, "the same file again is of no use: staff ask them"


def test_ruling_51_a_copy_that_waits_to_be_posted_goes_in_large_print_instead(town: Town, post: Office, client: CheckingClient) -> None:
    complaint = asks(town, safe=BY_EMAIL | {"channels": ["email", "post"], "post": "14 Quarry Bank"})
    letter = acknowledged(town, complaint, post)
    with clock.at(FRIDAY):
        cannot_read(client, complaint, town, "large_print")
    assert went(letter) == [("email", None, False, "issued"), ("post", "large_print", True, "waiting"), ("email", "file", True, "waiting")]


KINDS = st.sets(st.sampled_from(["large_print", "plain_text", "braille", "easy_read", "sign_language", "other_format", "language", "knock"]), max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kinds=KINDS, size=st.sampled_from(["", "16", "20 point", "28", "48"]), grade=st.sampled_from(["", "1", "2"]), decision=st.sampled_from(["asked", "agreed", "declined"]),
    channels=st.sets(st.sampled_from(["email", "post", "phone"]), min_size=1), story=st.sampled_from(["The roof leaks.", "It leaks 😡", "بارش", "Łucja’s roof"]),
)  # fmt: skip
def test_ruling_14_whatever_somebody_asked_for_is_made_as_the_letter_goes_or_is_owed(
    town: Town, post: Office, kinds: set[str], size: str, grade: str, decision: str, channels: set[str], story: str
) -> None:
    """Every file that somebody asked for is there when the mail has gone; a letter of which nothing usable has gone is owed, or waits."""
    kinds = kinds | ({"large_print"} if size else set()) | ({"braille"} if grade else set())
    safe = {"channels": sorted(channels), "email": "s@mail.example", "phone": "01632 960111", "post": "14 Quarry Bank"}
    complaint = asks(town, *sorted(kinds), story=story, safe=safe, print_size=size, braille=grade)
    with town.writing():
        for one in town.register.query(Adjustment).filter_by(person_id=complaint.resident.person_id):
            one.decision = decision
    letter = acknowledged(town, complaint, post)
    standing = standing_forms(complaint, letter, complaint.resident)
    assert set(standing) <= (kinds if decision != "declined" else set())
    if "email" in channels:
        assert made(town, letter) == sorted(standing.values()), "all that was asked for, and nothing else"
    usable = usable_copies(letter)
    assert bool(met_on(complaint)) is bool(usable)
    if not usable:
        assert said_unusable(complaint, letter) or any(issue.state == "waiting" for issue in letter.issues)
    for issue in letter.issues:
        if issue.form == "file":
            assert kinds & {"braille", "plain_text"} <= set(standing) or not issue.usable
