"""A QR code on a PDF, drawn as one path."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfgen.canvas import Canvas

Modules = list[list[bool]]

# Any of the eight masks is valid; trying them all takes longer than the receipt.
_MASK = 0


def modules(data: str) -> Modules:
    """The dark and light squares of ``data`` at error correction M."""
    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(data)
    code.version = code.calculate_version()
    code.makeImpl(test=False, maskPattern=_MASK)
    squares: Modules = code.modules
    return squares


def draw_qr(canvas: Canvas, x: float, y: float, squares: Modules, size: float) -> None:
    """Draw the squares, ``size`` each, with the lower left corner at ``x``, ``y``."""
    path = canvas.beginPath()
    for i, row in enumerate(reversed(squares)):
        column = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                path.rect(x + column * size, y + i * size, length * size, size)
            column += length
    canvas.drawPath(path, stroke=0, fill=1)
