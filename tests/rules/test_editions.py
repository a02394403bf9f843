"""The editions as data: the 2024 Code whole, and nothing in the rules that knows one edition from another."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from portal.rules.editions import EDITIONS, by_stage, edition, in_force
from portal.rules.editions.model import Edition, Hold, Part, Since, Strength
from portal.rules.history import Step
from portal.rules.letters import CONDITIONS
from portal.rules.ombudsman import CONTACTS, contact_on
from tests.rules.saltmarsh import SALTMARSH
from tests.rules.story import CODE, ENGLAND, NOT_UPHELD, Story, day

OLD = edition("housing-ombudsman-2022")

# Section and how many provisions it has; 1.1 only introduces the Code and is in no landlord's form.
SECTIONS = {1: range(2, 7), 2: range(1, 6), 3: range(1, 8), 4: range(1, 4), 5: range(1, 16), 6: range(1, 21),
            7: range(1, 5), 8: range(1, 6), 9: range(1, 9)}  # fmt: skip
WHOLE = (
    """1.5 2.1 2.2 2.3 2.4 3.7 5.3 5.6 5.7 5.9 5.11 5.12 6.4 6.5 6.9 6.10 6.12 6.13 6.15 6.16 6.19 8.2 9.5"""
)


def test_the_72_provisions_are_all_there_once_each_and_in_order() -> None:
    expected = [f"{section}.{number}" for section, numbers in SECTIONS.items() for number in numbers]
    assert [row.number for row in CODE.provisions] == expected
    assert len(expected) == 72


def test_50_provisions_are_enforced_10_measured_11_supported_and_1_is_outside() -> None:
    held = Counter(row.hold for row in CODE.provisions)
    assert held == {Hold.ENFORCE: 50, Hold.MEASURE: 10, Hold.SUPPORT: 11, Hold.OUTSIDE: 1}
    assert sum(Hold.MEASURE in row.holds for row in CODE.provisions) == 24


def test_23_are_enforced_whole_and_27_only_in_the_record() -> None:
    strengths = Counter(row.strength for row in CODE.provisions)
    assert strengths == {Strength.WHOLE: 23, Strength.RECORD_ONLY: 27, None: 22}
    assert [row.number for row in CODE.provisions if row.strength is Strength.WHOLE] == WHOLE.split()
    assert all((row.strength is not None) == (row.hold is Hold.ENFORCE) for row in CODE.provisions)


def test_each_provision_is_one_line_of_ours_and_no_two_are_the_same() -> None:
    words = [row.words for row in CODE.provisions]
    assert len(set(words)) == 72
    assert all(len(one) <= 110 and one.endswith(".") and "\n" not in one for one in words)


def test_the_limits_of_the_2024_code() -> None:
    limits = [(stage.acknowledge, stage.respond, stage.extend) for stage in CODE.stages]
    assert [
        (a.working_days, a.since, r.working_days, r.since, e.working_days) for a, r, e in limits if a and e
    ] == [
        (5, Since.STAGE_BEGAN, 10, Since.ACKNOWLEDGED, 10),
        (5, Since.STAGE_BEGAN, 20, Since.ACKNOWLEDGED, 20),
    ]
    assert (CODE.start_day, CODE.first_stages, CODE.may_ask_why_escalated) == (0, (1,), False)


@pytest.mark.parametrize("stage", [1, 2])
def test_the_answer_has_its_parts_a_to_g_and_the_ombudsman(stage: int) -> None:
    parts = CODE.stage(stage).letters["response"]
    assert "".join(part.letter for part in parts) == "abcdefg"
    assert {part.provision for part in parts if part.letter} == {"6.9" if stage == 1 else "6.19"}
    assert any(part.provision == "3.7" for part in parts)


def test_item_71_every_letter_of_every_stage_tells_of_the_ombudsman() -> None:
    for stage in CODE.stages:
        for kind, parts in stage.letters.items():
            assert any(part.id == "ombudsman" for part in parts), (stage.number, kind)


def test_there_are_eight_kinds_of_remedy_and_three_grounds() -> None:
    assert len({kind.id for kind in CODE.remedy_kinds}) == 8
    assert [ground.id for ground in CODE.grounds] == [
        "over_12_months",
        "legal_proceedings",
        "already_considered",
    ]


def test_the_definition_of_a_complaint_is_the_codes_own_words() -> None:
    assert CODE.definition.startswith(
        "an expression of dissatisfaction, however made, about the standard of service"
    )
    assert CODE.definition.endswith("affecting a resident or group of residents")


@pytest.mark.parametrize("code", [OLD, CODE, SALTMARSH], ids=lambda code: code.id)
def test_what_an_edition_names_it_has(code: Edition) -> None:
    assert {stage.number for stage in code.stages} >= set(code.first_stages)
    for part in parts_of(code):
        assert part.provision, part.id
        assert all(need.when in CONDITIONS for need in part.needs)


def test_every_provision_that_the_2024_code_names_is_one_of_the_72() -> None:
    numbers = {row.number for row in CODE.provisions}
    for part in parts_of(CODE):
        assert {part.provision, *(need.provision or part.provision for need in part.needs)} <= numbers
    assert {one.provision for one in CODE.grounds} <= numbers
    assert {one.provision for one in CODE.remedy_kinds} <= numbers
    assert {one.provision for one in CODE.dispositions} <= numbers
    assert {one.provision for one in CODE.time_limits} <= numbers
    assert CODE.definition_provision in numbers


def test_the_limits_of_the_2022_code() -> None:
    first, second = OLD.stages
    assert first.acknowledge and (first.acknowledge.working_days, first.respond.working_days) == (5, 10)
    assert (second.acknowledge, second.respond.working_days, second.respond.since) == (None, 20, Since.STAGE_BEGAN)
    assert [stage.extend.working_days for stage in OLD.stages if stage.extend] == [10, 10]


def test_what_the_2022_code_is_cited_for_is_among_its_rows() -> None:
    numbers = {row.number for row in OLD.provisions}
    assert set(OLD.cites.values()) <= numbers
    assert {part.provision for part in parts_of(OLD)} <= numbers
    assert {one.provision for one in OLD.grounds} | {one.provision for one in OLD.remedy_kinds} <= numbers
    assert {one.provision for one in OLD.dispositions} <= numbers


def test_ruling_33_a_stage_has_the_edition_in_force_on_the_day_it_began() -> None:
    both = by_stage(OLD, date(2024, 4, 1))
    assert by_stage(OLD, date(2024, 3, 28)) is by_stage(OLD, None) is OLD
    assert by_stage(CODE, date(2026, 5, 1)) is CODE
    story = Story(both, ENGLAND).received("Mon 04 Mar 2024").acknowledged("Mon 11 Mar 2024")
    story.refuses("5.8", "the decision on each point", Step.RESPONDED, "Fri 15 Mar 2024", answers={"1": NOT_UPHELD}, parts=["stage"])
    story.responded("Fri 15 Mar 2024").escalated("Mon 08 Apr 2024")
    assert story.limit(Step.ACKNOWLEDGED, 2).due_on == day("Mon 15 Apr 2024")
    assert [one.provision for one in story.deadlines()] == ["4.1", "5.1", "6.11", "6.14"]


def test_ruling_33_a_stage_2_of_the_2022_code_runs_20_working_days_from_the_request() -> None:
    story = Story(OLD, ENGLAND).received("Mon 05 Feb 2024").acknowledged("Mon 05 Feb 2024").responded("Fri 09 Feb 2024")
    story.escalated("Mon 12 Feb 2024")
    assert [(one.step, one.due_on) for one in story.deadlines() if one.stage == 2] == [(Step.RESPONDED, day("Mon 11 Mar 2024"))]


def test_ruling_53_the_five_days_of_2022_are_counted_as_working_days() -> None:
    story = Story(OLD, ENGLAND).received("Thu 28 Mar 2024")
    assert story.limit(Step.ACKNOWLEDGED).due_on == day("Mon 08 Apr 2024")


def parts_of(code: Edition) -> list[Part]:
    """Every part of every letter and of every ground."""
    letters = [part for stage in code.stages for parts in stage.letters.values() for part in parts]
    return letters + [part for ground in code.grounds for part in ground.parts] + [code.refusal_rights]


def test_an_edition_is_found_by_its_id_and_by_a_day() -> None:
    assert edition("housing-ombudsman-2024") is CODE
    assert in_force(date(2026, 5, 11)) is CODE
    assert in_force(date(2024, 4, 1)) is CODE
    assert in_force(date(2024, 3, 31)) is in_force(date(2019, 1, 1)) is OLD
    later = replace(CODE, id="later", from_day=date(2027, 4, 1))
    assert in_force(date(2027, 3, 31), (CODE, later)) is CODE
    assert in_force(date(2027, 4, 1), (CODE, later)) is later
    assert set(EDITIONS) == {one.id for one in EDITIONS.values()}
    with pytest.raises(KeyError):
        edition("saltmarsh")


def test_since_13_january_2026_the_ombudsman_takes_no_new_case_by_email() -> None:
    assert contact_on(date(2026, 1, 12)).takes_new_cases_by_email
    assert not contact_on(date(2026, 1, 13)).takes_new_cases_by_email
    assert contact_on(date(2020, 1, 1)) is CONTACTS[0]


def test_each_row_of_the_ombudsmans_details_names_its_source_and_its_doubt() -> None:
    assert all(row.source and row.doubt for row in CONTACTS)
