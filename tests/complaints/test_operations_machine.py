"""Random people do random things on random days: what the operations accept never makes a history the Code forbids."""

import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal import clock, db
from portal.access import Role
from portal.complaints import operations
from portal.complaints.calendar import calendar
from portal.complaints.models import Answer, Complaint
from portal.complaints.verify import first_fault
from portal.rules import deadlines, editions, history, voice
from portal.rules.steps import Happening, RuleBroken, Step
from tests.town import ACKNOWLEDGING, Town, answering

ROLES = [Role.TRIAGE, Role.HANDLER, Role.REVIEWER, Role.MANAGER]
SOMEBODY = st.sampled_from(ROLES)
WORKED_OUT = (
    "stage", "next_step", "next_stage", "next_due", "danger_rank", "handler_id", "answered_on", "all_done_on",
    "waiting_since",
)  # fmt: skip


class Office(RuleBasedStateMachine):
    """One complaint among four members of staff and its resident; `engine` is put here by the test."""

    engine: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.register = db.sessions(self.engine)()
        self.day = date(2026, 3, 30)
        with clock.at(self.day):
            self.town = Town(self.register)
            self.complaint: Complaint = self.town.complains()

    def attempt(self, do: Any) -> None:
        """Try something today; what the rules refuse changes nothing."""
        before = len(self.complaint.happenings)
        refused = None
        with clock.at(self.day):
            try:
                with db.transaction(self.register):
                    do()
            except RuleBroken as broken:
                refused = broken
        if refused:
            assert refused.provision
            assert len(self.complaint.happenings) == before

    @rule(days=st.integers(1, 12))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days)

    @rule(who=SOMEBODY, by=SOMEBODY)
    def assign(self, who: Role, by: Role) -> None:
        self.attempt(lambda: operations.assign(
            self.complaint, self.town.staff[who], by=self.town.viewer(by), interest=""
        ))  # fmt: skip

    @rule(by=SOMEBODY)
    def triage(self, by: Role) -> None:
        self.attempt(lambda: operations.triage(
            self.complaint, by=self.town.viewer(by), complexity="some", vulnerability="none", risk="low", words="",
            service_id=None,
        ))  # fmt: skip

    @rule(by=SOMEBODY, unsettled=st.booleans())
    def acknowledge(self, by: Role, unsettled: bool) -> None:
        written = dict(ACKNOWLEDGING)
        if unsettled:
            written["points"] = [{**written["points"][0], "responsibility": "to_be_confirmed"}]
        self.attempt(lambda: operations.acknowledge(self.complaint, written, by=self.town.viewer(by)))

    @rule(by=SOMEBODY, leave_out=st.booleans())
    def respond(self, by: Role, leave_out: bool) -> None:
        written = answering(max(self.complaint.stage, 1))
        if leave_out:
            written["points"] = written["points"][:1]
        self.attempt(lambda: operations.respond(self.complaint, written, by=self.town.viewer(by)))

    @rule()
    def escalate(self) -> None:
        self.attempt(lambda: operations.escalate(self.complaint, by=self.town.resident(self.complaint)))

    @rule(steps=st.integers(1, 5), who=st.sampled_from([Role.HANDLER, Role.REVIEWER]))
    def things_go_as_they_should(self, steps: int, who: Role) -> None:
        """What is owed next is done, by one person, so that the random steps also fall late in a complaint's life."""
        for _ in range(steps):
            done = {(h.step, h.stage) for h in self.complaint.happenings}
            stage = self.complaint.stage
            if (Step.TRIAGED, 1) not in done:
                self.triage(Role.TRIAGE)
            elif (Step.ASSIGNED, stage) not in done:
                self.assign(who, Role.MANAGER)
            elif (Step.ACKNOWLEDGED, stage) not in done:
                self.acknowledge(who, False)
            elif (Step.RESPONDED, stage) not in done:
                self.respond(who, False)
            else:
                self.escalate()

    @rule(replied=st.booleans(), read=st.booleans(), by=SOMEBODY)
    def write(self, replied: bool, read: bool, by: Role) -> None:
        self.attempt(lambda: operations.write(self.complaint, "When?", by=self.town.resident(self.complaint)))
        if replied:
            self.attempt(lambda: operations.reply(self.complaint, "Soon.", by=self.town.viewer(by)))
        if read:
            self.attempt(lambda: operations.mark_read(self.complaint, by=self.town.viewer(by), upto=99))

    @rule()
    def danger(self) -> None:
        told = {"words": "gas"}
        self.attempt(lambda: operations.danger_told(self.complaint, told, by=self.town.resident(self.complaint)))

    @precondition(lambda self: any(a.handed_over_at is None for a in self.complaint.alerts))
    @rule(by=SOMEBODY)
    def hand_over(self, by: Role) -> None:
        alert = next(a for a in self.complaint.alerts if a.handed_over_at is None)
        self.attempt(lambda: operations.hand_over_danger(
            alert, self.complaint, by=self.town.viewer(by), to="The emergency line"
        ))  # fmt: skip

    @precondition(lambda self: bool(self.complaint.actions))
    @rule(by=SOMEBODY, data=st.data(), days_back=st.integers(0, 20))
    def complete(self, by: Role, data: st.DataObject, days_back: int) -> None:
        action = data.draw(st.sampled_from(list(self.complaint.actions)))
        self.attempt(lambda: operations.complete_action(
            self.complaint, action, by=self.town.viewer(by), on=self.day - timedelta(days_back), proof="Seen"
        ))  # fmt: skip

    @invariant()
    def what_was_worked_out_is_what_the_rules_work_out(self) -> None:
        past, edition = self.complaint.happenings, editions.edition(self.complaint.edition)
        owed = deadlines.next_deadline(past, edition, calendar(self.complaint.division))
        stage = history.stage_of(past)
        written = {(h.step, h.stage) for h in past} if owed else set()
        only_to_send = owed is not None and owed.action is None and (owed.step, owed.stage) in written
        assert {name: getattr(self.complaint, name) for name in WORKED_OUT} == {
            "stage": stage,
            "next_step": (Step.ISSUED if only_to_send else owed.step) if owed else None,
            "next_stage": owed.stage if owed else None,
            "next_due": owed.due_on if owed else None,
            "danger_rank": 0 if history.in_danger(past) else 1,
            "handler_id": history.handler_at(past, history.stage_to_answer(past)),
            "answered_on": history.answered_on(past),
            "all_done_on": history.all_done_on(past),
            "waiting_since": voice.waiting_since(past),
        }

    @invariant()
    def nothing_forbidden_has_happened(self) -> None:
        assert forbidden(self.complaint.happenings) == []

    @invariant()
    def every_answer_covers_every_point(self) -> None:
        for stage in {h.stage for h in self.complaint.happenings if h.step is Step.RESPONDED}:
            answered = {a.point_number for a in self.register.query(Answer).filter_by(stage=stage)}
            definition = self.complaint.definition(stage)
            assert definition is not None
            assert answered >= {p.number for p in definition.points}

    def teardown(self) -> None:
        assert first_fault(self.register) is None
        self.register.close()


def forbidden(past: list[Happening]) -> list[str]:
    """What the Code forbids that can be seen in a past; written apart from the rules, and told in plain words."""
    found = []
    steps = [(h.step, h.stage) for h in past]
    if past[0].step is not Step.RECEIVED or Counter(s for s, _ in steps)[Step.RECEIVED] != 1:
        found.append("not received once, first")
    for step, most in ((Step.ACKNOWLEDGED, 1), (Step.RESPONDED, 1), (Step.ESCALATED, 2)):
        found += [f"{step} {n} times at {stage}" for (s, stage), n in Counter(steps).items() if s is step and n > most]
    if any(stage not in (1, 2) for _, stage in steps):
        found.append("a third stage")
    for stage in (1, 2):
        if (Step.RESPONDED, stage) in steps:
            answered = steps.index((Step.RESPONDED, stage))
            if (Step.ACKNOWLEDGED, stage) not in steps[:answered]:
                found.append(f"stage {stage} answered before it was acknowledged")
            if Step.TRIAGED not in [s for s, _ in steps[:answered]]:
                found.append(f"stage {stage} answered without triage")
            if not past[answered].details["answers"]:
                found.append(f"stage {stage} answered nothing")
    if (Step.ACKNOWLEDGED, 2) in steps and (Step.ESCALATED, 2) not in steps[: steps.index((Step.ACKNOWLEDGED, 2))]:
        found.append("stage 2 begun without being asked for")
    considered_1 = {h.by for h in past if h.stage == 1 and h.step is Step.RESPONDED}
    considered_1 |= {f"staff:{h.details['staff']}" for h in past if h.stage == 1 and h.step is Step.ASSIGNED}
    considered_2 = {h.by for h in past if h.stage == 2 and h.step is Step.RESPONDED}
    considered_2 |= {f"staff:{h.details['staff']}" for h in past if h.stage == 2 and h.step is Step.ASSIGNED}
    if considered_1 & considered_2:
        found.append("the same person at both stages")
    found += [f"{h.step} on a day that had not come" for h in past if h.on > clock.day_of(h.at)]
    found += [f"{h.step} before the complaint was received" for h in past if h.on < past[0].on]
    return found


@pytest.mark.parametrize("wrong", ["no acknowledgement", "same person", "third stage", "twice"])
def test_the_list_of_the_forbidden_sees_what_it_should(town: Town, wrong: str) -> None:
    with clock.at(date(2026, 5, 11)):
        complaint = town.complains()
        town.acknowledged(complaint)
        town.answered(complaint)
    past = list(complaint.happenings)
    assert forbidden(past) == []
    answer = next(h for h in past if h.step is Step.RESPONDED)
    again = Happening(Step.RESPONDED, 2, answer.on, answer.at, answer.by, answer.details)
    spoilt = {
        "no acknowledgement": [h for h in past if h.step is not Step.ACKNOWLEDGED],
        "same person": [*past, again],
        "third stage": [*past, Happening(Step.ESCALATED, 3, answer.on, answer.at, answer.by, {})],
        "twice": [*past, answer],
    }
    assert forbidden(spoilt[wrong])


def offices(empty_database: Path, folder: Path, how_many: int) -> None:
    """Run so many offices, each on a database of its own."""

    class Fresh(Office):
        def __init__(self) -> None:
            shutil.copy(empty_database, folder / "portal.db")
            Fresh.engine = db.connect(f"sqlite:///{folder / 'portal.db'}", durable=False)
            super().__init__()

        def teardown(self) -> None:
            super().teardown()
            self.engine.dispose()

    run_state_machine_as_test(
        Fresh,
        settings=settings(
            max_examples=how_many, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.once
def test_random_people_dates_and_orders_never_reach_a_forbidden_history(empty_database: Path, tmp_path: Path) -> None:
    offices(empty_database, tmp_path, 10)


@pytest.mark.slow
def test_forty_times_as_many_never_reach_one_either(empty_database: Path, tmp_path: Path) -> None:
    offices(empty_database, tmp_path, 400)
