"""The panel that asks for a PIN: who is it, and which figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui.widgets.keypad import Keypad
from ui.widgets.name_chips import NameChips
from ui.widgets.named import described, named, styled
from ui.widgets.pin_edit import PinEdit

if TYPE_CHECKING:
    from models.people.staff import StaffRow


class SignInView(QWidget):
    """A card in the middle: names to choose from, one field, a keypad."""

    entered = Signal(int, str)  # the person's id and the PIN
    left = Signal()
    forgotten = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        card = styled("panel", QFrame())
        card.setFixedWidth(size("sign_in"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, size("gap_small"), 0, size("gap_small"))
        outer.addWidget(card, 1, Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(card)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(size("gap_small"))
        self._heading = named("sign_in_heading", styled("heading", QLabel()), layout)
        self._heading.setWordWrap(True)
        self._names = NameChips()
        layout.addWidget(self._names)
        self._pin = named("pin", styled("total", PinEdit()), layout)
        described(_("PIN"), self._pin)
        self._pin.setPlaceholderText(_("PIN"))
        self._pin.returnPressed.connect(self._on_entered)
        self._names.chosen.connect(self._pin.setFocus)
        layout.addWidget(Keypad(self._pin), 1)
        layout.addLayout(self._foot())
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)

    def ask(
        self,
        heading: str,
        people: Sequence[StaffRow],
        *,
        chosen: int,
        can_leave: bool,
        can_forget: bool,
    ) -> None:
        """Ask one of these people for the PIN; one of them is chosen already."""
        self._heading.setText(heading)
        self._leave.setVisible(can_leave)
        self._forgot.setVisible(can_forget)
        self._names.show_people(people, chosen)
        self._pin.clear()
        self._pin.setFocus()

    def forget(self) -> None:
        """The PIN was not right: the field is empty for the next one."""
        self._pin.clear()
        self._pin.setFocus()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self._leave = named("leave_sign_in", QPushButton(_("Back  Esc")), row)
        self._leave.clicked.connect(self.left)
        self._forgot = named("forgot_pin", QPushButton(_("Forgotten")), row)
        self._forgot.clicked.connect(self.forgotten)
        done = named("enter_pin", styled("primary", QPushButton(_("Done  Enter"))))
        done.clicked.connect(self._on_entered)
        row.addWidget(done, 1)
        return row

    def _on_entered(self) -> None:
        if self._pin.text():
            self.entered.emit(self._names.value(), self._pin.text())
