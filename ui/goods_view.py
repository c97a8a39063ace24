"""The goods page: the list, and beside it a form, a stock panel or an import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScroller,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.quantity import WeightUnit
from ui import goods_words as words
from ui.goods_form_view import GoodsFormView
from ui.goods_import_view import GoodsImportView
from ui.goods_stock_view import GoodsStockView
from ui.widgets.list_model import Column, RowsModel
from ui.widgets.named import described, named, styled
from ui.widgets.search_edit import SearchEdit

if TYPE_CHECKING:
    from models.goods.listing import ListedProduct
    from ui.goods_presenter import GoodsPresenter

_SKU, _NAME, _COUNTY, _CATEGORY, _PRICE, _ON_HAND, _STATE = range(7)
_ONLY_ALONE = (_SKU, _COUNTY, _CATEGORY, _STATE)  # hidden beside an open panel


class GoodsView(QWidget):
    """Shows a GoodsPresenter; built without it, connected when there is one."""

    left = Signal()  # Esc, with no panel open

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: GoodsPresenter | None = None
        self._weight_unit = WeightUnit.JIN
        self._form, self._stock = GoodsFormView(), GoodsStockView()
        self._import = GoodsImportView()
        layout = QHBoxLayout(self)
        gap = size("gap_small")
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addLayout(self._left_side(), 1)
        layout.addWidget(self._panels(), 1)
        self._add_keys()

    def connect_to(self, presenter: GoodsPresenter) -> None:
        self._presenter = presenter
        self._search.textChanged.connect(presenter.search)
        self._form.save_wanted.connect(presenter.save)
        self._stock.move_wanted.connect(presenter.move_stock)
        self._import.connect_to(presenter.table)
        presenter.rows_changed.connect(self._show_rows)
        presenter.form_opened.connect(self._show_form)
        presenter.form_refused.connect(self._form.mark)
        presenter.form_saved.connect(self._on_saved)
        presenter.stock_opened.connect(self._show_stock)
        presenter.stock_moved.connect(self._show_stock)
        presenter.load()

    def scan(self, code: str) -> None:
        """Into the open form, or else looked for in the list."""
        if self._open_panel() is self._form:
            self._form.take_scan(code)
        else:
            self._search.setText(code)
            self._rows.setFocus()

    # --- building -------------------------------------------------------------

    def _left_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(size("gap_small"))
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(size("gap_tiny"))
        self._search = named("goods_search", SearchEdit())
        self._search.setPlaceholderText(_("Name, pinyin or code  F2"))
        self._search.returnPressed.connect(self._to_list)
        self._search.left.connect(self._to_list)
        self._top.addWidget(self._search, 1)
        self._top.addLayout(self._buttons())
        side.addLayout(self._top)
        side.addWidget(self._list(), 1)
        self._count = named("goods_count", styled("hint", QLabel()), side)
        return side

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_tiny"))
        for name, text, act in (
            ("add_goods", _("Add  Ins"), self._on_add),
            ("edit_goods", _("Edit  Enter"), self._on_edit),
            ("stock_goods", _("Stock  F3"), self._on_stock),
            ("import_goods", _("Import  F4"), self._on_import),
        ):
            button = named(name, QPushButton(text))
            button.clicked.connect(act)
            row.addWidget(button, 1)
        return row

    def _list(self) -> QTableView:
        self._model: RowsModel[ListedProduct] = RowsModel(self._columns(), self)
        rows = described(_("Goods"), named("goods", QTableView()))
        rows.setModel(self._model)
        rows.setShowGrid(False)
        rows.setWordWrap(False)
        rows.setTabKeyNavigation(False)
        rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        rows.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.verticalHeader().hide()
        rows.verticalHeader().setDefaultSectionSize(size("touch"))
        rows.activated.connect(self._on_edit)
        header = rows.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        QScroller.grabGesture(
            rows.viewport(), QScroller.ScrollerGestureType.TouchGesture
        )
        self._rows = rows
        return rows

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

    def _panels(self) -> QStackedWidget:
        self._panel = QStackedWidget()
        for view in (self._form, self._stock, self._import):
            view.left.connect(self._on_escape)
            self._panel.addWidget(view)
        self._panel.hide()
        return self._panel

    def _add_keys(self) -> None:
        for key, act in (
            ("F2", self._on_search),
            ("Ins", self._on_add),
            ("F3", self._on_stock),
            ("F4", self._on_import),
            ("F12", self._on_confirm),
            ("Esc", self._on_escape),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- what is shown --------------------------------------------------------

    def _show_rows(self) -> None:
        """The list anew, with the same product selected."""
        assert self._presenter is not None
        self._weight_unit = self._presenter.weight_unit
        selected = self._selected()
        self._model.show_rows(self._presenter.rows)
        self._select(selected.id if selected else None)
        self._count.setText(
            _("{count} goods. {hint}").format(
                count=len(self._presenter.rows), hint=self._hint()
            )
        )

    def _hint(self) -> str:
        if self._presenter is not None and self._presenter.rows:
            return ""
        if self._search.text():
            return _("Nothing is called that. Try fewer letters.")
        return _("Add goods with Ins, or import a table with F4.")

    def _show_form(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        assert presenter.draft is not None
        self._form.show_draft(
            presenter.draft,
            presenter.choices,
            presenter.weight_unit,
            is_new=presenter.is_new,
        )
        self._open(self._form)
        self._form.focus_field("name")

    def _show_stock(self) -> None:
        assert self._presenter is not None
        assert self._presenter.stocked is not None
        self._open(self._stock)
        self._stock.show_product(self._presenter.stocked, self._presenter.weight_unit)

    def _on_saved(self, product_id: int) -> None:
        self._close_panel()
        self._select(product_id)

    # --- what the cashier does ------------------------------------------------

    def _on_add(self) -> None:
        if self._presenter is not None and self._may_leave():
            self._presenter.start_new()

    def _on_edit(self) -> None:
        selected = self._selected()
        if self._presenter is not None and selected and self._may_leave():
            self._presenter.start_edit(selected.id)

    def _on_stock(self) -> None:
        selected = self._selected()
        if self._presenter is not None and selected and self._may_leave():
            self._presenter.start_stock(selected.id)

    def _on_import(self) -> None:
        if self._presenter is not None and self._may_leave():
            self._open(self._import)
            self._import.start()

    def _on_confirm(self) -> None:
        view = self._open_panel()
        if view is not None:
            view.confirm()

    def _on_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _on_escape(self) -> None:
        """Close what is open, then empty the search, then leave."""
        if self._open_panel() is not None:
            if self._may_leave():
                self._close_panel()
        elif self._search.text():
            self._search.clear()
        else:
            self.left.emit()

    def _may_leave(self) -> bool:
        """False once while the form holds what is not saved; it says so then."""
        return self._open_panel() is not self._form or self._form.may_leave()

    def _open_panel(self) -> GoodsFormView | GoodsStockView | GoodsImportView | None:
        if not self._panel.isVisibleTo(self):
            return None
        views = (self._form, self._stock, self._import)
        return views[self._panel.currentIndex()]

    def _open(self, view: QWidget) -> None:
        self._panel.setCurrentWidget(view)
        self._panel.show()
        self._fit()

    def _close_panel(self) -> None:
        self._panel.hide()
        self._fit()
        self._to_list()

    def _fit(self) -> None:
        """Beside an open panel: fewer columns, and the buttons below the search."""
        is_beside = self._panel.isVisibleTo(self)
        for column in _ONLY_ALONE:
            self._rows.setColumnHidden(column, is_beside)
        direction = QBoxLayout.Direction
        self._top.setDirection(
            direction.TopToBottom if is_beside else direction.LeftToRight
        )

    def _to_list(self) -> None:
        self._rows.setFocus()
        if self._selected() is None:
            self._select(None)

    def _selected(self) -> ListedProduct | None:
        index = self._rows.currentIndex()
        return self._model.row(index) if index.isValid() else None

    def _select(self, product_id: int | None) -> None:
        """Select the product, or the first one if it is not in the list."""
        ids = [row.id for row in self._model.rows()]
        if ids:
            number = ids.index(product_id) if product_id in ids else 0
            self._rows.selectRow(number)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._open_panel() is None:
            self._to_list()
