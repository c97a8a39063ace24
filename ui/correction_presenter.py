"""What the panels of corrections share: one receipt, and one document stored once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.i18n import _
from models.ids import new_uuid
from models.selling import invoices, sale_reading
from models.selling.giving_back import Refunded
from models.selling.remaining import Left, left_of
from models.selling.sale_record import SaleRecord
from models.selling.seat import Seat
from ui.acting import deciding
from ui.corrected import Corrected
from ui.desk import Desk
from ui.presenter import Presenter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class CorrectionPresenter(Presenter):
    opened = Signal()  # a receipt can be corrected: the panel is wanted
    changed = Signal()
    corrected = Signal(Corrected)  # once it is on disk
    paper_wanted = Signal()  # after the screen: the drawer, then the paper

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.left: Left | None = None  # None: nothing is to be corrected (any more)
        self.record: SaleRecord | None = None
        self.invoice = ""  # issued for the receipt, and wrong once money went back
        self._uuid = ""  # of the document, so that two presses store it once

    def open(self, sale_id: int) -> None:
        """Correct this receipt, in the open shift."""
        with self.telling_errors():
            self.desk.seat()
            with self.desk.database.read() as session:
                left = left_of(session, sale_id)
                self.record = sale_reading.get_record(session, sale_id)
                self.invoice = invoices.issued_number(session, sale_id)
            self._check()
            self.left = left
            self._uuid = new_uuid()
            self._begin()
            self.opened.emit()

    def leave(self) -> None:
        """Nothing was stored, or all is stored already."""
        self.left = None

    @property
    def number(self) -> str:
        return self.record.number if self.record is not None else ""

    @property
    def notices(self) -> tuple[str, ...]:
        """What the cashier should know of the receipt before anything goes back."""
        said = []
        if self.record is not None and self.record.business_date != self.desk.today:
            words = _("Sold on {day}, which is over: this belongs to today's shift.")
            said.append(words.format(day=self.record.business_date.isoformat()))
        elif not self._is_of_open_shift():
            said.append(_("Its shift is closed: this belongs to the open one."))
        if self.invoice:
            words = _("Invoice {number} is issued: it will need a red invoice.")
            said.append(words.format(number=self.invoice))
        return tuple(said)

    def _is_of_open_shift(self) -> bool:
        shift = self.desk.shift
        return (
            shift is not None
            and self.record is not None
            and (self.record.shift_number, self.record.till_code)
            == (shift.number, self.desk.till.code)
        )

    def _check(self) -> None:
        """Raise what keeps this receipt from being corrected; nothing as a rule."""

    def _begin(self) -> None:
        """Nothing is chosen yet."""

    def _store(self, do: Callable[[Session, Seat, datetime], Refunded]) -> Refunded:
        """Do it in one transaction, in which what is refused is recorded."""
        seat = self.desk.seat()
        with deciding(self.desk.database) as (session, here):
            done = do(session, seat, here.at)
        self.desk.note(here.at)
        return done

    def _tell(self, corrected: Corrected) -> None:
        """Disk came first; now the screen, then drawer and paper."""
        self.left = None
        self.corrected.emit(corrected)
        self.paper_wanted.emit()
        self.told.emit(corrected.title)


def red_words(number: str) -> str:
    """What the invoice that is wrong now needs; "" where there is none."""
    if not number:
        return ""
    return _("Invoice {number} needs a red invoice now.").format(number=number)
