"""Whatever is sent to a form of the staff side: a clear error, the words kept, never a fault of ours."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.casework import danger_told
from portal.complaints.models import Complaint
from portal.forms import SAID_ONCE
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.staff.conftest import SignIn
from tests.town import Town

ODD = "kept words \x00\x08\x1b \u202e \U0001f600 <b>100%</b> %s العربية"
TOO_LONG = "x" * 60_000


class Case:
    """A town with one of every form, and who may open it."""

    def __init__(self, town: Town) -> None:
        self.town = town
        with clock.at(date(2026, 5, 11)):
            self.fresh = town.complains()
            town.given_to(self.fresh)
            with town.writing():
                self.alert = danger_told(self.fresh, {"words": "Gas."}, by=town.resident(self.fresh))
            self.acknowledged = self._made("Tomasz Wilk", "8K4QM2XDR7K4QM2XDR7K4QM2")
            town.acknowledged(self.acknowledged)
            self.answered = self._made("Colm Byrne", "9K4QM2XDR7K4QM2XDR7K4QM2")
            town.acknowledged(self.answered)
            town.answered(self.answered)
            self.posted = self._made("Hodan Yusuf", "AK4QM2XDR7K4QM2XDR7K4QM2", safe_contact={"channels": ["post"], "post": "1"})
            self.stamped = self._made("Omar Said", "DK4QM2XDR7K4QM2XDR7K4QM2", safe_contact={"channels": ["post"], "post": "1"})
            self.refused = self._made("Ada Quill", "BK4QM2XDR7K4QM2XDR7K4QM2")
            town.refused(self.refused)
            self.second = self._made("Ilse Brandt", "CK4QM2XDR7K4QM2XDR7K4QM2")
            town.acknowledged(self.second)
            town.answered(self.second)
            town.escalated(self.second)
            town.given_to(self.second, Role.REVIEWER)
            meeting = operations.Meeting(date(2026, 5, 12), "10.30", "Room 2", "Come.")
            with town.writing():
                operations.arrange_panel(self.second, [town.staff[Role.REVIEWER]], meeting, by=town.viewer(Role.REVIEWER), interest="Nothing declared")
                operations.record_death(self.posted, date(2026, 5, 10), by=town.viewer(Role.TRIAGE))
            with town.writing():
                self.lone = operations.raise_danger(
                    town.register, operations.begin_draft(town.register, language="en")[0], {"words": "Gas."}
                )

    def _made(self, name: str, code: str, **told: Any) -> Complaint:
        return self.town.complains(name=name, code=code, **told)

    def url(self, name: str) -> str:
        """The address of a form by its name."""
        with self.town.register.no_autoflush:
            addresses = {
                "sign in": "/staff/sign-in",
                "log": "/staff/log",
                "contacts": f"{self._at(self.fresh)}/contacts",
                "code": f"{self._at(self.fresh)}/code",
                "match": f"{self._at(self.fresh)}/match",
                "triage": f"{self._at(self.fresh)}/triage",
                "assign": f"{self._at(self.fresh)}/assign",
                "danger": f"{self._at(self.fresh)}/danger/{self.alert.id}",
                "danger alone": f"/staff/danger/{self.lone.id}",
                "acknowledge": f"{self._at(self.fresh)}/acknowledgement",
                "answer": f"{self._at(self.acknowledged)}/response",
                "action": f"{self._at(self.answered)}/actions/{self.answered.actions[0].id}",
                "refuse": f"{self._at(self.fresh)}/refusal",
                "accept": f"{self._at(self.refused)}/acceptance",
                "posted": f"{self._at(self.stamped)}/letters/1/posted",
                "panel": f"{self._at(self.second)}/panel",
                "panel record": f"{self._at(self.second)}/panel/record",
                "panel off": f"{self._at(self.second)}/panel/off",
                "panel met": f"{self._at(self.second)}/panel/met",
                "death": f"{self._at(self.answered)}/death",
                "estate": f"{self._at(self.posted)}/estate",
                "mistake": f"{self._at(self.posted)}/death/mistake",
                "settings": "/staff/settings",
                "data asked": f"{self._at(self.answered)}/data",
                "data sent": f"{self._at(self.answered)}/data/sent",
                "data longer": f"{self._at(self.answered)}/data/more-time",
                "data refused": f"{self._at(self.answered)}/data/refusal",
                "keep": f"{self._at(self.answered)}/keep",
                "translation": f"{self._at(self.answered)}/translation",
                "times": "/staff/times",
                "services": "/staff/services",
                "service": f"/staff/services/{self.town.repairs.id}",
            }
            self.town.register.rollback()
            return addresses[name]

    def _at(self, complaint: Complaint) -> str:
        return f"/staff/complaints/{complaint.reference}"


FORMS = {
    "log": Role.COLLEAGUE,
    "contacts": Role.REVIEWER,
    "code": Role.MANAGER,
    "match": Role.TRIAGE,
    "triage": Role.TRIAGE,
    "assign": Role.MANAGER,
    "danger": Role.TRIAGE,
    "danger alone": Role.TRIAGE,
    "acknowledge": Role.HANDLER,
    "answer": Role.HANDLER,
    "action": Role.HANDLER,
    "refuse": Role.HANDLER,
    "accept": Role.MANAGER,
    "posted": Role.TRIAGE,
    "panel": Role.REVIEWER,
    "panel record": Role.REVIEWER,
    "panel off": Role.REVIEWER,
    "panel met": Role.REVIEWER,
    "death": Role.TRIAGE,
    "estate": Role.MANAGER,
    "mistake": Role.MANAGER,
    "settings": Role.MANAGER,
    "data asked": Role.HANDLER,
    "data sent": Role.HANDLER,
    "data longer": Role.REVIEWER,
    "data refused": Role.MANAGER,
    "keep": Role.MANAGER,
    "translation": Role.HANDLER,
    "times": Role.ADMINISTRATOR,
    "services": Role.ADMINISTRATOR,
    "service": Role.MANAGER,
}
Opened = Callable[[str], tuple[CheckingClient, str, dict[str, object]]]


@pytest.fixture
def opened(town: Town, signed_in: SignIn) -> Iterator[Opened]:
    """A form on the screen of somebody who may use it: the browser, its address, what it would send."""
    case = Case(town)

    def open_form(name: str) -> tuple[CheckingClient, str, dict[str, object]]:
        browser, address = signed_in(FORMS[name]), case.url(name)
        return browser, address, form_values(pick_form(browser.page(address), 0))

    with clock.at(date(2026, 5, 12)):
        yield open_form


def boxes(fields: dict[str, object]) -> list[str]:
    """The names of the boxes a person fills in."""
    return [name for name in fields if name not in ("csrf_token", "key", "version", "seen")]


@pytest.mark.parametrize("name", FORMS)
def test_odd_and_endless_and_wrong_input_is_told_or_kept_and_never_a_fault(name: str, opened: Opened) -> None:
    browser, address, fields = opened(name)
    taken = (200, 303) if name == "code" else (303,)
    sent = [
        fields | dict.fromkeys(boxes(fields), ODD),
        fields | dict.fromkeys(boxes(fields), TOO_LONG[: 400_000 // max(len(boxes(fields)), 1)]),
        fields | {each: [ODD, ODD] for each in boxes(fields) if each not in SAID_ONCE},
        fields | {each: {"p1-disposition": "no such", "staff": "999999", "who": "-1"}.get(each, "") for each in boxes(fields)},
        {key: value for key, value in fields.items() if key in ("csrf_token", "key")},
        fields | {"version": "twelve", "seen": "twelve"},
        fields | {"version": "9" * 30},
    ]
    for each in sent:
        answer = browser.post(address, data={key: value for key, value in each.items() if value is not None})
        assert answer.status_code in (*taken, 409, 422), (name, answer.status_code)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_its_key_is_asked_to_be_pressed_again(name: str, opened: Opened) -> None:
    browser, address, fields = opened(name)
    answer = browser.post(address, data=fields | {"key": ""})
    assert answer.status_code == 422
    assert "not whole when it was sent" in words_of(answer.get_data(as_text=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_its_token_keeps_the_words_and_asks_again(name: str, opened: Opened) -> None:
    browser, address, fields = opened(name)
    kept = next((each for each in boxes(fields) if each in ("words", "to", "proof", "p1-text", "opening", "on", "record", "reasons", "reference", "name", "why", "because", "source", "pay_within")), None)
    assert kept
    for token in ("", "made.up"):
        answer = browser.post(address, data=fields | {"csrf_token": token, kept: "12 May 2026"})
        assert answer.status_code == 400
        assert "This page had been open for a long time" in words_of(answer.get_data(as_text=True))
        assert "12 May 2026" in answer.get_data(as_text=True)


def test_an_empty_triage_says_what_to_choose_beside_each_box(opened: Opened) -> None:
    browser, address, fields = opened("triage")
    answer = browser.post(address, data={key: value for key, value in fields.items() if key in ("csrf_token", "key", "version")})
    text = words_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "4 things to sort out" in text and text.startswith("Error: ")
    for said in ("Choose how complex it is", "Choose how vulnerable the person is", "Choose how great the risk is"):
        assert text.count(said) == 2


def test_giving_it_to_nobody_says_what_was_not_chosen(opened: Opened) -> None:
    browser, address, fields = opened("assign")
    answer = browser.post(address, data={key: value for key, value in fields.items() if key in ("csrf_token", "key", "version")})
    text = words_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "Choose who answers" in text and "Choose whether they have an interest in it" in text


def test_what_is_too_long_is_told_beside_its_box_and_kept(opened: Opened) -> None:
    browser, address, fields = opened("acknowledge")
    answer = browser.post(address, data=fields | {"p1-text": "y" * 20_001})
    assert answer.status_code == 422
    assert "1 letter too long" in words_of(answer.get_data(as_text=True)) and "y" * 20_001 in answer.get_data(as_text=True)


def test_a_wrong_date_and_a_wrong_amount_are_told_and_kept_while_writing(opened: Opened) -> None:
    browser, address, fields = opened("answer")
    answer = browser.post(address, data=fields | {"a1-due_on": "31 June", "p1-pounds1": "lots", "then": "read"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Write the date like 12 June 2026" in words_of(text) and "Write the amount in pounds" in words_of(text)
    assert 'value="31 June"' in text and 'value="lots"' in text


def test_a_page_that_is_not_there_is_not_there(opened: Opened) -> None:
    browser, address, _fields = opened("action")
    for gone in ("/staff/danger/999", f"/staff/danger/{'9' * 30}", f"{address.rsplit('/', 1)[0]}/999", f"{address.rsplit('/', 2)[0]}/danger/999"):
        assert browser.get(gone).status_code in (404, 405)


@pytest.mark.parametrize("asked", ["actions?owner=%00", "actions?service=%00&after=%00", "?service=a%00b&after=%00&with=%00"])
def test_a_nul_in_an_address_is_left_out(town: Town, signed_in: SignIn, asked: str) -> None:
    assert signed_in(Role.MANAGER).get(f"/staff/{asked}").status_code == 200
