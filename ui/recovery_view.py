"""The panel for a manager whose PIN is forgotten: the recovery code, and a new PIN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from ui.widgets.card import Card, add_hint, add_row
from ui.widgets.name_chips import NameChips
from ui.widgets.named import named, styled
from ui.widgets.pin_edit import PinEdit

if TYPE_CHECKING:
    from models.people.staff import StaffRow

_LONGEST = 40  # with its hyphens and some blanks


class RecoveryView(QWidget):
    recovered = Signal(int, str, str)  # the manager's id, the code, the new PIN
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        card = Card(_("A manager's PIN is forgotten"))
        card.setFixedWidth(size("card"))
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        self._names = NameChips()
        card.body.addWidget(self._names)
        self._code = named("recovery_entry", QLineEdit())
        self._code.setMaxLength(_LONGEST)
        self._code.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        add_row(card, _("Recovery code"), self._code)
        add_hint(card, _("It was shown with the first PIN, to be written down."))
        self._pin = named("new_pin", PinEdit())
        add_row(card, _("New PIN"), self._pin)
        self._code.returnPressed.connect(self._pin.setFocus)
        self._pin.returnPressed.connect(self._on_done)
        card.body.addLayout(self._foot())
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)

    def ask(self, people: Sequence[StaffRow], chosen: int) -> None:
        """Whose PIN it is; the fields are empty."""
        self._names.show_people(people, chosen)
        self._code.clear()
        self._pin.clear()
        self._code.setFocus()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        leave = named("leave_recovery", QPushButton(_("Back  Esc")), row)
        leave.clicked.connect(self.left)
        done = named("recover", styled("primary", QPushButton(_("Done  Enter"))))
        done.clicked.connect(self._on_done)
        row.addWidget(done, 1)
        return row

    def _on_done(self) -> None:
        if self._code.text().strip() and self._pin.text():
            self.recovered.emit(
                self._names.value(), self._code.text(), self._pin.text()
            )
