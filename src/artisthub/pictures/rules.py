"""Decisions about pictures, and the sizes that are made of them; no I/O.

An upload may contain anything. Its first bytes choose the only decoder that reads it, and its
header decides whether it is decoded at all. The sizes are new JPEG files of the pixels alone, so
that no metadata, script or second file in the upload survives.
"""

import io

from PIL import Image, ImageCms, ImageOps
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from artisthub.shared import errors

MAX_BYTES = 10 * 1024 * 1024  # of an upload of this kind
# Pixels. The largest image of these takes 3 s and 900 MB.
MIN_SIDE, MAX_SIDE, MAX_PIXELS = 96, 10_000, 50_000_000
# Progressive JPEGs have about ten scans. Thousands, of a few bytes each, would take minutes.
MAX_SCANS = 100

SMALL, MEDIUM, LARGE = 96, 320, 1080
# Faces are in the upper part of a portrait.
FOCUS = (0.5, 0.3)

_DECODERS: dict[bytes, type[ImageFile]] = {
    b"\xff\xd8\xff": JpegImageFile,
    b"\x89PNG\r\n\x1a\n": PngImageFile,
    b"RIFF": WebPImageFile,
}


def sizes_of(content: bytes | None) -> dict[str, bytes]:
    """The files of a picture: two squares, and `large` with its own proportions.

    Raises Invalid if the content is no image that can become a picture.
    """
    image = _decoded(_ensure_whole(content))
    large = ImageOps.contain(image, (LARGE, LARGE)) if max(image.size) > LARGE else image
    return {
        "small": _file(_square(image, SMALL)),
        "medium": _file(_square(image, MEDIUM)),
        "large": _file(large),
    }


def _ensure_whole(content: bytes | None) -> bytes:
    if content is None:
        raise _refused("has no file yet; upload it first")
    if len(content) > MAX_BYTES:
        raise _refused("must be at most 10 MB")
    return content


def _decoded(content: bytes) -> Image.Image:
    """The upright pixels in sRGB, on white where they are transparent."""
    decoder = next((_DECODERS[start] for start in _DECODERS if content.startswith(start)), None)
    if decoder is None:
        raise _refused("must be a JPEG, PNG or WebP image")
    try:
        image = decoder(io.BytesIO(content))
        _ensure_bearable(image, content)
        # JPEGs are decoded at a half, a quarter or an eighth of their size if that is enough.
        image.draft(None, (2 * LARGE, 2 * LARGE))
        image.load()
        return _plain(image)
    except errors.Problem:
        raise
    except Exception as fault:  # decoders raise many kinds for broken files
        raise _refused("must be a whole, valid image") from fault


def _ensure_bearable(image: ImageFile, content: bytes) -> None:
    """Refuse an image by its header, before its pixels are decoded."""
    if min(image.size) < MIN_SIDE:
        raise _refused(f"must be at least {MIN_SIDE} pixels wide and high")
    if max(image.size) > MAX_SIDE or image.width * image.height > MAX_PIXELS:
        raise _refused(
            f"must be at most {MAX_SIDE:,} pixels wide and high, and {MAX_PIXELS // 10**6} "
            "megapixels"
        )
    if getattr(image, "is_animated", False):
        raise _refused("must not be animated")
    if isinstance(image, JpegImageFile) and content.count(b"\xff\xda") > MAX_SCANS:
        raise _refused("must be a JPEG image with fewer scans")


def _plain(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode in ("1", "P"):  # indexes of colors, which cannot be averaged
        image = image.convert("RGBA")
    image.thumbnail((2 * LARGE, 2 * LARGE), reducing_gap=2)
    image = ImageOps.exif_transpose(image)
    if image.has_transparency_data:
        shown = image.convert("RGBA")
        image = Image.new("RGBA", image.size, "white")
        image.alpha_composite(shown)
    image = image.convert("RGB")
    if profile:
        image = _in_srgb(image, profile)
    image.info = {}
    return image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The image as screens show it without its profile. Phones take photos in Display P3."""
    try:
        of_image = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, of_image, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):  # a profile that does not fit is not worth a refusal
        return image
    return converted or image


def _square(image: Image.Image, side: int) -> Image.Image:
    side = min(side, *image.size)
    return ImageOps.fit(image, (side, side), centering=FOCUS)


def _file(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=80, optimize=True, progressive=True)
    return file.getvalue()


def _refused(detail: str) -> errors.Invalid:
    return errors.Invalid(errors=[{"pointer": "/mediaUrl", "detail": detail}])
