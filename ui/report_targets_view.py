"""Targets of a year: what is to be reached, how far it is, and a field to set it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assets.tokens import size
from models.i18n import _
from models.money import Money
from receipts.report_tables import ReportTable as Rows
from receipts.report_tables import with_targets
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.named import described, named, styled
from ui.widgets.report_table import ReportTable

if TYPE_CHECKING:
    from models.office.report_record import Report
    from models.selling.cut_keys import Behind


class ReportTargets(QWidget):
    opened = Signal(int)  # a row, for its receipts
    set_wanted = Signal(str, object)  # a row's key; the amount, or None to take it away

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._behind: tuple[Behind, ...] = ()
        self._amounts: tuple[Money | None, ...] = ()
        self._year = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        self.table = named("report_targets", ReportTable(), layout)
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(lambda _row: self._amount.setFocus())
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        layout.addLayout(row)
        self._words = styled("strong", named("target_of", QLabel()))
        row.addWidget(self._words, 1)
        self._amount: MoneyEdit = named("target_amount", MoneyEdit())
        described(_("Target in yuan"), self._amount)
        self._amount.setPlaceholderText(_("None"))
        self._amount.setFixedWidth(size("total_width"))
        self._amount.returnPressed.connect(self._set)
        row.addWidget(self._amount)
        self._save = named("set_target", QPushButton(_("Set  Enter")), row)
        self._save.clicked.connect(self._set)

    def show_report(self, report: Report, rows: Rows) -> None:
        """Show the year's targets, the same row picked as before."""
        at = max(0, self.table.row())
        self._behind, self._year = rows.behind, report.target_year
        self._amounts = tuple(row.target for row in with_targets(report))
        self.table.show_table(rows.table)
        if at < len(rows.behind):
            self.table.selectRow(at)
        self._show_current(self.table.row())

    def _show_current(self, row: int) -> None:
        is_any = row >= 0
        self._amount.setEnabled(is_any)
        self._save.setEnabled(is_any)
        if is_any:
            words = _("Target of {year} for {name}")
            name = self._behind[row].name
            self._words.setText(words.format(year=self._year, name=name))
            amount = self._amounts[row]
            self._amount.setText("" if amount is None else amount.plain)
            self._amount.selectAll()

    def _set(self) -> None:
        row, typed = self.table.row(), self._amount.text().strip()
        if row >= 0 and (self._amount.value() is not None or not typed):
            self.set_wanted.emit(self._behind[row].key, self._amount.value())
