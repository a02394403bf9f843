"""The response: every point answered, with reasons, what puts it right, what is still owed, and where to go next."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from portal.i18n import day, money, ngettext
from portal.i18n import gettext as _
from portal.letters import refusal
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman
from portal.letters.structure import Block, Composed, Row, actions, heading, quoted, said, subheading, text


def response(facts: Facts) -> Composed:
    """The letter of 6.9 at stage 1, and of 6.19 at stage 2, parts a to g."""
    title = _("Our answer to your complaint") if facts.stage == 1 else _("Our final answer to your complaint")
    return letter("response", title, facts, list(_blocks(facts)))


def _blocks(facts: Facts) -> Iterator[Block]:
    yield stage(facts)
    opening = (facts.draft or {}).get("opening")
    if opening:
        yield said(str(opening))
    yield from answer(facts)


def stage(facts: Facts) -> Block:
    """Which stage this answers, and that there is somewhere to go from it."""
    if facts.stage == 1 and facts.next_asked_on:
        return text(_("This is our stage 1 answer. You have asked us to look again, and the end of this letter says what happens next."), "stage")
    if facts.stage == 1:
        return text(_("This is our stage 1 answer. You can ask us to look again, and the end of this letter says how."), "stage")
    return text(_("This is our stage 2 answer. It is our final answer, and the end of this letter says what you can do next."), "stage")


def answer(facts: Facts) -> Iterator[Block]:
    """Every point answered, what is owed, and where to go from here."""
    for number, point in enumerate(facts.points, 1):
        yield from _answered(facts, number, point)
    yield from withdrawn(facts)
    yield from refused(facts)
    yield from owed(facts)
    yield from not_accepted_rights(facts)
    yield from onwards(facts)
    yield from ombudsman(facts, answered=True)


def _answered(facts: Facts, place: int, point: Mapping[str, Any]) -> Iterator[Block]:
    yield heading(_("Point %(number)s", number=place))
    yield quoted(str(point.get("text", "")), "definition")
    yield from found(facts, point)


def found(facts: Facts, point: Mapping[str, Any]) -> Iterator[Block]:
    """What we found on one point: the decision, the reasons, what we got wrong, what puts it right."""
    disposition = str(point.get("disposition") or "")
    if disposition:
        sorry = " " + _("We are sorry.") if disposition in ("upheld", "partly_upheld") else ""
        yield text(decision(disposition) + sorry, "decision")
    yield from _not_accepted(point) if disposition == NOT_ACCEPTED else _decided(point)
    if point.get("number") in facts.offered_before:
        yield text(_("What we offered on this point before still stands."))
        for offered in facts.offered_before[point["number"]]:
            yield from remedy_offered(offered)


NOT_ACCEPTED = "not_accepted"


def _not_accepted(point: Mapping[str, Any]) -> Iterator[Block]:
    """All that a refusal says, of one point that was accepted before (rulings 22, 25)."""
    yield from refusal.ground(point, refusal.of_point(point))
    yield from refusal.written(point, refusal.of_point(point), shared=("reasons",))
    yield text(_("We do not decide this point, so we offer nothing new on it."), "remedy")


def not_accepted_rights(facts: Facts) -> Iterator[Block]:
    """Where a refusal of single points can be taken, said once for all of them (2.4)."""
    if any(point.get("disposition") == NOT_ACCEPTED for point in facts.points):
        yield from refusal.rights(facts, _("If you do not agree with what we do not accept"))


def _decided(point: Mapping[str, Any]) -> Iterator[Block]:
    yield said(str(point.get("reasons", "")), "reasons")
    if point.get("fault"):
        yield subheading(_("What we got wrong"))
        yield said(str(point["fault"]))
    if point.get("impact"):
        yield said(str(point["impact"]))
    if point.get("remedies"):
        yield subheading(_("To put it right"))
        for remedy in point["remedies"]:
            yield from remedy_offered(remedy, "remedy")
    elif point.get("no_remedy_because"):
        yield said(str(point["no_remedy_because"]), "remedy")
    elif point.get("disposition"):
        yield text(_("We offer nothing new on this point, for the reasons above."), "remedy")


def withdrawn(facts: Facts) -> Iterator[Block]:
    """The points that we do not answer because the resident withdrew them, each with its day (rulings 22, 39)."""
    if facts.withdrawn:
        yield heading(_("What you withdrew"))
    for point in facts.withdrawn:
        yield quoted(str(point["text"]))
        yield text(_("You withdrew this on %(day)s, so this letter does not answer it.", day=day(point["on"])))


def refused(facts: Facts) -> Iterator[Block]:
    """The points that we do not answer because we did not accept them, each with where it stands (rulings 25, 53)."""
    if facts.refused:
        yield heading(_("What we did not accept"))
    for point in facts.refused:
        yield quoted(str(point["text"]))
        told = day(point["on"])
        if point["accepted"]:
            yield text(_("We refused this on %(day)s, and accepted it after all on %(accepted)s. It is a complaint of its own now, with an answer of its own.", day=told, accepted=day(point["accepted"])))
        else:
            yield text(_("We refused this on %(day)s, and wrote to you why. So this letter does not answer it. You can still take that to the Housing Ombudsman, or ask us to look at it again.", day=told))


def decision(disposition: str) -> str:
    """What was decided on a point, in words; nothing for what is no decision."""
    decisions = {
        "upheld": _("Upheld. We were at fault."),
        "partly_upheld": _("Partly upheld. We were partly at fault."),
        "not_upheld": _("Not upheld. We did not find a fault."),
        "not_ours": _("This is not ours to answer."),
        "withdrawn": _("You withdrew this point."),
        NOT_ACCEPTED: _("We no longer accept this point, so we do not decide it. We say why here."),
    }
    return decisions.get(disposition, "")


def remedy_offered(remedy: Mapping[str, Any], part: str | None = None) -> Iterator[Block]:
    """What is offered: the words that staff typed, in their language, then the money, in the letter's."""
    words, pence = str(remedy.get("words", "")).strip(), remedy.get("pence")
    if words or not pence:
        yield said(words, part)
    if pence:
        yield text(_("We offer you %(money)s.", money=money(int(pence))), part)


def owed(facts: Facts) -> Iterator[Block]:
    """What is still to be done, by whom and by when (7.3)."""
    yield heading(_("What is still to be done"))
    if not facts.actions:
        yield text(_("Nothing is left for us to do."), "actions")
        return
    rows = [
        Row(what=str(a.get("what", "")), by=_by(a.get("due_on")), who=str(a.get("owner", ""))) for a in facts.actions
    ]
    yield actions(rows, "actions")
    yield text(_("If something here is not done on its day, tell us. We keep this list open until all of it is done."))


def _by(due: Any) -> str:
    try:
        return day(date.fromisoformat(str(due)))
    except ValueError:
        return ""


def onwards(facts: Facts) -> Iterator[Block]:
    """Where to go from here: stage 2, or the Ombudsman after the last stage."""
    yield from (to_stage_2(facts) if facts.stage == 1 else to_the_ombudsman(facts))
    if any(point.get("remedies") for point in facts.points):
        how = _("To take what we offer, or to say no to it, use your complaint’s page, ring %(phone)s, or write to %(post)s.", phone=facts.landlord.phone, post=facts.landlord.post)
        yield text(_("Accepting what we offer does not stop you.") + " " + how)
    if facts.stage > 1:
        yield _took_part(facts.draft or {})


def to_stage_2(facts: Facts) -> Iterator[Block]:
    """How to take it to stage 2, or that it goes there already."""
    yield heading(_("If you are not happy with this"))
    if facts.next_asked_on:
        yield text(
            _(
                "You asked for stage 2 on %(day)s, and we have kept your request. Someone who has not dealt with your "
                "complaint will look again and write to you. You do not need to ask again or give a reason.",
                day=day(facts.next_asked_on),
            ),
            "escalate",
        )
        return
    yield text(
        _(
            "You can ask for stage 2. Someone who has not dealt with your complaint will look again and write to you. "
            "You do not have to give a reason, and there is no last date. Use the button on your complaint’s page, "
            "ring %(phone)s, or write to %(post)s.",
            phone=facts.landlord.phone,
            post=facts.landlord.post,
        ),
        "escalate",
    )


def to_the_ombudsman(facts: Facts) -> Iterator[Block]:
    """Where a final answer can be taken (6.19)."""
    yield heading(_("If you are still not happy"))
    yield text(
        " ".join((
            _("We have no further stage. You can take your complaint to the Housing Ombudsman, who can decide whether we treated you fairly and tell us what to do."),
            ngettext("Do it within %(num)s month of this letter.", "Do it within %(num)s months of this letter.", facts.landlord.ombudsman_months),
            _("Ring %(phone)s or go to %(web)s.", phone=facts.landlord.ombudsman_phone, web=facts.landlord.ombudsman_web),
        )),
        "escalate",
    )


def _took_part(draft: Mapping[str, Any]) -> Block:
    """Who took part in the final answer, as it was typed (6.20)."""
    if draft.get("contributors"):
        return text(_("These people took part in this answer: %(names)s", names=with_full_stop(str(draft["contributors"]))), "contributors")
    return text(_("Nobody else was needed for this answer: %(because)s", because=str(draft.get("no_contributors_because") or "")), "contributors")


def with_full_stop(words: str) -> str:
    """What somebody typed, with a full stop where it ends in none."""
    words = words.strip()
    return words if not words or words[-1] in ".!?…" else f"{words}."
