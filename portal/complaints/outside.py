"""Letters sent outside the portal: recorded as they went, and completed where they left something out (rulings 18, 45)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal import clock
from portal.access import Viewer
from portal.complaints.caring import asked_for, override
from portal.complaints.defining import define
from portal.complaints.files import Arrived, attach_file
from portal.complaints.models import Answer, Complaint, Definition
from portal.complaints.papers import Attachment, Issue, Letter
from portal.complaints.recording import edition_of, record, session_of
from portal.complaints.sending import WAITING, facts_of, keep, mark_issued
from portal.letters.compose import compose
from portal.letters.facts import Facts
from portal.rules import completing
from portal.rules.care import Way, forms_wanted
from portal.rules.completing import Lacking
from portal.rules.reading import LETTER_OF, points
from portal.rules.steps import Step

STEPS = {
    "acknowledgement": Step.ACKNOWLEDGED, "response": Step.RESPONDED, "extension": Step.EXTENDED, "late": Step.LATE_TOLD,
    "update": Step.UPDATED, "refusal": Step.REFUSED,
}  # fmt: skip
"""The letters that may have gone some other way, and the step that each of them takes."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that went outside the portal: which, when, how, its file, the parts it has, and what it said.

    `said` has, by kind: `points` (number, text, responsibility, disposition), `outcomes`, `answer_by`, `new_date`,
    `interval`, `ground`. `decided_by` is whose decision it was. `why_not` is why it was an ordinary letter, where they had asked
    for another form: then it has gone, and counts as nothing that they can use (ruling 14).
    """

    kind: str
    on: date
    channel: str
    parts: Sequence[str]
    said: Mapping[str, Any]
    file: Arrived | None = None
    scanned: bool = False
    decided_by: int | None = None
    why_not: str = ""


def record_outside(complaint: Complaint, sent: Sent, *, by: Viewer) -> Letter:
    """Record it on the day it went. It is refused for nothing that it lacks; that is owed in a completing letter.

    An answer that leaves a point out is an interim one (ruling 27). RuleBroken for a day to come or before receipt, and
    for a second acknowledgement or answer of the stage.
    """
    stage, step = complaint.stage_for(sent.kind), STEPS[sent.kind]
    details: dict[str, Any] = {"outside": True, "letter": len(complaint.letters) + 1, "parts": sorted(sent.parts)}
    if sent.kind in ("acknowledgement", "response") and sent.said.get("points"):
        details |= _defined(complaint, stage, sent, by=by)
    if sent.kind == "response":
        details["answers"] = {str(one["number"]): {"disposition": one["disposition"]} for one in sent.said["points"] if one.get("disposition")}
        step = Step.RESPONDED if set(points(complaint.happenings, stage)) <= set(details["answers"]) else Step.PART_ANSWERED
    details |= _details(sent)
    record(complaint, step, by=by, stage=stage, on=sent.on, details=details)
    complaint.version += 1
    letter = _keep(complaint, sent, step, stage, by=by)
    if step is Step.RESPONDED:
        _keep_answers(complaint, letter, stage, sent)
    return letter


def _defined(complaint: Complaint, stage: int, sent: Sent, *, by: Viewer) -> dict[str, Any]:
    """The points that an acknowledgement set out; an answer to a stage without any brings its own."""
    if sent.kind == "response" and points(complaint.happenings, stage):
        return {}
    definition = define(complaint, sent.said, by=by, stage=stage)
    said = _definition_details(definition)
    if sent.kind == "acknowledgement":
        return said
    record(complaint, Step.DEFINITION_REVISED, by=by, stage=stage, on=sent.on, details={"outside": True, **said})
    return {}


def _definition_details(definition: Definition) -> dict[str, Any]:
    return {
        "definition": definition.version,
        "points": {str(point.number): point.responsibility for point in definition.points},
        "outcomes": len(definition.outcomes) or "not_known",
    }


def _details(sent: Sent) -> dict[str, Any]:
    """What the rules need of the other kinds; nothing that was not said."""
    names = {"answer_by": "answer_by", "new_date": "to", "interval": "interval", "ground": "ground"}
    found = {to: sent.said[name] for name, to in names.items() if sent.said.get(name)}
    return found | ({"approved_by": [f"staff:{sent.decided_by}"]} if sent.decided_by else {})


def _keep(complaint: Complaint, sent: Sent, step: Step, stage: int, *, by: Viewer) -> Letter:
    """A letter of its kind, gone on its day the way it went, with its file."""
    register, file = session_of(complaint), _file(complaint, sent)
    draft = {"kind": LETTER_OF[step], "on": sent.on.isoformat(), "channel": sent.channel, "points": sent.said.get("points", ()), "has_file": bool(file)}
    composed = compose("outside", replace(facts_of(complaint, stage=stage, received_on=complaint.received_day), draft=draft))
    letter = Letter(
        complaint_id=complaint.id, number=len(complaint.letters) + 1, kind=composed.kind, stage=stage, language=composed.language,
        body=composed.body() | ({"file": file.id} if file else {}), written_on=sent.on, written_at=clock.now(), written_by=by.name,
    )  # fmt: skip
    complaint.letters.append(letter)
    register.flush()
    not_kept = forms_asked(asked_for(complaint, complaint.addressee), sent.channel) if sent.why_not else frozenset()
    if not_kept:
        override(complaint, _way(sent.channel), sorted(not_kept), sent.why_not, by=by, details={"letter": letter.number})
    issue = Issue(letter=letter, party=complaint.addressee, channel=sent.channel, state=WAITING, usable=not not_kept)
    register.add(issue)
    register.flush()
    mark_issued(complaint, issue, by=by, on=sent.on)
    return letter


def forms_asked(asked: Collection[str], channel: str) -> frozenset[str]:
    """Of what they asked for, what a letter has to meet by its form that goes this way: `email`, `post`, or by `hand` as by post."""
    return forms_wanted(_way(channel), asked)


def _way(channel: str) -> Way:
    return Way.EMAIL if channel == "email" else Way.POST


def _file(complaint: Complaint, sent: Sent) -> Attachment | None:
    """The file with the complaint's others. It is nobody's of the parties: they reach it through its letter."""
    if sent.file is None:
        return None
    file = attach_file(complaint, sent.file, party_id=None, scanned=sent.scanned)
    session_of(complaint).flush()
    return file


def _keep_answers(complaint: Complaint, letter: Letter, stage: int, sent: Sent) -> None:
    for one in sent.said["points"]:
        complaint.answers.append(
            Answer(letter_id=letter.id, stage=stage, point_number=int(one["number"]), disposition=one["disposition"], reasons="")
        )


def to_complete(complaint: Complaint) -> Lacking | None:
    """The oldest outside letter that lacks something still; nothing if none does."""
    return next(iter(completing.lacking(complaint.happenings, edition_of(complaint))), None)


def completing_facts(complaint: Complaint, lack: Lacking, words: Mapping[str, str]) -> Facts:
    """The facts of the letter that supplies what is lacking; `words` are those written for parts that are not our fixed ones."""
    stage = lack.letter.stage or complaint.stage
    draft = {
        "of": LETTER_OF[lack.letter.step], "sent_on": lack.letter.on.isoformat(),
        "parts": [{"id": part.id, "label": part.label, "words": words.get(part.id, "")} for part in lack.parts],
    }  # fmt: skip
    return replace(facts_of(complaint, stage=stage, received_on=complaint.received_day), draft=draft)


def complete(complaint: Complaint, lack: Lacking, words: Mapping[str, str], *, by: Viewer) -> Letter:
    """Send the completing letter: what the outside letter left out, part by part."""
    composed = compose("completing", completing_facts(complaint, lack, words))
    supplied = sorted(composed.parts & {part.id for part in lack.parts})
    details = {"completes": lack.letter.details.get("letter"), "letter": len(complaint.letters) + 1, "parts": supplied}
    record(complaint, Step.COMPLETED, by=by, stage=composed.stage, details=details)
    complaint.version += 1
    return keep(complaint, composed, by=by)
