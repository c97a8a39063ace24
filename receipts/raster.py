"""A line of text as a picture, for what a printer's own characters lack."""

from __future__ import annotations

from functools import cache
from math import ceil

from PIL import Image, ImageDraw, ImageFont

import assets
from models.written import characters
from receipts import fonts
from receipts.columns import columns_of

DOTS_PER_COLUMN = 12
HEIGHT = 30  # dots: the printer's own line feed after ESC @
_SIZE = 24
_BASELINE = 24
_DARK = 140  # below this grey a dot is burnt


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(assets.path("fonts/NotoSansSC-Regular.ttf"), _SIZE)


def picture(text: str, columns: int) -> Image.Image:
    """``text`` in the printer's grid, dots to burn set, ``columns`` wide."""
    image = Image.new("L", (columns * DOTS_PER_COLUMN, HEIGHT), 255)
    x = 0
    for char in characters(text):
        cell = columns_of(char) * DOTS_PER_COLUMN
        image.paste(_glyph(fonts.drawable(char), cell), (x, 0))
        x += cell
    return image.point(lambda grey: 255 if grey < _DARK else 0, "1")


def _glyph(char: str, cell: int) -> Image.Image:
    """One character in the middle of its cell, squeezed if it is wider (W, M)."""
    left, _top, right, _bottom = _font().getbbox(char, anchor="ls")
    width = max(cell, ceil(right - min(left, 0)))
    glyph = Image.new("L", (width, HEIGHT), 255)
    draw = ImageDraw.Draw(glyph)
    draw.text((width / 2, _BASELINE), char, fill=0, font=_font(), anchor="ms")
    return glyph if width == cell else glyph.resize((cell, HEIGHT))
