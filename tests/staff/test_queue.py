"""What we owe."""


from portal.access import Role
from tests.browser_client import words_of
from tests.staff.conftest import SignIn
from tests.town import Town


def test_an_empty_queue_says_that_nothing_is_owed(town: Town, signed_in: SignIn) -> None:
    page = signed_in(Role.HANDLER).page("/staff/")
    assert "Nothing is owed to anybody" in words_of(page)


def test_each_row_begins_with_the_verb_owed(town: Town, signed_in: SignIn) -> None:
    complaint = town.complains()
    page = signed_in(Role.TRIAGE).page("/staff/")
    assert "Acknowledge Samira Haddad’s complaint" in words_of(page)
    case = signed_in(Role.TRIAGE).page(f"/staff/complaints/{complaint.reference}")
    assert "Rain comes through" in words_of(case)
