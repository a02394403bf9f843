"""“I cannot read this letter in this form”: one press from the letter, and what they could use, if they say (5.10, rulings 14, 51)."""

from typing import Any

from flask import Response, g, request, url_for
from wtforms import HiddenField

from portal.access import Do
from portal.complaints import operations
from portal.complaints.made_at_once import forms_to_make
from portal.complaints.models import Complaint
from portal.complaints.usable import usable_copies
from portal.complaints.wishes import BRAILLE, READS
from portal.forms import REFUSALS, BaseForm
from portal.giving import made_if_they_can_be
from portal.i18n import lazy_gettext as _l
from portal.resident.blueprint import page
from portal.resident.case import party_here
from portal.resident.fields import Line, Offered, Pick, Tick, Words
from portal.resident.letters import theirs
from portal.web import NUMBER, redirect, register, render, transaction


class CannotReadForm(BaseForm):
    """What they could use; nobody has to know. `copies` are those that had gone when the page was opened: a later one may be of use."""

    copies = HiddenField()
    kinds = Tick(_l("What could you use?"), READS)
    print_size = Line(_l("If you ticked large print, what size?"))
    braille = Pick(_l("If you ticked a braille file, which grade?"), BRAILLE, [Offered()])
    words = Words(_l("Is there anything we should know about it?"), most=2_000)

    @property
    def meant(self) -> list[int]:
        """The copies that had gone when the page was opened."""
        return [int(one) for one in (self.copies.data or "").split(",") if one.isascii() and one.isdigit() and len(one) < 10]

    @property
    def wish(self) -> dict[str, Any]:
        """What they could use."""
        told = {name: (self[name].data or "").strip() for name in ("print_size", "braille", "words")}
        return {"kinds": self.kinds.data or [], **told}


@page.get(f"/your-complaint/letters/<{NUMBER}:number>/cannot-read", do=Do.SAY_UNUSABLE)
@page.post(f"/your-complaint/letters/<{NUMBER}:number>/cannot-read", do=Do.SAY_UNUSABLE)
def cannot_read(complaint: Complaint, number: int) -> Response:
    """Say that a letter is of no use to them as it came; back to the letter, which is there in the form they said, or says what we do about it."""
    letter = theirs(complaint, number)
    form = CannotReadForm()
    if request.method == "POST" and form.validate():
        made = made_if_they_can_be(register(), letter, forms_to_make(complaint, letter, party_here(complaint), form.wish))
        try:
            with transaction(form) as done:
                operations.cannot_read(complaint, letter, by=g.viewer, wish=form.wish, copies=form.meant, made=made)
                done.url = url_for("resident.letter", number=number)
            return redirect(done.url)
        except REFUSALS as refusal:
            form.refuse(refusal)
    elif request.method == "GET":
        copies = usable_copies(letter, g.viewer.party_id)
        if not copies:
            return redirect(url_for("resident.letter", number=number))
        form.copies.data = ",".join(str(issue.id) for issue in copies)
    return render("resident/cannot_read.html", form=form, letter=letter, status=form.status)

