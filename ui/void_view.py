"""The panel that asks why goods leave the basket, where nobody can be asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from ui.widgets.named import named, styled
from ui.widgets.reason_chips import ReasonChips


class VoidView(QWidget):
    given = Signal(str)  # the reason
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        layout = QVBoxLayout(self)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(size("gap_small"))
        styled("heading", QLabel(_("Why are goods taken out?")), layout)
        hint = QLabel(_("It is much, and you are alone: the reason is on the record."))
        hint.setWordWrap(True)
        styled("hint", hint, layout)
        self._reason = ReasonChips()
        self._reason.entered.connect(self._on_enter)
        layout.addWidget(self._reason)
        layout.addStretch(1)
        layout.addLayout(self._buttons())

    def offer(self, reasons: Sequence[str]) -> None:
        self._reason.offer(reasons)

    def refresh(self) -> None:
        """The panel is shown: another reason is asked for."""
        self._reason.show_text("")
        self._reason.take_focus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        leave = named("leave_void", styled("secondary", QPushButton()), row)
        leave.setText(_("Back  Esc"))
        leave.clicked.connect(self.left)
        done = named("void", styled("primary", QPushButton()), row)
        done.setText(_("Take out  Enter"))
        done.clicked.connect(self._on_enter)
        return row

    def _on_enter(self) -> None:
        self.given.emit(self._reason.text())
