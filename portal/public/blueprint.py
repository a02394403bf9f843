"""The public side: where its routes are declared."""

from portal.web import Page

page = Page("public", __name__)
