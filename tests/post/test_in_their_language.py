"""Mail and text messages are in their reader's language; mail in one that nobody approved has the English beneath."""

import pytest

from portal import i18n
from portal.complaints import operations
from portal.post import mail
from portal.post.office import Office
from tests.catalogued import approve_all
from tests.post import mail_server
from tests.post.conftest import Writes
from tests.town import Town

pytestmark = pytest.mark.usefixtures("few_words")


def test_mail_goes_in_the_reader_s_language_with_the_english_beneath_until_it_is_approved(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    writes(language="pl", code="A" * 24)
    approve_all("cy")
    writes("welsh@example.org", language="cy", code="B" * 24)
    town.register.rollback()
    office.deliver_all()
    polish, welsh = (each.message for each in server.taken)
    assert (polish["Subject"], polish["Content-Language"]) == ("Jest dla Ciebie list", "pl")
    said = polish.get_content()
    assert said.startswith("Jest dla Ciebie list.")
    assert said.index("Te słowa przetłumaczyła maszyna.") < said.index("In English") < said.index("There is a letter for you.")
    assert (welsh["Subject"], welsh["Content-Language"]) == ("Mae llythyr i chi", "cy")
    assert "In English" not in welsh.get_content()


def test_mail_follows_the_language_that_the_record_has_when_it_goes(
    town: Town, writes: Writes, office: Office, server: mail_server.Server
) -> None:
    complaint = writes(language="en")
    with town.writing():
        complaint.resident.person.language = "pl"
    town.register.rollback()
    office.deliver_all()
    assert server.taken[0].message["Subject"] == "Jest dla Ciebie list"


def test_a_text_message_with_a_code_is_in_the_reader_s_language() -> None:
    with i18n.speaking("pl"):
        said = mail.Code("12345678", "x").in_a_text("portal.example", "https://portal.example/not-for-me/x")
    assert said.startswith("12 34 56 78 to Twój kod.")
    assert "\n12 34 56 78 is your code. Type it on the page" in said, "the English is in the same message until somebody approves the language"
    assert said.count("https://") == 1 and said.endswith("\n\n@portal.example #12345678")
    approve_all("pl")
    with i18n.speaking("pl"):
        assert "is your code" not in mail.Code("12345678", "x").in_a_text("portal.example", "https://portal.example/not-for-me/x")


def test_a_text_message_of_a_change_has_the_english_too() -> None:
    with i18n.speaking("ur"):
        said = mail.notice_in_a_text("changed", "01632 960000", "https://portal.example/not-for-me/x")
    assert said.split("\n")[1].startswith("How we reach you was changed.") and said.count("https://") == 1


def test_each_of_several_people_in_a_complaint_is_told_in_their_own_language(town: Town, writes: Writes, office: Office, server: mail_server.Server) -> None:
    complaint = writes("samira@example.org", language="pl", acting=operations.ActingFor("Rhys Marsh", "asked", safe_contact={"channels": ["email"], "email": "rhys@example.org"}))
    with town.writing():
        acting = next(each for each in complaint.parties if each is not complaint.resident)
        acting.person.language = "cy"
        operations.end_authority(complaint, acting, by=town.resident(complaint))
        complaint.language = "ur"
    letters = {letter.kind: letter.language for letter in complaint.letters}
    assert (letters["authority_ended"], letters["not_acting"]) == ("pl", "cy")
    town.register.rollback()
    office.deliver_all()
    told = {(each.to[0], each.message["Subject"]) for each in server.taken}
    assert told == {("samira@example.org", "Jest dla Ciebie list"), ("rhys@example.org", "Mae llythyr i chi")}
