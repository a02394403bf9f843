"""The forms of a complaint, one question each."""

import hashlib
from typing import Any

from wtforms import BooleanField, MultipleFileField, StringField, ValidationError

from portal import taking
from portal.complaints import wishes
from portal.forms import (
    LONGEST_STORY,
    BaseForm,
    Filled,
    LooksLikeEmail,
    LooksLikePhone,
    OneOf,
    email_address,
)
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _l
from portal.resident.apart import THEIRS, YOURS, Apart
from portal.resident.fields import Line, Offered, Pick, Tick, Words
from portal.rules.words import N_, NP_

CAN_SHOW = {"yes": NP_("can you?", "Yes"), "not_yet": N_("Not yet")}
DIFFERENT = {"same": N_("Where I live"), "other": N_("Somewhere else")}


class DangerForm(BaseForm):
    """Is anyone in danger now?"""

    danger = Pick(
        _l("Is anyone in danger now?"), wishes.IS_THERE, [OneOf(_l("Choose “Yes” or “No”. If you are not sure, choose “Yes”"))]
    )


class AlertForm(BaseForm):
    """How to reach somebody who may be in danger."""

    phone = Line(_l("Phone number"))
    safe_to_ring = Pick(_l("Is it safe for us to ring this number?"), wishes.IS_IT, [Offered()])
    address = Words(_l("Where is the person in danger?"), most=500)
    words = Words(_l("What is the danger?"))

    def validate_phone(self, field: Any) -> None:
        """Without a number, a place or a word nothing was told."""
        if not any((box.data or "").strip() for box in (field, self.address, self.words)):
            raise ValidationError(gettext("Give a phone number, or say where you are"))

    def validate_safe_to_ring(self, field: Any) -> None:
        """A number that may not be rung reaches nobody, so a place is asked for."""
        if self.phone.data and not field.data and not (self.address.data or "").strip():
            raise ValidationError(
                gettext("Tell us if it is safe to ring, or where you are. Without one of these we cannot reach you")
            )


class NameForm(BaseForm):
    """What is your name?"""

    name = Line(_l("What is your name?"), [Filled(_l("Write your name, as you want us to use it"))])
    whom = Pick(_l("Who is this complaint about?"), wishes.WHOM, [Offered()])

    def __init__(self, *given: Any, **options: Any) -> None:
        """Somebody who says nothing of it complains for themselves."""
        super().__init__(*given, **options)
        self.whom.data = self.whom.data or "self"


class ThemForm(Apart, BaseForm):
    """Who are you speaking for?"""

    name = Line(_l("Their name"), [Filled(_l("Write their name, or what they are called"))])
    how = Pick(_l("How was it agreed that you speak for them?"), wishes.AGREED, [OneOf(_l("Choose the answer that fits best"))])
    can_show = Pick(_l("Can you show us that they agreed?"), CAN_SHOW, [OneOf(_l("Choose “Yes” or “Not yet”"))])
    email = StringField(_l("Their email address"), filters=[email_address])
    phone = Line(_l("Their phone number"))
    post = Words(_l("Their address for letters"), most=500)

    def validate_email(self, field: Any) -> None:
        """Left empty, or an address, and theirs."""
        if field.data:
            LooksLikeEmail(_l("Write their email address, for example name@example.org, or leave it empty"))(self, field)
        self.keep_apart(field, THEIRS)

    def validate_phone(self, field: Any) -> None:
        """Left empty, or a number, and theirs."""
        if field.data:
            LooksLikePhone(_l("Write their phone number with all its numbers, or leave it empty"))(self, field)
        self.keep_apart(field, THEIRS)


class GroupForm(BaseForm):
    """On what footing do you speak for several homes?"""

    how = Pick(_l("How was it agreed that you speak for these homes?"), wishes.AGREED, [OneOf(_l("Choose the answer that fits best"))])
    can_show = Pick(_l("Can you show us that they agreed?"), CAN_SHOW, [OneOf(_l("Choose “Yes” or “Not yet”"))])


class EachHomeForm(Apart, BaseForm):
    """One of several homes: whose it is, where, and how it is safe to reach them."""

    mine = BooleanField(_l("This is my own home"))
    name = Line(_l("Name of the person who lives there"))
    address = Words(_l("Address"), [Filled(_l("Write the address of this home"))], most=500)
    words = Words(_l("What is different for this home?"))
    email = StringField(_l("Their email address"), filters=[email_address])
    phone = Line(_l("Their phone number"))
    post = Words(_l("Their address for letters"), most=500)

    def validate_name(self, field: Any) -> None:
        """Somebody's home is somebody's; one's own needs no name again."""
        if not self.mine.data:
            Filled(_l("Write their name, or what they are called"))(self, field)

    def validate_email(self, field: Any) -> None:
        """Left empty, or an address, and theirs."""
        if field.data:
            LooksLikeEmail(_l("Write their email address, for example name@example.org, or leave it empty"))(self, field)
        if not self.mine.data:
            self.keep_apart(field, THEIRS)

    def validate_phone(self, field: Any) -> None:
        """Left empty, or a number, and theirs."""
        if field.data:
            LooksLikePhone(_l("Write their phone number with all its numbers, or leave it empty"))(self, field)
        if not self.mine.data:
            self.keep_apart(field, THEIRS)


class HomeForm(BaseForm):
    """Where is it about?"""

    home = Pick(_l("Where is this about?"), wishes.HOMES, [OneOf(_l("Choose where this is about"))])
    address = Words(_l("Address, or where it is"), most=500)

    def validate_address(self, field: Any) -> None:
        """Somebody without a home need not give one."""
        if self.home.data in ("address", "communal") and not (field.data or "").strip():
            raise ValidationError(gettext("Write the address, or say where it is in your own words"))


class YouForm(BaseForm):
    """How do we know you?"""

    relationship = Pick(_l("How do we know you?"), wishes.RELATIONSHIPS, [OneOf(_l("Choose the answer that fits best"))])


class StoryForm(BaseForm):
    """What happened?"""

    story = Words(_l("What happened?"), [Filled(_l("Tell us what happened. A few words are enough"))], most=LONGEST_STORY)


class WhenForm(BaseForm):
    """When did it happen?"""

    when = Words(_l("When did it happen?"), most=500)
    still = BooleanField(_l("It is still going on"))
    unsure = BooleanField(_l("I am not sure when"))

    def validate_when(self, field: Any) -> None:
        """Any of the three will do."""
        if not ((field.data or "").strip() or self.still.data or self.unsure.data):
            raise ValidationError(gettext("Say when it happened, or tick a box below"))


class WantedForm(BaseForm):
    """What would put it right?"""

    kinds = Tick(_l("What would put it right?"), wishes.WANTED)
    words = Words(_l("In your own words, if you like"))

    def validate_kinds(self, field: Any) -> None:
        """A choice or words; not knowing is an answer."""
        if not (field.data or (self.words.data or "").strip()):
            raise ValidationError(gettext("Choose at least one answer, or choose “I do not know yet”"))


class EasierForm(BaseForm):
    """What would make it easier to deal with us? Nothing has to be filled in."""

    kinds = Tick(_l("Is there anything that would make it easier for you to deal with us?"), wishes.EASIER)
    print_size = Line(_l("If you ticked large print, what size?"))
    braille = Pick(_l("If you ticked a braille file, which grade?"), wishes.BRAILLE, [Offered()])
    words = Words(_l("Tell us more, if you like"))
    span = Pick(_l("When should we do this?"), wishes.FOR, [Offered()])
    disability = Words(_l("Is there a disability or health condition that you want us to know of?"), most=2_000)
    carry = Pick(_l("If you wrote one: may we use it for your other complaints too?"), wishes.CARRY, [Offered()])


class ReachForm(BaseForm):
    """How is it safe to reach you?"""

    channels = Tick(_l("How is it safe to contact you?"), wishes.CHANNELS)

    def validate_channels(self, field: Any) -> None:
        """We use only what was ticked, so something must be."""
        if not field.data:
            raise ValidationError(gettext("Choose at least one way. If none is safe, choose “Only on this website”"))
        if "portal" in field.data and len(field.data) > 1:
            raise ValidationError(gettext("Choose “Only on this website”, or the other ways, not both"))


DETAILS = {"email": ("email",), "phone": ("phone", "times", "voicemail", "say_who"), "post": ("where", "post")}


class DetailsForm(Apart, BaseForm):
    """The details of the ways somebody chose; `keep` takes away the boxes of the others."""

    email = StringField(_l("Email address"), [LooksLikeEmail()], filters=[email_address])
    phone = Line(_l("Phone number"), [LooksLikePhone()])
    times = Line(_l("When is it safe to ring?"))
    voicemail = Pick(_l("May we leave a voicemail?"), wishes.VOICEMAIL, [OneOf(_l("Choose whether we may leave a voicemail"))])
    say_who = Pick(
        _l("If someone else answers, may we say who we are?"), wishes.MAY_WE, [OneOf(_l("Choose “Yes” or “No”"))]
    )
    where = Pick(_l("Where should we send letters?"), DIFFERENT, [OneOf(_l("Choose where we should send letters"))])
    post = Words(_l("The address for letters"), most=500)

    def keep(self, channels: list[str], *, lives_there: bool) -> None:
        """Only the boxes that belong to the ways chosen; where it is not about a home of theirs there is nothing to be the same as."""
        unwanted = [name for channel, names in DETAILS.items() if channel not in channels for name in names]
        if not lives_there and "where" not in unwanted:
            unwanted.append("where")
        for name in unwanted:
            del self[name]

    def validate_email(self, field: Any) -> None:
        """Their own, and not that of somebody they speak for."""
        self.keep_apart(field, YOURS)

    def validate_phone(self, field: Any) -> None:
        """Their own, and not that of somebody they speak for."""
        self.keep_apart(field, YOURS)

    def validate_post(self, field: Any) -> None:
        """Letters for somewhere else need an address; nothing is asked of it before somewhere else is chosen."""
        elsewhere = "where" not in self or self.where.data == "other"
        if elsewhere and not (field.data or "").strip():
            raise ValidationError(gettext("Write the address we should send letters to"))


class FilesForm(BaseForm):
    """Photographs, papers, recordings."""

    files = MultipleFileField(_l("Choose files"))

    @property
    def fingerprint(self) -> str:
        """What was sent, name and content: the same files under the same key are the same press."""
        return taking.prints_of(self.files.data or [])


class RemoveForm(BaseForm):
    """Take one file away again."""

    attachment_id = 0

    @property
    def fingerprint(self) -> str:
        """Which file it is: another file's button is another press."""
        return hashlib.sha256(f"remove {self.attachment_id}".encode()).hexdigest()


class CheckForm(BaseForm):
    """Send it. `website` is a box that people never see and robots fill in."""

    website = StringField(_l("Leave this box empty"))

    def validate_website(self, field: Any) -> None:
        """Nobody's words are thrown away: whoever filled it in by chance can empty it and press again."""
        if field.data:
            field.data = ""
            raise ValidationError(gettext("We were not sure that a person pressed the button. Please press it again"))
