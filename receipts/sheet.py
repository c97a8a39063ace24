"""An A4 page that fills from the top, goes on to the next and numbers itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from assets import tokens
from receipts import fonts
from receipts.clean import clean
from receipts.words import Translate

WIDTH, HEIGHT = A4
LEFT, RIGHT = 14 * mm, WIDTH - 14 * mm
_TOP, _BOTTOM = HEIGHT - 14 * mm, 18 * mm
_FOOT = 10 * mm
_SMALL = 7.5

Drawing = Callable[[Canvas], None]


class Sheet:
    """Collects what is drawn on each page; only then is the number of pages known."""

    def __init__(self, title: str, footer: str) -> None:
        self.y = _TOP
        self._title, self._footer = clean(title), clean(footer)
        self._pages: list[list[Drawing]] = [[]]

    @property
    def room(self) -> float:
        """How much still fits below what the page holds."""
        return self.y - _BOTTOM

    def room_for(self, height: float) -> bool:
        """Whether ``height`` fits below what the page holds already."""
        return self.room >= height

    def turn(self) -> None:
        self._pages.append([])
        self.y = _TOP

    def down(self, height: float) -> float:
        """Move down and return where the bottom of that height is."""
        self.y -= height
        return self.y

    def text(  # noqa: PLR0913  # a place, a size and a look
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        ink: str = "ink",
        bold: bool = False,
        right: bool = False,
    ) -> None:
        """Write ``text`` from ``x``, or up to ``x`` if it stands ``right``."""
        said = clean(text)
        start = x - fonts.width_of(said, size, bold=bold) if right else x

        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(ink_of(tokens.colour(ink)))
            fonts.draw(canvas, start, y, said, size=size, bold=bold)

        self._pages[-1].append(draw)

    def box(self, x: float, y: float, width: float, height: float, hue: str) -> None:
        """Fill a rectangle with the colour ``hue`` ("#RRGGBB")."""

        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(ink_of(hue))
            canvas.rect(x, y, width, height, stroke=0, fill=1)

        self._pages[-1].append(draw)

    def rule(self, y: float, *, ink: str = "line", thick: float = 0.5) -> None:
        self.box(LEFT, y - thick / 2, RIGHT - LEFT, thick, tokens.colour(ink))

    def pdf(self, _: Translate) -> bytes:
        """All pages, each with the footer and its number."""
        buffer = BytesIO()
        canvas = fonts.canvas(buffer, A4, self._title)
        pages = len(self._pages)
        for i, drawings in enumerate(list(self._pages), start=1):
            number = _("Page {n} of {pages}").format(n=i, pages=pages)
            for draw in drawings:
                draw(canvas)
            canvas.setFillColor(ink_of(tokens.colour("ink_second")))
            fonts.draw(canvas, LEFT, _FOOT, self._footer, size=_SMALL)
            width = fonts.width_of(number, _SMALL)
            fonts.draw(canvas, RIGHT - width, _FOOT, number, size=_SMALL)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()


@cache
def ink_of(hue: str) -> Color:
    return HexColor(hue)
