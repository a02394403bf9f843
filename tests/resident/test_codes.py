"""Coming back with a code that was sent: only in the browser that asked, within its limits, and saying nothing to anybody else (S1 to S12)."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import accounts, clock, codes, db
from portal.access import Role
from portal.codes import LIMITS
from portal.complaints import operations, references
from portal.complaints.challenges import Challenge
from portal.complaints.models import Complaint
from portal.complaints.papers import Outbox
from portal.complaints.people import Visit
from portal.post import outbox
from portal.post.office import Office
from portal.post.show import Handed
from portal.post.sweep import sweep
from tests.browser.fixtures import Browse, Served
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_staff
from tests.resident.journeys import signs_in
from tests.test_statements import counting
from tests.town import CODE, Town

ASK, TYPE, CASE = "/follow/ask", "/follow/code", "/your-complaint"
EMAIL = {"channels": ["email"], "email": "samira@example.org"}
SAID = "If we hold a safe way to reach you for that reference, we have sent a code."
NOT_IT, RUN_OUT, REST = "This is not the code", "has run out, or was used", "Codes rest until tomorrow"
NOON = datetime(2026, 6, 15, 11, tzinfo=UTC)


@dataclass
class Mailbox:
    """A worker whose mail server is a list, and the messages that brought a code."""

    office: Office
    taken: list[EmailMessage] = field(default_factory=list)

    def take(self, message: EmailMessage) -> Handed:
        """Take a message, as a server does."""
        if message["Subject"] == "Your code":
            self.taken.append(message)
        return outbox.ACCEPTED, None, None

    def codes(self) -> list[EmailMessage]:
        """Every code that has come, once the worker has been round."""
        self.office.deliver_all()
        return self.taken

    @property
    def newest(self) -> str:
        """The digits of the newest code, as they were written."""
        found = re.search(r"^(\d\d \d\d \d\d \d\d) is your code", self.codes()[-1].get_content(), re.M)
        assert found
        return found[1]

    @property
    def link(self) -> str:
        """The newest link, whole."""
        found = re.search(r"^http\S+$", self.codes()[-1].get_content(), re.M)
        assert found
        return found[0]


@pytest.fixture
def mailbox(app: Flask) -> Mailbox:
    """A worker beside the portal."""
    office = Office(db.sessions(app.extensions["engine"]), replace(app.extensions["portal"], mail="smtp://nowhere"), None)
    made = Mailbox(office)
    made.office = replace(office, take=made.take)
    return made


@pytest.fixture
def theirs(town: Town) -> Complaint:
    """A complaint whose resident can be reached by e-mail."""
    complaint = town.complains(safe_contact=EMAIL)
    _ = complaint.reference
    town.register.rollback()
    return complaint


def reference_of(complaint: Complaint, town: Town) -> str:
    """The reference, with nothing left open."""
    found = complaint.reference
    town.register.rollback()
    return found


def other(app: Flask) -> CheckingClient:
    """Another browser."""
    made = app.test_client()
    assert isinstance(made, CheckingClient)
    return made


def asks(client: CheckingClient, reference: str, **more: Any) -> TestResponse:
    """Ask for a code."""
    sent = {"reference": reference, **more.pop("fields", {})}
    answer = client.send(ASK, sent, **more)
    assert (answer.status_code, answer.location) == (303, TYPE), answer.get_data(as_text=True)
    return answer


def types(client: CheckingClient, code: str, **more: Any) -> TestResponse:
    """Type a code where it was asked for."""
    return client.send(TYPE, {"code": code, **more})


def wrong(code: str) -> str:
    """Another code than this."""
    return "".join(str((int(c) + 1) % 10) for c in code if c.isdigit())


def words(answer: TestResponse) -> str:
    """What a page says."""
    return words_of(answer.get_data(as_text=True))


def test_a_code_that_was_sent_opens_the_complaint_in_the_browser_that_asked(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    asks(client, reference_of(theirs, town))
    assert SAID in words_of(client.page(TYPE))
    assert types(client, mailbox.newest).location == CASE
    assert client.get(CASE).status_code == 200


TYPED: dict[str, Callable[[str], str]] = {
    "pairs": lambda code: code,
    "together": lambda code: code.replace(" ", ""),
    "dashes": lambda code: code.replace(" ", "-"),
    "long dashes and a stop": lambda code: code.replace(" ", " – ") + ".",
    "line ends": lambda code: f"\r\n{code}\t",
    "Arabic numbers": lambda code: code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
}


@pytest.mark.parametrize("spelt", TYPED)
def test_s12_item_48_a_code_is_known_however_it_is_typed(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox, spelt: str) -> None:
    asks(client, reference_of(theirs, town))
    assert types(client, TYPED[spelt](mailbox.newest)).location == CASE


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "12 34 56 7x", "x" * 2_000, "🙂" * 8, "²" * 8, "9" * 5_000])
def test_what_can_be_no_code_is_told_beside_the_box_and_is_no_try(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox, typed: str) -> None:
    asks(client, reference_of(theirs, town))
    for _ in range(LIMITS.tries + 1):
        answer = types(client, typed)
        assert answer.status_code == 422
        assert "Type the 8 numbers of the code" in words(answer)
    assert types(client, mailbox.newest).location == CASE


@pytest.mark.parametrize("typed", ["", "  ", "7K4QM2XDR", "wrong", "x" * 2_000, CODE, "🙂" * 9])
def test_what_can_be_no_reference_is_told_beside_the_box(client: CheckingClient, typed: str) -> None:
    answer = client.send(ASK, {"reference": typed})
    assert answer.status_code == 422
    assert 'id="reference-error"' in answer.get_data(as_text=True)


def test_s12_item_29_the_box_takes_what_a_phone_offers_and_what_is_pasted(client: CheckingClient, town: Town, theirs: Complaint) -> None:
    asks(client, reference_of(theirs, town))
    box = client.page(TYPE).get_element_by_id("code")
    assert (box.get("autocomplete"), box.get("inputmode"), box.get("type")) == ("one-time-code", "numeric", "text")
    assert not {"maxlength", "pattern", "onpaste"} & set(box.keys())


def test_the_sign_in_page_offers_both_ways_as_equals(client: CheckingClient, town: Town, theirs: Complaint) -> None:
    page = client.page("/follow")
    headings = [words_of(each) for each in page.iter("h2")]
    assert {"With your access code", "With a code that we send you"} <= set(headings)
    assert client.send("/follow", {"reference": reference_of(theirs, town)}, form="ask").location == TYPE


def test_s1_no_robot_in_another_browser_can_use_a_code_up(client: CheckingClient, app: Flask, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    asks(client, reference_of(theirs, town))
    code, link = mailbox.newest, mailbox.link
    path, _, secret = link.partition("#")
    path = path.removeprefix("http://localhost")
    assert (path, "?" in link) == (TYPE, False)
    for _ in range(20):
        robot = other(app)
        robot.head(path)
        page = robot.page(path)
        assert "Type the code where you asked for it" in words_of(page)
        for form in page.forms:
            presses(robot, form, code, secret)
        assert robot.post(path, data={"code": code, "link": secret}).status_code == 422
        assert robot.get(CASE).location == "/follow"
    assert visits(town) == 0
    assert types(client, code).location == CASE


def presses(robot: CheckingClient, form: html.HtmlElement, code: str, secret: str) -> None:
    """Fill every box of a form with what was in the message, and press."""
    values = form_values(form)
    filled = {name: values[name] if name in ("csrf_token", "key") else (secret if name == "link" else code) for name in values}
    robot.post(form.get("action") or TYPE, data=filled)


def visits(town: Town) -> int:
    """How many browsers are signed in."""
    found = len(town.register.scalars(select(Visit.id)).all())
    town.register.rollback()
    return found


def test_item_47_the_link_opens_it_too_in_the_browser_that_asked_and_only_when_a_button_is_pressed(
    client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox
) -> None:
    asks(client, reference_of(theirs, town))
    secret = mailbox.link.partition("#")[2]
    assert client.get(TYPE).status_code == 200
    assert client.get(CASE).location == "/follow"
    assert types(client, "", link=secret).location == CASE


def test_s2_a_code_takes_five_tries_and_not_one_more(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    reference = reference_of(theirs, town)
    asks(client, reference)
    for left in range(LIMITS.tries - 1, -1, -1):
        answer = types(client, wrong(mailbox.newest))
        assert answer.status_code == 422
        assert ("last try" in words(answer)) is (left == 0)
    assert RUN_OUT in words(types(client, mailbox.newest))


def test_s2_the_right_code_works_at_the_last_try(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    asks(client, reference_of(theirs, town))
    for _ in range(LIMITS.tries - 1):
        assert NOT_IT in words(types(client, wrong(mailbox.newest)))
    assert types(client, mailbox.newest).location == CASE


def test_s2_a_hundred_wrong_tries_about_one_reference_rest_its_codes_for_a_day(
    client: CheckingClient, app: Flask, town: Town, theirs: Complaint, mailbox: Mailbox
) -> None:
    reference, unknown = reference_of(theirs, town), references.new_reference()
    for about in (reference, unknown):
        with clock.at(NOON):
            guessed(app, about, LIMITS.wrong_a_day // LIMITS.tries)
    with clock.at(NOON + timedelta(hours=23)):
        for about in (reference, unknown):
            asks(client, about)
            assert REST in words(types(client, "12345678"))
        assert mailbox.codes() == [], "What was asked for by then ran out, and what is asked for now is not sent."
        assert signs_in(other(app), CODE).location == CASE, "An access code never rests."
        let_in_staff(manager := other(app), town.register, town.staff[Role.MANAGER], Role.MANAGER)
        said = words_of(manager.page("/staff/mail"))
        assert "Somebody is guessing codes" in said and " ".join(references.groups(reference)) in said
        assert " ".join(references.groups(unknown)) not in said
    with clock.at(NOON + timedelta(hours=25)):
        asks(client, reference)
        assert types(client, mailbox.newest).location == CASE


def guessed(app: Flask, about: str, times: int) -> None:
    """Somebody asks so many times, and guesses each time until nothing is left."""
    for _ in range(times):
        guesser = other(app)
        asks(guesser, about)
        for guess in range(LIMITS.tries):
            assert types(guesser, f"{guess:08}").status_code == 422


def test_s2_tries_that_come_at_once_are_no_more_than_the_limit(client: CheckingClient, app: Flask, town: Town, theirs: Complaint) -> None:
    asks(client, reference_of(theirs, town))
    with client.session_transaction(base_url="http://localhost") as cookie:
        tokens = cookie["asks"]

    def guess(_: int) -> int:
        with db.sessions(app.extensions["engine"])() as register, db.transaction(register):
            return len(codes.charge(register, tokens))

    with ThreadPoolExecutor(8) as guessers:
        assert sum(guessers.map(guess, range(24))) == LIMITS.tries


def test_s4_askings_that_come_at_once_send_no_more_than_the_limit(app: Flask, town: Town, theirs: Complaint) -> None:
    asked, made = codes.Asked(reference_of(theirs, town)), codes.fresh()

    def ask(number: int) -> bool:
        with db.sessions(app.extensions["engine"])() as register, db.transaction(register):
            return codes.ask(register, asked, made, token=f"token {number}", network=f"203.0.113.{number}").party_id is not None

    with ThreadPoolExecutor(8) as askers:
        assert sum(askers.map(ask, range(24))) == LIMITS.sent_an_hour


def test_s2_ninety_nine_wrong_tries_rest_nothing(client: CheckingClient, app: Flask, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    reference = reference_of(theirs, town)
    guessed(app, reference, LIMITS.wrong_a_day // LIMITS.tries - 1)
    asks(client, reference)
    for guess in range(LIMITS.tries - 1):
        assert NOT_IT in words(types(client, f"{guess:08}"))
    assert REST not in words(types(client, "99999998"))


def test_s2_the_odds_of_guessing_for_a_year_are_what_the_limits_say() -> None:
    a_year = 365 * LIMITS.sent_a_day * LIMITS.tries / 10**codes.DIGITS
    assert round(100 * a_year, 3) == 0.018
    assert 365 * LIMITS.wrong_a_day / 10**codes.DIGITS < 0.0004


def same(text: str) -> str:
    """A page without what is new in every page: its token and its key."""
    return re.sub(r'(name="(?:csrf_token|key)" value=")[^"]*', r"\1", text)


KINDS = ["known", "nowhere safe", "died", "unknown"]


def reference_like(town: Town, kind: str) -> str:
    """A reference of this kind."""
    if kind == "unknown":
        return references.new_reference()
    complaint = town.complains(safe_contact={"channels": ["portal"]} if kind == "nowhere safe" else EMAIL, code=kind.upper())
    if kind == "died":
        with town.writing():
            operations.record_death(complaint, clock.today(), by=town.viewer(Role.TRIAGE))
    return reference_of(complaint, town)


def test_s3_item_49_nobody_learns_whether_a_reference_is_known(app: Flask, town: Town) -> None:
    found = {kind: reference_like(town, kind) for kind in KINDS}
    with clock.at(NOON):
        walked = {kind: all_that_is_said(other(app), reference) for kind, reference in found.items()}
    for kind in KINDS[1:]:
        for (what, said, asked), (_what, known_said, known_asked) in zip(walked[kind], walked["known"], strict=True):
            assert said == known_said, (kind, what)
            assert asked == known_asked, (kind, what)


def all_that_is_said(client: CheckingClient, reference: str) -> list[tuple[str, str, list[str]]]:
    """Asking, looking, guessing, asking again and running out of tries: the bytes of each answer, and the statements behind it."""
    client.page(ASK)
    steps: dict[str, Callable[[], TestResponse]] = {
        "ask": lambda: asks(client, reference), "look": lambda: client.get(TYPE), "guess": lambda: types(client, "00000000"),
        "again": lambda: client.send(TYPE, form="again"),
        **{f"guess {number}": lambda: types(client, "00000000") for number in range(LIMITS.tries)},
        "look at last": lambda: client.get(TYPE),
    }  # fmt: skip
    walked = []
    for what, step in steps.items():
        with counting() as asked:
            answer = step()
        headers = {name: re.sub(r"portal=[^;]*", "portal", value) for name, value in answer.headers}
        walked.append((what, f"{answer.status_code} {sorted(headers.items())} {same(answer.get_data(as_text=True))}", list(asked)))
    return walked


def test_s3_both_are_queued_alike_and_hashed_alike(client: CheckingClient, app: Flask, town: Town, theirs: Complaint, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    really = accounts.hash_code

    def counted(code: str) -> str:
        hashed.append(code)
        return really(code)

    monkeypatch.setattr(accounts, "hash_code", counted)
    asks(client, reference_of(theirs, town))
    asks(other(app), references.new_reference())
    rows = town.register.scalars(select(Outbox).where(Outbox.challenge_id.is_not(None)).order_by(Outbox.id)).all()
    assert len(rows) == len(hashed) == 2
    columns = [column.name for column in Outbox.__table__.columns if column.name not in ("id", "message_id", "queued_at", "due_at", "challenge_id")]
    assert [getattr(rows[0], name) for name in columns] == [getattr(rows[1], name) for name in columns]
    town.register.rollback()


@pytest.mark.parametrize("times", [200, pytest.param(1_000, marks=pytest.mark.slow)])
def test_s4_hundreds_of_askings_send_no_more_than_an_hours_codes(app: Flask, town: Town, theirs: Complaint, mailbox: Mailbox, times: int) -> None:
    reference = reference_of(theirs, town)
    made = codes.fresh()
    with db.sessions(app.extensions["engine"])() as register:
        for number in range(times):
            with db.transaction(register):
                codes.ask(register, codes.Asked(reference), made, token=f"token {number}", network=f"203.0.113.{number}")
            if number % 100 == 0:
                mailbox.codes()
    assert len(mailbox.codes()) == LIMITS.sent_an_hour
    assert signs_in(other(app), CODE).location == CASE


def test_s4_a_day_has_no_more_than_ten_however_they_are_spread(app: Flask, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    reference = reference_of(theirs, town)
    for hour in range(23):
        with clock.at(NOON + timedelta(hours=hour)):
            asks(other(app), reference)
            asks(other(app), reference)
            mailbox.codes()
    assert len(mailbox.taken) == LIMITS.sent_a_day


def test_s4_an_address_is_counted_however_many_complaints_it_has(app: Flask, town: Town, mailbox: Mailbox) -> None:
    found = [reference_of(town.complains(safe_contact=EMAIL, code=f"CODE{number}"), town) for number in range(4)]
    for reference in found:
        asks(other(app), reference)
        asks(other(app), reference)
    assert len(mailbox.codes()) == LIMITS.sent_an_hour


def test_s6_whoever_uses_the_codes_up_from_three_networks_leaves_one(client: CheckingClient, app: Flask, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    reference = reference_of(theirs, town)
    for number in range(3):
        with clock.at(NOON + timedelta(hours=number)):
            for _ in range(10):
                asks(other(app), reference, environ_base={"REMOTE_ADDR": f"203.0.113.{number}"})
            assert len(mailbox.codes()) == LIMITS.for_one_network * (number + 1)
    with clock.at(NOON + timedelta(hours=4)):
        asks(client, reference, environ_base={"REMOTE_ADDR": "198.51.100.7"})
        assert types(client, mailbox.newest).location == CASE


def test_s7_a_cookie_from_before_is_no_cookie_of_afterwards(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    asks(client, reference_of(theirs, town))
    planted = client.get_cookie("portal")
    code = mailbox.newest
    assert types(client, code).location == CASE
    after = client.get_cookie("portal")
    assert planted and after and planted.value != after.value
    client.set_cookie("portal", planted.value)
    assert client.get(CASE).location == "/follow"
    assert RUN_OUT in words(types(client, code)), "A code is used once, even with the cookie of the time."


def test_s7_of_two_that_come_with_the_right_code_at_once_one_gets_in(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    asks(client, reference_of(theirs, town))
    code = mailbox.newest.replace(" ", "")
    with client.session_transaction(base_url="http://localhost") as cookie:
        tokens = cookie["asks"]
    tries = []
    for _ in range(2):
        with town.writing():
            tries.append(codes.charge(town.register, tokens))
    right = [codes.right_one(charged, code, "") for charged in tries]
    used = []
    for one, charged in zip(right, tries, strict=True):
        assert one is not None
        with town.writing():
            used.append(codes.use(town.register, one, charged) is not None)
    assert used == [True, False]


def test_s7_signing_out_everywhere_ends_every_visit_and_every_code(client: CheckingClient, app: Flask, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    reference = reference_of(theirs, town)
    elsewhere, waiting = other(app), other(app)
    signs_in(elsewhere, CODE)
    asks(waiting, reference)
    unused = mailbox.newest
    asks(client, reference)
    types(client, mailbox.newest)
    assert "Sign out everywhere" in words_of(client.page(CASE))
    assert client.send(CASE, {"everywhere": "yes"}, form="/sign-out").location == "/signed-out"
    assert (client.get(CASE).location, elsewhere.get(CASE).location) == ("/follow", "/follow")
    assert types(waiting, unused).status_code == 422
    assert visits(town) == 0


def test_signing_out_here_leaves_the_others_signed_in(client: CheckingClient, app: Flask, town: Town, theirs: Complaint) -> None:
    elsewhere = other(app)
    for each in (client, elsewhere):
        signs_in(each, CODE)
    client.post("/sign-out")
    assert elsewhere.get(CASE).status_code == 200


def test_s8_item_43_a_code_lives_a_quarter_of_an_hour_whatever_the_clock_does(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    reference = reference_of(theirs, town)
    for later, works in ((timedelta(minutes=14, seconds=59), True), (timedelta(minutes=15), False), (timedelta(days=300), False), (timedelta(hours=-1), False)):
        with clock.at(NOON):
            asks(client, reference)
            code = mailbox.newest
        with clock.at(NOON + later):
            answer = types(client, code)
            assert (answer.status_code == 303) is works, later
            assert works or RUN_OUT in words(answer)


def test_s8_a_clock_that_was_far_ahead_for_a_moment_locks_nobody_out(client: CheckingClient, app: Flask, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    reference = reference_of(theirs, town)
    with clock.at(NOON + timedelta(days=365)):
        for _ in range(LIMITS.sent_a_day):
            asks(other(app), reference)
    with clock.at(NOON):
        asks(client, reference)
        assert types(client, mailbox.newest).location == CASE


def test_a_code_that_comes_to_the_worker_too_late_is_not_sent(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    with clock.at(NOON):
        asks(client, reference_of(theirs, town))
    with clock.at(NOON + timedelta(minutes=16)):
        assert mailbox.codes() == []


def test_s9_nothing_is_left_on_the_device(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    asks(client, reference_of(theirs, town))
    assert client.get(TYPE).headers["Cache-Control"] == "no-store"
    types(client, mailbox.newest)
    client.post("/sign-out")
    with client.session_transaction(base_url="http://localhost") as cookie:
        assert set(cookie) <= {"language", "csrf_token"}
    assert "Type the code where you asked for it" in words_of(client.page(TYPE))


def test_two_pages_and_two_codes_do_each_other_no_harm(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    second = reference_of(town.complains("The lift is broken.", safe_contact=EMAIL, code="SECOND"), town)
    asks(client, reference_of(theirs, town))
    first_code = mailbox.newest
    asks(client, second)
    second_code = mailbox.newest
    assert types(client, first_code).location == CASE
    assert "Rain comes" in words_of(client.page(f"{CASE}/words"))
    assert types(client, second_code).location == CASE
    assert "The lift is broken" in words_of(client.page(f"{CASE}/words"))


def test_a_right_code_is_no_try_of_the_others(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    asks(client, reference_of(theirs, town))
    first = mailbox.newest
    for number in range(LIMITS.tries):
        other_one = town.complains(safe_contact=EMAIL | {"email": f"{number}@example.org"}, code=f"OTHER{number}")
        asks(client, reference_of(other_one, town))
        assert types(client, mailbox.newest).location == CASE
        with client.session_transaction(base_url="http://localhost") as cookie:
            cookie["asks"] = [cookie["asks"][0]]
    assert types(client, first).location == CASE


def test_asking_again_is_one_press_and_the_code_before_works_on(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    asks(client, reference_of(theirs, town))
    first = mailbox.newest
    assert client.send(TYPE, form="again").location == TYPE
    assert mailbox.newest != first
    assert len(mailbox.taken) == 2
    assert types(client, first).location == CASE


def test_two_presses_of_one_button_send_one_code_that_works(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    filled = {**form_values(pick_form(client.page(ASK), 0)), "reference": reference_of(theirs, town)}
    for _ in range(2):
        assert client.post(ASK, data=filled).location == TYPE
    assert len(mailbox.codes()) == 1
    assert types(client, mailbox.newest).location == CASE


def test_a_code_is_kept_in_no_readable_form_and_not_at_all_once_it_is_sent(client: CheckingClient, app: Flask, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    asks(client, reference_of(theirs, town))
    asks(other(app), references.new_reference())
    raw = town.register.connection().exec_driver_sql("SELECT * FROM challenge").all()
    town.register.rollback()
    code = mailbox.newest
    assert code.replace(" ", "") not in str(raw) and code not in str(raw)
    assert mailbox.link.partition("#")[2] not in str(raw)
    assert set(town.register.scalars(select(Challenge.message))) == {None}
    town.register.rollback()


def test_a_code_that_was_never_sent_is_forgotten_when_it_has_run_out(client: CheckingClient, app: Flask, town: Town, theirs: Complaint) -> None:
    with clock.at(NOON):
        asks(client, reference_of(theirs, town))
    with clock.at(NOON + codes.LIVES):
        asks(other(app), references.new_reference())
    messages: list[Any] = list(town.register.scalars(select(Challenge.message).order_by(Challenge.id)))
    town.register.rollback()
    assert messages[0] is None and messages[1]
    with clock.at(NOON + timedelta(days=3)):
        sweep(db.sessions(app.extensions["engine"]), app.extensions["portal"].files)
    assert list(town.register.scalars(select(Challenge.id))) == []
    town.register.rollback()


@pytest.mark.parametrize("before", ["sending", "typing"])
def test_a_way_that_is_safe_no_longer_brings_nobody_in(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox, before: str) -> None:
    asks(client, reference_of(theirs, town))
    code = mailbox.newest if before == "typing" else "12345678"
    with town.writing():
        theirs.resident.person.safe_contact = {"channels": ["post"]}
    town.register.rollback()
    assert len(mailbox.codes()) == (before == "typing")
    assert types(client, code).status_code == 422


def test_somebody_who_speaks_for_another_gets_their_own_code_and_their_own_page(client: CheckingClient, town: Town, mailbox: Mailbox) -> None:
    acting = operations.ActingFor(name="Joan Marsh", how="asked", safe_contact={"channels": ["email"], "email": "joan@example.org"})
    complaint = town.complains(safe_contact=EMAIL, acting=acting)
    reference = reference_of(complaint, town)
    asks(client, reference, fields={"acting": "y", "own": "joan@example.org"})
    assert [each["To"] for each in mailbox.codes()] == ["joan@example.org"]
    assert types(client, mailbox.newest).location == "/for-somebody"
    assert "Who opens this page" in words_of(client.page("/for-somebody"))
    asks(client, reference)
    assert mailbox.codes()[-1]["To"] == "samira@example.org"


def test_whoever_was_stopped_gets_no_code(client: CheckingClient, town: Town, mailbox: Mailbox) -> None:
    acting = operations.ActingFor(name="Joan Marsh", how="asked", safe_contact={"channels": ["email"], "email": "joan@example.org"})
    complaint = town.complains(safe_contact=EMAIL, acting=acting)
    with town.writing():
        next(party for party in complaint.parties if party is not complaint.resident).authority = "ended"
    asks(client, reference_of(complaint, town), fields={"acting": "y", "own": "joan@example.org"})
    assert mailbox.codes() == []


def test_somebody_reads_when_and_how_it_was_opened_before(client: CheckingClient, app: Flask, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    with clock.at(NOON):
        signs_in(client, CODE)
        assert "You last opened it" not in words_of(client.page(CASE))
    with clock.at(NOON + timedelta(days=1)):
        asks(client, reference_of(theirs, town))
        types(client, mailbox.newest)
        assert "You last opened it on Monday 15 June 2026, 12:00. That was with your access code." in words_of(client.page(CASE))
    with clock.at(NOON + timedelta(days=2)):
        signs_in(other(app), CODE)
        signs_in(client, CODE)
        assert "on Wednesday 17 June 2026, 12:00. That was with your access code." in words_of(client.page(CASE))
    with clock.at(NOON + timedelta(days=3)):
        asks(client, reference_of(theirs, town))
        types(client, mailbox.newest)
        town.register.rollback()
    with clock.at(NOON + timedelta(days=4)):
        signs_in(client, CODE)
        assert "on Thursday 18 June 2026, 12:00. That was with a code that we sent by email." in words_of(client.page(CASE))


def test_a_new_access_code_ends_what_was_sent_before(client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    asks(client, reference_of(theirs, town))
    code = mailbox.newest
    with town.writing():
        operations.give_code(theirs, by=town.viewer(Role.TRIAGE), checked="Their tenancy number and date of birth.")
    assert types(client, code).status_code == 422


def test_staff_do_not_see_who_waits_for_a_code(client: CheckingClient, app: Flask, town: Town, theirs: Complaint) -> None:
    asks(other(app), reference_of(theirs, town))
    let_in_staff(client, town.register, town.staff[Role.MANAGER], Role.MANAGER)
    assert "code" not in words_of(client.page("/staff/mail")).lower()


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_s12_the_link_fills_the_form_where_scripts_run_and_the_code_is_typed_where_they_do_not(
    browse: Browse, served: Served, town: Town, theirs: Complaint, mailbox: Mailbox, scripts: bool
) -> None:
    page = browse(ASK, scripts=scripts)
    page.get_by_label("What is the reference?").fill(reference_of(theirs, town))
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url(f"**{TYPE}")
    code, secret = mailbox.newest, mailbox.link.partition("#")[2]
    page.goto(f"{served.address}{TYPE}#{secret}")
    if scripts:
        page.get_by_text("Your link has brought your code.").wait_for()
        assert page.url == f"{served.address}{TYPE}", "The secret does not stay in the address."
        assert not page.get_by_label("Your code").is_visible()
    else:
        page.get_by_label("Your code").fill(code)
    assert page.url.startswith(f"{served.address}{TYPE}")
    page.get_by_role("button", name="Open the complaint").click()
    page.wait_for_url(f"**{CASE}" if scripts else f"**{CASE}#*")


@pytest.mark.browser
def test_s1_a_browser_that_runs_scripts_gets_no_further_than_any_robot(browse: Browse, client: CheckingClient, town: Town, theirs: Complaint, mailbox: Mailbox) -> None:
    asks(client, reference_of(theirs, town))
    code, secret = mailbox.newest, mailbox.link.partition("#")[2]
    robot = browse(f"{TYPE}#{secret}")
    assert robot.get_by_role("heading", level=1).inner_text() == "Type the code where you asked for it"
    assert robot.locator("main form").count() == 0
    assert visits(town) == 0
    assert types(client, code).location == CASE
