"""The import of a table of goods: looked at first, stored when told to."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models import clock, places
from models.database import Database
from models.errors import NoShopYet
from models.i18n import _
from models.office import imports, table_files
from models.office.imports import Imported, Preview
from models.office.table_files import Encoding
from models.people import staff
from ui.background import Background
from ui.presenter import Presenter


class GoodsImportPresenter(Presenter):
    preview_changed = Signal()
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
        self.is_busy = False
        self.preview: Preview | None = None
        self.encoding = ""  # what was found in the file; empty for a spreadsheet

    def look_at(self, path: str, encoding: str = "") -> None:
        """Preview the file; the encoding is found if none is given."""
        self._begin()
        self._background.run(
            lambda: self._look(Path(path).expanduser(), encoding), self._on_looked_at
        )

    def store(self) -> None:
        """Import what the preview shows, all of it or nothing."""
        preview = self.preview
        if preview is None or self.is_busy:
            return
        self._begin()
        self._background.run(lambda: self._store(preview), self._on_stored)

    def forget(self) -> None:
        """Show no preview any more."""
        self.preview, self.encoding = None, ""
        self.preview_changed.emit()

    # --- on the worker --------------------------------------------------------

    def _look(self, path: Path, encoding: str) -> tuple[str, Preview]:
        chosen = Encoding[encoding] if encoding else None
        table = table_files.read(path, chosen)
        with self._database.read() as session:
            preview = imports.preview(session, table)
        return table.encoding.name if table.encoding else "", preview

    def _store(self, preview: Preview) -> Imported:
        with self._database.write() as session:
            till = places.this_till(session)
            if till is None:
                raise NoShopYet
            seller = staff.list_staff(session)[0]
            return imports.apply(
                session,
                preview,
                outlet_id=till.outlet.id,
                at=clock.now(),
                staff_id=seller.id,
            )

    # --- back on the UI thread ------------------------------------------------

    def _begin(self) -> None:
        self.is_busy, self.preview = True, None
        self.preview_changed.emit()

    def _end(self) -> None:
        self.is_busy = False
        self.preview_changed.emit()

    def _on_looked_at(self, outcome: Future[tuple[str, Preview]]) -> None:
        self._end()
        with self.telling_errors():
            self.encoding, self.preview = outcome.result()
            self.preview_changed.emit()

    def _on_stored(self, outcome: Future[Imported]) -> None:
        self._end()
        with self.telling_errors():
            done = outcome.result()
            self.told.emit(
                _("Imported: {new} new, {changed} changed, {same} unchanged.").format(
                    new=done.new, changed=done.changed, same=done.same
                )
            )
            self.imported.emit()
