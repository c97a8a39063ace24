"""The key figures of a report, in one row above its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from assets.tokens import size
from models.i18n import _
from receipts.day_words import ten_thousands
from receipts.report_words import against_name, percent
from ui.widgets.named import named, styled

if TYPE_CHECKING:
    from models.office.report_record import Report

_BLANK = "–"


class ReportFigures(QFrame):
    """What was sold here in yuan and 万元, elsewhere, and in the period before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("panel", self)
        self._grid = QGridLayout(self)
        margin = size("gap_small")
        self._grid.setContentsMargins(2 * margin, margin, 2 * margin, margin)
        self._grid.setHorizontalSpacing(size("gap_large"))
        self._grid.setVerticalSpacing(0)
        _title, self._net = self._add("report_net", _("Net received"))
        self._worth_title, self._worth = self._add("report_worth", " ")
        self._grid.setColumnStretch(self._grid.columnCount(), 1)
        _title, self._receipts = self._add("report_receipts", _("Receipts"))
        _title, self._elsewhere = self._add("report_elsewhere", _("Elsewhere"))
        self._against, self._before = self._add("report_before", " ")
        _title, self._growth = self._add("report_growth", _("Growth"))

    def show_report(self, report: Report | None) -> None:
        """Its figures, or none while it is added up."""
        total = report.total if report else None
        self._net.setText(str(total.sums.net) if total else _BLANK)
        self._worth.setText(ten_thousands(total.sums.net, _) if total else _BLANK)
        self._receipts.setText(f"{total.receipts:,}" if total else _BLANK)
        self._elsewhere.setText(total.elsewhere.grouped if total else _BLANK)
        self._before.setText(total.before.grouped if total else _BLANK)
        growth = percent(total.change_permille, signed=True) if total else _BLANK
        self._growth.setText(growth)
        if report:
            self._against.setText(against_name(report.against, _))

    def _add(self, name: str, words: str) -> tuple[QLabel, QLabel]:
        column = self._grid.columnCount()
        title = styled("hint", QLabel(words))
        figure = styled("figure", named(name, QLabel(_BLANK)))
        side = Qt.AlignmentFlag.AlignRight if column > 2 else Qt.AlignmentFlag.AlignLeft
        for row, label in enumerate((title, figure)):
            label.setAlignment(side)
            self._grid.addWidget(label, row, column)
        title.setBuddy(figure)
        return title, figure
