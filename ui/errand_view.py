"""The band over the selling screen while a basket is more than simply sold."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from assets.tokens import size
from models.i18n import _
from ui.widgets.named import named, styled


class ErrandView(QFrame):
    """换货 or 补录: in view also during the payment, so that nobody forgets."""

    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("errand", self)
        row = QHBoxLayout(self)
        gap = size("gap")
        row.setContentsMargins(gap, 0, gap, 0)
        row.setSpacing(gap)
        self._words = named("errand", styled("warn", QLabel()), row)
        self._words.setWordWrap(True)
        row.setStretchFactor(self._words, 1)
        drop = named("drop_errand", styled("secondary", QPushButton()), row)
        drop.setText(_("Drop  ⇧F7"))
        drop.clicked.connect(self.dropped)
        self.hide()

    def show_words(self, words: str) -> None:
        """Stand there with these words; "" is a basket that is simply sold."""
        self._words.setText(words)
        self.setVisible(bool(words))
