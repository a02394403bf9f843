"""A desktop of its own with Orca on it: a display, a session bus, the accessibility bus, a window manager, and the voice that writes."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

FROM = {
    "Xvfb": "xvfb", "dbus-daemon": "dbus", "gdbus": "libglib2.0-bin", "openbox": "openbox", "xdotool": "xdotool", "orca": "orca",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
}  # fmt: skip
"""Each program, and Debian's package of it."""

VOICE = Path(__file__).with_name("voice")
SETTINGS = {
    "speechServerFactory": "written_voice", "speechServerInfo": None, "enableSpeech": True, "enableKeyEcho": False,
    "enableEchoByWord": False, "enableEchoByCharacter": False, "enableBraille": False, "enableBrailleMonitor": False,
}  # fmt: skip
"""What is unlike Orca's own settings: what is typed is not repeated, and there is no braille."""

TICK, QUIET, SILENT, SURELY, AT_MOST = 0.05, 0.4, 1.0, 10.0, 20.0
"""Seconds: between looks, until what is said is taken to be all of it, until nothing is taken to be said, the same where something
always is (on a busy machine a key that comes before it would be a command of the screen reader's), and that are waited at most."""


def missing() -> list[str]:
    """What is not on this machine, with Debian's name for it."""
    return [f"{name} (Debian: {package})" for name, package in FROM.items() if not shutil.which(name)]


@dataclass
class Desktop:
    """Where a browser is to be started, its keys, and what was said."""

    environment: dict[str, str]
    written: Path
    read: int = 0

    def presses(self, *keys: str) -> None:
        """Press keys, one after the other, by their X names."""
        self._xdotool("key", "--clearmodifiers", *keys)

    def types(self, words: str) -> None:
        """Type words, letter by letter."""
        self._xdotool("type", "--delay", "8", words)

    def clicks(self, across: str, down: str) -> None:
        """Press the mouse at a place on the screen: how a window comes to be listened to, before the first page."""
        self._xdotool("mousemove", across, down, "click", "1")

    def _xdotool(self, *what: str) -> None:
        subprocess.run(["xdotool", *what], check=True, env=self.environment, timeout=60)

    def hears(self, *, quiet: float = QUIET, silent: float = SILENT) -> list[str]:
        """What was said since last time, once nothing more has been for a while."""
        began = changed = time.monotonic()
        size = self.read
        while time.monotonic() - changed < (quiet if size > self.read else max(quiet, silent)) and time.monotonic() - began < AT_MOST:
            time.sleep(TICK)
            if (now := self.written.stat().st_size) != size:
                size, changed = now, time.monotonic()
        with self.written.open("rb") as file:
            file.seek(self.read)
            new = file.read()
        self.read += len(new)
        return new.decode().splitlines()


@contextmanager
def running(folder: Path) -> Iterator[Desktop]:
    """The whole desktop; each program that was started here is ended here, by its own id."""
    with ExitStack() as stack:
        made = Desktop(_environment(folder), folder / "said.txt")
        made.written.touch()
        made.environment["DISPLAY"] = _display(stack, made.environment)
        made.environment["DBUS_SESSION_BUS_ADDRESS"] = _bus(stack, made.environment)
        _start(stack, ["openbox"], made.environment)
        _start(stack, ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"], made.environment)
        for switch in ("IsEnabled", "ScreenReaderEnabled"):
            _switch_on(switch, made.environment)
        _start(stack, ["orca", "--replace", "--user-prefs", str(_settings(folder))], _for_orca(made))
        said = made.hears(quiet=8)
        assert said, "Orca was started and said nothing."
        yield made


def _environment(folder: Path) -> dict[str, str]:
    """A home of its own, so that nobody's settings are read or written."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"HOME": str(folder), "XDG_RUNTIME_DIR": str(runtime), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def _for_orca(desktop: Desktop) -> dict[str, str]:
    return desktop.environment | {
        "PYTHONPATH": str(VOICE), "PYTHONDONTWRITEBYTECODE": "1", "WRITTEN_VOICE": str(desktop.written), "PATH": "/usr/local/bin:/usr/bin:/bin",
    }  # fmt: skip


def _settings(folder: Path) -> Path:
    """Orca's folder of settings."""
    orca = folder / "orca"
    orca.mkdir()
    profile = {"profile": ["Default", "default"]} | SETTINGS
    whole = {"general": SETTINGS | {"startingProfile": ["Default", "default"]}, "profiles": {"default": profile}, "pronunciations": {}, "keybindings": {}}
    (orca / "user-settings.conf").write_text(json.dumps(whole))
    return orca


def _display(stack: ExitStack, environment: dict[str, str]) -> str:
    """A display that was free, and takes this as its own."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x1000x24", "-nolisten", "tcp"]
    _start(stack, command, environment, hands=(writing,))
    os.close(writing)
    with os.fdopen(reading) as told:
        return f":{told.readline().strip()}"


def _bus(stack: ExitStack, environment: dict[str, str]) -> str:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    bus = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True)
    stack.callback(_end, bus)
    assert bus.stdout
    return bus.stdout.readline().strip()


def _start(stack: ExitStack, command: list[str], environment: dict[str, str], hands: tuple[int, ...] = ()) -> None:
    """Start a program that is ended with the desktop, and hand it files that are open here."""
    none = subprocess.DEVNULL
    started = subprocess.Popen(command, env=environment, stdout=none, stderr=none, pass_fds=hands, start_new_session=True)
    stack.callback(_end, started)


def _switch_on(switch: str, environment: dict[str, str]) -> None:
    """Tell programs that somebody listens."""
    call = ["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus", "--method", "org.freedesktop.DBus.Properties.Set"]
    subprocess.run([*call, "org.a11y.Status", switch, "<true>"], check=True, env=environment, timeout=30, stdout=subprocess.DEVNULL)


def _end(started: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    started.terminate()
    try:
        started.wait(5)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()


if __name__ == "__main__":
    if lacking := missing():
        sys.exit("The screen reader cannot be heard here. There is no " + ", no ".join(lacking) + ".")
