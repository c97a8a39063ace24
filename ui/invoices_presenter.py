"""发票登记: the invoice of one receipt, those of some days, and their export."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import clock
from models.errors import NoSuchReceipt
from models.i18n import _
from models.money import Money
from models.selling import invoices, sale_reading
from models.selling.invoice_row import InvoiceRow, InvoiceState, Wanted
from models.selling.refusals import NotASale
from models.selling.remaining import left_of
from ui.acting import deciding
from ui.background import Background
from ui.desk import Desk
from ui.presenter import Presenter

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from models.selling.seat import Seat


@dataclass(frozen=True, slots=True)
class Invoiced:
    """A receipt, what is left of it, and its invoices."""

    sale_id: int
    number: str
    left: Money
    standing: InvoiceRow | None
    reversed: tuple[InvoiceRow, ...]


class InvoicesPresenter(Presenter):
    receipt_changed = Signal()
    rows_changed = Signal()
    busy_changed = Signal()

    def __init__(
        self, desk: Desk, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._sale_id = 0
        self.receipt: Invoiced | None = None
        self.why_none = ""  # a sentence where no invoice can be registered
        self.last = desk.today
        self.first = self.last.replace(day=1)
        self.state: InvoiceState | None = None  # None: whatever became of them
        self.rows: list[InvoiceRow] = []
        self.is_busy = False

    @property
    def today(self) -> date:
        return self._desk.today

    # --- what is shown ----------------------------------------------------------

    def show(self, sale_id: int) -> None:
        """The invoice of this receipt."""
        self._sale_id = sale_id
        self._read_receipt()

    def scan(self, code: str) -> None:
        """The invoice of the receipt that a QR code or a number names."""
        with self.telling_errors():
            with self._desk.database.read() as session:
                sale_id = sale_reading.find_by_code(session, code)
            if sale_id is None:
                raise NoSuchReceipt
            self.show(sale_id)

    def refresh(self) -> None:
        """Read the receipt and the list again."""
        self._read_receipt()
        self._read_rows()

    def list_from(self, first: date) -> None:
        self.first, self.last = first, max(first, self.last)
        self._read_rows()

    def list_to(self, last: date) -> None:
        self.first, self.last = min(self.first, last), last
        self._read_rows()

    def list_only(self, state: InvoiceState | None) -> None:
        self.state = state
        self._read_rows()

    def _read_rows(self) -> None:
        with self.telling_errors():
            self.rows = self._find()
            self.rows_changed.emit()

    def _find(self) -> list[InvoiceRow]:
        with self._desk.database.read() as session:
            return invoices.list_between(session, self.first, self.last, self.state)

    def _read_receipt(self) -> None:
        with self.telling_errors():
            self.receipt, self.why_none = None, ""
            try:
                self.receipt = self._invoiced()
            except NotASale as reason:
                self.why_none = str(reason)
            self.receipt_changed.emit()

    def _invoiced(self) -> Invoiced:
        with self._desk.database.read() as session:
            left = left_of(session, self._sale_id)
            found = invoices.list_of(session, self._sale_id)
        over = [one for one in found if one.state is InvoiceState.REVERSED]
        standing = next((one for one in found if one not in over), None)
        return Invoiced(left.sale_id, left.number, left.net, standing, tuple(over))

    # --- what becomes of it -------------------------------------------------------

    def register(self, wanted: Wanted) -> None:
        """The customer of the receipt wants an invoice."""
        assert self.receipt is not None, "the form is of a receipt"
        sale_id, number = self.receipt.sale_id, self.receipt.number
        with self.telling_errors():
            at = clock.now()
            self._do(
                lambda session, seat: invoices.register(
                    session, sale_id, wanted, seat, at=at
                )
            )
            said = _("The invoice of {number} is registered.")
            self.told.emit(said.format(number=number))

    def issue(self, number: str) -> None:
        """已开: the tax bureau's system gave it this number."""
        invoice_id, at = self._standing_id(), clock.now()
        with self.telling_errors():
            self._do(
                lambda session, seat: invoices.issued(
                    session, invoice_id, number, seat, at=at
                )
            )
            self.told.emit(_("Invoice {number} is issued.").format(number=number))

    def reverse(self, red_number: str) -> None:
        """已红冲: the red-letter invoice of this number takes it back."""
        invoice_id, at = self._standing_id(), clock.now()
        with self.telling_errors():
            self._do(
                lambda session, seat: invoices.reversed_by(
                    session, invoice_id, red_number, seat, at=at
                )
            )
            said = _("The invoice is reversed by {number}.")
            self.told.emit(said.format(number=red_number))

    def _do(self, act: Callable[[Session, Seat], object]) -> None:
        seat = self._desk.seat()
        with deciding(self._desk.database) as (session, _here):
            act(session, seat)
        self.refresh()

    def _standing_id(self) -> int:
        assert self.receipt is not None, "the number is of a receipt's invoice"
        assert self.receipt.standing is not None, "the number is of an invoice"
        return self.receipt.standing.id

    # --- the export ---------------------------------------------------------------

    def proposed(self, ending: str) -> str:
        """A file in the shop's own folder, named after the days."""
        folder = self._desk.database.path.absolute().parent / "exports"
        days = f"{self.first.isoformat()}_{self.last.isoformat()}"
        name = _("invoices")
        return str(folder / f"{name}-{days}.{ending}")

    def export(self, path: str) -> None:
        """Write those in the list; the ending says how. It is told where they are."""
        if self.is_busy:
            return
        with self.telling_errors():
            rows, file = self._find(), Path(path).expanduser().absolute()
            self._set_busy(is_busy=True)
            self._background.run(partial(_write, file, rows), self._on_written)

    def _on_written(self, outcome: Future[Path]) -> None:
        self._set_busy(is_busy=False)
        with self.telling_errors():
            said = _("The invoices are saved as {file}")
            self.told.emit(said.format(file=outcome.result()))

    def _set_busy(self, *, is_busy: bool) -> None:
        self.is_busy = is_busy
        self.busy_changed.emit()


def _write(file: Path, rows: list[InvoiceRow]) -> Path:
    # XlsxWriter, on the worker
    from models.office import invoice_export, table_writing  # noqa: PLC0415  # slow, and seldom needed

    kind = table_writing.kind_of(file)
    table = invoice_export.table_of(rows)
    table_writing.write(file, table_writing.render(table, kind))
    return file
