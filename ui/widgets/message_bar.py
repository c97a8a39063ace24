"""The bar that tells the cashier one thing."""

from __future__ import annotations

from bisect import bisect_left
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from assets.tokens import size
from models.written import characters
from ui.widgets.icon import pixmap
from ui.widgets.named import named, restyle, tipped


class Kind(StrEnum):
    """How much a message matters; the style sheet gives each its colour."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    DANGER = "danger"


_ICONS = {
    Kind.PLAIN: ("info", "accent"),
    Kind.GOOD: ("check_circle", "good"),
    Kind.WARN: ("warning", "warn"),
    Kind.DANGER: ("error", "danger"),
}


class MessageBar(QFrame):
    """One sentence with its colour and icon, on at most two lines.

    Keeps its height while it is silent; what does not fit is in the tool tip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._icon = QLabel()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._words.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(
            size("gap"), size("gap_tiny"), size("gap"), size("gap_tiny")
        )
        layout.setSpacing(size("gap"))
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(named("message", self._words), 1)
        self.setFixedHeight(size("message_bar"))

    def say(self, text: str, kind: Kind = Kind.PLAIN) -> None:
        """Show ``text`` in place of what was said before, and tell a screen reader."""
        self._text = text
        self._icon.setPixmap(pixmap(*_ICONS[kind]))
        restyle(self, "kind", kind.value)
        self._fit()
        self.setAccessibleName(text)
        # 5 ms, and nothing is said before the first paint
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # noqa: PLC0415  # slow, and seldom needed

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Say nothing, in the same place and height."""
        if not self._text:
            return
        self._text = ""
        self._fit()
        self._icon.clear()
        restyle(self, "kind", "")
        self.setAccessibleName("")

    def text(self) -> str:
        """All that was said, even where it does not fit."""
        return self._text

    def kind(self) -> Kind | None:
        """How much what is shown matters; None while nothing is."""
        return Kind(self.property("kind")) if self.text() else None

    def _fit(self) -> None:
        """Show as much as two lines hold."""
        text = self._text
        if not self._fits(text):
            whole = characters(text)
            too_long = bisect_left(
                range(len(whole)),
                x=True,
                key=lambda n: not self._fits(f"{''.join(whole[:n])}…"),
            )
            text = f"{''.join(whole[: too_long - 1])}…"
        self._words.setText(text)
        tipped("" if text == self._text else self._text, self)

    def _fits(self, text: str) -> bool:
        metrics, room = self._words.fontMetrics(), self._words.contentsRect()
        room.setHeight(0)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return needed.height() <= 2 * metrics.lineSpacing() or room.width() <= 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._row.activate()
        self._fit()
