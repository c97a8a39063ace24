"""Looks after the shop's file: checks it, backs it up, and names the way back."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from models import clock
from models.database import Database
from models.errors import FileDamaged
from models.office import backups
from models.office.backups import Backup, Places
from ui.background import Background
from ui.presenter import Presenter
from ui.words import way_back

_HOUR_MS = 60 * 60 * 1000
_SOON_MS = 5 * 60 * 1000  # until a stick that was missing is looked for again


class Safekeeping(Presenter):
    """Works on the bulk worker; the sentences come on the UI thread."""

    warned = Signal(str)  # something is not as it should be, and selling goes on
    damaged = Signal(str)  # nothing can be sold, and what to do; said again once known
    backed_up = Signal()  # or tried; what came of it is in ``places``

    def __init__(
        self, database: Database, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._background = background
        self._is_damage_told = False
        self.places: Places | None = None  # None: no backup was tried yet
        self.next_time = QTimer(self)
        self.next_time.setSingleShot(True)
        self.next_time.timeout.connect(self.back_up)

    @property
    def trouble(self) -> str:
        """Why the last backup is not where it should be; empty if all is well."""
        return self.places.trouble if self.places is not None else ""

    def check(self) -> None:
        """Let SQLite look the file over."""
        self._background.run(self._database.check, self._on_done)

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file while nobody is waiting."""
        self._background.run(self._database.checkpoint, self._on_done)

    def back_up(self) -> None:
        """Make a backup in both places: each hour, at each close, and when asked."""
        if not self._database.is_read_only:
            self.next_time.start(_HOUR_MS)
            work = partial(backups.make_all, self._database, clock.now())
            self._background.run(work, self._on_backed_up)

    def begin(self) -> None:
        """The first backup since the start; the next ones follow by the hour."""
        if not self.next_time.isActive():
            self.back_up()

    def look_at_damage(self) -> None:
        """Whether damage was found, at the start or by any act since."""
        if self._database.is_read_only and not self._is_damage_told:
            self._is_damage_told = True
            self.damaged.emit(str(FileDamaged()))
            search = partial(backups.newest_good, self._database.path)
            self._background.run(search, self._on_searched)

    def _on_done(self, outcome: Future[None]) -> None:
        with self.telling_errors():
            outcome.result()

    def _on_backed_up(self, outcome: Future[Places]) -> None:
        """What goes wrong again and again is told once."""
        with self.telling_errors():
            before = self.trouble
            self.places = outcome.result()
            if self.trouble:
                self.next_time.start(_SOON_MS)
                if self.trouble != before:
                    self.warned.emit(self.trouble)
            self.backed_up.emit()

    def _on_searched(self, outcome: Future[Backup | None]) -> None:
        self.damaged.emit(way_back(self._database.path, outcome.result()))
