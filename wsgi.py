"""The WSGI application that a server runs, and that the flask command finds its verbs in."""

import os

from portal.assembly import check, create_app, create_app_for_commands

if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
    # A command may be what makes the secrets or the database, so nothing is asked of them yet.
    app = create_app_for_commands()
else:
    app = create_app()
    check(app)

