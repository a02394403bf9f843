"""`flask take-mail`, which takes one message in; `flask work`, which sends and reminds; `flask remind`, which reminds now; `flask try-mail`, which shows whether the mail server's settings are right."""

import sys
from email.utils import parseaddr

import click
from flask.cli import with_appcontext

from portal import clock, i18n, log
from portal.commands.installation import installation
from portal.complaints import machine
from portal.complaints.landlord import landlord_of
from portal.complaints.sending import new_message_id
from portal.post import arriving, mail, show, smtp
from portal.post.arriving import Arriving
from portal.post.office import Office
from portal.post.reminders import remind
from portal.post.worker import Worker

TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits(3)."""


@click.command()
@click.option("--once", is_flag=True, help="Do all there is to do now, and leave.")
@with_appcontext
def work(once: bool) -> None:
    """Send what waits, make the daily reminders, delete what is kept no longer. Runs until it is told to stop."""
    here = installation()
    here.check()
    worker = Worker(Office.of(here.sessions, here.config))
    if not once:
        worker.run()
        return
    worker.daily()
    worker.scan()
    try:
        worker.deliver()
    except smtp.Unreachable as fault:
        raise click.ClickException(str(fault)) from fault
    with here.sessions() as register:
        click.echo(f"{machine.waiting_mail(register)} messages wait.")


@click.command("remind")
@with_appcontext
def remind_now() -> None:
    """Make the reminders that today asks for, without waiting for the worker's daily round. Each is made once, ever."""
    here = installation()
    here.check()
    click.echo(f"{remind(here.sessions)} reminders made. They go with the mail that waits.")


@click.command("try-mail")
@click.argument("address")
@with_appcontext
def try_mail(address: str) -> None:
    """Send a test message to ADDRESS, and say what the mail server made of it."""
    here = installation()
    if not here.config.mail:
        raise click.ClickException("PORTAL_MAIL is not set, so mail waits.")
    with here.sessions() as register:
        landlord = landlord_of(register)
    sender = mail.Sender(
        landlord.name, parseaddr(here.config.mail_from)[1], here.config.base_url, landlord.phone, landlord.phone_hours
    )
    try:
        message = mail.message(
            "test", to=address, sender=sender, language=i18n.DEFAULT,
            message_id=new_message_id(here.config.base_url), at=clock.now(),
        )  # fmt: skip
        show.by_server(smtp.Server.at(here.config.mail))(message)
    except mail.BadAddress as fault:
        raise click.ClickException("That is not one e-mail address.") from fault
    except (smtp.Unreachable, smtp.Later, smtp.Never, ValueError) as fault:
        raise click.ClickException(f"{fault} ({fault.__cause__})") from fault
    click.echo("The mail server took it.")


@click.command("take-mail")
@click.option("--to", default="", help="The address it was delivered to, as the mail server knows it.")
@with_appcontext
def take_mail(to: str) -> None:
    """Take in the message on standard input: how a mail server hands us what comes to PORTAL_REPLIES.

    It is kept for good before this ends. It ends with 75 where the fault is ours and the server is to try again later, as servers understand it.
    """
    here = installation()
    try:
        here.check_database()
        outcome = Arriving(here.sessions, here.config).take_in(sys.stdin.buffer.read(arriving.LARGEST + 1), to=to)
    except Exception as fault:
        log.trace(fault)
        sys.exit(TRY_AGAIN)
    if outcome == arriving.TOO_LARGE:
        raise click.ClickException("It is larger than 40 MB.")
    click.echo(outcome)
