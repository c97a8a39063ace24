"""Reports over time: cuts at the left; the period, its figures and its table right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import colour, size
from models.i18n import _, language
from models.kinds import Cut
from models.office.periods import Against
from receipts.day_tables import Table
from receipts.report_tables import main_table, month_table, target_table
from receipts.report_words import against_name, cut_name, row_name
from ui.report_export_view import ReportExportView
from ui.report_figures_view import ReportFigures
from ui.report_targets_view import ReportTargets
from ui.widgets.bar_chart import Bar, BarChart, HourChart
from ui.widgets.card import Card
from ui.widgets.choice import Choice
from ui.widgets.day_edit import DayEdit
from ui.widgets.named import described, named, styled
from ui.widgets.report_table import ReportTable

if TYPE_CHECKING:
    from models.office.report_record import Report
    from models.selling.cut_keys import Behind
    from ui.reports_presenter import ReportsPresenter

_CUTS = tuple(cut for cut in Cut if cut is not Cut.ALL)
_TABLE, _CHART, _MONTHS, _TARGETS = "table", "chart", "months", "targets"
_MOST_BARS = 30  # the table has them all
_TITLE_WIDTH = 96  # px of a column named after a row


class ReportsView(QWidget):
    """Shows a ReportsPresenter and passes on what the reconciler does."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: ReportsPresenter | None = None
        self._behind: dict[str, tuple[Behind, ...]] = {}
        self._display = _TABLE
        self._wants_focus = False
        self._export = ReportExportView()
        self._page = QWidget()
        self._pages = QStackedWidget()
        for view in (self._page, self._export):
            self._pages.addWidget(view)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._cuts())
        layout.addWidget(self._pages, 1)
        self._lay_out()
        self._add_keys()

    def connect_to(self, presenter: ReportsPresenter) -> None:
        self._presenter = presenter
        presenter.wish_changed.connect(self._show_wish)
        presenter.report_changed.connect(self._show_report)
        self._earlier.clicked.connect(presenter.earlier)
        self._later.clicked.connect(presenter.later)
        self._first.chosen.connect(self._on_days)
        self._last.chosen.connect(self._on_days)
        self._period.chosen.connect(presenter.choose)
        self._against.chosen.connect(presenter.compare_with)
        self._targets.set_wanted.connect(presenter.set_target)
        self._export.connect_to(presenter)
        self._show_wish()

    def refresh(self) -> None:
        """The page is shown: read the report again, and let the keys move in it."""
        if self._presenter is not None:
            self._wants_focus = True
            self._presenter.refresh()

    # --- what it is made of ---------------------------------------------------

    def _cuts(self) -> QWidget:
        frame = styled("nav", QFrame())
        described(_("Report by"), frame)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(size("gap_small"), size("gap_small"), 0, 0)
        layout.setSpacing(0)
        self._cut_group = QButtonGroup(self)
        for number, cut in enumerate(_CUTS):
            words = cut_name(cut, _)
            button = named(f"cut_{cut.value}", QPushButton(words), layout)
            styled("nav", button)
            button.setCheckable(True)
            self._cut_group.addButton(button, number)
        self._cut_group.idClicked.connect(self._on_cut)
        layout.addStretch(1)
        return frame

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self._page)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, size("gap_small"), margin, size("gap_small"))
        layout.setSpacing(size("gap_small"))
        layout.addLayout(self._days_row())
        layout.addLayout(self._choices_row())
        self.figures = ReportFigures()
        layout.addWidget(self.figures)
        layout.addWidget(self._displays(), 1)
        layout.addLayout(self._foot())

    def _days_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_tiny"))
        self._earlier = named("earlier", QPushButton(_("Earlier  F2")), row)
        self._first = named("report_first", DayEdit())
        self._last = named("report_last", DayEdit())
        described(_("From"), self._first)
        described(_("To"), self._last)
        row.addWidget(self._first)
        row.addWidget(QLabel("–"))
        row.addWidget(self._last)
        self._later = named("later", QPushButton(_("Later  F3")), row)
        row.addStretch(1)
        return row

    def _choices_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_wide"))
        self._period = Choice(
            _("Period"),
            (
                ("month", _("This month")),
                ("last_month", _("Last month")),
                ("quarter", _("Quarter")),
                ("year", _("Year")),
            ),
        )
        row.addWidget(named("report_period", self._period), 1)
        names = [(against, against_name(against, _)) for against in Against]
        self._against = Choice(_("Compared with"), names)
        row.addWidget(named("report_against", self._against), 1)
        return row

    def _displays(self) -> QStackedWidget:
        self._table = named("report_table", ReportTable())
        self._table.opened.connect(self._open_row)
        self._months = named("report_months", ReportTable())
        self._months.opened.connect(self._open_row)
        self._targets = ReportTargets()
        self._empty = styled("hint", named("no_report", QLabel()))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._shown: dict[str, QWidget] = {
            _TABLE: self._table,
            _CHART: self._charts(),
            _MONTHS: self._months,
            _TARGETS: self._targets,
        }
        for view in (*self._shown.values(), self._empty):
            self._stack.addWidget(view)
        return self._stack

    def _charts(self) -> QScrollArea:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(size("gap_small"))
        self._bars = named("report_bars", BarChart())
        self._hours = named("report_hours", HourChart())
        self._month_bars = named("report_month_bars", HourChart())
        self._cards = {}
        for title, chart in (
            (_("Net received"), self._bars),
            (_("By hour"), self._hours),
            (_("Month by month"), self._month_bars),
        ):
            card = Card(title)
            described(title, chart)
            card.body.addWidget(chart, 1)
            layout.addWidget(card)
            self._cards[chart] = card
        layout.addStretch(1)
        scroll = named("report_charts", QScrollArea())
        described(_("Charts"), scroll)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        return scroll

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_tiny"))
        back = named("leave_reports", QPushButton(_("Back  Esc")), row)
        back.clicked.connect(self._on_leave)
        row.addStretch(1)
        self._display_buttons: dict[str, QPushButton] = {}
        for display, words in (
            (_TABLE, _("Table  F5")),
            (_CHART, _("Chart  F6")),
            (_MONTHS, _("Months  F7")),
            (_TARGETS, _("Targets  F4")),
        ):
            button = named(f"show_{display}", QPushButton(words), row)
            button.setCheckable(True)
            button.clicked.connect(lambda _on, wanted=display: self._turn_to(wanted))
            self._display_buttons[display] = button
        row.addStretch(1)
        self._receipts = named("open_receipts", QPushButton(_("Receipts  Enter")), row)
        self._receipts.clicked.connect(self._open_picked)
        self._save = named("export_report", QPushButton(_("Export  F12")), row)
        self._save.clicked.connect(self._on_export)
        return row

    def _add_keys(self) -> None:
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_F2: self._earlier.click,
            Qt.Key.Key_F3: self._later.click,
            Qt.Key.Key_F4: self._display_buttons[_TARGETS].click,
            Qt.Key.Key_F5: self._display_buttons[_TABLE].click,
            Qt.Key.Key_F6: self._display_buttons[_CHART].click,
            Qt.Key.Key_F7: self._display_buttons[_MONTHS].click,
            Qt.Key.Key_F12: self._on_confirm,
            Qt.Key.Key_Escape: self._on_leave,
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    # --- showing --------------------------------------------------------------

    def _show_wish(self) -> None:
        assert self._presenter is not None
        wish, today = self._presenter.wish, self._presenter.today
        for field, day in (
            (self._first, wish.period.first),
            (self._last, wish.period.last),
        ):
            field.show_last(today)
            field.show_day(day)
        self._later.setEnabled(wish.period.last < today)
        self._period.show_value(self._presenter.chosen)
        self._against.show_value(wish.against)
        self._cut_group.button(_CUTS.index(wish.cut)).setChecked(True)
        has_targets = self._presenter.has_targets
        self._display_buttons[_TARGETS].setVisible(has_targets)
        if self._display == _TARGETS and not has_targets:
            self._display = _TABLE
        self._show_report()

    def _show_report(self) -> None:
        assert self._presenter is not None
        report = self._presenter.report
        self.figures.show_report(report)
        for display, button in self._display_buttons.items():
            button.setChecked(display == self._display)
        is_shown = report is not None and (
            not report.is_empty or self._display == _TARGETS
        )
        for button in (self._save, self._receipts):
            button.setEnabled(is_shown)
        if report is None or not is_shown:
            nothing = _("Nothing was sold in this period.")
            self._empty.setText("" if report is None else nothing)
            self._stack.setCurrentWidget(self._empty)
            return
        self._show_tables(report)
        self._show_charts(report)
        self._stack.setCurrentWidget(self._shown[self._display])
        if self._wants_focus and self._stack.isVisible():
            self._wants_focus = False
            self._take_focus()

    def _show_tables(self, report: Report) -> None:
        spoken = language()
        main, months = main_table(report, spoken, _), month_table(report, spoken, _)
        self._table.show_table(main.table)
        self._months.show_table(self._with_short_titles(months.table))
        self._behind = {_TABLE: main.behind, _MONTHS: months.behind}
        if self._presenter is not None and self._presenter.has_targets:
            goals = target_table(report, spoken, _)
            self._behind[_TARGETS] = goals.behind
            self._targets.show_report(report, goals)

    def _with_short_titles(self, table: Table) -> Table:
        """Names of rows that stand at the head of columns."""
        metrics = self._months.horizontalHeader().fontMetrics()
        most = Qt.TextElideMode.ElideRight
        columns = tuple(
            replace(one, title=metrics.elidedText(one.title, most, _TITLE_WIDTH))
            for one in table.columns
        )
        return replace(table, columns=columns)

    def _show_charts(self, report: Report) -> None:
        is_by_hour = report.cut is Cut.HOUR
        plain = colour("edge") if report.cut is Cut.COUNTY else ""
        bars = [
            Bar(
                row_name(report.cut, row, language(), _),
                row.sums.net.fen,
                row.sums.net.grouped,
                row.colour or plain,
            )
            for row in report.rows
            if row.sums.net
        ]
        if is_by_hour:
            self._hours.show_bars(bars)
        else:
            largest = sorted(bars, key=lambda bar: -bar.value_fen)[:_MOST_BARS]
            self._bars.show_bars(largest)
        self._month_bars.show_bars(
            [
                Bar(f"{one.period.first:%Y-%m}", one.net.fen, one.net.grouped)
                for one in report.months
            ]
        )
        self._cards[self._bars].setVisible(not is_by_hour)
        self._cards[self._hours].setVisible(is_by_hour)
        self._cards[self._month_bars].setVisible(len(report.months) > 1)

    def _turn_to(self, display: str) -> None:
        self._display = display
        self._wants_focus = True
        self._show_report()

    def _take_focus(self) -> None:
        view = self._shown[self._display]
        (self._targets.table if view is self._targets else view).setFocus()

    # --- passing on -----------------------------------------------------------

    def _on_cut(self, number: int) -> None:
        assert self._presenter is not None
        self._pages.setCurrentWidget(self._page)
        self._presenter.cut_by(_CUTS[number])

    def _on_days(self) -> None:
        assert self._presenter is not None
        self._presenter.show_days(self._first.day(), self._last.day())

    def _open_row(self, row: int) -> None:
        self._open(self._display, row)

    def _open(self, display: str, row: int) -> None:
        assert self._presenter is not None
        self._presenter.open_receipts(self._behind[display][row])

    def _open_picked(self) -> None:
        """Of the picked row; over a chart, that of the table below it."""
        display = _TABLE if self._display == _CHART else self._display
        view = self._shown[display]
        table = self._targets.table if view is self._targets else view
        if isinstance(table, ReportTable) and table.row() >= 0:
            self._open(display, table.row())

    def _on_export(self) -> None:
        self._pages.setCurrentWidget(self._export)
        self._export.start()

    def _on_confirm(self) -> None:
        if self._pages.currentWidget() is self._export:
            self._export.confirm()
        elif self._save.isEnabled():
            self._on_export()

    def _on_leave(self) -> None:
        """Out of the export first, then off the reports."""
        if self._pages.currentWidget() is self._export:
            self._pages.setCurrentWidget(self._page)
            self._take_focus()
        else:
            self.left.emit()
