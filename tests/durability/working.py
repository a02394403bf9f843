"""The worker as a real process of its own, killed at any moment and started again."""

import multiprocessing
import os
import signal
from contextlib import suppress
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.durability.server import READY, Server
from tests.house import ROOT

LEASE = timedelta(seconds=2)
"""How long a message is a worker's own here; five minutes anywhere else, which nobody would wait for hundreds of times."""


class Working:
    """The worker of an installation, handing its mail to a server."""

    def __init__(self, server: Server, mail: str) -> None:
        self.log = server.log.with_name("worker.log")
        self.environment = server.environment | {"PORTAL_MAIL": mail}
        self.process: BaseProcess | None = None

    def start(self) -> None:
        """Begin to work; it is not waited for."""
        self.process = READY.Process(target=_work, args=(self.environment, self.log))
        self.process.start()

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        if self.process is not None:
            assert self.process.pid
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGKILL)
            self.process.join(20)
            self.process = None

    @property
    def is_alive(self) -> bool:
        """Whether it is still there."""
        return self.process is not None and self.process.is_alive()


def _work(environment: dict[str, str], log: Path) -> None:
    """This process is from now on `flask work`, but for what it does once a day."""
    multiprocessing.set_start_method("fork", force=True)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(written, 1)
    os.dup2(written, 2)
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
