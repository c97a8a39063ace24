"""The paper queue: each paper is rendered, kept in a folder and sent, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import clock, settings
from models.database import Database
from models.errors import DatabaseUnavailable, PosError, PrinterFailed
from models.i18n import _, translator
from models.kinds import Method, SaleKind
from models.office.day_close_record import DayRecord
from models.office.day_record import DaySummary
from models.people.deeds import NOTHING_APPROVED, Approvals, Deed
from models.people.rights import Act
from models.selling import prints
from models.selling.cash_slips import CashSlip
from models.selling.prints import PrintJobRow, PrintState
from models.selling.sale_reading import get_record
from models.selling.sale_record import SaleRecord
from models.selling.shift_record import ShiftRecord
from models.settings import Settings
from receipts.document import Document
from receipts.receipt import receipt_for
from ui import printing
from ui.acting import acting
from ui.background import Background
from ui.presenter import Presenter
from ui.printing import NotPrinted, Picture

if TYPE_CHECKING:
    from models.goods.shelf_labels import ShelfLabel
    from models.office.file_table import FileTable


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper that lies in the folder and, if a printer is named, was sent to it."""

    title: str
    file: Path
    printer: str
    copy: int = 0  # of a receipt; 0 is the original


@dataclass(frozen=True, slots=True)
class _Step:
    """What became of the oldest paper that waited."""

    found: bool
    failures: int  # papers that wait for a retry
    printed: Printed | None = None
    trouble: str = ""


class Papers(Presenter):
    """Prints what the shop's file says is to be printed. Never touches a sale.

    All work is done on one worker, which is also the only thread that PDFium sees.
    """

    copy_printed = Signal(Printed)
    day_printed = Signal(Printed)
    labels_printed = Signal(Printed)
    shift_printed = Signal(Printed)
    cash_printed = Signal(Printed)
    waiting_changed = Signal(int)  # papers that did not come and wait for a retry

    def __init__(
        self,
        database: Database,
        background: Background,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self.waiting = 0
        self._database = database
        self._background = background
        self._is_working = False
        self._is_wanted = False

    def work_off(self) -> None:
        """Print what is queued, the oldest first; what failed waits for retry()."""
        self._is_wanted = True
        if not self._is_working:
            self._start()

    def retry(self) -> None:
        """Print what failed once more, with the same bytes as before."""
        self._background.run(self._queue_failed_again, self._on_queued)

    def reprint(self, sale_id: int, approvals: Approvals = NOTHING_APPROVED) -> None:
        """Print a copy of a receipt, marked as such; from the second on it is asked."""
        queue = partial(self._queue_copy, sale_id, approvals)
        self._background.run(queue, partial(self._on_copy_queued, sale_id))

    def print_day_page(self, day: DaySummary) -> None:
        """Print the day's summary on A4."""
        self._background.run(partial(self._print_day_page, day), self._on_day_printed)

    def print_day_slip(self, day: DaySummary) -> None:
        """Print the day's summary on the till's own paper."""
        self._background.run(partial(self._print_day_slip, day), self._on_day_printed)

    def print_day_close(self, day: DayRecord) -> None:
        """Print a day's close on A4, and put its table beside it."""
        self._background.run(partial(self._print_day_close, day), self._on_day_printed)

    def print_labels(self, labels: Sequence[ShelfLabel]) -> None:
        """Print labels for the shelf on A4."""
        self._background.run(partial(self._print_labels, labels), self._on_labels)

    def print_shift(self, shift: ShiftRecord) -> None:
        """Print a shift's 交班单 on the till's own paper, and on A4 to be signed."""
        self._background.run(partial(self._print_shift, shift), self._on_shift)

    def print_cash_slip(self, slip: CashSlip) -> None:
        """Open the drawer and print the slip of what was put in or taken out."""
        self._background.run(partial(self._print_cash_slip, slip), self._on_cash)

    def open_drawer(self) -> None:
        """Let the drawer spring open; nothing is printed."""
        self._background.run(self._open_drawer, self._on_drawer)

    def preview(
        self,
        sale_id: int,
        scale: float,
        is_wanted: Callable[[], bool],
        done: Callable[[Future[Picture | None]], None],
    ) -> None:
        """Draw a receipt as the paper shows it, ``scale`` pixels for 1/72 inch.

        Nothing is drawn if it is no longer wanted when its turn comes.
        """
        self._background.run(partial(self._draw, sale_id, scale, is_wanted), done)

    # --- on the UI thread: what the worker tells ------------------------------

    def _start(self) -> None:
        self._is_working, self._is_wanted = True, False
        self._background.run(self._print_oldest, self._on_step)

    def _on_step(self, outcome: Future[_Step]) -> None:
        self._is_working = False
        with self.telling_errors():
            step = outcome.result()
            if step.found or self._is_wanted:
                self._start()
            self._tell(step)

    def _tell(self, step: _Step) -> None:
        if step.printed is not None and step.printed.copy:
            self.copy_printed.emit(step.printed)
        if step.trouble:
            self.failed.emit(step.trouble)
        if step.failures != self.waiting:
            self.waiting = step.failures
            self.waiting_changed.emit(step.failures)

    def _on_queued(self, outcome: Future[None]) -> None:
        with self.telling_errors():
            outcome.result()
            self.work_off()

    def _on_copy_queued(self, sale_id: int, outcome: Future[None]) -> None:
        with self.telling_errors(partial(self.reprint, sale_id)):
            outcome.result()
            self.work_off()

    def _on_day_printed(self, outcome: Future[Printed]) -> None:
        with self.telling_errors():
            self.day_printed.emit(outcome.result())

    def _on_labels(self, outcome: Future[Printed]) -> None:
        with self.telling_errors():
            self.labels_printed.emit(outcome.result())

    def _on_shift(self, outcome: Future[Printed]) -> None:
        with self.telling_errors():
            self.shift_printed.emit(outcome.result())

    def _on_cash(self, outcome: Future[Printed]) -> None:
        with self.telling_errors():
            self.cash_printed.emit(outcome.result())

    def _on_drawer(self, outcome: Future[None]) -> None:
        with self.telling_errors():
            outcome.result()

    # --- on the worker: no widget, no signal ----------------------------------

    def _print_oldest(self) -> _Step:
        with self._database.read() as session:
            waiting = prints.list_waiting(session)
        queued = [job for job in waiting if job.state is PrintState.QUEUED]
        failures = len(waiting) - len(queued)
        if not queued:
            return _Step(found=False, failures=failures)
        try:
            printed = self._print(queued[0])
        except DatabaseUnavailable:  # it could not be marked: it would come for ever
            raise
        except PosError as error:
            return _Step(found=True, failures=failures + 1, trouble=str(error))
        return _Step(found=True, failures=failures, printed=printed)

    def _print(self, job: PrintJobRow) -> Printed:
        """Marks the job as sent, or as failed whatever the reason (even a bug).

        Otherwise one paper that cannot be made would keep back all that follow.
        """
        state = PrintState.FAILED
        try:
            printed = self._print_receipt(job)
            state = PrintState.SENT
        finally:
            with self._database.write() as session:
                prints.mark(session, job.id, state)
        return printed

    def _print_receipt(self, job: PrintJobRow) -> Printed:
        with self._database.read() as session:
            sale = get_record(session, job.sale_id)
            chosen = settings.load(session)
            content = session.get_one(prints.PrintJob, job.id).content
        document = _receipt(sale, chosen, job.copy)
        if content is None:
            content = _bytes(document, chosen, opens_drawer=_opens_drawer(sale, job))
            with self._database.write() as session:
                prints.store_content(session, job.id, content)
        name = f"{sale.number}-copy{job.copy}" if job.copy else sale.number
        file = self.folder / sale.business_date.isoformat() / f"{name}.pdf"
        try:
            _save(file.with_suffix(".bin"), content)
            _save(file, _pdf(document, chosen))
            _send(file, document.title, chosen.printer)
        except NotPrinted as error:
            raise PrinterFailed(error.reason) from error
        return Printed(document.title, file, chosen.printer, job.copy)

    def _print_day_page(self, day: DaySummary) -> Printed:
        from receipts import day_pdf  # noqa: PLC0415  # reportlab, 0.2 s

        chosen = self._settings()
        title = _slip(day, chosen).title
        file = self._file_of(day, "A4")
        _save(file, day_pdf.render(day, language=chosen.paper_language))
        _send(file, title, chosen.printer)
        return Printed(title, file, chosen.printer)

    def _print_day_slip(self, day: DaySummary) -> Printed:
        chosen = self._settings()
        document = _slip(day, chosen)
        file = self._file_of(day, f"{chosen.paper_width}mm")
        _save(file.with_suffix(".bin"), _bytes(document, chosen, opens_drawer=False))
        _save(file, _pdf(document, chosen))
        _send(file, document.title, chosen.printer)
        return Printed(document.title, file, chosen.printer)

    def _print_day_close(self, day: DayRecord) -> Printed:
        from receipts import day_close_book, day_close_pdf  # noqa: PLC0415  # reportlab

        chosen = self._settings()
        language = chosen.paper_language
        date = day.business_date.isoformat()
        file = self.folder / date / f"{day.till_code}-Z-{date}-A4.pdf"
        book = day_close_book.sheets_of(day, language=language)
        _save(file.with_name(f"{day.till_code}-Z-{date}.xlsx"), _book(book))
        _save(file, day_close_pdf.render(day, language=language))
        title = day_close_pdf.file_title(day, translator(language))
        _send(file, title, chosen.printer)
        return Printed(title, file, chosen.printer)

    def _print_shift(self, shift: ShiftRecord) -> Printed:
        from receipts import shift_pdf, shift_slip  # noqa: PLC0415  # reportlab, 0.2 s

        chosen = self._settings()
        language = chosen.paper_language
        slip = shift_slip.slip_for(shift, language=language)
        made_at = clock.local(shift.made_at)
        name = shift.z_name or f"{shift.till_code}-X-{made_at:%H%M%S}"
        folder = self.folder / shift.business_date.isoformat()
        page = folder / f"{name}-A4.pdf"
        _save(page, shift_pdf.render(shift, language=language))
        file = folder / f"{name}-{chosen.paper_width}mm.pdf"
        _save(file.with_suffix(".bin"), _bytes(slip, chosen, opens_drawer=False))
        _save(file, _pdf(slip, chosen))
        _send(file, slip.title, chosen.printer)
        return Printed(slip.title, file, chosen.printer)

    def _print_cash_slip(self, slip: CashSlip) -> Printed:
        from receipts import cash_slip  # noqa: PLC0415  # when first asked for

        chosen = self._settings()
        document = cash_slip.slip_for(slip, language=chosen.paper_language)
        folder = self.folder / slip.business_date.isoformat()
        file = folder / f"{cash_slip.number_of(slip)}.pdf"
        _save(file.with_suffix(".bin"), _bytes(document, chosen, opens_drawer=True))
        _save(file, _pdf(document, chosen))
        _send(file, document.title, chosen.printer)
        return Printed(document.title, file, chosen.printer)

    def _open_drawer(self) -> None:
        from receipts import escpos  # noqa: PLC0415  # Pillow, on the worker

        _save(self._file_of_now("drawer", "bin"), escpos.drawer_pulse())

    def _print_labels(self, labels: Sequence[ShelfLabel]) -> Printed:
        from receipts import shelf_labels  # noqa: PLC0415  # reportlab, 0.2 s

        chosen = self._settings()
        file = self._file_of_now("labels", "pdf")
        _save(file, shelf_labels.render(labels, language=chosen.paper_language))
        title = _("Shelf labels")
        _send(file, title, chosen.printer)
        return Printed(title, file, chosen.printer)

    def _file_of_now(self, name: str, ending: str) -> Path:
        """Beside the papers of the business day, also after midnight."""
        now = clock.now()
        folder = self.folder / clock.business_date(now).isoformat()
        return folder / f"{name}-{clock.local(now):%H%M%S}.{ending}"

    def _file_of(self, day: DaySummary, kind: str) -> Path:
        date = day.business_date.isoformat()
        return self.folder / date / f"{day.till_code}-{date}-{kind}.pdf"

    def _settings(self) -> Settings:
        with self._database.read() as session:
            return settings.load(session)

    def _queue_copy(self, sale_id: int, approvals: Approvals) -> None:
        with self._database.read() as session:
            is_again = prints.has_copy(session, sale_id)
            sale = get_record(session, sale_id)
        deed = Deed(Act.REPRINT_AGAIN if is_again else Act.REPRINT, sale.number)
        with acting(
            self._database,
            deed,
            approval=approvals.get(deed.act, ""),
            is_training=sale.is_training,  # whatever the till does at this moment
        ) as session:
            prints.queue_copy(session, sale_id, at=clock.now())

    def _queue_failed_again(self) -> None:
        with self._database.write() as session:
            for job in prints.list_waiting(session):
                prints.mark(session, job.id, PrintState.QUEUED)

    def _draw(
        self, sale_id: int, scale: float, is_wanted: Callable[[], bool]
    ) -> Picture | None:
        if not is_wanted():
            return None
        with self._database.read() as session:
            sale = get_record(session, sale_id)
            chosen = settings.load(session)
        return printing.pictures(_pdf(_receipt(sale, chosen, 0), chosen), scale)[0]


def where(printed: Printed) -> str:
    """One sentence: what was printed, and where it is to be found."""
    if printed.printer:
        said = _("{title}: sent to {printer} and saved as {file}")
    else:
        said = _("{title}: saved as {file}")
    return said.format(title=printed.title, printer=printed.printer, file=printed.file)


def _receipt(sale: SaleRecord, chosen: Settings, copy: int) -> Document:
    return receipt_for(
        sale,
        language=chosen.paper_language,
        weight_unit=chosen.weight_unit,
        copy=copy,
    )


def _slip(day: DaySummary, chosen: Settings) -> Document:
    from receipts.day_slip import slip_for  # noqa: PLC0415  # when first asked for

    return slip_for(day, language=chosen.paper_language)


def _opens_drawer(sale: SaleRecord, job: PrintJobRow) -> bool:
    """Cash that moves opens the drawer, once: a copy does not.

    Nor does what only puts the books right (another tender, or a sale typed in late),
    and practising never does.
    """
    if job.copy or sale.is_training or sale.entered_at is not None:
        return False
    if sale.kind is SaleKind.CORRECTION:
        return False
    return any(payment.method is Method.CASH for payment in sale.payments)


def _bytes(document: Document, chosen: Settings, *, opens_drawer: bool) -> bytes:
    from receipts import escpos  # noqa: PLC0415  # Pillow, on the worker

    return escpos.render(document, chosen.paper_width, opens_drawer=opens_drawer)


def _pdf(document: Document, chosen: Settings) -> bytes:
    from receipts import pdf  # noqa: PLC0415  # reportlab, 0.2 s, on the worker

    return pdf.render(document, chosen.paper_width)


def _book(sheets: Sequence[FileTable]) -> bytes:
    from models.office import workbook  # noqa: PLC0415  # when first asked for

    return workbook.render(sheets)


def _save(file: Path, content: bytes) -> None:
    """Write the file whole or not at all. Raises NotPrinted."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        reason = _("{file} cannot be written ({reason}).")
        raise NotPrinted(reason.format(file=file, reason=error.strerror)) from error


def _send(file: Path, title: str, printer: str) -> None:
    if printer:
        printing.send(file, title, printer)
