"""How somebody is reached, as much of it as may lie about; and the boxes of it, whoever fills them in: what is left empty stays as it is, and what was said of one number holds for no other."""

from typing import Any

from wtforms import ValidationError

from portal.complaints.people import Party
from portal.forms import LooksLikeEmail, LooksLikePhone
from portal.i18n import gettext


def masked_email(address: str) -> str:
    """As much of an e-mail address as lets its owner know it: its first letter and its ending."""
    name, at, place = address.partition("@")
    return f"{name[:1]}…@….{place.rpartition('.')[2]}" if at else ""


def masked_phone(number: str) -> str:
    """The last two figures of a telephone number."""
    figures = [each for each in number if each.isdigit()]
    return f"… {''.join(figures[-2:])}" if len(figures) > 5 else ""


class Reaching:
    """Laid over a form with these boxes: channels, email, phone, times, any_time, voicemail, say_who, post, words. `party` is whom it is about."""

    party: Party
    channels: Any
    email: Any
    phone: Any
    times: Any
    any_time: Any
    voicemail: Any
    say_who: Any
    post: Any
    words: Any

    def validate_channels(self, field: Any) -> None:
        """We use only what was ticked, so something must be."""
        if not field.data:
            raise ValidationError(gettext("Choose at least one way. If none is safe, choose “Only on this website”"))
        if "portal" in field.data and len(field.data) > 1:
            raise ValidationError(gettext("Choose “Only on this website”, or the other ways, not both"))

    def validate_email(self, field: Any) -> None:
        """Needed where e-mail is safe and we have none."""
        self._belongs(field, "email", gettext("You wrote an email address. Tick “Email” above if it is safe, or empty this box"))
        if "email" in self.chosen and (field.data or not self.party.email):
            LooksLikeEmail()(self, field)

    def validate_phone(self, field: Any) -> None:
        """Needed where ringing is safe and we have none."""
        self._belongs(field, "phone", gettext("You wrote a phone number. Tick “Phone” above if it is safe, or empty this box"))
        if "phone" in self.chosen and (field.data or not self.party.phone):
            LooksLikePhone()(self, field)

    def validate_post(self, field: Any) -> None:
        """Needed where letters are safe and none went before: nothing is guessed of where somebody lives now."""
        self._belongs(field, "post", gettext("You wrote an address for letters. Tick “Post” above if it is safe, or empty this box"))
        if "post" in self.chosen and "post" not in self.party.channels and not (field.data or "").strip():
            raise ValidationError(gettext("Write the address we should send letters to"))

    def validate_voicemail(self, field: Any) -> None:
        """What was said of another number does not hold for a new one."""
        if self._is_new_number and not field.data:
            raise ValidationError(gettext("Choose whether we may leave a voicemail"))

    def validate_say_who(self, field: Any) -> None:
        """What was said of another number does not hold for a new one."""
        if self._is_new_number and not field.data:
            raise ValidationError(gettext("Choose “Yes” or “No”"))

    def _belongs(self, field: Any, channel: str, said: str) -> None:
        if (field.data or "").strip() and channel not in self.chosen:
            raise ValidationError(said)

    @property
    def chosen(self) -> list[str]:
        """The ways that were ticked."""
        return list(self.channels.data or [])

    @property
    def _is_new_number(self) -> bool:
        return "phone" in self.chosen and (bool(self.phone.data) or "phone" not in self.party.channels)

    @property
    def told(self) -> dict[str, Any]:
        """How to reach them from now on, whole: what was written, and where nothing was what we had."""
        had, chosen = self.party.contact, self.chosen
        told: dict[str, Any] = {"channels": chosen}
        if "email" in chosen:
            told["email"] = self.email.data or self.party.email
        if "phone" in chosen:
            kept = {} if self._is_new_number else had
            told |= {name: getattr(self, name).data or kept.get(name) or "" for name in ("times", "voicemail", "say_who")}
            told |= {"phone": self.phone.data or self.party.phone} | ({"times": ""} if self.any_time.data else {})
        if "post" in chosen:
            told["post"] = (self.post.data or "").strip() or self.party.postal_address
        said = (self.words.data or "").strip() or had.get("words")
        return told | ({"words": said} if said else {})
