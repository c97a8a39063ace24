"""Shelf and price labels on A4: three by eight, on sticky sheets or to be cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from assets import tokens
from models.goods.shelf_labels import ShelfLabel
from models.i18n import Language, translator
from models.money import Money
from models.quantity import Unit, WeightUnit, price_per
from models.written import characters
from receipts import bars, fonts
from receipts.clean import clean
from receipts.sheet import ink_of
from receipts.words import Translate, named
from receipts.wrap import wrap

COLUMNS, ROWS = 3, 8
PER_SHEET = COLUMNS * ROWS
_WIDTH, _HEIGHT = 70 * mm, 37 * mm
_TOP = (A4[1] - ROWS * _HEIGHT) / 2  # what is left over, half above and half below

# Inside a label: what lies at the paper's edge, most printers do not reach.
_LEFT, _RIGHT = 7 * mm, _WIDTH - 4 * mm
_EDGE, _EDGE_WIDTH = 4 * mm, 1.6 * mm  # the county's colour
_BOTTOM, _HEAD = 3 * mm, _HEIGHT - 3 * mm
_ROOM = _RIGHT - _LEFT
_NAMES = (
    (12.0, 1),
    (10.0, 2),
    (8.5, 2),
    (7.0, 2),
)  # size and lines, the first that fits
_SMALL, _LINE = 7.0, 9.0
_PRICE, _SIDE = 25.0, 8.0
_BARS = 8 * mm
_MODULE, _LEAST_MODULE = 0.33 * mm, 0.19 * mm
_QUIET = 7  # modules more than the margin, so that nothing is read with the bars
_CROSS = 1.5 * mm


def render(labels: Sequence[ShelfLabel], *, language: Language) -> bytes:
    """As many sheets as it takes; the same labels always give the same bytes."""
    _ = translator(language)
    buffer = BytesIO()
    canvas = fonts.canvas(buffer, A4, _("Shelf labels"))
    for number, label in enumerate(labels):
        if number % PER_SHEET == 0:
            if number:
                canvas.showPage()
            _crosses(canvas)
        row, column = divmod(number % PER_SHEET, COLUMNS)
        y = A4[1] - _TOP - (row + 1) * _HEIGHT
        _Pen(canvas, column * _WIDTH, y).draw(label, language, _)
    canvas.save()
    return buffer.getvalue()


def _crosses(canvas: Canvas) -> None:
    """Where to cut, on paper that is not cut yet."""
    canvas.setStrokeColor(ink_of(tokens.colour("edge")))
    canvas.setLineWidth(0.3)
    for row in range(1, ROWS):
        y = A4[1] - _TOP - row * _HEIGHT
        for column in range(1, COLUMNS):
            x = column * _WIDTH
            canvas.line(x - _CROSS, y, x + _CROSS, y)
            canvas.line(x, y - _CROSS, x, y + _CROSS)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws on one label, whose lower left corner is at ``x``, ``y``."""

    canvas: Canvas
    x: float
    y: float

    def draw(self, label: ShelfLabel, language: Language, _: Translate) -> None:
        if label.colour:
            self.canvas.setFillColor(ink_of(label.colour))
            height = _HEAD - _BOTTOM
            self.canvas.rect(
                self.x + _EDGE, self.y + _BOTTOM, _EDGE_WIDTH, height, stroke=0, fill=1
            )
        y = self._name(named(label.name, label.name_en, language))
        self._origin(label, y, language, _)
        self._price(label, _)
        self._code(label, _)

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        ink: str = "ink",
        bold: bool = False,
    ) -> float:
        """Write within the label; returns where the text ends."""
        self.canvas.setFillColor(ink_of(tokens.colour(ink)))
        fonts.draw(self.canvas, self.x + x, self.y + y, text, size=size, bold=bold)
        return x + fonts.width_of(text, size, bold=bold)

    def _name(self, name: str) -> float:
        """At most two lines, as large as they fit; returns the last one's foot."""
        size, lines = _fitted(clean(name))
        y = _HEAD
        for line in lines:
            y -= size * 1.15
            self._text(_LEFT, y + size * 0.2, line, size, bold=True)
        return y

    def _origin(
        self, label: ShelfLabel, y: float, language: Language, _: Translate
    ) -> None:
        """County and specification, and the mark of what is certified."""
        y -= _LINE
        right = _RIGHT
        if label.is_certified:
            mark = _("Certified")
            right -= fonts.width_of(mark, _SMALL) + 4
            self.canvas.setStrokeColor(ink_of(tokens.colour("good")))
            self.canvas.setLineWidth(0.6)
            self.canvas.roundRect(
                self.x + right, self.y + y - 1.5, _RIGHT - right, _SMALL + 3, 1.5
            )
            self._text(right + 2, y + 0.8, mark, _SMALL, ink="good")
        county = named(label.county, label.county_en, language)
        words = clean("  ".join(one for one in (county, label.spec) if one))
        line = _cut(words, _SMALL, right - _LEFT - 3)
        self._text(_LEFT, y + 0.8, line, _SMALL, ink="ink_second")

    def _price(self, label: ShelfLabel, _: Translate) -> None:
        """What is asked, large; beside it what it is otherwise, or per kilogram."""
        y = _BOTTOM + _BARS + 2.6 * mm
        if label.price is None:
            return
        side = _beside(label, _)
        room = _ROOM - max(
            (fonts.width_of(one, _SIDE) for one, _old in side), default=0
        )
        figure, per = _asked(label, label.price, _)
        size = _PRICE
        while fonts.width_of(figure, size, bold=True) + _unit_width(per) + 6 > room:
            size -= 1
        ink = "danger" if label.struck_price else "ink"
        x = self._text(_LEFT, y, figure, size, ink=ink, bold=True)
        self._text(x + 2, y, per, _SIDE, ink="ink_second")
        for line, (text, is_old) in enumerate(reversed(side)):
            foot = y + line * (_SIDE + 1)
            start = _RIGHT - fonts.width_of(text, _SIDE)
            self._text(start, foot, text, _SIDE, ink="ink_second")
            if is_old:
                self._strike(start, foot + _SIDE * 0.33)

    def _strike(self, x: float, y: float) -> None:
        self.canvas.setStrokeColor(ink_of(tokens.colour("ink_second")))
        self.canvas.setLineWidth(0.7)
        self.canvas.line(self.x + x, self.y + y, self.x + _RIGHT, self.y + y)

    def _code(self, label: ShelfLabel, _: Translate) -> None:
        """Bars with their figures beside them; a number of the scale as words."""
        x = _LEFT
        if label.plu:
            words = _("Scale number {plu}").format(plu=label.plu)
            x = self._text(x, _BOTTOM + 1, words, 10.0, bold=True) + 4 * mm
        if not label.code:
            return
        figures = fonts.width_of(label.code, _SMALL)
        module = _module(label.code, _RIGHT - x)
        if module is None:
            self._text(x, _BOTTOM + 1, _cut(label.code, _SMALL, _RIGHT - x), _SMALL)
            return
        x += _QUIET * module
        self.canvas.setFillColor(ink_of(tokens.colour("ink")))
        bars.draw_bars(
            self.canvas,
            self.x + x,
            self.y + _BOTTOM + _SMALL,
            label.code,
            module=module,
            height=_BARS - _SMALL,
        )
        middle = x + (bars.modules_of(label.code) * module - figures) / 2
        self._text(max(_LEFT, middle), _BOTTOM + 0.5, label.code, _SMALL)


def _fitted(name: str) -> tuple[float, list[str]]:
    for size, most in _NAMES:

        def measure(text: str, size: float = size) -> float:
            return fonts.width_of(text, size, bold=True)

        lines = wrap(name, _ROOM, measure)
        if len(lines) <= most:
            return size, lines
    return size, [lines[0], _cut("".join(lines[1:]), size, _ROOM, bold=True)]


def _cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """``text``, or as much of its beginning as there is room for."""
    if fonts.width_of(text, size, bold=bold) <= room:
        return text
    kept = characters(text)
    while kept and fonts.width_of(f"{''.join(kept)}…", size, bold=bold) > room:
        kept.pop()
    return f"{''.join(kept)}…"


def _asked(label: ShelfLabel, price: Money, _: Translate) -> tuple[str, str]:
    """The price as it stands out, and what it is for."""
    if label.unit is Unit.GRAM:
        shown = price_per(price, WeightUnit.JIN)
        return _("￥{price}").format(price=shown.grouped), _("/jin")
    unit = clean(label.unit_name)
    figure = _("￥{price}").format(price=price.grouped)
    return figure, f"/{_cut(unit, _SIDE, 12 * mm)}" if unit else ""


def _beside(label: ShelfLabel, _: Translate) -> list[tuple[str, bool]]:
    """Lines beside the price from the top, each with whether it holds no longer."""
    lines = []
    if label.price != label.list_price:
        lines.append((_("Event price"), False))
    old = label.struck_price
    if old is not None:
        is_weighed = label.unit is Unit.GRAM
        shown = price_per(old, WeightUnit.JIN) if is_weighed else old
        lines.append((_("￥{price}").format(price=shown.grouped), True))
    if label.unit is Unit.GRAM and label.price is not None:
        lines.append((_("￥{price}/kg").format(price=label.price.grouped), False))
    return lines


def _unit_width(per: str) -> float:
    return fonts.width_of(per, _SIDE)


def _module(code: str, room: float) -> float | None:
    """How wide to draw the thinnest bar; None where a scanner could not read it."""
    module = min(_MODULE, room / (bars.modules_of(code) + 2 * _QUIET))
    return module if module >= _LEAST_MODULE else None
