"""What comes in, goes out or is counted of one product, beside the list of goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from models.quantity import Quantity, WeightUnit
from ui.goods_acts import StockAct
from ui.goods_fields_view import Fields, ListEdit, TextEdit, panel_button, show_place
from ui.goods_pick_view import GoodsPick
from ui.goods_words import name_of, quantity_of
from ui.widgets.choice import Choice
from ui.widgets.elided import ElidedLabel
from ui.widgets.keypad import Keypad
from ui.widgets.named import described, named, styled
from ui.widgets.number_edit import QuantityEdit
from ui.words import unit_word

if TYPE_CHECKING:
    from ui.goods_stock_presenter import GoodsStockPresenter

DELIVERY, COUNT, TRANSFER, REPACK = "delivery", "count", "transfer", "repack"


class GoodsStockView(QFrame):
    """Says why goods move and how many; decides nothing."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("panel", self)
        self._presenter: GoodsStockPresenter | None = None
        layout = QVBoxLayout(self)
        gap, small = size("gap"), size("focus_gap")  # the keypad needs the height
        layout.setSpacing(small)
        layout.setContentsMargins(gap, small, gap, small)
        layout.addLayout(self._head())
        layout.addWidget(self._reasons())
        layout.addWidget(self._fields())
        self._keypad = Keypad(self._amount)
        layout.addWidget(self._keypad, 1)
        layout.addLayout(self._foot())

    def connect_to(self, presenter: GoodsStockPresenter) -> None:
        self._presenter = presenter
        self._made_of.search_wanted.connect(presenter.look_for)
        presenter.found.connect(lambda: self._made_of.offer(presenter.goods))

    def show_product(self) -> None:
        """Ask anew, a delivery first."""
        assert self._presenter is not None
        product, unit = self._presenter.product, self._presenter.weight_unit
        assert product is not None
        self._title.setText(name_of(product))
        on_hand = quantity_of(product.on_hand, unit)
        self._on_hand.setText(_("On hand: {quantity}").format(quantity=on_hand))
        _ask(self._amount, self._weight_unit_of(product.on_hand))
        self._note.clear()
        self._made_of.start()
        outlets = self._presenter.outlets
        self._outlet.offer([(str(one.id), one.name) for one in outlets])
        self._outlet.setCurrentIndex(0 if len(outlets) == 1 else -1)
        self._reason.show_option(TRANSFER, is_shown=bool(outlets))
        self._choose(DELIVERY)

    def confirm(self) -> None:
        """Move what was typed; without an amount, ask for it."""
        assert self._presenter is not None
        amount, reason = self._amount.value(), str(self._reason.value())
        self._made_of.settle()
        missing: list[QWidget] = [self._amount] if amount is None else []
        if reason == REPACK:
            missing += [] if self._made_of.goods() else [self._made_of]
            missing += [] if self._made.value() else [self._made]
        if missing or amount is None:
            missing[0].setFocus()
            return
        self._presenter.move(self._act(reason, amount))

    def take_scan(self, code: str) -> bool:
        """Whether a scan means something here: the goods to repack into."""
        if self._reason.value() == REPACK:
            self._made_of.take_scan(code)
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keypad types into the amount that was gone to last."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QuantityEdit):
            self._keypad.type_into(watched)
        return super().eventFilter(watched, event)

    # --- building -------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap"))
        self._title = styled("heading", ElidedLabel())
        row.addWidget(self._title, 1)
        self._on_hand = named("on_hand", styled("strong", QLabel()), row)
        return row

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
                (REPACK, _("Repack")),
                (TRANSFER, _("Transfer")),
            ),
        )
        self._reason.chosen.connect(self._choose)
        return named("stock_reason", self._reason)

    def _fields(self) -> Fields:
        fields = Fields()
        self._amount = styled("total", named("stock_amount", QuantityEdit()))
        self._made = styled("total", named("stock_made", QuantityEdit()))
        self._made_of = named("stock_made_of", GoodsPick())
        self._made_of.picked.connect(self._on_picked)
        self._note = named("stock_note", TextEdit())
        self._outlet = named("stock_outlet", ListEdit())
        self._amount_words = fields.add(_("How many pieces"), self._amount)
        fields.add(_("Note or delivery number"), self._note)
        fields.add(_("Repacked into"), self._made_of)
        self._made_words = fields.add(_("How many pieces come of it"), self._made)
        fields.add(_("To which outlet"), self._outlet)
        for field in (self._amount, self._made):
            field.installEventFilter(self)
            field.returnPressed.connect(self.confirm)
        self._note.returnPressed.connect(self.confirm)
        self._show_fields("")
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
            REPACK: _("Repack  F12"),
            TRANSFER: _("Send there  F12"),
        }.get(str(reason), _("Take out  F12"))
        self._save.setText(words)
        described(words, self._save)
        self._show_fields(str(reason))
        self._show_words()
        self._amount.setFocus()

    def _show_fields(self, reason: str) -> None:
        for field in (self._made, self._made_of):
            show_place(field, is_shown=reason == REPACK)
        show_place(self._outlet, is_shown=reason == TRANSFER)

    def _on_picked(self) -> None:
        """Ask for pieces or for a weight, by what is picked."""
        goods = self._made_of.goods()
        _ask(self._made, self._weight_unit_of(goods.on_hand) if goods else None)
        self._show_words()
        if goods is not None:
            self._made.setFocus()

    def _show_words(self) -> None:
        assert self._presenter is not None
        assert self._presenter.product is not None
        goods, is_repacked = self._made_of.goods(), self._reason.value() == REPACK
        unit = self._weight_unit_of(self._presenter.product.on_hand)
        made = self._weight_unit_of(goods.on_hand) if goods else None
        taken = _taken_words(unit) if is_repacked else _amount_words(unit)
        self._amount_words.setText(taken)
        described(taken, self._amount)
        self._made_words.setText(_made_words(made))
        described(_made_words(made), self._made)

    def _weight_unit_of(self, on_hand: Quantity) -> WeightUnit | None:
        assert self._presenter is not None
        return self._presenter.weight_unit if on_hand.is_weight else None

    def _act(self, reason: str, amount: Quantity) -> StockAct:
        goods, outlet = self._made_of.goods(), self._outlet.value()
        is_repacked = reason == REPACK
        return StockAct(
            reason,
            amount,
            self._note.text(),
            made_id=goods.id if goods and is_repacked else None,
            made=self._made.value() if is_repacked else None,
            outlet_id=int(outlet) if outlet and reason == TRANSFER else None,
        )


def _ask(field: QuantityEdit, unit: WeightUnit | None) -> None:
    """For pieces, or for a weight in ``unit``."""
    if unit is None:
        field.count_pieces()
    else:
        field.weigh_in(unit)


def _amount_words(unit: WeightUnit | None) -> str:
    if unit is None:
        return _("How many pieces")
    return _("Weight in {unit}").format(unit=unit_word(unit))


def _taken_words(unit: WeightUnit | None) -> str:
    if unit is None:
        return _("How many pieces are opened or used")
    return _("Weight used, in {unit}").format(unit=unit_word(unit))


def _made_words(unit: WeightUnit | None) -> str:
    if unit is None:
        return _("How many pieces come of it")
    return _("Weight that comes of it, in {unit}").format(unit=unit_word(unit))
