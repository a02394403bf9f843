"""What has happened to a complaint, in plain words: one line for each kind of event."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for

from portal import clock, i18n
from portal.complaints import queries
from portal.complaints.caring import what_was_not_kept
from portal.complaints.models import Complaint
from portal.complaints.recording import session_of
from portal.i18n import gettext as _
from portal.i18n import money, ngettext
from portal.rules.reading import LETTER_OF, as_day
from portal.rules.steps import Happening, Step
from portal.rules.words import N_
from portal.staff import wording
from portal.staff.kept import WAYS, not_kept
from portal.web import NEWEST, STAFF


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: the day claimed, the words, where there is more, and the day it was written down if later."""

    on: date
    words: str
    href: str
    written_later: date | None


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells events, knowing the names of staff and what was promised."""

    complaint: Complaint
    names: Mapping[int, str]
    is_for: bool = False

    def actor(self, by: str) -> str:
        """Who did it, as a reader knows them."""
        kind, _sep, number = by.partition(":")
        if kind == "staff":
            return self.names.get(int(number), _("Someone who worked here"))
        if kind == "link":
            return next((each.who for each in self.complaint.questions if each.id == int(number)), _("A contractor"))
        if kind != "party":
            return _("The portal")
        name = next((each.name for each in self.complaint.parties if each.id == int(number)), self.complaint.resident.name)
        return _("%(who)s (for %(resident)s)", who=name, resident=self.complaint.resident.name) if self.is_for else name

    def promise(self, details: Mapping[str, Any]) -> str:
        """What was promised."""
        return next((a.what for a in self.complaint.actions if a.id == details.get("action")), "")


def story(complaint: Complaint, names: Mapping[int, str]) -> list[Entry]:
    """Everything that happened, oldest first."""
    return list(_entries(Teller(complaint, names), complaint))


def newest(complaint: Complaint) -> str:
    """The last thing that somebody did, for whoever was writing meanwhile."""
    done = [one for one in complaint.recorded if one.step is not Step.ISSUED]
    return _words(Teller(complaint, queries.staff_names(session_of(complaint))), done[-1])


NEWEST[STAFF] = newest


def _words(teller: Teller, one: Happening) -> str:
    teller = replace(teller, is_for="for" in one.details)
    return _went_outside(teller, one) if one.details.get("outside") else TOLD[one.step](teller, one)


def _entries(teller: Teller, complaint: Complaint) -> Iterator[Entry]:
    for one in complaint.recorded:
        written_on = one.at.astimezone(clock.zone()).date()
        href = ""
        if one.step in (Step.ISSUED, Step.FOUND_UNUSABLE):
            href = url_for("staff.letter", complaint=complaint, number=one.details["letter"])
        yield Entry(one.on, _words(teller, one), href, written_on if written_on > one.on else None)


def _went_outside(teller: Teller, one: Happening) -> str:
    """Something that a letter sent outside the portal did; whoever recorded it did not write it (ruling 18)."""
    kind = LETTER_OF.get(one.step)
    if kind is None:
        return _("%(who)s took down the points of a letter that went outside this website.", who=teller.actor(one.by))
    name = wording.letter_name(kind, one.stage or 1)
    return _("%(who)s recorded a letter that went outside this website. %(letter)s.", who=teller.actor(one.by), letter=name)


def _received(teller: Teller, one: Happening) -> str:
    if one.by.startswith("staff:"):
        return _("%(who)s logged it for %(name)s.", who=teller.actor(one.by), name=teller.complaint.resident.name)
    return _("Received from %(who)s.", who=teller.actor(one.by))


def _triaged(teller: Teller, one: Happening) -> str:
    weighed = {name: wording.level(name, str(one.details.get(name, ""))) for name in ("complexity", "vulnerability", "risk")}
    said = _("%(who)s weighed it. Complexity: %(complexity)s. Vulnerability: %(vulnerability)s. Risk: %(risk)s.")
    return said % {"who": teller.actor(one.by), **weighed}


def _assigned(teller: Teller, one: Happening) -> str:
    to = teller.actor(f"staff:{one.details['staff']}")
    if part := PARTS.get(one.details.get("part", "")):
        said = _("%(who)s gave %(to)s a part in stage %(stage)s: %(part)s.")
        return said % {"who": teller.actor(one.by), "to": to, "stage": one.stage, "part": _(part)}
    return _("%(who)s gave stage %(stage)s to %(to)s.", who=teller.actor(one.by), stage=one.stage, to=to)


PARTS = {
    "member": N_("deciding with whoever has it"),
    "approver": N_("approving the answer"),
    "contributor": N_("contributing what they know"),
}


def _acknowledged(teller: Teller, one: Happening) -> str:
    count = len(one.details.get("points", ()))
    points = ngettext("%(n)s point", "%(n)s points", count)
    if one.details.get("refused"):
        said = _("%(who)s wrote the stage %(stage)s acknowledgement: %(points)s accepted, point %(refused)s not.")
        return said % {"who": teller.actor(one.by), "stage": one.stage, "points": points, "refused": ", ".join(one.details["refused"])}
    return _("%(who)s wrote the stage %(stage)s acknowledgement, with %(points)s.", who=teller.actor(one.by), stage=one.stage, points=points)


def _responded(teller: Teller, one: Happening) -> str:
    return _("%(who)s wrote the stage %(stage)s answer.", who=teller.actor(one.by), stage=one.stage)


def _escalated(teller: Teller, one: Happening) -> str:
    if one.details.get("early"):
        return _("%(who)s asked for stage 2. It begins by itself when the answer goes.", who=teller.actor(one.by))
    return _("%(who)s asked for stage 2.", who=teller.actor(one.by))


def _issued(teller: Teller, one: Happening) -> str:
    kind = wording.letter_name(str(one.details.get("kind")), one.stage or 1)
    said = AGAIN if one.details.get("again") else WENT
    return _(said.get(str(one.details.get("channel")), N_("%(letter)s went."))) % {"letter": kind}


WENT = {
    "hand": N_("%(letter)s was given by hand."), "email": N_("%(letter)s went by email."), "post": N_("%(letter)s was posted."),
    "page": N_("%(letter)s was put on their page."), "phone": N_("%(letter)s was read out by phone."),
}  # fmt: skip
AGAIN = WENT | {
    "hand": N_("%(letter)s was given by hand, in another form."), "email": N_("%(letter)s went by email again."), "post": N_("%(letter)s was posted again, in another form."),
}  # fmt: skip


def _unusable(teller: Teller, one: Happening) -> str:
    name = next((wording.letter_name(each.kind, each.stage) for each in teller.complaint.letters if each.number == one.details["letter"]), "")
    theirs, ours = _("%(who)s said that they cannot read a letter in this form. %(letter)s."), _("%(who)s wrote down that the resident cannot use a letter in this form. %(letter)s.")
    return (theirs if one.by.startswith("party:") else ours) % {"who": teller.actor(one.by), "letter": name}


def _with_promise(message: str) -> Callable[[Teller, Happening], str]:
    return lambda teller, one: _(message) % {"who": teller.actor(one.by), "what": teller.promise(one.details), **_due(one)}


def _paid(teller: Teller, one: Happening) -> str:
    pence = next((each.pence for each in teller.complaint.remedies if each.id == one.details.get("remedy")), None)
    if not pence:
        return _("%(who)s wrote down that what was offered is paid.", who=teller.actor(one.by))
    return _("%(who)s wrote down that %(money)s, which was offered, is paid.", who=teller.actor(one.by), money=money(pence))


def _about(message: str) -> Callable[[Teller, Happening], str]:
    return lambda teller, one: _(message) % {"who": teller.actor(one.by), "to": teller.actor(f"staff:{one.details['staff']}"), "stage": one.stage}


def _panel(message: str) -> Callable[[Teller, Happening], str]:
    def told(teller: Teller, one: Happening) -> str:
        members = ", ".join(teller.actor(f"staff:{each}") for each in one.details.get("members", ()))
        day = {"day": i18n.day(date.fromisoformat(one.details["meets"]))} if "meets" in one.details else {}
        return _(message) % {"who": teller.actor(one.by), "members": members, **day}

    return told


def _conflict(teller: Teller, one: Happening) -> str:
    said = _("%(who)s decided that %(to)s may not consider this.") if one.details["barred"] else _("%(who)s decided that %(to)s has no conflict of interest.")
    return said % {"who": teller.actor(one.by), "to": teller.actor(f"staff:{one.details['staff']}")}


def _given(teller: Teller, one: Happening) -> str:
    to = teller.actor(f"staff:{one.details['staff']}")
    return _("%(who)s gave this to %(to)s to do: %(what)s", who=teller.actor(one.by), to=to, what=teller.promise(one.details))


def _noted(teller: Teller, one: Happening) -> str:
    said = _("%(who)s took down a statement.") if one.details.get("restricted") else _("%(who)s wrote a note.")
    return said % {"who": teller.actor(one.by)}


def _evidence(teller: Teller, one: Happening) -> str:
    said = _("%(who)s answered what we asked them.") if one.by.startswith("link:") else _("%(who)s wrote down what was looked at.")
    return said % {"who": teller.actor(one.by)}


def _represented(teller: Teller, one: Happening) -> str:
    said = {
        "claimed": _("%(who)s said that they act for the resident."),
        "shown": _("%(who)s wrote down that somebody may act for the resident."),
    }
    if one.details["authority"] == "narrowed":
        return _("%(who)s let somebody do less for them.", who=teller.actor(one.by))
    return said.get(one.details["authority"], _("%(who)s wrote down that somebody does not act for the resident.")) % {"who": teller.actor(one.by)}


def _adjustment(teller: Teller, one: Happening) -> str:
    said = _("%(who)s agreed to what makes it easier for them.") if one.details["agreed"] else _("%(who)s declined what they asked for to make it easier.")
    return said % {"who": teller.actor(one.by)}


def _overridden(teller: Teller, one: Happening) -> str:
    names, why = what_was_not_kept(teller.complaint, one.details["override"])
    said = _("%(who)s did not keep to what they asked for, or to what is safe. %(way)s. %(what)s Why: %(why)s")
    named = one.details["way"]
    way = WAYS.get(named, named)
    return said % {"who": teller.actor(one.by), "way": _(way), "what": " ".join(not_kept(names)), "why": why}


def _authority_ended(teller: Teller, one: Happening) -> str:
    said = _("%(who)s stopped %(whom)s. Their access is paused until a manager decides.") if one.details["paused"] else _("%(who)s stopped %(whom)s from acting for them.")
    return said % {"who": teller.actor(one.by), "whom": teller.actor(f"party:{one.details['party']}")}


def _authority_decided(teller: Teller, one: Happening) -> str:
    said = _("%(who)s gave %(whom)s access again.") if one.details["given_back"] else _("%(who)s decided that the access of %(whom)s stays paused.")
    return said % {"who": teller.actor(one.by), "whom": teller.actor(f"party:{one.details['party']}")}


def _due(one: Happening) -> dict[str, str]:
    due = one.details.get("due")
    return {"due": i18n.day(date.fromisoformat(str(due)))} if due else {}


def _withdrawn(teller: Teller, one: Happening) -> str:
    return _which(teller, one, _("%(who)s withdrew it."), _("%(who)s withdrew point %(points)s."))


def _resumed(teller: Teller, one: Happening) -> str:
    return _which(teller, one, _("%(who)s took it up again."), _("%(who)s took up point %(points)s again."))


def _which(teller: Teller, one: Happening, whole: str, some: str) -> str:
    """What was done to the whole complaint, or to some points of it."""
    points = one.details.get("points") or []
    return (some if points else whole) % {"who": teller.actor(one.by), "points": ", ".join(points)}


def _corrected(teller: Teller, one: Happening) -> str:
    to = i18n.day(date.fromisoformat(str(one.details["to"])))
    return _("%(who)s corrected the day it was received, to %(day)s.", who=teller.actor(one.by), day=to)


def _plainly(message: str) -> Callable[[Teller, Happening], str]:
    return lambda teller, one: _(message) % {"who": teller.actor(one.by)}


def _issue_raised(teller: Teller, one: Happening) -> str:
    if one.details.get("point"):
        return _("%(who)s recorded that point %(number)s, which we refused, is accepted after all.", who=teller.actor(one.by), number=one.details["point"])
    if one.details.get("together"):
        return _("%(who)s asked for one answer to both complaints.", who=teller.actor(one.by))
    if one.by.startswith("staff:"):
        return _("%(who)s wrote down something new that the resident raised.", who=teller.actor(one.by))
    return _("%(who)s raised something new.", who=teller.actor(one.by))


def _issue_decided(teller: Teller, one: Happening) -> str:
    if one.details.get("point"):
        return _("%(who)s made that point a complaint of its own.", who=teller.actor(one.by))
    if one.details.get("decision") == "joined":
        return _("%(who)s made the new issue a point of this complaint.", who=teller.actor(one.by))
    return _("%(who)s made the new issue a complaint of its own.", who=teller.actor(one.by))


def _messaged(teller: Teller, one: Happening) -> str:
    if "message" in one.details:
        return _("%(who)s wrote a message.", who=teller.actor(one.by))
    if one.details.get("read"):
        return _("%(who)s read what they wrote. It needs no reply.", who=teller.actor(one.by))
    return _("%(who)s wrote to them on their page.", who=teller.actor(one.by))


def _naming(teller: Teller, one: Happening) -> str:
    if one.details["role_only"]:
        return _("%(who)s wrote down why the resident is told the role only.", who=teller.actor(one.by))
    return _("%(who)s said that the resident is told the name again.", who=teller.actor(one.by))


def _restricted(teller: Teller, one: Happening) -> str:
    if not one.details["to"]:
        return _("%(who)s opened it again to everybody who works on complaints.", who=teller.actor(one.by))
    named = ", ".join(teller.actor(f"staff:{each}") for each in one.details["to"])
    return _("%(who)s restricted it. Only these may see it: %(named)s.", who=teller.actor(one.by), named=named)


def _data_asked(teller: Teller, one: Happening) -> str:
    due = i18n.day(as_day(one.details["due"]))
    if one.by.startswith("staff:"):
        return _("%(who)s wrote down that they asked for everything that we hold. It goes by %(due)s.", who=teller.actor(one.by), due=due)
    return _("%(who)s asked for everything that we hold. It goes by %(due)s.", who=teller.actor(one.by), due=due)


def _data_extended(teller: Teller, one: Happening) -> str:
    due = i18n.day(as_day(one.details["due"]))
    return _("%(who)s took more time to send everything that we hold, and wrote to them why. It goes by %(due)s.", who=teller.actor(one.by), due=due)


TOLD: dict[Step, Callable[[Teller, Happening], str]] = {
    Step.RECEIVED: _received,
    Step.TRIAGED: _triaged,
    Step.ASSIGNED: _assigned,
    Step.RECUSED: _about(N_("%(to)s stood back from stage %(stage)s, for an interest they have.")),
    Step.CONFLICT_DECIDED: _conflict,
    Step.OUTSIDE_NAMED: _about(N_("%(to)s was named from outside to consider stage %(stage)s.")),
    Step.PANEL_ARRANGED: _panel(N_("%(who)s arranged a panel for %(day)s: %(members)s.")),
    Step.PANEL_CALLED_OFF: _panel(N_("%(who)s called off the panel of %(day)s, and wrote to them why.")),
    Step.PANEL_HELD: _panel(N_("%(who)s wrote down what the panel said: %(members)s.")),
    Step.NAMING: _naming,
    Step.RESTRICTED: _restricted,
    Step.ACKNOWLEDGED: _acknowledged,
    Step.RESPONDED: _responded,
    Step.ESCALATED: _escalated,
    Step.ISSUED: _issued,
    Step.FOUND_UNUSABLE: _unusable,
    Step.PERSON_MATCHED: _plainly(N_("%(who)s matched the person to our records.")),
    Step.DEATH_RECORDED: _plainly(N_("%(who)s wrote down that the resident died. Nothing more is sent to them.")),
    Step.DEATH_UNDONE: _plainly(N_("%(who)s wrote down that the resident has not died.")),
    Step.ESTATE_NAMED: _plainly(N_("%(who)s wrote down who deals with the estate.")),
    Step.DANGER_TOLD: _plainly(N_("%(who)s told us of danger.")),
    Step.DANGER_HANDED_OVER: _plainly(N_("%(who)s wrote down who has the danger.")),
    Step.DATES_RECOUNTED: _plainly(N_("The dates were counted again, because the calendar had changed.")),
    Step.DEFINITION_REVISED: _plainly(N_("%(who)s changed how we understand the complaint.")),
    Step.MEANING_QUERIED: _plainly(N_("%(who)s said: that is not what I meant.")),
    Step.MEANING_ANSWERED: _plainly(N_("%(who)s replied about what was meant.")),
    Step.EXTENDED: _plainly(N_("%(who)s took more time.")),
    Step.REFUSED: _plainly(N_("%(who)s refused it as a complaint.")),
    Step.CLARIFICATION_ASKED: _plainly(N_("%(who)s asked what was meant.")),
    Step.PART_ANSWERED: _plainly(N_("%(who)s answered part of it.")),
    Step.ANSWER_CORRECTED: _plainly(N_("%(who)s corrected the answer. The first letter stays.")),
    Step.LATE_TOLD: _plainly(N_("%(who)s wrote to say that the answer is late.")),
    Step.UPDATE_AGREED: _plainly(N_("%(who)s wrote down how often there will be news.")),
    Step.UPDATED: _plainly(N_("%(who)s wrote with news.")),
    Step.ISSUE_RAISED: _issue_raised,
    Step.ISSUE_DECIDED: _issue_decided,
    Step.REMEDY_OFFERED: _plainly(N_("%(who)s offered more.")),
    Step.REMEDY_PAID: _paid,
    Step.REMEDY_ACCEPTED: _plainly(N_("%(who)s accepted what was offered. Stage 2 stays open.")),
    Step.REMEDY_DECLINED: _plainly(N_("%(who)s declined what was offered.")),
    Step.ACTION_DISPUTED: _with_promise(N_("%(who)s said this is not done: %(what)s")),
    Step.HOLD_RELEASED: _plainly(N_("%(who)s took back the request for stage 2.")),
    Step.WITHDRAWN: _withdrawn,
    Step.RESUMED: _resumed,
    Step.OMBUDSMAN_HAS: _plainly(N_("%(who)s wrote down that the Ombudsman has it.")),
    Step.DIRECTED: _plainly(N_("%(who)s recorded that the Ombudsman directed us to accept it.")),
    Step.REFUSAL_UNDONE: _plainly(N_("%(who)s undid the refusal.")),
    Step.RECEIPT_QUERIED: _plainly(N_("%(who)s said that the day of receipt is wrong.")),
    Step.RECEIPT_KEPT: _plainly(N_("%(who)s replied that the day of receipt stays.")),
    Step.RECEIPT_CORRECTED: _corrected,
    Step.VOIDED: _plainly(N_("%(who)s recorded that a letter belonged to somebody else. It counts no more, and stays on the record.")),
    Step.BREACH_ANSWERED: _plainly(N_("%(who)s wrote down what was done about a letter that went astray.")),
    Step.CAUSE_TIED: _plainly(N_("%(who)s wrote down that it has the same cause as the complaint of another home.")),
    Step.JOINED: _plainly(N_("%(who)s joined it with another complaint.")),
    Step.UNJOINED: _plainly(N_("%(who)s took it out of the other complaint.")),
    Step.MADE_REQUEST: _plainly(N_("%(who)s wrote down that the resident agreed to a first request.")),
    Step.VOICED: _plainly(N_("The resident was not happy with the request, and it became a complaint of its own.")),
    Step.SPAM: _plainly(N_("%(who)s said that this is not a complaint.")),
    Step.NOT_SPAM: _plainly(N_("%(who)s said that this is a complaint after all.")),
    Step.MESSAGED: _messaged,
    Step.NOTED: _noted,
    Step.TRANSLATED: _plainly(N_("%(who)s wrote down a translation of what they wrote.")),
    Step.EVIDENCE_SEEN: _evidence,
    Step.CONTRACTOR_ASKED: _plainly(N_("%(who)s asked a contractor a question by link.")),
    Step.CONTRACTOR_LINK_ENDED: _plainly(N_("%(who)s took back a question to a contractor.")),
    Step.CONTACTED: _plainly(N_("%(who)s wrote down a contact.")),
    Step.WAY_STOPPED: _plainly(N_("A way to reach them is not theirs, or not safe, any more. Nothing more goes that way.")),
    Step.CALL_ASKED: _plainly(N_("%(who)s asked to be rung, to show that it is them.")),
    Step.LANGUAGE_CHOSEN: _plainly(N_("%(who)s changed the language that we use with them.")),
    Step.CONTACT_CHANGED: _plainly(N_("%(who)s changed how we reach them.")),
    Step.REPRESENTED: _represented,
    Step.ADJUSTMENT_DECIDED: _adjustment,
    Step.ADJUSTMENT_OVERRIDDEN: _overridden,
    Step.AUTHORITY_ENDED: _authority_ended,
    Step.AUTHORITY_DECIDED: _authority_decided,
    Step.CODE_GIVEN: _plainly(N_("%(who)s gave them a new access code.")),
    Step.DATA_ASKED: _data_asked,
    Step.KEPT_LONGER: _plainly(N_("%(who)s wrote down why it is kept for longer than its time.")),
    Step.KEEPING_ENDED: _plainly(N_("%(who)s wrote down that it need not be kept for longer.")),
    Step.OMBUDSMAN_DONE: _plainly(N_("%(who)s wrote down that the Ombudsman is done with it.")),
    Step.ERASED: _plainly(N_("%(who)s erased what was said in it.")),
    Step.DATA_EXTENDED: _data_extended,
    Step.DATA_REFUSED: _plainly(N_("%(who)s refused to send everything that we hold, and wrote to them why.")),
    Step.DATA_SENT: _plainly(N_("%(who)s wrote down that everything we hold was sent to them.")),
    Step.COMPLETED: _plainly(N_("%(who)s wrote what an earlier letter had left out.")),
    Step.ACTION_PROMISED: _with_promise(N_("%(who)s promised, by %(due)s: %(what)s")),
    Step.ACTION_GIVEN: _given,
    Step.ACTION_REDATED: _with_promise(N_("%(who)s gave a new date, %(due)s: %(what)s")),
    Step.ACTION_DONE: _with_promise(N_("%(who)s said this is done: %(what)s")),
}
