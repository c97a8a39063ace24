"""The goods page: the list, and beside it a form or another panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui.goods_export_view import GoodsExportView
from ui.goods_form_view import GoodsFormView
from ui.goods_import_view import GoodsImportView
from ui.goods_labels_view import GoodsLabelsView
from ui.goods_list_view import GoodsList
from ui.goods_offers_view import GoodsOffersView
from ui.goods_promotions_view import GoodsPromotionsView
from ui.goods_stock_view import GoodsStockView
from ui.widgets.named import described, named, styled
from ui.widgets.search_edit import SearchEdit

if TYPE_CHECKING:
    from ui.goods_presenter import GoodsPresenter

_Panel = (
    GoodsFormView
    | GoodsStockView
    | GoodsOffersView
    | GoodsPromotionsView
    | GoodsLabelsView
    | GoodsImportView
    | GoodsExportView
)
_ACTS_BESIDE = 3  # in a row of buttons when a panel stands beside the list


class GoodsView(QWidget):
    """Shows a GoodsPresenter; built without it, connected when there is one."""

    left = Signal()  # Esc, with no panel open
    turned = Signal()  # to another panel or to none: what was told before is past

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: GoodsPresenter | None = None
        self._form, self._stock = GoodsFormView(), GoodsStockView()
        self._offers, self._labels = GoodsOffersView(), GoodsLabelsView()
        self._promotions = GoodsPromotionsView()
        self._import, self._export = GoodsImportView(), GoodsExportView()
        self._views: tuple[_Panel, ...] = (
            self._form,
            self._stock,
            self._offers,
            self._promotions,
            self._labels,
            self._import,
            self._export,
        )
        layout = QHBoxLayout(self)
        gap = size("gap_small")
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(gap)
        layout.addLayout(self._left_side(), 1)
        layout.addWidget(self._panels(), 1)
        self._fit(is_beside=False)
        self._add_keys()

    def connect_to(self, presenter: GoodsPresenter) -> None:
        self._presenter = presenter
        self._search.textChanged.connect(presenter.search)
        self._form.save_wanted.connect(presenter.save)
        self._stock.connect_to(presenter.stock)
        self._offers.connect_to(presenter.offers)
        self._promotions.connect_to(presenter.promotions)
        self._labels.connect_to(presenter.labels)
        self._import.connect_to(presenter.table)
        self._export.connect_to(presenter.export)
        presenter.rows_changed.connect(self._show_rows)
        presenter.form_opened.connect(self._show_form)
        presenter.form_refused.connect(self._form.mark)
        presenter.form_saved.connect(self._on_saved)
        presenter.stock.opened.connect(self._show_stock)
        presenter.stock.moved.connect(self._show_stock)
        presenter.offers.opened.connect(self._show_offers)
        presenter.promotions.opened.connect(self._show_promotions)

    def scan(self, code: str) -> None:
        """Into what is open and asks for a code, or else looked for in the list."""
        view = self._open_panel()
        if view is self._form:
            self._form.take_scan(code)
        elif not (
            isinstance(view, GoodsStockView | GoodsPromotionsView)
            and view.take_scan(code)
        ):
            self._search.setText(code)
            self._rows.setFocus()

    # --- building -------------------------------------------------------------

    def _left_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(size("gap_small"))
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(size("gap_tiny"))
        self._search = named("goods_search", SearchEdit())
        self._search.setPlaceholderText(_("Name or code  F2"))
        self._top.addWidget(self._search, 1)
        self._top.addLayout(self._act_buttons())
        side.addLayout(self._top)
        self._rows = named("goods", GoodsList())
        self._rows.activated.connect(self._on_edit)
        self._rows.selectionModel().currentRowChanged.connect(self._on_selected)
        self._search.returnPressed.connect(self._rows.go_to)
        self._search.left.connect(self._rows.go_to)
        side.addWidget(self._rows, 1)
        side.addLayout(self._table_buttons())
        return side

    def _act_buttons(self) -> QGridLayout:
        """What is done with the selected goods."""
        self._acts = QGridLayout()
        self._acts.setSpacing(size("gap_tiny"))
        self._switch = _button("switch_goods", "", self._on_switch)
        self._act_row = (
            _button("add_goods", _("Add  Ins"), self._on_add),
            _button("edit_goods", _("Edit  Enter"), self._on_edit),
            _button("stock_goods", _("Stock  F3"), self._on_stock),
            _button("offer_goods", _("Event price  F5"), self._on_offers),
            _button("promotion_goods", _("Promos  ⇧F5"), self._on_promotions),
            self._switch,
        )
        self._show_switch()
        return self._acts

    def _table_buttons(self) -> QHBoxLayout:
        """How many there are, and what is done with the whole list."""
        row = QHBoxLayout()
        row.setSpacing(size("gap_tiny"))
        self._count = named("goods_count", styled("hint", QLabel()))
        self._count.setWordWrap(True)
        row.addWidget(self._count, 1)
        row.addWidget(self._move_buttons())
        for name, words, act in (
            ("label_goods", _("Labels  F6"), self._on_labels),
            ("import_goods", _("Import  F4"), self._on_import),
            ("export_goods", _("Export  F7"), self._on_export),
        ):
            row.addWidget(_button(name, words, act))
        return row

    def _move_buttons(self) -> QWidget:
        """Which comes first on the selling screen, where the hand says it."""
        self._moves = QWidget()
        row = QHBoxLayout(self._moves)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(size("gap_tiny"))
        self._earlier = _button("earlier_goods", "▲  Ctrl+↑", self._on_earlier)
        self._later = _button("later_goods", "▼  Ctrl+↓", self._on_later)
        for button, words in (
            (self._earlier, _("Earlier on the selling screen  Ctrl+↑")),
            (self._later, _("Later on the selling screen  Ctrl+↓")),
        ):
            described(words, button).setToolTip(words)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the list keeps its keys
            row.addWidget(button)
        return self._moves

    def _panels(self) -> QStackedWidget:
        self._panel = QStackedWidget()
        for view in self._views:
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
            ("F5", self._on_offers),
            ("Shift+F5", self._on_promotions),
            ("F6", self._on_labels),
            ("F7", self._on_export),
            ("Del", self._on_switch),
            ("Ctrl+Up", self._on_earlier),
            ("Ctrl+Down", self._on_later),
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
        self._rows.show_goods(self._presenter.rows, self._presenter.weight_unit)
        self._count.setText(
            _("{count} goods. {hint}").format(
                count=len(self._presenter.rows), hint=self._hint()
            )
        )
        self._on_selected()

    def _hint(self) -> str:
        if self._presenter is not None and self._presenter.rows:
            return ""
        if self._search.text():
            return _("Nothing is called that. Try fewer letters.")
        return _("Add goods with Ins, or import a table with F4.")

    def _on_selected(self) -> None:
        self._show_switch()
        self._show_moves()
        if self._presenter is not None:
            self._labels.show_goods(self._rows.selected(), self._presenter.rows)

    def _show_switch(self) -> None:
        """What the key would do with the selected goods."""
        selected = self._rows.selected() if self._presenter is not None else None
        is_sold = selected is None or selected.is_active
        words = _("Stop selling  Del") if is_sold else _("Sell again  Del")
        described(words, self._switch).setText(words)

    def _show_moves(self) -> None:
        """Only beside no panel, where there is room, and only what can be done."""
        presenter, selected = self._presenter, self._rows.selected()
        if presenter is None:
            return
        is_alone = self._open_panel() is None
        self._moves.setVisible(is_alone and presenter.is_by_hand)
        for button, by in ((self._earlier, -1), (self._later, 1)):
            button.setEnabled(
                selected is not None and presenter.can_move(selected.id, by)
            )

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
        self._open(self._stock)
        self._stock.show_product()

    def _show_offers(self) -> None:
        self._open(self._offers)
        self._offers.show_product()

    def _show_promotions(self) -> None:
        self._open(self._promotions)
        self._promotions.show_list()

    def _on_saved(self, product_id: int) -> None:
        self._close_panel()
        self._rows.select(product_id)

    # --- what the cashier does ------------------------------------------------

    def _on_add(self) -> None:
        if self._presenter is not None and self._may_leave():
            self._presenter.start_new()

    def _on_edit(self) -> None:
        self._with_selected(lambda presenter, one: presenter.start_edit(one))

    def _on_stock(self) -> None:
        self._with_selected(lambda presenter, one: presenter.start_stock(one))

    def _on_offers(self) -> None:
        self._with_selected(lambda presenter, one: presenter.start_offers(one))

    def _on_promotions(self) -> None:
        selected = self._rows.selected()
        if self._presenter is not None and self._may_leave():
            self._presenter.start_promotions(selected.id if selected else None)

    def _on_switch(self) -> None:
        """A form that is open would put it back when it is saved."""
        if self._open_panel() is self._form:
            if not self._form.may_leave():
                return
            self._close_panel()
        self._with_selected(lambda presenter, one: presenter.switch(one))

    def _on_earlier(self) -> None:
        self._move(-1)

    def _on_later(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        selected = self._rows.selected()
        if self._presenter is not None and selected is not None:
            self._presenter.move(selected.id, by)

    def _with_selected(self, act: Callable[[GoodsPresenter, int], None]) -> None:
        selected = self._rows.selected()
        if self._presenter is not None and selected and self._may_leave():
            act(self._presenter, selected.id)

    def _on_import(self) -> None:
        if self._presenter is not None and self._may_leave():
            self._open(self._import)
            self._import.start()

    def _on_export(self) -> None:
        if self._presenter is not None and self._may_leave():
            self._open(self._export)
            self._export.start()

    def _on_labels(self) -> None:
        if self._presenter is not None and self._may_leave():
            self._open(self._labels)
            self._labels.start(self._rows.selected(), self._presenter.rows)

    def _on_confirm(self) -> None:
        view = self._open_panel()
        if view is not None:
            view.confirm()

    def _on_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _on_escape(self) -> None:
        """Stop or close what is open, then empty the search, then leave."""
        view = self._open_panel()
        if view is self._import and self._import.cancel():
            return
        if view is self._promotions and self._promotions.cancel():
            self.turned.emit()
            return
        if view is not None:
            if self._may_leave():
                self._close_panel()
                self.turned.emit()
        elif self._search.text():
            self._search.clear()
        else:
            self.left.emit()

    def _may_leave(self) -> bool:
        """False once while the form holds what is not saved; it says so then."""
        return self._open_panel() is not self._form or self._form.may_leave()

    def _open_panel(self) -> _Panel | None:
        if not self._panel.isVisibleTo(self):
            return None
        return self._views[self._panel.currentIndex()]

    def _open(self, view: QWidget) -> None:
        if view is not self._open_panel():
            self.turned.emit()
        self._moves.hide()
        self._fit(is_beside=True)  # before it is shown: both would be too wide
        self._panel.setCurrentWidget(view)
        self._panel.show()

    def _close_panel(self) -> None:
        self._panel.hide()
        self._fit(is_beside=False)
        self._show_moves()
        self._rows.go_to()

    def _fit(self, *, is_beside: bool) -> None:
        """Beside an open panel: fewer columns, and the buttons below the search."""
        self._rows.stand_beside(is_beside=is_beside)
        direction = QBoxLayout.Direction
        self._top.setDirection(
            direction.TopToBottom if is_beside else direction.LeftToRight
        )
        columns = _ACTS_BESIDE if is_beside else len(self._act_row)
        for number, button in enumerate(self._act_row):
            self._acts.removeWidget(button)
            row, column = divmod(number, columns)
            is_last = button is self._act_row[-1]
            span = columns - column if is_last else 1
            self._acts.addWidget(button, row, column, 1, span)
        for column in range(len(self._act_row)):
            self._acts.setColumnStretch(column, int(column < columns))

    def showEvent(self, event: QShowEvent) -> None:
        """Sales and settings changed the goods while another page was in view."""
        super().showEvent(event)
        if self._presenter is not None and not event.spontaneous():
            self._presenter.load()
        if self._open_panel() is None:
            self._rows.go_to()


def _button(name: str, words: str, act: Callable[[], None]) -> QPushButton:
    button = named(name, QPushButton(words))
    button.clicked.connect(act)
    return button
