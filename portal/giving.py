"""A file from outside, handed on: the copy that may be shown, or a download that no browser opens as a page of ours."""

from flask import Response, abort, current_app, send_file

from portal.complaints.copies import shown_name
from portal.complaints.papers import Attachment

ALONE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def give(file: Attachment) -> Response:
    """What may be handed on of a file: of a photograph or film, the copy. 404 for one that has to wait, or is gone.

    A photograph we drew again opens in the window; everything else is to keep.
    """
    if not file.may_be_opened:
        abort(404)
    if file.copy_as is None or file.copy_type is None:
        return _give(file.stored_as, file.media_type, file.name)
    name = shown_name(file.name, file.media_type, file.copy_type)
    return _give(file.copy_as, file.copy_type, name, opens=file.copy_type.startswith("image/"))


def give_original(file: Attachment) -> Response:
    """A file exactly as it came, to keep; 404 while it waits for the scanner, or is held by it."""
    if file.state in ("checking", "held"):
        abort(404)
    return _give(file.stored_as, file.media_type, file.name)


def _give(stored_as: str, media_type: str, name: str, *, opens: bool = False) -> Response:
    stored = current_app.extensions["portal"].files / stored_as
    if not stored.is_file():
        abort(404)
    answer = send_file(stored, mimetype=media_type, as_attachment=not opens, download_name=name, etag=False)
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["Cache-Control"] = "no-store"
    return answer
