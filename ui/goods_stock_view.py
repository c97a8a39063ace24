"""What comes in, goes out or is counted of one product, beside the list of goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from models.quantity import WeightUnit
from ui.goods_fields_view import Fields, TextEdit, panel_button
from ui.goods_words import name_of, quantity_of
from ui.widgets.choice import Choice
from ui.widgets.elided import ElidedLabel
from ui.widgets.keypad import Keypad
from ui.widgets.named import described, named, styled
from ui.widgets.number_edit import QuantityEdit
from ui.words import unit_word

if TYPE_CHECKING:
    from models.goods.listing import ListedProduct

DELIVERY, COUNT = "delivery", "count"


class GoodsStockView(QFrame):
    """Says why goods move and how many; decides nothing."""

    move_wanted = Signal(str, object, str)  # reason, Quantity, note
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("panel", self)
        layout = QVBoxLayout(self)
        layout.setSpacing(size("gap_small"))
        self._title = styled("heading", ElidedLabel())
        layout.addWidget(self._title)
        self._on_hand = named("on_hand", styled("strong", QLabel()), layout)
        layout.addWidget(self._reasons())
        layout.addWidget(self._fields())
        self._keypad = Keypad(self._amount)
        layout.addWidget(self._keypad, 1)
        layout.addLayout(self._foot())

    def show_product(self, product: ListedProduct, weight_unit: WeightUnit) -> None:
        """Ask anew, a delivery first."""
        self._title.setText(name_of(product))
        self._on_hand.setText(
            _("On hand: {quantity}").format(
                quantity=quantity_of(product.on_hand, weight_unit)
            )
        )
        if product.on_hand.is_weight:
            self._amount.weigh_in(weight_unit)
            words = _("Weight in {unit}").format(unit=unit_word(weight_unit))
        else:
            self._amount.count_pieces()
            words = _("How many pieces")
        self._amount_words.setText(words)
        described(words, self._amount)
        self._note.clear()
        self._choose(DELIVERY)
        self._amount.setFocus()

    def confirm(self) -> None:
        """Move what was typed; without an amount, ask for it."""
        amount = self._amount.value()
        if amount is None:
            self._amount.setFocus()
            return
        self.move_wanted.emit(str(self._reason.value()), amount, self._note.text())

    # --- building -------------------------------------------------------------

    def _reasons(self) -> Choice:
        self._reason = Choice(
            _("Reason"),
            (
                (DELIVERY, _("Delivery")),
                (COUNT, _("Stock count")),
                ("return", _("Send back")),
                ("waste", _("Waste")),
                ("tasting", _("Tasting")),
                ("gift", _("Gift")),
            ),
        )
        self._reason.chosen.connect(self._choose)
        return named("stock_reason", self._reason)

    def _fields(self) -> Fields:
        fields = Fields()
        self._amount = styled("total", named("stock_amount", QuantityEdit()))
        self._amount.returnPressed.connect(self.confirm)
        self._note = named("stock_note", TextEdit())
        self._note.returnPressed.connect(self.confirm)
        self._amount_words = fields.add(_("How many pieces"), self._amount)
        fields.add(_("Note or delivery number"), self._note)
        return fields

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        row.addWidget(panel_button("close_stock", _("Close  Esc"), self.left.emit))
        self._save = panel_button("save_stock", "", self.confirm, role="primary")
        row.addWidget(self._save, 1)
        return row

    # --- what happens ---------------------------------------------------------

    def _choose(self, reason: object) -> None:
        self._reason.show_value(reason)
        words = {
            DELIVERY: _("Take in  F12"),
            COUNT: _("Set to what was counted  F12"),
        }.get(str(reason), _("Take out  F12"))
        self._save.setText(words)
        described(words, self._save)
        self._amount.setFocus()
