"""待转交: who still has money of which shifts on his own phone, and who takes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
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
from ui.widgets.card import Card, add_hint, add_row, hairline
from ui.widgets.choice import Choice
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, styled
from ui.widgets.pin_edit import PinEdit

if TYPE_CHECKING:
    from models.selling.personal_money import Held
    from ui.personal_money_presenter import PersonalMoneyPresenter


class PersonalMoneyView(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: PersonalMoneyPresenter | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_wide"))
        layout.addWidget(self._list(), 1)
        layout.addWidget(self._form(), 1)

    def connect_to(self, presenter: PersonalMoneyPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self._show)

    def refresh(self) -> None:
        if self._presenter is not None:
            self._presenter.refresh()

    # --- building -----------------------------------------------------------------

    def _list(self) -> QScrollArea:
        card = Card(_("Still on somebody's own phone"))
        self._none = named("nothing_held", styled("hint", QLabel(), card.body))
        self._none.setText(_("Nothing is to be handed over."))
        self._rows = QVBoxLayout()
        card.body.addLayout(self._rows)
        card.body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(card)
        return scroll

    def _form(self) -> Card:
        card = self._card = Card(_("Hand the money over"))
        self._whose = named("held_of", styled("strong", QLabel(), card.body))
        self._amount = named("held_amount", MoneyEdit())
        add_row(card, _("Amount"), self._amount)
        self._note = named("held_note", QLineEdit())
        self._note.setMaxLength(200)
        add_row(card, _("Note"), self._note)
        self._who_row = QVBoxLayout()
        card.body.addLayout(self._who_row)
        self._who: Choice | None = None
        self._pin = named("held_pin", PinEdit())
        self._pin.returnPressed.connect(self.confirm)
        add_row(card, _("PIN"), self._pin)
        add_hint(card, _("Whoever receives the money signs with the own PIN."))
        card.body.addStretch(1)
        return card

    # --- showing ------------------------------------------------------------------

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)  # at once: it must not be touched any more
                widget.deleteLater()
        for held in presenter.held:
            self._rows.addWidget(self._line(held))
            self._rows.addWidget(hairline())
        self._none.setVisible(not presenter.held)
        chosen = presenter.chosen
        self._card.setVisible(chosen is not None)
        if chosen is not None:
            self._whose.setText(chosen.holder)
            self._amount.setText(chosen.total.plain)
            self._note.clear()
            self._show_receivers()
            (self._pin if presenter.needs_pin else self._amount).setFocus()

    def _line(self, held: Held) -> QWidget:
        line = QWidget()
        layout = QVBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, size("gap_small"))
        row = QHBoxLayout()
        name = styled("strong", QLabel(held.holder))
        name.setWordWrap(True)
        row.addWidget(name, 1)
        total = named(f"held_{held.account_id}", styled("figure", QLabel()), row)
        total.setText(held.total.grouped)
        choose = named(
            f"hand_over_{held.account_id}", QPushButton(_("Hand it on")), row
        )
        described(_("Hand over the money of {name}").format(name=held.holder), choose)
        assert self._presenter is not None
        choose.clicked.connect(partial(self._presenter.choose, held.account_id))
        choose.setEnabled(held.total > Money.ZERO)
        layout.addLayout(row)
        for one in held.shifts:
            words = _("Shift {number} of {day}: {amount}").format(
                number=f"{one.number:04}",
                day=f"{one.business_date:%m-%d}",
                amount=one.rest.grouped,
            )
            styled("hint", QLabel(words), layout)
        return line

    def _show_receivers(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        if self._who is not None:
            self._who.setParent(None)
            self._who.deleteLater()
        options: list[tuple[object, str]] = [
            (one.id, one.name) for one in presenter.takers
        ]
        self._who = named("held_receiver", Choice(_("Who receives it?"), options))
        if options:
            self._who.show_value(options[0][0])
        self._who_row.addWidget(self._who)
        self._pin.clear()
        self._pin.setEnabled(presenter.needs_pin)

    # --- what is done ---------------------------------------------------------------

    @property
    def can_confirm(self) -> bool:
        return self._presenter is not None and self._presenter.chosen is not None

    def confirm(self) -> None:
        presenter = self._presenter
        if presenter is None or presenter.chosen is None or self._who is None:
            return
        receiver = self._who.value()
        if isinstance(receiver, int):
            amount = self._amount.value() or Money.ZERO
            presenter.hand_over(amount, receiver, self._pin.text(), self._note.text())
