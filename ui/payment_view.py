"""The payment panel: what is due, what was handed over, and how to take the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.cart import Bill, suggested_notes
from models.i18n import _
from models.kinds import AccountKind, BuyerKind, Method
from models.money import Money
from models.selling.account_row import AccountRow
from ui.widgets.keypad import Keypad
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, styled
from ui.words import method_name

_MOST_NOTES = 4


class PaymentView(QWidget):
    """Stands in place of the goods; the basket and the total stay in view."""

    cash_paid = Signal(object)  # Money, or None for exactly what is due
    phone_paid = Signal(object, object, str)  # Method, Money or None, reference
    account_chosen = Signal(int, object, object, str)  # id, Method, Money, reference
    taken_back = Signal()
    buyer_changed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        layout = QHBoxLayout(self)
        gap = size("gap")
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addLayout(self._left_side(), 1)
        layout.addLayout(self._right_side(), 1)
        self._method: Method = Method.WECHAT

    def show_bill(self, bill: Bill, buyer: BuyerKind) -> None:
        self._due.setText(str(bill.due))
        rounding = bill.due - bill.due_in_cash
        self._cash_due.setText(
            _("In cash {due} (rounding −{rounding})").format(
                due=bill.due_in_cash, rounding=rounding.plain
            )
            if rounding
            else ""
        )
        self._show_tenders(bill)
        self._show_notes(bill)
        self._cash.setText(
            _("Store the sale  Enter") if bill.is_settled else _("Cash  Enter")
        )
        self._buyer.setText(
            _("Buyer: a person") if buyer is BuyerKind.PERSON else _("Buyer: a unit")
        )
        self._other_buyer = (
            BuyerKind.UNIT if buyer is BuyerKind.PERSON else BuyerKind.PERSON
        )
        self._back.setEnabled(bool(bill.tenders))
        self._amount.clear()
        self._reference.clear()
        self._accounts.hide()
        self._amount.setFocus()

    def show_goes_back(self, amount: Money) -> None:
        """What the customer gets beside the goods; nothing as a rule."""
        words = _("Goes back: {amount}").format(amount=amount)
        self._goes_back.setText(words if amount else "")
        self._goes_back.setVisible(bool(amount))

    def choose_account(self, method: Method, accounts: Sequence[AccountRow]) -> None:
        """Ask which account the phone paid into."""
        self._method = method
        _empty(self._account_buttons)
        for account in accounts:
            button = styled(
                "secondary", QPushButton(account_words(account).replace("&", "&&"))
            )
            named(f"account_{account.id}", button, self._account_buttons)
            button.clicked.connect(partial(self._on_account, account.id))
        self._accounts.show()

    # --- building -------------------------------------------------------------

    def _left_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(size("gap_small"))
        styled("hint", QLabel(_("Still due")), side)
        self._due = named("due", styled("change-due", QLabel()), side)
        self._cash_due = named("cash_due", styled("strong", QLabel()), side)
        self._tenders = named("tenders", QLabel(), side)
        self._tenders.setTextFormat(Qt.TextFormat.PlainText)
        self._goes_back = named("goes_back", styled("warn", QLabel()), side)
        self._goes_back.hide()
        self._accounts = styled("panel", QFrame())
        self._account_buttons = QVBoxLayout(self._accounts)
        side.addWidget(self._accounts)
        side.addStretch(1)
        self._reference = named("reference", QLineEdit(), side)
        self._reference.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._reference.setMaxLength(64)
        self._reference.setPlaceholderText(_("Phone reference (may stay empty)"))
        described(_("Reference of the phone payment"), self._reference)
        side.addLayout(self._methods())
        return side

    def _methods(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(size("gap_small"))
        wechat = self._phone_button(Method.WECHAT, _("WeChat received  F2"))
        alipay = self._phone_button(Method.ALIPAY, _("Alipay received  F3"))
        self._buyer = self._button("buyer", "", self._on_buyer)
        self._back = self._button("take_back", _("Take back  F4"), self.taken_back.emit)
        leave = self._button("leave_payment", _("Back  Esc"), self.left.emit)
        grid.addWidget(wechat, 0, 0, 1, 2)
        grid.addWidget(alipay, 1, 0, 1, 2)
        grid.addWidget(self._buyer, 2, 0, 1, 2)
        grid.addWidget(self._back, 3, 0)
        grid.addWidget(leave, 3, 1)
        return grid

    def _right_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(size("gap_small"))
        styled("hint", QLabel(_("Received in cash; empty is exact")), side)
        self._amount = named("amount", styled("total", MoneyEdit()), side)
        described(_("Amount received"), self._amount)
        self._amount.returnPressed.connect(self.pay_cash)
        self._notes = QGridLayout()
        self._notes.setSpacing(size("gap_small"))
        side.addLayout(self._notes)
        self._keypad = Keypad(self._amount)
        side.addWidget(self._keypad, 1)
        self._cash = self._button("cash", _("Cash  Enter"), self.pay_cash)
        self._cash.setProperty("role", "primary")
        side.addWidget(self._cash)
        return side

    def _phone_button(self, method: Method, text: str) -> QPushButton:
        return self._button(method.value, text, partial(self.pay_phone, method))

    def _button(self, name: str, text: str, act: Callable[[], None]) -> QPushButton:
        button = named(name, styled("secondary", QPushButton(text)))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _on: act())
        return button

    # --- showing --------------------------------------------------------------

    def _show_tenders(self, bill: Bill) -> None:
        lines = [
            f"{method_name(tender.method)}  {tender.tendered}"
            + (f"  ({tender.reference})" if tender.reference else "")
            for tender in bill.tenders
        ]
        if bill.rounding:
            lines.append(_("Rounding  −{amount}").format(amount=bill.rounding.plain))
        self._tenders.setText("\n".join(lines))
        self._tenders.setVisible(bool(lines))

    def _show_notes(self, bill: Bill) -> None:
        _empty(self._notes)
        if bill.is_settled:
            return
        notes = suggested_notes(bill.due_in_cash)[:_MOST_NOTES]
        for column, note in enumerate(notes):
            words = _("Exact {amount}") if column == 0 else "{amount}"
            button = styled("secondary", QPushButton(words.format(amount=note.plain)))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            named(f"note_{column}", button)
            button.clicked.connect(partial(self.cash_paid.emit, note))
            self._notes.addWidget(button, column // 2, column % 2)

    # --- what happens ---------------------------------------------------------

    def pay_phone(self, method: Method) -> None:
        self.phone_paid.emit(method, self._typed(), self._reference.text())

    def pay_cash(self) -> None:
        self.cash_paid.emit(self._typed())

    def _on_account(self, account_id: int) -> None:
        self.account_chosen.emit(
            account_id, self._method, self._typed(), self._reference.text()
        )

    def _on_buyer(self) -> None:
        self.buyer_changed.emit(self._other_buyer)

    def _typed(self) -> Money | None:
        return self._amount.value()


def account_words(account: AccountRow) -> str:
    """Holder, wallet, and a mark on a personal code."""
    words = f"{account.holder} · {method_name(account.wallet)}"
    if account.kind is AccountKind.PERSONAL:
        return _("{name} (personal code)").format(name=words)
    return words


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
