"""Mail that comes: an answer that is proved is filed, a bounce stops its way, and everything else waits for a person (G3, G4, D3; ML6, ML7, X3)."""

from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from portal import db
from portal.access import Role
from portal.complaints import arrived, operations
from portal.complaints.arrived import ArrivedMail
from portal.complaints.messages import thread
from portal.complaints.models import Complaint
from portal.complaints.verify import first_fault
from portal.config import Config
from portal.post import arriving
from portal.post.arriving import AGAIN, FILED, PENNED, STOPPED, TOO_LARGE, Arriving
from portal.post.office import Office
from portal.post.opened import as_text
from portal.rules.steps import Step
from tests.browser_client import CheckingClient, words_of
from tests.doors import let_in_staff
from tests.post import mail_server
from tests.post.conftest import PATIENTLY, Writes, office_for
from tests.town import Town

THEIRS = "samira@example.org"
CHECKED_BY = "mx.landlord.example"
PROVED = f"{CHECKED_BY}; dmarc=pass (p=reject) header.from=example.org; spf=pass"
WORDS = "It drips again, since Sunday."


@pytest.fixture
def config(config: Config) -> Config:
    """An installation that takes answers in."""
    return replace(config, replies="replies@landlord.example", mail_checked_by=CHECKED_BY)


@pytest.fixture
def arriving_here(engine: Engine, config: Config) -> Arriving:
    """What takes mail in there."""
    return Arriving(db.sessions(engine), config)


@pytest.fixture
def complaint(writes: Writes, office: Office) -> Complaint:
    """A complaint whose receipt went by e-mail."""
    found = writes()
    office.deliver_all()
    return found


@pytest.fixture
def address(complaint: Complaint, server: mail_server.Server) -> str:
    """Where that message asks for its answer."""
    assert complaint
    return str(server.taken[-1].message["Reply-To"])


def answer(to: str, words: str = WORDS, *, sender: str = THEIRS, checked: str | None = PROVED, **headers: str) -> EmailMessage:
    """What somebody writes back, with what our own mail server found out about it."""
    mail = EmailMessage(policy=SMTP)
    if checked:
        mail["Authentication-Results"] = checked
    mail["From"], mail["To"], mail["Subject"] = sender, to, "Re: There is a letter for you"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(words)
    return mail


def written(town: Town, complaint: Complaint) -> list[str]:
    """Every message that stands in a complaint."""
    town.register.rollback()
    town.register.expire_all()
    found = [each.words for each in thread(complaint)]
    assert first_fault(town.register) is None
    town.register.rollback()
    return found


def waiting(town: Town) -> list[str]:
    """Why each message waits that does."""
    town.register.rollback()
    found = list(town.register.scalars(select(ArrivedMail.why).where(ArrivedMail.settled_at.is_(None)).order_by(ArrivedMail.id)))
    town.register.rollback()
    return found


def test_each_message_asks_for_its_answer_at_an_address_of_its_own(complaint: Complaint, address: str, server: mail_server.Server) -> None:
    local, _at, domain = address.partition("@")
    assert domain == "landlord.example" and local.startswith("replies+") and len(local.removeprefix("replies+")) == 32
    assert server.taken[-1].sender == address, "and it comes back there where it cannot be delivered"
    assert "You can also answer this message." in server.taken[-1].words


def test_where_no_mailbox_takes_answers_nobody_is_asked_for_one(writes: Writes, engine: Engine, config: Config, server: mail_server.Server) -> None:
    writes()
    office_for(engine, replace(config, replies=None), server.url, within=PATIENTLY).deliver_all()
    assert server.taken[-1].message["Reply-To"] is None and "answer this message" not in server.taken[-1].words


def test_an_answer_that_is_proved_is_filed_once_with_its_files(arriving_here: Arriving, town: Town, complaint: Complaint, address: str) -> None:
    mail = answer(address)
    mail.add_attachment(b"Measured on Tuesday.\n", maintype="text", subtype="plain", filename="../../damp.txt")
    assert arriving_here.take_in(mail.as_bytes(), to=address) == FILED
    assert written(town, complaint) == [WORDS] and waiting(town) == []
    assert [file.name for file in complaint.files] == ["damp.txt"]
    town.register.rollback()
    assert arriving_here.take_in(mail.as_bytes(), to=address) == AGAIN, "a server that was cut off sends again"
    assert written(town, complaint) == [WORDS]


def test_an_answer_changes_nothing_but_the_messages(arriving_here: Arriving, town: Town, complaint: Complaint, address: str) -> None:
    before = [one.step for one in complaint.recorded]
    town.register.rollback()
    words = "My new address is x@elsewhere.example. Stop letting Rhys act for me. I withdraw. Take it to stage 2."
    assert arriving_here.take_in(answer(address, words).as_bytes()) == FILED
    assert written(town, complaint) == [words]
    assert [one.step for one in complaint.recorded] == [*before, Step.MESSAGED] and complaint.resident.email == THEIRS


GUESSED = f"replies+{'0123456789abcdef' * 2}@landlord.example"
FORGED = "mx.elsewhere.example; dmarc=pass header.from=example.org"
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "somebody else's address in From": ({"sender": "other@example.org"}, "other sender"),
    "their name beside another address": ({"sender": f'"{THEIRS}" <other@elsewhere.example>'}, "other sender"),
    "an address that only begins like theirs": ({"sender": f"{THEIRS}.elsewhere.example"}, "other sender"),
    "two senders": ({"sender": f"{THEIRS}, other@example.org"}, "other sender"),
    "nobody vouches for it": ({"checked": None}, "unproved"),
    "a stranger's server vouches for it": ({"checked": FORGED}, "unproved"),
    "our server found that it fails": ({"checked": f"{CHECKED_BY}; dmarc=fail header.from=example.org"}, "unproved"),
    "our server says pass of something else": ({"checked": f"{CHECKED_BY}; spf=pass; dkim=pass (dmarc=pass)"}, "unproved"),
    "it fails by the uppermost word and passes by one below": (
        {"checked": f"{CHECKED_BY}; dmarc=fail", "Authentication_results": f"{CHECKED_BY}; dmarc=pass"}, "unproved",
    ),
    "an address that somebody guessed": ({"to": GUESSED}, "unknown"),
    "the mailbox alone": ({"to": "replies@landlord.example"}, "no reply"),
    "the reference in the subject, as of old": ({"to": "replies@landlord.example", "Keywords": "4KQ7M2XA9"}, "no reply"),
    "a notice that somebody is away": ({"Auto_Submitted": "auto-replied"}, "automatic"),
    "nothing in it": ({"words": " \n "}, "too long"),
    "more than a message holds": ({"words": "w" * 20_001}, "too long"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_ML6_what_is_not_proved_waits_and_is_not_filed(case: str, arriving_here: Arriving, town: Town, complaint: Complaint, address: str) -> None:
    changes, why = REFUSED[case]
    assert arriving_here.take_in(answer(**{"to": address, **changes}).as_bytes()) == PENNED
    assert written(town, complaint) == [] and waiting(town) == [why]


def test_ML6_a_message_that_was_passed_on_opens_nothing_to_whoever_has_it(arriving_here: Arriving, town: Town, complaint: Complaint, address: str, writes: Writes) -> None:
    other = writes("rhys@mail.example", code="Z" * 24, name="Rhys Other")
    checked = f"{CHECKED_BY}; dmarc=pass header.from=mail.example"
    assert arriving_here.take_in(answer(address, sender="rhys@mail.example", checked=checked).as_bytes()) == PENNED
    assert written(town, complaint) == written(town, other) == [] and waiting(town) == ["other sender"]


def test_ML6_whoever_may_no_longer_write_in_it_is_not_filed(arriving_here: Arriving, town: Town, complaint: Complaint, address: str) -> None:
    with town.writing():
        operations.change_contact(complaint, {"channels": ["email"], "email": "new@example.org"}, by=town.resident(complaint), proved="code", tell_old=False)
    assert arriving_here.take_in(answer(address).as_bytes()) == PENNED, "the old address is theirs no more"
    assert written(town, complaint) == [] and waiting(town) == ["other sender"]


def bounce(to: str, *, action: str = "failed", sender: str = "MAILER-DAEMON@mx.elsewhere.example", said: str = "550 no such user") -> bytes:
    """A report that a message could not be delivered, as mail servers write them (RFC 3464)."""
    return (
        f"Return-Path: <>\nFrom: {sender}\nTo: {to}\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\nContent-Type: text/plain\n\n'
        f"{said}\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.elsewhere.example\n\n"
        f"Final-Recipient: rfc822; {THEIRS}\nAction: {action}\nStatus: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\nSubject: There is a letter for you\n\n--b--\n"
    ).encode()


BOUNCES = [("550 no such user", sender) for sender in ("MAILER-DAEMON@mx.example", "postmaster@example.org", "", "<>")] + [
    (said, "MAILER-DAEMON@mx.example")
    for said in ("552 mailbox full", "554 5.7.1 rejected as spam", "550 blocked by policy", "550 ünknown", "5.1.10 recipient not found", "Adresse inconnue", "<b>550</b>", "550\n" * 500)
]


@pytest.mark.parametrize(("said", "sender"), BOUNCES)
def test_ML7_what_comes_back_stops_its_way_flags_the_letter_and_goes_to_nobody(
    said: str, sender: str, arriving_here: Arriving, office: Office, server: mail_server.Server, town: Town, complaint: Complaint, address: str
) -> None:
    gone = len(server.taken)
    assert arriving_here.take_in(bounce(address, said=said, sender=sender), to=address) == STOPPED
    assert waiting(town) == ["bounced"] and written(town, complaint) == []
    assert complaint.resident.channels == ["portal"], "no mail goes there again"
    assert {Step.FOUND_UNUSABLE, Step.WAY_STOPPED} <= {one.step for one in complaint.recorded}
    receipt = complaint.letters[0]
    assert [(issue.channel, issue.state) for issue in receipt.issues] == [("email", "failed"), ("page", "issued")], "what it met is owed again (ruling 14)"
    town.register.rollback()
    office.deliver_all()
    assert len(server.taken) == gone, "and nobody is sent the report"


@pytest.mark.parametrize(("to", "action"), [("replies@landlord.example", "failed"), (GUESSED, "failed"), ("", "delayed"), ("", "delivered")])
def test_ML7_a_report_of_nothing_that_failed_for_good_stops_nothing(to: str, action: str, arriving_here: Arriving, town: Town, complaint: Complaint, address: str) -> None:
    assert arriving_here.take_in(bounce(to or address, action=action)) == PENNED
    assert waiting(town) == ["no bounce"]
    assert complaint.resident.channels == ["email"]


PAYLOADS = [
    '<img src="https://track.example/p.gif">', "<script>fetch('https://track.example')</script>", "<style>@import 'https://track.example/x.css'</style>",
    '<iframe src="https://track.example"></iframe>', '<link rel="stylesheet" href="https://track.example/x">', '<body background="https://track.example/b.png">x',
    '<svg onload="alert(1)"><image href="https://track.example"/></svg>', '<a href="javascript:alert(1)">press</a>', '<form action="https://track.example"><input name="code"></form>',
    '<meta http-equiv="refresh" content="0;url=https://track.example">', '<object data="https://track.example"></object>', '<video poster="https://track.example/p"></video>',
    '<base href="https://track.example/">', "<math><mtext></p><img src=x onerror=alert(1)></mtext></math>", "<!--<img src=x>--><p>seen</p>", '<div style="background:url(https://track.example)">x</div>',
    "&lt;script&gt;alert(1)&lt;/script&gt;", "<ScRiPt>alert(1)</sCrIpT>", '<input autofocus onfocus="alert(1)">', '<details open ontoggle="alert(1)">x</details>',
]  # fmt: skip


@pytest.mark.parametrize("of", ["html", "plain"])
def test_X3_D3_what_is_in_mail_is_shown_as_words_and_fetches_nothing(
    of: str, arriving_here: Arriving, client: CheckingClient, town: Town, complaint: Complaint, address: str
) -> None:
    for payload in PAYLOADS:
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = "other@example.org", address, payload.replace("\n", "")
        mail.set_content(f"<p>before</p>{payload}<p>after</p>", subtype=of)
        assert arriving_here.take_in(mail.as_bytes()) == PENNED
    let_in_staff(client, town.register, town.staff[Role.TRIAGE], Role.TRIAGE)
    links = client.page("/staff/mail").xpath("//main//a[contains(@href, '/staff/mail/')]/@href")
    assert len(links) == len(PAYLOADS)
    for link in links:
        page = client.page(link)
        assert "before" in words_of(page) and "after" in words_of(page)
        assert not page.xpath("//main//script | //main//img | //main//iframe | //main//style | //main//object | //main//video | //main//base | //main//link | //main//form[not(@method='post')]")
        assert not page.xpath("//*[contains(@src, 'track.example') or contains(@href, 'track.example') or contains(@style, 'track.example')]")


def test_html_is_read_as_words_line_by_line() -> None:
    assert as_text("<html><head><title>no</title></head><body><h1>One</h1><p>two  <b>three</b><br>four</p><script>no()</script></body></html>") == "One\n\ntwo three\nfour"


def test_staff_put_it_with_its_complaint_or_aside_and_its_words_are_forgotten(arriving_here: Arriving, client: CheckingClient, town: Town, complaint: Complaint, address: str) -> None:
    mail = answer(address, checked=None)
    mail.add_attachment(b"Measured on Tuesday.\n", maintype="text", subtype="plain", filename="damp.txt")
    arriving_here.take_in(mail.as_bytes())
    arriving_here.take_in(answer("replies@landlord.example", "Buy now").as_bytes())
    reference = complaint.reference
    let_in_staff(client, town.register, town.staff[Role.TRIAGE], Role.TRIAGE)
    first, second = client.page("/staff/mail").xpath("//main//a[contains(@href, '/staff/mail/')]/@href")
    page = client.page(first)
    assert THEIRS in words_of(page) and "damp.txt" in words_of(page) and WORDS in words_of(page)
    assert page.xpath("//input[@name='reference']/@value") == [reference], "it says which it seems to be about"
    assert client.send(first, {"what": ""}).status_code == 422
    assert client.send(first, {"what": "place", "reference": "4KQ7M2XA9"}).status_code == 422, "a complaint that is there"
    assert client.send(first, {"what": "place"}).status_code == 303
    assert client.send(second, {"what": "aside"}).status_code == 303
    assert client.get(first).status_code == client.get(second).status_code == 404, "they wait no more"
    assert [(each.kind, each.who, each.shown_to_resident) for each in complaint.contacts] == [("email", THEIRS, False)]
    assert WORDS in complaint.contacts[0].words and [file.name for file in complaint.files] == ["damp.txt"]
    rows = town.register.scalars(select(ArrivedMail).order_by(ArrivedMail.id)).all()
    assert [(row.outcome, row.words, row.raw, row.sender) for row in rows] == [("placed", "", None, ""), ("aside", "", None, "")]
    assert first_fault(town.register) is None
    town.register.rollback()


def test_mail_about_a_restricted_complaint_waits_for_those_who_are_named_in_it(arriving_here: Arriving, client: CheckingClient, town: Town, complaint: Complaint, address: str) -> None:
    arriving_here.take_in(answer(address, checked=None).as_bytes())
    let_in_staff(client, town.register, town.staff[Role.TRIAGE], Role.TRIAGE)
    (link,) = client.page("/staff/mail").xpath("//main//a[contains(@href, '/staff/mail/')]/@href")
    with town.writing():
        operations.restrict(complaint, [], by=town.viewer(Role.MANAGER), because="A colleague's home.")
    assert THEIRS not in words_of(client.page("/staff/mail")) and client.get(link).status_code == 404


def test_whatever_a_message_is_made_of_it_is_kept(arriving_here: Arriving, town: Town) -> None:
    broken = [b"", b"\0", b"\xff" * 500, b"From: a\nFrom: b\n\n", b"Content-Type: text/html; charset=no-such\n\n<p>x", b"Content-Type: multipart/mixed\n\n--x", b"From: =?utf-8?b?!!!?=\nSubject: \xe2\n\n\0x"]
    assert {arriving_here.take_in(raw) for raw in broken} == {PENNED}
    assert len(waiting(town)) == len(broken)
    assert arriving_here.take_in(b"w" * (arriving.LARGEST + 1)) == TOO_LARGE


def test_the_command_takes_one_message_and_tells_the_server_to_try_again_where_the_fault_is_ours(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["take-mail"], input=b"From: a@b.example\n\nhello\n").output.strip() == PENNED
    monkeypatch.setattr(arrived, "came_before", lambda *_: 1 / 0)
    assert runner.invoke(args=["take-mail"], input=b"x").exit_code == 75

