"""When the shop's file cannot be opened: one sentence, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from ui.widgets.icon import pixmap
from ui.widgets.named import named, styled


class TroubleView(QWidget):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setWindowTitle(_("Shanhai POS"))
        self.setFixedWidth(size("card"))
        layout = QVBoxLayout(self)
        margin = size("gap_huge")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(size("gap_large"))
        sign = QLabel()
        sign.setPixmap(pixmap("error", "danger"))
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        words = styled("strong", named("trouble", QLabel(text), layout))
        self._words = words
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        leave = named(
            "leave", styled("primary", QPushButton(_("Close  Enter"))), layout
        )
        leave.setDefault(True)
        leave.setAutoDefault(True)
        leave.clicked.connect(self.close)
        leave.setFocus()

    def say(self, text: str) -> None:
        """Another sentence, as more is known."""
        self._words.setText(text)
        self.adjustSize()
