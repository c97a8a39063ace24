"""One product as a tile: colour of its county, name, price and what is left."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from assets.tokens import colour, size
from models.written import characters
from ui.widgets.named import tipped

# Between words, and between any two Chinese characters.
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
_LINES = {"strong": 2, "text": 3}  # how many of which letters a tile has room for


@dataclass(frozen=True, slots=True)
class TileFace:
    """What a tile shows, as text."""

    name: str
    price: str
    unit: str  # "/斤"; empty for pieces
    old_price: str  # the list price while another is asked; may be empty
    left: str
    is_short: bool  # nothing left
    colour: str
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A name, and how it is shown in a width."""

    name: str
    width: int
    letters: str  # a token of their size
    shown: str


class TileButton(QPushButton):
    """A button whose words are drawn here; frame and focus come from the style."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.face = TileFace("", "", "", "", "", is_short=False, colour="")
        self._picture: QPixmap | None = None
        self._fitted = _Fitted("", 0, "", "")

    def show_face(self, face: TileFace) -> None:
        if face.picture != self.face.picture:
            self._picture = _pixmap(face.picture)
        self.face = face
        self.setAccessibleName(f"{face.name} {face.price}{face.unit} {face.left}")
        tipped(face.name, self)
        self.update()

    def _paint_face(self, painter: QPainter) -> None:
        face, gap = self.face, size("gap_small")
        edge = QRect(2, 2, size("tile_edge"), self.height() - 4)
        painter.fillRect(edge, QColor(face.colour or colour("line")))
        room = self.rect().adjusted(size("tile_edge") + gap, gap, -gap, -gap)
        self._paint_picture(painter, room)
        self._paint_name(painter, room)
        self._paint_foot(painter, room)

    def _paint_picture(self, painter: QPainter, room: QRect) -> None:
        if self._picture is not None:
            side = room.height() // 2
            painter.drawPixmap(
                room.right() - side, room.top(), side, side, self._picture
            )

    def _paint_name(self, painter: QPainter, room: QRect) -> None:
        """On two lines, or three of smaller letters; the rest ends in an ellipsis."""
        width = room.width() - (room.height() // 2 if self._picture else 0)
        if (self._fitted.name, self._fitted.width) != (self.face.name, width):
            self._fitted = _fit(self.face.name, width, painter)
        letters, lines = self._fitted.letters, _LINES[self._fitted.letters]
        painter.setFont(_font(painter, letters, bold=False))
        painter.setPen(QColor(colour("ink")))
        place = _lines(lines, width, painter.fontMetrics())
        top = room.top() - (size("gap_tiny") if lines > _LINES["strong"] else 0)
        place.moveTopLeft(QPoint(room.left(), top))
        painter.drawText(place, _WRAP, self._fitted.shown)

    def _paint_foot(self, painter: QPainter, room: QRect) -> None:
        face = self.face
        painter.setFont(_font(painter, "text", bold=False))
        painter.setPen(QColor(colour("danger" if face.is_short else "ink_second")))
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(room, bottom | Qt.AlignmentFlag.AlignRight, face.left)
        painter.setFont(_font(painter, "price", bold=True))
        painter.setPen(QColor(colour("accent")))
        painter.drawText(room, bottom | Qt.AlignmentFlag.AlignLeft, face.price)
        beside = painter.fontMetrics().horizontalAdvance(face.price) + 2
        painter.setFont(_font(painter, "text", bold=False))
        painter.setPen(QColor(colour("ink_second")))
        after = room.adjusted(beside, 0, 0, -1)
        painter.drawText(after, bottom | Qt.AlignmentFlag.AlignLeft, face.unit)
        self._paint_old_price(painter, after)

    def _paint_old_price(self, painter: QPainter, room: QRect) -> None:
        """Where it has room: what is asked and what is left count more."""
        face = self.face
        font = _font(painter, "text", bold=False)
        font.setStrikeOut(True)
        painter.setFont(font)
        unit, old, left = map(
            painter.fontMetrics().horizontalAdvance,
            (face.unit, face.old_price, face.left),
        )
        place = room.adjusted(unit + 4, 0, -left, 0)
        if not old or old + size("gap_tiny") > place.width():
            return
        painter.drawText(
            place,
            Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft,
            self.face.old_price,
        )

    def sizeHint(self) -> QSize:
        return QSize(size("tile_width"), size("tile_height"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        self._paint_face(painter)
        painter.end()


def _font(painter: QPainter, token: str, *, bold: bool) -> QFont:
    font = QFont(painter.font())
    font.setPixelSize(size(token))
    font.setBold(bold)
    return font


def _fit(name: str, width: int, painter: QPainter) -> _Fitted:
    """In the larger letters that hold all of it, else cut in the smaller ones."""

    def fits(shown: str) -> bool:
        needed = metrics.boundingRect(room, _WRAP, shown)
        return needed.height() <= room.height() and needed.width() <= width

    for letters, lines in _LINES.items():
        metrics = QFontMetrics(_font(painter, letters, bold=False))
        room = _lines(lines, width, metrics)
        if fits(name):
            return _Fitted(name, width, letters, name)
    whole = characters(name)
    end = bisect.bisect_left(
        range(len(whole)), x=True, key=lambda n: not fits(f"{''.join(whole[:n])}…")
    )
    return _Fitted(name, width, letters, f"{''.join(whole[: max(end - 1, 0)])}…")


def _lines(count: int, width: int, metrics: QFontMetrics) -> QRect:
    each = metrics.lineSpacing() + 1  # Qt rounds a line up
    return QRect(0, 0, width, count * each)


def _pixmap(data: bytes | None) -> QPixmap | None:
    if data is None:
        return None
    pixmap = QPixmap()
    return pixmap if pixmap.loadFromData(data) else None
