"""Images, and files that only seem to be images."""

import io
from collections.abc import Callable
from typing import Any

from PIL import Image

SCRIPT = b"<script>alert(1)</script>"


def an_image(
    kind: str = "JPEG", size: tuple[int, int] = (600, 800), *, mode: str = "RGB", **saved: Any
) -> bytes:
    """A file with a gradient, red at the top and blue at the bottom."""
    gradient = Image.linear_gradient("L").resize(size)
    image = Image.merge("RGB", (gradient.point(_inverted), gradient.point(_none), gradient))
    return file_of(image.convert(mode), kind, **saved)


def an_animation(kind: str) -> bytes:
    frames = [Image.new("RGB", (200, 200), color) for color in ("red", "blue")]
    return file_of(frames[0], kind, save_all=True, append_images=frames[1:])


def file_of(image: Image.Image, kind: str, **saved: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **saved)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def with_many_scans(number: int) -> bytes:
    """A progressive JPEG that repeats its last scan."""
    content = an_image(progressive=True)
    last = content[content.rindex(b"\xff\xda") : -2]
    return content[:-2] + last * number + content[-2:]


def _inverted(level: int) -> int:
    return 255 - level


def _none(_: int) -> int:
    return 0


# Files that cannot become a picture, made on demand, and why.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a page": (lambda: b"<!doctype html>" + SCRIPT, "must be a JPEG, PNG or WebP image"),
    "a drawing": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>",
        "must be a JPEG, PNG or WebP image",
    ),
    "a GIF": (lambda: an_image("GIF"), "must be a JPEG, PNG or WebP image"),
    "a recording": (lambda: b"RIFF\x24\x00\x00\x00WAVEfmt ", "must be a whole, valid image"),
    "a header alone": (lambda: an_image()[:3], "must be a whole, valid image"),
    "half a JPEG": (lambda: an_image()[:5_000], "must be a whole, valid image"),
    "half a PNG": (lambda: an_image("PNG")[:2_000], "must be a whole, valid image"),
    "half a WebP": (lambda: an_image("WEBP")[:1_000], "must be a whole, valid image"),
    "20,000 pixels wide": (
        lambda: an_image("PNG", (20_000, 100), mode="1"),
        "must be at most 10,000 pixels wide and high, and 50 megapixels",
    ),
    "51 megapixels": (
        lambda: file_of(Image.new("1", (8_500, 6_000)), "PNG"),  # a gradient takes 5 s
        "must be at most 10,000 pixels wide and high, and 50 megapixels",
    ),
    "95 pixels high": (
        lambda: an_image(size=(300, 95)),
        "must be at least 96 pixels wide and high",
    ),
    "an animated PNG": (lambda: an_animation("PNG"), "must not be animated"),
    "an animated WebP": (lambda: an_animation("WEBP"), "must not be animated"),
    "a JPEG of 1,000 scans": (
        lambda: with_many_scans(1_000),
        "must be a JPEG image with fewer scans",
    ),
}
