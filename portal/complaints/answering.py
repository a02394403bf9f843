"""Writing and answering: what staff write is kept as they go, then sent whole, checked against the edition."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints import approving
from portal.complaints.defining import refused_until, withdrawn_at
from portal.complaints.grounds import closed_points, point_details, see_open
from portal.complaints.models import Answer, Complaint, Remedy
from portal.complaints.more_time import more_time
from portal.complaints.news import news_facts
from portal.complaints.papers import Letter, StaffDraft
from portal.complaints.promises import promise_action, still_owed
from portal.complaints.recording import calendar_of, deadlines_of, edition_of, record, session_of
from portal.complaints.sending import facts_of, keep
from portal.letters.compose import compose
from portal.letters.facts import Facts
from portal.letters.structure import Composed
from portal.rules.editions.model import Part
from portal.rules.letters import Missing, is_refused, missing_parts, parts_for, parts_present, refused_points
from portal.rules.news import agreed_on
from portal.rules.reading import BOTH, KINDS, beginning, first
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


def save_writing(complaint: Complaint, kind: str, written: Mapping[str, Any], *, by: Viewer, seen: int) -> StaffDraft:
    """Keep what is being written of a letter. `seen` is the version the writer began from (0: none).

    Raises RuleBroken when somebody else has saved since, so that nobody's words are overwritten.
    """
    register = session_of(complaint)
    stage = complaint.stage_for(kind)
    draft = complaint.draft(kind, stage)
    if draft is None:
        draft = StaffDraft(kind=kind, stage=stage, version=0, writers=[])
        complaint.writing.append(draft)
    elif draft.version != seen:
        raise RuleBroken("5.12", N_("Someone else saved this letter while you were writing. Your words are still here."))
    draft.written, draft.saved_at, draft.saved_by_id = dict(written), clock.now(), by.staff_id or 0
    draft.writers = sorted({*draft.writers, by.staff_id or 0}) if written else []
    draft.version += 1
    register.flush()
    return draft


def drafted_by(complaint: Complaint, kind: str, *, by: Viewer) -> dict[str, list[str]]:
    """What an event holds of everybody else who wrote at a letter: drafting is considering (ruling 34)."""
    draft = complaint.draft(kind, complaint.stage_for(kind))
    others = [number for number in draft.writers if number != by.staff_id] if draft else []
    return {"drafted_by": [f"staff:{number}" for number in others]} if others else {}


def used(complaint: Complaint, kind: str, *, by: Viewer) -> None:
    """Empty what was written of a letter that has gone and may be written again; the letter itself is kept."""
    draft = complaint.draft(kind, complaint.stage_for(kind))
    if draft is not None:
        save_writing(complaint, kind, {}, by=by, seen=draft.version)


def facts_for(complaint: Complaint, kind: str, written: Mapping[str, Any]) -> Facts:
    """The facts of a letter as it would be if it went today; the preview and the letter sent are drawn from the same."""
    stage = complaint.stage_for(kind)
    began = beginning(complaint.happenings, stage)
    facts = facts_of(complaint, stage=stage, received_on=began.asked_on if began else complaint.received_day)
    if kind in ("response", "interim"):
        return replace(facts, draft=written, **_before(complaint, stage, written))
    if kind == "correction":
        first = [one.written_on for one in complaint.letters if one.stage == stage and one.kind in KINDS[Step.RESPONDED]]
        draft = {**written, "corrects_on": first[0].isoformat() if first else ""}
        return replace(facts, draft=draft, **_before(complaint, stage, written))
    if kind == BOTH:
        facts = replace(facts, **_before(complaint, stage, written))
    if kind == "offer":
        return replace(facts, draft=written, owed_before=still_owed(complaint))
    if kind in ("extension", "late", "update"):
        facts = replace(facts, draft=written, told_on=agreed_on(complaint.happenings, stage))
    if kind == "extension":
        more = more_time(complaint)
        return replace(facts, answer_by=more.told if more else None)
    if kind in ("late", "update"):
        return news_facts(complaint, facts)
    if kind not in ("acknowledgement", BOTH):
        return replace(facts, draft=written)
    answer_by, late_since = answer_dates(complaint)
    return replace(facts, draft=written, answer_by=answer_by, late_since=late_since)


def _before(complaint: Complaint, stage: int, written: Mapping[str, Any]) -> dict[str, Any]:
    """What an answer has to say of what came before it: promises still open, offers that stand, a stage already asked for,
    the points that the resident withdrew, and those that we refused."""
    asked = first(complaint.happenings, Step.ESCALATED, stage + 1)
    return {
        "owed_before": still_owed(complaint),
        "offered_before": _offered_before(complaint, stage),
        "next_asked_on": asked.on if asked else None,
        "withdrawn": withdrawn_at(complaint, stage),
        "refused": refused_until(complaint, stage, [int(point["number"]) for point in written.get("points") or ()]),
    }


def _offered_before(complaint: Complaint, stage: int) -> dict[int, list[dict[str, Any]]]:
    """What an earlier stage offered on each point and is still to be taken or paid."""
    found: dict[int, list[dict[str, Any]]] = {}
    for one in complaint.remedies:
        if one.point_number and one.stage < stage and not (one.paid_on or one.declined_on):
            found.setdefault(one.point_number, []).append({"words": one.words, "pence": one.pence})
    return found


def answer_dates(complaint: Complaint) -> tuple[date, date | None]:
    """The answer's date if we acknowledge today, and (past the backstop) since when we are already late (ruling 43)."""
    edition, stage = edition_of(complaint), edition_of(complaint).stage(complaint.stage)
    days = calendar_of(session_of(complaint), complaint.division)
    code_date = days.add(clock.today(), stage.respond.working_days, edition.start_day)
    owed = next((d for d in deadlines_of(complaint) if d.step is Step.RESPONDED and d.stage == stage.number), None)
    backstop = owed.backstop if owed else None
    if backstop is None:
        return code_date, None
    if backstop < clock.today():
        return code_date, backstop
    return min(code_date, backstop), None


def still_missing(complaint: Complaint, kind: str, written: Mapping[str, Any]) -> list[Missing]:
    """What the edition still asks of a letter before it may go, each linkable to its field."""
    facts = facts_for(complaint, kind, written)
    return missing_parts(edition_of(complaint), kind, facts.stage, _draft(facts))


def already_here(complaint: Complaint, kind: str, written: Mapping[str, Any]) -> list[Part]:
    """The parts of a letter that what is written has whole, in their order."""
    facts, edition = facts_for(complaint, kind, written), edition_of(complaint)
    here = parts_present(edition, kind, facts.stage, _draft(facts))
    return [part for part in parts_for(edition, kind, facts.stage, _draft(facts)) if part.id in here]


def _draft(facts: Facts) -> dict[str, Any]:
    """What the edition judges: what was written, and the answer's date, which nobody types."""
    return {**(facts.draft or {}), "answer_by": facts.answer_by.isoformat() if facts.answer_by else ""}


def parts_in(complaint: Complaint, composed: Composed, facts: Facts) -> list[str]:
    """The parts that the letter has a place for and that something was written in."""
    here = parts_present(edition_of(complaint), composed.kind, facts.stage, _draft(facts))
    return sorted(composed.parts & set(here))


def respond(complaint: Complaint, written: Mapping[str, Any], *, by: Viewer) -> Letter:
    """Answer every point of the stage in one letter; what it promises becomes an action that outlives it (6.3, 6.14)."""
    see_open(closed_points(complaint, written))
    facts = facts_for(complaint, "response", written)
    composed = compose("response", facts)
    record_responded(complaint, written, facts, composed, by=by)
    complaint.version += 1
    letter = keep(complaint, composed, by=by)
    keep_answers(complaint, letter, written, by=by)
    return letter


def record_responded(complaint: Complaint, written: Mapping[str, Any], facts: Facts, composed: Composed, *, by: Viewer) -> None:
    """The event of an answer: what was decided of each point, and the parts that its letter has."""
    record(
        complaint,
        Step.RESPONDED,
        by=by,
        stage=facts.stage,
        details={
            "answers": answer_details(complaint, composed, written),
            "parts": parts_in(complaint, composed, facts),
            "contributors": bool(written.get("contributors") or written.get("no_contributors_because")),
            **approving.approval(complaint, composed.kind, written, by=by),
            **drafted_by(complaint, composed.kind, by=by),
        },
        words=refused_words(complaint, written),
    )


def keep_answers(complaint: Complaint, letter: Letter, written: Mapping[str, Any], *, by: Viewer) -> None:
    """What a letter found on each point, what it offers, and what it promises."""
    for point in written.get("points", ()):
        _keep_answer(complaint, letter, letter.stage, point)
    for action in written.get("actions", ()):
        due_on = date.fromisoformat(action["due_on"])
        promise_action(complaint, by=by, stage=letter.stage, what=action["what"], owner=action["owner"], due_on=due_on)


def answer_details(complaint: Complaint, composed: Composed, written: Mapping[str, Any]) -> dict[str, Any]:
    """What the event holds of each answer, by the point's number: nothing personal."""
    edition, points = edition_of(complaint), written.get("points", ())
    refused = {point["number"]: point_details(complaint, composed, point) for point in points if is_refused(edition, point)}
    return {str(point["number"]): _answer_details(point) | refused.get(point["number"], {}) for point in points}


def refused_words(complaint: Complaint, written: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the words of the event hold of each point refused; nothing where none is (ruling 25)."""
    found = [dict(point) for point in refused_points(edition_of(complaint), written)]
    return {"refused": found} if found else None


def _answer_details(point: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "disposition": point.get("disposition"),
        "fault": bool(point.get("fault")),
        "remedies": [remedy["kind"] for remedy in point.get("remedies") or ()],
        "impact": bool(point.get("impact")),
        "no_remedy": bool(point.get("no_remedy_because")),
    }


def _keep_answer(complaint: Complaint, letter: Letter, stage: int, point: Mapping[str, Any]) -> None:
    complaint.answers.append(
        Answer(
            complaint_id=complaint.id, letter_id=letter.id, stage=stage, point_number=int(point["number"]),
            disposition=point["disposition"], reasons=point["reasons"], fault=point.get("fault") or None,
            impact=point.get("impact") or None, no_remedy_because=point.get("no_remedy_because") or None,
        )
    )  # fmt: skip
    before = {(one.kind, one.words, one.pence) for one in complaint.remedies if (one.stage, one.point_number) == (stage, int(point["number"]))}
    for remedy in point.get("remedies") or ():
        if (remedy["kind"], remedy.get("words", ""), remedy.get("pence") or None) in before:
            continue  # An earlier letter of this stage offered it, and this one only says it again.
        complaint.remedies.append(
            Remedy(
                stage=stage, point_number=int(point["number"]), kind=remedy["kind"], words=remedy.get("words", ""),
                pence=remedy.get("pence") or None, offered_on=clock.today(),
            )
        )  # fmt: skip
