"""typst, asked to draw a template with data: one at a time, always with our own fonts, and never with anything from elsewhere."""

import json
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from portal.letters.paper import scripts

HERE = Path(__file__).parent
CannotDraw = typst.TypstError
"""What is raised where a cluster of characters has no font of ours that has all of it."""
RIGHT_TO_LEFT, LEFT_TO_RIGHT = b"/Direction/R2L", b"/Direction/L2R"
"""How a file says on which side its pages are bound. Letters are not; where it says the right, PDFium reads Latin words, a reference among them, back to front; and typst says so of Panjabi."""

_one_at_a_time = Lock()


def drawn(template: str, data: dict[str, Any], on: date) -> bytes:
    """A template with its data as PDF/UA-1; the file says that it was made `on` this day, so that the same is the same. CannotDraw."""
    made = int(datetime(on.year, on.month, on.day, 12, tzinfo=UTC).timestamp())
    with _one_at_a_time:
        found = _compiler().compile(
            str(HERE / template), format="pdf", sys_inputs={"data": json.dumps(data)}, pdf_standards=["ua-1"], timestamp=made,
        )  # fmt: skip
    assert isinstance(found, bytes)
    return found.replace(RIGHT_TO_LEFT, LEFT_TO_RIGHT)


def tool() -> str:
    """What draws, and its version."""
    return f"typst {version('typst')}"


@cache
def _compiler() -> Any:
    return typst.Compiler(None, root=str(HERE), font_paths=[str(scripts.FONTS)], ignore_system_fonts=True)
