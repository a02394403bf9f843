"""What is taken down of a complaint that somebody phoned, wrote, called in, e-mailed or posted: every box of one page."""

from typing import Any

from wtforms import ValidationError

from portal import clock
from portal.complaints import wishes
from portal.forms import LONGEST_STORY, BaseForm, Filled, LooksLikeEmail, LooksLikePhone, OneOf, email_address
from portal.i18n import gettext as _
from portal.i18n import lazy_gettext as _l
from portal.rules.words import N_
from portal.staff.fields import Day, Language, Line, Pick, Tick, Words

CAME_BY = {
    "phone": N_("They rang us"),
    "post": N_("They wrote a letter"),
    "visit": N_("They told somebody face to face"),
    "email": N_("They sent an email"),
    "social": N_("They wrote on social media"),
}
ADDRESSED = ("address", "communal")


def today_typed() -> str:
    """Today as it would be typed."""
    today = clock.today()
    return f"{today.day}/{today.month}/{today.year}"


class LogForm(BaseForm):
    """A complaint as it was heard, and how it is safe to reach whoever made it."""

    danger = Pick(_l("Is anyone in danger now?"), wishes.IS_THERE, [OneOf(_l("Choose “Yes” or “No”. If you are not sure, choose “Yes”"))])
    danger_words = Words(_l("If yes: what is the danger, and where is the person?"))
    danger_phone = Line(_l("If yes: a number to ring them on"))
    danger_ring = Pick(_l("If yes: is it safe to ring that number?"), wishes.IS_IT)

    name = Line(_l("Their name"), [Filled(_l("Write their name, as they want us to use it"))])
    home = Pick(_l("Where is this about?"), wishes.HOMES, [OneOf(_l("Choose where this is about"))])
    address = Words(_l("Address, or where it is"), most=500)
    relationship = Pick(_l("How do we know them?"), wishes.RELATIONSHIPS, [OneOf(_l("Choose how we know them"))])

    words = Words(_l("What happened, in their words"), [Filled(_l("Write what they told us. A few words are enough"))], most=LONGEST_STORY)
    when = Words(_l("When did it happen?"), most=500)
    expressed = Day(_l("Did they say it before, to anybody here? The first day, if they know it"), past=True)
    wanted = Tick(_l("What would put it right?"), wishes.WANTED)
    wanted_words = Words(_l("What would put it right, in their words"), most=5_000)

    language = Language(_l("Which language do we use with them?"))
    easier = Tick(_l("What would make it easier for them to deal with us?"), wishes.EASIER)
    print_size = Line(_l("If large print, what size?"))
    braille = Pick(_l("If a braille file, which grade?"), wishes.BRAILLE)
    easier_words = Words(_l("More about what would make it easier"), most=5_000)

    channels = Tick(_l("How is it safe to contact them?"), wishes.CHANNELS)
    phone = Line(_l("Phone number"))
    times = Line(_l("When is it safe to ring?"))
    voicemail = Pick(_l("May we leave a voicemail?"), wishes.VOICEMAIL)
    say_who = Pick(_l("If someone else answers, may we say who we are?"), wishes.MAY_WE)
    post = Words(_l("Address for letters, if it is not the one above"), most=500)
    email = Line(_l("Email address"))

    channel = Pick(_l("How did it come?"), CAME_BY, [OneOf(_l("Choose how it came"))])
    received = Day(_l("Which day did anybody here first have it?"), [Filled(_l("Write the day somebody here first had it"))], past=True)
    heard_by = Line(_l("If that was before today: who first heard or had it?"))
    late_because = Words(_l("If that was before today: why is it logged only now?"))

    @property
    def is_late(self) -> bool:
        """Whether the day it was first had is before today."""
        return self.received.day is not None and self.received.day < clock.today()

    def validate_danger_words(self, field: Words) -> None:
        """Danger that nobody can find is of no use to anybody."""
        if self.danger.data == "yes" and not (self.danger_phone.data or "").strip():
            Filled(_("Write what the danger is and where, or a number to ring"))(self, field)

    def validate_danger_ring(self, field: Pick) -> None:
        """A number is rung only where that is safe."""
        if self.danger.data == "yes" and self.danger_phone.data:
            OneOf(_("Choose whether it is safe to ring that number"))(self, field)

    def validate_received(self, field: Day) -> None:
        """Received is today, or a day before."""
        if field.day and field.day > clock.today():
            raise ValidationError(_("This day has not come yet. Write today, or the day before today on which we first had it"))

    def validate_heard_by(self, field: Line) -> None:
        """A past day needs somebody who had it then (ruling 13)."""
        if self.is_late:
            Filled(_("Write who first heard it, or had the letter"))(self, field)

    def validate_late_because(self, field: Words) -> None:
        """A past day needs a reason why it comes only now (ruling 13)."""
        if self.is_late:
            Filled(_("Write why it was not logged that day"))(self, field)

    def validate_expressed(self, field: Day) -> None:
        """What was said first was said before we had it, or that day."""
        last = min(self.received.day or clock.today(), clock.today())
        if field.day and field.day > last:
            raise ValidationError(_("This is after the day we first had it. Leave it empty, or write an earlier day"))

    def validate_address(self, field: Words) -> None:
        """Somebody without a home need not give one."""
        if self.home.data in ADDRESSED:
            Filled(_("Write the address, or where it is in their own words"))(self, field)

    def validate_wanted(self, field: Tick) -> None:
        """A choice or words; not knowing is an answer."""
        if not (field.data or self.wanted_words.data):
            raise ValidationError(_("Choose at least one answer, or choose “I do not know yet”"))

    def validate_channels(self, field: Tick) -> None:
        """We use only what was ticked, so something must be."""
        if not field.data:
            raise ValidationError(_("Choose at least one way. If none is safe, choose “Only on this website”"))
        if "portal" in field.data and len(field.data) > 1:
            raise ValidationError(_("Choose “Only on this website”, or the other ways, not both"))

    def _chose(self, way: str) -> bool:
        return way in (self.channels.data or [])

    def validate_phone(self, field: Line) -> None:
        """Phone was chosen, so there is a number."""
        if self._chose("phone"):
            LooksLikePhone(_l("Write their phone number, with all its numbers"))(self, field)

    def validate_voicemail(self, field: Pick) -> None:
        """Who may hear a message is asked before one is left."""
        if self._chose("phone"):
            OneOf(_("Choose whether we may leave a voicemail"))(self, field)

    def validate_say_who(self, field: Pick) -> None:
        """Who may know that we rang is asked before we ring."""
        if self._chose("phone"):
            OneOf(_("Choose “Yes” or “No”"))(self, field)

    def validate_post(self, field: Words) -> None:
        """Letters need an address; the home's will do where it has one."""
        if self._chose("post") and not (self.home.data == "address" and self.address.data):
            Filled(_("Write the address we should send letters to"))(self, field)

    def validate_email(self, field: Line) -> None:
        """Email was chosen, so there is an address; it is kept as it was meant."""
        field.data = email_address(field.data)
        if self._chose("email"):
            LooksLikeEmail(_l("Write their email address, for example name@example.org"))(self, field)

    @property
    def safe_contact(self) -> dict[str, Any]:
        """The ways that were chosen and only their details."""
        safe: dict[str, Any] = {"channels": list(self.channels.data or [])}
        if self._chose("email"):
            safe["email"] = self.email.data
        if self._chose("phone"):
            safe |= {name: self[name].data or "" for name in ("phone", "times", "voicemail", "say_who")}
        if self._chose("post"):
            safe["post"] = self.post.data or self.address.data
        return safe

    @property
    def adjustments(self) -> dict[str, Any]:
        """What they asked for; nothing is no wish."""
        kinds = [kind for kind in self.easier.data or [] if kind != "nothing"]
        more = {name: self[name].data for name in ("print_size", "braille") if self[name].data}
        return {"kinds": kinds, "words": self.easier_words.data or "", **more}

    @property
    def danger_told(self) -> dict[str, str] | None:
        """What was said of danger, or None where there is none."""
        if self.danger.data != "yes":
            return None
        return {
            "phone": self.danger_phone.data or "", "safe_to_ring": self.danger_ring.data or "",
            "address": self.address.data or "", "words": self.danger_words.data or "",
        }  # fmt: skip
