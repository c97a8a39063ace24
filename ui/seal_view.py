"""The first step of closing: what is left to settle, and the last look before 停售."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from models.i18n import _
from models.selling.shift_record import Left, LeftKind
from ui.widgets.card import Card, add_row
from ui.widgets.named import named, styled


class SealView(Card):
    settled = Signal(object)  # LeftKind: go where it is settled
    x_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Stop selling in this shift"), parent)
        what = styled("strong", QLabel(), self.body)
        what.setText(
            _("The figures are frozen then. Nobody has to count before the next shift.")
        )
        what.setWordWrap(True)
        self._heading = styled("hint", QLabel(), self.body)
        self._heading.setText(_("Still to be settled; none of it keeps you here:"))
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)
        self._note = named("closing_note", QLineEdit())
        self._note.setMaxLength(200)
        add_row(self, _("Note"), self._note)
        self.body.addStretch(1)
        x = named("print_x", QPushButton(_("Print the shift so far  F5")))
        x.clicked.connect(self.x_wanted)
        self.body.addWidget(x, 0, Qt.AlignmentFlag.AlignLeft)

    def note(self) -> str:
        return self._note.text()

    def forget_note(self) -> None:
        self._note.clear()

    def show_left(self, left: Sequence[Left]) -> None:
        """Each of them is a button that leads to its screen."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)  # at once: it must not be touched any more
                widget.deleteLater()
        self._heading.setVisible(bool(left))
        for one in left:
            button = named(f"left_{one.kind}", QPushButton(_left_words(one)))
            button.clicked.connect(partial(self.settled.emit, one.kind))
            self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _left_words(left: Left) -> str:
    words = {
        LeftKind.PARKED: _("Parked baskets, which stay for the next shift: {n}"),
        LeftKind.HALF_PAID: _("Half-paid baskets, look for the money first: {n}"),
        LeftKind.BASKET: _("A basket is open."),
        LeftKind.PRINTS: _("Papers that did not come yet: {n}"),
        LeftKind.AWAITING: _("Earlier shifts that wait to be taken over: {n}"),
    }[left.kind]
    return words.format(n=left.n)
