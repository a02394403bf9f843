"""A file from outside, given back to keep: a download that no browser opens as a page of ours."""

from flask import Response, abort, current_app, send_file

from portal.complaints.papers import Attachment

ALONE = "default-src 'none'; sandbox"


def give(file: Attachment) -> Response:
    """The file as a download under its own name; 404 where it is no longer stored."""
    stored = current_app.extensions["portal"].files / file.stored_as
    if not stored.is_file():
        abort(404)
    answer = send_file(stored, mimetype=file.media_type, as_attachment=True, download_name=file.name, etag=False)
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["Cache-Control"] = "no-store"
    return answer
