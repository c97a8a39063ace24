"""The export of all goods as a table, to where a person wants it."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models import clock
from models.database import Database
from models.i18n import Language, _, language
from models.people.deeds import Deed
from models.people.rights import Act
from ui.acting import check
from ui.background import Background
from ui.presenter import Presenter


class GoodsExportPresenter(Presenter):
    busy_changed = Signal()

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

    def proposed(self, ending: str) -> str:
        """A file in the shop's own folder, named after this day."""
        folder = self._database.path.absolute().parent / "exports"
        day = clock.local(clock.now()).date().isoformat()
        name = _("goods")
        return str(folder / f"{name}-{day}.{ending}")

    def write(self, path: str) -> None:
        """Write all goods; the ending says how. It is told where they are then."""
        if self.is_busy:
            return
        with self.telling_errors():
            check(self._database, Deed(Act.SEE_COST, path))  # which the table holds
            self._set_busy(is_busy=True)
            file = Path(path).expanduser().absolute()
            self._background.run(
                partial(self._write, file, language()), self._on_written
            )

    def _write(self, file: Path, spoken: Language) -> Path:
        # XlsxWriter, on the worker
        from models.office import exports, table_writing  # noqa: PLC0415  # slow, and seldom needed

        kind = table_writing.kind_of(file)
        with self._database.read() as session:
            table = exports.catalogue(session, spoken)
        table_writing.write(file, table_writing.render(table, kind))
        return file

    def _on_written(self, outcome: Future[Path]) -> None:
        self._set_busy(is_busy=False)
        with self.telling_errors():
            file = outcome.result()
            self.told.emit(_("The goods are saved as {file}").format(file=file))

    def _set_busy(self, *, is_busy: bool) -> None:
        self.is_busy = is_busy
        self.busy_changed.emit()
