"""The acknowledgement: what we understand the complaint to be, whose each point is, and the day of our answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from portal.i18n import day, ngettext
from portal.i18n import gettext as _
from portal.letters import refusal
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, policy, reach_us, we_answer_by
from portal.letters.structure import Block, Composed, bullets, heading, quoted, said, subheading, text


def acknowledgement(facts: Facts) -> Composed:
    """The letter of 5.6, 5.7, 6.2 and 6.11."""
    understood = _("What we understand your complaint to be")
    title = understood if facts.stage == 1 else _("Stage 2: what we understand your complaint to be")
    return letter("acknowledgement", title, facts, list(_blocks(facts)))


def _blocks(facts: Facts) -> Iterator[Block]:
    if facts.stage == 1:
        yield text(_("Your complaint is at stage 1. We received it on %(day)s.", day=day(facts.received_on)), "stage")
    else:
        yield text(_("Your complaint is at stage 2. You asked for that on %(day)s.", day=day(facts.received_on)), "stage")
    if _refused(facts):
        yield text(_("We accept part of your complaint: we will look into that part and answer it. We do not accept the rest as a complaint, and say why further down."))
    yield from _when(facts)
    yield heading(_("Your complaint, as we understand it"))
    for number, point in enumerate(facts.points, 1):
        yield subheading(_("Point %(number)s", number=number))
        yield quoted(str(point.get("text", "")), "definition")
        yield text(whose(point), "responsibilities")
        if point.get("whose"):
            yield said(str(point["whose"]))
    yield from outcomes(facts)
    yield from _not_accepted(facts)
    yield from more_to_tell(facts)
    yield from ombudsman(facts)


def _refused(facts: Facts) -> list[Mapping[str, Any]]:
    return list((facts.draft or {}).get("refused", ()))


def _not_accepted(facts: Facts) -> Iterator[Block]:
    """The points that are refused, each with all that a refusal says, and where that can be taken (2.2 to 2.5)."""
    if _refused(facts):
        yield heading(_("What we do not accept as a complaint"))
    for point in _refused(facts):
        yield quoted(str(point.get("text", "")))
        yield from refusal.ground(point, refusal.of_point(point))
        yield from refusal.written(point, refusal.of_point(point))
    if _refused(facts):
        yield from refusal.rights(facts)


def more_to_tell(facts: Facts) -> Iterator[Block]:
    """How to put us right or send something, and where our policy is (5.8, 3.4)."""
    yield heading(_("If we have this wrong, or you have more to tell us"))
    yield text(
        _("Tell us if we have misunderstood you. You can send us anything that helps: a photograph, a letter, a name.")
        + " "
        + reach_us(facts),
        "evidence",
    )
    yield text(policy(facts), "policy")


def _when(facts: Facts) -> Iterator[Block]:
    assert facts.answer_by is not None
    yield heading(_("When we will answer"))
    by = we_answer_by(replace(facts, partly_refused=bool(_refused(facts))), day(facts.answer_by))
    yield text(by, "answer_by")
    if facts.late_since:
        yield text(
            _(
                "We should have answered you by %(day)s. We are already late, and we are sorry. You do not have to wait "
                "for us: you can ask for stage 2, or ask the Ombudsman for help, today.",
                day=day(facts.late_since),
            )
        )
    if facts.writer:
        yield text(
            _("Your complaint is with %(who)s.", who=facts.writer.introduced)
        )


def whose(point: Mapping[str, Any]) -> str:
    """Whose a point is to answer (5.7)."""
    match point.get("responsibility"):
        case "ours":
            return _("This is ours to answer.")
        case "not_ours":
            return _("This is not ours to put right. We say below who it belongs to, and how to reach them.")
        case "shared":
            return _("We share this with somebody else. We answer for our part, and say below who else it belongs to.")
        case _:
            return _("We are finding out whether this is ours. We will have found out before we answer.")


def outcomes(facts: Facts) -> Iterator[Block]:
    """What would put it right, or that we do not know yet."""
    yield heading(_("What you want to happen"))
    draft = facts.draft or {}
    links = draft.get("outcome_points") or ()
    sought = [_for_points(facts, str(words), numbers) for words, numbers in zip_longest(draft.get("outcomes") or (), links, fillvalue=())]
    if sought:
        yield bullets(sought, "outcomes")
    else:
        yield text(_("You have not told us yet what would put this right. You can tell us at any time."), "outcomes")


def _for_points(facts: Facts, words: str, numbers: Sequence[int]) -> str:
    """One outcome, with the points that it is for; those alone, where it is not for all of them."""
    places = [str(place) for place, point in enumerate(facts.points, 1) if point.get("number") in numbers]
    if not places or len(places) == len(facts.points):
        return words
    return ngettext("%(words)s (for point %(points)s)", "%(words)s (for points %(points)s)", len(places), words=words, points=", ".join(places))
