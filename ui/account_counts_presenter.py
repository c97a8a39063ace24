"""Counting phone accounts: what each merchant app says, and who signs a difference."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from models.errors import WrongQuantity
from models.i18n import _
from models.money import Money
from models.people.deeds import NOTHING_APPROVED, Approvals
from models.selling import account_lines, counts, shifts
from models.selling.account_lines import AccountLine
from models.selling.shifts import ClosedRow
from ui.acting import deciding
from ui.desk import Desk
from ui.presenter import Presenter

_MOST = 6  # shifts that are offered, the last ones


class AccountCountsPresenter(Presenter):
    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.shifts: list[ClosedRow] = []  # that sell no more, the newest first
        self.shift_id: int | None = None
        self.lines: list[AccountLine] = []

    def refresh(self) -> None:
        """The newest shift that has stopped, unless another one was chosen."""
        with self.telling_errors():
            self._read()

    def choose(self, shift_id: int) -> None:
        self.shift_id = shift_id
        self.refresh()

    def count(self, account_id: int, counted: Money | None, number: int | None) -> None:
        """What should have come in is told afterwards."""
        with self.telling_errors():
            if counted is None or number is None:
                raise WrongQuantity
            assert self.shift_id is not None
            with deciding(self._desk.database) as (session, here):
                counts.count_account(
                    session, here, self.shift_id, account_id, counted, number
                )
            self._read()
            self.told.emit(_("Written down."))

    def sign(
        self, count_id: int, reason: str, approvals: Approvals = NOTHING_APPROVED
    ) -> None:
        """Answer for the difference; who may not asks somebody who may."""
        with self.telling_errors(partial(self.sign, count_id, reason)):
            with deciding(self._desk.database) as (session, here):
                approval = "".join(approvals.values())
                counts.sign_variance(session, here, count_id, reason, approval=approval)
            self._read()

    def _read(self) -> None:
        with self._desk.database.read() as session:
            self.shifts = shifts.list_closed(session, self._desk.till.id, _MOST)
            ids = [one.id for one in self.shifts]
            if self.shift_id not in ids:
                self.shift_id = ids[0] if ids else None
            self.lines = (
                account_lines.list_lines(session, self.shift_id)
                if self.shift_id is not None
                else []
            )
        self.changed.emit()
