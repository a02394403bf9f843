"""The demo's year: every way that a complaint can go is somewhere in it, its dates are true, and it is the same each time."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select

from portal import clock
from portal.complaints import demo, demo_year
from portal.complaints.models import Complaint
from portal.complaints.people import Home
from portal.complaints.record import Event
from portal.complaints.verify import first_fault
from portal.db import Register
from portal.rules.steps import Step

SOMEWHERE = (
    Step.ACKNOWLEDGED, Step.RESPONDED, Step.ESCALATED, Step.EXTENDED, Step.LATE_TOLD, Step.UPDATED, Step.REFUSED, Step.DIRECTED,
    Step.WITHDRAWN, Step.RESUMED, Step.ACTION_PROMISED, Step.ACTION_DONE, Step.DANGER_TOLD,
)  # fmt: skip


def test_the_demo_holds_a_year_of_two_hundred_complaints_from_four_thousand_homes(register: Register) -> None:
    signs = demo.fill(register)
    assert signs.reference and signs.code
    complaints = list(register.scalars(select(Complaint)))
    assert 190 <= len(complaints) <= 220
    assert register.scalar(select(func.count()).where(Home.landlord_record.is_not(None))) == 4000
    received = [each.received_on for each in complaints]
    assert max(received) <= clock.today() and clock.today() - min(received) > timedelta(330)
    steps = Counter(register.scalars(select(Event.step)))
    assert [step for step in SOMEWHERE if not steps[step]] == []
    owed = [each for each in complaints if each.next_due]
    assert 15 <= len(owed) <= 60
    assert any(each.next_due and each.next_due < clock.today() for each in owed), "something is late"
    assert {each.service_id for each in complaints} - {None}
    assert first_fault(register) is None
    happened = register.execute(select(Event.happened_on, Event.recorded_at)).all()
    assert all(day == clock.day_of(moment) for day, moment in happened), "each was written down on its own day"


def test_the_demo_s_year_is_told_the_same_way_each_time() -> None:
    assert list(demo_year.cases()) == list(demo_year.cases())
    assert len({str(each["told"]["name"]) for each in demo_year.cases()}) > 150
