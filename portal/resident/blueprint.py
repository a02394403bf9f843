"""The resident's side: where its routes are declared."""

from portal.web import Page

page = Page("resident", __name__)
