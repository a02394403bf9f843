"""How a complaint stands, for the person who made it: the next date with its working, what is owed, what may be done."""

from dataclasses import dataclass
from datetime import date

from portal import clock
from portal.access import Viewer
from portal.complaints.models import Complaint, Remedy
from portal.complaints.naming import roles_of
from portal.complaints.papers import Letter
from portal.complaints.recording import allowed_steps, calendar_of, deadlines_of, edition_of, session_of
from portal.i18n import day, gettext, ngettext
from portal.rules import deadlines, history, news
from portal.rules.deadlines import Deadline, WorkingDay
from portal.rules.endings import refusal
from portal.rules.reading import KINDS, issued_on, open_queries, went_on
from portal.rules.steps import Step
from portal.rules.voice import open_disputes

LETTERS = (Step.ACKNOWLEDGED, Step.RESPONDED)


@dataclass(frozen=True, slots=True)
class NextDate:
    """The next date and how it stands: the words beside it, its state, and its working (`days`, from `began`).

    `was_due` is the date before the complaint was withdrawn and taken up again, where that moved it (ruling 40);
    `before` the one before more time was taken, and `why_extended` says why (ruling 44);
    `news_every` is how many working days there may be between two pieces of news, and `news_by` the day the next is owed (ruling 32);
    `again` where we wrote in time or late, and in a form that they cannot use (ruling 51);
    `in_part` where a point of the stage was not accepted, and so is not answered (ruling 25).
    """

    heading: str
    due_on: date
    tone: str
    words: str
    days: list[WorkingDay]
    began: str
    stage: int
    is_answer: bool
    was_due: date | None = None
    why_extended: str = ""
    before: date | None = None
    news_every: int | None = None
    news_by: date | None = None
    in_part: bool = False
    again: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the day has gone by without the letter."""
        return self.tone == "late"


def next_date(complaint: Complaint, *, stage: int | None = None) -> NextDate | None:
    """The next letter owed, of one stage if it is given; or nothing once all is answered."""
    owed = [
        one for one in deadlines_of(complaint)
        if one.step in LETTERS and not one.met_on and not one.overtaken and stage in (None, one.stage)
    ]  # fmt: skip
    soonest = min(owed, key=lambda one: one.due_on, default=None)
    return _shown(complaint, soonest) if soonest else None


def first_letter(complaint: Complaint) -> NextDate:
    """The day by which the stage it is at is acknowledged, met or not, as the receipt says it."""
    found = [d for d in deadlines_of(complaint) if d.step is Step.ACKNOWLEDGED and d.stage == complaint.stage]
    return _shown(complaint, found[0])


def latest_answer(complaint: Complaint) -> Deadline | None:
    """The latest day on which the stage it is at can be answered, as things stand; None where a refusal took its place."""
    return next((d for d in deadlines_of(complaint) if d.step is Step.RESPONDED and d.stage == complaint.stage), None)


def letters_due(complaint: Complaint) -> list[date]:
    """The days still to come on which a letter is due."""
    owed = (one for one in deadlines_of(complaint) if one.step in LETTERS and not one.met_on and not one.overtaken)
    return sorted({one.due_on for one in owed if one.due_on >= clock.today()})


def letters_to_come(complaint: Complaint) -> list[str]:
    """The same, each with what the letter is for, told to somebody who acts for them."""
    owed = (one for one in deadlines_of(complaint) if one.step in LETTERS and not one.met_on and not one.overtaken)
    coming = sorted((one for one in owed if one.due_on >= clock.today()), key=lambda one: one.due_on)
    return [
        gettext("By %(day)s, to say how we understand the complaint", day=day(one.due_on))
        if one.step is Step.ACKNOWLEDGED
        else gettext("By %(day)s, with our answer", day=day(one.due_on))
        for one in coming
    ]


def _shown(complaint: Complaint, owed: Deadline) -> NextDate:
    tone = owed.state(clock.today())
    days = calendar_of(session_of(complaint), complaint.division)
    return NextDate(
        heading=_heading(owed, is_late=tone == "late"),
        due_on=owed.due_on,
        tone=tone,
        words=_state(tone, days.between(owed.due_on, clock.today()), owed.extended),
        days=deadlines.working(owed, days),
        began=_began(owed.since),
        stage=owed.stage,
        is_answer=owed.step is Step.RESPONDED,
        why_extended=_why(complaint, owed.stage) if owed.extended else "",
        before=(owed.told or owed.code_due) if owed.extended else None,
        news_every=news.interval(complaint.happenings, owed.stage) if owed.step is Step.RESPONDED else None,
        news_by=_news_by(complaint, owed.stage) if owed.step is Step.RESPONDED else None,
        in_part=history.is_partly_refused(complaint.happenings, owed.stage),
        was_due=owed.before_break,
        again=owed.met_on is None and went_on(complaint.happenings, owed.step, owed.stage) is not None,
    )


def _news_by(complaint: Complaint, stage: int) -> date | None:
    """The day by which the next news is owed, while it is still to come."""
    owed = (one for one in deadlines_of(complaint) if one.step is Step.UPDATED and one.stage == stage and not one.met_on and not one.overtaken)
    return next((one.due_on for one in owed if one.due_on >= clock.today()), None)


def _why(complaint: Complaint, stage: int) -> str:
    """Why more time was taken, in the words of the letter that told it."""
    told = [one for one in complaint.letters if one.kind == "extension" and one.stage == stage]
    return next((block["text"] for letter in told[-1:] for block in letter.body["blocks"] if block.get("part") == "reason"), "")


def _heading(owed: Deadline, *, is_late: bool) -> str:
    if owed.step is Step.ACKNOWLEDGED:
        return gettext("You should have heard from us by") if is_late else gettext("You will hear from us by")
    if owed.stage > 1:
        return gettext("You should have had our final answer by") if is_late else gettext("You will have our final answer by")
    return gettext("You should have had our answer by") if is_late else gettext("You will have our answer by")


def _state(tone: str, working_days: int, is_extended: bool) -> str:
    if is_extended and tone != "late":
        return gettext("Extended")
    if tone == "late" and working_days:
        return ngettext("%(num)s working day late", "%(num)s working days late", working_days)
    words = {
        "late": gettext("Late"),
        "due_soon": gettext("Due soon"),
        "on_time": gettext("On time"),
        "met": gettext("Done on time"),
        "met_late": gettext("Done late"),
    }
    return words[tone]


def _began(since: Step) -> str:
    words = {
        Step.RECEIVED: gettext("You told us"),
        Step.ACKNOWLEDGED: gettext("We wrote to you"),
        Step.ESCALATED: gettext("You asked us"),
        Step.RESPONDED: gettext("We answered"),
        Step.DIRECTED: gettext("The Housing Ombudsman told us to accept it"),
        Step.REFUSAL_UNDONE: gettext("We accepted it after all"),
    }
    return words.get(since, "")


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing owed: what, by when, who, and how it stands."""

    what: str
    owner: str
    due_on: date
    first_due_on: date
    done_on: date | None
    tone: str
    words: str
    id: int = 0
    not_done_since: date | None = None


def promises(complaint: Complaint) -> list[Promise]:
    """What was promised, what is missed first, what is kept last."""
    roles = roles_of(complaint)
    states = {d.action: d.state(clock.today()) for d in deadlines_of(complaint) if d.step is Step.ACTION_PROMISED and not d.overtaken}
    still = open_disputes(complaint.happenings)
    said = {one.details["action"]: one.on for one in complaint.happenings if one.step is Step.ACTION_DISPUTED and one.details["action"] in still}
    found = []
    for action in complaint.actions:
        tone = states.get(action.id, "on_time")
        found.append(Promise(action.what, roles.get(action.owner, action.owner), action.due_on, action.first_due_on, action.done_on, tone, _kept(tone), action.id, said.get(action.id)))
    order = ("late", "due_soon", "on_time", "met_late", "met")
    return sorted(found, key=lambda one: (order.index(one.tone), one.due_on))


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing we offered, as the letter that has gone says it, what became of it, and the words of the point it is for, if it is for one."""

    id: int
    kind: str
    words: str
    pence: int | None
    accepted: bool
    declined: bool
    paid: bool
    state: str
    tone: str
    about: str = ""

    @property
    def is_open(self) -> bool:
        """Whether they can still say yes or no to it."""
        return not self.paid


def offers(complaint: Complaint) -> list[Offered]:
    """What was offered in letters that have gone to them, newest first."""
    past, kinds = complaint.happenings, {kind.id: kind.label for kind in edition_of(complaint).remedy_kinds}
    gone = {one.stage for one in past if one.step is Step.ISSUED and one.details.get("kind") == "offer"}
    found, by = [], {one.action: one for one in deadlines_of(complaint) if one.step is Step.REMEDY_PAID}
    for each in complaint.remedies[::-1]:
        if issued_on(past, Step.RESPONDED, each.stage) or (each.point_number is None and each.stage in gone):
            state, tone = _taken(each, by.get(each.id))
            found.append(
                Offered(
                    each.id, gettext(kinds.get(each.kind, each.kind)), each.words, each.pence, bool(each.accepted_on),
                    bool(each.declined_on), bool(each.paid_on), state, tone, _point_of(complaint, each),
                )
            )  # fmt: skip
    return found


def _point_of(complaint: Complaint, offered: Remedy) -> str:
    definition = complaint.definition(offered.stage) if offered.point_number else None
    return next((point.words for point in definition.points if point.number == offered.point_number), "") if definition else ""


def _taken(offered: Remedy, owed: Deadline | None) -> tuple[str, str]:
    if offered.paid_on:
        return gettext("Paid on %(day)s", day=day(offered.paid_on)), "met"
    if owed and owed.state(clock.today()) == "late":
        return gettext("You accepted it. We should have paid it by %(day)s, and we are sorry", day=day(owed.due_on)), "late"
    if offered.accepted_on and owed:
        return gettext("You accepted it on %(day)s. You will have the money by %(by)s", day=day(offered.accepted_on), by=day(owed.due_on)), "met"
    if offered.accepted_on:
        return gettext("You accepted it on %(day)s", day=day(offered.accepted_on)), "met"
    if offered.declined_on:
        return gettext("You did not want it, on %(day)s", day=day(offered.declined_on)), "due_soon"
    return gettext("You have not said yet"), "due_soon"


def _kept(tone: str) -> str:
    words = {
        "late": gettext("Promise missed"),
        "due_soon": gettext("Due soon"),
        "on_time": gettext("On time"),
        "met": gettext("Kept"),
        "met_late": gettext("Kept late"),
    }
    return words[tone]


def may_escalate(complaint: Complaint, viewer: Viewer) -> bool:
    """Whether the next stage can be asked for now: the same table that the operation obeys."""
    return bool(allowed_steps(complaint, viewer, among=[Step.ESCALATED]))


def may_query(complaint: Complaint, viewer: Viewer) -> bool:
    """Whether we have said how we understand it and not answered: the same table that the operation obeys (ruling 21)."""
    return bool(allowed_steps(complaint, viewer, among=[Step.MEANING_QUERIED]))


def waits_for_reply(complaint: Complaint) -> bool:
    """Whether they told us that we misunderstood, and we have not replied."""
    return bool(open_queries(complaint.happenings, complaint.stage_for("response")))


def last_reply(complaint: Complaint) -> date | None:
    """The day we last wrote to them on their page."""
    ours = (one for one in complaint.happenings[::-1] if one.step is Step.MESSAGED and "to" in one.details)
    return next((one.on for one in ours), None)


def may_withdraw(complaint: Complaint, viewer: Viewer) -> bool:
    """Whether there is something unanswered to withdraw: the same table that the operation obeys."""
    return bool(allowed_steps(complaint, viewer, among=[Step.WITHDRAWN]))


def is_held(complaint: Complaint) -> bool:
    """Whether the next stage was asked for and waits for our answer (ruling 37)."""
    return history.is_held(complaint.happenings, complaint.stage + 1)


def would_be_held(complaint: Complaint) -> bool:
    """Whether asking for the next stage today would be early, and so kept until the answer goes (ruling 37)."""
    days = calendar_of(session_of(complaint), complaint.division)
    edition, stage = edition_of(complaint), complaint.stage + 1
    return history.is_early(complaint.happenings, edition, days, stage=stage, on=clock.today())


def refusal_letter(complaint: Complaint) -> Letter | None:
    """The letter that refused the stage it is at, once it has gone and while nobody has overturned it."""
    past = complaint.happenings
    stands = refusal(past)
    if stands is None or issued_on(past, Step.REFUSED, stands.stage) is None:
        return None
    return [one for one in complaint.letters if one.kind == "refusal"][-1]


def answered_letter(complaint: Complaint) -> Letter | None:
    """The answer of the stage it is at, once it has gone."""
    if complaint.answered_on is None:
        return None
    answers = [one for one in complaint.letters if one.kind in KINDS[Step.RESPONDED] and one.stage == complaint.stage]
    return (put_right(complaint, answers[-1]) or answers[-1]) if answers else None


def put_right(complaint: Complaint, letter: Letter) -> Letter | None:
    """The newest letter that has gone in this one's place (ruling 27); nothing where none has."""
    newest, found = letter, None
    for one in complaint.letters:
        if one.supersedes_id == newest.id:
            newest = one
            found = one if any(issue.state == "issued" for issue in one.issues) else found
    return found
