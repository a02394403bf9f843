"""flask work, verify, deadlines, upgrade and the rest: what those who run the portal type."""

from flask import Flask

from portal.commands.backing_up import backup
from portal.commands.dates import deadlines, refresh_deadlines
from portal.commands.erasing import erase
from portal.commands.importing import import_cases
from portal.commands.keys import drop_secret_keys, new_key, new_secret_key, rotate_keys
from portal.commands.mailing import remind_now, take_mail, try_mail, work
from portal.commands.mapping import data_map
from portal.commands.restoring import release_mail, restore
from portal.commands.setting_up import add_service, add_staff, first_password, new_secrets, upgrade, verify
from portal.commands.translating import translations

NEED_NOTHING = (data_map, deadlines, drop_secret_keys, new_key, new_secret_key, new_secrets, translations)
"""The verbs that work before there are secrets or a database."""
VERBS = (*NEED_NOTHING, add_service, add_staff, backup, erase, first_password, import_cases, refresh_deadlines, release_mail, remind_now, restore, rotate_keys, take_mail, try_mail, upgrade, verify, work)


def add_to(app: Flask) -> None:
    """Give the flask command its verbs."""
    for verb in VERBS:
        app.cli.add_command(verb)


__all__ = ["NEED_NOTHING", "VERBS", "add_to", "deadlines", "new_secrets"]
