"""Who the resident is told has the case: name, role and a way to reach them; the role alone where a reason is recorded (ruling 10)."""

from collections.abc import Iterable

from sqlalchemy import select

from portal.access import Viewer
from portal.complaints.models import Complaint
from portal.complaints.people import Staff
from portal.complaints.record import EventWords
from portal.complaints.recording import record, session_of
from portal.letters.facts import Writer
from portal.rules.people import is_role_only
from portal.rules.reading import last
from portal.rules.steps import RuleBroken, Step
from portal.rules.words import N_


def keep_name_back(complaint: Complaint, *, by: Viewer, because: str) -> None:
    """From now on the resident is told the role alone, on their page and in every letter. What went before stays as it went."""
    record(
        complaint, Step.NAMING, by=by, stage=complaint.stage, details={"role_only": True, "reason": bool(because)}, words={"because": because}
    )
    complaint.version += 1


def give_name(complaint: Complaint, *, by: Viewer) -> None:
    """From now on the resident is told the name again."""
    record(complaint, Step.NAMING, by=by, stage=complaint.stage, details={"role_only": False})
    complaint.version += 1


def why_role_only(complaint: Complaint) -> str:
    """The reason on the record for which the name is kept back; nothing where it is given."""
    said = last(complaint.happenings, Step.NAMING)
    if said is None or not is_role_only(complaint.happenings):
        return ""
    kept = session_of(complaint).get(EventWords, said.number)
    return str(kept.words.get("because", "")) if kept else ""


def roles_of(complaint: Complaint) -> dict[str, str]:
    """The names that are kept back, each with the role that stands in its place; none where names are given."""
    if not is_role_only(complaint.happenings):
        return {}
    given = {one.details.get("staff") for one in complaint.happenings if one.step is Step.ASSIGNED}
    return {each.name: each.job_title for each in session_of(complaint).scalars(select(Staff).where(Staff.id.in_(given)))}


def writer_of(complaint: Complaint, staff: Staff | None) -> Writer | None:
    """Somebody who works here as whoever signs a letter of this complaint."""
    if staff is None:
        return None
    return Writer("", staff.job_title, None) if is_role_only(complaint.happenings) else Writer(staff.name, staff.job_title, staff.phone)


def see_no_name(complaint: Complaint, words: Iterable[str]) -> None:
    """RuleBroken where somebody wrote a name that is kept back into what the resident will read: it is theirs to take out."""
    said = "\n".join(words).casefold()
    for name, role in roles_of(complaint).items():
        if name.casefold() in said:
            reason = N_("This names %(name)s, and the resident is told the role only. Write “%(role)s” in place of the name.")
            raise RuleBroken("5.12", reason, {"name": name, "role": role})
