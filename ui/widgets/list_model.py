"""The rows of a long list, as Qt asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor

from assets.tokens import colour

R = TypeVar("R")
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole

_TOP = QModelIndex()

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: its title, and what it says of a row."""

    title: str
    text: Callable[[R], str]
    is_figure: bool = False  # figures stand to the right
    colour: Callable[[R], str] | None = None  # names a token; "" is plain ink


class RowsModel(QAbstractTableModel, Generic[R]):
    """Shows frozen rows; a change is a new set of rows."""

    def __init__(
        self, columns: Sequence[Column[R]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[R, ...] = ()

    def show_rows(self, rows: Sequence[R]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, index: _Index) -> R:
        """The row that ``index`` points into."""
        return self._rows[index.row()]

    def rows(self) -> tuple[R, ...]:
        return self._rows

    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == _Role.DisplayRole:
            return column.text(row)
        if role == _Role.TextAlignmentRole:
            return RIGHT if column.is_figure else LEFT
        if role == _Role.ForegroundRole and column.colour:
            token = column.colour(row)
            return QColor(colour(token)) if token else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == _Role.DisplayRole:
            return column.title
        if role == _Role.TextAlignmentRole:
            return RIGHT if column.is_figure else LEFT
        return None
