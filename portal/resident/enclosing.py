"""Files that come with words: stored before anything is told, and kept whatever else of the page has to be put right."""

import json
import uuid
from collections.abc import Callable

from flask import Response, g
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException
from wtforms import HiddenField, MultipleFileField
from wtforms.csrf.core import CSRFTokenField

from portal import pace, taking
from portal.complaints import files, operations
from portal.complaints.files import Arrived, Enclosed, Room
from portal.complaints.models import Complaint
from portal.complaints.papers import Attachment
from portal.forms import REFUSALS, BaseForm
from portal.i18n import lazy_gettext as _l
from portal.web import AlreadyDone, keeping, redirect, transaction


class EnclosingForm(BaseForm):
    """A form that takes files; `enclosed` names those that an earlier press left with us, while something else was wrong."""

    files = MultipleFileField(_l("Photos, papers or recordings, if you have any"))
    enclosed = HiddenField()

    @property
    def chosen(self) -> list[FileStorage]:
        """The files that were chosen."""
        return [each for each in self.files.data or [] if isinstance(each, FileStorage) and each.filename]

    @property
    def left(self) -> list[int]:
        """The numbers of the files left before, as the page says them; whose they are is for the register to say."""
        return [int(each) for each in (self.enclosed.data or "").split()[: files.MOST] if each.isascii() and each.isdigit() and len(each) < 10]

    @property
    def fingerprint(self) -> str:
        """What was sent, the files by their content: the same under the same key is the same press."""
        said = {f.name: str(f.data) for f in self if not isinstance(f, CSRFTokenField) and f.name not in ("key", "files")}
        return taking.prints_of(self.chosen, json.dumps(said, sort_keys=True))

    @property
    def lost(self) -> bool:
        """Whether files were chosen that could not be kept, because the page was too old to be believed."""
        return bool(self.is_submitted() and self.chosen and "csrf_token" in self.errors)


def press(form: EnclosingForm, complaint: Complaint, tell: Callable[[Enclosed], None], url: str) -> Response | None:
    """One press: the files stored, then told with the words; None where something is to be put right, and the files stay here."""
    whole = form.validate()
    if {"csrf_token", "key"} & set(form.errors):
        return None
    pace.brake("message")
    kept, form.files.errors = taking.take(form.chosen, _room_in(complaint))
    if whole and not form.files.errors:
        try:
            with transaction(form) as done:
                tell(Enclosed(kept, taking.are_scanned(), form.left))
                done.url = url
            return redirect(url)
        except REFUSALS as refusal:
            form.refuse(refusal)
        except (AlreadyDone, HTTPException):
            taking.drop(kept)
            raise
    _keep(form, complaint, kept)
    return None


def _room_in(complaint: Complaint) -> Room:
    """How much more this complaint holds, and no more of it at once than a complaint may begin with."""
    left = files.room_beside(complaint.files, most=files.MOST_EVER)
    return Room(min(left.files, files.MOST), left.size)


def _keep(form: EnclosingForm, complaint: Complaint, kept: list[Arrived]) -> None:
    """Put what came with the complaint now, so that nobody has to choose it again; the form remembers which it was."""
    form.key.data = uuid.uuid4().hex
    if not kept:
        return
    try:
        with keeping():
            ids = operations.enclose(complaint, Enclosed(kept, taking.are_scanned(), form.left), by=g.viewer)
    except HTTPException:
        taking.drop(kept)
        raise
    form.enclosed.data = " ".join(map(str, ids))


def here(form: EnclosingForm, complaint: Complaint) -> list[Attachment]:
    """The files that an earlier press left with us, for the page to name."""
    return [file for file in complaint.files if file.id in form.left and file.party_id == g.viewer.party_id]
