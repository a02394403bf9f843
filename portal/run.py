"""`make run`: a demo landlord on this machine, the server and the worker beside it, and what to open."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import Any

from portal import config, db, i18n, keyring, migrate
from portal.commands.setting_up import bring_up_to_date
from portal.complaints import demo, references
from portal.config import Config, ConfigError

HOST = "127.0.0.1"
ROOT = Path(__file__).parent.parent
PATIENCE = 60
"""Seconds the server has to come up."""


def main() -> int:
    """Bring everything up, say what to open, and stay until told to stop; the exit code."""
    port = int(os.environ.get("PORTAL_PORT", "8000"))
    try:
        _refuse_what_is_not_ours(port)
        settings = _settings(port)
        signs = set_up(settings)
    except ConfigError as fault:
        print(fault, file=sys.stderr)
        return 1
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    log = config.instance_folder() / "portal.log"
    _stay(settings, what_to_open(settings, signs), log, stop)
    if stop.is_set():
        return 0
    print(f"It stopped by itself. The end of {log}:", *log.read_text().splitlines()[-20:], sep="\n", file=sys.stderr)
    return 1


def _stay(settings: Config, lines: list[str], log: Path, stop: Event) -> None:
    """Start the server and the worker, print the lines once they are up, and end both when either does, or on `stop`."""
    port = int(settings.base_url.rpartition(":")[2])
    with log.open("wb") as told:
        children = [
            subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told) for command in (_server(port), _worker())
        ]
        try:
            if _is_up(settings.base_url, children, stop):
                print("\n".join(lines), flush=True)
            while not stop.wait(0.3) and all(child.poll() is None for child in children):
                pass
        finally:
            _end(children)


def _refuse_what_is_not_ours(port: int) -> None:
    """ConfigError where a live installation lives, or where somebody else already listens."""
    path = config.secrets_path()
    if path.exists() and not json.loads(path.read_text()).get("demo"):
        raise ConfigError(f"{path.parent} holds a live installation. make run is for a demo: see docs/running.md")
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((HOST, port))
        except OSError as fault:
            raise ConfigError(f"Something else uses port {port}. Try: PORTAL_PORT={port + 1} make run") from fault


def _settings(port: int) -> Config:
    """A demo's settings, for us and for what we start; whatever the environment says of a live one is left out."""
    of_work = [name for name in os.environ if name.startswith("PORTAL_SSO_")]
    for name in ("PORTAL_DATABASE", "PORTAL_FILES", "PORTAL_PROXIES", *of_work):
        os.environ.pop(name, None)
    os.environ |= {"PORTAL_DEMO": "1", "PORTAL_BASE_URL": f"http://{HOST}:{port}", "FLASK_APP": "wsgi"}
    config.instance_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    config.new_secrets(config.secrets_path(), demo=True)
    return Config.from_env()


def set_up(settings: Config) -> dict[str, Any] | None:
    """The database, made and filled where there is none; answers how to sign in, None where that was lost."""
    keyring.use(settings.keys)
    for name in i18n.offered():
        i18n.catalogue(name)
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    signs = path.with_name("demo.json")
    if not path.exists():
        _make(path, signs, settings.base_url)
    engine = db.connect(settings.database_url)
    bring_up_to_date(engine)
    engine.dispose()
    found: dict[str, Any] | None = json.loads(signs.read_text()) if signs.exists() else None
    return found


def _make(path: Path, signs: Path, base_url: str) -> None:
    """Under another name first, so that whatever stops it half-way, there is a whole database or none."""
    print("Making a demo landlord ...", flush=True)
    half = path.with_name(path.name + ".new")
    half.unlink(missing_ok=True)
    _write_private(half, "")
    engine = db.connect(f"sqlite:///{half}", durable=False)
    migrate.upgrade(engine)
    with db.sessions(engine, base_url=base_url)() as register:
        made = demo.fill(register)
    engine.dispose()
    _write_private(signs, json.dumps(asdict(made), indent=2))
    half.rename(path)


def _write_private(path: Path, words: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(words)


def _server(port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "2",
        "--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "5", "--log-level", "warning",
        "wsgi:app",
    ]  # fmt: skip


def _worker() -> list[str]:
    return [sys.executable, "-m", "flask", "work"]


def _is_up(base_url: str, children: Sequence[subprocess.Popen[bytes]], stop: Event) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not stop.is_set() and all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(f"{base_url}/health", timeout=5):
                return True
        except OSError:
            time.sleep(0.1)
    return False


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(8)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def what_to_open(settings: Config, signs: dict[str, Any] | None) -> list[str]:
    """What is printed: the start page, one resident's way in, and one for each role of staff."""
    url, folder = settings.base_url, settings.files.parent
    lines = ["", f"The portal is at {url}", "", f"  Complain, as a resident       {url}/"]
    if signs:
        lines += [
            f"  Follow a complaint            {url}/follow",
            f"    reference    {' '.join(references.groups(signs['reference']))}",
            f"    access code  {' '.join(references.groups(signs['code']))}",
            f"  Work on complaints, as staff  {url}/staff/sign-in",
            *(f"    {each['role']:<14} {each['email']:<34} {each['password']}" for each in signs["staff"]),
        ]
    else:
        lines += [f"  The ways in were lost with demo.json. Delete {folder} to begin again."]
    return [*lines, "", f"No mail is sent: staff see it under Mail. The data stays in {folder}.", "Ctrl+C stops everything.", ""]


if __name__ == "__main__":
    sys.exit(main())
