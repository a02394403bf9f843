"""Photographs, papers and recordings: put with the complaint being written, or taken away again."""

import uuid
from typing import Any

from flask import Response, request, url_for
from werkzeug.exceptions import HTTPException

from portal import taking
from portal.access import Do
from portal.complaints import files, operations
from portal.complaints.files import Arrived
from portal.complaints.kinds import NotTaken
from portal.forms import REFUSALS
from portal.resident import questions
from portal.resident.blueprint import page
from portal.resident.drafting import answers_of, draft_here, draft_to_write, kept_until
from portal.resident.forms import FilesForm, RemoveForm
from portal.web import NUMBER, AlreadyDone, redirect, region, render, transaction

KEPT = region("kept", "resident/complain/files.html")
"""The list of what we have, which the script asks for after each file it sends."""


@page.get("/complain/files", do=Do.COMPLAIN)
@page.post("/complain/files", do=Do.COMPLAIN)
def upload() -> Response:
    """Add one file or several; the list says what we have."""
    request.max_content_length = taking.MOST_AT_ONCE
    form = FilesForm()
    if request.method == "POST" and form.validate():
        ready = _take_in(form)
        try:
            with transaction(form) as done:
                ready, too_many = _with_room(ready)
                done.url = _keep(ready)
            _refuse(form, too_many)
            if not form.files.errors:
                return _show(FilesForm(formdata=None), status=200) if _by_script() else redirect(done.url)
            form.key.data = uuid.uuid4().hex
        except REFUSALS as refusal:
            form.refuse(refusal)
            taking.drop(ready)
        except (AlreadyDone, HTTPException):
            taking.drop(ready)
            raise
    return _show(form)


def _by_script() -> bool:
    return request.headers.get("HX-Target") == KEPT


def _take_in(form: FilesForm) -> list[Arrived]:
    """Store what we can take, before any row says so; tell what we cannot, file by file."""
    draft = draft_here()
    ready, form.files.errors = taking.take(form.files.data or [], files.room_beside(draft.files if draft else []))
    return ready


def _with_room(ready: list[Arrived]) -> tuple[list[Arrived], list[Arrived]]:
    """Those there is room for, counted again in the transaction, and those that are too many."""
    room = files.room_beside(draft_to_write().files).files
    return ready[:room], ready[room:]


def _refuse(form: FilesForm, too_many: list[Arrived]) -> None:
    """Another window filled the list first: say so, file by file, and keep nothing of them."""
    taking.drop(too_many)
    more = [taking.why_not(NotTaken("too_many"), each.name) for each in too_many]
    form.files.errors = [*form.files.errors, *more]


def _keep(ready: list[Arrived]) -> str:
    draft = draft_to_write()
    for each in ready:
        operations.add_file(draft, each, scanned=taking.are_scanned())
    operations.save_draft(draft, "files", {})
    if "later" in request.form:
        return url_for("resident.later")
    return url_for("resident.upload" if "add" in request.form else "resident.check")


def _show(form: FilesForm, *, status: int | None = None) -> Response:
    draft = draft_here()
    answers = answers_of(draft)
    context: dict[str, Any] = {
        "draft": draft,
        "removing": {file.id: RemoveForm(formdata=None) for file in draft.files} if draft else {},
        "back": url_for("resident.question", name=questions.before("files", answers)),
        "place": questions.place("files"),
        "by_script": _by_script(),
        "kept_until": kept_until(draft),
    }
    if request.args.get("then") == "check":
        context["back"] = url_for("resident.check")
    return render("resident/complain/files.html", form=form, status=status or form.status, **context)


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
            files.discard(taking.folder(), *stored_as)
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    shown.conflict = form.conflict
    shown.form_errors = [words for _, words in form.problems()]
    return _show(shown, status=form.status)
