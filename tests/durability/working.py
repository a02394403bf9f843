"""The worker as a real process of its own, killed at any moment and started again."""

from datetime import timedelta
from pathlib import Path

from tests.durability.apart import READY, Apart, be_apart
from tests.durability.server import Server

LEASE = timedelta(seconds=2)
"""How long a message is a worker's own here; five minutes anywhere else, which nobody would wait for hundreds of times."""


class Working(Apart):
    """The worker of an installation, handing its mail to a server."""

    def __init__(self, server: Server, mail: str) -> None:
        self.log = server.log.with_name("worker.log")
        self.environment = server.environment | {"PORTAL_MAIL": mail}

    def start(self) -> None:
        """Begin to work; it is not waited for."""
        self.process = READY.Process(target=_work, args=(self.environment, self.log))
        self.process.start()

    @property
    def is_alive(self) -> bool:
        """Whether it is still there."""
        return self.process is not None and self.process.is_alive()


def _work(environment: dict[str, str], log: Path) -> None:
    """This process is from now on `flask work`, but for what it does once a day."""
    be_apart(environment, log)
    from portal import assembly, clock
    from portal.commands.installation import installation
    from portal.post import outbox
    from portal.post.office import Office
    from portal.post.worker import Worker

    outbox.LEASE = LEASE
    with assembly.create_app().app_context():
        here = installation()
        here.check()
        Worker(Office.of(here.sessions, here.config), pause=0.05, day_done=clock.today()).run()
