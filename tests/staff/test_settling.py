"""A point that was to be confirmed is settled before the answer; a stage 1 that is late is answered though stage 2 was asked."""

import io
from datetime import date

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from tests.browser_client import CheckingClient, words_of
from tests.resident.journeys import answers
from tests.staff.conftest import SignIn
from tests.town import ACKNOWLEDGING, Town, answering

UNSETTLED = ACKNOWLEDGING | {
    "points": [ACKNOWLEDGING["points"][0], {**ACKNOWLEDGING["points"][1], "responsibility": "to_be_confirmed"}]
}


def unsettled(town: Town) -> Complaint:
    """A complaint acknowledged while it was not known whose its second point is."""
    complaint = town.complains()
    town.given_to(complaint)
    town.triaged(complaint)
    with town.writing():
        operations.acknowledge(complaint, UNSETTLED, by=town.viewer(Role.HANDLER))
    return complaint


def test_the_desk_leads_to_the_page_on_which_it_is_said_whose_a_point_is(town: Town, signed_in: SignIn) -> None:
    url = f"/staff/complaints/{unsettled(town).reference}"
    page = signed_in(Role.HANDLER).page(f"{url}/response")
    assert [a.get("href") for a in page.iter("a") if "Point 2: Whether this point is ours" in words_of(a)] == [f"{url}/points/2"]


def test_the_panel_asks_whose_a_point_is_and_it_can_be_said(town: Town, signed_in: SignIn) -> None:
    url = f"/staff/complaints/{unsettled(town).reference}"
    hana = signed_in(Role.HANDLER)
    assert "Point 2: say whose it is" in words_of(hana.page(url))
    answer = hana.send(f"{url}/points/2", {"responsibility": "not_ours", "whose": "The water company, 0800 000"})
    assert answer.status_code == 303
    page = words_of(hana.page(url))
    assert "Point 2: say whose it is" not in page
    assert "changed how we understand the complaint" in page


def test_whoever_else_a_point_belongs_to_is_named(town: Town, signed_in: SignIn) -> None:
    url = f"/staff/complaints/{unsettled(town).reference}/points/2"
    answer = signed_in(Role.HANDLER).send(url, {"responsibility": "shared", "whose": ""})
    assert answer.status_code == 422
    assert "Write who else it belongs to" in answer.get_data(as_text=True)


def test_a_point_that_is_not_there_cannot_be_settled(town: Town, signed_in: SignIn) -> None:
    url = f"/staff/complaints/{unsettled(town).reference}/points/9"
    assert signed_in(Role.HANDLER).get(url).status_code == 404


def test_settling_keeps_the_earlier_version_beside_the_later(town: Town) -> None:
    complaint = unsettled(town)
    with town.writing():
        operations.settle_point(complaint, 2, by=town.viewer(Role.HANDLER), responsibility="ours", whose="")
    assert [d.version for d in complaint.definitions] == [1, 2]
    assert [p.responsibility for p in complaint.definitions[0].points] == ["ours", "to_be_confirmed"]
    assert [p.responsibility for p in complaint.definitions[1].points] == ["ours", "ours"]


def test_a_late_stage_1_is_still_answered_by_whoever_has_it_after_stage_2_was_asked(
    town: Town, signed_in: SignIn
) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
    town.escalated(complaint, on=date(2026, 6, 3))
    assert complaint.stage == 2
    assert complaint.handler_id == town.staff[Role.HANDLER].id
    url = f"/staff/complaints/{complaint.reference}"
    with clock.at(date(2026, 6, 4)):
        page = words_of(signed_in(Role.HANDLER).page(f"{url}/response"))
        assert "Answer Samira Haddad at stage 1" in page
        with town.writing():
            operations.respond(complaint, answering(1), by=town.viewer(Role.HANDLER))
    assert {answer.stage for answer in complaint.answers} == {1}
    assert (complaint.stage, complaint.next_step) == (2, "acknowledged")


def test_staff_keep_a_file_and_no_browser_opens_it(
    client: CheckingClient, town: Town, signed_in: SignIn
) -> None:
    answers(client)
    client.send("/complain/files", {"files": (io.BytesIO(b"%PDF-1.4 a paper"), "paper.pdf")}, form=-1)
    client.send("/complain/check")
    complaint = town.register.query(Complaint).one()
    reference, file_id = complaint.reference, complaint.files[0].id
    answer = signed_in(Role.MANAGER).get(f"/staff/complaints/{reference}/files/{file_id}")
    assert answer.data == b"%PDF-1.4 a paper"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert signed_in(Role.MANAGER).get(f"/staff/complaints/{reference}/files/{file_id + 1}").status_code == 404
