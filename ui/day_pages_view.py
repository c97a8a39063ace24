"""The day's page, and beside it the reports over longer periods."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from ui.reports_view import ReportsView
    from ui.summary_view import SummaryView


class DayPagesView(QStackedWidget):
    """Reports are made when they are first wanted, and left to the day again."""

    def __init__(
        self,
        summary: SummaryView,
        make_reports: Callable[[], ReportsView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._summary = summary
        self._make_reports = make_reports
        self._reports: ReportsView | None = None
        self.addWidget(summary)
        summary.reports_wanted.connect(self._show_reports)

    def refresh(self) -> None:
        """The page is shown again, as it was left."""
        if self._reports is not None and self.currentWidget() is self._reports:
            self._reports.refresh()
        else:
            self._summary.refresh()

    def _show_reports(self) -> None:
        if self._reports is None:
            self._reports = self._make_reports()
            self._reports.left.connect(self._show_day)
            self.addWidget(self._reports)
        self.setCurrentWidget(self._reports)
        self.refresh()

    def _show_day(self) -> None:
        self.setCurrentWidget(self._summary)
        self.refresh()
