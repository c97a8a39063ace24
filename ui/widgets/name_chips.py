"""Names of people to choose one from, as large as a finger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from assets.tokens import size
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.named import described, named

if TYPE_CHECKING:
    from models.people.staff import StaffRow


class NameChips(QWidget):
    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(size("gap_tiny"))
        self.setLayout(self._row)
        self._group = QButtonGroup(self)

    def show_people(self, people: Sequence[StaffRow], chosen: int) -> None:
        """Offer these; the first where the chosen one is none of them."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.setParent(None)  # at once: it must not be touched any more
            button.deleteLater()
        while self._row.takeAt(0) is not None:
            pass
        for one in people:
            button = named(f"person_{one.id}", QPushButton(one.name), self._row)
            described(one.name, button)
            button.setCheckable(True)
            button.setChecked(one.id == chosen)
            button.clicked.connect(self.chosen)
            self._group.addButton(button, one.id)
        if self._group.checkedId() < 0:
            self._group.buttons()[0].setChecked(True)

    def value(self) -> int:
        """The id of the person chosen."""
        return self._group.checkedId()
