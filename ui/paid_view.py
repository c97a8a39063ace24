"""After paying: the change due, large, until the next item."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from models.selling.sold import Sold
from ui.widgets.named import named, styled


class PaidView(QWidget):
    next_wanted = Signal()
    reprint_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        layout = QVBoxLayout(self)
        layout.setSpacing(size("gap"))
        layout.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._number = styled("hint", named("paid_number", QLabel(), layout))
        self._words = styled("heading", named("change_words", QLabel(), layout))
        self._change = styled("change-due", named("change_due", QLabel(), layout))
        self._paid = styled("strong", named("paid_amount", QLabel(), layout))
        self._remarks = styled("strong", named("paid_remarks", QLabel(), layout))
        self._remarks.setWordWrap(True)
        self._remarks.hide()
        for label in (
            self._number,
            self._words,
            self._change,
            self._paid,
            self._remarks,
        ):
            label.setAlignment(centre)
        layout.addStretch(2)
        layout.addLayout(self._buttons())
        layout.addStretch(1)

    def show_sale(self, sold: Sold, remarks: Sequence[str] = ()) -> None:
        """The change, and what else is handed back or to be known."""
        self._number.setText(sold.number)
        self._words.setText(_("Change due") if sold.change else _("Paid"))
        self._change.setText(str(sold.change if sold.change else sold.payable))
        self._paid.setText(
            _("Received for goods: {amount}").format(amount=sold.payable)
            if sold.change
            else ""
        )
        self._remarks.setText("\n".join(remarks))
        self._remarks.setVisible(bool(remarks))
        self._next.setFocus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap"))
        row.addStretch(1)
        reprint = named("reprint", styled("secondary", QPushButton()), row)
        reprint.setText(_("Print again  F5"))
        reprint.clicked.connect(self.reprint_wanted)
        self._next = named("next", styled("primary", QPushButton()), row)
        self._next.setText(_("Next customer  Enter"))
        self._next.setAutoDefault(True)
        self._next.clicked.connect(self.next_wanted)
        row.addStretch(1)
        return row
