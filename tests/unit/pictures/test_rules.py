"""The sizes of pictures, and the images that are refused."""

from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from artisthub.pictures import rules
from artisthub.shared import errors
from tests.images import REFUSED, SCRIPT, an_image, file_of, opened


def wrong(content: bytes | None) -> tuple[str, str]:
    with pytest.raises(errors.Invalid) as refused:
        rules.sizes_of(content)
    assert refused.value.errors
    [error] = refused.value.errors
    return error["pointer"], error["detail"]


@pytest.mark.parametrize("name", REFUSED)
def test_an_unsuitable_file_is_refused_with_its_reason(name: str) -> None:
    made, reason = REFUSED[name]

    assert wrong(made()) == ("/mediaUrl", reason)


def test_a_file_that_is_not_there_or_larger_than_10_mb_is_refused() -> None:
    largest = an_image() + bytes(10 * 1024 * 1024)

    assert wrong(None) == ("/mediaUrl", "has no file yet; upload it first")
    assert wrong(largest) == ("/mediaUrl", "must be at most 10 MB")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_has_two_squares_and_a_large_size_with_its_own_proportions(kind: str) -> None:
    sizes = rules.sizes_of(an_image(kind, (1500, 2000)))

    images = {name: opened(content) for name, content in sizes.items()}
    assert {name: image.size for name, image in images.items()} == {
        "small": (96, 96),
        "medium": (320, 320),
        "large": (810, 1080),
    }
    assert {image.format for image in images.values()} == {"JPEG"}
    assert len(sizes["small"]) < 5_000


def test_a_small_image_is_not_enlarged() -> None:
    images = [opened(content) for content in rules.sizes_of(an_image(size=(96, 200))).values()]

    assert [image.size for image in images] == [(96, 96), (96, 96), (96, 200)]


def test_squares_show_the_upper_part_of_a_portrait() -> None:
    square = opened(rules.sizes_of(an_image(size=(400, 1600)))["medium"])

    middle = square.getpixel((160, 160))
    assert isinstance(middle, tuple)
    assert middle[0] > middle[2], "more red than blue is the upper half"


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "1"),
        ("PNG", "P"),
        ("PNG", "LA"),
        ("PNG", "RGBA"),
        ("PNG", "I;16"),
        ("WEBP", "RGBA"),
    ],
)
def test_images_of_every_mode_become_pictures(kind: str, mode: str) -> None:
    content = an_image(kind, mode="L") if mode == "I;16" else an_image(kind, mode=mode)
    if mode == "I;16":
        content = file_of(opened(content).convert("I;16"), kind)

    assert opened(rules.sizes_of(content)["large"]).mode == "RGB"


def test_transparent_parts_become_white() -> None:
    content = file_of(Image.new("RGBA", (200, 200), (0, 0, 0, 0)), "PNG")

    assert opened(rules.sizes_of(content)["small"]).getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_that_was_taken_sideways_is_upright_without_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned to the left
    exif[0x010E] = "In my garden, 12 Sea View Road"
    exif.get_ifd(0x8825)[2] = (9.0, 58.0, 0.0)  # latitude
    content = an_image(size=(400, 300), exif=exif, comment=b"By me")
    assert b"Sea View Road" in content

    sizes = rules.sizes_of(content)

    assert opened(sizes["large"]).size == (300, 400)
    for size in sizes.values():
        assert opened(size).getexif() == {}
        assert opened(size).info.keys().isdisjoint({"exif", "comment", "icc_profile", "xmp"})
        assert b"Sea View" not in size


def test_a_script_in_an_image_is_not_in_its_picture() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_itxt("Comment", SCRIPT.decode())
    contents = [
        an_image(comment=SCRIPT),
        an_image() + SCRIPT,
        an_image("PNG", pnginfo=text),
        an_image("WEBP", xmp=SCRIPT),
    ]

    for content in contents:
        assert SCRIPT in content
        assert all(SCRIPT not in size for size in rules.sizes_of(content).values())


def test_colors_look_as_the_profile_of_the_image_says() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    red = Image.new("RGB", (200, 200), "red")

    shown = opened(rules.sizes_of(file_of(red, "PNG", icc_profile=swapped))["small"])

    color = shown.getpixel((5, 5))
    assert isinstance(color, tuple)
    assert color[1] > 250 > 5 > color[0], "what that profile calls red is green"


@pytest.mark.parametrize("profile", [b"no profile", ImageCms.createProfile("LAB")])
def test_a_profile_that_does_not_fit_is_ignored(profile: Any) -> None:
    stored = profile if isinstance(profile, bytes) else ImageCms.ImageCmsProfile(profile).tobytes()

    large = opened(rules.sizes_of(an_image(icc_profile=stored))["large"])

    assert "icc_profile" not in large.info
