"""Mail says as little as possible, goes only where it is safe now, and cannot be bent by what anybody typed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.not_mine import token_for
from portal.complaints.papers import Letter
from portal.complaints.sending import queue_mail
from portal.complaints.settings import LandlordSetting
from portal.config import Config
from portal.post import mail, may_send, trouble
from portal.post.office import Office
from tests.post import mail_server
from tests.post.conftest import Writes
from tests.town import ACKNOWLEDGING, CODE, Town

pytestmark = pytest.mark.once

CANARIES = {
    "words": "canary-words-7781", "name": "Canaryname Birdsong", "address": "77 Canary Row\nCagetown\nCG1 1AA",
    "when_words": "canary-when-7782",
}  # fmt: skip
ALLOWED_HEADERS = {
    "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "Content-Type",
    "Content-Transfer-Encoding", "MIME-Version", "X-Peer", "X-MailFrom", "X-RcptTo",
}  # fmt: skip
EVERY_SUBJECT = {"There is a letter for you", "There is a message for you", "Something is due soon", "Something is late", "There is a list for you to read", "There is a question for you", "Your account was changed", "Your code", "Something was changed", "A test message"}
BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00"]
INJECTED = ["Bcc: thief@example.org", "To: thief@example.org", "Subject: hello", "\r\nhello", ",thief@example.org"]


def payloads() -> Iterator[str]:
    """Two hundred ways to try for a second header or a second reader."""
    for gap in BREAKS:
        for injected in INJECTED:
            yield f"Samira{gap}{injected}"
            yield f"samira@example.org{gap}{injected}"
            yield f"{injected}{gap}samira@example.org"
            yield f'"Samira{gap}{injected}" <samira@example.org>'


def test_there_are_these_subjects_and_no_more() -> None:
    assert set(mail.SUBJECTS.values()) == EVERY_SUBJECT
    assert mail.SUBJECTS.keys() == mail.BODIES.keys() == mail.PATHS.keys()


def test_item_61_no_mail_holds_a_word_a_name_a_reference_or_an_address_of_a_case(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    complaint = writes("reader@example.org", **CANARIES)
    with town.writing():
        for kind in ("due soon", "late"):
            queue_mail(town.register, kind, complaint=complaint, staff_id=town.staff[Role.HANDLER].id)
    town.given_to(complaint)
    town.triaged(complaint)
    with town.writing():
        operations.acknowledge(complaint, ACKNOWLEDGING, by=town.viewer(Role.HANDLER))
        operations.reply(complaint, ACKNOWLEDGING["points"][0]["text"], by=town.viewer(Role.HANDLER))
    reference = complaint.reference
    town.register.rollback()
    office.deliver_all()
    assert len(server.taken) == 5
    secret = [reference, reference[:4], CODE[:4], "complaints team", *CANARIES.values(), "Canaryname", "Canary Row", "Cagetown"]
    secret += [point["text"] for point in ACKNOWLEDGING["points"]] + ["Handler Person"]
    for each in server.taken:
        found = [word for word in secret if word.casefold() in each.words.casefold() or word.encode() in each.raw]
        assert found == []
        assert each.message["Subject"] in EVERY_SUBJECT
        assert set(each.message.keys()) <= ALLOWED_HEADERS


def test_a_letter_s_mail_says_where_to_read_it_and_how_to_reach_us(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    party = writes().resident
    town.register.rollback()
    office.deliver_all()
    found = server.taken[0].message
    assert found.get_content().replace("\r\n", "\n") == (
        "There is a letter for you.\n\n"
        "To read it, open https://portal.example/follow and come in with your access code, or with a code that we send you.\n\n"
        "If you need help, ring us on 01632 960000 (Monday to Friday, 8am to 6pm).\n\n"
        "If this was not meant for you, tell us here, and nothing more goes to this address:\n"
        f"https://portal.example/not-for-me/{token_for(party.id, 'email', 'samira@example.org')}\n\n"
        "Example Homes\n"
    )
    assert found["From"] == "Example Homes <complaints@landlord.example>"
    assert found["Message-ID"].endswith("@localhost>")
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Date"].datetime.date() == clock.today()
    assert found["Content-Language"] == "en"


def test_item_56_a_mail_is_in_its_reader_s_language(
    town: Town, office: Office, server: mail_server.Server
) -> None:
    town.complains(safe_contact={"channels": ["email"], "email": "s@example.org"}, language="en@pseudo")
    office.deliver_all()
    assert server.taken[0].message["Content-Language"] == "en-x-pseudo"


def test_nothing_in_a_reader_s_address_adds_a_header_or_a_reader(
    town: Town, office: Office, server: mail_server.Server
) -> None:
    typed = list(payloads())
    assert len(typed) == 200
    for number, address in enumerate(typed):
        town.complains(safe_contact={"channels": ["email"], "email": address.replace("\x00", "")}, code=f"CODE{number}")
    office.deliver_all()
    assert server.taken == []


def test_nothing_in_the_landlord_s_name_adds_a_header(town: Town, writes: Writes, office: Office, server: mail_server.Server) -> None:
    names = [name for name in payloads() if "\x00" not in name][:40]
    with town.writing():
        setting = LandlordSetting(name="name", value="", set_at=clock.now())
        town.register.add(setting)
    for number, name in enumerate(names):
        with town.writing():
            setting.value = name
        writes(f"{number}@example.org", code=f"CODE{number}")
        office.deliver_all()
    assert len(server.taken) == len(names)
    for number, each in enumerate(server.taken):
        assert each.to == [f"{number}@example.org"]
        assert each.sender == "complaints@landlord.example"
        assert set(each.message.keys()) <= ALLOWED_HEADERS
        assert each.message["Subject"] == "There is a letter for you"
        assert [found.addr_spec for found in each.message["From"].addresses] == ["complaints@landlord.example"]


def test_the_address_is_the_one_of_the_moment_of_sending(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    complaint = writes("old@example.org")
    with town.writing():
        complaint.resident.person.email = "new@example.org"
    office.deliver_all()
    assert [each.to for each in server.taken] == [["new@example.org"]]


def changes(town: Town, complaint: Complaint, what: str) -> None:
    """Something that makes it unsafe or wrong to send a letter already written."""
    party, letter = complaint.resident, complaint.letters[-1]
    if what == "not safe":
        party.person.safe_contact = {"channels": ["post"]}
    elif what == "died":
        party.person.died_on = clock.today()
    elif what == "ended":
        party.until = clock.now() - timedelta(seconds=1)
    elif what == "no address":
        party.person.email = None
    elif what == "elsewhere":
        letter.issues[0].state = "issued"
    elif what == "superseded":
        kept = {name: getattr(letter, name) for name in ("kind", "stage", "language", "body", "written_on", "written_at", "written_by")}
        town.register.add(Letter(complaint_id=complaint.id, number=2, supersedes_id=letter.id, **kept))


def test_a_notice_of_a_message_goes_nowhere_once_mail_is_not_safe(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    complaint = writes("reader@example.org")
    office.deliver_all()
    with town.writing():
        operations.reply(complaint, "Soon.", by=town.viewer(Role.HANDLER))
        complaint.resident.person.safe_contact = {"channels": ["post"]}
    town.register.rollback()
    office.deliver_all()
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("what", "reason", "state"),
    [
        ("not safe", trouble.NOT_SAFE, "failed"),
        ("died", trouble.DIED, "failed"),
        ("ended", trouble.ENDED, "failed"),
        ("no address", trouble.NO_ADDRESS, "failed"),
        ("elsewhere", trouble.ELSEWHERE, "issued"),
        ("superseded", trouble.SUPERSEDED, "failed"),
    ],
)
def test_what_changed_after_the_letter_was_written_stops_it(
    town: Town, writes: Writes, office: Office, server: mail_server.Server, what: str, reason: str, state: str
) -> None:
    complaint = writes()
    with town.writing():
        changes(town, complaint, what)
    assert may_send.why_not(town.register, complaint.letters[0].issues[0]) == reason
    town.register.rollback()
    assert office.deliver_one() == "not sent"
    assert server.taken == []
    assert complaint.letters[0].issues[0].state == state


def test_a_letter_may_go_when_nothing_stands_against_it(town: Town, writes: Writes) -> None:
    assert may_send.why_not(town.register, writes().letters[0].issues[0]) is None


def test_a_leaver_gets_no_reminder(town: Town, office: Office, server: mail_server.Server) -> None:
    with town.writing():
        queue_mail(town.register, "late", staff_id=town.staff[Role.HANDLER].id)
        town.staff[Role.HANDLER].disabled_at = clock.now()
    assert office.deliver_one() == "not sent"
    assert server.taken == []


def test_links_are_built_from_the_settings_alone(
    town: Town, writes: Writes, office: Office, server: mail_server.Server, config: Config
) -> None:
    writes()
    replace(office, config=replace(office.config, base_url="https://elsewhere.example")).deliver_all()
    assert "https://elsewhere.example/follow" in server.taken[0].words


def test_every_trouble_is_said_in_the_reader_s_language_and_names_nobody() -> None:
    assert trouble.said(None) == ""
    assert trouble.said(trouble.REFUSED) == "The mail server refused this address or message for good."
