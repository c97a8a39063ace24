"""Phone accounts as their merchant apps show them, blind until they are stored."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.kinds import AccountKind
from models.selling.shift_record import CountRecord
from ui.cash_words import account_reasons, variance_words
from ui.widgets.card import Card
from ui.widgets.choice import Choice
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, restyle, styled
from ui.widgets.number_edit import WholeEdit
from ui.widgets.reasons import Reasons

if TYPE_CHECKING:
    from models.selling.account_lines import AccountLine
    from ui.account_counts_presenter import AccountCountsPresenter


class AccountCountsView(QWidget):
    """The shift that was chosen, and a card for each account."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: AccountCountsPresenter | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        hint = styled("hint", QLabel(), layout)
        hint.setText(
            _(
                "Look in the merchant app: sum and number of payments of the shift. "
                "It may wait for the last close of the day, or for the reconciler."
            )
        )
        hint.setWordWrap(True)
        self._shift_row = QVBoxLayout()
        layout.addLayout(self._shift_row)
        self._shifts: Choice | None = None
        layout.addWidget(self._scroll(), 1)

    def connect_to(self, presenter: AccountCountsPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)

    def refresh(self) -> None:
        if self._presenter is not None:
            self._presenter.refresh()

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, size("gap_tiny"), 0)
        self._none = named("no_accounts", styled("strong", QLabel(), outer))
        self._none.setText(_("Nothing was paid by phone in this shift."))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(size("gap_small"))
        outer.addLayout(self._cards)
        outer.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        return scroll

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self._show_shifts()
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)  # at once: it must not be touched any more
                widget.deleteLater()
        for line in presenter.lines:
            card = AccountCard(line)
            card.stored.connect(partial(self._on_stored, card, line.account_id))
            card.signed.connect(presenter.sign)
            self._cards.addWidget(card)
        self._none.setVisible(not presenter.lines)
        first = self.findChild(MoneyEdit)
        if isinstance(first, MoneyEdit) and self.isVisible():
            first.setFocus()

    def _show_shifts(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        if self._shifts is not None:
            self._shifts.setParent(None)
            self._shifts.deleteLater()
        options: list[tuple[object, str]] = [
            (one.id, f"{one.number:04} · {one.business_date:%m-%d}")
            for one in presenter.shifts
        ]
        self._shifts = named("account_shift", Choice(_("Of which shift?"), options))
        self._shifts.show_value(presenter.shift_id)
        self._shifts.chosen.connect(self._on_shift)
        self._shift_row.addWidget(self._shifts)

    def _on_shift(self, shift_id: object) -> None:
        assert self._presenter is not None
        assert isinstance(shift_id, int)
        self._presenter.choose(shift_id)

    def _on_stored(self, card: AccountCard, account_id: int) -> None:
        assert self._presenter is not None
        self._presenter.count(account_id, card.amount.value(), card.number.value())


class AccountCard(Card):
    """One account: what is typed, and once it is stored the three columns."""

    stored = Signal()
    signed = Signal(int, str)  # the count's id, and why it differs

    def __init__(self, line: AccountLine, parent: QWidget | None = None) -> None:
        super().__init__(_account_words(line), parent)
        self._id = line.account_id
        self.body.addLayout(self._entry())
        if line.count is not None:
            self.body.addLayout(self._statement(line.count))
            self._add_signature(line.count)

    def _entry(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self.amount = named(f"account_sum_{self._id}", MoneyEdit(), row)
        self.number = named(f"account_number_{self._id}", WholeEdit(), row)
        for field, words in (
            (self.amount, _("Sum in the app")),
            (self.number, _("Number of payments")),
        ):
            field.setPlaceholderText(words)
            described(words, field)
        self.amount.returnPressed.connect(self.number.setFocus)
        self.number.returnPressed.connect(self.stored)
        store = named(f"store_account_{self._id}", QPushButton(_("Store  Enter")), row)
        store.clicked.connect(self.stored)
        return row

    def _statement(self, count: CountRecord) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(size("gap_wide"))
        columns = (
            ("expected", _("Expected"), count.expected.grouped, count.expected_n),
            ("counted", _("Counted"), count.counted.grouped, count.counted_n),
            ("variance", _("Over or short"), variance_words(count.variance), None),
        )
        for column, (name, title, amount, number) in enumerate(columns):
            head = styled("hint", QLabel(title))
            figure = named(f"account_{name}_{self._id}", styled("figure", QLabel()))
            figure.setText(amount)
            if name == "variance" and count.variance:
                restyle(figure, "role", "figure_danger")
            times = QLabel(
                "" if number is None else _("Payments: {n}").format(n=number)
            )
            for row, label in enumerate((head, figure, styled("hint", times))):
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(label, row, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _add_signature(self, count: CountRecord) -> None:
        if count.is_settled:
            signed = count.signed
            said = [] if signed is None else [signed.reason, signed.staff]
            if signed is not None:
                said.append(signed.approver)
            words = named(f"account_signed_{self._id}", styled("hint", QLabel()))
            words.setText(" · ".join(filter(None, said)))
            self.body.addWidget(words)
            return
        reasons = Reasons(account_reasons())
        self.body.addWidget(reasons)
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        reason = named(f"account_reason_{self._id}", QLineEdit(), row)
        reason.setPlaceholderText(_("Reason"))
        described(_("Reason"), reason)
        reasons.chosen.connect(reason.setText)
        sign = named(
            f"sign_account_{self._id}", QPushButton(_("Sign the difference")), row
        )

        def on_signed() -> None:
            self.signed.emit(count.id, reason.text())

        reason.returnPressed.connect(on_signed)
        sign.clicked.connect(on_signed)
        self.body.addLayout(row)


def _account_words(line: AccountLine) -> str:
    if line.kind is AccountKind.PERSONAL:
        return _("{name} (personal code)").format(name=line.holder)
    return line.holder
