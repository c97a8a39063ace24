"""Charts: bars that compare, and bars along the hours of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from assets.tokens import colour, size
from models.i18n import _

_BESIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
_HANGING = int(_CENTRED) | Qt.TextFlag.TextDontClip
_LABEL_SHARE = 0.35  # of the width at most, before a label is cut


@dataclass(frozen=True, slots=True)
class Bar:
    """What one bar stands for; ``colour`` is #RRGGBB, empty for the accent."""

    label: str
    value_fen: int
    value_text: str
    colour: str = ""


class Chart(QWidget):
    """Base of the charts: holds the bars, says them to a screen reader, and, while
    there are none, says in one sentence what will be here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._empty_text = _("No sales yet.")

    def show_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = self._in_order(bars)
        self.setAccessibleDescription(
            "; ".join(f"{bar.label} {bar.value_text}" for bar in self._bars)
        )
        self.updateGeometry()
        self.update()

    def say_when_empty(self, text: str) -> None:
        self._empty_text = text
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        """What is shown, in the order it is shown."""
        return self._bars

    def _in_order(self, bars: Sequence[Bar]) -> tuple[Bar, ...]:
        return tuple(bars)

    def _draw(self, painter: QPainter) -> None:
        raise NotImplementedError

    def _figures(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size("text"))
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._figures())
        if self._bars:
            self._draw(painter)
            return
        painter.setPen(QColor(colour("ink_second")))
        words = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect(), words, self._empty_text)


class BarChart(Chart):
    """Horizontal bars, the longest first, each with its value at the end.

    Negative values (more given back than sold) are listed last, without a bar.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _in_order(self, bars: Sequence[Bar]) -> tuple[Bar, ...]:
        return tuple(sorted(bars, key=lambda bar: -bar.value_fen))

    def _draw(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(painter.font())
        gap, step = size("gap"), self._step()
        widest = max(metrics.horizontalAdvance(bar.label) for bar in self._bars)
        left = min(widest, self.width() * _LABEL_SHARE) + gap
        end = max(metrics.horizontalAdvance(bar.value_text) for bar in self._bars)
        room = max(0.0, self.width() - left - end - gap)
        most = max(self._bars[0].value_fen, 1)
        for place, bar in enumerate(self._bars):
            row = QRectF(0, place * step, self.width(), step)
            length = max(0.0, room * bar.value_fen / most)
            thickness = (step - size("bar")) / 2
            _fill(
                painter,
                bar,
                QRectF(left, row.top() + thickness, length, size("bar")),
            )
            painter.setPen(QColor(colour("ink")))
            label = metrics.elidedText(
                bar.label, Qt.TextElideMode.ElideRight, left - gap
            )
            painter.drawText(row, _BESIDE, label)
            row.setLeft(left + length + (gap if length else 0))
            _say(painter, row, _BESIDE, bar)

    def _step(self) -> int:
        return size("bar") + size("gap")

    def sizeHint(self) -> QSize:
        rows = max(len(self._bars), 2)
        return QSize(size("chart_height"), rows * self._step())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class HourChart(Chart):
    """Upright bars, one for each hour, in the order given; values stand on top."""

    def _draw(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(painter.font())
        line = metrics.height() + size("gap_tiny")
        floor, step = self.height() - line, self.width() / len(self._bars)
        most = max(*(bar.value_fen for bar in self._bars), 1)
        thickness = min(step - size("gap_tiny"), 2.0 * size("bar"))
        says_all = self._has_room(metrics, step)
        highest = max(range(len(self._bars)), key=lambda at: self._bars[at].value_fen)
        every = self._every(metrics, step)
        for place, bar in enumerate(self._bars):
            height = max(0.0, (floor - line) * bar.value_fen / most)
            column = QRectF(place * step, floor - height, step, height)
            inset = (step - thickness) / 2
            _fill(painter, bar, column.adjusted(inset, 0, -inset, 0))
            if place % every == 0:
                painter.setPen(QColor(colour("ink_second")))
                under = QRectF(column.left(), floor, step, line)
                painter.drawText(under, _HANGING, bar.label)
            if bar.value_fen and (says_all or place == highest):
                half = metrics.horizontalAdvance(bar.value_text) / 2
                middle = min(max(column.center().x(), half), self.width() - half)
                place_of = QRectF(middle - half, column.top() - line, 2 * half, line)
                _say(painter, place_of, _CENTRED, bar)
        painter.setPen(QPen(QColor(colour("line")), size("border")))
        painter.drawLine(QPointF(0, floor), QPointF(self.width(), floor))

    def _every(self, metrics: QFontMetricsF, step: float) -> int:
        """How many bars share one label, so that labels stand apart."""
        widest = max(metrics.horizontalAdvance(bar.label) for bar in self._bars)
        return ceil((widest + size("gap_tiny")) / step)

    def _has_room(self, metrics: QFontMetricsF, step: float) -> bool:
        """Whether every value fits over its bar; else only the highest is said."""
        return all(
            metrics.horizontalAdvance(bar.value_text) < step for bar in self._bars
        )

    def sizeHint(self) -> QSize:
        return QSize(2 * size("chart_height"), size("chart_height"))

    def minimumSizeHint(self) -> QSize:
        return QSize(size("chart_height"), size("chart_height") // 2)


def _fill(painter: QPainter, bar: Bar, where: QRectF) -> None:
    painter.fillRect(where, QColor(bar.colour or colour("accent")))


def _say(painter: QPainter, where: QRectF, how: Qt.AlignmentFlag, bar: Bar) -> None:
    token = "danger" if bar.value_fen < 0 else "ink"
    painter.setPen(QColor(colour(token)))
    painter.drawText(where, int(how) | Qt.TextFlag.TextDontClip, bar.value_text)
