"""Where whoever is looking belongs: their own complaint's page, or that of the complaint they act in."""

from typing import NamedTuple

from flask import g, url_for

from portal.access import Role
from portal.i18n import gettext


class Belongs(NamedTuple):
    """The page, and what a link to it says."""

    url: str
    words: str
    is_for_another: bool


def home() -> Belongs:
    """The page to go back to: a resident's complaint, or the complaint that somebody acts in for another."""
    if g.viewer.role is Role.REPRESENTATIVE:
        return Belongs(url_for("resident.spoken"), gettext("The complaint"), is_for_another=True)
    return Belongs(url_for("resident.case"), gettext("Your complaint"), is_for_another=False)
