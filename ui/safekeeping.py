"""Looks after the shop's file: checks it, backs it up, and names the way back."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from models.database import Database
from models.errors import BackupFailed, FileDamaged
from models.office import backups
from models.office.backups import Backup
from ui.background import Background
from ui.presenter import Presenter
from ui.words import way_back


class Safekeeping(Presenter):
    """Works on the bulk worker; the sentences come on the UI thread."""

    warned = Signal(str)  # something is not as it should be, and selling goes on
    damaged = Signal(str)  # nothing can be sold, and what to do; said again once known

    def __init__(
        self, database: Database, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._background = background
        self._day_kept: date | None = None  # whose backup was made, or at least tried
        self._is_damage_told = False

    def check(self) -> None:
        """Let SQLite look the file over."""
        self._background.run(self._database.check, self._on_done)

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file while nobody is waiting."""
        self._background.run(self._database.checkpoint, self._on_done)

    def back_up(self, day: date) -> None:
        """Make the day's backup, once; what goes wrong is told once."""
        if day != self._day_kept and not self._database.is_read_only:
            self._day_kept = day
            work = partial(backups.make_daily, self._database, day)
            self._background.run(work, self._on_backed_up)

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

    def _on_backed_up(self, outcome: Future[object]) -> None:
        try:
            outcome.result()
        except BackupFailed as error:
            self.warned.emit(str(error))

    def _on_searched(self, outcome: Future[Backup | None]) -> None:
        self.damaged.emit(way_back(self._database.path, outcome.result()))
