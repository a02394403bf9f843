"""From the answers of a draft to what the register is told, and back to whoever told it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from portal.complaints.models import Complaint
from portal.complaints.operations import ActingFor, Told
from portal.complaints.papers import Draft
from portal.complaints.people import Party
from portal.complaints.record import EventWords
from portal.complaints.recording import session_of
from portal.i18n import Lazy, gettext
from portal.resident.questions import BY_NAME, QUESTIONS, for_several, speaks_for_others
from portal.rules.steps import Happening, Step

NOT_ASKED = "not asked"
"""How we know somebody who asked to be rung: nobody has asked yet."""


def told(draft: Draft, *, language: str) -> Told:
    """Everything somebody told us, in their own words; the complaint is another's where they speak for one."""
    here, answers = _told(draft, language=language), draft.answers
    return _for_another(here, answers.get("them", {})) if answers["name"].get("whom") == "other" else here


def _told(draft: Draft, *, language: str) -> Told:
    """The same as if they told it of themselves."""
    answers = draft.answers
    home = answers.get("home", {})
    address = home.get("address") or ""
    return Told(
        name=answers["name"]["name"],
        words=answers["story"]["story"],
        home_kind=home.get("home", "address"),
        address=address,
        relationship=answers["you"]["relationship"],
        when_words=BY_NAME["when"].says(answers.get("when", {})),
        wanted=_chosen(answers.get("right", {})),
        adjustments=_adjustments(answers.get("easier", {})),
        disability={"words": (answers.get("easier", {}).get("disability") or "").strip(), "carry": answers.get("easier", {}).get("carry")},
        safe_contact=_safe_contact(answers.get("reach", {}), answers.get("details", {}), "" if speaks_for_others(answers) else address),
        language=language,
    )


def told_of_each(draft: Draft, *, language: str) -> list[Told]:
    """What is told of each home: one complaint, or where somebody speaks for several, one for each, their own home first."""
    answers = draft.answers
    if not for_several(answers):
        return [told(draft, language=language)]
    everywhere, group = _told(draft, language=language), answers["group"]
    acting = ActingFor(
        name=everywhere.name, how=str(group.get("how")), can_show=group.get("can_show") == "yes", safe_contact=everywhere.safe_contact,
    )  # fmt: skip
    homes = sorted(answers["homes"]["homes"], key=lambda home: not home.get("mine"))
    return [_of_home(everywhere, home, acting) for home in homes]


def _of_home(everywhere: Told, home: Mapping[str, Any], acting: ActingFor) -> Told:
    """The complaint of one home: the words that all share, then what is said of this one, and nothing of another."""
    words = "\n\n".join(each for each in (everywhere.words, home.get("words")) if each)
    here = replace(everywhere, words=words, home_kind="address", address=home["address"])
    return here if home.get("mine") else replace(here, name=home["name"], adjustments={}, safe_contact=_safe_for(home), acting=acting)


def _safe_for(them: Mapping[str, Any]) -> dict[str, Any]:
    """The ways to reach a resident that whoever told us said are safe for them."""
    safe = {name: them[name] for name in ("email", "phone", "post") if them.get(name)}
    return {"channels": list(safe) or ["portal"], **safe}


def told_to_ring(draft: Draft, *, language: str) -> Told:
    """Somebody asks to be rung: who, on what number and when, and whatever they had written before they gave up writing."""
    answers = draft.answers
    asked, home = answers["call"], answers.get("home", {})
    safe = {name: asked.get(name) or "" for name in ("phone", "times", "voicemail")}
    return Told(
        name=asked["name"],
        words=asked.get("words") or gettext("I asked to be rung."),
        home_kind=home.get("home") or "address",
        address=home.get("address") or "",
        relationship=answers.get("you", {}).get("relationship") or NOT_ASKED,
        when_words=BY_NAME["when"].says(answers.get("when", {})),
        wanted=_chosen(answers.get("right", {})),
        adjustments=_adjustments(answers.get("easier", {})),
        safe_contact={"channels": ["phone"], **safe, "say_who": "no"},
        language=language,
        channel="call back",
        ring=True,
    )


def _for_another(told: Told, them: Mapping[str, Any]) -> Told:
    """The complaint is theirs, and they are reached in the ways said to be safe for them; whoever told us acts for them."""
    acting = ActingFor(
        name=told.name, how=str(them.get("how")), can_show=them.get("can_show") == "yes", safe_contact=told.safe_contact,
    )  # fmt: skip
    return replace(told, name=them["name"], safe_contact=_safe_for(them), acting=acting)


def _chosen(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {"kinds": list(answer.get("kinds") or []), "words": answer.get("words") or ""}


def _adjustments(answer: Mapping[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in answer.get("kinds") or [] if kind != "nothing"]
    more = {name: answer[name] for name in ("words", "print_size", "braille", "span") if answer.get(name)}
    return {"kinds": kinds, "words": "", **more}


def _safe_contact(reach: Mapping[str, Any], details: Mapping[str, Any], home: str) -> dict[str, Any]:
    """The ways that were chosen and only their details: what was typed for another way is not carried along.

    `home` is where they live, if they said; nobody who speaks for others did (ruling 5).
    """
    channels = list(reach.get("channels") or ["portal"])
    safe: dict[str, Any] = {"channels": channels}
    if "email" in channels:
        safe["email"] = details.get("email")
    if "phone" in channels:
        safe |= {name: details.get(name) or "" for name in ("phone", "times", "voicemail", "say_who")}
    if "post" in channels:
        safe["post"] = home if home and details.get("where") == "same" else details.get("post")
    return safe


def told_by(party: Party, complaint: Complaint) -> list[tuple[Lazy, str]]:
    """What this party told us beside the story, each answer under the name of its question.

    No number, address or time to reach them at, and nothing of any danger: somebody else may be looking.
    """
    wishes = [each.wish for each in party.person.adjustments if each.complaint_id == complaint.id]
    said = {
        "name": party.name_as_given,
        "home": _says("home", {"home": complaint.home.kind if complaint.home else "", "address": party.home_as_given}),
        "you": _says("you", {"relationship": complaint.relationship_to_landlord}),
        "when": complaint.when_words,
        "right": _says("right", complaint.wanted),
        "easier": _says("easier", wishes[0]) if wishes else "",
        "reach": _says("reach", party.contact),
    }
    return [(question.title, said[question.name]) for question in QUESTIONS if question.name in said]


def _says(name: str, answer: Mapping[str, Any]) -> str:
    return BY_NAME[name].says(answer)


def asked_again(party: Party, complaint: Complaint) -> list[tuple[Happening, str]]:
    """Each time this party asked for the next stage and said why, with the words."""
    asked = [each for each in complaint.events if each.step == Step.ESCALATED and each.actor == f"party:{party.id}"]
    found = ((each.happening, session_of(complaint).get(EventWords, each.number)) for each in asked)
    return [(happening, kept.words["words"]) for happening, kept in found if kept and kept.words.get("words")]
