"""Letters on paper go where it is safe now: the address is read when they are printed, and never kept in the letter."""

from portal.access import Role
from portal.complaints.models import Complaint
from portal.complaints.papers import Letter
from tests.browser_client import words_of
from tests.staff.conftest import SignIn
from tests.town import Town

REFUGE = "9 Harbour Refuge"


def fled(town: Town) -> Complaint:
    """Somebody who complains about one home and can only be written to at another."""
    safe = {"channels": ["post"], "post": REFUGE}
    return town.complains(address="1 Old Shared Home", safe_contact=safe)


def test_a_letter_to_post_is_printed_with_the_safe_address_and_not_the_home(town: Town, signed_in: SignIn) -> None:
    reference = fled(town).reference
    page = words_of(signed_in(Role.TRIAGE).page(f"/staff/complaints/{reference}/letters/1").find(".//article"))
    assert REFUGE in page
    assert "Old Shared Home" not in page


def test_no_letter_keeps_an_address(town: Town) -> None:
    fled(town)
    body = str(town.register.query(Letter).one().body)
    assert REFUGE not in body
    assert "Old Shared Home" not in body


def test_a_new_address_holds_for_a_letter_already_written(town: Town, signed_in: SignIn) -> None:
    complaint = fled(town)
    with town.writing():
        complaint.resident.person.post = "2 Newer Place"
    page = words_of(signed_in(Role.TRIAGE).page(f"/staff/complaints/{complaint.reference}/letters/1").find(".//article"))
    assert "2 Newer Place" in page
    assert REFUGE not in page


def test_a_letter_is_not_posted_once_post_is_no_longer_safe(town: Town, signed_in: SignIn) -> None:
    complaint = fled(town)
    with town.writing():
        complaint.resident.person.safe_contact = {"channels": ["portal"]}
    lewis = signed_in(Role.TRIAGE)
    waiting = words_of(lewis.page("/staff/letters"))
    assert "Do not post it." in waiting
    assert "Posted today" not in waiting
    answer = lewis.send(f"/staff/complaints/{complaint.reference}/letters/1/posted")
    assert answer.status_code == 422
    assert "post is no longer safe" in answer.get_data(as_text=True)
    town.register.rollback()
    assert complaint.letters[0].issues[0].state == "waiting"


def test_staff_who_do_not_post_letters_see_no_address_on_one(town: Town, signed_in: SignIn) -> None:
    reference = fled(town).reference
    page = words_of(signed_in(Role.REVIEWER).page(f"/staff/complaints/{reference}/letters/1").find(".//article"))
    assert REFUGE not in page
