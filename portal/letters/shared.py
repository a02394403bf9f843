"""What more than one letter says, in the same words: the address, the Ombudsman, how to reach us."""

from collections.abc import Sequence

from portal.i18n import day, locale
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.structure import Block, Composed, heading, text


def ombudsman(facts: Facts, *, answered: bool = False) -> list[Block]:
    """How to use the Ombudsman, at any time (3.7); `answered` where the letter is our answer or comes after it."""
    they = facts.landlord
    at_any_time = (
        _("The Housing Ombudsman is free and does not work for us. You can ask them for help at any time.")
        if answered
        else _("The Housing Ombudsman is free and does not work for us. You can ask them for help at any time, even before we have answered.")
    )
    reach = _(
        "Ring %(phone)s, go to %(web)s, or write to %(post)s.",
        phone=they.ombudsman_phone,
        web=they.ombudsman_web,
        post=they.ombudsman_post,
    )
    return [heading(_("The Housing Ombudsman")), text(f"{at_any_time} {reach}", part="ombudsman")]


def we_answer_by(facts: Facts, on: str) -> str:
    """By which day we answer, in one sentence; of a complaint we accepted in part, that the rest is not answered (ruling 25)."""
    if facts.partly_refused:
        return _("We will answer every point that we accepted, in writing, by %(day)s.", day=on)
    return _("We will answer every point in writing by %(day)s.", day=on)


def reach_us(facts: Facts) -> str:
    """How to tell us more, in one sentence."""
    return _(
        "Ring us on %(phone)s, or write to %(post)s.",
        phone=facts.landlord.phone,
        post=facts.landlord.post,
    )


def policy(facts: Facts) -> str:
    """Where our complaints policy is (3.4): its whole address, which works on paper too; without one, how to get it."""
    if facts.landlord.base_url:
        return _("Our complaints policy is at %(url)s. We send it on paper if you ask.", url=f"{facts.landlord.base_url}/policy")
    return _("Ask us for our complaints policy, and we will send it to you on paper.")


def letter(kind: str, title: str, facts: Facts, blocks: Sequence[Block]) -> Composed:
    """The whole letter: who it is to, who from, the greeting, what it says, who signs."""
    signed = [_("Yours sincerely,")]
    if facts.writer:
        signed += [facts.writer.name] if facts.writer.name else []
        signed += [f"{facts.writer.job_title}, {facts.landlord.name}"]
        signed += [facts.writer.phone] if facts.writer.phone else []
    else:
        signed += [_("The complaints team, %(landlord)s", landlord=facts.landlord.name)]
    return Composed(
        kind=kind,
        stage=facts.stage,
        language=locale(),
        title=title,
        to=[facts.name or _("Whoever deals with the estate of %(name)s", name=facts.estate_of)],
        sender=[facts.landlord.name, *facts.landlord.address.splitlines()],
        signed=signed,
        date=day(facts.written_on),
        reference=facts.reference,
        blocks=[text(_greeting(facts)), *_for_the_estate(facts), *blocks],
    )


def _greeting(facts: Facts) -> str:
    """To somebody by name; nobody greets a person who has died, so to whoever deals with their estate until that is known (ruling 4)."""
    return _("Dear %(name)s,", name=facts.name) if facts.name else _("To whoever deals with the estate of %(name)s,", name=facts.estate_of)


def _for_the_estate(facts: Facts) -> list[Block]:
    """Why somebody who never complained has this letter (ruling 4)."""
    if not facts.estate_of:
        return []
    return [text(_("We write to you because you deal with the estate of %(name)s, who complained to us. In this letter “you” and “your complaint” are theirs.", name=facts.estate_of))]
