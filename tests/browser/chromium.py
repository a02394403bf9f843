"""Finding a Chromium: the one named, the one installed, Debian's, or (a short try) Playwright's own download."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_A_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")


def find() -> str | None:
    """Where a Chromium is on this machine; None if there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    installed = next((found for name in NAMES if (found := shutil.which(name))), None)
    return installed or next((str(path) for path in _elsewhere() if path.exists()), None)


def _elsewhere() -> list[Path]:
    """A Mac's applications, and what Playwright has downloaded before, newest first."""
    caches = [Path("~/.cache/ms-playwright"), Path("~/Library/Caches/ms-playwright")]
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
    downloaded = [path for cache in caches for pattern in patterns for path in cache.expanduser().glob(pattern)]
    return [*(Path(path).expanduser() for path in ON_A_MAC), *sorted(downloaded, reverse=True)]


def get() -> str | None:
    """Find one, or install one where that can be done unasked; None if it cannot."""
    for way in (None, _from_debian, _from_playwright):
        if way:
            way()
        if found := find():
            return found
    return None


def _from_debian() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("There is no Chromium here; asking apt-get for one ...")
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, timeout=120, **quiet)  # type: ignore[call-overload]
    subprocess.run(  # type: ignore[call-overload]
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False, timeout=400, **quiet
    )


def _from_playwright() -> None:
    print("There is no Chromium here; trying Playwright's download ...")
    try:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=120)
    except subprocess.TimeoutExpired:
        print("It took too long.")


if __name__ == "__main__":
    print(f"Browser tests use {get() or 'nothing: no Chromium was found, so they will not run'}.")
