"""The bar that tells the cashier one thing."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from assets.tokens import size
from ui.widgets.icon import pixmap
from ui.widgets.named import named, restyle


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
    """One sentence with its colour and icon; keeps its place while it is silent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._words.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(
            size("gap"), size("gap_tiny"), size("gap"), size("gap_tiny")
        )
        layout.setSpacing(size("gap"))
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(named("message", self._words), 1)
        self.setMinimumHeight(size("touch"))

    def say(self, text: str, kind: Kind = Kind.PLAIN) -> None:
        """Show ``text`` in place of what was said before, and tell a screen reader."""
        self._words.setText(text)
        self._icon.setPixmap(pixmap(*_ICONS[kind]))
        restyle(self, "kind", kind.value)
        self.setAccessibleName(text)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Say nothing, in the same place and height."""
        self._words.clear()
        self._icon.clear()
        restyle(self, "kind", "")
        self.setAccessibleName("")

    def text(self) -> str:
        return self._words.text()

    def kind(self) -> Kind | None:
        """How much what is shown matters; None while nothing is."""
        return Kind(self.property("kind")) if self.text() else None
