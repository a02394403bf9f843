"""The child that draws a photograph again: bytes in, bytes out, nothing else to reach; run as a file, never imported.

What it draws holds the picture and nothing that was written beside it: no place, no camera, no tail.
"""

import contextlib
import io
import resource
import sys

from PIL import Image, ImageFile, ImageOps
from pillow_heif import register_heif_opener

MEMORY = 1536 * 1024 * 1024
SECONDS = 20
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2560
TOO_MANY_PIXELS = 3
DRAWN_LIKE = {"PNG": "PNG", "GIF": "PNG"}
"""What keeps its sharp edges; everything else is a photograph, and becomes a JPEG."""


def confine() -> None:
    """From here on no file and no connection can be opened, and too much memory or time ends it."""
    Image.preinit()
    Image.init()
    register_heif_opener()
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_NOFILE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def redraw(sent: bytes) -> tuple[str, bytes]:
    """The picture, upright and no larger than a screen needs: its format and its bytes. SystemExit for a flood of pixels."""
    Image.MAX_IMAGE_PIXELS = None
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    with Image.open(io.BytesIO(sent)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            sys.exit(TOO_MANY_PIXELS)
        drawn_like = DRAWN_LIKE.get(opened.format or "", "JPEG")
        if drawn_like == "JPEG":
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(opened)
        plain = upright.convert("RGBA" if drawn_like == "PNG" else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = io.BytesIO()
    bare.save(out, drawn_like, **({"quality": 85, "progressive": True} if drawn_like == "JPEG" else {}))
    return drawn_like, out.getvalue()


if __name__ == "__main__":
    confine()
    name, drawn = redraw(sys.stdin.buffer.read())
    sys.stdout.buffer.write(name.encode().ljust(4) + drawn)
