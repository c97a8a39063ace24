"""记录校验: whether the journal is whole, looked at in the background."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models import clock
from models.database import Database
from models.i18n import _
from models.people.deeds import Deed
from models.people.rights import Act
from models.trust import keyed, words
from models.trust.findings import Break, Report
from models.trust.keyed import Keyed
from models.trust.verify import verify
from ui import acting
from ui.background import Background
from ui.presenter import Presenter


class JournalPresenter(Presenter):
    """Gives the shop its key at the start, and verifies when it is asked to."""

    changed = Signal()  # what the dot and the page say
    progressed = Signal(int, int)  # how many of how many records
    wanted = Signal()  # whoever may see it asked for the page with its card
    pointed_at = Signal()  # that page is there: the card comes into view

    def __init__(
        self, database: Database, config: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.trouble = ""  # one sentence for the dot; empty: none is known
        self.report: Report | None = None  # of the last time it was verified
        self.is_busy = False
        self._database = database
        self._config = config
        self._bulk: Background | None = None
        self._keyed: Keyed | None = None
        if not database.is_read_only:
            self._keyed = keyed.give(database, config)

    def work_on(self, bulk: Background) -> None:
        """The worker on which the journal is walked along."""
        self._bulk = bulk

    def look_at_the_end(self, *, is_restored: bool) -> None:
        """At the start: do the tip, the last record and the tip file agree?

        After going back to a backup the file is behind that one, and says so itself.
        """
        if self._keyed is not None and self._bulk is not None:
            here = replace(self._keyed, anchor=None) if is_restored else self._keyed
            look = partial(_start, self._database, here)
            self._bulk.run(look, self._on_looked)

    def ask_to_see(self) -> None:
        """Show the card, to the manager alone."""
        with self.telling_errors():
            self._permit()
            self.wanted.emit()
            self.pointed_at.emit()

    def verify(self) -> None:
        """All of it; only the manager asks for that."""
        with self.telling_errors():
            if self.is_busy or self._bulk is None:
                return
            self._permit()
            self.is_busy = True
            self.changed.emit()
            here = self._keyed or keyed.on_this_machine(self._database, self._config)
            work = partial(
                verify,
                self._database,
                key=here.key,
                anchor=here.tip,
                tell=self.progressed.emit,
            )
            self._bulk.run(work, self._on_verified)

    def _permit(self) -> None:
        """Raises NotPermitted, which is recorded."""
        acting.check(self._database, Deed(Act.SETTINGS, _("Verify the journal")))

    def lines(self) -> list[str]:
        """What the last look found, the verdict first."""
        return [] if self.report is None else list(words.lines(self.report))

    def stop(self) -> None:
        if self._keyed is not None:
            self._keyed.tip.close()

    def _on_looked(self, outcome: Future[Break | None]) -> None:
        with self.telling_errors():
            found = outcome.result()
            if found is not None:
                self._say(words.sentence(found))

    def _on_verified(self, outcome: Future[Report]) -> None:
        self.is_busy = False
        with self.telling_errors():
            self.report = outcome.result()
            if self.report.is_good:
                self.trouble = ""
            else:
                self._say(words.verdict(self.report))
        self.changed.emit()

    def _say(self, what: str) -> None:
        said = _("Journal: {what} Call the manager (F11, Verify).")
        self.trouble = said.format(what=what)
        self.changed.emit()


def _start(database: Database, here: Keyed) -> Break | None:
    """On the worker."""
    found = keyed.look_at_the_end(database, here)
    keyed.tell_start(database, at=clock.now())
    return found
