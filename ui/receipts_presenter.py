"""The receipts screen's state: what is looked for, what was found, what is shown."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from models import clock
from models.database import Database
from models.errors import NoSuchReceipt
from models.selling import sale_reading
from models.selling.cut_keys import Behind
from models.selling.sale_reading import SaleRow, Wanted
from ui.background import Background
from ui.papers import Papers, Printed, where
from ui.presenter import Presenter
from ui.printing import Picture

_PAGE = 100


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question to the file; an answer to any but the last one is dropped."""

    wanted: Wanted
    before: int | None = None  # the last id of the page above


class ReceiptsPresenter(Presenter):
    wanted_changed = Signal()
    rows_changed = Signal()  # another list
    rows_added = Signal(int)  # so many more at its end
    selected_changed = Signal()
    pictured = Signal(Picture)  # the selected receipt

    def __init__(
        self,
        database: Database,
        background: Background,
        papers: Papers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.wanted = Wanted()
        self.rows: list[SaleRow] = []
        self.selected: int | None = None  # the sale's id
        self.has_loaded = False
        self._database = database
        self._background = background
        self._papers = papers
        self._asked = _Asked(self.wanted)
        self._is_loading = False
        self._has_more = False
        self._scale = 1.0
        papers.copy_printed.connect(self._on_copy_printed)

    @property
    def today(self) -> date:
        return clock.business_date(clock.now())

    @property
    def is_narrowed(self) -> bool:
        return self.wanted != Wanted()

    def refresh(self) -> None:
        """Read the list again from the newest on."""
        self._ask(_Asked(self.wanted))

    def search(self, words: str) -> None:
        """Narrow the list to a number's end, an amount or part of a product's name."""
        self._want(replace(self.wanted, words=words.strip()))

    def show_day(self, day: date | None) -> None:
        """Narrow the list to one business date, or to none."""
        self._want(Wanted(self.wanted.words, day))

    def show_behind(self, figure: Behind) -> None:
        """Narrow the list to the receipts that a report's figure is made of."""
        self._want(Wanted(behind=figure))

    def scan(self, code: str) -> None:
        """Show the receipt that a QR code or a number names."""
        with self.telling_errors():
            with self._database.read() as session:
                sale_id = sale_reading.find_by_code(session, code)
                if sale_id is None:
                    raise NoSuchReceipt
                number = sale_reading.get_record(session, sale_id).number
            self._want(Wanted(number))
            self.select(sale_id)

    def load_more(self) -> None:
        """The end of the list is in sight."""
        if self._has_more and not self._is_loading:
            self._ask(_Asked(self.wanted, before=self.rows[-1].id))

    def select(self, sale_id: int | None) -> None:
        """Show this receipt."""
        if sale_id == self.selected:
            return
        self.selected = sale_id
        self.selected_changed.emit()
        self._draw()

    def draw_at(self, scale: float) -> None:
        """Draw receipts with ``scale`` pixels for 1/72 inch from now on."""
        if scale != self._scale:
            self._scale = scale
            self._draw()

    def reprint(self) -> None:
        """Print a copy of the receipt that is shown; it is told where it went."""
        if self.selected is not None:
            self._papers.reprint(self.selected)

    def _want(self, wanted: Wanted) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self.wanted_changed.emit()
            self.refresh()

    def _ask(self, asked: _Asked) -> None:
        self._asked = asked
        self._is_loading = True
        self._background.run(partial(self._read, asked), partial(self._on_read, asked))

    def _read(self, asked: _Asked) -> list[SaleRow] | None:
        if asked is not self._asked:
            return None
        with self._database.read() as session:
            return sale_reading.list_sales(
                session, asked.wanted, before=asked.before, most=_PAGE
            )

    def _on_read(self, asked: _Asked, outcome: Future[list[SaleRow] | None]) -> None:
        if asked is self._asked:
            self._is_loading = False
        with self.telling_errors():
            found = outcome.result()
            if found is not None and asked is self._asked:
                self._show(found, is_more=asked.before is not None)

    def _show(self, found: list[SaleRow], *, is_more: bool) -> None:
        self.has_loaded = True
        self._has_more = len(found) == _PAGE
        if is_more:
            self.rows += found
            self.rows_added.emit(len(found))
            return
        self.rows = found
        ids = [row.id for row in found]
        self.rows_changed.emit()
        if self.selected not in ids:
            self.select(ids[0] if ids else None)

    def _draw(self) -> None:
        if self.selected is not None:
            self._papers.preview(
                self.selected,
                self._scale,
                partial(self._is_selected, self.selected),
                partial(self._on_drawn, self.selected),
            )

    def _is_selected(self, sale_id: int) -> bool:
        return self.selected == sale_id

    def _on_drawn(self, sale_id: int, outcome: Future[Picture | None]) -> None:
        with self.telling_errors():
            picture = outcome.result()
            if picture is not None and self._is_selected(sale_id):
                self.pictured.emit(picture)

    def _on_copy_printed(self, printed: Printed) -> None:
        self.told.emit(where(printed))
