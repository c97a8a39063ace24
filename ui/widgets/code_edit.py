"""The line that takes typed codes; the input method stays out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

_LONGEST = 128


class CodeEdit(QLineEdit):
    """A line for codes and "3*"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setMaxLength(_LONGEST)
