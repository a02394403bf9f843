"""What a complaint has none of is not asked for again, and what it comes to have is seen."""

import pytest

from portal.access import Role
from portal.complaints import operations, queries
from portal.complaints.none_of import OFTEN_NONE
from tests.town import Town


def test_each_kind_of_row_is_asked_for_where_it_is_kept() -> None:
    for relation, whose in OFTEN_NONE.items():
        assert relation.property.mapper.class_ is whose.class_


def test_a_note_is_seen_by_whoever_finds_the_complaint_and_by_whoever_wrote_it(town: Town) -> None:
    complaint, manager = town.complains(), town.viewer(Role.MANAGER)
    town.register.rollback()
    found = queries.find(town.register, manager, complaint.reference)
    assert found is not None and (found.notes, found.contacts, found.actions) == ([], [], [])
    with town.writing():
        operations.write_note(found, "Rang the roofer.", by=manager)
        assert [note.words for note in found.notes] == ["Rang the roofer."]
    town.register.rollback()
    again = queries.find(town.register, manager, complaint.reference)
    assert again is not None and [note.words for note in again.notes] == ["Rang the roofer."]


@pytest.mark.parametrize("role", [Role.HANDLER, Role.PARTY])
def test_what_has_been_answered_is_read_whole(town: Town, role: Role) -> None:
    complaint = town.complains()
    town.acknowledged(complaint)
    town.answered(complaint)
    viewer = town.resident(complaint) if role is Role.PARTY else town.viewer(role)
    town.register.rollback()
    found = queries.find(town.register, viewer, None if role is Role.PARTY else complaint.reference)
    assert found is not None
    assert (len(found.answers), len(found.remedies), len(found.actions)) == (2, 1, 1)
