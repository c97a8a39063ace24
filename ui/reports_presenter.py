"""The reports' state: which period and cut are wanted, and what they came to."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models import clock
from models.database import Database
from models.i18n import Language, _, language, translator
from models.kinds import Cut
from models.money import Money
from models.office import day_totals, periods, reports, targets
from models.office.periods import Against, Period
from models.office.report_record import WITH_TARGETS, Report, Wish
from models.office.reports import Elsewhere
from models.people.deeds import Deed
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.selling.cut_keys import Behind
from receipts.report_words import cut_name
from ui.acting import acting, check
from ui.background import Background
from ui.presenter import Presenter

PERIODS = {
    "month": periods.month_of,
    "last_month": periods.month_before,
    "quarter": periods.quarter_of,
    "year": periods.year_of,
}


class ReportsPresenter(Presenter):
    wish_changed = Signal()  # its figures follow
    report_changed = Signal()
    busy_changed = Signal()
    receipts_wanted = Signal(Behind)

    def __init__(
        self,
        database: Database,
        background: Background,
        parent: QObject | None = None,
        *,
        elsewhere: Elsewhere = reports.nothing_elsewhere,
    ) -> None:
        super().__init__(parent)
        self.today = clock.business_date(clock.now())
        self.wish = Wish(periods.month_of(self.today))
        self.report: Report | None = None  # of ``wish``, once it is added up
        self.is_busy = False  # a file is being written
        self._database = database
        self._background = background
        self._elsewhere = elsewhere
        self._is_catching_up = False

    # --- which report ---------------------------------------------------------

    @property
    def chosen(self) -> str:
        """The name of the period in PERIODS; "" for any other."""
        for name, make in PERIODS.items():
            if make(self.today) == self.wish.period:
                return name
        return ""

    @property
    def has_targets(self) -> bool:
        return self.wish.cut in WITH_TARGETS

    def refresh(self) -> None:
        """Read the report again; who looked at a period up to today does so still."""
        chosen, today = self.chosen, clock.business_date(clock.now())
        if today != self.today:
            self.today = today
            if chosen:
                self.wish = replace(self.wish, period=PERIODS[chosen](today))
            self.wish_changed.emit()
        self._read()

    def choose(self, name: str) -> None:
        """One of PERIODS."""
        self._want(replace(self.wish, period=PERIODS[name](self.today)))

    def show_days(self, one: date, other: date) -> None:
        """From the earlier to the later day; there is none after today."""
        first, last = sorted(min(day, self.today) for day in (one, other))
        self._want(replace(self.wish, period=Period(first, last)))

    def earlier(self) -> None:
        self._want(replace(self.wish, period=self.wish.period.before()))

    def later(self) -> None:
        """The next period as far as it has begun, or nothing."""
        after = self.wish.period.after()
        if after.first <= self.today:
            period = Period(after.first, min(after.last, self.today))
            self._want(replace(self.wish, period=period))

    def cut_by(self, cut: Cut) -> None:
        self._want(replace(self.wish, cut=cut))

    def compare_with(self, against: Against) -> None:
        self._want(replace(self.wish, against=against))

    def open_receipts(self, figure: Behind) -> None:
        """Show the receipts that a figure is made of."""
        self.receipts_wanted.emit(figure)

    def _want(self, wish: Wish) -> None:
        if wish != self.wish:
            self.wish = wish
            self.report = None
            self.wish_changed.emit()
            self._read()

    # --- reading it -----------------------------------------------------------

    def _read(self) -> None:
        with self.telling_errors():
            try:
                deed = Deed(Act.SEE_FIGURES, str(self.wish.period.first))
                check(self._database, deed)
            except NotPermitted:  # nothing of what another person saw is shown
                self.report = None
                self.report_changed.emit()
                raise
            self._background.run(partial(self._make, self.wish), self._on_made)

    def _make(self, wish: Wish) -> Report | None:
        if wish != self.wish:
            return None  # another was chosen while this one waited
        with self._database.read() as session:
            return reports.make(
                session, wish, at=clock.now(), elsewhere=self._elsewhere
            )

    def _on_made(self, outcome: Future[Report | None]) -> None:
        with self.telling_errors():
            made = outcome.result()
            if made is not None and _wish_of(made) == self.wish:
                self.report = made
                self.report_changed.emit()
                self._catch_up()

    # --- earlier days, stored one by one while the till has nothing else to do ------

    def _catch_up(self) -> None:
        if not self._is_catching_up and not self._database.is_read_only:
            self._is_catching_up = True
            self._background.run(partial(self._store_a_day, self.today), self._on_day)

    def _store_a_day(self, today: date) -> bool:
        """Whether there was one to store."""
        with self._database.read() as session:
            day = day_totals.next_due(session, today)
        if day is None:
            return False
        with self._database.write() as session:
            day_totals.write(session, day)
        return True

    def _on_day(self, outcome: Future[bool]) -> None:
        self._is_catching_up = False
        with self.telling_errors():
            if outcome.result():
                self._catch_up()

    # --- targets and files ------------------------------------------------------------

    def set_target(self, key: str, amount: Money | None) -> None:
        """Of the year of the period's end; None takes it away."""
        with self.telling_errors():
            year = self.wish.period.last.year
            deed = Deed(Act.SETTINGS, f"{year} {key}", amount or Money.ZERO)
            with acting(self._database, deed) as session:
                targets.set_target(session, year, self.wish.cut, key, amount)
            self._read()

    def proposed(self, ending: str) -> str:
        """A file in the shop's own folder, named after the report."""
        folder = self._database.path.absolute().parent / "exports"
        period = self.wish.period
        days = f"{period.first.isoformat()}-{period.last.isoformat()}"
        name = _("report-{cut}-{days}").format(
            cut=cut_name(self.wish.cut, _), days=days
        )
        return str(folder / f"{name}.{ending}")

    def write(self, path: str) -> None:
        """Write what is shown; the ending says how. It is told where it is then."""
        if self.is_busy or self.report is None:
            return
        with self.telling_errors():
            check(self._database, Deed(Act.SEE_FIGURES, path))
            self._set_busy(is_busy=True)
            file = Path(path).expanduser().absolute()
            work = partial(_write, self.report, file, language())
            self._background.run(work, self._on_written)

    def _on_written(self, outcome: Future[Path]) -> None:
        self._set_busy(is_busy=False)
        with self.telling_errors():
            file = outcome.result()
            self.told.emit(_("The report is saved as {file}").format(file=file))

    def _set_busy(self, *, is_busy: bool) -> None:
        self.is_busy = is_busy
        self.busy_changed.emit()


def _wish_of(report: Report) -> Wish:
    return Wish(report.period, report.cut, report.against)


def _write(report: Report, file: Path, spoken: Language) -> Path:
    """On the worker, where reportlab and XlsxWriter may take their time."""
    from models.office import report_files, table_writing, workbook  # noqa: PLC0415  # slow, and seldom needed
    from receipts import report_pdf, report_tables  # noqa: PLC0415  # slow, and seldom needed

    kind = report_files.kind_of(file)
    if kind is report_files.FileKind.PDF:
        content = report_pdf.render(report, language=spoken)
    else:
        tables = report_tables.file_tables(report, spoken, translator(spoken))
        is_csv = kind is report_files.FileKind.CSV
        content = report_files.as_csv(tables[0]) if is_csv else workbook.render(tables)
    table_writing.write(file, content)
    return file
