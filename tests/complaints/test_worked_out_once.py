"""What follows from a complaint's history alone is worked out once, and anew as soon as anything more has happened."""

from sqlalchemy import Engine

from portal import db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.recording import deadlines_of
from portal.rules.steps import Step
from tests.town import Town


def test_the_dates_are_counted_once_while_nothing_happens(town: Town) -> None:
    complaint = town.complains()
    assert deadlines_of(complaint) is deadlines_of(complaint)


def test_what_happens_in_the_transaction_under_way_is_seen_at_once(town: Town) -> None:
    complaint = town.complains()
    before = len(complaint.happenings)
    with town.writing():
        operations.assign(complaint, town.staff[Role.HANDLER], by=town.viewer(Role.MANAGER), interest="Nothing declared")
        assert complaint.happenings[-1].step is Step.ASSIGNED
        operations.triage(
            complaint, by=town.viewer(Role.TRIAGE), complexity="some", vulnerability="none", risk="low", words="One repair.",
            service_id=town.repairs.id,
        )  # fmt: skip
        assert [one.step for one in complaint.happenings[before:]] == [Step.ASSIGNED, Step.TRIAGED]


def test_what_was_taken_back_is_not_seen(town: Town) -> None:
    complaint = town.complains()
    before = list(complaint.happenings)
    try:
        with town.writing():
            operations.assign(complaint, town.staff[Role.HANDLER], by=town.viewer(Role.MANAGER), interest="Nothing declared")
            assert len(complaint.happenings) > len(before)
            raise KeyError("on purpose")
    except KeyError:
        pass
    assert complaint.happenings == before


def test_what_somebody_else_recorded_is_seen_once_the_events_are_read_again(town: Town, engine: Engine) -> None:
    complaint = town.complains()
    number, resident, before = complaint.id, town.resident(complaint), deadlines_of(complaint)
    town.register.rollback()
    with db.sessions(engine)() as theirs, db.transaction(theirs):
        operations.withdraw(theirs.get_one(Complaint, number), by=resident)
    town.register.rollback()
    assert complaint.happenings[-1].step is Step.ISSUED
    assert deadlines_of(complaint) != before
