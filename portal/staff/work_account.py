"""Signing in with a work account: away to the provider, and back. Both are links: a form may be sent to our own address alone."""

from typing import Any

from flask import Response, current_app, request, session, url_for

from portal import accounts, db, log, pace, work_account
from portal.access import Do
from portal.complaints import operations
from portal.complaints.people import Staff
from portal.complaints.work import Known
from portal.config import Config, WorkAccounts
from portal.i18n import gettext as _
from portal.staff.door import page
from portal.staff.entering import back_again, door, way_back
from portal.web import redirect, register
from portal.work_account import Held, Refused, Vouched


def _settings() -> WorkAccounts | None:
    config: Config = current_app.extensions["portal"]
    return config.work_accounts


def _back() -> str:
    """Where the provider sends them back to, as it was told."""
    config: Config = current_app.extensions["portal"]
    return config.base_url + url_for("staff.come_from_work")


@page.get("/sign-in/work", do=Do.SIGN_IN)
def go_to_work() -> Response:
    """Away to the provider, with what only this browser knows kept for the way back."""
    settings = _settings()
    if settings is None:
        return door(trouble=_("Signing in with a work account is not set up here."), status=200)
    pace.brake("sign in")
    register().rollback()
    try:
        url, held = work_account.begin(settings, _back())
    except Refused as refused:
        return _told(refused)
    session["work"] = held.as_dict() | {"next": way_back()}
    return redirect(url)


@page.get("/sign-in/work/back", do=Do.SIGN_IN)
def come_from_work() -> Response:
    """Back from the provider: in, or told in plain words why not. What was kept for the way back is good once."""
    settings, kept = _settings(), session.pop("work", None)
    if settings is None:
        return door(trouble=_("Signing in with a work account is not set up here."), status=200)
    pace.brake("sign in")
    register().rollback()
    try:
        vouched = work_account.finish(settings, _back(), Held.kept(kept), request.args)
    except Refused as refused:
        return _told(refused)
    staff, why = _here(settings, vouched)
    if staff is None:
        log.note("work account refused", outcome="not here")
        return door(trouble=_(why), status=400)
    return back_again(staff, how=accounts.WORK, asked=_asked(kept))


def _here(settings: WorkAccounts, vouched: Vouched) -> tuple[Staff | None, str]:
    known = Known(f"{vouched.issuer} {vouched.subject}", vouched.name, vouched.email, vouched.job_title, vouched.groups)
    with db.transaction(register()) as writing:
        return operations.come_from_work(writing, known, settings.roles)


def _asked(kept: Any) -> str | None:
    """The page they asked for before they went; it is looked at again when they are sent there."""
    return str(kept["next"]) if isinstance(kept, dict) and kept.get("next") else None


def _told(refused: Refused) -> Response:
    log.note("work account refused", outcome=refused.why)
    return door(trouble=_(refused.words), status=400)
