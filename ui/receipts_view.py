"""The receipts screen: the list at the left, the receipt as paper shows it right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models import clock
from models.i18n import _
from models.kinds import SaleKind
from models.office.periods import Period
from receipts.report_words import period_name
from receipts.words import document_name
from ui.receipt_panel_view import ReceiptPanel
from ui.receipt_sheet_view import ReceiptSheet
from ui.widgets.day_edit import DayEdit
from ui.widgets.list_model import Column, RowsModel
from ui.widgets.named import described, named, styled, tipped
from ui.widgets.search_edit import SearchEdit

if TYPE_CHECKING:
    from models.selling.cut_keys import Behind
    from models.selling.sale_reading import SaleRow
    from ui.receipts_presenter import ReceiptsPresenter

_GOODS = 2  # the column that takes what room is left


class ReceiptsView(QWidget):
    """Shows a ReceiptsPresenter and passes on what the cashier does."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: ReceiptsPresenter | None = None
        self._year = 0
        self._make_filters()
        self._make_list()
        self.sheet = ReceiptSheet()
        list_side = QVBoxLayout()
        list_side.setSpacing(size("gap_small"))
        list_side.addWidget(self._filters())
        list_side.addWidget(self._behind)
        list_side.addWidget(self._stack, 1)
        self._page = QWidget()
        layout = QHBoxLayout(self._page)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, size("gap"), margin, size("gap"))
        layout.setSpacing(margin)
        layout.addLayout(list_side, 1)
        layout.addLayout(self._sheet_side())
        self._stack_pages()
        self._add_keys()

    def connect_to(self, presenter: ReceiptsPresenter) -> None:
        self._presenter = presenter
        presenter.wanted_changed.connect(self._show_wanted)
        presenter.rows_changed.connect(self._show_rows)
        presenter.rows_added.connect(self._show_added)
        presenter.selected_changed.connect(self._show_selected)
        self._search.textChanged.connect(presenter.search)
        self._all.clicked.connect(lambda: presenter.show_day(None))
        self._behind.clicked.connect(lambda: presenter.show_day(None))
        self._today.clicked.connect(lambda: presenter.show_day(presenter.today))
        self._day.chosen.connect(presenter.show_day)
        self.sheet.connect_to(presenter)
        self._show_wanted()
        self._show_rows()

    def refresh(self) -> None:
        """The page is shown: read the list again, and let the keys move in it."""
        if self._presenter is not None:
            self._presenter.refresh()
            self._take_focus()

    # --- what is done to a receipt --------------------------------------------

    def offer(
        self, name: str, words: str, key: str, make: Callable[[], ReceiptPanel]
    ) -> None:
        """One thing that can be done to the receipt, by touch or ``key``.

        Its panel is made when it is first wanted.
        """
        button = named(name, QPushButton(f"{words}  {key}"))
        button.setProperty("tight", True)  # noqa: FBT003  # Qt's signature
        button.clicked.connect(lambda: self._open(name))
        self._makers[name] = make
        place = self._deeds.count()
        self._deeds.addWidget(button, place // 2, place % 2)
        self._add_key(key, lambda: self._open(name))

    def scan(self, code: str) -> None:
        """To the panel that is open, else another receipt."""
        panel = self._pages.currentWidget()
        if isinstance(panel, ReceiptPanel):
            panel.scan(code)
        elif self._presenter is not None:
            self._presenter.scan(code)

    def _sheet_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(size("gap_tiny"))
        side.addWidget(self.sheet, 1)
        self._deeds = QGridLayout()
        self._deeds.setSpacing(size("gap_tiny"))
        side.addLayout(self._deeds)
        return side

    def _stack_pages(self) -> None:
        self._makers: dict[str, Callable[[], ReceiptPanel]] = {}
        self._panels: dict[str, ReceiptPanel] = {}
        self._pages = QStackedWidget()
        self._pages.addWidget(self._page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _open(self, name: str) -> None:
        if self._presenter is None or self._presenter.selected is None:
            return
        if name not in self._panels:
            panel = self._makers[name]()
            self._panels[name] = panel
            self._pages.addWidget(panel)
            panel.opened.connect(lambda: self._pages.setCurrentWidget(panel))
            panel.left.connect(self._close)
        self._panels[name].open(self._presenter.selected)

    def _close(self) -> None:
        self._pages.setCurrentWidget(self._page)
        self.refresh()

    def _take_focus(self) -> None:
        panel = self._pages.currentWidget()
        if isinstance(panel, ReceiptPanel):
            panel.take_focus()
        else:
            self._table.setFocus()

    # --- what it is made of ---------------------------------------------------

    def _make_filters(self) -> None:
        self._search = named("receipt_search", SearchEdit())
        self._search.setPlaceholderText(_("Number, amount or product  F2"))
        described(_("Search for a receipt"), self._search)
        self._search.left.connect(self._to_list)
        self._search.returnPressed.connect(self._to_list)
        self._all = named("all_days", styled("chip", QPushButton(_("All"))))
        self._today = named("today", styled("chip", QPushButton(_("Today"))))
        self._day = named("receipt_day", DayEdit())
        described(_("Business date"), self._day)
        self._behind = named("receipts_behind", styled("notice", QPushButton()))
        policy = QSizePolicy.Policy
        self._behind.setSizePolicy(policy.Ignored, policy.Fixed)
        self._days = QButtonGroup(self)
        for chip in (self._all, self._today):
            chip.setCheckable(True)
            self._days.addButton(chip)

    def _filters(self) -> QWidget:
        """One row, or two where the search would be too short for its words."""
        days = QHBoxLayout()
        days.setSpacing(size("gap_small"))
        for widget in (self._all, self._today, self._day):
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            days.addWidget(widget)
        days.addStretch(1)
        filters = QWidget()
        filters.setMinimumWidth(1)  # so that the one row may become two
        self._filter_row = QBoxLayout(QBoxLayout.Direction.TopToBottom, filters)
        self._filter_row.setContentsMargins(0, 0, 0, 0)
        self._filter_row.setSpacing(size("gap_small"))
        self._filter_row.addWidget(self._search, 1)
        self._filter_row.addLayout(days)
        return filters

    def _make_list(self) -> None:
        self._model = _ReceiptsModel(self._columns(), self)
        self._table = named("receipts", _new_table(self._model))
        self._table.selectionModel().currentRowChanged.connect(self._on_current)
        bar = self._table.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        self._empty = styled("hint", named("no_receipts", QLabel()))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)

    def _columns(self) -> list[Column[SaleRow]]:
        return [
            Column(_("Time"), self._time_of),
            Column(
                _("Number"),
                lambda row: row.number,
                colour=lambda row: "warn" if row.is_training else "",
            ),
            Column(_("Goods"), _summary_of),
            Column(_("Cashier"), lambda row: row.seller),
            Column(
                _("Amount"),
                lambda row: row.net.grouped,
                is_figure=True,
                colour=lambda row: "danger" if row.net.fen < 0 else "",
            ),
        ]

    def _add_keys(self) -> None:
        keys: dict[Qt.Key | str, Callable[[], None]] = {
            Qt.Key.Key_F2: self._to_search,
            Qt.Key.Key_F5: self._on_reprint,
            "Shift+F7": self._behind.click,
            Qt.Key.Key_Escape: self._on_escape,
        }
        for key, act in keys.items():
            self._add_key(key, act)

    def _add_key(self, key: Qt.Key | str, act: Callable[[], None]) -> None:
        """Of the list alone: a panel over it has keys of its own."""
        shortcut = QShortcut(QKeySequence(key), self._page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    # --- showing --------------------------------------------------------------

    def _show_wanted(self) -> None:
        assert self._presenter is not None
        words, day = self._presenter.wanted.words, self._presenter.wanted.day
        today = self._presenter.today
        if self._search.text().strip() != words:
            self._search.setText(words)
        figure = self._presenter.wanted.behind
        self._behind.setVisible(figure is not None)
        tipped(_behind_words(figure) if figure else "", self._behind)
        self._fit_behind()
        self._days.setExclusive(False)
        self._all.setChecked(day is None and figure is None)
        self._today.setChecked(day == today)
        self._days.setExclusive(True)
        self._day.show_last(today)
        self._day.show_day(day or today)

    def _fit_behind(self) -> None:
        """The name of the figure is as long as its room; the tool tip has all of it."""
        assert self._presenter is not None
        figure = self._presenter.wanted.behind
        if figure is None:
            return
        self._behind.ensurePolished()
        metrics = self._behind.fontMetrics()
        rest = metrics.horizontalAdvance(_behind_words(replace(figure, name="")))
        room = self._list_width() - rest - 3 * size("gap")
        cut = Qt.TextElideMode.ElideRight
        name = metrics.elidedText(figure.name, cut, max(room, size("touch")))
        self._behind.setText(_behind_words(replace(figure, name=name)))

    def _list_width(self) -> int:
        """What the sheet at the right leaves to the list."""
        return self.width() - self.sheet.width() - 3 * size("gap_wide")

    def _show_rows(self) -> None:
        assert self._presenter is not None
        self._year = self._presenter.today.year
        self._model.show_rows(self._presenter.rows)
        self._empty.setText(self._why_empty())
        is_empty = self._presenter.has_loaded and not self._presenter.rows
        self._stack.setCurrentWidget(self._empty if is_empty else self._table)
        self._table.scrollToTop()
        self._show_selected()

    def _show_added(self, count: int) -> None:
        assert self._presenter is not None
        self._model.add_rows(self._presenter.rows[-count:])

    def _show_selected(self) -> None:
        assert self._presenter is not None
        ids = [row.id for row in self._model.rows()]
        if self._presenter.selected in ids:
            index = self._model.index(ids.index(self._presenter.selected), 0)
            with QSignalBlocker(self._table.selectionModel()):
                self._table.setCurrentIndex(index)
            self._table.viewport().update()

    def _why_empty(self) -> str:
        assert self._presenter is not None
        if self._presenter.is_narrowed:
            return _("No receipt matches. Try other words or another day.")
        return _("No receipts yet. The first sale will stand here.")

    def _time_of(self, row: SaleRow) -> str:
        at = clock.local(row.at)
        same_year = at.year == self._year
        return f"{at:%m-%d %H:%M}" if same_year else f"{at:%Y-%m-%d %H:%M}"

    # --- passing on -----------------------------------------------------------

    def _to_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _to_list(self) -> None:
        self._table.setFocus()

    def _on_escape(self) -> None:
        """Out of the search first, then off the page."""
        if self._search.hasFocus():
            self._to_list()
        else:
            self.left.emit()

    def _on_reprint(self) -> None:
        if self._presenter is not None:
            self._presenter.reprint()

    def _on_current(self, current: QModelIndex) -> None:
        if self._presenter is not None and current.isValid():
            self._presenter.select(self._model.row(current).id)

    def _on_scrolled(self, value: int) -> None:
        bar = self._table.verticalScrollBar()
        if self._presenter is not None and value >= bar.maximum() - bar.pageStep():
            self._presenter.load_more()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self._list_width()
        if self._presenter is not None:
            self._fit_behind()
        days = (self._all, self._today, self._day)
        wanted = sum(widget.sizeHint().width() + size("gap_small") for widget in days)
        words = self._search.fontMetrics().horizontalAdvance(
            self._search.placeholderText()
        )
        wanted += words + 3 * size("touch")  # its icon, its cross and the margins
        self._filter_row.setDirection(
            QBoxLayout.Direction.LeftToRight
            if room >= wanted
            else QBoxLayout.Direction.TopToBottom
        )


class _ReceiptsModel(RowsModel["SaleRow"]):
    """Grows at its end without losing its place."""

    def add_rows(self, rows: Sequence[SaleRow]) -> None:
        first = self.rowCount()
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows = (*self._rows, *rows)
        self.endInsertRows()


def _summary_of(row: SaleRow) -> str:
    """The goods, and before them what the document is if it is no plain sale."""
    what = ""
    if row.kind is not SaleKind.SALE:
        what = document_name(row.kind, _)
    elif row.is_late:
        what = _("Entered late")
    return " · ".join(words for words in (what, row.summary) if words)


def _behind_words(figure: Behind) -> str:
    words = _("Only {name}, {period}. Show all  ⇧F7")
    period = period_name(Period(figure.first, figure.last))
    return words.format(name=figure.name, period=period)


def _new_table(model: _ReceiptsModel) -> QTableView:
    table = QTableView()
    described(_("Receipts"), table)
    table.setModel(model)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    rows, columns = table.verticalHeader(), table.horizontalHeader()
    rows.hide()
    rows.setDefaultSectionSize(size("row"))
    columns.setHighlightSections(False)
    columns.setResizeContentsPrecision(20)
    columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    columns.setSectionResizeMode(_GOODS, QHeaderView.ResizeMode.Stretch)
    return table
