"""The portal, and beside it on the same server the two pages it is measured against."""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, render_template, render_template_string
from sqlalchemy import select

from portal import create_app, db
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


@bare.get("/bare/anew")
def anew() -> str:
    """The same, its template compiled anew each time: what the figures up to 22 November 2026 were held against."""
    with _sessions() as register:
        return render_template_string(TEMPLATE, services=register.scalars(select(Service)).all())


def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """To the bare pages what asks for them, and everything else to the portal."""
    return (bare if environ["PATH_INFO"].startswith("/bare/") else portal)(environ, start)
