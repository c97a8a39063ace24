"""After a correction: its number and what to hand back, large, until Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from ui.corrected import Corrected
from ui.widgets.named import named, styled


class CorrectedView(QWidget):
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        layout = QVBoxLayout(self)
        layout.setSpacing(size("gap"))
        layout.addStretch(2)
        self._title = styled("heading", named("corrected_title", QLabel()), layout)
        self._amount = styled("change-due", named("corrected_amount", QLabel()), layout)
        self._lines = styled("strong", named("corrected_lines", QLabel()), layout)
        self._warning = styled("danger", named("corrected_warning", QLabel()), layout)
        for label in (self._title, self._amount, self._lines, self._warning):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._warning.setWordWrap(True)
        layout.addStretch(1)
        self._done = named("corrected_done", styled("primary", QPushButton()))
        self._done.setText(_("Done  Enter"))
        self._done.setAutoDefault(True)
        self._done.clicked.connect(self.left)
        layout.addWidget(self._done, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def show_corrected(self, corrected: Corrected) -> None:
        self._title.setText(corrected.title)
        self._amount.setText(str(corrected.amount))
        self._lines.setText("\n".join(corrected.lines))
        self._lines.setVisible(bool(corrected.lines))
        self._warning.setText(corrected.warning)
        self._warning.setVisible(bool(corrected.warning))

    def take_focus(self) -> None:
        self._done.setFocus()
