"""The parked tickets, to take one up again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui.widgets.named import described, named, styled

if TYPE_CHECKING:
    from ui.till_presenter import Parked


class ParkedView(QWidget):
    chosen = Signal(str)  # the basket's UUID
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        layout = QVBoxLayout(self)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, margin, margin, margin)
        styled("heading", QLabel(_("Parked tickets")), layout)
        self._table = self._new_table()
        layout.addWidget(self._table, 1)
        layout.addLayout(self._buttons())
        self._uuids: list[str] = []

    def show_parked(self, parked: Sequence[Parked]) -> None:
        self._uuids = [ticket.uuid for ticket in parked]
        self._table.setRowCount(len(parked))
        for row, ticket in enumerate(parked):
            cells = (ticket.time, ticket.goods, str(ticket.total))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column == len(cells) - 1:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self._table.setItem(row, column, item)
        self._table.setCurrentCell(0, 0)
        self._table.setFocus()

    def choose_current(self) -> None:
        row = self._table.currentRow()
        if 0 <= row < len(self._uuids):
            self.chosen.emit(self._uuids[row])

    def _new_table(self) -> QTableWidget:
        table = named("parked", QTableWidget(0, 3))
        described(_("Parked tickets"), table)
        table.setHorizontalHeaderLabels([_("Time"), _("Goods"), _("Total")])
        header = table.horizontalHeader()
        middle = Qt.AlignmentFlag.AlignVCenter
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | middle)
        total = table.horizontalHeaderItem(2)
        assert total is not None
        total.setTextAlignment(Qt.AlignmentFlag.AlignRight | middle)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(size("basket_row"))
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.cellClicked.connect(self.choose_current)
        return table

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        leave = named("leave_parked", styled("secondary", QPushButton()), row)
        leave.setText(_("Back  Esc"))
        leave.clicked.connect(self.left)
        take = named("take_up", styled("primary", QPushButton()), row)
        take.setText(_("Take up  Enter"))
        take.clicked.connect(self.choose_current)
        return row
