"""“This was not meant for me”: whoever got a message of ours by mistake stops it, and learns and opens nothing (C10)."""

from flask import Response, request, url_for
from wtforms import BooleanField

from portal import pace
from portal.access import Do
from portal.complaints import operations
from portal.forms import REFUSALS, BaseForm, Filled
from portal.i18n import lazy_gettext as _l
from portal.public.blueprint import page
from portal.web import AlreadyDone, redirect, register, render, transaction


class NotMineForm(BaseForm):
    """A box that is ticked on purpose: what scans mail presses buttons, and seldom ticks boxes."""

    sure = BooleanField(_l("I am not the person that this message was meant for"), [Filled(_l("Tick the box if the message was not meant for you"))])


@page.get("/not-for-me/<token>", do=Do.STOP_MESSAGES)
@page.post("/not-for-me/<token>", do=Do.STOP_MESSAGES)
def not_mine(token: str) -> Response:
    """Looking changes nothing; one press stops the messages that this one was one of. The answer is the same for everybody."""
    form = NotMineForm()
    if request.method == "POST" and form.validate():
        pace.brake("ask")
        try:
            with transaction(form) as done:
                operations.say_not_mine(register(), token)
                done.url = url_for("public.stopped")
            return redirect(url_for("public.stopped"))
        except AlreadyDone:
            return redirect(url_for("public.stopped"))
        except REFUSALS as refusal:
            form.refuse(refusal)
    return render("public/not_mine.html", form=form, status=form.status)


@page.get("/not-for-me", do=Do.READ_PUBLIC)
def stopped() -> Response:
    """It was taken in; whatever it came to."""
    return render("public/stopped.html")
