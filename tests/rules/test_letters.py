"""What each letter must say, and what a draft still lacks, each thing with its provision and its field."""

from typing import Any

import pytest

from portal.rules.letters import Missing, missing_parts, parts_present, required_parts
from tests.rules.saltmarsh import SALTMARSH
from tests.rules.story import CODE


def lacking(kind: str, stage: int, draft: dict[str, Any]) -> list[tuple[str, str | None, int | None]]:
    """Provision, field and point of everything a draft lacks."""
    return [(one.provision, one.field, one.point) for one in missing_parts(CODE, kind, stage, draft)]


def acknowledgement(**changes: Any) -> dict[str, Any]:
    """A whole draft of an acknowledgement, unless changed."""
    point = {"number": 1, "text": "The boiler was left broken.", "responsibility": "ours"}
    return {"points": [point], "outcomes": ["A working boiler"], "answer_by": "2026-05-26", **changes}


def response(*points: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A whole draft of an answer, unless changed."""
    point = {"number": 1, "text": "The boiler was left broken.", "responsibility": "ours",
             "disposition": "not_upheld", "reasons": "It was mended the same day."}  # fmt: skip
    return {"points": list(points) or [point], "contributors": ["gas team"], **changes}


UPHELD = {"number": 1, "text": "The boiler was left broken.", "responsibility": "ours", "disposition": "upheld",
          "reasons": "We did not come.", "fault": "We missed two visits.", "remedies": [{"kind": "apology"}],
          "impact": "Nine days without heat."}  # fmt: skip


def test_a_whole_acknowledgement_lacks_nothing() -> None:
    assert lacking("acknowledgement", 1, acknowledgement()) == []


def test_an_empty_acknowledgement_lacks_a_point_the_outcomes_and_the_answers_date() -> None:
    found = missing_parts(CODE, "acknowledgement", 1, {})
    assert [(one.part, one.provision, one.field) for one in found] == [
        ("definition", "5.6", "points"), ("outcomes", "5.6", "outcomes"), ("answer_by", "6.3", "answer_by"),
    ]  # fmt: skip
    assert found[0] == Missing("definition", "5.6", "At least one point complained of", None, "points")


def test_at_stage_2_the_answers_date_comes_from_another_provision() -> None:
    assert ("6.14", "answer_by", None) in lacking("acknowledgement", 2, {})


def test_an_outcome_not_known_is_enough_with_the_day_we_asked() -> None:
    draft = acknowledgement(outcomes=[], outcomes_asked_on="2026-05-12")
    assert lacking("acknowledgement", 1, draft) == []


def test_each_point_says_what_we_understand_and_whose_it_is() -> None:
    points = [{"number": 1, "text": "  ", "responsibility": "ours"}, {"number": 4, "text": "Damp"}]
    assert lacking("acknowledgement", 1, acknowledgement(points=points)) == [
        ("5.6", "text", 1), ("5.7", "responsibility", 4),
    ]  # fmt: skip


@pytest.mark.parametrize("whose", ["not_ours", "shared"])
def test_a_point_that_is_not_ours_alone_names_who_else_it_belongs_to(whose: str) -> None:
    point = {"number": 2, "text": "Bins", "responsibility": whose}
    assert lacking("acknowledgement", 1, acknowledgement(points=[point])) == [("5.7", "whose", 2)]
    named = {**point, "whose": "The council, 01632 960001"}
    assert lacking("acknowledgement", 1, acknowledgement(points=[named])) == []


def test_a_whole_answer_lacks_nothing() -> None:
    assert lacking("response", 1, response()) == []
    assert lacking("response", 1, response(UPHELD)) == []
    assert lacking("response", 2, response(UPHELD)) == []


def test_a_point_to_be_confirmed_is_confirmed_before_the_answer() -> None:
    open_point = {**UPHELD, "responsibility": "to_be_confirmed"}
    assert lacking("response", 1, response(open_point)) == [("5.7", "responsibility", 1)]


@pytest.mark.parametrize("stage", [1, 2])
def test_each_point_needs_a_decision_with_reasons(stage: int) -> None:
    bare = {"number": 3, "text": "Damp", "responsibility": "ours"}
    points = "6.7" if stage == 1 else "6.18"
    assert lacking("response", stage, response(bare)) == [(points, "disposition", 3), (points, "reasons", 3)]


@pytest.mark.parametrize("disposition", ["upheld", "partly_upheld"])
@pytest.mark.parametrize(("field", "provision"), [("fault", "7.1"), ("remedies", "7.1"), ("impact", "7.2")])
def test_a_point_upheld_needs_its_fault_its_remedy_and_its_impact(
    disposition: str, field: str, provision: str
) -> None:
    point = {**UPHELD, "disposition": disposition, field: []}
    assert lacking("response", 1, response(point)) == [(provision, field, 1)]


def test_an_action_says_what_who_and_by_when() -> None:
    found = missing_parts(
        CODE, "response", 1, response(actions=[{"what": "New boiler"}, {"owner": "Gas team"}])
    )
    assert [(one.provision, one.action, one.field) for one in found] == [
        ("7.3", 1, "what"), ("7.3", 0, "owner"), ("7.3", 0, "due_on"), ("7.3", 1, "due_on"),
    ]  # fmt: skip


def test_the_final_answer_says_who_took_part_or_why_nobody_else_was_needed() -> None:
    draft = response(contributors=[])
    assert lacking("response", 2, draft) == [("6.20", "contributors", None)]
    assert lacking("response", 1, draft) == []
    assert lacking("response", 2, {**draft, "no_contributors_because": "It is about one letter."}) == []


def test_an_extension_gives_its_reason_the_new_date_and_an_interval_with_how_it_was_agreed() -> None:
    assert lacking("extension", 1, {}) == [
        ("6.4", "reason", None), ("6.4", "new_date", None), ("5.9", "interval", None), ("5.9", "interval_agreed", None),
    ]  # fmt: skip
    assert {part.provision for part in required_parts(CODE, "extension", 2)} == {"6.15", "5.9", "6.16"}


def test_a_refusal_brings_what_its_own_ground_asks() -> None:
    draft = {"evidence": "e", "reasons": "r", "circumstances": "c"}
    assert lacking("refusal", 1, draft) == [("2.2", "ground", None)]
    assert lacking("refusal", 1, {**draft, "ground": "over_12_months"}) == [("2.3", "discretion", None)]
    assert lacking("refusal", 2, {**draft, "ground": "legal_proceedings"}) == [("2.2", "court_filing", None)]
    assert lacking("refusal", 2, {**draft, "ground": "already_considered"}) == [
        ("2.2", "earlier_decision", None)
    ]


def test_the_parts_present_are_the_required_ones_less_those_that_lack_something() -> None:
    whole = [part.id for part in required_parts(CODE, "acknowledgement", 1)]
    assert parts_present(CODE, "acknowledgement", 1, acknowledgement()) == whole
    assert "outcomes" not in parts_present(CODE, "acknowledgement", 1, acknowledgement(outcomes=[]))


def test_a_point_not_accepted_brings_the_rights_that_go_with_a_refusal() -> None:
    point = {**UPHELD, "disposition": "not_accepted"}
    assert "refusal_rights" in parts_present(CODE, "response", 1, response(point))
    assert "refusal_rights" not in parts_present(CODE, "response", 1, response())


def test_a_receipt_is_written_by_the_portal_and_lacks_nothing() -> None:
    assert missing_parts(CODE, "receipt", 1, {}) == []
    assert [part.id for part in required_parts(CODE, "receipt", 2)] == [
        "reference",
        "words",
        "acknowledge_by",
        "ombudsman",
    ]


def test_another_edition_asks_for_other_parts() -> None:
    found = missing_parts(SALTMARSH, "response", 1, {"points": [{"number": 1}]})
    assert [(one.provision, one.field, one.point) for one in found] == [("S5", "disposition", 1)]
    assert required_parts(SALTMARSH, "acknowledgement", 1) == ()


def test_a_false_start_is_not_an_answer_and_a_nought_is_not_a_reason() -> None:
    nothings: list[Any] = ["", "   ", None, [], 0, False]
    for nothing in nothings:
        assert ("6.7", "reasons", 1) in lacking("response", 1, response({**UPHELD, "reasons": nothing}))
