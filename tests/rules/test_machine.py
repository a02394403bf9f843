"""Random people propose random things in random order: what the one door lets in never makes a forbidden history."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from portal.rules.endings import refusal, set_aside
from portal.rules.history import (
    Happening,
    RuleBroken,
    Step,
    allowed_steps,
    check_step,
    is_held,
    points,
    stage_of,
)
from portal.rules.letters import required_parts
from portal.rules.reading import LETTER_OF, live
from portal.rules.table import RULES
from tests.rules.forbidden import Judge
from tests.rules.saltmarsh import SALTMARSH
from tests.rules.story import CODE, ENGLAND, day
from tests.rules.test_second_counter import PAPER

START = day("Wed 01 Apr 2026")
KINDS = ["acknowledgement", "response", "extension", "refusal"]
PEOPLE = ["staff:1", "staff:2", "staff:3", "party:1"]
ENDINGS = [
    Step.WITHDRAWN, Step.RESUMED, Step.RESUMED, Step.DIRECTED, Step.REFUSAL_UNDONE, Step.JOINED, Step.UNJOINED, Step.UNJOINED,
    Step.MADE_REQUEST, Step.VOICED, Step.SPAM, Step.NOT_SPAM, Step.NOT_SPAM, Step.HOLD_RELEASED,
]  # fmt: skip
NEWS = [Step.PART_ANSWERED, Step.ANSWER_CORRECTED, Step.LATE_TOLD, Step.UPDATE_AGREED, Step.UPDATED, Step.CLARIFICATION_ASKED]
SELDOM = {
    Step.DIRECTED, Step.REFUSAL_UNDONE, Step.RESUMED, Step.WITHDRAWN, Step.MADE_REQUEST, Step.VOICED, Step.JOINED, Step.UNJOINED,
    Step.SPAM, Step.NOT_SPAM, Step.HOLD_RELEASED, Step.LATE_TOLD, Step.UPDATE_AGREED, Step.UPDATED, Step.VOIDED, Step.BREACH_ANSWERED,
    Step.PART_ANSWERED, Step.RECEIPT_KEPT, Step.ACTION_GIVEN, Step.ACTION_REDATED, Step.ACTION_DONE, Step.REMEDY_PAID,
    Step.RECUSED, Step.OUTSIDE_NAMED, Step.NAMING, Step.OMBUDSMAN_HAS, Step.RESTRICTED, Step.ADJUSTMENT_DECIDED, Step.ADJUSTMENT_OVERRIDDEN, Step.CAUSE_TIED, Step.AUTHORITY_ENDED, Step.AUTHORITY_DECIDED, Step.CONTACT_CHANGED, Step.LANGUAGE_CHOSEN, Step.CALL_ASKED,
    Step.PANEL_ARRANGED, Step.PANEL_CALLED_OFF, Step.PANEL_HELD, Step.ESTATE_NAMED, Step.DEATH_UNDONE,
    Step.DATA_ASKED, Step.DATA_EXTENDED, Step.DATA_REFUSED, Step.DATA_SENT, Step.KEPT_LONGER, Step.KEEPING_ENDED, Step.OMBUDSMAN_DONE, Step.ERASED,
}  # fmt: skip
"""Turns that random people may not come to in one run; `test_turns` and `test_steps` take each of them on purpose."""
TAKES_BACK = {
    Step.WITHDRAWN: Step.RESUMED, Step.JOINED: Step.UNJOINED, Step.SPAM: Step.NOT_SPAM, Step.MADE_REQUEST: Step.VOICED,
}  # fmt: skip
DEATHS = [Step.DEATH_RECORDED, Step.DEATH_UNDONE, Step.ESTATE_NAMED]
PLAIN = [*DEATHS, Step.RECEIPT_QUERIED, Step.RECEIPT_KEPT, Step.MESSAGED, Step.CONTACTED, Step.WAY_STOPPED, Step.NOTED, Step.TRANSLATED, Step.EVIDENCE_SEEN, Step.CONTRACTOR_ASKED, Step.CONTRACTOR_LINK_ENDED, Step.REPRESENTED, Step.COMPLETED]
ACTS = [Step.ACTION_PROMISED, Step.ACTION_PROMISED, Step.ACTION_GIVEN, Step.ACTION_REDATED, Step.ACTION_DONE]
MOSTLY = st.sampled_from([True, True, True, True, False])
REACHED: Counter[str] = Counter()
REFUSED: Counter[str] = Counter()


class Complaint(RuleBasedStateMachine):
    """One complaint, and everyone who might do something to it."""

    @initialize(code=st.sampled_from([CODE, CODE, SALTMARSH]))
    def begin(self, code: Any) -> None:
        numbers = {stage: PAPER[code.id, stage] for stage in (1, 2)}
        self.code, self.history = code, list[Happening]()
        self.judge = Judge(numbers, set(ENGLAND.holidays), set(code.first_stages), bool(code.triage_factors))
        self.now = START

    def propose(self, step: Step, stage: int | None, by: str, back: int = 0, **details: Any) -> None:
        """Ask the one door; whatever it lets in is judged by the list of forbidden shapes."""
        on = self.now - timedelta(back)
        proposed = Happening(step, stage, on, datetime.combine(self.now, time(12), UTC), by, details, len(self.history) + 1)
        try:
            check_step(live(self.history), proposed, self.code, ENGLAND)
        except RuleBroken as broken:
            REFUSED[broken.reason] += 1
            return
        shown = allowed_steps(live(self.history), self.code, ENGLAND, on=on, by=by, stage=stage)
        assert step in shown, f"{step} is let in, but its button is not shown"
        self.history.append(proposed)
        assert self.judge.faults(live(self.history)) == []
        REACHED[f"{step} {stage}"] += 1

    @rule(days=st.integers(0, 12))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days)

    @rule(stage=st.sampled_from([1, 1, 1, 2]), back=st.integers(0, 3))
    def receive(self, stage: int, back: int) -> None:
        self.propose(Step.RECEIVED, stage, "party:1", back)

    @rule(stage=st.sampled_from([1, 1, 2, 3]), by=st.sampled_from(PEOPLE), whole=MOSTLY)
    def triage(self, stage: int, by: str, whole: bool) -> None:
        rest: dict[str, Any] = {"vulnerability": "none", "risk": "low"} if whole else {}
        self.propose(Step.TRIAGED, stage, by, complexity="low", **rest)

    @rule(stage=st.sampled_from([1, 2]), by=st.sampled_from(PEOPLE), who=st.integers(1, 3),
          part=st.sampled_from(["handler", "decider", "contributor", "mascot"]))  # fmt: skip
    def assign(self, stage: int, by: str, who: int, part: str) -> None:
        self.propose(Step.ASSIGNED, stage, by, staff=who, part=part)

    @rule(step=st.sampled_from([Step.RECUSED, Step.CONFLICT_DECIDED, Step.OUTSIDE_NAMED]), stage=st.sampled_from([1, 2]), by=st.sampled_from(PEOPLE), barred=MOSTLY)
    def keep_away(self, step: Step, stage: int, by: str, barred: bool) -> None:
        if len(self.history) % 2:
            self.propose(step, stage, by, staff=3, barred=barred, reason=True, named_by="senior_lead")

    @rule(stage=st.sampled_from([1, 2, 3]), whose=st.lists(st.sampled_from(["ours", "ours", "to_be_confirmed"]), max_size=2),
          by=st.sampled_from(PEOPLE), back=st.integers(0, 2), revised=st.booleans(), whole=MOSTLY)  # fmt: skip
    def define(self, stage: int, whose: list[str], by: str, back: int, revised: bool, whole: bool) -> None:
        named = {str(number): one for number, one in enumerate(whose, 1)}
        step = Step.DEFINITION_REVISED if revised else Step.ACKNOWLEDGED
        details = {"points": named, "outcomes": 1, "parts": self.parts("acknowledgement", stage, whole)}
        self.propose(step, stage, by, back, **details)

    @rule(query=st.integers(1, 2), said=MOSTLY, reply=st.booleans())
    def misunderstand(self, query: int, said: bool, reply: bool) -> None:
        stage = stage_of(self.history)
        if said:
            self.propose(Step.MEANING_QUERIED, stage, "party:1", query=query)
        if reply:
            self.propose(Step.MEANING_ANSWERED, stage, "staff:1", query=query)

    @rule(stage=st.sampled_from([1, 2]), by=st.sampled_from(PEOPLE), back=st.integers(0, 2), upheld=st.booleans(),
          fault=MOSTLY, remedy=st.sampled_from(["", "apology", "eel pie", "cake"]), whole=MOSTLY, every=MOSTLY)  # fmt: skip
    def respond(
        self, stage: int, by: str, back: int, upheld: bool, fault: bool, remedy: str, whole: bool, every: bool
    ) -> None:
        decided = {CODE.id: ("upheld", "not_upheld"), SALTMARSH.id: ("right", "wrong")}[self.code.id]
        answer = {
            "disposition": decided[0] if upheld else decided[1], "fault": fault, "impact": True,
            "remedies": [remedy] if remedy else [],
        }  # fmt: skip
        live = sorted(points(self.history, stage))[: None if every else 1]
        details = {
            "answers": dict.fromkeys(live, answer),
            "parts": self.parts("response", stage, whole),
        }
        self.propose(Step.RESPONDED, stage, by, back, **details)

    @rule(back=st.integers(-1, 3), days=st.integers(1, 50), good=st.booleans(), told=MOSTLY)
    def extend(self, back: int, days: int, good: bool, told: bool) -> None:
        stage = stage_of(self.history) or 1
        to = (self.now + timedelta(days)).isoformat()
        parts = self.parts("extension", stage, True)
        self.propose(Step.EXTENDED, stage, "staff:1", back, to=to, good_reason=good, interval=5, parts=parts)
        if told:
            self.propose(Step.ISSUED, stage, "machine", kind="extension", usable=True)

    @rule(stage=st.sampled_from([1, 2]), by=st.sampled_from(PEOPLE))
    def refuse(self, stage: int, by: str) -> None:
        if len(self.history) % 4:
            return
        ground = self.code.grounds[-1]
        parts = self.parts("refusal", stage, True) + [part.id for part in ground.parts]
        self.propose(Step.REFUSED, stage, by, ground=ground.id, parts=parts)

    @rule(stage=st.sampled_from([1, 2, 2, 2, 3]), early=st.booleans(), back=st.integers(0, 2))
    def escalate(self, stage: int, early: bool, back: int) -> None:
        self.propose(Step.ESCALATED, stage, "party:1", back, early=early)

    @rule(
        stage=st.sampled_from([1, 1, 2]), kind=st.sampled_from(KINDS), back=st.integers(-1, 3), usable=MOSTLY
    )
    def issue(self, stage: int, kind: str, back: int, usable: bool) -> None:
        self.propose(Step.ISSUED, stage, "machine", back, kind=kind, usable=usable)

    @rule(step=st.sampled_from(ACTS), action=st.integers(1, 2),
          back=st.integers(0, 4), due=st.integers(-2, 20))  # fmt: skip
    def act(self, step: Step, action: int, back: int, due: int) -> None:
        day_due = (self.now + timedelta(due)).isoformat()
        self.propose(step, 1, "staff:1", back, action=action, due=day_due, reason=True, staff=1)

    @rule(step=st.sampled_from([Step.REMEDY_ACCEPTED, Step.REMEDY_DECLINED]), by=st.sampled_from(["party:1", "party:1", "staff:1"]), remedy=st.integers(1, 2))
    def answer_offer(self, step: Step, by: str, remedy: int) -> None:
        self.propose(step, 1, by, remedy=remedy)

    @rule(action=st.integers(1, 2))
    def dispute(self, action: int) -> None:
        self.propose(Step.ACTION_DISPUTED, 1, "party:1", action=action)

    @rule(step=st.sampled_from([Step.PERSON_MATCHED, Step.CODE_GIVEN, Step.DATES_RECOUNTED, *PLAIN]))
    def note(self, step: Step) -> None:
        self.propose(step, 1, "staff:1")

    @rule(step=st.sampled_from([Step.REMEDY_OFFERED, Step.REMEDY_PAID]), remedy=st.integers(1, 4), known=MOSTLY)
    def offer_or_pay(self, step: Step, remedy: int, known: bool) -> None:
        kind = self.code.remedy_kinds[0].id if known else "cake"
        parts = [part.id for part in self.code.stage(1).letters.get("offer", ())]
        self.propose(step, 1, "staff:1", remedy=remedy, kind=kind, parts=parts)

    @rule(step=st.sampled_from([Step.DANGER_TOLD, Step.DANGER_HANDED_OVER]), alert=st.integers(1, 2))
    def danger(self, step: Step, alert: int) -> None:
        if any(one.details.get("alert") == alert for one in self.history) and step is Step.DANGER_TOLD:
            return
        self.propose(step, 1, "staff:1", alert=alert)

    @rule(step=st.sampled_from(ENDINGS), by=st.sampled_from(PEOPLE), contact=MOSTLY, points=st.sampled_from([[], [], ["1"], ["2"]]))
    def end_or_undo(self, step: Step, by: str, contact: bool, points: list[str]) -> None:
        told = {"contact": 1} if contact else {}
        if step in set(TAKES_BACK) and len(self.history) % 3:
            return
        self.propose(step, stage_of(self.history) or 1, by, points=points, reference="HO-1", **told)

    @rule(by=st.sampled_from(PEOPLE), back=st.integers(-3, 6), reason=MOSTLY, by_manager=st.booleans())
    def correct_receipt(self, by: str, back: int, reason: bool, by_manager: bool) -> None:
        to = (self.now - timedelta(back)).isoformat()
        self.propose(Step.RECEIPT_CORRECTED, 1, by, to=to, reason=reason, by_manager=by_manager)

    @rule(step=st.sampled_from(NEWS), stage=st.sampled_from([1, 2]), days=st.integers(0, 5))
    def send_news(self, step: Step, stage: int, days: int) -> None:
        one = {number: self.not_upheld() for number in sorted(points(self.history, stage))[:1]}
        self.propose(step, stage, "staff:1", interval=days, answers=one, parts=self.parts(LETTER_OF.get(step, ""), stage, True))

    @rule(issue=st.integers(1, 2), ground=st.sampled_from(["related", "answered"]), decide=st.booleans())
    def raise_issue(self, issue: int, ground: str, decide: bool) -> None:
        if not decide:
            self.propose(Step.ISSUE_RAISED, 1, "party:1", issue=issue)
            return
        decision = "joined" if ground == "related" else "new complaint"
        self.propose(Step.ISSUE_DECIDED, stage_of(self.history) or 1, "staff:1", issue=issue, ground=ground, decision=decision)

    @rule(place=st.integers(0, 6), reason=MOSTLY)
    def void(self, place: int, reason: bool) -> None:
        if len(self.history) == place + 4:
            self.propose(Step.VOIDED, 1, "staff:1", events=[self.history[place].number], reason=reason)

    @rule(by=st.sampled_from(["party:1", "staff:1"]), says_so=st.integers(0, 3))
    def cannot_read(self, by: str, says_so: int) -> None:
        """Somebody says that the letter that has just gone was of no use."""
        newest = self.history[-1] if self.history else None
        if newest and newest.step is Step.ISSUED and says_so == 0:
            self.propose(Step.FOUND_UNUSABLE, newest.stage, by, events=[newest.number])

    @rule(by=st.sampled_from(PEOPLE), begin_at=st.sampled_from([1, 1, -1]), weighed=MOSTLY, patient=MOSTLY)
    def go_on_well(self, by: str, begin_at: int, weighed: bool, patient: bool) -> None:
        """What a good day looks like, so that the deep places are reached too."""
        stage = stage_of(self.history)
        done = {one.step for one in self.history if one.stage == stage}
        if not self.history:
            self.propose(Step.RECEIVED, self.code.first_stages[min(begin_at, 0)], "party:1")
        elif aside := set_aside(self.history):
            self.propose(TAKES_BACK[aside], stage, "party:1", points=[])
        elif refusal(self.history):
            self.propose(Step.DIRECTED, stage, by, reference="HO-1")
        elif is_held(self.history, stage + 1) and not weighed:
            self.propose(Step.HOLD_RELEASED, stage + 1, "party:1")
        elif weighed and Step.TRIAGED not in done and self.code.triage_factors:
            self.propose(Step.TRIAGED, stage, by, complexity="low", vulnerability="none", risk="low")
        elif not points(self.history, stage):
            defined = Step.ACKNOWLEDGED if self.code.stage(stage).acknowledge else Step.DEFINITION_REVISED
            parts, named = self.parts("acknowledgement", stage, True), ("1", "2") if patient else ("1",)
            self.propose(defined, stage, by, points=dict.fromkeys(named, "ours"), outcomes=1, parts=parts)
            self.propose(Step.ISSUED, stage, "machine", kind="acknowledgement", usable=True)
        elif not patient:
            self.now += timedelta(24)
            self.propose(Step.LATE_TOLD, stage, "staff:1", interval=5, parts=self.parts("late", stage, True))
            self.propose(Step.ESCALATED, stage + 1, "party:1", early=False)
        elif Step.RESPONDED not in done:
            self.respond(stage, by, 0, True, True, self.code.remedy_kinds[0].id, True, True)
            self.propose(Step.ISSUED, stage, "machine", kind="response", usable=True)
        else:
            found = dict.fromkeys(points(self.history, stage), self.not_upheld())
            self.propose(Step.ANSWER_CORRECTED, stage, by, answers=found, parts=self.parts("correction", stage, True))
            self.propose(Step.ESCALATED, stage + 1, "party:1", early=False)

    def not_upheld(self) -> dict[str, Any]:
        """An answer that finds no fault."""
        return {"disposition": "not_upheld" if self.code is CODE else "wrong", "fault": False, "remedies": [], "impact": False}

    def parts(self, kind: str, stage: int, whole: bool) -> list[str]:
        """The parts of a letter, or all but the last."""
        found = [part.id for part in required_parts(self.code, kind, stage)] if stage < 3 else []
        return found if whole else found[:-1]


@pytest.mark.long
def test_whatever_is_let_in_never_makes_a_forbidden_history() -> None:
    REACHED.clear()
    REFUSED.clear()
    run_state_machine_as_test(
        Complaint,
        settings=settings(
            max_examples=500,
            stateful_step_count=60,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(dict(sorted(REACHED.items())))
    unused = {rule.reason for rule in RULES} - set(REFUSED)
    print(f"{sum(REFUSED.values())} refusals, for {len(REFUSED)} reasons; never for: {sorted(unused)}")
    assert {step for step in Step if not any(one.startswith(f"{step} ") for one in REACHED)} <= SELDOM
    assert {
        deep for deep in ("responded 2", "extended 1", "issued 2", "assigned 2") if not REACHED[deep]
    } == set()
