"""Barcodes on a PDF: EAN-13 for what makers print, Code 128 for all else."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.eanbc import Ean13BarcodeWidget
from reportlab.graphics.shapes import Rect
from reportlab.pdfgen.canvas import Canvas

from models.codes import has_valid_check_digit, is_gtin

Bar = tuple[int, int]  # where it begins and how wide it is, in modules


@lru_cache(maxsize=4096)
def bars_of(code: str) -> tuple[Bar, ...]:
    """The dark bars from the left; the code must be printable ASCII."""
    is_ean = len(code) == 13 and is_gtin(code) and has_valid_check_digit(code)
    return _ean_13(code) if is_ean else _code_128(code)


def modules_of(code: str) -> int:
    """How wide the bars are together, without what is left clear beside them."""
    start, width = bars_of(code)[-1]
    return start + width


def draw_bars(
    canvas: Canvas, x: float, y: float, code: str, *, module: float, height: float
) -> None:
    """Draw in the colour in use, with the lower left corner at ``x``, ``y``."""
    drawn = " ".join(f"{start} 0 {width} 1 re" for start, width in bars_of(code))
    canvas.saveState()
    canvas.transform(module, 0, 0, height, x, y)
    canvas.addLiteral(f"{drawn} f")
    canvas.restoreState()


def _ean_13(code: str) -> tuple[Bar, ...]:
    widget: Any = Ean13BarcodeWidget(
        code, barWidth=1, barHeight=1, quiet=False, humanReadable=False
    )
    rects = [one for one in widget.draw().contents if isinstance(one, Rect)]
    return tuple((round(one.x), round(one.width)) for one in rects if one.fillColor)


def _code_128(code: str) -> tuple[Bar, ...]:
    """reportlab spells bars and blanks as letters: "A" a bar of one, "b" two blanks."""
    made: Any = Code128(code, quiet=False)
    made.validate()
    made.encode()
    made.decompose()
    bars, place = [], 0
    for letter in made.decomposed:
        width = ord(letter.lower()) - ord("a") + 1
        if letter.isupper():
            bars.append((place, width))
        place += width
    return tuple(bars)
