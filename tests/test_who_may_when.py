"""Every state a complaint can be in, every step, and everybody who might take it, compared with a table written by hand (TR1, TR2, B4, B7).

Whoever changes what may follow what, or who may do it, changes its line in steps_table.csv too, and says there why.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import pytest

from portal import access
from portal.access import Do, Role, Viewer
from portal.rules import data_asked, keeping, order, table
from portal.rules.history import History, allowed_steps, broken_rules, stage_of, stage_to_answer
from portal.rules.people import deciders, kept_from
from portal.rules.reading import barred_from, points
from portal.rules.standing import ABOUT_THE_ANSWER, LETTERS_ABOUT_IT, stage_to_correct
from portal.rules.steps import Happening, Step
from tests.rules.states import FRI_15, JUNE_1, MON_11, STATES, TUE_12, given
from tests.rules.story import CODE, ENGLAND, NOT_UPHELD, Story, accepted, day

TABLE = Path(__file__).with_name("steps_table.csv")
MAY, NOT_THEIRS = "may", "is not theirs to do"

GROUPS: dict[str, tuple[str, ...]] = {
    "fresh": ("new", "weighed"),
    "stage 1 acknowledged": (
        "acknowledged unweighed", "acknowledged", "misunderstood", "unconfirmed", "everything open", "overdue", "more time",
        "answered in part", "asked early", "taken up again",
    ),
    "to acknowledge again": ("directed", "refusal undone", "letter astray"),
    "at stage 2": ("stage 2 acknowledged", "panel to meet"),
    "refused at either stage": ("refused", "stage 2 refused"),
    "set aside": ("withdrawn", "joined", "first request", "voiced", "spam"),
}  # fmt: skip
"""States that a line names together; `but` leaves some of them out. `always` is every state between receipt and erasure."""

BEFORE_AND_AFTER = {"nothing yet": "5.12", "erased": "UK GDPR 5"}
"""Before receipt nothing but receipt happens, and after erasure nothing: no line says so again."""

AT_2 = {"asked when overdue", "stage 2 asked", "stage 2 acknowledged", "panel to meet", "final answer", "stage 2 refused"}
"""Where stage 2 has begun: whoever considered stage 1 is barred."""

OF_STAGE_1, OF_STAGE_2 = {"the handler", "stage 1 as reviewer"}, {"the reviewer"}
DECIDED = {"the handler", "stage 1 as reviewer", "stage 1 as manager", "stage 1 as triage"}
"""One person, who has stage 1, in each role they hold."""

PEOPLE: dict[str, Viewer] = {
    "nobody": Viewer(),
    "the resident": Viewer(Role.PARTY, party_id=1, complaint_id=1, is_proved=True),
    "a neighbour": Viewer(Role.PARTY, party_id=9, complaint_id=2, is_proved=True),
    "who says they act": Viewer(Role.REPRESENTATIVE, party_id=2, complaint_id=1, is_proved=True),
    "who writes for them": Viewer(Role.REPRESENTATIVE, party_id=3, complaint_id=1, is_proved=True),
    "who decides for them": Viewer(Role.REPRESENTATIVE, party_id=4, complaint_id=1, is_proved=True),
    "who was stopped": Viewer(Role.REPRESENTATIVE, party_id=5, complaint_id=1, is_proved=True),
    "a colleague": Viewer(Role.COLLEAGUE, staff_id=20),
    "who logged it": Viewer(Role.COLLEAGUE, staff_id=21),
    "the handler": Viewer(Role.HANDLER, staff_id=7),
    "stage 1 as reviewer": Viewer(Role.REVIEWER, staff_id=7),
    "stage 1 as manager": Viewer(Role.MANAGER, staff_id=7),
    "stage 1 as triage": Viewer(Role.TRIAGE, staff_id=7),
    "the reviewer": Viewer(Role.REVIEWER, staff_id=9),
} | {f"another {role}": Viewer(role, staff_id=30 + n) for n, role in enumerate(access.STAFF) if role is not Role.COLLEAGUE}


def others(*roles: str) -> set[str]:
    """Somebody in each of these roles who has no part in it."""
    return {f"another {role}" for role in roles}


STAFF = {name for name, viewer in PEOPLE.items() if viewer.is_staff}
SORTERS = others("triage", "manager") | {"stage 1 as manager", "stage 1 as triage"}
MANAGERS = {"another manager", "stage 1 as manager"}
FIRST_HANDS = SORTERS | others("handler", "senior") | {"the handler"}
CASEWORKERS = FIRST_HANDS | {"another reviewer", "the reviewer", "stage 1 as reviewer"}

WHO: dict[str, Callable[[str], set[str]]] = {
    "anybody": lambda state: set(PEOPLE),
    "all staff": lambda state: STAFF,
    "resident": lambda state: {"the resident"},
    "who acts for them": lambda state: {"who says they act", "who writes for them", "who decides for them"},
    "who writes for them": lambda state: {"who writes for them"},
    "who decides for them": lambda state: {"who decides for them"},
    "who logged it": lambda state: {"who logged it"},
    "everybody at work": lambda state: CASEWORKERS | {"a colleague", "who logged it"},
    "caseworkers": lambda state: CASEWORKERS,
    "first hands": lambda state: FIRST_HANDS,
    "answerers": lambda state: {"the handler", "stage 1 as reviewer", "the reviewer"} | others("handler", "senior", "reviewer"),
    "sorters": lambda state: SORTERS,
    "managers": lambda state: MANAGERS,
    "lead": lambda state: {"another lead"},
    "liaison": lambda state: {"another liaison"},
    "sorters who may": lambda state: SORTERS - (DECIDED if state in AT_2 else set()),
    "managers who may": lambda state: MANAGERS - (DECIDED if state in AT_2 else set()),
    "reviewers who may": lambda state: {"another reviewer", "the reviewer", "stage 1 as reviewer"} - (DECIDED if state in AT_2 else set()),
    "a senior who may": lambda state: {"another senior"},
    "a handler of the stage": lambda state: set() if state in AT_2 or state == "nothing yet" else {"the handler"},
    "whoever has it": lambda state: _of(state, AT_2),
    "whoever owes the answer": lambda state: _of(state, AT_2 - {"asked when overdue"}),
    "whoever gave the answer": lambda state: _of(state, {"final answer"}),
}  # fmt: skip
"""Who a line means, in the state it is about."""


def _of(state: str, at_2: set[str]) -> set[str]:
    if state == "nothing yet":
        return set()
    return OF_STAGE_2 if state in at_2 else OF_STAGE_1


DOORS: dict[Step, tuple[Do, ...]] = {
    Step.RECEIVED: (Do.COMPLAIN, Do.LOG_COMPLAINT), Step.TRIAGED: (Do.TRIAGE,), Step.ASSIGNED: (Do.ASSIGN,), Step.RECUSED: (Do.STAND_BACK,),
    Step.CONFLICT_DECIDED: (Do.DECIDE_CONFLICT,), Step.OUTSIDE_NAMED: (Do.NAME_OUTSIDE,), Step.PANEL_ARRANGED: (Do.KEEP_PANEL,),
    Step.PANEL_CALLED_OFF: (Do.KEEP_PANEL,), Step.PANEL_HELD: (Do.KEEP_PANEL,), Step.NAMING: (Do.SET_NAMING,), Step.RESTRICTED: (Do.RESTRICT,),
    Step.ACKNOWLEDGED: (Do.ACKNOWLEDGE, Do.ACKNOWLEDGE_AND_ANSWER), Step.DEFINITION_REVISED: (Do.ANSWER,), Step.MEANING_QUERIED: (Do.QUERY_MEANING,),
    Step.MEANING_ANSWERED: (Do.ANSWER,), Step.EXTENDED: (Do.EXTEND,), Step.RESPONDED: (Do.ANSWER,), Step.REFUSED: (Do.REFUSE,),
    Step.ESCALATED: (Do.ASK_STAGE_2, Do.WRITE_SAID), Step.ISSUED: (Do.POST_LETTERS, Do.SEND_AGAIN), Step.FOUND_UNUSABLE: (Do.SAY_UNUSABLE, Do.SEND_AGAIN),
    Step.ACTION_PROMISED: (Do.ANSWER, Do.OFFER, Do.KEEP_PANEL), Step.ACTION_GIVEN: (Do.KEEP_ACTIONS,), Step.ACTION_REDATED: (Do.KEEP_ACTIONS,),
    Step.ACTION_DONE: (Do.KEEP_ACTIONS, Do.KEEP_OWN_ACTIONS), Step.PERSON_MATCHED: (Do.MATCH_PERSON,), Step.DEATH_RECORDED: (Do.RECORD_DEATH,),
    Step.DEATH_UNDONE: (Do.KEEP_ESTATE,), Step.ESTATE_NAMED: (Do.KEEP_ESTATE,), Step.DANGER_TOLD: (Do.COMPLAIN, Do.LOG_COMPLAINT),
    Step.DANGER_HANDED_OVER: (Do.HAND_OVER_DANGER,), Step.DATES_RECOUNTED: (Do.KEEP_CALENDAR,), Step.CLARIFICATION_ASKED: (Do.ASK,),
    Step.PART_ANSWERED: (Do.ANSWER,), Step.ANSWER_CORRECTED: (Do.CORRECT_ANSWER,), Step.LATE_TOLD: (Do.SEND_NEWS,), Step.UPDATE_AGREED: (Do.WRITE_SAID,),
    Step.UPDATED: (Do.SEND_NEWS,), Step.ISSUE_RAISED: (Do.RAISE_ISSUE, Do.WRITE_ISSUE), Step.ISSUE_DECIDED: (Do.DECIDE_ISSUE,),
    Step.REMEDY_OFFERED: (Do.ANSWER, Do.OFFER), Step.REMEDY_PAID: (Do.KEEP_ACTIONS,), Step.REMEDY_ACCEPTED: (Do.ANSWER_OFFER, Do.WRITE_SAID),
    Step.REMEDY_DECLINED: (Do.ANSWER_OFFER, Do.WRITE_SAID), Step.ACTION_DISPUTED: (Do.DISPUTE_ACTION,), Step.HOLD_RELEASED: (Do.ASK_STAGE_2,),
    Step.WITHDRAWN: (Do.WITHDRAW, Do.WRITE_SAID), Step.RESUMED: (Do.TAKE_UP, Do.WRITE_SAID), Step.OMBUDSMAN_HAS: (Do.KEEP_OMBUDSMAN,),
    Step.DIRECTED: (Do.ACCEPT,), Step.REFUSAL_UNDONE: (Do.UNDO_REFUSAL,), Step.RECEIPT_QUERIED: (Do.DISPUTE_RECEIPT,), Step.RECEIPT_KEPT: (Do.CORRECT_RECEIPT,),
    Step.RECEIPT_CORRECTED: (Do.CORRECT_RECEIPT,), Step.VOIDED: (Do.VOID,), Step.BREACH_ANSWERED: (Do.ANSWER_BREACH,), Step.CAUSE_TIED: (Do.JOIN,),
    Step.JOINED: (Do.JOIN,), Step.UNJOINED: (Do.JOIN,), Step.MADE_REQUEST: (Do.MAKE_REQUEST,), Step.VOICED: (Do.VOICE, Do.MAKE_REQUEST),
    Step.SPAM: (Do.SPAM,), Step.NOT_SPAM: (Do.SPAM,), Step.MESSAGED: (Do.WRITE_TO_US, Do.REPLY), Step.NOTED: (Do.WRITE_NOTE,), Step.TRANSLATED: (Do.TRANSLATE,),
    Step.EVIDENCE_SEEN: (Do.KEEP_EVIDENCE, Do.ANSWER_BY_LINK), Step.CONTRACTOR_ASKED: (Do.ASK_CONTRACTOR,), Step.CONTRACTOR_LINK_ENDED: (Do.ASK_CONTRACTOR,),
    Step.CONTACTED: (Do.RECORD_CONTACT,), Step.CODE_GIVEN: (Do.GIVE_CODE, Do.GET_CODE), Step.CONTACT_CHANGED: (Do.CHANGE_CONTACT, Do.CHANGE_FOR_THEM, Do.MATCH_PERSON),
    Step.LANGUAGE_CHOSEN: (Do.CHOOSE_LANGUAGE, Do.CHANGE_FOR_THEM), Step.CALL_ASKED: (Do.PROVE,), Step.WAY_STOPPED: (Do.STOP_MESSAGES,), Step.REPRESENTED: (Do.JUDGE_AUTHORITY, Do.END_AUTHORITY),
    Step.ADJUSTMENT_DECIDED: (Do.DECIDE_ADJUSTMENT,), Step.ADJUSTMENT_OVERRIDDEN: (Do.RECORD_CONTACT, Do.POST_LETTERS),
    Step.AUTHORITY_ENDED: (Do.END_AUTHORITY, Do.WRITE_SAID), Step.AUTHORITY_DECIDED: (Do.DECIDE_PAUSE,), Step.COMPLETED: (Do.RECORD_OUTSIDE,),
    Step.DATA_ASKED: (Do.ASK_FOR_DATA, Do.WRITE_DATA_ASKED), Step.DATA_SENT: (Do.SEND_DATA,), Step.DATA_EXTENDED: (Do.SEND_DATA,), Step.DATA_REFUSED: (Do.REFUSE_DATA,), Step.KEPT_LONGER: (Do.KEEP_LONGER,),
    Step.KEEPING_ENDED: (Do.KEEP_LONGER,), Step.OMBUDSMAN_DONE: (Do.KEEP_LONGER,), Step.ERASED: (Do.ERASE,),
}  # fmt: skip
"""What somebody does on our pages by which each step is taken."""


class AsFound:
    """A complaint as the table of who may what sees it, with nothing but its history and who acts in it."""

    id = 1
    logged_by_id: int | None = 21
    waits_for_anybody = waits_for_triage = False

    def __init__(self, history: History) -> None:
        self.history, self.stage = history, stage_of(history)

    def stage_for(self, letter: str) -> int:
        """The stage that a letter of this kind would be of."""
        if letter == "correction":
            return stage_to_correct(self.history)
        return stage_to_answer(self.history) if letter in LETTERS_ABOUT_IT else self.stage

    def scopes_of(self, party_id: int | None) -> frozenset[str]:
        """What each of those who act may do."""
        return {3: frozenset({"write"}), 4: frozenset({"decide"})}.get(party_id or 0, frozenset())

    def is_stopped(self, party_id: int | None) -> bool:
        """Whether the resident stopped them."""
        return party_id == 5

    def decides(self, stage: int, staff_id: int | None) -> bool:
        """Whether they have that stage."""
        return staff_id in deciders(self.history, stage)

    def is_on(self, staff_id: int | None) -> bool:
        """Whether they have or had a part in it."""
        return staff_id in (7, 9)

    def is_near(self, staff_id: int | None) -> bool:
        """Whether it is theirs."""
        return self.is_on(staff_id)

    def barred(self, stage: int, staff_id: int | None) -> bool:
        """Whether they may not consider that stage."""
        return f"staff:{staff_id}" in barred_from(self.history, stage) | kept_from(self.history, stage)


@cache
def found(state: str) -> tuple[History, date]:
    """The history of a state, and the day on which somebody looks."""
    begins, on = STATES[state]
    return begins().history, day(on)


def states_named(words: str) -> set[str]:
    """The states that one phrase of a line means."""
    name, _but, without = words.partition(" but ")
    meant = set(STATES) - set(BEFORE_AND_AFTER) if name == "always" else set(GROUPS.get(name, (name,)))
    return meant - set(without.split(" and ") if without else ())


@cache
def lines() -> dict[Step, dict[str, str]]:
    """Every line of the table, by its step."""
    with TABLE.open(newline="") as file:
        return {Step(line["step"]): line for line in csv.DictReader(file)}


@cache
def when(step: Step) -> dict[str, str]:
    """For each state, what the line of a step says: that it may be taken, or by which provision it is refused."""
    line, said = lines()[step], dict(BEFORE_AND_AFTER)
    for words in filter(None, line["may"].split("; ")):
        said |= dict.fromkeys(states_named(words), MAY)
    for refusal in filter(None, line["otherwise"].split("; ")):
        provision, _colon, names = refusal.partition(": ")
        for words in names.split(", "):
            assert not states_named(words) & {state for state in said if said[state] != provision}, (step, words)
            said |= dict.fromkeys(states_named(words), provision)
    return said


def by_whom(step: Step, state: str) -> set[str]:
    """Everybody to whom the line of a step gives it, in a state."""
    return set[str]().union(*(WHO[words](state) for words in lines()[step]["who"].split("; ")))


def stage_meant(history: History, step: Step) -> int:
    """The stage at which a step would be taken, as our pages take it."""
    now = stage_of(history)
    if step in (Step.ESCALATED, Step.HOLD_RELEASED, Step.RECEIVED):
        return now + 1 if step is not Step.RECEIVED else 1
    if step is Step.ANSWER_CORRECTED:
        return stage_to_correct(history)
    return stage_to_answer(history) if step in ABOUT_THE_ANSWER else now


def judged(state: str, step: Step, viewer: Viewer) -> str:
    """What the portal answers: that they may, that it is not theirs, or the provision of the first rule about order that it breaks."""
    history, on = found(state)
    if not any(access.may(viewer, do, AsFound(history)) for do in DOORS[step]):
        return NOT_THEIRS
    stage = stage_meant(history, step)
    by = viewer.name if viewer.role is not Role.NOBODY else "machine"
    if step in allowed_steps(history, CODE, ENGLAND, on=on, by=by, stage=stage, among=[step]):
        return MAY
    proposed = Happening(step, stage, on, datetime.combine(on, time(12), UTC), by, {"kind": "acknowledgement"})
    return broken_rules(history, proposed, CODE, ENGLAND)[0].provision


def wrong_with(step: Step) -> Iterator[str]:
    """Where the portal answers otherwise than the line of a step says."""
    said = when(step)
    for state in STATES:
        theirs = by_whom(step, state)
        for name, viewer in PEOPLE.items():
            expected = said[state] if name in theirs else NOT_THEIRS
            if (answer := judged(state, step, viewer)) != expected:
                yield f"{step}, when {state}, by {name}: {answer}; the table says {expected}"


def test_the_table_has_a_line_for_each_step_and_each_line_speaks_of_every_state_and_says_why() -> None:
    assert list(lines()) == list(Step) and set(DOORS) == set(Step)
    assert {step: sorted(set(STATES) ^ set(when(step))) for step in Step if set(when(step)) != set(STATES)} == {}
    assert all(len(line["why"].split()) > 2 for line in lines().values())
    assert {name for names in GROUPS.values() for name in names} <= set(STATES)


def test_every_state_is_another_one() -> None:
    told = {state: tuple((step, when(step)[state]) for step in Step) for state in STATES}
    alike = {frozenset(other for other in told if told[other] == said) for said in told.values()}
    assert {group for group in alike if len(group) > 1} <= ALIKE


ALIKE = {
    frozenset({"new", "weighed", "refusal undone"}), frozenset({"acknowledged", "answered in part", "taken up again"}), frozenset({"new", "weighed"}),
    frozenset({"asked when overdue"}), frozenset({"withdrawn", "joined"}), frozenset({"voiced"}),
}  # fmt: skip
"""States of which the order of steps says the same: what differs in them is what a step may contain."""


@pytest.mark.parametrize("step", Step)
def test_TR1_B7_it_is_taken_when_and_by_whom_the_table_says_and_refused_by_the_provision_it_names(step: Step) -> None:
    assert list(wrong_with(step)) == []


SEEN_ELSEWHERE = {
    order.no_such_stage, order.in_the_future, order.before_what_it_follows, order.wrong_first_stage, order.has_no_acknowledgement, order.directed_in_part,
    order.has_no_extension, order.no_points, order.kept_from_it, order.no_letter_to_issue, keeping.still_kept, keeping.still_with_ombudsman,
    order.not_the_next_stage, order.not_begun, order.barred, data_asked.extended_already, data_asked.extended_too_late,
}  # fmt: skip
"""Rules about order that no state here breaks alone: about days, stages and editions that there are not, and what a letter holds (tests/rules).

Whoever is barred is not let through to begin with; below, they are judged by the rules alone too.
"""


@pytest.mark.parametrize("rule", [rule for rule in table.ORDER if rule.breaks not in SEEN_ELSEWHERE], ids=lambda rule: f"{rule.breaks.__name__} {rule.cites}")
def test_TR1_each_rule_about_order_taken_away_is_noticed(monkeypatch: pytest.MonkeyPatch, rule: table.Rule) -> None:
    for step in rule.steps:
        for rules in (table.ORDER_OF, table.RULES_OF):
            monkeypatch.setitem(rules, step, tuple(each for each in rules[step] if each is not rule))
    assert any(next(wrong_with(step), "") for step in Step if step in rule.steps)


# Nobody who considered stage 1 considers stage 2, in any role they hold


CONSIDERS = (
    Do.ACKNOWLEDGE, Do.ACKNOWLEDGE_AND_ANSWER, Do.ANSWER, Do.CORRECT_ANSWER, Do.REFUSE, Do.ASK, Do.EXTEND, Do.KEEP_EVIDENCE, Do.ASSIGN, Do.STAND_BACK,
    Do.KEEP_PANEL, Do.DECIDE_CONFLICT, Do.APPROVE_ANSWER, Do.APPROVE_REFUSAL, Do.OFFER,
)  # fmt: skip
"""What is to consider a stage, to decide it, to approve it, or to choose who does (ruling 34)."""

IN_PART: dict[str, Callable[[Story], Story]] = {
    "had it": lambda story: given(story.responded(FRI_15, by="staff:8")),
    "answered it": lambda story: story.responded(FRI_15, by="staff:7"),
    "decided it with others": lambda story: story.then(Step.ASSIGNED, MON_11, staff=7, part="member").responded(FRI_15, by="staff:8"),
    "was to approve it": lambda story: story.then(Step.ASSIGNED, MON_11, staff=7, part="approver").responded(FRI_15, by="staff:8"),
    "drafted it": lambda story: story.responded(FRI_15, by="staff:8", drafted_by=["staff:7"]),
    "approved it": lambda story: story.responded(FRI_15, by="staff:8", approved_by=["staff:7"]),
    "answered a part of it": lambda story: story.then(
        Step.PART_ANSWERED, TUE_12, by="staff:7", answers={"1": NOT_UPHELD}, parts=story.parts("interim", 1)
    ).responded(FRI_15, by="staff:8", answers={"1": NOT_UPHELD, "2": NOT_UPHELD}),
    "corrected it": lambda story: story.responded(FRI_15, by="staff:8").then(
        Step.ANSWER_CORRECTED, FRI_15, by="staff:7", answers={"1": NOT_UPHELD}, parts=story.parts("correction", 1)
    ),
}  # fmt: skip
"""What somebody did at stage 1."""

NEXT: dict[str, Callable[[Story], Story]] = {
    "asked for": lambda story: story.escalated(JUNE_1),
    "given to somebody new": lambda story: story.escalated(JUNE_1).then(Step.ASSIGNED, JUNE_1, 2, by="staff:3", staff=9, part="decider"),
    "acknowledged": lambda story: NEXT["given to somebody new"](story).acknowledged(JUNE_1, 2, by="staff:9", points=dict(points(story.history, 1))),
}
"""How far stage 2 has come."""


@pytest.mark.parametrize("far", NEXT)
@pytest.mark.parametrize("part", IN_PART)
def test_TR2_B4_whoever_considered_stage_1_considers_stage_2_in_none_of_their_roles(part: str, far: str) -> None:
    story = NEXT[far](IN_PART[part](acknowledged_of_two() if part == "answered a part of it" else accepted()))
    case = AsFound(story.history)
    acting = [Viewer(role, staff_id=7) for role in access.STAFF]
    told = {(do, viewer.role) for viewer in acting for do in CONSIDERS if do is not Do.CORRECT_ANSWER and access.may(viewer, do, case)}
    assert told == set()
    for step in (Step.RESPONDED, Step.PART_ANSWERED, Step.REFUSED):
        assert step not in story.allowed(JUNE_1, by="staff:7", stage=2)
    somebody = {(do, role) for role in access.STAFF for do in CONSIDERS if access.may(Viewer(role, staff_id=9), do, case)}
    assert (Do.ASSIGN, Role.MANAGER) in somebody and (far == "asked for" or (Do.ANSWER, Role.REVIEWER) in somebody)


def acknowledged_of_two() -> Story:
    """Acknowledged, with two points."""
    return accepted(points={"1": "ours", "2": "ours"})


def test_TR2_every_action_on_a_stage_is_among_those_that_consider_or_bars_nobody_by_ruling_34() -> None:
    conditions = {access.acknowledges_now, access.answers_now, access.has_it_now, access.corrects_now, access.not_barred, access.may_consider_answer}
    judged_by_stage = {do for do, roles in access.RULES.items() if conditions & set(roles.values())}
    assert judged_by_stage - set(CONSIDERS) == {Do.DECIDE_ISSUE, Do.OPEN_ORIGINAL, Do.ASK_CONTRACTOR, Do.SEND_NEWS}
