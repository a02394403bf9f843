"""A simulated screen reader, in Chromium: what is said on a page's main part from its first word to its last, a line for each thing met."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parents[1] / "vendor/virtual-screen-reader.js"
MOST = 2_000

READ = """async most => {
  const reader = window.virtual, main = document.querySelector('main');
  if (!main) return ['no main: ' + document.body.textContent];
  await reader.start({ container: main });
  const end = `end of ${await reader.lastSpokenPhrase()}`;
  for (let met = 0; met < most && await reader.lastSpokenPhrase() !== end; met++) await reader.next();
  const said = await reader.spokenPhraseLog();
  await reader.stop();
  return said;
}"""


@cache
def _source() -> str:
    return SOURCE.read_text()


def reads(page: Page, text: str) -> list[str]:
    """What is said of a page whose text this is."""
    page.set_content(text, wait_until="domcontentloaded")
    if not page.evaluate("'virtual' in window"):
        page.evaluate(_source())
    said: list[str] = page.evaluate(READ, MOST)
    assert "main" in said[0] and 1 < len(said) < MOST, said[:5]
    return said
