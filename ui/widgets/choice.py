"""A row of buttons of which exactly one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from assets.tokens import size
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.named import described, named


class Choice(QWidget):
    """Shows all that can be chosen at once, for a finger; arrow keys move along."""

    chosen = Signal(object)  # the value, when a person chose it

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[object, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        described(title, self)
        self._values = [value for value, _words in options]
        self._group = QButtonGroup(self)
        layout = FlowLayout(size("gap_tiny"), self)
        for number, (value, words) in enumerate(options):
            button = named(f"choice_{value}", QPushButton(words), layout)
            described(f"{title}: {words}", button)
            button.setCheckable(True)
            button.setMinimumWidth(size("touch") + 2 * size("focus_gap"))
            self._group.addButton(button, number)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group.idClicked.connect(self._on_clicked)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def value(self) -> object | None:
        number = self._group.checkedId()
        return self._values[number] if number >= 0 else None

    def show_value(self, value: object) -> None:
        """Check the button of ``value``, or none if it is not offered."""
        self._group.setExclusive(False)
        for number, offered in enumerate(self._values):
            self._group.button(number).setChecked(offered == value)
        self._group.setExclusive(True)

    def show_option(self, value: object, *, is_shown: bool) -> None:
        """Offer one of the values, or do not."""
        self._group.button(self._values.index(value)).setVisible(is_shown)

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._values[number])
