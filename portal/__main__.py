"""`python -m portal`: the verbs that need no settings and no database."""

import click

from portal import commands

if __name__ == "__main__":
    click.Group("portal", commands={verb.name or "": verb for verb in commands.NEED_NOTHING}).main(prog_name="portal")
