"""Over the goods while nothing can be sold: why, and what still can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from ui.page import Page
from ui.widgets.icon import pixmap
from ui.widgets.named import named, styled


class ClosedView(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        layout = QVBoxLayout(self)
        margin = size("gap_huge")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(size("gap_large"))
        layout.addStretch(1)
        sign = QLabel()
        sign.setPixmap(pixmap("error", "danger"))
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        self._why = styled("strong", named("why_closed", QLabel(), layout))
        hint = styled("hint", named("still_open", QLabel(), layout))
        hint.setText(
            _("Receipts ({receipts}) and the day ({day}) can still be read.").format(
                receipts=Page.RECEIPTS.key, day=Page.SUMMARY.key
            )
        )
        for label in (self._why, hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def show_why(self, text: str) -> None:
        self._why.setText(text)
