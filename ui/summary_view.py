"""The day summary: the key figures stand still, the statement scrolls below them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
from ui.calendar_view import CalendarView
from ui.day_close_view import DayCloseView
from ui.external_view import ExternalView
from ui.key_figures_view import KeyFigures
from ui.summary_statement import county_bars, hour_bars, statement_of
from ui.widgets.bar_chart import BarChart, HourChart
from ui.widgets.card import Card
from ui.widgets.day_edit import DayEdit
from ui.widgets.icon import icon
from ui.widgets.named import described, named, styled
from ui.widgets.statement_table import StatementTable

if TYPE_CHECKING:
    from datetime import date

    from ui.day_close_presenter import DayClosePresenter
    from ui.external_presenter import ExternalPresenter
    from ui.summary_presenter import SummaryPresenter

_CUTS = ("tenders", "counties", "schemes", "places", "products")


class SummaryView(QWidget):
    """Shows a SummaryPresenter and passes on what the reconciler does.

    Calendar, close and figures from elsewhere stand beside the summary, a key away.
    """

    left = Signal()
    reports_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        styled("page", self)
        self._presenter: SummaryPresenter | None = None
        self._closing: DayClosePresenter | None = None
        self._wants_focus = False
        self._make_buttons()
        self.figures = KeyFigures()
        self._counties = named("county_chart", BarChart())
        self._hours = named("hour_chart", HourChart())
        self._tables = {cut: named(cut, StatementTable()) for cut in _CUTS}
        self._empty = styled("hint", named("no_sales", QLabel()))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._calendar = CalendarView()
        self._calendar.chosen.connect(self._on_day_chosen)
        self._close = DayCloseView()
        self._external = ExternalView()
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
        self._page.clicked.connect(self._on_page)
        self._slip.clicked.connect(presenter.print_slip)
        self._show_day()

    def connect_office(
        self, closing: DayClosePresenter, external: ExternalPresenter
    ) -> None:
        """What the reconciler does beside looking at the day."""
        self._closing = closing
        self._calendar.connect_to(closing)
        self._close.connect_to(closing)
        self._external.connect_to(external)
        closing.changed.connect(self._show_foot)

    def refresh(self) -> None:
        """The page is shown: add the day up again, and let the keys scroll it."""
        if self._presenter is None:
            return
        beside = self._beside()
        if beside is not None:  # a PIN was asked for meanwhile
            self._show_beside(beside)
            return
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
        self._views = QStackedWidget()
        for view in (self._stack, self._calendar, self._close, self._external):
            self._views.addWidget(view)
        layout.addWidget(self._views, 1)
        layout.addLayout(self._foot())
        self._show_foot()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        margin = size("gap_wide")
        row.setContentsMargins(margin, 0, margin, size("gap_small"))
        row.setSpacing(size("gap_small"))
        leave = named("leave_day", QPushButton(_("Back  Esc")), row)
        leave.clicked.connect(self._on_leave)
        self._beside_keys: dict[Qt.Key, QPushButton] = {}
        for name, words, key, view in (
            ("day_calendar", _("Calendar  F2"), Qt.Key.Key_F2, self._calendar),
            ("close_day", _("Close the day  F3"), Qt.Key.Key_F3, self._close),
            ("external", _("Sold elsewhere  F4"), Qt.Key.Key_F4, self._external),
        ):
            button = named(name, QPushButton(words), row)
            button.clicked.connect(partial(self._show_beside, view))
            self._beside_keys[key] = button
        row.addWidget(self._reports)
        self._go = named("confirm_day", styled("primary", QPushButton()))
        self._go.clicked.connect(self._on_confirm)
        kept = self._go.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._go.setSizePolicy(kept)
        row.addWidget(self._go, 1)
        return row

    def _head(self) -> QHBoxLayout:
        """As wide as the statement, whose scroll bar takes room at the right."""
        head = self._top = QWidget()
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
            Qt.Key.Key_Left: self._on_earlier,
            Qt.Key.Key_Right: self._on_later,
            Qt.Key.Key_F5: self._page.click,
            Qt.Key.Key_F6: self._slip.click,
            Qt.Key.Key_F7: self._today.click,
            "Shift+F7": self._reports.click,
            Qt.Key.Key_F12: self._on_confirm,
            Qt.Key.Key_Escape: self._on_leave,
            **{key: button.click for key, button in self._beside_keys.items()},
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- what stands beside the summary -----------------------------------------

    def _beside(self) -> QWidget | None:
        """What is shown in place of the summary."""
        view = self._views.currentWidget()
        return None if view is self._stack else view

    def _show_beside(self, view: QWidget, _is_checked: object = None) -> None:
        if self._closing is None:
            return
        self._views.setCurrentWidget(view)
        self._show_foot()
        if view is self._close:
            self._closing.show_day(self._shown_day())
        elif view is self._calendar:
            self._calendar.refresh()
        else:
            self._external.refresh()

    def _show_foot(self) -> None:
        """And at the top only what serves what is shown."""
        view = self._beside()
        self._top.setVisible(view is None or view is self._close)
        self.figures.setVisible(view is None)
        self._slip.setVisible(view is None)
        is_external = view is self._external
        can_sign = view is self._close and self._close.can_sign
        self._go.setVisible(is_external or can_sign)
        self._go.setText(_("Record  F12") if is_external else _("Sign and close  F12"))
        if view is self._close:
            is_any = self._closing is not None and self._closing.record is not None
            self._page.setEnabled(is_any)

    def _shown_day(self) -> date:
        assert self._presenter is not None
        return self._presenter.day

    def _on_day_chosen(self, day: date) -> None:
        assert self._presenter is not None
        self._presenter.show_day(day)
        self._show_beside(self._close)

    def _on_confirm(self) -> None:
        view = self._beside()
        if view is self._close:
            self._close.sign()
        elif view is self._external:
            self._external.enter()

    def _on_page(self) -> None:
        assert self._presenter is not None
        if self._beside() is None:
            self._presenter.print_page()
        elif self._closing is not None:
            self._closing.print_page()

    def _on_earlier(self) -> None:
        in_calendar = self._beside() is self._calendar
        (self._calendar.previous if in_calendar else self._previous).click()

    def _on_later(self) -> None:
        in_calendar = self._beside() is self._calendar
        (self._calendar.next if in_calendar else self._next).click()

    def _on_leave(self) -> None:
        if self._beside() is None:
            self.left.emit()
            return
        self._views.setCurrentWidget(self._stack)
        self._show_foot()
        self.refresh()

    # --- showing --------------------------------------------------------------

    def _show_day(self) -> None:
        assert self._presenter is not None
        self._day.show_last(self._presenter.today)
        self._day.show_day(self._presenter.day)
        is_today = self._presenter.day == self._presenter.today
        self._next.setEnabled(not is_today)
        self._today.setEnabled(not is_today)
        self._show()
        if self._beside() is self._close and self._closing is not None:
            self._closing.show_day(self._presenter.day)

    def _show(self) -> None:
        assert self._presenter is not None
        day = self._presenter.summary
        for button in (self._page, self._slip):
            button.setEnabled(day is not None)
        self._show_foot()
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
        if self._wants_focus and self._scroll.isVisible():
            self._scroll.setFocus()
            self._wants_focus = False
