"""A white card with a heading, which holds what belongs together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assets.tokens import size
from ui.widgets.named import described, styled


class Card(QFrame):
    """Fill ``body``; the heading stands above it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("panel", self)
        described(title, self)
        self.body = QVBoxLayout(self)
        margin = size("gap_wide")
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(size("gap_small"))
        styled("heading", QLabel(title), self.body)


def hairline() -> QFrame:
    """A line across, between two things of a card."""
    line = styled("line", QFrame())
    line.setFixedHeight(size("border"))
    return line


def add_row(card: Card, title: str, field: QWidget) -> None:
    """A field with its words at the left, where all words of the card stand."""
    row = QHBoxLayout()
    row.setSpacing(size("gap"))
    label = styled("strong", QLabel(title))
    label.setFixedWidth(size("label"))
    label.setMinimumHeight(size("touch") + 2 * size("focus_gap"))  # as the field
    label.setBuddy(field)
    if not field.accessibleName():
        described(title, field)
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(field, 1)
    card.body.addLayout(row)


def add_hint(card: Card, text: str) -> None:
    """A quiet sentence under the field above it."""
    hint = styled("hint", QLabel(text), card.body)
    hint.setWordWrap(True)
    hint.setIndent(0)
    hint.setContentsMargins(size("label") + size("gap"), 0, 0, size("gap_tiny"))
