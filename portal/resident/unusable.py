"""“I cannot read this letter in this form”: one press from the letter, and what they could use, if they say (5.10, rulings 14, 51)."""

from flask import Response, g, request, url_for

from portal.access import Do
from portal.complaints import operations
from portal.complaints.models import Complaint
from portal.complaints.usable import usable_copies
from portal.complaints.wishes import READS
from portal.forms import REFUSALS, BaseForm
from portal.i18n import lazy_gettext as _l
from portal.resident.blueprint import page
from portal.resident.fields import Tick, Words
from portal.resident.letters import theirs
from portal.web import NUMBER, redirect, render, transaction


class CannotReadForm(BaseForm):
    """What they could use; nobody has to know."""

    kinds = Tick(_l("What could you use?"), READS)
    words = Words(_l("Is there anything we should know about it?"), most=2_000)


@page.get(f"/your-complaint/letters/<{NUMBER}:number>/cannot-read", do=Do.SAY_UNUSABLE)
@page.post(f"/your-complaint/letters/<{NUMBER}:number>/cannot-read", do=Do.SAY_UNUSABLE)
def cannot_read(complaint: Complaint, number: int) -> Response:
    """Say that a letter is of no use to them as it came; back to the letter, where we say what we do about it."""
    letter = theirs(complaint, number)
    form = CannotReadForm()
    if request.method == "POST" and form.validate():
        wish = {"kinds": form.kinds.data or [], "words": (form.words.data or "").strip()}
        try:
            with transaction(form) as done:
                copies = [issue.id for issue in usable_copies(letter, g.viewer.party_id)]
                operations.find_unusable(complaint, letter, by=g.viewer, copies=copies, wish=wish)
                done.url = url_for("resident.letter", number=number)
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    elif request.method == "GET" and not usable_copies(letter, g.viewer.party_id):
        return redirect(url_for("resident.letter", number=number))
    return render("resident/cannot_read.html", form=form, letter=letter, status=form.status)
