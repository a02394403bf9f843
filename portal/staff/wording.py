"""What staff pages say of a complaint: what is owed, how soon, and how to deal with the person."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from portal import i18n
from portal.complaints import wishes
from portal.complaints.models import Complaint, Remedy
from portal.complaints.offered import Offered
from portal.complaints.usable import AGAIN
from portal.complaints.worklist import Load
from portal.i18n import gettext as _
from portal.i18n import ngettext
from portal.marked import sentence
from portal.rules.reading import BOTH
from portal.rules.steps import Step
from portal.rules.words import N_
from portal.rules.working_days import Calendar
from portal.staff.letter_names import ANY_OTHER, NAMES

LATE, TODAY, SOON, REST = "late", "today", "soon", "rest"
TONES = {LATE: "late", TODAY: "due-soon", SOON: "due-soon", REST: "on-time"}


def owed(step: str | None, stage: int | None, name: str, letter: tuple[str, str] | None = None) -> Markup:
    """What we owe somebody, the verb first."""
    if step == Step.ISSUED:
        return _to_send(name, letter)
    if step == Step.ACKNOWLEDGED and stage == 1:
        return sentence(_("Acknowledge %(name)s’s complaint"), name=name)
    if step == Step.ACKNOWLEDGED:
        return sentence(_("Acknowledge %(name)s’s stage 2 request"), name=name)
    if step == Step.RESPONDED:
        return sentence(_("Answer %(name)s at stage %(stage)s"), name=name, stage=stage)
    if step == Step.BREACH_ANSWERED:
        return sentence(_("Deal with a letter of %(name)s’s that went astray"), name=name)
    if step == Step.AUTHORITY_DECIDED:
        return sentence(_("Decide whether somebody may act for %(name)s again"), name=name)
    if step == Step.COMPLETED:
        return sentence(_("Tell %(name)s what a letter left out"), name=name)
    if step == Step.UPDATED:
        return sentence(_("Send %(name)s an update"), name=name)
    if step == Step.CONTACTED:
        return sentence(_("Ring %(name)s"), name=name)
    if step == Step.CALL_ASKED:
        return sentence(_("Ring somebody who has to show that it is them, in %(name)s’s complaint"), name=name)
    if step == Step.REMEDY_PAID:
        return sentence(_("Pay %(name)s what they accepted"), name=name)
    if step == Step.DATA_SENT:
        return sentence(_("Send %(name)s everything that we hold"), name=name)
    if step == Step.ACTION_PROMISED:
        return sentence(_("Keep a promise to %(name)s"), name=name)
    return sentence(_("%(name)s’s complaint"), name=name)


def to_make_sure(name: str) -> Markup:
    """The call that somebody asked for, by the name of whoever it is."""
    return sentence(_("Ring %(name)s, and make sure that it is them"), name=name)


def _again(kind: str) -> str:
    """What to say of a letter that went in a form they cannot use (ruling 51)."""
    if kind == "acknowledgement":
        return _("Send %(name)s the acknowledgement again, in a form they can use")
    if kind in ("response", BOTH):
        return _("Send %(name)s the answer again, in a form they can use")
    return _("Send %(name)s a letter again, in a form they can use")


def _to_send(name: str, letter: tuple[str, str] | None) -> Markup:
    kind, channel = letter or ("", "")
    answer = kind in ("response", BOTH)
    if channel == AGAIN:
        return sentence(_again(kind), name=name)
    if kind == "update":
        said = _("Post the update to %(name)s") if channel == "post" else _("See that the update reaches %(name)s")
        return sentence(said, name=name)
    if kind == "completing":
        said = _("Post the completing letter to %(name)s") if channel == "post" else _("See that the completing letter reaches %(name)s")
        return sentence(said, name=name)
    if kind == "refusal":
        said = _("Post the refusal to %(name)s") if channel == "post" else _("See that the refusal reaches %(name)s")
        return sentence(said, name=name)
    if channel == "post" and answer:
        return sentence(_("Post the answer to %(name)s"), name=name)
    if channel == "post":
        return sentence(_("Post the acknowledgement to %(name)s"), name=name)
    if answer:
        return sentence(_("See that the answer reaches %(name)s"), name=name)
    return sentence(_("See that the acknowledgement reaches %(name)s"), name=name)


def group_of(due: date, today: date, soon_until: date) -> str:
    """Which group of the queue a date falls in."""
    if due < today:
        return LATE
    if due == today:
        return TODAY
    return SOON if due <= soon_until else REST


def how_soon(due: date, today: date, days: Calendar) -> str:
    """How far off a date is, in working days: 3 working days late, today, tomorrow, in 5 working days; before the next one."""
    if due < today:
        late = days.between(due, today)
        if late == 0:
            return _("Late")
        return ngettext("%(n)s working day late", "%(n)s working days late", late)
    if due == today:
        return _("Today")
    if (due - today).days == 1:
        return _("Tomorrow")
    left = days.between(today, due)
    if left == 0:
        return _("Before the next working day")
    return ngettext("In %(n)s working day", "In %(n)s working days", left)


def first_words(text: str, most: int = 120) -> str:
    """The first words of a story, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def language_name(code: str) -> str:
    """A language by the name the reader's language has for it."""
    try:
        return str(Locale.parse(code.replace("-", "_")).get_display_name(i18n.cldr()))
    except (ValueError, UnknownLocaleError):
        return code


def language_in_short(code: str) -> str:
    """The language to use with somebody, where it is not the usual one."""
    name = "" if code.split("_")[0].split("-")[0] == i18n.DEFAULT else language_name(code)
    return name[:1].upper() + name[1:]


def wishes_in_words(kinds: Iterable[str]) -> list[str]:
    """What somebody asked of us, in the words they chose from."""
    return [_(wishes.EASIER[kind]) for kind in kinds if kind in wishes.EASIER]


def channels_in_words(safe: Mapping[str, Any]) -> str:
    """The ways somebody said are safe."""
    known = [_(wishes.CHANNELS[way]) for way in safe.get("channels") or ["portal"] if way in wishes.CHANNELS]
    return ", ".join(known)


def contact_limits(safe: Mapping[str, Any]) -> list[str]:
    """What not to do when reaching somebody: the ways that are not safe, the times, the voicemail."""
    channels = list(safe.get("channels") or ["portal"])
    if channels == ["portal"]:
        return [_("Only on this website")]
    limits = [] if "phone" in channels else [_("Do not ring")]
    if "phone" in channels:
        limits += [_("Ring: %(times)s", times=safe["times"])] if safe.get("times") else []
        limits += [VOICEMAIL_SAID[safe["voicemail"]]()] if safe.get("voicemail") in VOICEMAIL_SAID else []
        limits += [_("Do not say who we are")] if safe.get("say_who") == "no" else []
    return limits


def not_safe(channels: Iterable[str]) -> str:
    """The ways that are not safe for somebody, none of which is open."""
    return ", ".join(_(words) for way, words in wishes.CHANNELS.items() if way != "portal" and way not in channels)


VOICEMAIL_SAID: dict[str, Callable[[], str]] = {
    "no": lambda: _("No voicemail"),
    "first_name": lambda: _("Voicemail: only “please call back” and a first name"),
}


def care_in_short(language: str, kinds: Iterable[str], safe: Mapping[str, Any]) -> str:
    """How to deal with somebody, in the one line of the queue: the language if not English, wishes, limits of contact."""
    by_post = list(safe.get("channels") or ()) == ["post"]
    limits = [_("By post only")] if by_post else [one for one in contact_limits(safe) if one != _("Do not ring")]
    said = [language_in_short(language), *wishes_in_words(kinds), *limits]
    return ". ".join(each for each in said if each)




LEVELS = {
    "complexity": {"low": N_("Simple"), "some": N_("Some of it is hard"), "high": N_("Complex")},
    "vulnerability": {"none": N_("None that we know of"), "some": N_("Something to bear in mind"), "high": N_("Somebody may be badly affected")},
    "risk": {"low": N_("Low"), "some": N_("Some"), "high": N_("High: act first")},
}


def level(factor: str, value: str) -> str:
    """How much of something was weighed, in words."""
    return _(LEVELS.get(factor, {}).get(value, value)) if value else ""


def workload(had: Load | None) -> str:
    """What somebody has already: how many complaints with something owed, and in how many of them it is late."""
    if had is None:
        return _("No open complaints")
    if not had.late:
        return ngettext("%(num)s open complaint, not late", "%(num)s open complaints, none late", had.open)
    return ngettext("%(num)s open complaint, and it is late", "%(num)s open complaints, %(late)s late", had.open, late=had.late)


def remedy_state(remedy: Offered | Remedy) -> str:
    """How an offer stands: paid, declined, accepted, or with no reply."""
    said = [
        (remedy.paid_on, _("Paid %(day)s")), (remedy.declined_on, _("Declined %(day)s")), (remedy.accepted_on, _("Accepted %(day)s")),
    ]  # fmt: skip
    return next((words % {"day": i18n.short_day(on)} for on, words in said if on), _("No reply yet"))


def letter_name(kind: str, stage: int) -> str:
    """A letter by its name, at the start of a sentence."""
    return _(NAMES.get(kind, ANY_OTHER), stage=stage)


def writer(complaint: Complaint, by: str) -> str:
    """Who wrote a message: the resident, or somebody who acts for them and whom they wrote it for."""
    name, resident = next((each.name for each in complaint.parties if f"party:{each.id}" == by), ""), complaint.resident
    return name if by == f"party:{resident.id}" else _("%(who)s (for %(resident)s)", who=name, resident=resident.name)
