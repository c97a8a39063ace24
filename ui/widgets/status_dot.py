"""The one dot that says whether all is well."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from assets.tokens import colour, size


class Health(StrEnum):
    """How things are; the values are the tokens of the colours."""

    GOOD = "good"
    WARN = "warn"
    DANGER = "danger"


class StatusDot(QWidget):
    """Green, amber or red, in a white rim; says the same in words to who asks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._health = Health.GOOD
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_health(self, health: Health, words: str) -> None:
        """Take the colour of ``health``; ``words`` say it in one sentence."""
        self._health = health
        self.setToolTip(words)
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
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour("surface")))
        painter.drawEllipse(self.rect())
        rim = size("focus_gap")
        painter.setBrush(QColor(colour(self._health)))
        painter.drawEllipse(self.rect().adjusted(rim, rim, -rim, -rim))
