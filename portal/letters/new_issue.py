"""Where a new issue is answered, and why: as a point of the complaint, or as a complaint of its own (6.8)."""

from collections.abc import Iterator

from portal.i18n import day
from portal.i18n import gettext as _
from portal.letters.facts import Facts
from portal.letters.shared import letter, ombudsman, reach_us
from portal.letters.structure import Block, Composed, heading, quoted, said, text


def new_issue(facts: Facts) -> Composed:
    """What a resident keeps who told us of something new."""
    draft = facts.draft or {}
    joined = draft["decision"] == "joined"
    again = draft["ground"] in ("directed", "undone")
    blocks = [
        text(_("We refused this point of your complaint. We accept it now:") if again else _("On %(day)s you told us of something new. You wrote:", day=day(facts.received_on))),
        quoted(str(draft["issue"]), "issue"),
        *(_joined(facts) if joined else _apart(facts)),
        heading(_("Why")),
        text(GROUNDS[str(draft["ground"])]()),
        text(_("Their reference is %(reference)s.", reference=draft["reason"]), "reason") if draft["ground"] == "directed" else said(str(draft["reason"]), "reason"),
        *_if_not(facts),
        text(reach_us(facts)),
        *ombudsman(facts),
    ]
    title = _("We now accept a point that we refused") if again else _("The new thing you told us of")
    return letter("new_issue", title, facts, blocks)


GROUNDS = {
    "related": lambda: _("It belongs with your complaint, and we have not answered that yet."),
    "asked": lambda: _("You asked us for one answer to both."),
    "unrelated": lambda: _("It is about something else than your complaint."),
    "answered": lambda: _("We have answered your complaint already, so it could not be part of that answer."),
    "directed": lambda: _("The Housing Ombudsman told us to accept it. You should not have had to wait for this, and we are sorry."),
    "undone": lambda: _("We looked again, and should have accepted it. You should not have had to wait for this, and we are sorry."),
    "would delay": lambda: _("It has to do with your complaint, but to wait for it would make our answer unreasonably late."),
}


def _joined(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    yield heading(_("We answer it as part of this complaint"))
    yield text(_("This is now one of its points:"), "decision")
    yield quoted(str(draft["point"]))
    if facts.answer_by:
        yield text(_("The date of our answer does not change. It is %(day)s.", day=day(facts.answer_by)), "answer_by")
    else:
        yield text(_("It does not move any date."))


def _apart(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    if draft.get("stage", 1) > 1:
        yield heading(_("We look at it again at stage 2"))
        yield text(_("You have had an answer at stage 1, so you do not have to go through that again. Someone who has decided nothing about it before looks at it."))
    else:
        yield heading(_("It stays a complaint of its own") if draft.get("again") else _("We answer it as a new complaint"))
    received = {
        "directed": _("It counts as received on %(day)s, the day the Ombudsman told us.", day=day(facts.received_on)),
        "undone": _("It counts as received on %(day)s, the day we accepted it.", day=day(facts.received_on)),
    }.get(str(draft["ground"]), _("It counts as received on %(day)s, the day you told us.", day=day(facts.received_on)))
    yield text(_("Its reference is %(reference)s.", reference=draft["reference"]) + " " + received, "decision")
    if draft.get("ordered"):
        yield text(_("They set %(day)s as the day for it.", day=day(draft["ordered"])), "ordered")
    if draft.get("hear_by"):
        yield text(_("By %(day)s we will write to say what we understand it to be.", day=day(draft["hear_by"])))
    yield text(_("You can read it from the page of this complaint, or ring us and we give you a code for it. You do not have to tell us again."))


def _if_not(facts: Facts) -> Iterator[Block]:
    draft = facts.draft or {}
    yield heading(_("If you would rather have it another way"))
    if draft["ground"] == "would delay" and not draft.get("again"):
        yield text(_("You can have one answer to both instead. Tell us on the page of this complaint, or ring us. It may then take longer."))
    else:
        yield text(_("Tell us on the page of this complaint, or ring us. We will look at it again."))
