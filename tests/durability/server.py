"""The real server as real processes: granian with two workers in a group of its own, killed whole and brought up again."""

import os
import socket
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from portal import db, migrate
from portal.config import new_secrets
from tests.durability.apart import READY, Apart, be_apart
from tests.house import ROOT


def free_port() -> int:
    """A port that nobody listens on now."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server(Apart):
    """An installation in a folder, and the server that runs on it; `target` names the WSGI application.

    Its database is a SQLite file in the folder, made here, unless another that is migrated already is given. `base_url` is
    where people come to it, where something stands in front.
    """

    def __init__(
        self, folder: Path, target: str = "wsgi:app", *, workers: int = 2, database: str | None = None, base_url: str | None = None
    ) -> None:
        self.port, self.target, self.workers = free_port(), target, workers
        self.database = database or f"sqlite:///{folder / 'portal.db'}"
        self.log = folder / "server.log"
        self.environment = {
            **os.environ,
            "PORTAL_INSTANCE": str(folder),
            "PORTAL_DEMO": "1",
            "PORTAL_DATABASE": self.database,
            "PORTAL_BASE_URL": base_url or f"http://127.0.0.1:{self.port}",
            "PORTAL_PROXIES": "1",
            "PYTHONPATH": str(ROOT),
        }
        self.secrets = folder / "secrets.json"
        new_secrets(self.secrets, demo=True)
        if database is None:
            engine = db.connect(self.database)
            migrate.upgrade(engine)
            engine.dispose()

    def start(self) -> float:
        """Bring it up; how many seconds it took until it answered."""
        began = time.monotonic()
        command = [
            "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", str(self.workers), "--blocking-threads", "4", "--respawn-failed-workers", "--log-level", "error",
            self.target,
        ]  # fmt: skip
        self.process = READY.Process(target=_serve, args=(command, self.environment, self.log))
        self.process.start()
        while not self._answers():
            if not self.process.is_alive() or time.monotonic() - began > 30:
                raise RuntimeError(f"The server did not come up: {self.log.read_text()[-2000:]}")
            time.sleep(0.02)
        return time.monotonic() - began

    def stop(self) -> None:
        """Ask it to stop, and wait; what does not stop is killed."""
        if self.process is not None:
            self.process.terminate()
            self.process.join(10)
            self.kill()

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def _serve(command: list[str], environment: dict[str, str], log: Path) -> None:
    """This process, and all it will start, is from now on granian with these arguments."""
    be_apart(environment, log)
    from tests.durability.ready import serve

    serve(command)
