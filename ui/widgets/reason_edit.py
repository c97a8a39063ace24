"""The field for a reason: the usual ones to touch, and room for any other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _, pick
from ui.widgets.choice import Choice
from ui.widgets.named import described, named

_MOST = 60


class ReasonEdit(QWidget):
    """Nothing is chosen beforehand: whoever answers for it says why."""

    entered = Signal()  # Enter in the field

    def __init__(self, usual: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual = tuple(usual)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_tiny"))
        options = list(enumerate(self._usual))
        self._choice = named("reasons", Choice(_("Reason"), options), layout)
        self._field = named("reason", QLineEdit(), layout)
        self._field.setMaxLength(_MOST)
        self._field.setPlaceholderText(_("Another reason, or more words"))
        described(_("Reason"), self._field)
        self._field.returnPressed.connect(self.entered)

    def value(self) -> str:
        """The reason touched, what was typed, or both; "" while there is neither."""
        number, typed = self._choice.value(), self._field.text().strip()
        touched = self._usual[number] if isinstance(number, int) else ""
        return pick("：", ": ").join(filter(None, (touched, typed)))

    def clear(self) -> None:
        self._choice.show_value(None)
        self._field.clear()

    def show_reason(self, reason: str) -> None:
        """What was said before."""
        is_usual = reason in self._usual
        self._choice.show_value(self._usual.index(reason) if is_usual else None)
        self._field.setText("" if is_usual else reason)

    def choose_next(self) -> None:
        """By key: the first of the usual ones, then the next."""
        number = self._choice.value()
        after = number + 1 if isinstance(number, int) else 0
        self._choice.show_value(after % len(self._usual))
