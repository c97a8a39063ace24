"""The calendar of days: each with a word and a colour for how far it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assets.tokens import size
from models.i18n import _
from models.office.day_close_record import DayState
from receipts.day_close_words import state_name
from ui.cash_words import variance_words
from ui.widgets.icon import icon
from ui.widgets.named import described, named, restyle, styled

if TYPE_CHECKING:
    from models.office.day_calendar import CalendarDay
    from ui.day_close_presenter import DayClosePresenter

_WEEKS = 6
_A_WEEK = {Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Day(QPushButton):
    """One day, opened by Enter; ↑ and ↓ go to the same day a week before and after."""

    stepped = Signal(int)  # so many days on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _A_WEEK:
            self.stepped.emit(_A_WEEK[key])
        elif key in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


class CalendarView(QWidget):
    """Shows the month of a DayClosePresenter; a day that is touched is opened."""

    chosen = Signal(object)  # the date

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: DayClosePresenter | None = None
        self._cells: list[_Day] = []
        layout = QVBoxLayout(self)
        margin = size("gap_wide")
        layout.setContentsMargins(margin, 0, margin, 0)
        layout.setSpacing(size("gap_small"))
        layout.addLayout(self._head())
        self._grid = QGridLayout()
        self._grid.setSpacing(size("gap_tiny"))
        for column, words in enumerate(_weekdays()):
            name = styled("hint", QLabel(words))
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(name, 0, column)
            self._grid.setColumnStretch(column, 1)
        for row in range(1, _WEEKS + 1):
            self._grid.setRowStretch(row, 1)
        layout.addLayout(self._grid, 1)

    def connect_to(self, presenter: DayClosePresenter) -> None:
        self._presenter = presenter
        presenter.month_changed.connect(self._show)
        self.previous.clicked.connect(presenter.previous_month)
        self.next.clicked.connect(presenter.next_month)

    def refresh(self) -> None:
        if self._presenter is not None:
            self._presenter.show_month(self._presenter.day)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(size("gap_small"))
        words = _("←  Month before")
        self.previous = named("previous_month", QPushButton(words), row)
        self._title = named("calendar_month", styled("heading", QLabel()), row)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setMinimumWidth(size("label"))
        self.next = named("next_month", QPushButton(_("Month after  →")), row)
        row.addStretch(1)
        hint = _("Touch a day to see what it came to and to close it.")
        styled("hint", QLabel(hint), row)
        return row

    def _show(self) -> None:
        presenter = self._presenter
        assert presenter is not None
        self._title.setText(f"{presenter.month:%Y-%m}")
        self.next.setEnabled(not presenter.is_last_month)
        had_focus = any(cell.hasFocus() for cell in self._cells)
        for cell in self._cells:
            cell.setParent(None)  # at once: it must not be touched any more
            cell.deleteLater()
        self._cells = [self._cell(one) for one in presenter.days]
        before = presenter.month.weekday()
        for place, cell in enumerate(self._cells, before):
            row, column = divmod(place, len(_weekdays()))
            self._grid.addWidget(cell, row + 1, column)
            is_shown = presenter.days[place - before].day == presenter.day
            if is_shown or (had_focus and cell.isEnabled()):  # the last that may be
                cell.setFocus()

    def _cell(self, one: CalendarDay) -> _Day:
        assert self._presenter is not None
        cell = named(f"day_{one.day.isoformat()}", _Day())
        said = _words(one)
        cell.setText(f"{one.day.day}\n{said}" if said else str(one.day.day))
        described(f"{one.day.isoformat()} {said}".rstrip(), cell)
        restyle(cell, "role", f"day_{one.state}")
        if one.is_closed:
            cell.setIcon(icon("lock"))
            cell.setIconSize(QSize(size("icon_small"), size("icon_small")))
        policy = QSizePolicy.Policy
        cell.setSizePolicy(policy.Ignored, policy.Expanding)
        cell.setEnabled(one.day <= self._presenter.today)
        cell.clicked.connect(partial(self.chosen.emit, one.day))
        cell.stepped.connect(partial(self._step, one.day.day - 1))
        return cell

    def _step(self, place: int, days: int) -> None:
        """Where the month or what may be chosen ends, the focus stays."""
        if 0 <= place + days < len(self._cells):
            self._cells[place + days].setFocus()


def _words(one: CalendarDay) -> str:
    """How far the day is; where money differs by how much."""
    is_money = one.state is DayState.DIFFERENT and bool(one.variance)
    return variance_words(one.variance) if is_money else state_name(one.state, _)


def _weekdays() -> tuple[str, ...]:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
