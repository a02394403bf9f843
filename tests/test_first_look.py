"""The portal opens."""

from datetime import date

from portal import clock
from portal.access import Role
from portal.complaints.verify import first_fault
from tests.browser_client import CheckingClient
from tests.town import Town


def test_anyone_can_open_the_start_page(client: CheckingClient) -> None:
    assert client.get("/").status_code == 200


def test_a_complaint_goes_through_both_stages_and_the_record_is_whole(town: Town) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    town.answered(complaint, on=date(2026, 5, 20))
    assert complaint.answered_on == date(2026, 5, 20)
    town.escalated(complaint, on=date(2026, 6, 1))
    assert (complaint.stage, complaint.next_due) == (2, date(2026, 6, 8))
    town.acknowledged(complaint, role=Role.REVIEWER, on=date(2026, 6, 2))
    town.answered(complaint, role=Role.REVIEWER, on=date(2026, 6, 20))
    assert complaint.answered_on == date(2026, 6, 20)
    assert first_fault(town.register) is None
