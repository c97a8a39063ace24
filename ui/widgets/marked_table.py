"""A table with a word behind its rows, large and pale, that nobody can overlook."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableWidget, QWidget

from assets.tokens import colour

_ASLANT = -30  # degrees
_SHARE = 4  # the letters' size is this part of the width, at most


class MarkedTable(QTableWidget):
    def __init__(self, rows: int, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(rows, columns, parent)
        self._mark = ""
        # Scrolling moves what is painted: the word is to stay where it is.
        self.verticalScrollBar().valueChanged.connect(self._stay)

    def show_mark(self, word: str) -> None:
        """The word behind the rows; "" for none."""
        self._mark = word
        self.viewport().update()

    def _stay(self) -> None:
        if self._mark:
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._mark:
            self._paint_mark()

    def _paint_mark(self) -> None:
        room = self.viewport().rect()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # As if it lay behind: what is dark stays as dark, and rows have a background.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        font = QFont(self.font())
        font.setBold(True)
        font.setPixelSize(max(1, room.width() // max(_SHARE, len(self._mark) - 1)))
        painter.setFont(font)
        painter.setPen(QColor(colour("watermark")))
        painter.translate(room.center())
        painter.rotate(_ASLANT)
        box = QFontMetrics(font).boundingRect(
            room, int(Qt.AlignmentFlag.AlignCenter), self._mark
        )
        box.moveCenter(QPoint(0, 0))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._mark)
        painter.end()
