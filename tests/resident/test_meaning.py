"""“That is not what I meant”: told in one box, seen by staff, replied to in writing before anything is answered."""

from datetime import date

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import CheckingClient, form_values, pick_form, words_of
from tests.doors import let_in_staff
from tests.resident.journeys import signs_in
from tests.resident.test_case import matched, page_of
from tests.town import ACKNOWLEDGING, CODE, Town, answering

MEANING = "/your-complaint/meaning"
MEANT = "It was never about the ceiling. It is the wall."
DAY = date(2026, 5, 21)


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Received on 18 May, acknowledged on the 20th; its answer is due on Thursday 4 June."""
    with clock.at(date(2026, 5, 18)):
        found = matched(town, town.complains())
    town.acknowledged(found, on=date(2026, 5, 20))
    return found


def says_so(client: CheckingClient, town: Town) -> str:
    """They come in and say what they meant; what their page then says."""
    town.register.rollback()
    with clock.at(DAY):
        signs_in(client, CODE)
        assert client.send(MEANING, {"words": MEANT}).location == "/your-complaint#points"
    return page_of(client, town, DAY)


def staff_url(client: CheckingClient, town: Town, complaint: Complaint) -> str:
    """The handler is let in; the address of the case."""
    town.register.rollback()
    url = f"/staff/complaints/{complaint.reference}"
    with clock.at(DAY):
        let_in_staff(client, town.register, town.staff[Role.HANDLER], Role.HANDLER)
    town.register.rollback()
    return url


def steps(town: Town, complaint: Complaint) -> list[Step]:
    """Everything that happened, as it is now."""
    town.register.rollback()
    town.register.expire_all()
    return [one.step for one in complaint.happenings]


def test_beside_the_points_is_a_way_to_say_that_it_was_not_meant(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    assert "That is not what I meant" in page_of(client, town, DAY)
    said = says_so(client, town)
    assert "You told us that this is not what you meant. We reply to that in writing before we answer." in said
    assert "You told us we had it wrong." in said
    assert "You will have our answer by Thursday 4 June 2026" in said


def test_nothing_in_the_box_is_told_beside_it(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(DAY):
        signs_in(client, CODE)
        answer = client.send(MEANING, {"words": " "})
    assert answer.status_code == 422
    assert "Write what you meant, in any words" in words_of(answer.get_data(as_text=True))
    assert Step.MEANING_QUERIED not in steps(town, complaint)


def test_before_we_have_said_what_we_understand_there_is_nothing_to_put_right(client: CheckingClient, town: Town) -> None:
    with clock.at(DAY):
        town.complains(code="E" * 24)
        signs_in(client, "E" * 24)
        assert client.get(MEANING).location == "/your-complaint"


def test_after_the_answer_the_box_is_gone(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    town.answered(complaint, on=date(2026, 5, 22))
    assert "That is not what I meant" not in page_of(client, town, date(2026, 5, 22))


def test_what_was_typed_is_kept_where_it_can_no_longer_be_sent(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(DAY):
        signs_in(client, CODE)
        fields = form_values(pick_form(client.page(MEANING), 0)) | {"words": MEANT}
        town.answered(complaint, on=DAY)
        answer = client.post(MEANING, data=fields)
    assert answer.status_code == 422
    assert MEANT in words_of(answer.get_data(as_text=True))


def test_pressing_twice_tells_it_once(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    with clock.at(DAY):
        signs_in(client, CODE)
        fields = form_values(pick_form(client.page(MEANING), 0)) | {"words": MEANT}
        assert [client.post(MEANING, data=fields).status_code for _ in range(2)] == [303, 303]
    assert steps(town, complaint).count(Step.MEANING_QUERIED) == 1


def test_staff_read_it_and_are_asked_to_reply_and_the_answer_waits(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    says_so(client, town)
    url = staff_url(client, town, complaint)
    with clock.at(DAY):
        page = client.page(url)
        assert MEANT in words_of(page) and "They say we misunderstood: reply" in words_of(page)
        assert page.xpath(f"//aside//a[@href='{url}/meaning/1']")
        with pytest.raises(RuleBroken, match="That needs a reply before the answer"), town.writing():
            operations.respond(complaint, answering(1), by=town.viewer(Role.HANDLER))


def test_a_reply_that_keeps_the_points_says_why_and_is_a_letter(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    says_so(client, town)
    url = staff_url(client, town, complaint)
    with clock.at(DAY):
        empty = client.send(f"{url}/meaning/1")
        assert empty.status_code == 422
        assert "Write the reply" in words_of(empty.get_data(as_text=True))
        assert client.send(f"{url}/meaning/1", {"reply": "The wall is a part of the same leak."}).location == url
        assert "They say we misunderstood: reply" not in words_of(client.page(url))
    said = page_of(client, town, DAY)
    assert "We replied to what you told us." in said and "Our reply about what you meant" in said
    assert "We reply to that in writing" not in said
    letter = page_of(client, town, DAY, "/your-complaint/letters/3")
    for words in (MEANT, "The wall is a part of the same leak.", "We have kept the points as they were", "Thursday 4 June 2026"):
        assert words in letter
    town.register.rollback()
    town.register.expire_all()
    town.answered(complaint, on=date(2026, 5, 22))


def test_a_reply_may_put_the_points_in_other_words(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    says_so(client, town)
    url = staff_url(client, town, complaint)
    with clock.at(DAY):
        client.send(f"{url}/meaning/1", {"reply": "You are right.", "p1": "The bedroom wall has leaked since February."})
    said = page_of(client, town, DAY)
    assert "The bedroom wall has leaked since February." in said
    assert ACKNOWLEDGING["points"][0]["text"] not in said
    assert "Your points, as we now understand them" in page_of(client, town, DAY, "/your-complaint/letters/3")
    assert Step.DEFINITION_REVISED in steps(town, complaint)
    assert len(complaint.definitions) == 2, "the first version stays"


def test_replying_twice_replies_once(client: CheckingClient, town: Town, complaint: Complaint) -> None:
    says_so(client, town)
    url = f"{staff_url(client, town, complaint)}/meaning/1"
    with clock.at(DAY):
        fields = form_values(pick_form(client.page(url), 0)) | {"reply": "It is the same leak."}
        assert [client.post(url, data=fields).status_code for _ in range(2)] == [303, 303]
        assert client.send(url, {"reply": "Once more."}).status_code == 422
    assert steps(town, complaint).count(Step.MEANING_ANSWERED) == 1
