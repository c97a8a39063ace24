"""The field for a reason, with what is said often above it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.named import described, named, styled


class ReasonChips(QWidget):
    """A chip fills the field; Enter on a chip or in the field is the answer."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_tiny"))
        self._row = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._row.setSizePolicy(policy)
        self._flow = FlowLayout(size("gap_tiny"), self._row)
        layout.addWidget(self._row)
        self._chips: list[_Chip] = []
        self._field = named("reason", QLineEdit(), layout)
        self._field.setPlaceholderText(_("Reason: choose or type"))
        described(_("Reason"), self._field)
        self._field.textChanged.connect(self._on_text)
        self._field.returnPressed.connect(self.entered)

    def offer(self, reasons: Sequence[str]) -> None:
        """Once, before it is shown: what is said often."""
        if self._chips:
            return
        for number, reason in enumerate(reasons):
            chip = named(f"reason_{number}", _Chip(reason), self._flow)
            chip.clicked.connect(partial(self._choose, reason))
            chip.confirmed.connect(self.entered)
            self._chips.append(chip)

    def text(self) -> str:
        return self._field.text()

    def show_text(self, reason: str) -> None:
        self._field.setText(reason)

    def take_focus(self) -> None:
        """The reason is wanted now: the arrow keys go along the chips."""
        self._chips[0].setFocus()

    def _choose(self, reason: str) -> None:
        self._field.setText(reason)
        self._on_text(reason)

    def _on_text(self, text: str) -> None:
        for chip in self._chips:
            chip.setChecked(chip.reason == text)


class _Chip(QPushButton):
    """Enter chooses it and is the answer at once."""

    confirmed = Signal()

    def __init__(self, reason: str) -> None:
        super().__init__(reason.replace("&", "&&"))
        self.reason = reason
        styled("chip", self)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)
