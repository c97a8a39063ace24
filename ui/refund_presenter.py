"""The refund panel's state: what comes back of a receipt, and how the money goes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from models.errors import UnknownCode
from models.i18n import _
from models.money import Money
from models.people.deeds import NOTHING_APPROVED, Approvals
from models.people.refusals import ReasonMissing
from models.quantity import Unit
from models.selling import refunds, returns
from models.selling.refunds import Refund
from models.selling.refusals import NothingChosen
from models.selling.returns import Return
from ui.credit import Credit
from ui.desk import Desk
from ui.giving_back_presenter import GivingBackPresenter
from ui.payment_presenter import PaymentPresenter
from ui.return_rows import ReturnRow, list_rows

Key = tuple[int, int]  # a line and a part of it


class RefundPresenter(GivingBackPresenter):
    exchanged = Signal()  # 换货: what was chosen waits at the till to pay

    def __init__(
        self, desk: Desk, payment: PaymentPresenter, parent: QObject | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._payment = payment
        self.rows: tuple[ReturnRow, ...] = ()
        self.counts: dict[Key, int] = {}  # what comes back, as the lines count
        self.waste: set[Key] = set()  # of that, what cannot be sold again

    def choose(self, row: ReturnRow, count: int) -> None:
        """So much of this line comes back; nothing is chosen that is not left."""
        with self.telling_errors():
            try:
                self._choose({**self.counts, row.key: max(0, count)})
            finally:
                self.changed.emit()

    def step(self, row: ReturnRow, by: int) -> None:
        """A piece more or less; of weighed goods all of it or nothing."""
        now = self.counts.get(row.key, 0)
        if row.unit is Unit.GRAM:
            self.choose(row, row.left if by > 0 else 0)
        else:
            self.choose(row, now + by)

    def choose_everything(self) -> None:
        """All that did not come back yet."""
        if self.left is not None:
            found = returns.everything(self.left)
            self._choose({(one.line_no, one.part_no): one.count for one in found})
            self.changed.emit()

    def throw_away(self, row: ReturnRow, *, is_waste: bool) -> None:
        """Whether what comes back of this line goes to waste or to the shelf."""
        self.waste = self.waste | {row.key} if is_waste else self.waste - {row.key}
        self.changed.emit()

    def scan(self, code: str) -> None:
        """Goods held before the scanner: one more of them comes back."""
        with self.telling_errors():
            row = next((row for row in self.rows if code.upper() in row.codes), None)
            if row is None:
                raise UnknownCode(code)
            self.step(row, 1)

    def give_back(self, reason: str, approvals: Approvals = NOTHING_APPROVED) -> None:
        """Store the refund, once, and tell what to hand back."""
        left = self.left
        if left is None:
            return
        with self.telling_errors(partial(self.give_back, reason), approvals):
            chosen = self._returns()
            refund = Refund(left.sale_id, chosen, self.backs, reason, self._uuid)
            done = self._store(
                lambda session, seat, at: refunds.refund_sale(
                    session, refund, seat, at=at, approvals=approvals
                )
            )
            self._tell(self._told(_("Refunded: {number}"), done))

    def exchange(self, reason: str) -> None:
        """换货: what was chosen pays for other goods; nothing is stored before."""
        left = self.left
        if left is None:
            return
        with self.telling_errors():
            chosen = self._returns()
            if not self.due:
                raise NothingChosen
            if not reason:
                raise ReasonMissing
            self._payment.exchange(
                Credit(
                    left.sale_id,
                    left.number,
                    chosen,
                    self.due,
                    reason,
                    self.otherwise,
                    self._uuid,
                )
            )
            self.left = None
            self.exchanged.emit()

    def _begin(self) -> None:
        super()._begin()
        assert self.left is not None
        assert self.record is not None
        self.rows = list_rows(self.record, self.left)
        self.counts, self.waste = {}, set()

    def _choose(self, counts: dict[Key, int]) -> None:
        """Raises MoreThanLeft."""
        assert self.left is not None
        counts = {key: count for key, count in counts.items() if count}
        chosen = self._returns(counts)
        due = returns.due_back(self.left, chosen) if chosen else Money.ZERO
        self.counts = counts
        self._divide(due)

    def _returns(self, counts: dict[Key, int] | None = None) -> tuple[Return, ...]:
        counts = self.counts if counts is None else counts
        return tuple(
            Return(row.line_no, counts[row.key], row.part_no, row.key in self.waste)
            for row in self.rows
            if row.key in counts
        )
