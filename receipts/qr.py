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
    """Draw the squares, ``size`` each, with the lower left corner at ``x``, ``y``.

    One literal of whole numbers: reportlab's own paths take as long as all text.
    """
    drawn = []
    for up, row in enumerate(reversed(squares)):
        column = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                drawn.append(f"{column} {up} {length} 1 re")
            column += length
    canvas.saveState()
    canvas.transform(size, 0, 0, size, x, y)
    canvas.addLiteral(" ".join(drawn) + " f")
    canvas.restoreState()
