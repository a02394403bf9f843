"""What would make it easier for somebody: agreed, or declined and why, told in a letter, and looked at again (5.10)."""

from datetime import date
from typing import Any

import pytest

from portal import clock
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.letters.structure import as_text
from portal.rules.steps import RuleBroken, Step
from tests.browser_client import words_of
from tests.staff.conftest import SignIn
from tests.town import Town

MONDAY = date(2026, 5, 11)
AGREED: dict[str, Any] = {"decision": "agreed", "words": "Every letter in 18 point.", "review": "1 June 2026"}


@pytest.fixture
def complaint(town: Town) -> Complaint:
    """Somebody asked for large print."""
    with clock.at(MONDAY):
        return town.complains(adjustments={"kinds": ["large_print"], "words": "18 point, please", "span": "always"})


def door(town: Town, complaint: Complaint) -> tuple[str, str]:
    """The case, and what was asked for."""
    case, asked = f"/staff/complaints/{complaint.reference}", complaint.resident.person.adjustments[0].id
    town.register.rollback()
    return case, f"{case}/adjustments/{asked}"


def test_5_10_an_adjustment_is_agreed_the_letter_says_so_and_its_review_is_due(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    case, url = door(town, complaint)
    with clock.at(MONDAY):
        handler = signed_in(Role.HANDLER)
        assert handler.send(url, AGREED).location == case
        said = words_of(handler.page(case))
        assert "Agreed. Every letter in 18 point. To be looked at again by Monday 1 June 2026." in said
        assert "Handler Person agreed to what makes it easier for them." in said
        letter = as_text(complaint.letters[-1].body)
        assert complaint.letters[-1].kind == "adjustment" and "We will do it." in letter and "- Letters in large print" in letter
        assert "18 point, please" in letter and "We ask you by Monday 1 June 2026 whether it still fits." in letter
    with clock.at(date(2026, 5, 29)):
        assert "whether what we agreed still helps" in words_of(signed_in(Role.HANDLER).page("/staff/due"))
        assert signed_in(Role.HANDLER).send(url, AGREED | {"review": "1 June 2027"}).location == case
        assert "whether what we agreed still helps" not in words_of(signed_in(Role.HANDLER).page("/staff/due"))


def test_5_10_declined_only_with_a_reason_which_the_letter_says(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    case, url = door(town, complaint)
    with clock.at(MONDAY):
        handler = signed_in(Role.HANDLER)
        for wrong, box in (({"decision": ""}, "decision"), ({"decision": "declined", "words": " "}, "words"), ({"review": ""}, "review"), ({"review": "1 May 2020"}, "review"), ({"decision": "declined", "words": "No.", "review": "soon"}, "review")):
            answer = handler.send(url, AGREED | wrong)
            assert answer.status_code == 422 and f'id="{box}-error"' in answer.get_data(as_text=True), wrong
        assert handler.send(url, {"decision": "declined", "words": "Our printer stops at 16 point.", "review": ""}).location == case
        letter = as_text(complaint.letters[-1].body)
        assert "If you need it after all, or something else" in letter and "Ask us to look at it again on any day." in letter
        assert "When we look at it again" not in letter and "do not keep to it" not in letter
        assert "We are sorry. We cannot do this as you asked." in letter and "Our printer stops at 16 point." in letter
        event = complaint.happenings[-2] if complaint.happenings[-1].step is Step.ISSUED else complaint.happenings[-1]
        assert event.step is Step.ADJUSTMENT_DECIDED and "printer" not in str(event.details) and "print" not in str(event.details)


def test_5_10_what_is_declined_has_no_day_to_be_looked_at_again_even_where_it_had_one(town: Town, signed_in: SignIn, complaint: Complaint) -> None:
    case, url = door(town, complaint)
    with clock.at(MONDAY):
        handler = signed_in(Role.HANDLER)
        handler.send(url, AGREED)
        handler.send(url, {"decision": "declined", "words": "The printer broke.", "review": "1 June 2026"})
        said = words_of(handler.page(case))
        assert "Declined. The printer broke." in said and "To be looked at again" not in said
    with clock.at(date(2026, 6, 2)):
        assert "whether what we agreed still helps" not in words_of(signed_in(Role.HANDLER).page("/staff/due"))
    town.register.rollback()
    asked, last = complaint.resident.person.adjustments[0], [one for one in complaint.happenings if one.step is Step.ADJUSTMENT_DECIDED][-1]
    assert asked.review_on is None and "review" not in last.details
    for agreed, words in ((True, "Yes."), (False, " ")):
        with clock.at(MONDAY), pytest.raises(RuleBroken, match="Say when it is looked at again"), town.writing():
            operations.decide_adjustment(complaint, asked, by=town.viewer(Role.HANDLER), agreed=agreed, words=words)
