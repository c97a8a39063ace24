"""The panel of 补录: which paper slip the open basket was sold on, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from PySide6.QtCore import QObject, Signal

from models import clock
from models.errors import WrongField
from models.i18n import _
from models.selling import late_entries
from models.selling.late_entries import Slip
from models.written import tidy_field
from ui.desk import Desk
from ui.payment_presenter import PaymentPresenter
from ui.presenter import Presenter


class LateEntryPresenter(Presenter):
    changed = Signal()

    def __init__(
        self, desk: Desk, payment: PaymentPresenter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._payment = payment
        self.number = ""  # proposed: the one after the last
        self.day = desk.today
        self.time = ""
        self.reason = ""  # of the slip before

    @property
    def latest(self) -> date:
        """After midnight the shift's day is not over yet."""
        return max(self._desk.today, clock.local(clock.now()).date())

    def refresh(self) -> None:
        """The panel is shown: what the last slip said is probably so again."""
        last = self._payment.last_slip
        self.day = self._desk.today
        self.number = self.time = self.reason = ""
        if last is not None:
            self.number, self.reason = _next(last.number), last.reason
            at = clock.local(last.happened_at)
            self.day, self.time = at.date(), f"{at:%H:%M}"
        self.changed.emit()

    def go_on(self, number: str, day: date, time_: str, reason: str) -> None:
        """To the payment, which takes the tenders that the paper names."""
        with self.telling_errors():
            slip = Slip(
                tidy_field(number, _("Slip number")), _moment(day, time_), reason
            )
            with self._desk.database.read() as session:
                late_entries.check(session, slip, self._desk.seat(), at=clock.now())
            self._payment.enter_slip(slip)

    def leave(self) -> None:
        """The basket was not sold on paper."""
        self._payment.drop_errand()


def _moment(day: date, text: str) -> datetime:
    """The shop's time of that day: 9:30, 0930 or 9.30. Raises WrongField."""
    digits = "".join(character for character in text if character.isdecimal())
    try:
        at = time(int(digits[:-2]), int(digits[-2:]))
    except ValueError:
        raise WrongField(_("Time"), text) from None
    return datetime.combine(day, at, clock.SHOP_ZONE).astimezone(UTC)


def _next(number: str) -> str:
    """ "0018" after "0017"; nothing where it does not end in figures."""
    stem = number.rstrip("0123456789")
    figures = number[len(stem) :]
    return f"{stem}{int(figures) + 1:0{len(figures)}}" if figures else ""
