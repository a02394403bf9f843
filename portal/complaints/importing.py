"""Bringing in complaints that began before the portal: by the operations, on their true days, each recorded now (rulings 12, 33)."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import select

from portal.access import Viewer
from portal.complaints import files, references
from portal.complaints.casework import assign
from portal.complaints.escalation import ask
from portal.complaints.files import Arrived, Room
from portal.complaints.intake import raise_complaint
from portal.complaints.kinds import NotTaken
from portal.complaints.models import Complaint
from portal.complaints.outside import STEPS as LETTERS
from portal.complaints.outside import Sent, record_outside
from portal.complaints.people import Staff
from portal.complaints.promises import promise_action, record_done
from portal.complaints.record import Event
from portal.complaints.recording import edition_of, session_of
from portal.complaints.told import TakenDown, Told
from portal.db import Register
from portal.rules.steps import Step

Case = Mapping[str, Any]
SAID = ("points", "outcomes", "answer_by", "new_date", "interval", "ground")


class NotWhole(Exception):
    """Something in the file that cannot be brought in: where it stands, and why."""


def bring_in(register: Register, case: Case, *, by: Viewer, folder: Path, files_folder: Path) -> Complaint:
    """One older complaint with everything that happened to it. NotWhole or RuleBroken where something cannot have been so.

    Nothing is sent: whoever complained got their letters when they were written. `folder` is where the file's own files are.
    """
    told, heard = _told(case), _text(case, "first_heard_by", "The complaint") or "The earlier register"
    taken = TakenDown(
        by=by, received_on=_day(case, "received_on", "The complaint"), first_heard_by=heard, brought_in=mark(_number(case)),
        late_because=f"It was kept in an earlier register, as {_number(case)}.",
    )  # fmt: skip
    complaint = raise_complaint(register, told, code=references.new_code(), taken=taken)
    for place, one in enumerate(_events(case), 1):
        where = f"{one.get('what', 'something')}, number {place} of what happened"
        _happens(complaint, one, where, by=by, folder=folder, files_folder=files_folder)
    if handler := _text(case, "handler", "The complaint"):
        assign(complaint, _staff(register, handler), by=by, interest="Not asked: brought in from an earlier register.")
    return complaint


def mark(number: str) -> str:
    """What the record keeps of the number a complaint had before, so that it is brought in once."""
    return hashlib.sha256(number.encode()).hexdigest()[:16]


def brought_before(register: Register) -> set[str]:
    """The marks of all that was brought in already."""
    received = select(Event.details).where(Event.step == Step.RECEIVED, Event.details.contains('"brought_in":'))
    return {details.partition('"brought_in":"')[2].partition('"')[0] for details in register.scalars(received)}


def _number(case: Case) -> str:
    return _text(case, "number", "A complaint") or _missing("A complaint", "number")


def _events(case: Case) -> Sequence[Case]:
    found = case.get("happened", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise NotWhole("“happened” has to be a list of what happened, in its order.")
    return found


def _told(case: Case) -> Told:
    def said(name: str) -> str:
        return _text(case, name, "The complaint")

    contact = case.get("contact") or {"channels": ["portal"]}
    return Told(
        name=said("name") or _missing("The complaint", "name"), words=said("words") or _missing("The complaint", "words"),
        home_kind=said("home") or "address", address=said("address"), relationship=said("relationship") or "tenant",
        when_words=said("when"), wanted=case.get("wanted") or {}, adjustments=case.get("adjustments") or {},
        safe_contact=contact, language=said("language") or "en", channel=said("channel") or "post",
    )  # fmt: skip


def _happens(complaint: Complaint, one: Case, where: str, *, by: Viewer, folder: Path, files_folder: Path) -> None:
    what, on = one.get("what"), _day(one, "on", where)
    if what in LETTERS:
        _letter(complaint, one, where, on=on, by=by, file=_file(one, where, folder, files_folder))
    elif what == "stage 2":
        ask(complaint, by=by, on=on, words=_text(one, "words", where), told=False)
    elif what == "action done":
        found = [each for each in complaint.actions if each.what == one.get("action") and each.done_on is None]
        if not found:
            raise NotWhole(f"{where}: no action of these words was promised and is still open.")
        record_done(complaint, found[0], by=by, on=on, proof=_text(one, "proof", where) or "The earlier register says so.")
    else:
        raise NotWhole(f"{where}: it can be {', '.join(sorted(LETTERS))}, stage 2 or action done.")


def _letter(complaint: Complaint, one: Case, where: str, *, on: date, by: Viewer, file: Arrived | None) -> None:
    decider = _text(one, "decided_by", where)
    kind, stage = str(one["what"]), complaint.stage_for(str(one["what"]))
    sent = Sent(
        kind=kind, on=on, channel=_text(one, "channel", where) or "post", parts=_parts(complaint, one, where),
        said={"points": [], **{name: one[name] for name in SAID if name in one}}, file=file,
        decided_by=_staff(session_of(complaint), decider).id if decider else None,
    )  # fmt: skip
    record_outside(complaint, sent, by=by)
    for action in one.get("actions", ()):
        promise_action(
            complaint, by=by, stage=stage, what=_text(action, "what", where), owner=_text(action, "owner", where),
            due_on=_day(action, "due_on", where), on=on,
        )  # fmt: skip


def _parts(complaint: Complaint, one: Case, where: str) -> list[str]:
    """The parts that the letter had: those named, or "all" that its own edition asks; what it lacked is owed (ruling 18)."""
    edition = edition_of(complaint)
    known = [*edition.stage(complaint.stage_for(str(one["what"]))).letters.get(str(one["what"]), ()), edition.refusal_rights]
    ids = [part.id for part in known] + [part.id for ground in edition.grounds for part in ground.parts]
    said = one.get("parts", [])
    if said == "all":
        return ids
    stray = [part for part in said if part not in ids]
    if stray:
        raise NotWhole(f"{where}: the letter has no part {stray[0]!r}. There are {', '.join(ids)}.")
    return list(said)


def _file(one: Case, where: str, folder: Path, files_folder: Path) -> Arrived | None:
    """The letter's own file, from beside the file that names it and from nowhere else."""
    name = _text(one, "file", where)
    if not name:
        return None
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise NotWhole(f"{where}: there is no file {name!r} beside the list.")
    try:
        with path.open("rb") as stream:
            return files.take(files_folder, path.name, stream, Room())
    except NotTaken as refusal:
        raise NotWhole(f"{where}: the file {name!r} cannot be kept ({refusal.why}).") from refusal


def _text(said: Case, name: str, where: str) -> str:
    found = said.get(name, "")
    if not isinstance(found, str):
        raise NotWhole(f"{where}: “{name}” has to be words.")
    return found.strip()


def _day(said: Case, name: str, where: str) -> date:
    try:
        return date.fromisoformat(str(said.get(name)))
    except ValueError:
        _missing(where, name, " as a day like 2024-03-12")


def _staff(register: Register, email: str) -> Staff:
    found = register.scalar(select(Staff).where(Staff.email == email.lower()))
    if found is None:
        raise NotWhole(f"Nobody here has the e-mail address {email!r}.")
    return found


def _missing(where: str, name: str, how: str = "") -> NoReturn:
    raise NotWhole(f"{where}: “{name}” is missing{how}.")

