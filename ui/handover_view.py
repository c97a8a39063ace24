"""The third step of closing: the difference, where the cash goes, and who takes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
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
from models.money import Money
from models.selling.shift_record import CountRecord, Split
from ui.cash_words import variance_reasons, variance_words
from ui.widgets.card import Card, add_hint, add_row, hairline
from ui.widgets.choice import Choice
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, restyle, styled
from ui.widgets.pin_edit import PinEdit
from ui.widgets.reasons import Reasons

if TYPE_CHECKING:
    from models.people.staff import StaffRow


class HandoverView(QScrollArea):
    signed = Signal(str)  # why it differs
    again_wanted = Signal()  # the cashier counts once more
    confirmed = Signal()
    recount_asked = Signal(int, str, str)  # the receiver, his PIN, and why

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(size("gap_wide"))
        columns.addWidget(self._difference(), 1)
        columns.addWidget(self._receiver(), 1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)

    def reason(self) -> str:
        return self._reason.text()

    def split(self) -> Split:
        left, banked, handed = (one.value() or Money.ZERO for one in self._parts)
        return Split(left, banked, handed)

    def receiver(self) -> int:
        assert self._who is not None
        chosen = self._who.value()
        assert isinstance(chosen, int)
        return chosen

    def pin(self) -> str:
        return self._pin.text()

    # --- building -----------------------------------------------------------------

    def _difference(self) -> Card:
        card = Card(_("Counted"))
        self._figures = {
            name: self._figure(card, name, words)
            for name, words in (
                ("counted", _("Counted")),
                ("expected", _("Expected")),
                ("variance", _("Over or short")),
            )
        }
        self._reasons = named("variance_reasons", Reasons(variance_reasons()))
        self._reasons.chosen.connect(self._on_reason)
        card.body.addWidget(self._reasons)
        self._reason = named("variance_reason", QLineEdit())
        self._reason.returnPressed.connect(self._on_signed)
        add_row(card, _("Reason"), self._reason)
        self._sign = named("sign_variance", QPushButton(_("Sign the difference")))
        self._sign.clicked.connect(self._on_signed)
        self._signed = named("variance_signed", styled("hint", QLabel(), card.body))
        self._signed.setWordWrap(True)
        card.body.addStretch(1)
        row = QHBoxLayout()
        again = named("count_again", QPushButton(_("Count again")), row)
        again.clicked.connect(self.again_wanted)
        row.addStretch(1)
        row.addWidget(self._sign)
        card.body.addLayout(row)
        return card

    def _figure(self, card: Card, name: str, words: str) -> QLabel:
        figure = named(name, styled("total", QLabel()))
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        add_row(card, words, figure)
        return figure

    def _receiver(self) -> Card:
        card = Card(_("Hand over"))
        self._parts = [
            self._part(card, name, words)
            for name, words in (
                ("split_left", _("Stays as float")),
                ("split_banked", _("To the bank")),
                ("split_handed", _("Handed on")),
            )
        ]
        self._who_row = QVBoxLayout()
        card.body.addLayout(self._who_row)
        self._who: Choice | None = None
        self._pin = named("receiver_pin", PinEdit())
        self._pin.returnPressed.connect(self.confirmed)
        add_row(card, _("PIN"), self._pin)
        add_hint(card, _("Whoever takes the drawer over signs with the own PIN."))
        card.body.addStretch(1)
        card.body.addWidget(hairline())
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self._doubt = named("recount_note", QLineEdit(), row)
        self._doubt.setMaxLength(200)
        self._doubt.setPlaceholderText(_("What is not right?"))
        described(_("What is not right?"), self._doubt)
        self._doubt.returnPressed.connect(self._on_recount)
        ask = named("ask_recount", QPushButton(_("Ask for a second count")), row)
        ask.clicked.connect(self._on_recount)
        card.body.addLayout(row)
        return card

    def _part(self, card: Card, name: str, words: str) -> MoneyEdit:
        edit = named(name, MoneyEdit())
        add_row(card, words, edit)
        return edit

    # --- showing ------------------------------------------------------------------

    def show_count(self, count: CountRecord) -> None:
        self._figures["counted"].setText(count.counted.grouped)
        self._figures["expected"].setText(count.expected.grouped)
        variance = self._figures["variance"]
        variance.setText(variance_words(count.variance))
        restyle(variance, "role", "total_danger" if count.variance else "total")
        is_open = not count.is_settled
        self._reasons.setVisible(is_open)
        self._reason.setEnabled(is_open)
        self._sign.setVisible(is_open)
        signed = count.signed
        self._reason.setText("" if signed is None else signed.reason)
        names = [] if signed is None else [signed.staff, signed.approver]
        self._signed.setText(" · ".join(filter(None, names)))

    def show_split(self, split: Split) -> None:
        amounts = (split.left, split.banked, split.handed)
        for edit, amount in zip(self._parts, amounts, strict=True):
            edit.setText(amount.plain)

    def show_receivers(self, people: Sequence[StaffRow], *, needs_pin: bool) -> None:
        if self._who is not None:
            self._who_row.removeWidget(self._who)
            self._who.setParent(None)
            self._who.deleteLater()
        options = [(one.id, one.name) for one in people]
        self._who = named("receiver", Choice(_("Who takes over?"), options))
        self._who.show_value(options[0][0])
        self._who_row.addWidget(self._who)
        self._pin.clear()
        self._doubt.clear()
        self._pin.setEnabled(needs_pin)

    def focus_reason(self) -> None:
        self._reason.setFocus()

    def focus_pin(self) -> None:
        self._pin.setFocus()

    # --- what is done ---------------------------------------------------------------

    def _on_reason(self, words: str) -> None:
        self._reason.setText(words)
        self._reason.setFocus()

    def _on_signed(self) -> None:
        self.signed.emit(self._reason.text())

    def _on_recount(self) -> None:
        self.recount_asked.emit(self.receiver(), self.pin(), self._doubt.text())
