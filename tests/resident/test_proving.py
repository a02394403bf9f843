"""What matters most is done by nobody with one mailbox alone: they show once more that it is them, and are asked once (S10, A5, C7)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import Engine, func, select
from werkzeug.test import TestResponse

from portal import accounts, clock, codes, db, web
from portal.access import NEEDS_PROOF, Do, Role
from portal.complaints import operations
from portal.complaints.issues import issues_of
from portal.complaints.models import Complaint
from portal.complaints.people import Visit
from portal.complaints.record import Event
from portal.post.reminders import remind
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_party, let_in_staff
from tests.resident.journeys import code_on, signs_in
from tests.resident.posted import Posted
from tests.resident.test_codes import other
from tests.town import CODE, Town

CASE, PROVE, CONTACT, WITHDRAW, GET_CODE = "/your-complaint", "/your-complaint/prove", "/your-complaint/contact", "/your-complaint/withdraw", "/your-complaint/code"
BOTH_WAYS = {"channels": ["email", "phone"], "email": "samira@example.org", "phone": "01632 960111", "times": "", "voicemail": "yes", "say_who": "yes"}
BY_EMAIL = {"channels": ["email"], "email": "samira@example.org"}
NOON = datetime(2026, 6, 15, 11, tzinfo=UTC)

RISKY = {"resident.contact": CONTACT, "resident.withdraw": WITHDRAW, "resident.code": GET_CODE, "resident.all_of_it_file": "/your-complaint/everything/file"}
"""Every address at which something is done that matters most: written by hand, and compared with what the portal says."""

ONLY_READ = ("resident.all_of_it_file",)
"""What is asked for and never sent."""

NEVER_RISKY = (Do.END_AUTHORITY, Do.WRITE_TO_US, Do.ASK_STAGE_2, Do.TAKE_UP, Do.SIGN_OUT, Do.FOLLOW, Do.SAY_UNUSABLE, Do.PROVE)
"""What has to stay open to whoever can come in at all."""


def by_mail(client: CheckingClient, town: Town, posted: Posted, complaint: Complaint) -> None:
    """Somebody reads the resident's mail, and comes in by that alone."""
    reference = complaint.reference
    town.register.rollback()
    client.send("/follow/ask", {"reference": reference})
    assert client.send("/follow/code", {"code": posted.code}).location == CASE


def types(client: CheckingClient, code: str, then: str = "contact") -> TestResponse:
    """Type a code on the page that asks for proof."""
    return client.send(f"{PROVE}?then={then}", {"code": code})


def words(answer: TestResponse) -> str:
    """What a page says."""
    return words_of(answer.get_data(as_text=True))


def state(town: Town) -> Any:
    """All of the record, and how everybody is reached and comes in."""
    town.register.rollback()
    party = town.register.scalars(select(Complaint).order_by(Complaint.id)).first().resident  # type: ignore[union-attr]
    found = town.register.scalar(select(func.count(Event.number))), party.contact, party.code_lookup
    town.register.rollback()
    return found


def test_s10_the_list_of_what_needs_proof_is_the_one_written_here(app: Flask) -> None:
    assert {endpoint for endpoint, do in web.DECLARED.items() if do in NEEDS_PROOF} == set(RISKY)
    assert not NEEDS_PROOF & set(NEVER_RISKY)


@pytest.mark.parametrize("endpoint", RISKY)
def test_s10_a5_none_of_it_is_shown_or_done_to_whoever_reads_one_mailbox(client: CheckingClient, town: Town, posted: Posted, endpoint: str) -> None:
    complaint = town.complains(safe_contact=BY_EMAIL)
    if endpoint == "resident.code":
        with town.writing():
            complaint.resident.code_lookup = None
    by_mail(client, town, posted, complaint)
    before, url = state(town), RISKY[endpoint]
    assert client.get(url).location == f"{PROVE}?then={endpoint.removeprefix('resident.')}"
    token = form_values(pick_form(client.page("/your-complaint/messages"), 0))
    sent = {"csrf_token": token["csrf_token"], "key": token["key"], "channels": ["email"], "email": "thief@example.org", "tell_old": "no"}
    assert endpoint in ONLY_READ or client.post(url, data=sent).location.startswith(PROVE)
    assert state(town) == before
    assert "First show us that it is you" in words_of(client.page(url))


@pytest.mark.parametrize("endpoint", ["resident.contact", "resident.withdraw"])
def test_s10_each_of_it_is_open_to_whoever_shows_the_access_code(client: CheckingClient, town: Town, posted: Posted, endpoint: str) -> None:
    by_mail(client, town, posted, town.complains(safe_contact=BY_EMAIL))
    url = RISKY[endpoint]
    asked = client.get(url).location
    assert client.send(asked, {"code": f" {CODE.lower()} "}).location == url
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("how", [accounts.BY_ACCESS_CODE, accounts.BY_SENDING])
def test_whoever_has_shown_the_access_code_at_the_door_is_not_asked_again(client: CheckingClient, town: Town, how: str) -> None:
    let_in_party(client, town.register, town.complains().resident, how=how)
    for url in (CONTACT, WITHDRAW):
        assert client.get(url).status_code == 200
    assert client.get(f"{PROVE}?then=contact").location == CONTACT


def test_they_are_asked_once_in_a_visit_and_again_in_the_next(client: CheckingClient, town: Town, posted: Posted) -> None:
    complaint = town.complains(safe_contact=BY_EMAIL)
    by_mail(client, town, posted, complaint)
    types(client, CODE)
    for _ in range(2):
        assert (client.get(CONTACT).status_code, client.get(WITHDRAW).status_code) == (200, 200)
    client.post("/sign-out")
    by_mail(client, town, posted, complaint)
    assert client.get(CONTACT).location.startswith(PROVE)


def test_a_code_by_the_other_way_shows_it_too(client: CheckingClient, town: Town, posted: Posted) -> None:
    by_mail(client, town, posted, town.complains(safe_contact=BOTH_WAYS))
    page = words_of(client.page(f"{PROVE}?then=withdraw"))
    assert "With a code by text message" in page and "ends in 11" in page and "960111" not in page
    assert client.send(f"{PROVE}?then=withdraw", form="send").location == f"{PROVE}?then=withdraw"
    assert "We have sent a code." in words_of(client.page(f"{PROVE}?then=withdraw"))
    sent = posted.code_by_text
    assert "give it to nobody" in posted.texts[-1].words and posted.texts[-1].to == "01632 960111"
    assert types(client, sent, "withdraw").location == WITHDRAW
    assert client.get(WITHDRAW).status_code == 200


def test_whoever_came_in_by_text_message_gets_it_by_email_without_a_link(client: CheckingClient, town: Town, posted: Posted) -> None:
    let_in_party(client, town.register, town.complains(safe_contact=BOTH_WAYS).resident, how=accounts.BY_TEXT)
    client.send(f"{PROVE}?then=contact", form="send")
    code = posted.code
    assert "/follow/code" not in posted.mails[-1].get_content() and "It shows that it is you" in posted.mails[-1].get_content()
    assert types(client, code).location == CONTACT


WAYS: dict[str, tuple[dict[str, Any], str, bool]] = {
    "by mail, and texts are safe": (BOTH_WAYS, accounts.BY_EMAIL, True),
    "by mail, and there is no phone": (BY_EMAIL, accounts.BY_EMAIL, False),
    "by mail, and a voicemail is not safe": (BOTH_WAYS | {"voicemail": "no"}, accounts.BY_EMAIL, False),
    "by mail, and others may answer": (BOTH_WAYS | {"say_who": "no"}, accounts.BY_EMAIL, False),
    "by text, and mail is safe": (BOTH_WAYS, accounts.BY_TEXT, True),
    "by text, and mail is not": (BOTH_WAYS | {"channels": ["phone"]}, accounts.BY_TEXT, False),
}


@pytest.mark.parametrize("case", WAYS)
def test_a_second_way_is_offered_only_where_it_is_safe_and_another_and_words_always(client: CheckingClient, town: Town, posted: Posted, case: str) -> None:
    safe, how, offered = WAYS[case]
    let_in_party(client, town.register, town.complains(safe_contact=safe).resident, how=how)
    page = words_of(client.page(f"{PROVE}?then=contact"))
    assert ("Send me a code" in page) is offered
    assert "Your access code" in page and "You can also ring us" in page
    token = form_values(pick_form(client.page(PROVE), 0))
    client.post(f"{PROVE}/send", data={"csrf_token": token["csrf_token"], "key": token["key"]})
    assert bool(posted.goes()) is offered or posted.goes() == []


def test_where_no_text_messages_go_none_is_offered(client: CheckingClient, town: Town) -> None:
    let_in_party(client, town.register, town.complains(safe_contact=BOTH_WAYS).resident, how=accounts.BY_EMAIL)
    assert "Send me a code" not in words_of(client.page(PROVE))


def test_the_code_they_came_in_with_and_anothers_access_code_show_nothing(client: CheckingClient, app: Flask, town: Town, posted: Posted) -> None:
    complaint = town.complains(safe_contact=BOTH_WAYS)
    town.complains(code="B" * 24)
    by_mail(client, town, posted, complaint)
    used = posted.code
    client.send("/follow/ask", {"reference": _reference(complaint, town)})
    for code in (used, posted.code, "B" * 24, "12345678", "nonsense", ""):
        answer = types(client, code)
        assert answer.status_code == 422, code
    assert client.get(CONTACT).location.startswith(PROVE)


def _reference(complaint: Complaint, town: Town) -> str:
    found = complaint.reference
    town.register.rollback()
    return found


def test_a_code_that_shows_it_opens_no_complaint(client: CheckingClient, app: Flask, town: Town, posted: Posted) -> None:
    complaint = town.complains(safe_contact=BOTH_WAYS)
    by_mail(client, town, posted, complaint)
    client.send(PROVE, form="send")
    shows = posted.code_by_text
    thief = other(app)
    thief.send("/follow/ask", {"reference": _reference(complaint, town)})
    assert thief.send("/follow/code", {"code": shows}).status_code == 422


def test_s2_it_takes_five_tries_and_not_one_more(client: CheckingClient, town: Town, posted: Posted) -> None:
    by_mail(client, town, posted, town.complains(safe_contact=BOTH_WAYS))
    client.send(PROVE, form="send")
    code = posted.code_by_text
    for _ in range(codes.LIMITS.tries):
        assert types(client, "00000001").status_code == 422
    assert types(client, code).status_code == 422
    assert types(client, CODE).location == CONTACT


def test_s4_it_is_counted_with_every_other_code_and_the_page_says_when_none_went(client: CheckingClient, town: Town, posted: Posted) -> None:
    by_mail(client, town, posted, town.complains(safe_contact=BOTH_WAYS))
    for _ in range(codes.LIMITS.sent_an_hour + 2):
        client.send(PROVE, form="send")
    assert len([each for each in posted.goes() if each[1] == "text"]) == codes.LIMITS.sent_an_hour
    assert "We sent no code" in words_of(client.page(PROVE))


def test_s7_the_cookie_from_before_is_no_cookie_of_afterwards(client: CheckingClient, town: Town, posted: Posted) -> None:
    by_mail(client, town, posted, town.complains(safe_contact=BY_EMAIL))
    planted = client.get_cookie("portal")
    types(client, CODE)
    assert client.get(CONTACT).status_code == 200
    assert planted
    client.set_cookie("portal", planted.value)
    assert client.get(CASE).location == "/follow"


def test_s8_a_code_that_shows_it_lives_a_quarter_of_an_hour(client: CheckingClient, town: Town, posted: Posted) -> None:
    for later, works in ((timedelta(minutes=14), True), (timedelta(minutes=15), False)):
        with clock.at(NOON):
            let_in_party(client, town.register, town.complains(safe_contact=BOTH_WAYS, code=f"CODE{works}").resident, how=accounts.BY_EMAIL)
            client.send(PROVE, form="send")
            code = posted.code_by_text
        with clock.at(NOON + later):
            assert (types(client, code).status_code == 303) is works


GOES: dict[str, str] = {
    "contact": CONTACT, "withdraw": WITHDRAW, "": CASE, "messages": CASE, "end_authority": CASE, "https://example.org": CASE, "//example.org": CASE, "../staff": CASE,
    "file": CASE, "x" * 3_000: CASE,
}


@pytest.mark.parametrize("then", GOES)
def test_n4_the_way_on_leads_only_to_what_needs_proof(client: CheckingClient, town: Town, then: str) -> None:
    let_in_party(client, town.register, town.complains().resident, how=accounts.BY_EMAIL)
    page = client.get(PROVE, query_string={"then": then}).get_data(as_text=True)
    form = pick_form(html.document_fromstring(page), 0)
    assert client.post(form.get("action"), data=form_values(form) | {"code": CODE}).location == GOES[then]


def test_a_visit_without_a_way_in_written_down_has_shown_nothing(client: CheckingClient, town: Town) -> None:
    signs_in_as(client, town, None)
    assert client.get(CONTACT).location.startswith(PROVE)


def signs_in_as(client: CheckingClient, town: Town, how: str | None) -> None:
    """A visit of which it is not known how it began."""
    let_in_party(client, town.register, town.complains().resident)
    with town.writing():
        town.register.scalars(select(Visit)).one().how = how


ALWAYS: dict[str, Callable[[CheckingClient], TestResponse]] = {
    "write to us": lambda client: client.send("/your-complaint/messages", {"words": "Hello."}),
    "sign out": lambda client: client.post("/sign-out"),
}


@pytest.mark.parametrize("what", ALWAYS)
def test_what_keeps_people_safe_asks_for_nothing(client: CheckingClient, town: Town, posted: Posted, what: str) -> None:
    by_mail(client, town, posted, town.complains(safe_contact=BY_EMAIL))
    answer = ALWAYS[what](client)
    assert answer.status_code == 303 and not answer.location.startswith(PROVE)


def test_whoever_shows_it_gets_the_first_access_code_of_a_complaint_that_has_none(client: CheckingClient, town: Town, posted: Posted) -> None:
    complaint = town.complains(safe_contact=BOTH_WAYS)
    with town.writing():
        complaint.resident.code_lookup = None
    by_mail(client, town, posted, complaint)
    client.send(f"{PROVE}?then=code", form="send")
    assert types(client, posted.code_by_text, "code").location == GET_CODE
    made = code_on(client.send(GET_CODE).get_data(as_text=True))
    client.post("/sign-out")
    assert signs_in(client, made).location == CASE


PERSON = "/staff/complaints/{}/person"
RING = {"channels": ["email", "phone"], "email": "samira@example.org", "phone": "01632 960111", "times": "Before noon", "voicemail": "no", "say_who": "no"}


KEPT = ["times", "no_voicemail", "say_nothing"]
RANG = {"came": "out", "kept": KEPT}


def at_work(app: Flask, town: Town, complaint: Complaint) -> CheckingClient:
    """The browser of a handler who has read today how it is safe to reach them."""
    let_in_staff(made := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
    url = PERSON.format(_reference(complaint, town)).replace("/person", "/safety")
    assert made.send(url, {"how": "I ring before noon, and say nothing of us."}).status_code == 303
    return made


def test_whoever_has_neither_is_rung_and_types_what_was_read_to_them(client: CheckingClient, app: Flask, town: Town, posted: Posted) -> None:
    complaint = town.complains(safe_contact=RING)
    staff = at_work(app, town, complaint)
    by_mail(client, town, posted, complaint)
    assert client.send(f"{PROVE}?then=contact", form="call").location == f"{PROVE}?then=contact"
    assert "You asked us to ring you." in words_of(client.page(f"{PROVE}?then=contact"))
    page = staff.page("/staff/from-residents")
    assert "Ring Samira Haddad, and make sure that it is them" in words_of(page)
    url = PERSON.format(_reference(complaint, town))
    said = words_of(staff.page(url))
    assert "They asked us to ring them, and we said by" in said and "01632 960111" in said and "Before noon" in said
    answer = staff.send(url, RANG | {"them": "yes", "words": "She knew the day of the last visit."})
    numbers = "".join(found for found in re.findall(r"<bdi>(\d\d)</bdi>", answer.get_data(as_text=True)))
    assert len(numbers) == 8
    assert "Nobody waits for a reply." in words_of(staff.page("/staff/from-residents"))
    assert types(client, numbers).location == CONTACT
    client.post("/sign-out")
    by_mail(client, town, posted, complaint)
    assert types(client, numbers).status_code == 422, "It counts once."
    kept = [(each.words, each.shown_to_resident) for each in complaint.contacts]
    assert kept == [("She knew the day of the last visit.", False)]
    town.register.rollback()


def test_what_was_read_out_lives_a_day_and_opens_nothing_by_itself(client: CheckingClient, app: Flask, town: Town, posted: Posted) -> None:
    for hours, works in ((23, True), (24, False)):
        with clock.at(NOON):
            complaint = town.complains(safe_contact=RING, code=f"CODE{hours}")
            numbers = read_out(app, town, complaint)
        with clock.at(NOON + timedelta(hours=hours)):
            thief = other(app)
            thief.send("/follow/ask", {"reference": _reference(complaint, town)})
            assert thief.send("/follow/code", {"code": numbers}).status_code == 422
            let_in_party(client, town.register, complaint.resident, how=accounts.BY_EMAIL)
            assert (types(client, numbers).status_code == 303) is works


def read_out(app: Flask, town: Town, complaint: Complaint) -> str:
    """Staff made sure that it is them, and read them these numbers."""
    answer = at_work(app, town, complaint).send(PERSON.format(_reference(complaint, town)), {"came": "in", "them": "yes", "words": "She was here, with her passport."})
    return "".join(re.findall(r"<bdi>(\d\d)</bdi>", answer.get_data(as_text=True)))


def test_numbers_read_to_one_resident_show_nothing_for_another(client: CheckingClient, app: Flask, town: Town) -> None:
    numbers = read_out(app, town, town.complains(safe_contact=RING))
    let_in_party(client, town.register, town.complains(safe_contact=RING, code="B" * 24).resident, how=accounts.BY_EMAIL)
    assert types(client, numbers).status_code == 422


def test_a5_where_it_was_not_them_whoever_came_in_as_them_is_out_and_nothing_is_read(client: CheckingClient, app: Flask, town: Town, posted: Posted) -> None:
    complaint = town.complains(safe_contact=RING)
    staff = at_work(app, town, complaint)
    by_mail(client, town, posted, complaint)
    client.send(PROVE, form="call")
    answer = staff.send(PERSON.format(_reference(complaint, town)), RANG | {"them": "no", "words": "She asked for nothing."})
    assert answer.status_code == 303
    assert client.get(CASE).location == "/follow"
    assert "Nobody waits for a reply." in words_of(staff.page("/staff/from-residents"))


def test_a_call_that_is_waited_for_is_asked_for_once_and_another_contact_does_not_end_it(client: CheckingClient, town: Town) -> None:
    complaint = town.complains(safe_contact=RING)
    let_in_party(client, town.register, complaint.resident, how=accounts.BY_EMAIL)
    token = form_values(pick_form(client.page(PROVE), "call"))
    client.send(PROVE, form="call")
    with town.writing():
        operations.record_contact(complaint, by=town.viewer(Role.HANDLER), kind="call", incoming=False, who="Nobody", words="No answer.", on=clock.today(), kept=KEPT)
    assert "You asked us to ring you." in words_of(client.page(PROVE))
    again = client.post(f"{PROVE}/call", data=token | {"key": "another"})
    assert again.status_code == 422 and "You have asked us to ring you already." in words(again)


@pytest.mark.parametrize(("safe", "offered"), [(RING, True), (BY_EMAIL, False), (RING | {"phone": ""}, False)])
def test_a_call_is_offered_where_ringing_is_safe_and_our_own_number_always(client: CheckingClient, town: Town, safe: dict[str, Any], offered: bool) -> None:
    let_in_party(client, town.register, town.complains(safe_contact=safe).resident, how=accounts.BY_EMAIL)
    page = words_of(client.page(PROVE))
    assert ("Ask us to ring me" in page) is offered and "You can also ring us" in page


@pytest.mark.parametrize(
    "fields", [{"them": "yes", "words": ""}, {"them": "", "words": "She knew."}, {"them": "perhaps", "words": "She knew."}, {"them": "yes", "words": "She knew.", "came": ""},
               {"them": "yes", "words": "She knew.", "kept": ["times"]}]
)  # fmt: skip
def test_staff_say_whether_it_is_them_how_they_know_and_that_they_rang_safely(app: Flask, town: Town, fields: dict[str, Any]) -> None:
    complaint = town.complains(safe_contact=RING)
    answer = at_work(app, town, complaint).send(PERSON.format(_reference(complaint, town)), RANG | fields)
    assert answer.status_code == 422 and "<bdi>" not in answer.get_data(as_text=True).split("numbers")[-1][:200]
    assert complaint.contacts == []
    town.register.rollback()


def test_nobody_is_made_sure_of_who_died(app: Flask, town: Town) -> None:
    complaint = town.complains(safe_contact=RING)
    with town.writing():
        operations.record_death(complaint, clock.today(), by=town.viewer(Role.TRIAGE))
    let_in_staff(staff := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
    assert staff.get(PERSON.format(_reference(complaint, town))).status_code == 404


GIVEN: dict[str, tuple[dict[str, Any], set[str]]] = {
    "mail and texts": (BOTH_WAYS, {"samira@example.org", "01632 960111"}),
    "mail alone": (BY_EMAIL, {"samira@example.org"}),
    "a phone that others answer": (BOTH_WAYS | {"say_who": "no"}, {"samira@example.org"}),
    "post alone": ({"channels": ["post"], "email": "samira@example.org"}, set()),
    "the website alone": ({"channels": ["portal"], "email": "samira@example.org", "phone": "01632 960111"}, set()),
}
"""How somebody is reached, and where they hear that there is a new access code: nowhere that is not safe."""


@pytest.mark.parametrize("by", ["staff", "themselves"])
@pytest.mark.parametrize("case", GIVEN)
def test_s11_a_new_access_code_is_told_of_where_they_can_safely_be_reached(client: CheckingClient, town: Town, posted: Posted, case: str, by: str) -> None:
    safe, told = GIVEN[case]
    complaint = town.complains(safe_contact=safe)
    posted.goes()
    with town.writing():
        if by == "staff":
            made = operations.give_code(complaint, by=town.viewer(Role.MANAGER), checked="Her passport.")
        else:
            complaint.resident.code_lookup = None
    if by == "themselves":
        let_in_party(client, town.register, complaint.resident)
        made = code_on(client.send(GET_CODE).get_data(as_text=True))
    went = posted.goes()
    assert {to for to, _about in went} == told and {about for _to, about in went} <= {"Something was changed", "text"}
    for said in [*(each.get_content() for each in posted.mails[-1:]), *(each.words for each in posted.texts)]:
        assert made[:4] not in said and "Samira" not in said and "complaint" not in said
    if told:
        assert "A new access code was made for you." in posted.mails[-1].get_content()


def test_whoever_goes_on_to_another_complaint_of_theirs_has_shown_there_what_they_showed_here_and_no_more(client: CheckingClient, town: Town) -> None:
    complaint = town.complains(safe_contact=BY_EMAIL)
    town.acknowledged(complaint)
    with town.writing():
        operations.raise_issue(complaint, "The lift is out.", by=town.resident(complaint))
        operations.part_issue(complaint, issues_of(complaint)[0], by=town.viewer(Role.MANAGER), ground="unrelated", reason="Another matter.")
    for how, proof, asked in ((accounts.BY_EMAIL, None, True), (accounts.BY_EMAIL, CODE, False), (accounts.BY_ACCESS_CODE, None, False), (None, None, True)):
        let_in_party(client, town.register, complaint.resident, how=how)
        if proof:
            types(client, proof)
        assert client.send(CASE, form="/others/1/open").location == CASE
        assert (client.get(GET_CODE).status_code == 303) is asked, (how, proof)


def test_a7_whoever_rings_reads_first_how_that_is_safe(app: Flask, town: Town) -> None:
    complaint = town.complains(safe_contact=RING)
    url = PERSON.format(_reference(complaint, town))
    let_in_staff(staff := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
    assert "/safety" in staff.get(url).location


def test_a_call_that_was_asked_for_is_owed_by_the_next_working_day_wherever_staff_see_what_is_due(client: CheckingClient, app: Flask, town: Town, engine: Engine) -> None:
    friday, monday, tuesday = datetime(2026, 6, 12, 16, tzinfo=UTC), datetime(2026, 6, 15, 11, tzinfo=UTC), datetime(2026, 6, 16, 11, tzinfo=UTC)
    with clock.at(friday):
        complaint = town.complains(safe_contact=RING)
        reference = complaint.reference
        let_in_party(client, town.register, complaint.resident, how=accounts.BY_EMAIL)
        assert client.send(PROVE, form="call").status_code == 303
        assert "Monday 15 June 2026 You asked us to ring you. We ring by this day." in words_of(client.page(PROVE))
        assert "We ring by Monday 15 June 2026." in words_of(client.page(CASE))
        town.register.rollback()
        assert (complaint.next_step, complaint.next_due) == ("call asked", monday.date())
        town.register.rollback()
        let_in_staff(staff := other(app), town.register, town.staff[Role.HANDLER], Role.HANDLER)
        assert "Ring somebody who has to show that it is them, in Samira Haddad’s complaint" in words_of(staff.page("/staff/"))
        assert "Ring Samira Haddad, and make sure that it is them" in words_of(staff.page("/staff/due"))
        case = staff.page(f"/staff/complaints/{reference}")
        assert words_of(case.find(".//h1")) == "Ring Samira Haddad, and make sure that it is them"
        assert any("Ring Samira Haddad by" in words_of(each) and each.get("href") == PERSON.format(reference) for each in case.iter("a"))
    with clock.at(monday):
        assert remind(db.sessions(engine)) == 1
    with clock.at(tuesday):
        let_in_party(client, town.register, complaint.resident, how=accounts.BY_EMAIL)
        assert "We said we would ring by this day, and have not. We are sorry." in words_of(client.page(PROVE))
        let_in_staff(staff, town.register, town.staff[Role.HANDLER], Role.HANDLER)
        assert "1 working day late" in words_of(staff.page("/staff/due"))
        staff.send(f"/staff/complaints/{reference}/safety", {"how": "Before noon."})
        assert staff.send(PERSON.format(reference), RANG | {"them": "yes", "words": "She knew."}).status_code == 200
        assert "make sure that it is them" not in words_of(staff.page("/staff/due"))
