"""The list of goods, which loses columns when a panel stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScroller,
    QTableView,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.quantity import WeightUnit
from ui import goods_words as words
from ui.widgets.list_model import Column, RowsModel
from ui.widgets.named import described

if TYPE_CHECKING:
    from models.goods.listing import ListedProduct

_SKU, _NAME, _COUNTY, _CATEGORY, _PRICE, _ON_HAND, _STATE = range(7)
_ONLY_ALONE = (_SKU, _COUNTY, _CATEGORY, _STATE)  # hidden beside an open panel


class GoodsList(QTableView):
    """Shows rows of goods and keeps the same product selected when they change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weight_unit = WeightUnit.JIN
        self._model: RowsModel[ListedProduct] = RowsModel(self._columns(), self)
        described(_("Goods"), self)
        self.setModel(self._model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(size("touch"))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        touch = QScroller.ScrollerGestureType.TouchGesture
        QScroller.grabGesture(self.viewport(), touch)

    def show_goods(
        self, rows: Sequence[ListedProduct], weight_unit: WeightUnit
    ) -> None:
        self._weight_unit = weight_unit
        selected = self.selected()
        self._model.show_rows(rows)
        self.select(selected.id if selected else None)

    def selected(self) -> ListedProduct | None:
        index = self.currentIndex()
        return self._model.row(index) if index.isValid() else None

    def select(self, product_id: int | None) -> None:
        """Select the product, or the first one if it is not in the list."""
        ids = [row.id for row in self._model.rows()]
        if ids:
            number = ids.index(product_id) if product_id in ids else 0
            self.selectRow(number)

    def go_to(self) -> None:
        """Take the keys, with a row to work on."""
        self.setFocus()
        if self.selected() is None:
            self.select(None)

    def stand_beside(self, *, is_beside: bool) -> None:
        for column in _ONLY_ALONE:
            self.setColumnHidden(column, is_beside)

    def _columns(self) -> tuple[Column[ListedProduct], ...]:
        def ink(product: ListedProduct) -> str:
            return "" if product.is_active else "ink_disabled"

        def stock_ink(product: ListedProduct) -> str:
            return "danger" if product.on_hand.amount < 0 else ink(product)

        def price(product: ListedProduct) -> str:
            return words.price_of(product, self._weight_unit)

        def on_hand(product: ListedProduct) -> str:
            return words.quantity_of(product.on_hand, self._weight_unit)

        return (
            Column(_("SKU"), lambda product: product.sku, colour=ink),
            Column(_("Name"), words.name_of, colour=ink),
            Column(_("County"), words.county_of, colour=ink),
            Column(_("Category"), words.category_of, colour=ink),
            Column(_("Price"), price, is_figure=True, colour=ink),
            Column(_("On hand"), on_hand, is_figure=True, colour=stock_ink),
            Column(_("State"), words.state_of, colour=ink),
        )
