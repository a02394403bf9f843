"""The portal, and beside it on the same server the bare pages it is measured against."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, render_template
from sqlalchemy import select

from portal import create_app, db
from portal.access import Role, Viewer
from portal.complaints import queries
from portal.complaints.settings import Service

portal = create_app()
bare = Flask("bare")
_sessions = db.sessions(db.connect(os.environ["PORTAL_DATABASE"]))

TEMPLATE = """<!DOCTYPE html>
<html lang="en"><head><title>Services</title></head>
<body><main><h1>Services</h1><ul>{% for each in services %}<li>{{ each.name }}</li>{% endfor %}</ul></main></body></html>
"""
compiled = bare.jinja_env.from_string(TEMPLATE)


@bare.get("/bare/hello")
def hello() -> str:
    """The least that Flask can do."""
    return "Hello"


@bare.get("/bare/page")
def page() -> str:
    """One query by the ORM, and one template."""
    with _sessions() as register:
        return render_template(compiled, services=register.scalars(select(Service)).all())


@bare.get("/bare/rows/<reference>")
def rows(reference: str) -> str:
    """The rows that a member of staff's case is drawn from, read as the portal reads them; and nothing made of them."""
    with _sessions() as register:
        complaint = queries.find(register, Viewer(Role.HANDLER), reference)
        assert complaint
        of_it = (complaint.events, complaint.letters, complaint.answers, complaint.remedies, complaint.actions)
        asked = [one.outcomes for one in complaint.definitions], complaint.resident.person.adjustments
        return f"{sum(len(each) for each in of_it)} {asked} {queries.staff_names(register)} {queries.settings(register)}"


def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """To the bare pages what asks for them, and everything else to the portal."""
    return (bare if environ["PATH_INFO"].startswith("/bare/") else portal)(environ, start)
