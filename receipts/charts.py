"""Plain charts on A4: bars from one edge, the value at the end of each."""

from __future__ import annotations

from reportlab.lib.units import mm

from receipts import fonts
from receipts.document import Bars
from receipts.sheet import Sheet
from receipts.table_pdf import TITLE_SIZE
from receipts.wrap import wrap

_SIZE = 8.0
_ROW = 5.2 * mm
_BAR = 3.2 * mm
_GAP = 5.0
_TITLE_HEIGHT = 8 * mm


def height_of(chart: Bars) -> float:
    return _TITLE_HEIGHT + len(chart.bars) * _ROW


def draw_chart(sheet: Sheet, title: str, chart: Bars, x: float, width: float) -> None:
    """Draw at ``x`` below what the page holds, without moving down."""
    top = sheet.y - _TITLE_HEIGHT
    sheet.text(x, top + 2 * mm, title, TITLE_SIZE, bold=True)
    labels = min(max(_wide(bar.label) for bar in chart.bars), width * 0.35)
    values = max(_wide(bar.value) for bar in chart.bars)
    start = x + labels + _GAP
    room = width - labels - values - 2 * _GAP
    for i, bar in enumerate(chart.bars, start=1):
        y = top - i * _ROW
        base = y + 1.6 * mm
        label = _shortened(bar.label, labels)
        sheet.text(x, base, label, _SIZE)
        length = room * bar.thousandths / 1000
        sheet.box(start, y + 1 * mm, max(length, 0.5), _BAR, bar.colour)
        sheet.text(start + length + _GAP, base, bar.value, _SIZE)


def _wide(text: str) -> float:
    return fonts.width_of(text, _SIZE)


def _shortened(label: str, room: float) -> str:
    """The label, or its beginning where it would run into the bar."""
    if _wide(label) <= room:
        return label
    return wrap(label, room - _wide("…"), _wide)[0] + "…"
