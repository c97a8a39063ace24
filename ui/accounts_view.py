"""The card of 收款账户: the accounts that a phone pays into."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.kinds import AccountKind, Method
from receipts import words
from ui.widgets.card import Card, add_hint, add_row, hairline
from ui.widgets.choice import Choice
from ui.widgets.named import described, named, styled
from ui.widgets.twice_button import TwiceButton

if TYPE_CHECKING:
    from models.selling.account_row import AccountRow
    from ui.settings_presenter import SettingsPresenter


class AccountsCard(Card):
    """The accounts in use, one more to add, and whether a person's own code counts."""

    retired = Signal(int)  # the account's id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Accounts for phone payments"), parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self._holder = named("account_holder", QLineEdit())
        self._holder.setPlaceholderText(_("Account holder"))
        described(_("Account holder"), self._holder)
        self._kind = named("account_kind", Choice(_("Kind"), _kinds()))
        self._kind.show_value(AccountKind.MERCHANT)
        self._wallet = named("account_wallet", Choice(_("Wallet"), _wallets()))
        self._wallet.show_value(Method.PHONE)
        self._add = named("add_account", QPushButton(_("Add")))
        self._lay_out_form()
        self.body.addWidget(hairline())
        self._personal = named("personal_codes", QCheckBox(_("Accept them")))
        add_row(self, _("Personal codes"), self._personal)
        why = _(
            "Money paid to a person's own code is not in the shop's account until that "
            "person hands it over. The day summary marks such payments."
        )
        add_hint(self, why)

    def connect_to(self, presenter: SettingsPresenter) -> None:
        self._presenter = presenter
        self._holder.returnPressed.connect(self._on_added)
        self._add.clicked.connect(self._on_added)
        self._personal.toggled.connect(
            lambda on: presenter.accept_personal_codes(is_on=on)
        )
        self.retired.connect(presenter.retire_account)

    def show_accounts(
        self, accounts: Sequence[AccountRow], *, accepts_personal: bool
    ) -> None:
        with QSignalBlocker(self._personal):
            self._personal.setChecked(accepts_personal)
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for account in accounts:
            is_offered = accepts_personal or account.kind is not AccountKind.PERSONAL
            row = _AccountLine(account, is_offered=is_offered)
            row.retired.connect(partial(self.retired.emit, account.id))
            self._rows.addWidget(row)
            self._rows.addWidget(hairline())
        if not accounts:
            none = _("None yet. Without one, only cash is taken.")
            styled("hint", QLabel(none), self._rows)

    def _lay_out_form(self) -> None:
        first = QHBoxLayout()
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(size("gap_tiny"))
        first.addWidget(self._holder, 1)
        first.addWidget(self._add)
        form = QWidget()
        form.setLayout(first)
        add_row(self, _("New account"), form)
        add_row(self, _("Kind"), self._kind)
        add_row(self, _("Wallet"), self._wallet)

    def _on_added(self) -> None:
        kind, wallet = self._kind.value(), self._wallet.value()
        assert isinstance(kind, AccountKind)
        assert isinstance(wallet, Method)
        holder = self._holder.text()
        if holder.strip():
            self._holder.clear()
        self._presenter.add_account(holder, kind, wallet)
        self._holder.setFocus()


class _AccountLine(QWidget):
    """One account, and the button that retires it when it is pressed twice."""

    retired = Signal()

    def __init__(
        self, account: AccountRow, *, is_offered: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap"))
        texts = QVBoxLayout()
        texts.setContentsMargins(0, size("gap_small"), 0, size("gap_small"))
        texts.setSpacing(0)
        styled("strong", QLabel(account.holder), texts)
        facts = [words.account_kind_name(account.kind, _), _wallet_name(account.wallet)]
        if not is_offered:
            facts.append(_("not offered"))
        styled("hint", QLabel(" · ".join(facts)), texts)
        layout.addLayout(texts, 1)
        button = named(f"retire_{account.id}", TwiceButton(), layout)
        described(_("Retire {holder}").format(holder=account.holder), button)
        button.confirmed.connect(self.retired)


def _kinds() -> list[tuple[object, str]]:
    return [(kind, words.account_kind_name(kind, _)) for kind in AccountKind]


def _wallets() -> list[tuple[object, str]]:
    wallets = (Method.PHONE, Method.WECHAT, Method.ALIPAY)
    return [(method, _wallet_name(method)) for method in wallets]


def _wallet_name(method: Method) -> str:
    if method is Method.PHONE:
        return _("WeChat or Alipay")
    return words.method_name(method, _)
