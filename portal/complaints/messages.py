"""What a resident writes to us at any time, with files, and our short replies; never anything that moves a date (decision 8)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.access import Viewer
from portal.complaints.caring import keep_to
from portal.complaints.files import NO_FILES, Enclosed, enclose, named_in
from portal.complaints.models import Complaint
from portal.complaints.naming import see_no_name
from portal.complaints.papers import Attachment
from portal.complaints.record import EventWords
from portal.complaints.recording import record, session_of
from portal.complaints.sending import facts_of, keep, queue_mail
from portal.letters.compose import compose
from portal.rules.care import Way
from portal.rules.steps import Happening, Step
from portal.rules.voice import messages, open_disputes, open_messages


@dataclass(frozen=True, slots=True)
class Message:
    """One message between a resident and us: `number` where it is theirs, `to` (a party) where it is ours.

    `waits` until somebody here has replied to it or said that they have read it.
    """

    number: int | None
    by: str
    at: datetime
    words: str
    files: tuple[Attachment, ...] = ()
    waits: bool = False
    replied: bool = False
    to: int | None = None
    event: int | None = None


def write(complaint: Complaint, words: str, *, by: Viewer, files: Enclosed = NO_FILES) -> int:
    """A message from a party, with files; answers its number."""
    numbers = enclose(complaint, files, by=by)
    number = 1 + sum("message" in one.details for one in complaint.recorded if one.step is Step.MESSAGED)
    details = {"message": number, "files": numbers}
    record(complaint, Step.MESSAGED, by=by, stage=complaint.stage, details=details, words={"words": words})
    return number


def way_of_reply(complaint: Complaint) -> Way:
    """How a reply reaches the resident: by a notice that leads to their page, or on their page alone."""
    return Way.EMAIL if "email" in complaint.resident.channels else Way.PAGE


def goes_by_post(complaint: Complaint) -> bool:
    """Whether a reply goes to the resident as a letter too: they chose post, and no e-mail that could lead them to their page."""
    return "post" in complaint.resident.channels and way_of_reply(complaint) is Way.PAGE


def reply(complaint: Complaint, words: str, *, by: Viewer, kept: Collection[str] = (), why_not: str = "") -> None:
    """Write to the resident on their page: it replies to all that they wrote so far, and goes with a notice that holds no words, or by post.

    `kept` says to which of their wishes it keeps, `why_not` why not to the others, as for a letter (5.10). RuleBroken for a
    wish not kept without a reason.
    """
    see_no_name(complaint, [words])
    way = way_of_reply(complaint)
    keep_to(complaint, way, by=by, kept=kept, why=why_not, party=complaint.resident)
    details = {"answers": sorted(open_messages(complaint.happenings)), "to": complaint.resident.id}
    details |= {"disputes": still} if (still := sorted(open_disputes(complaint.happenings))) else {}
    record(complaint, Step.MESSAGED, by=by, stage=complaint.stage, details=details, words={"words": words})
    if way is Way.EMAIL:
        queue_mail(session_of(complaint), "message", complaint=complaint)
    elif goes_by_post(complaint):
        facts = facts_of(complaint, stage=complaint.stage, received_on=complaint.received_day)
        keep(complaint, compose("reply", facts.with_draft({"words": words})), by=by)


def mark_read(complaint: Complaint, *, by: Viewer, upto: int) -> None:
    """Say that what they wrote, up to this message, was read and asks for no reply. RuleBroken where none of it waits."""
    answers = sorted(number for number in open_messages(complaint.happenings) if number <= upto)
    record(complaint, Step.MESSAGED, by=by, stage=complaint.stage, details={"answers": answers, "read": True})


def thread(complaint: Complaint) -> list[Message]:
    """Every message and reply, oldest first."""
    found = [one for one in complaint.happenings if one.step is Step.MESSAGED and not one.details.get("read")]
    said = words_of(complaint, found)
    waits = open_messages(complaint.happenings)
    answered = {n for one in found for n in one.details.get("answers", ())}
    return [
        Message(
            number=(number := one.details.get("message")), by=one.by, at=one.at, words=said.get(one.number or 0, ""),
            files=named_in(complaint, one.details.get("files", ())), waits=number in waits,
            replied=number in answered, to=one.details.get("to"), event=one.number,
        )
        for one in found
    ]  # fmt: skip


def words_of(complaint: Complaint, happenings: Sequence[Happening]) -> dict[int, str]:
    """What was said with each of these events, by the event's number; in one statement."""
    numbers = [one.number for one in happenings if one.number is not None]
    if not numbers:
        return {}
    kept = session_of(complaint).scalars(select(EventWords).where(EventWords.number.in_(numbers)))
    return {row.number: str(row.words.get("words", "")) for row in kept}


def newest(complaint: Complaint) -> int:
    """The number of the last message the resident wrote; 0 where there is none."""
    return max((one.details["message"] for one in messages(complaint.happenings)), default=0)
