"""The day summary's state: which day is shown, and what it came to."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from models import clock, places
from models.database import Database
from models.office import summary
from models.office.day_record import DaySummary
from models.people.deeds import Deed
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.selling import shifts
from ui.acting import check
from ui.background import Background
from ui.papers import Papers, Printed, where
from ui.presenter import Presenter


class SummaryPresenter(Presenter):
    day_changed = Signal()  # another day was chosen; its figures follow
    summary_changed = Signal()

    def __init__(
        self,
        database: Database,
        background: Background,
        papers: Papers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.today = clock.business_date(clock.now())
        self.day = self.today
        self.summary: DaySummary | None = None  # of ``day``, once it is added up
        self._database = database
        self._background = background
        self._papers = papers
        papers.day_printed.connect(self._on_day_printed)

    def refresh(self) -> None:
        """Add the day up again; who looked at today looks at the new today."""
        with self.telling_errors():
            was_today = self.day == self.today
            self.today = self._business_date()
            if was_today and self.day != self.today:
                self.show_day(self.today)
            else:
                self._add_up()

    def show_day(self, day: date) -> None:
        """Show another business date; there is none after today."""
        with self.telling_errors():
            day = min(day, self.today)
            if day != self.day:
                self.day = day
                self.summary = None
                self.day_changed.emit()
                self._add_up()

    def previous_day(self) -> None:
        self.show_day(self.day - timedelta(days=1))

    def next_day(self) -> None:
        self.show_day(self.day + timedelta(days=1))

    def show_today(self) -> None:
        self.show_day(self.today)

    def print_page(self) -> None:
        """Print what is shown on A4; it is told where it went."""
        if self.summary is not None:
            self._papers.print_day_page(self.summary)

    def print_slip(self) -> None:
        """Print what is shown on the till's own paper; it is told where it went."""
        if self.summary is not None:
            self._papers.print_day_slip(self.summary)

    def _business_date(self) -> date:
        """That of the open shift, or of this moment without one."""
        with self._database.read() as session:
            till = places.this_till(session)
            shift = shifts.find_open(session, till.id) if till else None
        return shift.business_date if shift else clock.business_date(clock.now())

    def _add_up(self) -> None:
        """Raises NotPermitted; then nothing of what another person saw is shown."""
        try:
            check(self._database, Deed(Act.SEE_FIGURES, self.day.isoformat()))
        except NotPermitted:
            self.summary = None
            self.summary_changed.emit()
            raise
        self._background.run(partial(self._summarize, self.day), self._on_added_up)

    def _summarize(self, day: date) -> DaySummary | None:
        if day != self.day:
            return None  # another day was chosen while this one waited
        with self._database.read() as session:
            return summary.summarize(session, day, at=clock.now())

    def _on_added_up(self, outcome: Future[DaySummary | None]) -> None:
        with self.telling_errors():
            found = outcome.result()
            if found is not None and found.business_date == self.day:
                self.summary = found
                self.summary_changed.emit()

    def _on_day_printed(self, printed: Printed) -> None:
        self.told.emit(where(printed))
