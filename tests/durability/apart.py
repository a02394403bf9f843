"""A process in a group of its own, begun from one that has read the modules, and killed whole."""

import multiprocessing
import os
import signal
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.house import ROOT

READY = multiprocessing.get_context("forkserver")
READY.set_forkserver_preload(["tests.durability.ready"])


class Apart:
    """Something that runs in a process of its own, or does not."""

    process: BaseProcess | None = None

    def kill(self) -> None:
        """SIGKILL for every process of its group at once, as the machine's own killer would; it is waited for."""
        if self.process is not None:
            assert self.process.pid
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.join(20)
            self.process = None


def be_apart(environment: dict[str, str], log: Path) -> None:
    """This process, and all it will start, has from now on a group, surroundings and a log of its own, and nothing of who asked for it."""
    multiprocessing.set_start_method("fork", force=True)
    os.setsid()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(written, 1)
    os.dup2(written, 2)
