"""A table that is read, not worked in: as high as its rows, with totals in bold."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from assets.tokens import colour, size
from receipts.day_tables import Table, TableRow
from ui.widgets.list_model import Column, RowsModel
from ui.widgets.named import described, styled

_Role = Qt.ItemDataRole


class StatementTable(QTableView):
    """Takes no focus and no selection; the page around it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("statement", self)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(size("dot"), size("dot")))
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(size("row"))
        self.horizontalHeader().setSectionsClickable(False)

    def show_table(self, table: Table, marked: Collection[int] = ()) -> None:
        """Show the table in place of what was shown; ``marked`` rows draw the eye."""
        before = self.model()
        model = TableModel(table, frozenset(marked), self)
        self.setModel(model)
        if before is not None:
            before.deleteLater()
        described(table.title, self)
        header = self.horizontalHeader()
        for place, column in enumerate(table.columns):
            takes_rest = not column.is_figure and not column.width
            header.setSectionResizeMode(
                place,
                QHeaderView.ResizeMode.Stretch
                if takes_rest
                else QHeaderView.ResizeMode.ResizeToContents,
            )
        for place, row in enumerate(table.rows):
            if any("\n" in cell for cell in row.cells):
                self.setRowHeight(place, size("basket_row"))
        rows = self.verticalHeader().length() + 2 * self.frameWidth()
        self.setFixedHeight(header.sizeHint().height() + rows)


class TableModel(RowsModel[TableRow]):
    """The rows of a table; totals in bold, a county's colour before its name."""

    def __init__(
        self, table: Table, marked: frozenset[int], parent: QObject | None = None
    ) -> None:
        columns = [
            Column(column.title, _cell(place), column.is_figure)
            for place, column in enumerate(table.columns)
        ]
        super().__init__(columns, parent)
        self._marked = marked
        self.show_rows(table.rows)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = _Role.DisplayRole,
    ) -> object:
        row = self.row(index)
        if role == _Role.FontRole and row.is_total:
            font = QFont()
            font.setBold(True)
            return font
        if role == _Role.DecorationRole and index.column() == 0 and row.colour:
            return QColor(row.colour)
        if role == _Role.ForegroundRole and index.column() in row.differs:
            return QColor(colour("danger"))
        if role == _Role.ForegroundRole and index.row() in self._marked:
            return QColor(colour("warn"))
        return super().data(index, role)


def _cell(place: int) -> Callable[[TableRow], str]:
    return lambda row: row.cells[place]
