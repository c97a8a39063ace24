"""The import of a table of goods: looked at first, stored when told to."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
import weakref
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models import clock
from models.database import Database
from models.i18n import _
from models.ids import new_uuid
from models.office import imports, staged_goods
from models.office.aside import Progress, Watch
from models.office.imports import Imported, Look
from models.office.refusals import ImportCancelled
from models.office.table_files import Encoding
from models.people.deeds import Deed
from models.people.rights import Act
from ui import goods_seat
from ui.acting import acting
from ui.background import Background
from ui.presenter import Presenter

_PAUSE_S = 0.02  # between short transactions: a sale that waits has its turn


class GoodsImportPresenter(Presenter):
    """What takes long is done aside, and can be cancelled until it is stored."""

    preview_changed = Signal()
    progressed = Signal(int, int)  # rows done, and of how many; 0 of 0: not known
    imported = Signal()

    def __init__(
        self,
        database: Database,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._background = background
        self._is_cancelled = threading.Event()
        self._folder: Path | None = None  # of what is laid out
        self.is_busy = False
        self.can_cancel = False
        self.preview: Look | None = None
        self.encoding = ""  # what was found in the file; empty for a spreadsheet

    def look_at(self, path: str, encoding: str = "") -> None:
        """Preview the file; the encoding is found if none is given."""
        if self.is_busy:
            return
        self._begin(can_cancel=True)
        file, staged = Path(path).expanduser().absolute(), self._new_file()
        chosen = Encoding[encoding] if encoding else None
        self._background.run(
            lambda: self._look(file, chosen, staged), self._on_looked_at
        )

    def cancel(self) -> None:
        """Stop looking. What is being stored already, is."""
        if self.can_cancel:
            self._is_cancelled.set()

    def store(self) -> None:
        """Import what the preview shows, all of it or nothing."""
        look = self.preview
        if look is None or self.is_busy:
            return
        self._begin(can_cancel=False)
        self._background.run(
            lambda: self._store(look), lambda outcome: self._on_stored(outcome, look)
        )

    def forget(self) -> None:
        """Show no preview any more, unless one is being made."""
        if not self.is_busy:
            self.preview, self.encoding = None, ""
            self.preview_changed.emit()

    # --- on the worker --------------------------------------------------------

    def _look(self, path: Path, encoding: Encoding | None, staged: Path) -> Look:
        for old in staged.parent.iterdir():
            old.unlink()  # whatever was made of it
        watch = Watch(self._tell, self._is_wanted)
        shop = self._database.path.absolute()
        return imports.look_at(path, encoding, shop=shop, staged=staged, watch=watch)

    def _tell(self, progress: Progress) -> None:
        self.progressed.emit(progress.done, progress.total)

    def _is_wanted(self) -> bool:
        return not (self._is_cancelled.is_set() or self._background.is_stopped)

    def _store(self, look: Look) -> Imported:
        deed = Deed(Act.GOODS, note=_("Import"))
        with acting(self._database, deed, beside=look.staged) as session:
            return imports.store(
                session,
                look,
                outlet_id=goods_seat.till_of(session).outlet.id,
                at=clock.now(),
                staff_id=goods_seat.seller_id(session),
            )

    def _let_be_found(self, staged: Path) -> None:
        """The index of the search follows, bit by bit."""
        is_left = True
        while is_left and not self._background.is_stopped:
            with self._database.write_beside(staged) as session:
                is_left = staged_goods.let_some_be_found(session)
            time.sleep(_PAUSE_S)

    # --- back on the UI thread ------------------------------------------------

    def _begin(self, *, can_cancel: bool) -> None:
        self._is_cancelled.clear()
        self.is_busy, self.can_cancel, self.preview = True, can_cancel, None
        self.preview_changed.emit()

    def _end(self) -> None:
        self.is_busy = self.can_cancel = False
        self.preview_changed.emit()

    def _on_looked_at(self, outcome: Future[Look]) -> None:
        self._end()
        with self.telling_errors():
            try:
                look = outcome.result()
            except ImportCancelled as cancelled:
                self.told.emit(str(cancelled))
                return
            self.preview = look
            self.encoding = look.encoding.name if look.encoding else ""
            self.preview_changed.emit()

    def _on_stored(self, outcome: Future[Imported], look: Look) -> None:
        self._end()
        with self.telling_errors():
            done = outcome.result()
            self._background.run(
                lambda: self._let_be_found(look.staged), self._on_found
            )
            self.told.emit(
                _("Imported: {new} new, {changed} changed, {same} unchanged.").format(
                    new=done.new, changed=done.changed, same=done.same
                )
            )
            self.imported.emit()

    def _on_found(self, outcome: Future[None]) -> None:
        with self.telling_errors():
            outcome.result()

    # --- what is laid out -----------------------------------------------------

    def _new_file(self) -> Path:
        """In a folder that goes when the presenter does."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="shanhai-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder / f"{new_uuid()}.db"
