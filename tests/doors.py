"""Letting somebody in without the sign-in page: a visit is a row, and its cookie carries the row's token."""

from flask.testing import FlaskClient

from portal import accounts, db
from portal.access import Role
from portal.complaints.models import Complaint
from portal.complaints.people import Party, Staff
from portal.db import Register

FIRST_PAGES = {
    Role.COLLEAGUE: "/staff/account", Role.LIAISON: "/staff/ombudsman", Role.GOVERNOR: "/staff/figures",
    Role.ADMINISTRATOR: "/staff/people", Role.AUDITOR: "/staff/record",
}  # fmt: skip
"""Where whoever has no queue begins."""


def let_in_staff(client: FlaskClient, register: Register, staff: Staff, role: Role) -> None:
    """This browser is now a member of staff's, acting in one of their roles."""
    with db.transaction(register):
        token = accounts.begin_staff_visit(register, staff, role)
    with client.session_transaction(base_url="http://localhost") as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True


def let_in_resident(client: FlaskClient, register: Register, complaint: Complaint) -> None:
    """This browser is now the resident's of one complaint."""
    let_in_party(client, register, complaint.resident)


def let_in_party(client: FlaskClient, register: Register, party: Party, how: str | None = accounts.BY_ACCESS_CODE) -> None:
    """This browser is now one party's, who came in with their access code, or `how` else they did."""
    with db.transaction(register):
        token = accounts.begin_party_visit(register, party, how=how)
    with client.session_transaction(base_url="http://localhost") as cookie:
        cookie.pop("counted", None)
        cookie["party"] = token
