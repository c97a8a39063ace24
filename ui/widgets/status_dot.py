"""The one dot that says whether all is well."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from assets.tokens import colour, size
from ui.widgets.named import tipped


class Health(StrEnum):
    """How things are; the values are the tokens of the colours."""

    GOOD = "dot_good"
    WARN = "dot_warn"
    DANGER = "dot_danger"


class StatusDot(QWidget):
    """A green disc, an amber triangle or a red square, so that nobody needs colours.

    Says the same in words to who asks.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._health = Health.GOOD
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_health(self, health: Health, words: str) -> None:
        """Take the colour of ``health``; ``words`` say it in one sentence."""
        self._health = health
        tipped(words, self)
        self.setAccessibleName(words)
        self.update()

    def health(self) -> Health:
        return self._health

    def sizeHint(self) -> QSize:
        side = size("dot") + 2 * size("focus_gap")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour("surface")), size("focus_gap")))
        painter.setBrush(QColor(colour(self._health)))
        rim = size("focus_gap") / 2
        painter.drawPath(_shape(self._health, QRectF(self.rect()) - _margins(rim)))


def _margins(side: float) -> QMarginsF:
    return QMarginsF(side, side, side, side)


def _shape(health: Health, where: QRectF) -> QPainterPath:
    path = QPainterPath()
    if health is Health.GOOD:
        path.addEllipse(where)
    elif health is Health.DANGER:
        path.addRect(where)
    else:
        top = QPointF(where.center().x(), where.top())
        path.addPolygon(QPolygonF([top, where.bottomRight(), where.bottomLeft(), top]))
    return path
