"""The resident's side: where its routes are declared."""

from portal.web import Page

LARGEST_ID = 2**31 - 1
NUMBER = f"int(max={LARGEST_ID})"
"""A number in a URL; one that no row can have is a page that does not exist."""

page = Page("resident", __name__)
