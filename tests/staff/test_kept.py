"""What makes it easier for somebody is kept to: in the form of every letter, and beside every press that reaches them (5.10)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from portal import clock
from portal.access import MACHINE, Role
from portal.complaints import operations
from portal.complaints.caring import print_size
from portal.complaints.models import Complaint
from portal.complaints.papers import Contact
from portal.complaints.people import Adjustment
from portal.complaints.recording import deadlines_of
from portal.complaints.references import new_code
from portal.complaints.verify import first_fault
from portal.complaints.wishes import EASIER
from portal.letters.paper import braille
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_resident
from tests.staff.conftest import SignIn
from tests.town import ACKNOWLEDGING, Town

MONDAY, TUESDAY, FRIDAY = date(2026, 5, 11), date(2026, 5, 12), date(2026, 5, 15)
BY_POST = {"channels": ["post"], "post": "14 Quarry Bank\nThornby"}
BY_EMAIL = {"channels": ["email"], "email": "s.haddad@mail.example"}
BY_PHONE = {"channels": ["phone", "post"], "phone": "01632 960111", "post": "14 Quarry Bank", "voicemail": "yes", "say_who": "yes"}
RANG: dict[str, Any] = {
    "kind": "call", "direction": "out", "on": "15 May 2026", "who": "Samira Haddad", "accompanied": "", "words": "She is at home on Friday.", "shown": "yes",
}  # fmt: skip


def asks(town: Town, *kinds: str, safe: dict[str, Any] | None = None, words: str = "", **wish: Any) -> Complaint:
    """Somebody complains on Monday, asks for this, and is matched."""
    with clock.at(MONDAY):
        made = town.complains(code=new_code(), adjustments={"kinds": list(kinds), "words": words, "span": "always", **wish}, safe_contact=safe or BY_POST)
        with town.writing():
            operations.match_person(made, by=town.viewer(Role.TRIAGE), person=None, landlord_record=f"T{made.id}")
    return made


def acknowledged(town: Town, complaint: Complaint) -> Any:
    """The acknowledgement is written on Tuesday, and waits to go."""
    with clock.at(TUESDAY):
        town.given_to(complaint)
        town.triaged(complaint)
        with town.writing():
            return operations.acknowledge(complaint, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))


def at(complaint: Complaint, then: str = "") -> str:
    return f"/staff/complaints/{complaint.reference}{then}"


def met_on(town: Town, complaint: Complaint) -> date | None:
    town.register.rollback()
    town.register.expire_all()
    return next(one.met_on for one in deadlines_of(complaint) if one.step is Step.ACKNOWLEDGED)


def overridden(complaint: Complaint) -> list[dict[str, Any]]:
    return [dict(one.details) for one in complaint.happenings if one.step is Step.ADJUSTMENT_OVERRIDDEN]


def forms(letter: Any) -> Any:
    return [(issue.channel, issue.form, issue.usable) for issue in letter.issues]


def test_ruling_14_a_posted_letter_is_made_in_the_large_print_they_asked_for(town: Town, signed_in: SignIn) -> None:
    complaint = asks(town, "large_print", print_size="24 point")
    letter = acknowledged(town, complaint)
    assert forms(letter) == [("post", "large_print", True)]
    with clock.at(FRIDAY):
        lewis = signed_in(Role.TRIAGE)
        assert "large-print-24" in lewis.page(at(complaint, "/letters/2")).find("body").get("class")
        assert "Large print is 24 point for them." in words_of(lewis.page(at(complaint, "/letters/2/posted")))
        answer = lewis.send(at(complaint, "/letters/2/posted"), {})
        assert answer.status_code == 422 and 'id="as_asked-error"' in answer.get_data(as_text=True)
        assert lewis.send(at(complaint, "/letters/2/posted"), {"as_asked": "yes"}).status_code == 303
        assert met_on(town, complaint) == FRIDAY and not overridden(complaint)


def test_ruling_14_on_ordinary_paper_it_has_gone_and_counts_as_nothing_that_they_can_use(town: Town, signed_in: SignIn, client: CheckingClient) -> None:
    complaint = asks(town, "large_print")
    acknowledged(town, complaint)
    with clock.at(FRIDAY):
        lewis, url = signed_in(Role.TRIAGE), at(complaint, "/letters/2/posted")
        answer = lewis.send(url, {"as_asked": "no", "why_not": " "})
        assert answer.status_code == 422 and 'id="why_not-error"' in answer.get_data(as_text=True)
        assert lewis.send(url, {"as_asked": "no", "why_not": "CANARY The large printer is broken."}).status_code == 303
        assert met_on(town, complaint) is None
        assert [(said["way"], said["letter"]) for said in overridden(complaint)] == [("post", 2)]
        assert first_fault(town.register) is None
        town.register.rollback()
        page = words_of(lewis.page(at(complaint)))
        assert "Send it again, in a form they can use, by Tuesday 19 May: The stage 1 acknowledgement" in page
        assert "They asked for: Letters in large print. Why: CANARY The large printer is broken." in page
        let_in_resident(client, town.register, complaint)
        theirs = words_of(client.page("/your-complaint"))
        assert "We did not do this as you asked, and we are sorry: Letters in large print." in theirs and "CANARY" in theirs
        assert lewis.send(at(complaint, "/letters/2/again"), {"way": "large_print"}).status_code == 303
        assert lewis.send(url, {"as_asked": "yes"}).status_code == 303
        assert met_on(town, complaint) == FRIDAY


@pytest.mark.parametrize("kind", ["easy_read", "other_format", "language", "sign_language"])
def test_rulings_14_51_what_we_cannot_make_goes_on_time_and_counts_from_the_copy_that_was_made(kind: str, town: Town, signed_in: SignIn) -> None:
    complaint = asks(town, kind)
    letter = acknowledged(town, complaint)
    assert forms(letter) == [("post", None, False), ("post", "other_format", True)]
    plain, made = (str(issue.id) for issue in letter.issues)
    with clock.at(TUESDAY):
        lewis, url = signed_in(Role.TRIAGE), at(complaint, "/letters/2/posted")
        answer = lewis.send(url, {})
        assert answer.status_code == 422 and 'id="copy-error"' in answer.get_data(as_text=True)
        assert lewis.send(url, {"copy": plain}).status_code == 303
        assert met_on(town, complaint) is None, "it has gone, in a form they cannot use"
    with clock.at(date(2026, 5, 20)):
        assert signed_in(Role.TRIAGE).send(at(complaint, "/letters/2/posted"), {"as_asked": "yes"}).status_code == 303
        assert met_on(town, complaint) == date(2026, 5, 20), "the gap shows as late"
    assert made and not overridden(complaint)


def test_ruling_14_where_post_is_not_safe_it_is_owed_until_it_was_gone_through_with_them(town: Town, signed_in: SignIn) -> None:
    complaint = asks(town, "speak_to_me", safe=BY_PHONE | BY_EMAIL | {"channels": ["email", "phone"]})
    letter = town.acknowledged(complaint, on=TUESDAY)
    assert forms(letter) == [("email", None, False)] and met_on(town, complaint) is None
    with clock.at(FRIDAY):
        handler = signed_in(Role.HANDLER)
        assert "Send it again, in a form they can use, by Tuesday 19 May: The stage 1 acknowledgement" in words_of(handler.page(at(complaint)))
        assert handler.send(at(complaint, "/letters/2/again"), {"way": "read_out"}).status_code == 303
        assert met_on(town, complaint) == FRIDAY


@pytest.mark.parametrize("posted", [False, True])
def test_ruling_14_what_could_only_be_posted_and_may_not_be_is_a_task_with_a_date_that_says_what_to_do(posted: bool, town: Town, signed_in: SignIn) -> None:
    complaint = asks(town, "other_format", safe=BY_POST | BY_EMAIL | {"channels": ["email", *(["post"] if posted else [])]})
    letter = acknowledged(town, complaint)
    assert forms(letter) == [("email", None, False), *([("post", None, False), ("post", "other_format", True)] if posted else [])]
    with clock.at(TUESDAY), town.writing():
        operations.mark_issued(complaint, letter.issues[0], by=MACHINE)
        complaint.resident.person.safe_contact = BY_EMAIL
    town.register.rollback()
    with clock.at(FRIDAY):
        page = words_of(signed_in(Role.HANDLER).page(at(complaint)))
        assert "post is not safe for them. Ask them what else they can use, or go through it with them, by Tuesday 19 May: The stage 1 acknowledgement" in page
        assert "Have it made in the form" not in page


def test_a_receipt_goes_as_it_can_be_made_and_is_owed_in_no_other_form(town: Town) -> None:
    complaint = asks(town, "other_format", "language")
    assert forms(complaint.letters[0]) == [("post", None, True)]


def test_what_was_declined_binds_nobody_and_what_was_for_another_complaint_stays_there(town: Town) -> None:
    complaint = asks(town, "other_format")
    with clock.at(MONDAY), town.writing():
        operations.decide_adjustment(complaint, complaint.resident.person.adjustments[0], by=town.viewer(Role.HANDLER), agreed=False, words="We cannot.")
    assert forms(acknowledged(town, complaint))[0] == ("post", None, True)
    other = asks(town, "other_format", span="this")
    with town.writing():
        other.resident.person.adjustments[0].complaint_id = complaint.id
    assert forms(acknowledged(town, other))[0] == ("post", None, True)


@pytest.mark.parametrize(("size", "points"), [("18 point", 18), ("20", 20), ("size 28 please", 28), ("36 point", None), ("", 18), ("big", 18), ("14", 16), ("1850", 18)])
def test_large_print_is_as_large_as_they_asked(size: str, points: int | None, town: Town) -> None:
    complaint = asks(town, "large_print", print_size=size)
    assert print_size(complaint.resident) == points
    made: list[Any] = [("post", "large_print", True)] if points else [("post", None, False), ("post", "other_format", True)]
    assert forms(acknowledged(town, complaint)) == made


def test_5_10_a_call_of_ours_says_what_it_kept_to_or_why_it_did_not(town: Town, signed_in: SignIn, client: CheckingClient) -> None:
    complaint = asks(town, "language", "time_of_day", "knock", safe=BY_PHONE)
    with clock.at(FRIDAY):
        handler, url = signed_in(Role.HANDLER), at(complaint, "/contacts")
        answer = handler.send(url, RANG | {"kept": ["language"], "why_not": ""})
        said = words_of(answer.get_data(as_text=True))
        assert answer.status_code == 422 and "They asked for: Ring or visit at a certain time of day. Tick it if it was kept to." in said
        assert RANG["words"] in said and "Help in another language. Tick it" not in said
        assert town.register.query(Contact).count() == 0
        assert handler.send(url, RANG | {"kept": ["language", "time_of_day"]}).status_code == 303, "nobody knocks on a telephone"
        assert not overridden(complaint)
        town.register.rollback()
        assert handler.send(url, RANG | {"kept": ["language"], "why_not": "CANARY It could not wait."}).status_code == 303
        town.register.rollback()
        assert [said["way"] for said in overridden(complaint)] == ["call"]
        assert "CANARY It could not wait." in words_of(handler.page(at(complaint)))
        let_in_resident(client, town.register, complaint)
        assert "We did not do this as you asked, and we are sorry: Ring or visit at a certain time of day." in words_of(client.page("/your-complaint"))
        assert "Not as they asked" in words_of(signed_in(Role.MANAGER).page("/staff/figures"))
        row = next(line for line in signed_in(Role.MANAGER).get("/staff/figures.csv").get_data(as_text=True).splitlines() if line.startswith("2026-05"))
        assert row.endswith(",under 5"), "one, which a file does not say"


def test_5_10_a_call_to_somebody_who_asked_us_to_write_needs_a_reason_whatever_is_ticked(town: Town, signed_in: SignIn) -> None:
    complaint = asks(town, "write_to_me", safe=BY_PHONE)
    with clock.at(FRIDAY):
        handler, url = signed_in(Role.HANDLER), at(complaint, "/contacts")
        answer = handler.send(url, RANG)
        assert answer.status_code == 422 and "They asked us to write to them instead of speaking." in words_of(answer.get_data(as_text=True))
        assert handler.send(url, RANG | {"direction": "in"}).status_code == 303, "they rang us"
        assert handler.send(url, RANG | {"kept": ["not_them"], "who": "The roofer"}).status_code == 303, "that was not with them"
        assert handler.send(url, RANG | {"kind": "letter"}).status_code == 303, "a letter is what they asked for"
        assert not overridden(complaint)
        assert handler.send(url, RANG | {"kept": ["write_to_me"]}).status_code == 422, "nobody can tick what is not to be"


def test_what_was_not_safe_is_told_to_staff_and_never_on_a_page_that_others_may_see(town: Town, signed_in: SignIn, client: CheckingClient) -> None:
    complaint = asks(town, "time_of_day", safe=BY_EMAIL)
    with clock.at(FRIDAY):
        handler, url = signed_in(Role.HANDLER), at(complaint, "/contacts")
        answer = handler.send(url, RANG | {"kept": ["time_of_day"]})
        assert answer.status_code == 422 and "They did not say that it is safe to ring." in words_of(answer.get_data(as_text=True))
        assert handler.send(url, RANG | {"why_not": "CANARY No other way was left."}).status_code == 303
        town.register.rollback()
        assert "They did not say that it is safe to ring." in words_of(handler.page(at(complaint)))
        let_in_resident(client, town.register, complaint)
        theirs = words_of(client.page("/your-complaint"))
        assert "CANARY" not in theirs and "as you asked" not in theirs


def test_decision_16_no_event_holds_what_was_not_kept_or_why_and_on_disk_it_is_sealed(town: Town, signed_in: SignIn) -> None:
    complaint = asks(town, "sign_language", safe=BY_PHONE)
    with clock.at(FRIDAY):
        signed_in(Role.HANDLER).send(at(complaint, "/contacts"), RANG | {"why_not": "CANARY No interpreter was free."})
    town.register.rollback()
    (said,) = overridden(complaint)
    assert set(said) == {"override", "way", "reason", "contact"}
    kept: Any = town.register.execute(text("SELECT said FROM care_override")).scalar_one()
    words: Any = town.register.execute(text("SELECT words FROM event_words")).scalars().all()
    assert b"CANARY" not in kept and b"sign_language" not in kept and not any("CANARY" in str(one) for one in words)
    assert first_fault(town.register) is None


def test_no_operation_lets_anything_by_that_the_form_would_stop(town: Town) -> None:
    complaint = asks(town, "knock")
    for kept, why in (((), ""), ((), " "), (("language",), "")):
        with clock.at(FRIDAY), pytest.raises(RuleBroken, match="They asked for something that this does not keep to"), town.writing():
            operations.record_contact(
                complaint, by=town.viewer(Role.HANDLER), kind="visit", incoming=False, who="Them", words="We saw it.", on=FRIDAY, kept=kept, why_not=why,
            )  # fmt: skip
    with clock.at(FRIDAY), town.writing():
        operations.record_contact(
            complaint, by=town.viewer(Role.HANDLER), kind="visit", incoming=False, who="Them", words="We saw it.", on=FRIDAY, kept=("knock",),
        )  # fmt: skip
    assert not overridden(complaint)


SENT = 0


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    wishes=st.sets(st.sampled_from(sorted(EASIER)), max_size=4), channels=st.sets(st.sampled_from(["email", "phone", "post"]), min_size=1),
    size=st.sampled_from(["", "18", "24 point", "40"]), decision=st.sampled_from(["asked", "agreed", "declined"]),
)  # fmt: skip
def test_item_60_no_letter_leaves_in_a_form_or_a_way_that_somebody_cannot_use_and_counts(
    town: Town, wishes: set[str], channels: set[str], size: str, decision: str
) -> None:
    """Whatever somebody asked for and however they are reached: no way but theirs, and a letter is met by what they can use alone."""
    wishes = wishes | ({"large_print"} if size else set())
    safe = {"channels": sorted(channels), "email": "s@mail.example", "phone": "01632 960111", "post": "14 Quarry Bank"}
    complaint = asks(town, *sorted(wishes), safe=safe, print_size=size)
    with town.writing():
        for one in town.register.query(Adjustment).filter_by(person_id=complaint.resident.person_id):
            one.decision = decision
    letter = town.acknowledged(complaint, on=TUESDAY)
    asked = wishes if decision != "declined" else set()
    ways = {issue.channel for issue in letter.issues}
    assert ways <= channels or ways == {"page"}, "a way that nobody said is safe"
    for issue in letter.issues:
        reads = {"easy_read", "other_format", "language", "sign_language"} & asked and issue.form != "other_format"
        large = issue.channel == "post" and "large_print" in asked and issue.form not in (("other_format",) if size == "40" else ("large_print", "other_format"))
        dots = "braille" in asked and issue.form != "other_format" and not (issue.form == "file" and braille.program())
        plain = "plain_text" in asked and issue.channel != "post" and issue.form != "file"
        assert issue.usable is not bool(reads or large or dots or plain or "speak_to_me" in asked), (issue.channel, issue.form, asked)
    assert (met_on(town, complaint) == TUESDAY) is any(issue.usable for issue in letter.issues)
