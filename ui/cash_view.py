"""The panel of cash in and out: what is moved and why, and what moved so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.money import Money
from models.selling.shift_record import CashKind
from ui.cash_list_view import CashListView
from ui.cash_typed import Typed
from ui.cash_words import DRAWER, kinds, reasons_of
from ui.widgets.choice import Choice
from ui.widgets.keypad import Keypad
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, styled
from ui.widgets.reasons import Reasons

if TYPE_CHECKING:
    from ui.cash_presenter import CashPresenter

_HAS_RECIPIENT = {CashKind.DROP, CashKind.EXPENSE}


class CashView(QWidget):
    """Shows a CashPresenter: one form for all kinds, and behind it the list."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: CashPresenter | None = None
        layout = QVBoxLayout(self)
        gap = size("gap")
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(size("gap_small"))
        self._sides = QStackedWidget()
        self._sides.addWidget(self._form())
        self._list = CashListView()
        self._sides.addWidget(self._list)
        layout.addWidget(self._sides, 1)
        layout.addLayout(self._foot())

    def connect_to(self, presenter: CashPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)
        presenter.entered.connect(self._start)
        self._list.corrected.connect(presenter.correct)

    def refresh(self) -> None:
        """The panel is shown: an empty form that has the keys."""
        if self._presenter is not None:
            self._sides.setCurrentIndex(0)
            self._presenter.refresh()
            self._start()

    # --- building -----------------------------------------------------------------

    def _form(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        self._kind = named("cash_kind", Choice(_("Cash in and out"), kinds()), layout)
        self._kind.chosen.connect(self._on_kind)
        row = QHBoxLayout()
        row.setSpacing(size("gap"))
        row.addLayout(self._fields(), 1)
        row.addWidget(self._pad(), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(row, 1)
        return page

    def _fields(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(size("gap_small"))
        self._amount = named("cash_amount", styled("total", MoneyEdit()), side)
        self._ask(self._amount, _("Amount"))
        ways = [("in", _("Into the drawer")), ("out", _("Out of the drawer"))]
        self._way = named("cash_way", Choice(_("Which way?"), ways), side)
        self._reasons = named("cash_reasons", Reasons(), side)
        self._reasons.chosen.connect(self._on_reason)
        self._reason = named("cash_reason", QLineEdit(), side)
        self._ask(self._reason, _("Reason"))
        self._recipient = named("cash_recipient", QLineEdit(), side)
        self._ask(self._recipient, _("Who gets it?"))
        self._note = named("cash_note", QLineEdit(), side)
        self._ask(self._note, _("Note"))
        side.addStretch(1)
        return side

    def _ask(self, field: QLineEdit, words: str) -> None:
        field.setPlaceholderText(words)
        described(words, field)
        field.setMaxLength(100)
        field.returnPressed.connect(self._on_enter)

    def _pad(self) -> Keypad:
        self._keypad = Keypad(self._amount)
        self._keypad.setSizePolicy(
            QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum
        )
        return self._keypad

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        leave = named("leave_cash", QPushButton(_("Back  Esc")), row)
        leave.clicked.connect(self.left)
        self._other = named("cash_list", QPushButton(), row)
        self._other.clicked.connect(self._on_other_side)
        self._go = named("enter_cash", styled("primary", QPushButton()), row)
        self._go.clicked.connect(self._on_done)
        row.setStretchFactor(self._go, 1)
        return row

    # --- showing --------------------------------------------------------------------

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        kind = presenter.kind
        is_moved = kind is not None
        self._kind.show_value(kind or DRAWER)
        self._amount.setVisible(is_moved)
        self._keypad.setVisible(is_moved)
        self._note.setVisible(is_moved)
        self._recipient.setVisible(kind in _HAS_RECIPIENT)
        self._way.setVisible(kind is CashKind.RETURN)
        self._reasons.offer(reasons_of(kind))
        self._list.show_rows(presenter.rows)
        self._show_foot()

    def _show_foot(self) -> None:
        assert self._presenter is not None
        is_list = self._sides.currentIndex() == 1
        so_far = _("So far: {n}").format(n=len(self._presenter.rows))
        self._other.setText(_("Enter cash") if is_list else so_far)
        self._go.setVisible(not is_list)
        is_moved = self._presenter.kind is not None
        self._go.setText(
            _("Write down and open the drawer  Enter")
            if is_moved
            else _("Open the drawer  Enter")
        )

    def _start(self) -> None:
        """Nothing is typed yet."""
        for field in (self._amount, self._reason, self._recipient, self._note):
            field.clear()
        self._way.show_value("in")
        self._focus_first()

    def _focus_first(self) -> None:
        is_amount = not self._amount.isHidden()
        (self._amount if is_amount else self._reason).setFocus()

    # --- what the cashier does ------------------------------------------------------

    def _on_kind(self, kind: object) -> None:
        assert self._presenter is not None
        self._reason.clear()
        self._presenter.choose(kind if isinstance(kind, CashKind) else None)
        self._focus_first()

    def _on_reason(self, words: str) -> None:
        self._reason.setText(words)
        self._reason.setFocus()

    def _on_other_side(self) -> None:
        is_list = self._sides.currentIndex() == 1
        self._sides.setCurrentIndex(0 if is_list else 1)
        self._show_foot()
        if is_list:
            self._focus_first()

    def _on_enter(self) -> None:
        """Enter goes on to the reason, and with one it is done."""
        if not self._reason.text().strip():
            self._reason.setFocus()
        else:
            self._on_done()

    def _on_done(self) -> None:
        assert self._presenter is not None
        kind = self._presenter.kind
        if kind is None:
            self._presenter.open_drawer(self._reason.text())
        else:
            self._presenter.move(self._typed(kind))

    def _typed(self, kind: CashKind) -> Typed:
        is_out = kind is CashKind.RETURN and self._way.value() == "out"
        has_recipient = kind in _HAS_RECIPIENT
        return Typed(
            kind,
            self._amount.value() or Money.ZERO,
            self._reason.text(),
            self._note.text(),
            self._recipient.text() if has_recipient else "",
            is_out=is_out,
        )
