"""What they asked for and what is safe, beside whatever reaches them: each kept to, or a reason why not (5.10)."""

from typing import Any

from wtforms import ValidationError

from portal.complaints.caring import holding
from portal.complaints.models import Complaint
from portal.complaints.people import Party
from portal.forms import BaseForm, OneOf
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.care import Demand, Way, demands, unmet
from portal.rules.words import N_
from portal.staff.fields import Pick, Tick, Words, said
from portal.staff.kept import KEPT, not_kept

NOT_THEM = "not_them"
"""What is ticked where it was with somebody else, of whom nothing of this holds."""


class CareForm(BaseForm):
    """Part of a form for something that reaches them; `bind` offers what holds, and `reaching` says how it does."""

    kept = Tick(_l("What did you keep to, of what they asked for?"), {})
    why_not = Words(_l("If you did not keep to all of it: why not? They may read this"), most=2_000)
    holds: frozenset[str] = frozenset()

    def reaching(self) -> Way | None:
        """How it reaches them; None where it does not."""
        raise NotImplementedError

    @property
    def made(self) -> frozenset[str]:
        """The wishes that it meets by the form it is in."""
        return frozenset()

    def bind(self, complaint: Complaint, *ways: Way, others: bool = False, made: bool = False, party: Party | None = None) -> None:
        """Offer what these ways demand of what holds; where they demand nothing there is nothing to fill in.

        It goes to whoever letters go to, unless `party` is given. `others` lets it be said that it was with somebody else; where it is `made` in a form, nobody says of a form that it was.
        """
        self.holds = holding(complaint, party or complaint.addressee)
        asked = {name: demand for way in ways for name, demand in demands(way, self.holds).items()}
        ticks = {name: KEPT[name] for name in KEPT if asked.get(name) in ((Demand.DO,) if made else (Demand.DO, Demand.FORM))}
        if not asked:
            del self.kept, self.why_not
        else:
            self.kept.choices = said(ticks | ({NOT_THEM: N_("It was with somebody else, not with them")} if others else {}))
            if not self.kept.choices:
                self.kept.data = []  # There is nothing to tick on the page, so an error about it would lead nowhere.

    def validate_why_not(self, field: Any) -> None:
        """Something was not kept, and nobody says why."""
        way, kept = self.reaching(), {*self.made, *(self.kept.data or ())}
        left = unmet(way, self.holds, kept) if way and NOT_THEM not in kept else []
        if left and not field.data:
            raise ValidationError(" ".join(not_kept(left)) + " " + _("Tick it if it was kept to. If not, write why."))

    @property
    def care(self) -> dict[str, Any]:
        """What an operation is told of it."""
        return {"kept": self.made | frozenset(self.kept.data or ()), "why_not": self.why_not.data or ""} if "kept" in self else {}

    @property
    def is_with_them(self) -> bool:
        """Whether it was with them."""
        return "kept" not in self or NOT_THEM not in (self.kept.data or ())


AS_ASKED = {"yes": N_("Yes, in that form"), "no": N_("No, as an ordinary letter")}


class AsAskedForm(BaseForm):
    """Part of a form for a letter that went: whether it was in the form they asked for; if not, why."""

    as_asked = Pick(_l("Was it in the form they asked for?"), AS_ASKED)
    why_not = Words(_l("If not: why not? They may read this"), most=2_000)

    def is_special(self) -> bool:
        """Whether it was to be in a form of its own."""
        raise NotImplementedError

    def validate_as_asked(self, field: Any) -> None:
        """It was to be in a form of its own, and nobody says whether it was."""
        if self.is_special():
            OneOf(_("Choose whether it was in the form they asked for"))(self, field)

    def validate_why_not(self, field: Any) -> None:
        """It went in a form they cannot use, and nobody says why."""
        if self.as_asked.data == "no" and not field.data:
            raise ValidationError(_("They asked for another form. Write why it was an ordinary letter."))

    @property
    def why_other(self) -> str:
        """Why it went as an ordinary letter; "" where it did not."""
        return self.why_not.data or "" if "as_asked" in self and self.as_asked.data == "no" and self.is_special() else ""
