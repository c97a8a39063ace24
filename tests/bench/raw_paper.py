"""The floor of papers: a receipt drawn by hand, without wrapping text."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

import assets
from receipts.document import Bars, Document, Pair, Phrases, Qr, Row, Rule, Text
from receipts.qr import draw_qr, modules

_FONT = "Floor"
_WIDTH, _MARGIN, _SIZE, _LEADING = 227, 14, 9, 13


@cache
def _register() -> None:
    path = assets.path("fonts/NotoSansSC-Paper.ttf")
    pdfmetrics.registerFont(ttfonts.TTFont(_FONT, str(path)))


def pdf(document: Document) -> bytes:
    """The document's text, rules and code on a page of 80 mm."""
    _register()
    buffer = BytesIO()
    height = _LEADING * (len(document.rows) + 10)
    begin: Any = Canvas  # its type wants a number where a font's name belongs
    canvas: Canvas = begin(
        buffer, pagesize=(_WIDTH, height), invariant=1, initialFontName=_FONT
    )
    y = height - _MARGIN
    for row in document.rows:
        y -= _LEADING
        canvas.setFont(_FONT, _SIZE)
        _draw(canvas, row, y)
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, row: Row, y: float) -> None:
    match row:
        case Text():
            canvas.drawString(_MARGIN, y, row.text)
        case Phrases():
            canvas.drawString(_MARGIN, y, "".join(row.phrases))
        case Pair():
            canvas.drawString(_MARGIN, y, row.left)
            canvas.drawRightString(_WIDTH - _MARGIN, y, row.right)
        case Rule():
            canvas.line(_MARGIN, y, _WIDTH - _MARGIN, y)
        case Qr():
            draw_qr(canvas, 60, y - 80, modules(row.data), 2.3)
        case Bars():
            raise NotImplementedError


def escpos(document: Document) -> bytes:
    """The document's text in GBK, one line a row, and its code."""
    out = bytearray(b"\x1b@\x1c&")
    for row in document.rows:
        match row:
            case Text():
                out += row.text.encode("gbk")
            case Phrases():
                out += "".join(row.phrases).encode("gbk")
            case Pair():
                left, right = row.left.encode("gbk"), row.right.encode("gbk")
                out += left + b" " * (_COLUMNS - len(left) - len(right)) + right
            case Rule():
                out += b"-" * _COLUMNS
            case Qr():
                out += b"\x1d(k" + row.data.encode()
            case Bars():
                raise NotImplementedError
        out += b"\n"
    return bytes(out + b"\x1dVB\x00")


_COLUMNS, _DOTS, _LINE_HEIGHT, _DARK = 48, 12, 30, 140


@cache
def _printer_font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(assets.path("fonts/NotoSansSC-Regular.ttf"), 24)


def raster(names: list[str]) -> bytes:
    """Each name drawn in one go, as wide as the paper, and sent as a picture."""
    out = bytearray()
    for name in names:
        image = Image.new("L", (_COLUMNS * _DOTS, _LINE_HEIGHT), 255)
        draw = ImageDraw.Draw(image)
        draw.text((0, 24), name, fill=0, font=_printer_font(), anchor="ls")
        bits = image.point(lambda grey: 255 if grey < _DARK else 0, "1")
        out += b"\x1dv0\x00" + bytes((_COLUMNS * _DOTS // 8, 0, _LINE_HEIGHT, 0))
        out += bits.tobytes()
    return bytes(out)
