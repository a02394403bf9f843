"""Two people, two ways to be reached: whoever speaks for somebody and writes their own address for them would get what is the resident's alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import ValidationError

from portal.i18n import lazy_gettext as _l

THEIRS = {
    "email": _l("You gave this email address for yourself. This box is for theirs. Leave it empty if they have none of their own"),
    "phone": _l("You gave this phone number for yourself. This box is for theirs. Leave it empty if they have none of their own"),
}
"""What is said beside the boxes of whoever is spoken for."""

YOURS = {
    "email": _l("You gave this email address for somebody you speak for. Write your own here. If this is yours, go back and leave theirs empty"),
    "phone": _l("You gave this phone number for somebody you speak for. Write your own here. If this is yours, go back and leave theirs empty"),
}
"""The same beside one's own."""


class Apart:
    """Laid over a form with a box `email` or `phone`: what stands there is the way of none of these `others`, case and spaces apart."""

    others: Sequence[Mapping[str, Any]] = ()

    def keep_apart(self, field: Any, said: Mapping[str, Any]) -> None:
        """ValidationError where somebody else was given the same."""
        typed = _bare(field.name, field.data)
        if typed and any(_bare(field.name, each.get(field.name)) == typed for each in self.others):
            raise ValidationError(str(said[field.name]))


def _bare(way: str, typed: str | None) -> str:
    """An address or a number without what makes no difference to where it leads."""
    whole = "".join((typed or "").split()).casefold()
    if way == "email":
        return whole
    figures = "".join(each for each in whole if each.isdigit())
    return figures.removeprefix("00").removeprefix("44").lstrip("0")


def own_ways(answers: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """How whoever is writing is reached themselves, as far as they said."""
    chosen, details = answers.get("reach", {}).get("channels") or [], answers.get("details", {})
    return {way: details.get(way) for way in THEIRS if way in chosen}
