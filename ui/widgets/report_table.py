"""A table of figures of which each row opens what is behind it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from assets.tokens import size
from receipts.day_tables import Table
from ui.widgets.named import described
from ui.widgets.statement_table import TableModel

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ReportTable(QTableView):
    """Names take what room figures leave. Enter or a double click opens a row."""

    opened = Signal(int)
    current_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setShowGrid(False)
        self.setWordWrap(True)  # a long name takes two lines
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(size("dot"), size("dot")))
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(size("row"))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(self._on_opened)

    def show_table(self, table: Table) -> None:
        """Show the table in place of what was shown, its first row picked."""
        before = self.model()
        self.setModel(TableModel(table, frozenset(), self))
        if before is not None:
            before.deleteLater()
        described(table.title, self)
        header = self.horizontalHeader()
        for place, column in enumerate(table.columns):
            header.setSectionResizeMode(
                place,
                QHeaderView.ResizeMode.ResizeToContents
                if column.is_figure
                else QHeaderView.ResizeMode.Stretch,
            )
        self.selectionModel().currentRowChanged.connect(self._on_current)
        if table.rows:
            self.selectRow(0)

    def row(self) -> int:
        """The number of the picked row; -1 without one."""
        return self.currentIndex().row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._on_opened(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.row())

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.current_changed.emit(current.row())
