"""The built stylesheet and scripts: mirrored by nature, small, ours alone, and as fresh as their sources."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path

import pytest

from portal.display import CHOICES
from tests.look import gallery

STATIC = gallery.ROOT / "static"
CSS = (STATIC / "built/app.css").read_text()
SIDES = re.compile(
    r"[{;](?:[a-z-]*-(?:left|right)(?:-[a-z]+)?|left|right)\s*:[^;}]*|[{;](?:text-align|float|clear)\s*:\s*(?:left|right)"
)
FIRST_VISIT = 60_000


def compressed(data: bytes) -> int:
    """Bytes sent for a text file by a server that only knows gzip."""
    return len(gzip.compress(data, 9))


def rgb(colour: str) -> list[float]:
    """A colour written as #rrggbb or #rgb, as three numbers from 0 to 1."""
    digits = colour.lstrip("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


COLOUR = r"--([a-z-]+):(#[0-9a-f]{3,6})"


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_stylesheet_names_no_side() -> None:
    assert SIDES.findall(CSS) == []
    assert "logical" not in CSS


def test_the_stylesheet_fetches_only_our_own_fonts() -> None:
    assert "@import" not in CSS
    assert set(re.findall(r"url\(([^)]*)\)", CSS)) == {f"../fonts/{path.name}" for path in (STATIC / "fonts").glob("*.woff2")}
    assert all((STATIC / "built" / name).resolve().is_file() for name in re.findall(r"url\(([^)]*)\)", CSS))


def test_nothing_says_it_is_somebody_else() -> None:
    for said in ("govuk", "GOV.UK", "GDS", "crown"):
        assert said.lower() not in CSS.lower()


def test_the_oldest_browsers_of_the_floor_understand_every_selector_and_question() -> None:
    assert not re.search(r":(?:is|where|has)\(", CSS)
    assert not re.search(r"@media[^{]*[<>]=?", CSS)
    assert not re.search(r"border-(?:start|end)-(?:start|end)-radius|@layer|@container|color-mix", CSS)


def test_a_first_visit_is_under_sixty_kilobytes_and_six_requests() -> None:
    page = gallery.render("start")
    requests = [
        *re.findall(r'<link [^>]*href="([^"]+)"', page),
        *re.findall(r'<script [^>]*src="([^"]+)"', page),
    ]
    font = (STATIC / "fonts/atkinson-hyperlegible-next-latin.woff2").stat().st_size
    mark = compressed((STATIC / "built/mark.svg").read_bytes())
    size = compressed(page.encode()) + compressed(CSS.encode()) + font + mark
    print(f"page {compressed(page.encode())}, stylesheet {compressed(CSS.encode())}, font {font}, all {size}")
    assert len(requests) + 2 <= 6, requests
    assert size < FIRST_VISIT
    assert compressed(CSS.encode()) < 12_000


def test_the_scripts_are_small_and_the_start_page_has_none() -> None:
    assert compressed((STATIC / "built/page.js").read_bytes()) < 2_500
    assert compressed((STATIC / "built/live.js").read_bytes()) < 2_500
    assert "<script" not in gallery.render("start")
    assert "htmx" not in gallery.render("case")


def test_htmx_is_the_file_its_hash_names() -> None:
    digest = b64encode(hashlib.sha384((STATIC / "built/htmx.js").read_bytes()).digest()).decode()
    assert f'integrity="sha384-{digest}"' in gallery.render("queue")


def test_htmx_may_not_evaluate_store_or_style() -> None:
    found = re.search(r"name=\"htmx-config\" content='([^']+)'", gallery.render("queue"))
    assert found
    config = json.loads(found[1])
    assert {name: config[name] for name in config if name != "responseHandling"} == {
        "selfRequestsOnly": True,
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "historyRestoreAsHxRequest": False,
    }
    assert {"code": "422", "swap": True} in config["responseHandling"]


def test_what_is_built_is_as_new_as_what_it_is_built_from() -> None:
    sources = ["package-lock.json", "static/build/build.mjs", "static/build/controls.mjs", "static/build/faces.mjs"]
    for folder in ("static/src", "static/src/look"):
        sources += [f"{folder}/{path.name}" for path in (gallery.ROOT / folder).iterdir() if path.is_file()]
    digest = hashlib.sha256(
        b"".join((gallery.ROOT / path).read_bytes() for path in sorted(sources))
    ).hexdigest()
    for name in ("page.js", "live.js", "mark.svg"):
        assert (STATIC / "built" / name).read_bytes() == (STATIC / "src" / name).read_bytes()
    made_from = (STATIC / "built/made-from.txt").read_text().strip()
    assert made_from == digest, "Run npm ci && npm run build: see static/build/README.md"


def test_the_lock_names_no_address() -> None:
    lock = json.loads((gallery.ROOT / "package-lock.json").read_text())
    assert not [name for name, one in lock["packages"].items() if "resolved" in one]
    assert all("integrity" in one for name, one in lock["packages"].items() if name)


def colours_of(theme: str) -> dict[str, str]:
    """Every colour that has a name, as a choice of colours sets it over the usual ones."""
    usual = dict(re.findall(COLOUR, CSS.split("@media print")[0]))
    if theme == "usual":
        return usual
    chosen = re.search(rf":root\.colours-{theme}\{{([^}}]*)\}}", CSS)
    assert chosen, f"nothing is set for {theme}"
    return usual | dict(re.findall(COLOUR, chosen[1]))


@pytest.mark.parametrize("theme", CHOICES["colours"])
def test_items_19_and_24_every_colour_that_carries_words_has_seven_to_one_on_each_ground_in_every_theme(theme: str) -> None:
    colours = colours_of(theme)
    for ground in ("paper", "sheet", "wash"):
        for words in ("ink", "ink-soft", "on-time", "due-soon", "late", "accent", "accent-deep"):
            assert contrast(colours[words], colours[ground]) >= 7, (words, ground)
        assert contrast(colours["edge"], colours[ground]) >= 3
    for tone in ("on-time", "due-soon", "late"):
        assert contrast(colours[tone], colours[f"{tone}-wash"]) >= 7
        assert contrast(colours["ink"], colours[f"{tone}-wash"]) >= 7
    assert contrast(colours["on-accent"], colours["accent"]) >= 7


def test_fonts_and_borrowed_code_carry_their_licences() -> None:
    assert "SIL Open Font License" in (STATIC / "fonts/OFL.txt").read_text()
    assert "Permission is hereby granted" in (STATIC / "LICENCES.txt").read_text()
    assert (Path(gallery.ROOT) / "tests/vendor/axe-LICENSE.txt").is_file()
    assert (Path(gallery.ROOT) / "tests/vendor/virtual-screen-reader-LICENSE.txt").is_file()
