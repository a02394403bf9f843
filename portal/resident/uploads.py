"""Photographs, papers and recordings: put with the complaint being written, or taken away again."""

import uuid
from pathlib import Path
from typing import Any

from flask import Response, current_app, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException

from portal import pace
from portal.access import Do
from portal.complaints import files, operations
from portal.complaints.files import NotTaken, Stored
from portal.forms import BIDI_CONTROLS, REFUSALS, tidy
from portal.i18n import gettext
from portal.resident import questions
from portal.resident.blueprint import page
from portal.resident.drafting import answers_of, draft_here, draft_to_write
from portal.resident.forms import FilesForm, RemoveForm
from portal.web import NUMBER, AlreadyDone, redirect, render, transaction

MOST_AT_ONCE = 26_000_000
LONGEST_NAME = 200
Ready = list[tuple[str, str, Stored]]


@page.get("/complain/files", do=Do.COMPLAIN)
@page.post("/complain/files", do=Do.COMPLAIN)
def upload() -> Response:
    """Add one file or several; the list says what we have."""
    request.max_content_length = MOST_AT_ONCE
    form = FilesForm()
    if request.method == "POST" and form.validate():
        ready = _take_in(form)
        try:
            with transaction(form) as done:
                ready, too_many = _with_room(ready)
                done.url = _keep(ready)
            _refuse(form, too_many)
            if not form.files.errors:
                return redirect(done.url)
            form.key.data = uuid.uuid4().hex
        except REFUSALS as refusal:
            form.refuse(refusal)
            _discard(ready)
        except (AlreadyDone, HTTPException):
            _discard(ready)
            raise
    return _show(form)


def _discard(ready: Ready) -> None:
    for *_, stored in ready:
        files.discard(folder(), stored.stored_as)


def _with_room(ready: Ready) -> tuple[Ready, Ready]:
    """Those there is room for, counted again in the transaction, and those that are too many."""
    room = max(files.MOST - len(draft_to_write().files), 0)
    return ready[:room], ready[room:]


def _refuse(form: FilesForm, too_many: Ready) -> None:
    """Another window filled the list first: say so, file by file, and keep nothing of them."""
    _discard(too_many)
    more = [why_not(NotTaken("too_many"), name) for name, *_ in too_many]
    form.files.errors = [*form.files.errors, *more]


def _keep(ready: Ready) -> str:
    draft = draft_to_write()
    for name, kind, stored in ready:
        operations.add_file(draft, stored, name=name, kind=kind)
    operations.save_draft(draft, "files", {})
    if "later" in request.form:
        return url_for("resident.later")
    return url_for("resident.upload" if "add" in request.form else "resident.check")


def _take_in(form: FilesForm) -> Ready:
    """Store what we can take, whole and on the disk before any row says so; tell what we cannot, file by file."""
    draft = draft_here()
    room = files.MOST - (len(draft.files) if draft else 0)
    ready: Ready = []
    wrong: list[str] = []
    for sent in form.files.data or []:
        if not isinstance(sent, FileStorage) or not sent.filename:
            continue
        pace.brake("upload")
        name = plain_name(sent.filename)
        try:
            if len(ready) >= room:
                raise NotTaken("too_many")
            ready.append((name, *store_one(sent, name)))
        except NotTaken as refusal:
            wrong.append(why_not(refusal, name))
    form.files.errors = list(dict.fromkeys(wrong))
    return ready


def store_one(sent: FileStorage, name: str) -> tuple[str, Stored]:
    """One file on the disk, with its media type. NotTaken where we do not keep it."""
    head = sent.stream.read(files.HEAD)
    if not head:
        raise NotTaken("empty")
    kind = files.kind_of(name, head)
    sent.stream.seek(0)
    return kind, files.store(folder(), sent.stream)


def plain_name(given: str) -> str:
    """The file's own name without any folders, short enough to show; only ever shown, never a place on the disk."""
    shown = tidy(given).translate(dict.fromkeys(map(ord, BIDI_CONTROLS)))
    name = " ".join(shown.replace("\\", "/").rpartition("/")[2].split())
    stem, dot, end = name.rpartition(".")
    return name if len(name) <= LONGEST_NAME else stem[: LONGEST_NAME - len(end) - 1] + dot + end


def why_not(refusal: NotTaken, name: str) -> str:
    """Why a file was not taken, and what can be done about it."""
    match refusal.why:
        case "empty":
            return gettext("“%(name)s” is empty. Choose it again, or choose another file.", name=name)
        case "too_big":
            return gettext("“%(name)s” is bigger than 25 MB. Send a smaller one, or post us a copy.", name=name)
        case "too_many":
            return gettext("“%(name)s” was not added, because 20 files is the most we can keep here.", name=name)
        case "no_space":
            return gettext(
                "We cannot take files just now. Send your complaint without them, and post us copies."
            )
        case _:
            return gettext("We cannot open “%(name)s”. Send a photo, PDF, Word, text, sound or film file.", name=name)


def folder() -> Path:
    """Where files are stored."""
    found: Path = current_app.extensions["portal"].files
    return found


def _show(form: FilesForm) -> Response:
    draft = draft_here()
    answers = answers_of(draft)
    context: dict[str, Any] = {
        "draft": draft,
        "removing": {file.id: RemoveForm(formdata=None) for file in draft.files} if draft else {},
        "back": url_for("resident.question", name=questions.before("files", answers)),
        "place": questions.place("files"),
    }
    if request.args.get("then") == "check":
        context["back"] = url_for("resident.check")
    return render("resident/complain/files.html", form=form, status=form.status, **context)


@page.post(f"/complain/files/<{NUMBER}:attachment_id>/remove", do=Do.COMPLAIN)
def remove(attachment_id: int) -> Response:
    """Take a file away again; one that is not there is gone already."""
    form = RemoveForm()
    form.attachment_id = attachment_id
    shown = FilesForm(formdata=None)
    if form.validate():
        try:
            with transaction(form) as done:
                stored_as = operations.remove_file(draft_to_write(), attachment_id)
                done.url = url_for("resident.upload")
            if stored_as:
                files.discard(folder(), stored_as)
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    shown.conflict = form.conflict
    shown.form_errors = [words for _, words in form.problems()]
    return _show(shown)
