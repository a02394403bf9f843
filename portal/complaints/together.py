"""One answer for several homes with one cause: written once, each home's own version looked at, each sent as its own letter (ruling 3)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from portal import access
from portal.access import Do, Viewer
from portal.complaints import machine
from portal.complaints.acknowledging import acknowledge
from portal.complaints.answering import facts_for, respond, save_writing, still_missing
from portal.complaints.approving import approval_for
from portal.complaints.correcting import points_at
from portal.complaints.issues import same_cause
from portal.complaints.models import Complaint
from portal.complaints.neighbours import neighbours_in
from portal.complaints.papers import Letter, StaffDraft
from portal.complaints.recording import allowed_steps, edition_of, record, session_of
from portal.complaints.speaking import must_ring
from portal.letters.compose import compose
from portal.letters.structure import as_text
from portal.rules.letters import refused_points
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_

SENDS: dict[str, tuple[Do, Step, Callable[..., Letter]]] = {
    "acknowledgement": (Do.ACKNOWLEDGE, Step.ACKNOWLEDGED, acknowledge),
    "response": (Do.ANSWER, Step.RESPONDED, respond),
}
"""The letters that can be written once for several homes: who may send each, and how it is sent."""
Why = tuple[str, Mapping[str, object]]


def tie(complaints: Sequence[Complaint], *, by: Viewer) -> None:
    """Say that these have one cause, each of them of another home: all are locked. Nothing is shown or written to anybody of it.

    RuleBroken for fewer than two, and for two of one person: those are joined, and have one answer.
    """
    people = [each.resident.person_id for each in complaints]
    if len(complaints) < 2 or len(set(people)) < len(people):
        raise RuleBroken("5.12", N_("Complaints with one cause are those of different homes. Two of the same person are joined with one another."))
    for each in complaints:
        record(each, Step.CAUSE_TIED, by=by, stage=each.stage, details={"cause": [one.id for one in complaints]})
        each.version += 1


def locked(complaint: Complaint, ids: Iterable[int]) -> list[Complaint]:
    """These complaints, each locked by whoever has locked this one, in the order of their numbers."""
    register = session_of(complaint)
    return [complaint if number == complaint.id else machine.locked_beside(register, complaint, number) for number in sorted(ids)]


def draft_of(complaint: Complaint, kind: str) -> StaffDraft | None:
    """What is written so far of this home's own letter; nothing where nothing is."""
    found = complaint.draft(kind, complaint.stage_for(kind))
    return found if found and found.written else None


def copy_writing(source: Complaint, homes: Sequence[Complaint], kind: str, *, by: Viewer) -> None:
    """Put what is written for one home into the letters of others with the same cause, in place of what was written there.

    An answer follows each point of the same words alone; a point refused is refused home by home. RuleBroken where nothing is
    written, for a home of another cause, and for one that this viewer may not write to.
    """
    draft, cause = draft_of(source, kind), same_cause(source)
    if draft is None:
        raise RuleBroken("5.12", N_("Nothing is written for this home yet."))
    for home in homes:
        if home.id == source.id or home.id not in cause or not access.may(by, SENDS[kind][0], home):
            raise RuleBroken("5.12", N_("Only what has the same cause, and what you answer yourself, can be written at once."))
        before = home.draft(kind, home.stage_for(kind))
        save_writing(home, kind, _for_home(home, kind, draft.written), by=by, seen=before.version if before else 0)


def _for_home(home: Complaint, kind: str, written: Mapping[str, Any]) -> dict[str, Any]:
    """What was written, as far as it fits another home."""
    refused = [point["number"] for point in refused_points(edition_of(home), written)]
    if kind != "response":
        return {name: said for name, said in written.items() if name != "refused"}
    answers = {point["text"]: point for point in written.get("points") or () if point["number"] not in refused}
    own = points_at(home, home.stage_for(kind))
    return {**written, "points": [{**answers.get(point["text"], {}), **point} for point in own]}


def letter_to(home: Complaint, kind: str, written: Mapping[str, Any]) -> dict[str, Any]:
    """The home's own version of the letter: its own name, its own reference, its own points and days."""
    return compose(kind, facts_for(home, kind, written)).body()


def why_not_ready(home: Complaint, kind: str, homes: Sequence[Complaint], *, by: Viewer) -> Why | None:
    """Why this home's letter cannot go now with those of the others; None where it can. `homes` are all with the same cause."""
    do, step, _send = SENDS[kind]
    draft = draft_of(home, kind)
    if not access.may(by, do, home):
        return N_("It is not yours to send."), {}
    if step not in allowed_steps(home, by, [step]):
        return N_("It has gone already, or something else comes first."), {}
    if draft is None:
        return N_("Nothing is written for this home yet."), {}
    if must_ring(home, kind):
        return N_("They asked us to speak to them instead of writing. Ring them first, or send it by itself and say why not."), {}
    if missing := still_missing(home, kind, draft.written):
        return N_("Something is still missing: %(what)s."), {"what": missing[0].label}
    if approval_for(home, kind, draft.written) or refused_points(edition_of(home), draft.written):
        return N_("It refuses something, or somebody else has to approve it, so it is sent by itself."), {}
    named = next(neighbours_in(home, as_text(letter_to(home, kind, draft.written)), draft.written, homes), None)
    return (N_("It names somebody or something of another home: “%(what)s”. Take that out."), {"what": named}) if named else None


def send_together(homes: Sequence[Complaint], kind: str, every: Sequence[Complaint], *, by: Viewer, seen: Mapping[int, tuple[int, int]]) -> list[Letter]:
    """Send each of these homes its own letter, all or none; `every` home with the cause is looked at for what points at a neighbour.

    `seen` is the version of each complaint, and of what is written for it, as they were read. RuleBroken where anything has
    changed since, one of them is not ready, or they have not all one cause.
    """
    cause = same_cause(every[0])
    if not homes or any(home.id not in cause for home in homes):
        raise RuleBroken("5.12", N_("Only what has the same cause, and what you answer yourself, can be written at once."))
    for home in homes:
        draft = draft_of(home, kind)
        if draft is None or seen.get(home.id) != (home.version, draft.version):
            raise RuleBroken("5.12", N_("Somebody changed one of these letters after you read them. Read them again below, then send them."))
        if why := why_not_ready(home, kind, every, by=by):
            raise RuleBroken("5.12", why[0], why[1])
    return [SENDS[kind][2](home, dict(draft.written), by=by) for home in homes if (draft := draft_of(home, kind))]
