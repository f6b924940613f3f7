"""Drawn faces for the people of the demo. Nobody real is shown."""

import io
import random

from PIL import Image, ImageDraw

SIDE = 400
SKIN = ("#8d5524", "#a86b3c", "#c68642", "#d9a066", "#e0ac69")
HAIR = ("#1b1210", "#1b1210", "#2c1b12", "#3b2417", "#57534e")
CLOTHES = ("#b91c1c", "#0f766e", "#1d4ed8", "#a16207", "#7e22ce", "#be185d")
WALL = ("#fde68a", "#bae6fd", "#bbf7d0", "#fbcfe8", "#ddd6fe", "#fed7aa")


def face_of(name: str, gender: str = "") -> bytes:
    """A PNG of a person, always the same for the same name."""
    chosen = random.Random(name)
    is_man = gender == "male"
    skin, hair, clothes, wall = (chosen.choice(each) for each in (SKIN, HAIR, CLOTHES, WALL))
    width, hair_down = (
        chosen.randint(80, 95),
        chosen.choice((190, 210) if is_man else (210, 270, 330, 350)),
    )
    image = Image.new("RGB", (SIDE, SIDE), wall)
    draw = ImageDraw.Draw(image)
    middle = SIDE // 2
    draw.rounded_rectangle((middle - 115, 70, middle + 115, hair_down), 100, hair)
    if not is_man and chosen.random() < 0.3:
        draw.ellipse((middle - 45, 25, middle + 45, 110), hair)  # a bun
    draw.ellipse((middle - 150, 300, middle + 150, 560), clothes)
    draw.rectangle((middle - 35, 250, middle + 35, 330), skin)
    draw.ellipse((middle - width, 90, middle + width, 300), skin)
    if is_man and chosen.random() < 0.5:
        draw.pieslice((middle - width, 90, middle + width, 306), 8, 172, hair)  # a beard
        draw.ellipse((middle - 48, 208, middle + 48, 272), skin)
    draw.pieslice((middle - width - 8, 72, middle + width + 8, 250), 180, 360, hair)
    for eye in (middle - 38, middle + 38):
        draw.ellipse((eye - 9, 182, eye + 9, 200), "#1c1917")
        draw.arc((eye - 20, 158, eye + 20, 190), 200, 340, hair, 5)
    draw.arc((middle - 8, 200, middle + 12, 232), 20, 140, "#00000055", 3)
    draw.arc((middle - 36, 215, middle + 36, 268), 20, 160, "#7f1d1d", chosen.randint(4, 8))
    if chosen.random() < 0.25:
        for eye in (middle - 38, middle + 38):
            draw.ellipse((eye - 28, 164, eye + 28, 218), outline="#1c1917", width=5)
        draw.line((middle - 10, 188, middle + 10, 188), "#1c1917", 5)
    elif not is_man and chosen.random() < 0.5:
        for ear in (middle - width, middle + width):
            draw.ellipse((ear - 9, 226, ear + 9, 244), "#eab308")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
