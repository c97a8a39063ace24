"""The field for a PIN, which nobody can read."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

_MOST_DIGITS = 12


class PinEdit(QLineEdit):
    """Takes figures and shows none of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(_MOST_DIGITS)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        figures = QRegularExpression("[0-9]*")
        self.setValidator(QRegularExpressionValidator(figures, self))
