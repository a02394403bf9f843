"""What staff chose to see of a list: kept in its address, drawn as boxes, and said in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import g

from portal.complaints import queries, worklist
from portal.complaints.choosing import Choice
from portal.i18n import gettext as _
from portal.web import register

ME, NOBODY = "me", "nobody"
LATE, NOTHING = "late", "nothing"
ARCHIVE = "archive"
Box = tuple[str, str, list[tuple[str, str]]]
"""The name of a box, its label, and what can be chosen in it: values with their words."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the boxes above a list hold; a value that no box offers chooses nothing."""

    boxes: list[Box]
    args: dict[str, Any] = field(default_factory=dict)

    def choice(self, today: date) -> Choice:
        """The same, as the register is asked."""
        whose, stage, service = (self.args.get(name, "") for name in ("with", "stage", "service"))
        return Choice(
            handler=g.viewer.staff_id if whose == ME else int(whose) if whose.isdigit() else None,
            is_unassigned=whose == NOBODY,
            stage=int(stage) if stage else None,
            service=int(service) if service else None,
            due_before=today if self.args.get("owed") == LATE else None,
        )

    @property
    def words(self) -> str:
        """What is shown, where that is not everything."""
        picked = set(self.args.items()) - {("owed", NOTHING), ("where", ARCHIVE)}
        said = [words for name, _label, offered in self.boxes for value, words in offered if (name, value) in picked]
        return ", ".join(said)


def read(args: Mapping[str, str], *names: str) -> Chosen:
    """What an address chose in the boxes of these names."""
    made = [BOXES[name]() for name in names]
    picked = {name: args.get(name, "") for name, _label, offered in made if args.get(name, "") in dict(offered)}
    return Chosen(made, {name: value for name, value in picked.items() if value})


def _with() -> Box:
    busy = worklist.holders(register(), g.viewer)
    others = [(str(each), _("With %(name)s", name=name)) for each, name in busy.items() if each != g.viewer.staff_id]
    return "with", _("Who has it"), [("", _("Anybody")), (ME, _("With you")), (NOBODY, _("With nobody yet")), *others]


def _stage() -> Box:
    return "stage", _("Stage"), [("", _("Both")), ("1", _("Stage 1")), ("2", _("Stage 2"))]


def _service() -> Box:
    offered = [(str(each.id), each.name) for each in queries.services(register())]
    return "service", _("Service"), [("", _("All")), *offered]


def _owed() -> Box:
    return "owed", _("What is owed"), [("", _("Anything")), (LATE, _("Only late")), (NOTHING, _("Nothing"))]


def _where() -> Box:
    return "where", _("Where"), [("", _("Open")), (ARCHIVE, _("Archive"))]


BOXES = {"with": _with, "stage": _stage, "service": _service, "owed": _owed, "where": _where}
