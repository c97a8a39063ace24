"""A document as a PDF as wide as the till's paper and as long as it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from math import sqrt

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from assets import tokens
from models.kinds import PaperWidth
from receipts import fonts
from receipts.document import (
    Align,
    Bar,
    Bars,
    Document,
    Pair,
    Phrases,
    Qr,
    Row,
    Rule,
    Size,
    Text,
    Tone,
)
from receipts.qr import draw_qr, modules
from receipts.wrap import wrap, wrap_pair, wrap_phrases

_WIDTH = {PaperWidth.MM58: 58 * mm, PaperWidth.MM80: 80 * mm}
_MARGIN = {PaperWidth.MM58: 4 * mm, PaperWidth.MM80: 5 * mm}
_TEXT = {PaperWidth.MM58: 8.0, PaperWidth.MM80: 9.0}
_SCALE = {Size.SMALL: 0.85, Size.NORMAL: 1.0, Size.STRONG: 1.35, Size.BIG: 1.75}
_LEADING = 1.45
_DESCENT = 0.4  # of a line's size, from its bottom to where letters stand
_GAP = 6.0  # between the two parts of a pair
_MODULE = 0.8 * mm
_BAR_ABOVE, _BAR_HEIGHT = 3.0, 7.0


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    ink: str = "ink"
    indent: float = 0.0
    above: float = 0.0

    @property
    def leading(self) -> float:
        return self.size * _LEADING

    def measure(self, text: str) -> float:
        return fonts.width_of(text, self.size)


@dataclass(frozen=True, slots=True)
class _Page:
    left: float
    right: float
    text: float  # the size of normal text

    @property
    def room(self) -> float:
        return self.right - self.left

    def style(self, size: Size) -> _Style:
        ink = "ink_second" if size is Size.SMALL else "ink"
        return _Style(self.text * _SCALE[size], ink)

    def style_of(self, tone: Tone) -> _Style:
        text = self.text
        return {
            Tone.PLAIN: _Style(text),
            Tone.STRONG: _Style(text * _SCALE[Size.STRONG], above=text * 0.3),
            Tone.ITEM: _Style(text, above=text * 0.35),
            Tone.PART: _Style(text * _SCALE[Size.SMALL], "ink_second", text),
        }[tone]


@dataclass(frozen=True, slots=True)
class _Block:
    """Something of a height, drawn once it is known where."""

    height: float
    draw: Callable[[Canvas, float], None]  # given the block's bottom


def render(document: Document, width: PaperWidth) -> bytes:
    """Measure, then draw; the same document always gives the same bytes."""
    margin = _MARGIN[width]
    page = _Page(margin, _WIDTH[width] - margin, _TEXT[width])
    blocks = [block for row in document.rows for block in _blocks(row, page)]
    y = 2 * margin + sum(block.height for block in blocks)
    buffer = BytesIO()
    canvas = fonts.canvas(buffer, (_WIDTH[width], y), document.title)
    if document.watermark:
        _watermark(canvas, document.watermark, page, y)
    y -= margin
    for block in blocks:
        y -= block.height
        block.draw(canvas, y)
    canvas.save()
    return buffer.getvalue()


def _watermark(canvas: Canvas, text: str, page: _Page, height: float) -> None:
    """Pale and aslant behind the rows, as often as the paper is as long as wide."""
    size = page.room * sqrt(2) / (fonts.width_of(text, 1) + 1)
    times = max(1, round(height / (page.left + page.right)))
    canvas.setFillColor(_ink("watermark"))
    for place in range(times):
        canvas.saveState()
        canvas.translate((page.left + page.right) / 2, height * (place + 0.5) / times)
        canvas.rotate(45)
        fonts.draw(canvas, -fonts.width_of(text, size) / 2, -size / 3, text, size=size)
        canvas.restoreState()


def _blocks(row: Row, page: _Page) -> Iterator[_Block]:
    match row:
        case Text():
            yield from _text(row, page)
        case Phrases():
            yield from _phrases(row, page)
        case Pair():
            yield from _pair(row, page)
        case Rule():
            yield _rule(page)
        case Qr():
            yield _qr(row, page)
        case _:
            yield from _bars(row, page)


def _text(row: Text, page: _Page) -> Iterator[_Block]:
    style = page.style(row.size)
    if row.size is Size.BIG and style.measure(row.text) > page.room:
        style = page.style(Size.STRONG)
    for line in wrap(row.text, page.room, style.measure):
        spare = page.room - style.measure(line)
        x = page.left + (spare / 2 if row.align is Align.CENTRE else 0)
        yield _Block(style.leading, partial(_write, x=x, text=line, style=style))


def _phrases(row: Phrases, page: _Page) -> Iterator[_Block]:
    style = page.style(Size.NORMAL)
    for line in wrap_phrases(row.phrases, page.room, style.measure):
        yield _Block(
            style.leading, partial(_write, x=page.left, text=line, style=style)
        )


def _pair(row: Pair, page: _Page) -> Iterator[_Block]:
    style = page.style_of(row.tone)
    room = page.room - style.indent
    quiet = replace(style, ink="ink_second") if row.tone is Tone.ITEM else style
    height = style.leading + style.above
    for left, right in wrap_pair(row.left, row.right, room, _GAP, style.measure):

        def draw(
            canvas: Canvas, y: float, left: str = left, right: str = right
        ) -> None:
            _write(canvas, y, page.left + style.indent, left, style)
            _write(canvas, y, page.right - style.measure(right), right, quiet)

        yield _Block(height, draw)
        height = style.leading


def _write(canvas: Canvas, y: float, x: float, text: str, style: _Style) -> None:
    if text:
        canvas.setFillColor(_ink(style.ink))
        fonts.draw(canvas, x, y + style.size * _DESCENT, text, size=style.size)


@cache
def _ink(name: str) -> Color:
    return HexColor(tokens.colour(name))


def _rule(page: _Page) -> _Block:
    def draw(canvas: Canvas, y: float) -> None:
        canvas.setStrokeColor(_ink("ink_second"))
        canvas.setLineWidth(0.5)
        canvas.line(page.left, y + page.text * 0.4, page.right, y + page.text * 0.4)

    return _Block(page.text, draw)


def _qr(row: Qr, page: _Page) -> _Block:
    squares = modules(row.data)
    side = len(squares) * _MODULE
    x = page.left + (page.room - side) / 2

    def draw(canvas: Canvas, y: float) -> None:
        canvas.setFillColor(_ink("ink"))
        draw_qr(canvas, x, y + page.text * 0.5, squares, _MODULE)

    return _Block(side + page.text * 1.5, draw)


def _bars(row: Bars, page: _Page) -> Iterator[_Block]:
    style = page.style_of(Tone.PLAIN)
    labels = max(style.measure(bar.label) for bar in row.bars)
    values = max(style.measure(bar.value) for bar in row.bars)
    room = page.room - labels - values - 2 * _GAP
    for bar in row.bars:
        if room >= page.room / 5:
            x = page.left + labels + _GAP
            yield _Block(style.leading, _beside(bar, page, x, room))
        else:
            yield from _pair(Pair(bar.label, bar.value), page)
            yield _Block(style.leading, partial(_draw_bar, page.left, page.room, bar))
        if bar.note:
            yield from _pair(Pair(bar.note, "", Tone.PART), page)


def _beside(
    bar: Bar, page: _Page, x: float, room: float
) -> Callable[[Canvas, float], None]:
    (block,) = _pair(Pair(bar.label, bar.value), page)

    def draw(canvas: Canvas, y: float) -> None:
        block.draw(canvas, y)
        _draw_bar(x, room, bar, canvas, y)

    return draw


def _draw_bar(x: float, room: float, bar: Bar, canvas: Canvas, y: float) -> None:
    canvas.setFillColor(HexColor(bar.colour))
    length = room * bar.thousandths / 1000
    canvas.rect(x, y + _BAR_ABOVE, length, _BAR_HEIGHT, stroke=0, fill=1)
