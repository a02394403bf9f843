"""What a contrast theme leaves of the controls of a page: whether each can be seen, and a tick told from none (item 20)."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Page

HIDDEN = "item_20_a_control_that_a_contrast_theme_hides"
ALIKE = "item_20_chosen_looks_like_not_chosen_in_a_contrast_theme"
SEEN = 60
"""How far the brightest point of a control is from its darkest, at least, of 255."""

CONTROLS = """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, summary, a.button")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".hidden, .skip")).map((one) => {
    const box = one.getBoundingClientRect();
    return { html: one.outerHTML.replace(/\\s+/g, " ").slice(0, 160), choice: one.matches("[type=radio], [type=checkbox]") && !one.disabled && one.matches("[data-first], [type=checkbox]"),
      box: [box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY] }; })"""
FIRST = """() => { const names = new Set(); for (const one of document.querySelectorAll("[type=radio]:not([disabled])")) {
  if (!names.has(one.name)) one.setAttribute("data-first", ""); names.add(one.name); } }"""
CHOOSE = """(chosen) => { for (const one of document.querySelectorAll("[type=radio], [type=checkbox]")) one.checked = false;
  if (chosen) for (const one of document.querySelectorAll("[data-first], [type=checkbox]")) one.checked = true; }"""


def findings(page: Page) -> list[str]:
    """The controls of a page that cannot be seen in a contrast theme, and the choices that look alike chosen and not."""
    page.emulate_media(forced_colors="active")
    page.evaluate(FIRST)
    page.evaluate(CHOOSE, False)
    bare = _picture(page)
    controls = page.evaluate(CONTROLS)
    page.evaluate(CHOOSE, True)
    chosen = _picture(page)
    page.emulate_media(forced_colors="none")
    hidden = [f"{HIDDEN}: {each['html']}" for each in controls if _range(bare, each) < SEEN]
    alike = [each for each in controls if each["choice"] and not ImageChops.difference(_cut(bare, each), _cut(chosen, each)).getbbox()]
    return hidden + [f"{ALIKE}: {each['html']}" for each in alike]


def _picture(page: Page) -> Image.Image:
    return Image.open(BytesIO(page.screenshot(full_page=True))).convert("L")


def _cut(picture: Image.Image, control: dict[str, Any]) -> Image.Image:
    left, top, right, bottom = control["box"]
    return picture.crop((int(left), int(top), int(right) + 1, int(bottom) + 1))


def _range(picture: Image.Image, control: dict[str, Any]) -> int:
    shades = _cut(picture, control).histogram()
    seen = [shade for shade, many in enumerate(shades) if many]
    return seen[-1] - seen[0]
