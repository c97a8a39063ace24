"""A short table of which one row is picked, by a finger or by Enter."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from assets.tokens import size
from ui.widgets.list_model import Column, RowsModel
from ui.widgets.named import described

_Row = tuple[str, ...]


class PickTable(QTableView):
    """The last column holds figures; the first takes what room is left."""

    picked = Signal(int)

    def __init__(
        self, title: str, columns: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        described(title, self)
        last = len(columns) - 1
        self._model = RowsModel[_Row](
            [
                Column(words, itemgetter(at), is_figure=at == last)
                for at, words in enumerate(columns)
            ],
            self,
        )
        self.setModel(self._model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setDefaultSectionSize(size("basket_row"))
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._on_clicked)

    def show_rows(self, rows: Sequence[_Row]) -> None:
        self._model.show_rows(rows)

    def show_picked(self, number: int) -> None:
        """Mark this row; -1 is none."""
        with QSignalBlocker(self.selectionModel()):
            if number >= 0:
                self.selectRow(number)
            else:
                self.clearSelection()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.row())
