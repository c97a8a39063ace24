"""The promotions beside the list of goods: what runs, and a form for another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui.goods_fields_view import panel_button, scrolling
from ui.goods_promotion_form_view import PromotionForm
from ui.promotion_words import goods_words, rule_words, state_words, where_words
from ui.widgets.list_model import Column, RowsModel
from ui.widgets.named import described, named, styled
from ui.widgets.twice_button import TwiceButton

if TYPE_CHECKING:
    from models.goods.promotions import Listed
    from ui.goods_promotions_presenter import GoodsPromotionsPresenter


class GoodsPromotionsView(QFrame):
    """Shows the list; the form stands in its place while one is begun."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("panel", self)
        self._presenter: GoodsPromotionsPresenter | None = None
        layout = QVBoxLayout(self)
        layout.setSpacing(size("gap_small"))
        self._title = styled("heading", QLabel(), layout)
        self._form = PromotionForm()
        self._form.confirmed.connect(self.confirm)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list())
        self._pages.addWidget(scrolling(self._form))
        layout.addWidget(self._pages, 1)
        layout.addLayout(self._foot())

    def connect_to(self, presenter: GoodsPromotionsPresenter) -> None:
        self._presenter = presenter
        presenter.changed.connect(self.show_list)
        self._form.pick.search_wanted.connect(presenter.look_for)
        presenter.found.connect(lambda: self._form.pick.offer(presenter.goods))

    def show_list(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self._title.setText(_("Promotions"))
        self._pages.setCurrentIndex(0)
        self._model.show_rows(presenter.rows)
        self._rows.setVisible(bool(presenter.rows))
        self._none.setVisible(not presenter.rows)
        self._rows.selectRow(0)
        self._show_end()
        self._close.setText(_("Close  Esc"))
        self._show_confirm(_("New promotion  F12"))
        (self._rows if presenter.rows else self._confirm).setFocus()

    def confirm(self) -> None:
        """From the list to the form, and from there into the file."""
        assert self._presenter is not None
        if self._is_form():
            self._presenter.begin(self._form.promotion())
        else:
            self._show_form()

    def cancel(self) -> bool:
        """Whether Esc leads back to the list only."""
        if not self._is_form():
            return False
        self.show_list()
        return True

    def take_scan(self, code: str) -> bool:
        """Whether a scan means something here: the product of a new promotion."""
        if self._is_form():
            self._form.take_scan(code)
        return self._is_form()

    # --- building -------------------------------------------------------------

    def _list(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        layout.addWidget(self._table(), 1)
        self._none = named("no_promotions", styled("hint", QLabel()))
        self._none.setWordWrap(True)
        self._none.setText(_("No promotion yet. Begin the first one with F12."))
        layout.addWidget(self._none, 1, Qt.AlignmentFlag.AlignTop)
        words = (_("End the promotion"), _("Press again to end it"))
        self._end = named("end_promotion", TwiceButton(words=words))
        self._end.confirmed.connect(self._on_end)
        layout.addWidget(self._end, 0, Qt.AlignmentFlag.AlignRight)
        return page

    def _table(self) -> QTableView:
        self._model: RowsModel[Listed] = RowsModel(self._columns(), self)
        table = described(_("Promotions"), named("promotions", QTableView()))
        table.setModel(self._model)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(size("basket_row"))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._show_end)
        self._rows = table
        return table

    def _columns(self) -> tuple[Column[Listed], ...]:
        """Two lines a row: there is room for two columns beside the goods."""

        def ink(row: Listed) -> str:
            assert self._presenter is not None
            return "ink_disabled" if row.is_over(self._presenter.today) else ""

        return (
            Column(_("Promotion"), _what, colour=ink),
            Column(_("When and where"), self._when, colour=ink),
        )

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        self._close = panel_button("close_promotions", "", self.left.emit)
        row.addWidget(self._close)
        self._confirm: QPushButton = panel_button(
            "confirm_promotion", "", self.confirm, role="primary"
        )
        row.addWidget(self._confirm, 1)
        return row

    # --- what happens ---------------------------------------------------------

    def _is_form(self) -> bool:
        return self._pages.currentIndex() == 1

    def _show_form(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self._title.setText(_("New promotion"))
        self._close.setText(_("Back  Esc"))
        self._show_confirm(_("Begin the promotion  F12"))
        self._pages.setCurrentIndex(1)
        self._form.start(
            presenter.today,
            takes_part=bool(presenter.event_name),
            sku=presenter.product.sku if presenter.product else "",
        )

    def _show_confirm(self, words: str) -> None:
        self._confirm.setText(words)
        described(words, self._confirm)

    def _when(self, row: Listed) -> str:
        assert self._presenter is not None
        holds, state = row.holds, state_words(row, self._presenter.today)
        days = f"{holds.first.isoformat()} – {holds.last.isoformat()}"
        return f"{days}\n{where_words(row)} · {state}"

    def _selected(self) -> Listed | None:
        index = self._rows.currentIndex()
        return self._model.row(index) if index.isValid() else None

    def _show_end(self) -> None:
        """What is over cannot be ended."""
        assert self._presenter is not None
        selected = self._selected()
        self._end.setVisible(bool(self._presenter.rows))
        self._end.setEnabled(
            selected is not None and not selected.is_over(self._presenter.today)
        )

    def _on_end(self) -> None:
        assert self._presenter is not None
        selected = self._selected()
        assert selected is not None, "the button cannot be pressed without one"
        self._presenter.end(selected)


def _what(row: Listed) -> str:
    promotion = row.promotion
    said = f"{rule_words(promotion)} · {goods_words(row)}"
    if promotion.stacks:
        said += " · " + _("on top")
    return f"{promotion.name}\n{said}"
