"""The panel of 坏果补偿: money for one line whose goods the customer keeps."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from models.i18n import _
from models.money import Money
from models.people.deeds import NOTHING_APPROVED, Approvals
from models.selling import compensations
from models.selling.compensations import Compensation
from models.selling.refusals import MoreThanPaid, NothingChosen
from ui.desk import Desk
from ui.giving_back_presenter import GivingBackPresenter
from ui.return_rows import ReturnRow, list_rows


class CompensationPresenter(GivingBackPresenter):
    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.rows: tuple[ReturnRow, ...] = ()
        self.row: ReturnRow | None = None

    def choose(self, row: ReturnRow) -> None:
        """It is these goods that are bad."""
        self.row = row
        self.changed.emit()

    def pay(self, amount: Money) -> None:
        """So much for them; never more than is left of the line."""
        with self.telling_errors():
            try:
                if self.row is not None and amount > self.row.net:
                    raise MoreThanPaid(self.row.net)
                self._divide(amount)
            finally:
                self.changed.emit()

    def compensate(self, reason: str, approvals: Approvals = NOTHING_APPROVED) -> None:
        """Store the compensation, once, and tell what to hand back."""
        left, row = self.left, self.row
        if left is None:
            return
        with self.telling_errors(partial(self.compensate, reason), approvals):
            if row is None:
                raise NothingChosen
            asked = Compensation(
                left.sale_id,
                row.line_no,
                self.due,
                self.backs,
                reason,
                row.part_no,
                self._uuid,
            )
            done = self._store(
                lambda session, seat, at: compensations.compensate(
                    session, asked, seat, at=at, approvals=approvals
                )
            )
            self._tell(self._told(_("Compensated: {number}"), done))

    def _begin(self) -> None:
        super()._begin()
        assert self.left is not None
        assert self.record is not None
        rows = list_rows(self.record, self.left)
        self.rows = tuple(row for row in rows if row.net)
        self.row = self.rows[0] if len(self.rows) == 1 else None
