"""The WSGI application that a server runs."""

from portal import check, create_app

app = create_app()
check(app)
