"""Pages as a real browser shows them, with scripts and without, narrow and wide."""

import pytest

from tests.browser import axe
from tests.browser.fixtures import Browse

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_start_page(browse: Browse, width: int) -> None:
    assert axe.findings(browse("/", width=width)) == []


def test_the_start_page_reads_the_same_without_scripts(browse: Browse) -> None:
    with_scripts, without = browse("/"), browse("/", scripts=False)
    assert with_scripts.inner_text("main") == without.inner_text("main")


def test_axe_would_have_found_something(browse: Browse) -> None:
    page = browse("/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input name=x><img src=/health>')")
    assert {finding.split(":")[0] for finding in axe.findings(page)} >= {"label", "image-alt"}
