"""The landlord's colour: taken only where words in it, and on it, can be read by everyone."""

import re

from flask import Response

from portal.access import Do
from portal.complaints.landlord import Landlord, landlord_of
from portal.public.blueprint import page
from portal.web import register

LIGHTEST, DARKEST_GROUND = "#fffdfa", "#f1ece1"
ENOUGH = 7.0
DEEPER = 0.6
AN_HOUR = "public, max-age=3600"


@page.get("/theme.css", do=Do.READ_PUBLIC)
def theme() -> Response:
    """The accent of this landlord, as a stylesheet that browsers keep for an hour."""
    accent = readable(landlord_of(register()).accent)
    css = f":root{{--accent:{accent};--accent-deep:{deeper(accent)};--on-accent:{LIGHTEST}}}\n"
    return Response(css, mimetype="text/css", headers={"Cache-Control": AN_HOUR})


def readable(accent: str) -> str:
    """The accent itself where it is dark enough on every ground of ours (7:1), else the one we ship."""
    plain = re.fullmatch(r"#[0-9a-fA-F]{6}", accent)
    return accent if plain and contrast(accent, DARKEST_GROUND) >= ENOUGH else Landlord().accent


def deeper(colour: str) -> str:
    """The same colour, darker: for what is pointed at."""
    return "#" + "".join(f"{round(part * DEEPER):02x}" for part in bytes.fromhex(colour[1:]))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, as WCAG counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in bytes.fromhex(colour[1:]))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
