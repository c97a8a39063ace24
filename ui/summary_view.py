"""The day summary: the key figures stand still, the statement scrolls below them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from ui.key_figures_view import KeyFigures
from ui.summary_statement import county_bars, hour_bars, statement_of
from ui.widgets.bar_chart import BarChart, HourChart
from ui.widgets.card import Card
from ui.widgets.day_edit import DayEdit
from ui.widgets.icon import icon
from ui.widgets.named import described, named, styled
from ui.widgets.statement_table import StatementTable

if TYPE_CHECKING:
    from ui.summary_presenter import SummaryPresenter

_CUTS = ("tenders", "counties", "schemes", "places", "products")


class SummaryView(QWidget):
    """Shows a SummaryPresenter and passes on what the reconciler does."""

    left = Signal()
    reports_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: SummaryPresenter | None = None
        self._wants_focus = False
        self._make_buttons()
        self.figures = KeyFigures()
        self._counties = named("county_chart", BarChart())
        self._hours = named("hour_chart", HourChart())
        self._tables = {cut: named(cut, StatementTable()) for cut in _CUTS}
        self._empty = styled("hint", named("no_sales", QLabel()))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._add_keys()

    def connect_to(self, presenter: SummaryPresenter) -> None:
        self._presenter = presenter
        presenter.day_changed.connect(self._show_day)
        presenter.summary_changed.connect(self._show)
        self._previous.clicked.connect(presenter.previous_day)
        self._next.clicked.connect(presenter.next_day)
        self._today.clicked.connect(presenter.show_today)
        self._day.chosen.connect(presenter.show_day)
        self._page.clicked.connect(presenter.print_page)
        self._slip.clicked.connect(presenter.print_slip)
        self._show_day()

    def refresh(self) -> None:
        """The page is shown: add the day up again, and let the keys scroll it."""
        if self._presenter is not None:
            self._wants_focus = True
            self._presenter.refresh()

    # --- what it is made of ---------------------------------------------------

    def _make_buttons(self) -> None:
        self._previous = named("previous_day", QPushButton(_("←  Day before")))
        self._day = named("summary_day", DayEdit())
        described(_("Business date"), self._day)
        self._next = named("next_day", QPushButton(_("Day after  →")))
        self._today = named("today", QPushButton(_("Today  F7")))
        words = _("Reports  Shift+F7")
        self._reports = named("reports", QPushButton(words))
        self._reports.clicked.connect(self.reports_wanted)
        self._page = named("print_page", QPushButton(_("A4 page  F5")))
        self._slip = named("print_slip", QPushButton(_("Slip  F6")))
        for button in (self._page, self._slip):
            button.setIcon(icon("print"))
            button.setIconSize(QSize(size("icon"), size("icon")))

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(size("gap_tiny"))
        for widget in (self._previous, self._day, self._next, self._today):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self._page)
        bar.addWidget(self._slip)
        return bar

    def _charts(self) -> QHBoxLayout:
        charts = QHBoxLayout()
        charts.setSpacing(size("gap_wide"))
        for title, chart in (
            (_("By county"), self._counties),
            (_("By hour"), self._hours),
        ):
            card = Card(title)
            described(title, chart)
            card.body.addWidget(chart, 1)
            charts.addWidget(card, 1)
        return charts

    def _statement(self) -> QWidget:
        page = QWidget()
        page.setMaximumWidth(size("page_most"))
        layout = QVBoxLayout(page)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, 0, margin, margin)
        layout.setSpacing(margin)
        layout.addWidget(self._card("tenders", _("By tender and account")))
        layout.addLayout(self._charts())
        layout.addWidget(self._card("counties", _("Counties")))
        schemes = self._card("schemes", _("Schemes side by side"))
        note = _("A county counts under one scheme; schemes are never added up.")
        styled("hint", QLabel(note), schemes.body).setWordWrap(True)
        layout.addWidget(schemes)
        layout.addWidget(self._card("places", _("By channel and outlet")))
        layout.addWidget(self._card("products", _("By product")))
        layout.addStretch(1)
        return page

    def _card(self, cut: str, title: str) -> Card:
        card = Card(title)
        card.body.addWidget(self._tables[cut])
        return card

    def _lay_out(self) -> None:
        self._scroll = named("statement", QScrollArea())
        described(_("Statement of the day"), self._scroll)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setWidget(self._statement())
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, size("gap"), 0, 0)
        layout.setSpacing(size("gap"))
        layout.addLayout(self._head())
        layout.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(
            size("gap_wide"), 0, size("gap_wide"), size("gap_small")
        )
        foot.addStretch(1)
        foot.addWidget(self._reports)
        layout.addLayout(foot)

    def _head(self) -> QHBoxLayout:
        """As wide as the statement, whose scroll bar takes room at the right."""
        head = QWidget()
        head.setMaximumWidth(size("page_most"))
        inner = QVBoxLayout(head)
        inner.setContentsMargins(size("gap_wide"), 0, size("gap_wide"), 0)
        inner.setSpacing(size("gap_small"))
        inner.addLayout(self._bar())
        inner.addWidget(self.figures)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, size("scroll_bar"), 0)
        row.addWidget(head)
        return row

    def _add_keys(self) -> None:
        keys: dict[Qt.Key | str, Callable[[], None]] = {
            Qt.Key.Key_Left: self._previous.click,
            Qt.Key.Key_Right: self._next.click,
            Qt.Key.Key_F5: self._page.click,
            Qt.Key.Key_F6: self._slip.click,
            Qt.Key.Key_F7: self._today.click,
            "Shift+F7": self._reports.click,
            Qt.Key.Key_Escape: self.left.emit,
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- showing --------------------------------------------------------------

    def _show_day(self) -> None:
        assert self._presenter is not None
        self._day.show_last(self._presenter.today)
        self._day.show_day(self._presenter.day)
        is_today = self._presenter.day == self._presenter.today
        self._next.setEnabled(not is_today)
        self._today.setEnabled(not is_today)
        self._show()

    def _show(self) -> None:
        assert self._presenter is not None
        day = self._presenter.summary
        for button in (self._page, self._slip):
            button.setEnabled(day is not None)
        self._empty.setText("" if day is None else _("Nothing was sold on this day."))
        self.figures.show_figures(day)
        if day is None or day.is_empty:
            self._stack.setCurrentWidget(self._empty)
            return
        statement = statement_of(day)
        for cut, table in self._tables.items():
            marked = statement.personal if cut == "tenders" else ()
            table.show_table(getattr(statement, cut), marked)
        self._counties.show_bars(county_bars(day))
        self._hours.show_bars(hour_bars(day))
        self._stack.setCurrentWidget(self._scroll)
        if self._wants_focus:
            self._scroll.setFocus()
            self._wants_focus = False
