"""外部数据填报: the figures of what is sold elsewhere, entered and taken back."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from models import clock
from models.goods import regions
from models.goods.regions import RegionRow
from models.i18n import _
from models.office import external_figures
from models.office.external_draft import Draft, FigureRow
from models.people.deeds import NOTHING_APPROVED, Approvals, Deed
from models.people.rights import Act
from ui.acting import check, deciding
from ui.desk import Desk
from ui.presenter import Presenter

_SHOWN = 200  # the last ones; reports have them all


class ExternalPresenter(Presenter):
    changed = Signal()
    entered = Signal()  # the form may be emptied

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: list[FigureRow] = []
        self.regions: list[RegionRow] = []
        self.chosen: FigureRow | None = None

    @property
    def today(self) -> date:
        """No figure is of a later date."""
        return clock.business_date(clock.now())

    def refresh(self) -> None:
        """Who sees figures of this till sees those of others too."""
        with self.telling_errors():
            self.rows, self.chosen = [], None
            try:
                check(self._desk.database, Deed(Act.SEE_FIGURES, "external"))
                self._read()
            finally:
                self.changed.emit()

    def _read(self) -> None:
        with self._desk.database.read() as session:
            self.regions = regions.list_regions(session)
            self.rows = external_figures.list_figures(session, _SHOWN)
        chosen = self.chosen.id if self.chosen else None
        self.chosen = next((one for one in self.rows if one.id == chosen), None)

    def choose(self, number: int) -> None:
        """One row of the list, to be taken back."""
        self.chosen = self.rows[number]
        self.changed.emit()

    def enter(self, draft: Draft, approvals: Approvals = NOTHING_APPROVED) -> None:
        with self.telling_errors(partial(self.enter, draft)):
            approval = approvals.get(Act.ENTER_EXTERNAL, "")
            with deciding(self._desk.database) as (session, here):
                external_figures.enter(session, here, draft, approval=approval)
            self._read()
            self.changed.emit()
            self.entered.emit()
            words = _("{amount} of {source} is entered.")
            self.told.emit(words.format(amount=draft.amount, source=draft.source))

    def reverse(self, reason: str, approvals: Approvals = NOTHING_APPROVED) -> None:
        """冲销: the opposite of the chosen figure."""
        wrong = self.chosen
        if wrong is None:
            return
        with self.telling_errors(partial(self.reverse, reason)):
            approval = approvals.get(Act.ENTER_EXTERNAL, "")
            with deciding(self._desk.database) as (session, here):
                external_figures.reverse(
                    session, here, wrong.id, reason, approval=approval
                )
            self._read()
            self.changed.emit()
            self.told.emit(_("The figure is taken back."))
