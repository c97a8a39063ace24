"""The event prices of one product, beside the list of goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui.goods_acts import NewOffer
from ui.goods_fields_view import Fields, PriceEdit, panel_button
from ui.goods_words import name_of, price_of, price_words
from ui.widgets.choice import Choice
from ui.widgets.day_edit import DayEdit
from ui.widgets.elided import ElidedLabel
from ui.widgets.list_model import Column, RowsModel
from ui.widgets.named import described, named, styled

if TYPE_CHECKING:
    from models.goods.event_prices import EventPriceRow
    from ui.goods_offers_presenter import GoodsOffersPresenter

EVERYWHERE, OUTLET, EVENT = "everywhere", "outlet", "event"


class GoodsOffersView(QFrame):
    """Shows what holds, held and will hold, and takes another one."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("panel", self)
        self._presenter: GoodsOffersPresenter | None = None
        layout = QVBoxLayout(self)
        layout.setSpacing(size("gap_small"))
        self._title = styled("heading", ElidedLabel())
        layout.addWidget(self._title)
        self._list_price = named("list_price", styled("strong", QLabel()), layout)
        layout.addWidget(self._table(), 1)
        self._none = named("no_offers", styled("hint", QLabel()))
        self._none.setText(_("No event price yet. Add the first one below."))
        layout.addWidget(self._none, 1, Qt.AlignmentFlag.AlignTop)
        self._end = panel_button("end_offer", _("End the selected one"), self._on_end)
        layout.addWidget(self._end, 0, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self._fields())
        layout.addLayout(self._foot())

    def connect_to(self, presenter: GoodsOffersPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self.show_product)

    def show_product(self) -> None:
        """The list anew, and an empty form below it."""
        presenter = self._presenter
        assert presenter is not None
        assert presenter.product is not None
        product, unit = presenter.product, presenter.weight_unit
        self._title.setText(name_of(product))
        price = price_of(product, unit)
        self._list_price.setText(_("List price: {price}").format(price=price))
        self._model.show_rows(presenter.rows)
        self._rows.setVisible(bool(presenter.rows))
        self._none.setVisible(not presenter.rows)
        self._rows.selectRow(0)
        self._show_end()
        self._price.sell_by(product.on_hand.unit, unit)
        self._price.show_price(None)
        self._where.show_option(EVENT, is_shown=bool(presenter.event_name))
        self._where.show_value(EVENT if presenter.event_name else OUTLET)
        self._first.show_day(presenter.today)
        self._last.show_day(presenter.today)
        self._price.setFocus()

    def confirm(self) -> None:
        """Add what the form says; without a price, ask for it."""
        assert self._presenter is not None
        price = self._price.value()
        if price is None:
            self._price.setFocus()
            return
        where = str(self._where.value())
        self._presenter.add(NewOffer(price, where, self._first.day(), self._last.day()))

    # --- building -------------------------------------------------------------

    def _table(self) -> QTableView:
        self._model: RowsModel[EventPriceRow] = RowsModel(self._columns(), self)
        table = described(_("Event prices"), named("offers", QTableView()))
        table.setModel(self._model)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(size("touch"))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._show_end)
        self._rows = table
        return table

    def _columns(self) -> tuple[Column[EventPriceRow], ...]:
        def ink(row: EventPriceRow) -> str:
            assert self._presenter is not None
            return "ink_disabled" if row.is_over(self._presenter.today) else ""

        return (
            Column(_("Price"), self._price_of, is_figure=True, colour=ink),
            Column(_("Where"), _where, colour=ink),
            Column(_("First day"), lambda row: row.first.isoformat(), colour=ink),
            Column(_("Last day"), lambda row: row.last.isoformat(), colour=ink),
        )

    def _fields(self) -> Fields:
        fields = Fields()
        self._price = named("offer_price", PriceEdit("offer"))
        self._price.amount.returnPressed.disconnect()
        self._price.amount.returnPressed.connect(self.confirm)
        self._where = Choice(
            _("Where it holds"),
            (
                (EVENT, _("This event")),
                (OUTLET, _("This outlet")),
                (EVERYWHERE, _("Everywhere")),
            ),
        )
        self._where.chosen.connect(self._where.show_value)
        self._first = named("offer_first", DayEdit())
        self._last = named("offer_last", DayEdit())
        fields.add(_("Event price"), self._price)
        fields.add(_("Where it holds"), named("offer_where", self._where), is_wide=True)
        fields.add(_("First day"), self._first)
        fields.add(_("Last day"), self._last)
        return fields

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        row.addWidget(panel_button("close_offers", _("Close  Esc"), self.left.emit))
        words = _("Add the event price  F12")
        row.addWidget(panel_button("add_offer", words, self.confirm, role="primary"), 1)
        return row

    # --- what happens ---------------------------------------------------------

    def _price_of(self, row: EventPriceRow) -> str:
        presenter = self._presenter
        assert presenter is not None
        assert presenter.product is not None
        unit = presenter.product.on_hand.unit
        return price_words(row.price, unit, presenter.weight_unit)

    def _show_end(self) -> None:
        """What is over cannot be ended."""
        assert self._presenter is not None
        index = self._rows.currentIndex()
        row = self._model.row(index) if index.isValid() else None
        is_over = row is None or row.is_over(self._presenter.today)
        self._end.setVisible(bool(self._presenter.rows))
        self._end.setEnabled(not is_over)

    def _on_end(self) -> None:
        assert self._presenter is not None
        self._presenter.end(self._model.row(self._rows.currentIndex()).id)


def _where(row: EventPriceRow) -> str:
    return row.outlet or row.event or _("everywhere")
