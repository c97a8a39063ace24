"""A panel over the list of receipts, in which something is done to one of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class ReceiptPanel(QWidget):
    """Stands over the list while something is done to one receipt."""

    opened = Signal()  # it can be done: the panel is wanted
    left = Signal()

    def open(self, sale_id: int) -> None:
        """Begin, or tell why it cannot be done."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """The page is shown again."""
        raise NotImplementedError

    def scan(self, code: str) -> None:
        """What was scanned means nothing here."""
