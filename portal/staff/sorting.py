"""What each point is about: its category, its service, and which of the outcomes sought is for which point (ruling 20)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from portal.complaints import queries
from portal.complaints.defining import CATEGORIES
from portal.complaints.models import Complaint
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.staff.fields import List, Named, Tick
from portal.staff.writing import WritingForm
from portal.web import register

OF_POINT = ("category", "service")
LINK = re.compile(r"o(\d{1,3})-(?:words|points)", re.ASCII)
MOST_LINKS = 20


def lines(typed: str | None) -> list[str]:
    """The outcomes, one to a line."""
    return [line.strip() for line in (typed or "").split("\n") if line.strip()]


def boxes(complaint: Complaint, numbers: Sequence[int], outcomes: Sequence[str]) -> dict[str, Any]:
    """The boxes of these points, the service being the one that was weighed unless another is chosen; and of these outcomes."""
    services, found = [(each.id, each.name) for each in queries.services(register())], dict[str, Any]()
    for number in numbers:
        found[f"p{number}-category"] = List(_l("What kind of trouble is it?"), CATEGORIES)
        found[f"p{number}-service"] = Named(_l("Which service is it about?"), services, default=str(complaint.service_id or ""))
    found["links"] = tuple(range(1, min(len(outcomes), MOST_LINKS) + 1)) if len(numbers) > 1 else ()
    for place in found["links"]:
        found[f"o{place}-words"] = HiddenField(default=outcomes[place - 1])
        found[f"o{place}-points"] = Tick(outcomes[place - 1], {str(number): _("Point %(number)s", number=number) for number in numbers})
    return found


def posted() -> MultiDict[str, Any]:
    """The form as posted, with each outcome's points still its own where lines above it came or went."""
    sent, places = request.form, sorted({int(found[1]) for name in request.form if (found := LINK.fullmatch(name))})
    now, before = lines(sent.get("outcomes")), {sent.get(f"o{place}-words", ""): place for place in places}
    kept = MultiDict((name, value) for name, value in sent.items(multi=True) if not LINK.fullmatch(name))
    for place, words in enumerate(now[:MOST_LINKS], 1):
        was = before.get(words) or (place if len(places) == len(now) else 0)
        kept[f"o{place}-words"] = words
        kept.setlist(f"o{place}-points", sent.getlist(f"o{was}-points"))
    return kept


def filled(written: Mapping[str, Any]) -> dict[str, Any]:
    """What was saved, as the boxes hold it."""
    data: dict[str, Any] = {
        f"o{place}-points": [str(number) for number in numbers] for place, numbers in enumerate(written.get("outcome_points") or (), 1)
    }
    for point in written.get("points") or ():
        data |= {f"p{point['number']}-{name}": point.get(name) or "" for name in OF_POINT if name in point}
    return data


def of_point(form: WritingForm, number: int) -> dict[str, str]:
    """What was chosen of one point."""
    return {name: form[f"p{number}-{name}"].data or "" for name in OF_POINT}


def linked(form: WritingForm, outcomes: Sequence[str], numbers: Iterable[int]) -> list[list[int]]:
    """The points that each outcome is for, by its place; none where it is for all of it."""
    known = {str(number): number for number in numbers}
    found = [[known[number] for number in form[f"o{place}-points"].data or () if number in known] for place in form.links]
    return [*found, *([] for _ in outcomes)][: len(outcomes)]
