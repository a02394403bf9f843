"""What a letter was made into: kept with what it was made of and with what, so that it is the same file ever after (ruling 14)."""

from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from portal import clock, keyring
from portal.complaints.events import letter_hash
from portal.complaints.papers import Letter
from portal.db import UTC, Base, Encrypted, Register
from portal.letters.paper import forms
from portal.letters.paper.braille import NotTranslated
from portal.letters.paper.forms import FORMS

__all__ = ["FORMS", "MadeFile", "NotTranslated", "file_name", "keep_made", "made_file", "offered"]


class MadeFile(Base):
    """One letter in one form. The form says what somebody asked for, so it is sealed with the file, and found by what is kept of it.

    `said` is the form, the hash of the letter it was made of, and the version of what made it.
    """

    __tablename__ = "made_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    form_lookup: Mapped[str] = mapped_column(String(64), unique=True)
    said: Mapped[dict[str, Any]] = mapped_column(Encrypted("made_file.said"))
    content: Mapped[str] = mapped_column(Encrypted("made_file.content"))
    made_at: Mapped[datetime] = mapped_column(UTC)

    @property
    def file(self) -> bytes:
        """The file itself."""
        return b64decode(self.content)


def offered(letter: Letter) -> list[str]:
    """The forms in which a letter can be had, by name."""
    return [name for name in FORMS if forms.can_be_made(name, letter.body, letter.language)]


def file_name(letter: Letter, form: str) -> str:
    """What the file is called: nothing in it says whose it is or what it is about."""
    found = FORMS[form]
    return f"letter-{letter.number}{f'-{found.size}' if found.size > 12 else ''}.{found.ending}"


def made_file(register: Register, letter: Letter, form: str) -> MadeFile:
    """A letter in a form: as it was kept, or else made now and not kept yet (`keep_made`). KeyError for a form that it cannot be had in."""
    kept = register.scalars(select(MadeFile).where(MadeFile.form_lookup == _lookup(letter, form))).one_or_none()
    if kept is not None:
        return kept
    if form not in offered(letter):
        raise KeyError(form)
    made = forms.make(form, letter.body, letter.language, letter.written_on)
    said = {"form": form, "letter": letter_hash(letter), "made_with": made.made_with}
    return MadeFile(
        complaint_id=letter.complaint_id, letter_id=letter.id, form_lookup=_lookup(letter, form), said=said,
        content=b64encode(made.content).decode(), made_at=clock.now(),
    )  # fmt: skip


def keep_made(register: Register, made: MadeFile) -> None:
    """Keep what was made, unless somebody else's was kept meanwhile: made of the same with the same, it is the same. Takes the register's transaction."""
    row = {column.name: getattr(made, column.name) for column in MadeFile.__table__.columns if column.name != "id"}
    insert = postgresql.insert if register.get_bind().dialect.name == "postgresql" else sqlite.insert
    register.execute(insert(MadeFile).values(row).on_conflict_do_nothing(index_elements=[MadeFile.form_lookup]))


def _lookup(letter: Letter, form: str) -> str:
    return keyring.ring().lookup(f"letter {letter.id} as {form}")
