"""A form about one complaint that may bring one file: what was written down and its file are kept together, or neither is."""

from collections.abc import Callable

from flask import Response, url_for

from portal import taking
from portal.complaints import files
from portal.complaints.files import Arrived
from portal.complaints.models import Complaint
from portal.forms import REFUSALS, BaseForm
from portal.staff.door import landed
from portal.web import AlreadyDone, transaction


def keep(complaint: Complaint, form: BaseForm, operation: Callable[[Arrived | None], object], said: str) -> Response | None:
    """Do it, with the file that came in the form's `file` box, and go back to the complaint; nothing where the form says what is wrong.

    The file is whole on the disk before the transaction begins, and is forgotten where nothing is written down.
    """
    arrived, form["file"].errors = taking.take([form["file"].data], files.room_beside(complaint.files, most=files.MOST_EVER))
    if form["file"].errors:
        return None
    try:
        with transaction(form) as done:
            operation(arrived[0] if arrived else None)
            done.url = url_for("staff.case", complaint=complaint)
        return landed(done.url, said)
    except REFUSALS as refusal:
        taking.drop(arrived)
        form.refuse(refusal)
        return None
    except AlreadyDone:
        taking.drop(arrived)
        raise
