"""Where backups lie, and going back to one."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models import errors, settings
from models.i18n import _
from models.office import backups
from models.office.backups import Places
from models.people.deeds import Deed
from models.people.rights import Act
from models.restore import restoring
from models.restore.refusals import BackupRefused
from models.restore.restoring import Plan
from ui.acting import acting, check
from ui.background import Background
from ui.panel import Panel
from ui.presenter import Presenter
from ui.safekeeping import Safekeeping
from ui.till_presenter import TillPresenter


class BackupPresenter(Presenter):
    changed = Signal()
    restore_wanted = Signal(object, str)  # Plan, and whoever wants it

    def __init__(
        self,
        till: TillPresenter,
        safekeeping: Safekeeping,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._till = till
        self._database = till.desk.database
        self._safekeeping = safekeeping
        self._background = background
        safekeeping.backed_up.connect(self._on_backed_up)
        self.places: Places | None = None  # None: still looked for
        self.is_busy = False  # a file is looked at
        self.plan: Plan | None = None  # of the file that was looked at
        self.refusal = ""  # why that is no backup
        self._is_asked = False  # somebody waits for a backup to be made

    def refresh(self) -> None:
        """Look at both places again, and forget the file that was looked at."""
        self.plan, self.refusal = None, ""
        self.changed.emit()
        look = partial(backups.look, self._database)
        self._background.run(look, self._on_looked_at_places)

    # --- where to -------------------------------------------------------------

    def choose(self, folder: str) -> None:
        """Backups are made there as well from now on; no folder: nowhere else."""
        with self.telling_errors():
            check(self._database, Deed(Act.SETTINGS, _("Backup")))
            if folder.strip():
                make = partial(backups.choose, self._database, Path(folder.strip()))
                self._background.run(make, self._on_chosen)
            else:
                self._remember("")

    def back_up(self) -> None:
        """Now, and it is told when it is done."""
        with self.telling_errors():
            if self._database.is_read_only:
                raise errors.FileDamaged
            self._is_asked = True
            self._safekeeping.back_up()

    def _on_chosen(self, outcome: Future[Path]) -> None:
        with self.telling_errors():
            self._remember(str(outcome.result()))

    def _remember(self, folder: str) -> None:
        """Raises NotPermitted."""
        with acting(self._database, Deed(Act.SETTINGS, _("Backup"))) as session:
            chosen = replace(settings.load(session), backup_folder=folder)
            settings.save(session, chosen)
        self.back_up()

    def _on_backed_up(self) -> None:
        self.places = self._safekeeping.places
        self.changed.emit()
        if self._is_asked and not self._safekeeping.trouble:
            self.told.emit(_("The backup is made and checked."))
        elif self._is_asked:
            self.failed.emit(self._safekeeping.trouble)
        self._is_asked = False

    def _on_looked_at_places(self, outcome: Future[Places]) -> None:
        with self.telling_errors():
            self.places = outcome.result()
            self.changed.emit()

    # --- back from it -----------------------------------------------------------

    def look_at(self, file: str) -> None:
        """Look a file over, and at what going back to it would lose."""
        if self.is_busy or not file.strip():
            return
        self.plan, self.refusal, self.is_busy = None, "", True
        self.changed.emit()
        path = Path(file.strip()).expanduser().absolute()
        look = partial(restoring.plan, path, self._database.path)
        self._background.run(look, self._on_looked)

    def _on_looked(self, outcome: Future[Plan]) -> None:
        self.is_busy = False
        with self.telling_errors():
            try:
                self.plan = outcome.result()
            except BackupRefused as refusal:
                self.refusal = str(refusal)
            self.changed.emit()

    def restore(self) -> None:
        """Go back to the file that was looked at: the till closes its file for that."""
        plan = self.plan
        assert plan is not None
        with self.telling_errors():
            if self._till.panel is Panel.PAYMENT:
                raise errors.PaymentOpen
            check(self._database, Deed(Act.RESTORE, plan.contents.path.name))
            self.restore_wanted.emit(plan, self._till.desk.seller.name)
