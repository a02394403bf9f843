"""A complaint's story told a line at a time, each line through the one door; and days in human words."""

from datetime import UTC, date, datetime, time
from typing import Any, Self

import pytest

from portal.complaints.calendar import calendar
from portal.rules.deadlines import Deadline, deadlines, next_deadline
from portal.rules.editions import edition
from portal.rules.editions.model import Edition
from portal.rules.history import Happening, RuleBroken, Step, allowed_steps, check_step
from portal.rules.working_days import Calendar

CODE = edition("housing-ombudsman-2024")
ENGLAND = calendar("england-and-wales")


def day(words: str) -> date:
    """A day as people write it, "Mon 11 May 2026" (the weekday has to be right), or as ISO."""
    if words[0].isdigit():
        return date.fromisoformat(words)
    found = datetime.strptime(words, "%a %d %b %Y").date()
    assert found.strftime("%a") == words[:3], f"{words} is a {found:%A}"
    return found


def upheld(**changes: Any) -> dict[str, Any]:
    """An answer that upholds a point, whole unless changed."""
    return {"disposition": "upheld", "fault": True, "remedies": ["apology"], "impact": True, **changes}


NOT_UPHELD = {"disposition": "not_upheld", "fault": False, "remedies": [], "impact": False}
NOT_ACCEPTED: dict[str, Any] = NOT_UPHELD | {
    "disposition": "not_accepted", "ground": "legal_proceedings",
    "parts": ["ground", "evidence", "reasons", "circumstances", "court_filing", "refusal_rights", "ombudsman"],
}  # fmt: skip
"""An answer that does not accept a point any more, because a claim about it was filed."""


class Story:
    """A history that grows; a step that breaks a rule raises."""

    def __init__(self, code: Edition = CODE, days: Calendar = ENGLAND) -> None:
        self.code, self.days = code, days
        self.history: list[Happening] = []

    def proposed(
        self, step: Step, on: str | date, stage: int | None = 1, *, by: str = "staff:1", at: datetime | None = None,
        **details: Any,
    ) -> Happening:  # fmt: skip
        """A happening recorded at noon of its own day, unless said otherwise."""
        when = day(on) if isinstance(on, str) else on
        at, number = at or datetime.combine(when, time(12), UTC), len(self.history) + 1
        return Happening(step, stage, when, at, by, details, number)

    def then(self, step: Step, on: str | date, stage: int | None = 1, **rest: Any) -> Self:
        """The step happens, if the rules let it."""
        happening = self.proposed(step, on, stage, **rest)
        check_step(self.history, happening, self.code, self.days)
        self.history.append(happening)
        return self

    def refuses(
        self, provision: str, words: str, step: Step, on: str | date, stage: int | None = 1, **rest: Any
    ) -> None:
        """The rules refuse the step, naming this provision, with these words in the reason."""
        with pytest.raises(RuleBroken) as refused:
            check_step(self.history, self.proposed(step, on, stage, **rest), self.code, self.days)
        assert refused.value.provision == provision, refused.value
        assert words in str(refused.value), refused.value

    def received(self, on: str | date, stage: int = 1, **rest: Any) -> Self:
        """Received that day."""
        return self.then(Step.RECEIVED, on, stage, by="party:1", **rest)

    def triaged(self, on: str | date, stage: int = 1, **rest: Any) -> Self:
        """Weighed."""
        return self.then(
            Step.TRIAGED, on, stage, complexity="low", vulnerability="none known", risk="low", **rest
        )

    def parts(self, kind: str, stage: int) -> list[str]:
        """Every part that the edition asks of a letter."""
        return [part.id for part in self.code.stage(stage).letters.get(kind, ())]

    def acknowledged(
        self, on: str | date, stage: int = 1, issued: str | date | None = "", **rest: Any
    ) -> Self:
        """Acknowledged, and the letter issued the same day unless another day, or None, is given."""
        rest = {"points": {"1": "ours"}, "outcomes": 1, "parts": self.parts("acknowledgement", stage), **rest}
        self.then(Step.ACKNOWLEDGED, on, stage, **rest)
        return self.issued("acknowledgement", on, issued, stage)

    def issued(self, kind: str, written: str | date, issued: str | date | None = "", stage: int = 1) -> Self:
        """The letter goes out: the day it was written, or another, or not at all."""
        if issued is None:
            return self
        return self.then(Step.ISSUED, issued or written, stage, kind=kind, channel="email", usable=True)

    def responded(self, on: str | date, stage: int = 1, issued: str | date | None = "", **rest: Any) -> Self:
        """Answered, and the letter issued the same day unless said otherwise."""
        rest = {"answers": {"1": NOT_UPHELD}, "parts": self.parts("response", stage), **rest}
        self.then(Step.RESPONDED, on, stage, **rest)
        return self.issued("response", on, issued, stage)

    def extended(
        self, on: str | date, to: str | date, stage: int = 1, issued: str | date | None = "", **rest: Any
    ) -> Self:
        """Put back, and the notice issued the same day unless said otherwise."""
        until = (day(to) if isinstance(to, str) else to).isoformat()
        rest = {"interval": 5, "parts": self.parts("extension", stage)} | rest
        self.then(Step.EXTENDED, on, stage, to=until, **rest)
        return self.issued("extension", on, issued, stage)

    def refused(self, on: str | date, stage: int = 1, **rest: Any) -> Self:
        """Refused as a whole, because the claim was filed at court, and the letter sent that day."""
        ground = self.code.ground("legal_proceedings")
        parts = self.parts("refusal", stage) + [part.id for part in (ground.parts if ground else ())]
        self.then(Step.REFUSED, on, stage, **({"ground": "legal_proceedings", "parts": parts} | rest))
        return self.issued("refusal", on, "", stage)

    def withdrawn(self, on: str | date, *points: str, stage: int = 1) -> Self:
        """Withdrawn by the resident: the whole of it, or these points."""
        return self.then(Step.WITHDRAWN, on, stage, by="party:1", points=list(points))

    def resumed(self, on: str | date, *points: str, stage: int = 1) -> Self:
        """Taken up again by the resident."""
        return self.then(Step.RESUMED, on, stage, by="party:1", points=list(points))

    def escalated(self, on: str | date, early: bool = False, stage: int = 2) -> Self:
        """The next stage asked for, with no reasons."""
        return self.then(Step.ESCALATED, on, stage, by="party:1", early=early)

    def deadlines(self) -> list[Deadline]:
        """Every limit that runs."""
        return deadlines(self.history, self.code, self.days)

    def limit(self, step: Step, stage: int = 1) -> Deadline:
        """The limit for a step at a stage."""
        return next(one for one in self.deadlines() if one.step is step and one.stage == stage)

    def next(self) -> Deadline | None:
        """What is owed next."""
        return next_deadline(self.history, self.code, self.days)

    def allowed(self, on: str | date, by: str = "staff:1", stage: int | None = None) -> frozenset[Step]:
        """What this person may do that day."""
        when = day(on) if isinstance(on, str) else on
        return allowed_steps(self.history, self.code, self.days, on=when, by=by, stage=stage)


def received(on: str | date, code: Edition = CODE, days: Calendar = ENGLAND, stage: int = 1) -> Story:
    """A complaint received that day."""
    return Story(code, days).received(on, stage)


def accepted(on: str = "Mon 11 May 2026", **rest: Any) -> Story:
    """A complaint received, triaged and acknowledged on one day."""
    return received(on).triaged(on).acknowledged(on, **rest)


def answered(on: str = "Fri 15 May 2026", by: str = "staff:7") -> Story:
    """A complaint received on Monday 11 May 2026, acknowledged that day and answered on another by somebody."""
    return accepted().responded(on, by=by)
