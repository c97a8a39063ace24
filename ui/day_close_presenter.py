"""日结: which date is looked at, what it came to, and who signs for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from models import clock
from models.i18n import _
from models.office import day_calendar, day_closing
from models.office.day_calendar import CalendarDay
from models.office.day_close_record import DayRecord
from models.office.day_refusals import NothingToClose, ShiftsWaiting
from models.people import pins
from models.people.deeds import Deed
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.people.staff import StaffRow
from ui.acting import check, deciding
from ui.desk import Desk
from ui.papers import Papers
from ui.presenter import Presenter
from ui.sign_in_presenter import SignInPresenter


class DayClosePresenter(Presenter):
    changed = Signal()
    month_changed = Signal()

    def __init__(
        self,
        desk: Desk,
        sign_in: SignInPresenter,
        papers: Papers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sign_in = sign_in
        self._papers = papers
        self.day = desk.today
        self.record: DayRecord | None = None  # None: it cannot be closed yet
        self.why = ""  # it cannot
        self.signers: list[StaffRow] = []
        self.needs_pin = False
        self.month = self.day.replace(day=1)
        self.days: list[CalendarDay] = []

    # --- the day ------------------------------------------------------------------

    def show_day(self, day: date) -> None:
        self.day = day
        self.refresh()

    def refresh(self) -> None:
        """Add the day up again; whoever may not see figures sees none."""
        with self.telling_errors():
            self._forget()
            try:
                self._permit(self.day)
                self._read()
            finally:
                self.changed.emit()

    def _permit(self, day: date) -> None:
        """Raises NotPermitted, which is recorded."""
        check(self._desk.database, Deed(Act.SEE_FIGURES, day.isoformat()))

    def _forget(self) -> None:
        self.record, self.why, self.signers = None, "", []

    def _read(self) -> None:
        self._forget()
        with self._desk.database.read() as session:
            self.needs_pin = pins.any_pin(session)
            try:
                self.record = day_closing.get_record(session, self.day, at=clock.now())
            except (NothingToClose, ShiftsWaiting) as reason:
                self.why = str(reason)
                return
            if self.record.signed is None:
                self.signers = day_closing.list_signers(session, self.day)

    @property
    def is_to_be_signed(self) -> bool:
        return self.record is not None and self.record.signed is None

    def sign(self, signer_id: int, pin: str, note: str) -> None:
        """日结: the signer answers for the day with his own PIN; then it is locked."""
        with self.telling_errors():
            database = self._desk.database
            if self.needs_pin:
                keys, at = self._sign_in.keys(), clock.now()
                pins.verify(database, keys, signer_id, pin, at=at)
            with deciding(database) as (session, here):
                signer = replace(here, staff_id=signer_id)
                record = day_closing.close_day(session, signer, self.day, note=note)
            self._desk.reload()
            self._read()
            self.changed.emit()
            words = _("{day} is closed and signed.").format(day=self.day.isoformat())
            self.told.emit(words)
            self._papers.print_day_close(record)

    def print_page(self) -> None:
        """The A4 page and the table of what is shown, signed or not."""
        if self.record is not None:
            self._papers.print_day_close(self.record)

    # --- the calendar -------------------------------------------------------------

    def show_month(self, day: date) -> None:
        """The month in which ``day`` lies; none after this one."""
        with self.telling_errors():
            self.month = min(day, self._desk.today).replace(day=1)
            self.days = []
            try:
                self._permit(self.month)
                with self._desk.database.read() as session:
                    self.days = day_calendar.month_of(session, self.month)
            except NotPermitted:
                self.month_changed.emit()
                raise
            self.month_changed.emit()

    def previous_month(self) -> None:
        self.show_month(self.month - timedelta(days=1))

    def next_month(self) -> None:
        self.show_month((self.month + timedelta(days=31)).replace(day=1))

    @property
    def is_last_month(self) -> bool:
        return self.month == self._desk.today.replace(day=1)

    @property
    def today(self) -> date:
        return self._desk.today
