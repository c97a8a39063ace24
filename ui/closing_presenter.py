"""Closing a shift in three steps: 停售, 点钱, 交接."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models import clock
from models.i18n import _
from models.money import Money
from models.people import pins, staff
from models.people.deeds import NOTHING_APPROVED, Approvals
from models.people.rights import Act
from models.people.staff import StaffRow
from models.selling import (
    checklist,
    closing,
    counts,
    handover,
    shift_reading,
    shifts,
)
from models.selling.denominations import CashCount, Pieces
from models.selling.refusals import NothingCounted, SecondCountNeeded
from models.selling.shift_record import CountRecord, Left, Split
from models.selling.shifts import State
from ui.acting import deciding
from ui.desk import Desk
from ui.papers import Papers, Printed
from ui.papers import where as where_it_went
from ui.presenter import Presenter
from ui.sign_in_presenter import SignInPresenter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Step(IntEnum):
    SEAL = 1
    COUNT = 2
    HAND_OVER = 3


@dataclass(frozen=True, slots=True)
class Closable:
    """A shift that this page can be turned to."""

    id: int
    number: int
    step: Step


class ClosingPresenter(Presenter):
    changed = Signal()
    sealed = Signal()  # the till sells no more in this shift
    handed_over = Signal()

    def __init__(
        self,
        desk: Desk,
        sign_in: SignInPresenter,
        papers: Papers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sign_in = sign_in
        self._papers = papers
        papers.shift_printed.connect(self._on_printed)
        self.shifts: list[Closable] = []  # those that wait first, then the open one
        self.shift_id: int | None = None  # None: nothing is to be closed
        self.number = 0
        self.step = Step.SEAL
        self.left: tuple[Left, ...] = ()
        self.count: CountRecord | None = None  # the round of the cash that holds
        self.takers: list[StaffRow] = []
        self.needs_pin = False

    # --- where it stands --------------------------------------------------------

    def refresh(self) -> None:
        """The shift that was chosen; else the oldest that waits, else the open one."""
        with self.telling_errors():
            self._read()
            self.changed.emit()

    def choose(self, shift_id: int) -> None:
        """Another shift first: one that waits keeps no other from closing."""
        self.shift_id = shift_id
        self.refresh()

    def _read(self) -> None:
        till = self._desk.till
        with self._desk.database.read() as session:
            self.shifts = self._closable(session)
            chosen = [one for one in self.shifts if one.id == self.shift_id]
            now = next(iter(chosen or self.shifts), None)
            self.shift_id = now.id if now else None
            self.number = now.number if now else 0
            self.step = now.step if now else Step.SEAL
            shift_id = self.shift_id or 0
            self.count = counts.last_cash(session, shift_id)
            self.left = checklist.list_left(session, till.id, shift_id)
            self._read_takers(session)

    def _closable(self, session: Session) -> list[Closable]:
        found = []
        for one in shifts.list_awaiting(session, self._desk.till.id):
            is_counted = one.state is State.COUNTED
            is_doubted = handover.is_doubted(session, one.id)
            step = Step.HAND_OVER if is_counted and not is_doubted else Step.COUNT
            found.append(Closable(one.id, one.number, step))
        open_now = shifts.find_open(session, self._desk.till.id)
        if open_now is not None:
            found.append(Closable(open_now.id, open_now.number, Step.SEAL))
        return found

    def _read_takers(self, session: Session) -> None:
        """Anybody but who counted; alone, oneself (RULINGS.md 31)."""
        people = staff.list_staff(session)
        counted_by = self.count.staff_id if self.count is not None else 0
        others = [one for one in people if one.id != counted_by]
        self.takers = others or people
        self.needs_pin = pins.any_pin(session)

    @property
    def is_doubtful(self) -> bool:
        """The money is over or short, and nobody has said why."""
        return self.count is not None and not self.count.is_settled

    # --- the steps -------------------------------------------------------------

    def choose_waiting(self) -> None:
        """The oldest shift that nobody has taken over."""
        self.choose(self.shifts[0].id)

    def seal(self, note: str = "") -> None:
        """停售."""
        with self.telling_errors():
            shift_id = self._shift()
            with deciding(self._desk.database) as (session, here):
                closing.seal(session, here, shift_id, note=note)
            self._desk.reload()
            self.sealed.emit()  # first: the keys are to be here in the end
            self._read()
            self.changed.emit()

    def count_cash(
        self, pieces: Sequence[Pieces], note: str, *, is_typed: bool
    ) -> None:
        """点钱: what it should have been is told afterwards."""
        with self.telling_errors():
            if not is_typed:
                raise NothingCounted
            shift_id, cash = self._shift(), CashCount(tuple(pieces))
            with deciding(self._desk.database) as (session, here):
                counts.count_cash(session, here, shift_id, cash, note=note)
            self._read()
            self.changed.emit()

    def count_again(self) -> None:
        """Another round, before anybody has taken over."""
        self.step = Step.COUNT
        self.changed.emit()

    def sign(self, reason: str, approvals: Approvals = NOTHING_APPROVED) -> None:
        """Answer for the difference; who may not asks somebody who may.

        One that is far off leads to the second count.
        """
        count = self.count
        assert count is not None
        with self.telling_errors(partial(self.sign, reason)):
            try:
                with deciding(self._desk.database) as (session, here):
                    approval = "".join(approvals.values())
                    counts.sign_variance(
                        session, here, count.id, reason, approval=approval
                    )
            except SecondCountNeeded:
                self.count_again()
                raise
            self._read()
            self.changed.emit()

    def hand_over(self, split: Split, receiver_id: int, pin: str) -> None:
        """交接: the receiver signs with his own PIN, and has the drawer."""
        with self.telling_errors():
            shift_id, database = self._shift(), self._desk.database
            self._verify(receiver_id, pin)
            with deciding(database) as (session, here):
                handover.split_cash(session, here, shift_id, split)
                receiver = replace(here, staff_id=receiver_id)
                handover.accept(session, receiver, shift_id)
            with database.read() as session:
                self._papers.print_shift(
                    shift_reading.get_record(session, receiver, shift_id)
                )
            self.shift_id = None  # on to the next that waits
            self._read()
            self.changed.emit()
            self.told.emit(_("Handed over."))
            self.handed_over.emit()

    def ask_recount(self, receiver_id: int, pin: str, note: str) -> None:
        """The receiver does not agree: with his PIN he has the cash counted again."""
        with self.telling_errors():
            self._verify(receiver_id, pin)
            with deciding(self._desk.database) as (session, here):
                receiver = replace(here, staff_id=receiver_id)
                handover.ask_recount(session, receiver, self._shift(), note)
            self._read()
            self.changed.emit()
            self.told.emit(_("A second count was asked for. Count the cash again."))

    def _verify(self, receiver_id: int, pin: str) -> None:
        if self.needs_pin:
            keys, at = self._sign_in.keys(), clock.now()
            pins.verify(self._desk.database, keys, receiver_id, pin, at=at)

    def print_x(self, approvals: Approvals = NOTHING_APPROVED) -> None:
        """中途查看: the shift as it stands, on paper; nothing else changes."""
        with self.telling_errors(self.print_x):
            approval = approvals.get(Act.SEE_FIGURES, "")
            with deciding(self._desk.database) as (session, here):
                record = shift_reading.x_report(
                    session, here, self._shift(), approval=approval
                )
            self._papers.print_shift(record)

    def _on_printed(self, printed: Printed) -> None:
        self.told.emit(where_it_went(printed))

    def proposed(self) -> Split:
        """The float stays, the rest goes to the bank."""
        counted = self.count.counted if self.count is not None else Money.ZERO
        with self._desk.database.read() as session:
            opened = shifts.opening_of(session, self._shift())
        left = min(opened.counted, counted)
        return Split(left, counted - left, Money.ZERO)

    def _shift(self) -> int:
        assert self.shift_id is not None, "the page offers steps of a shift alone"
        return self.shift_id
