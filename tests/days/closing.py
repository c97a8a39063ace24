"""Random shifts: cash in and out, closes, counts, handovers."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from models.errors import PosError
from models.kinds import Method
from models.money import Money
from models.selling import cash, counts, handover, personal_money
from models.selling.cash import CashMove
from models.selling.refusals import SecondCountNeeded
from models.selling.shift_record import CashKind, Split
from models.selling.shifts import State
from tests import drawer
from tests.days.shop import NTH, Drawer, RandomShop
from tests.drawer import CASHIER, MANAGER, does, where
from tests.shop import Shop

MOVES = st.tuples(
    st.sampled_from([kind for kind in CashKind if kind is not CashKind.CORRECTION]),
    st.integers(-300_00, 300_00),
)


class Closing(RandomShop):
    def __init__(self, made: Shop, folder: Path) -> None:
        super().__init__(made, folder)
        self.moved: list[int] = []

    def is_selling(self) -> bool:
        return self.is_open() and not self.is_training

    # --- cash ---

    @precondition(is_selling)
    @rule(move=MOVES)
    def move_cash(self, move: tuple[CashKind, int]) -> None:
        kind, fen = move
        here = where(self.shop, MANAGER, shift_id=self.open_id)
        given = CashMove(kind, Money(fen), "试")
        try:
            self.moved.append(does(self.shop, cash.move_cash, here, given))
        except PosError:  # in where it goes out, or of nothing
            return
        self.now.cash += fen

    @precondition(lambda self: self.is_selling() and self.moved)
    @rule(nth=NTH)
    def correct_a_movement(self, nth: int) -> None:
        wrong = self.moved[nth % len(self.moved)]
        here = where(self.shop, MANAGER, shift_id=self.open_id)
        with self.database.read() as session:
            amount = session.get_one(cash.CashMovement, wrong).amount.fen
        try:
            does(self.shop, cash.correct, here, wrong, "试")
        except PosError:  # twice, or of nothing
            return
        self.now.cash -= amount

    @precondition(is_selling)
    @rule()
    def open_the_drawer(self) -> None:
        here = where(self.shop, MANAGER, shift_id=self.open_id)
        does(self.shop, cash.open_drawer, here, "换整")

    # --- shifts ---

    @precondition(is_selling)
    @rule()
    def seal(self) -> None:
        drawer.seals(self.shop, self.open_id)
        self.now.state = State.SEALED
        self.open_id = None

    @precondition(lambda self: not self.is_open())
    @rule(jiao=st.integers(0, 9_000))
    def open(self, jiao: int) -> None:
        """As it was left, or otherwise."""
        self.open_id = drawer.opens(self.shop, Money(jiao * 10).plain)
        self.drawers[self.open_id] = Drawer.opened(jiao * 10)

    def has_closed(self) -> bool:
        return len(self.drawers) > self.is_open() and not self.is_training

    def _closed(self, nth: int) -> tuple[int, Drawer]:
        closed = [x for x in self.drawers.items() if x[1].state is not State.OPEN]
        return closed[nth % len(closed)]

    @precondition(has_closed)
    @rule(nth=NTH, off=st.sampled_from([0, 0, 50, -50, 1_000, 500_00]))
    def count(self, nth: int, off: int) -> None:
        shift_id, one = self._closed(nth)
        found = max(one.cash + off, 0) // 10 * 10
        amount = Money(found).plain
        if one.state is State.ACCEPTED:
            self._is_refused(lambda: drawer.counts_cash(self.shop, amount, shift_id))
            return
        drawer.counts_cash(self.shop, amount, shift_id)
        one.state, one.counted = State.COUNTED, found
        one.is_signed, one.is_split, one.is_doubted = found == one.cash, False, False

    @precondition(has_closed)
    @rule(nth=NTH, off=st.sampled_from([0, 0, -100]))
    def count_a_phone(self, nth: int, off: int) -> None:
        shift_id, one = self._closed(nth)
        account = self.shop.accounts["phone"]
        counted = Money(one.phones[account] + off)
        here = where(self.shop, MANAGER)
        given = here, shift_id, account, counted, 1
        count = does(self.shop, counts.count_account, *given)
        drawer.signs(self.shop, count, by=MANAGER)

    @precondition(has_closed)
    @rule(nth=NTH)
    def sign(self, nth: int) -> None:
        shift_id, one = self._closed(nth)
        counted = drawer.counted(self.shop, shift_id)
        in_cash = [x for x in counted if x.method is Method.CASH]
        if not in_cash or one.is_signed:
            return
        try:
            drawer.signs(self.shop, in_cash[-1].id, by=MANAGER)
        except SecondCountNeeded:
            assert len(in_cash) == 1
            return
        one.is_signed = True

    @precondition(has_closed)
    @rule(nth=NTH, share=st.integers(0, 100), off=st.sampled_from([0, 0, 1]))
    def split(self, nth: int, share: int, off: int) -> None:
        shift_id, one = self._closed(nth)
        counted = Money(one.counted or 0)
        left = counted.times(share, 100)
        split = Split(left, counted - left, Money(off))
        given = where(self.shop, CASHIER), shift_id, split
        if one.state is not State.COUNTED or off:
            self._is_refused(lambda: does(self.shop, handover.split_cash, *given))
            return
        does(self.shop, handover.split_cash, *given)
        one.is_split = True

    @precondition(has_closed)
    @rule(nth=NTH)
    def doubt(self, nth: int) -> None:
        shift_id, one = self._closed(nth)
        if one.state is State.COUNTED:
            here = where(self.shop, MANAGER)
            does(self.shop, handover.ask_recount, here, shift_id, "再点一次")
            one.is_doubted = True

    @precondition(has_closed)
    @rule(nth=NTH, by=st.sampled_from([CASHIER, MANAGER, MANAGER]))
    def accept(self, nth: int, by: int) -> None:
        shift_id, one = self._closed(nth)
        is_ready = one.is_signed and one.is_split and not one.is_doubted
        if by == CASHIER or one.state is not State.COUNTED or not is_ready:
            self._is_refused(lambda: drawer.accepts(self.shop, shift_id, by=by))
            return
        drawer.accepts(self.shop, shift_id, by=by)
        one.state = State.ACCEPTED

    @precondition(has_closed)
    @rule(share=st.integers(1, 120))
    def hand_over_the_money_of_a_personal_code(self, share: int) -> None:
        with self.database.read() as session:
            held = personal_money.list_held(session, self.shop.till_id)
        account = self.shop.accounts["personal"]
        is_closed = [x for x in self.drawers.values() if x.state is not State.OPEN]
        taken = sum(one.phones[account] for one in is_closed)
        before = sum(one.total.fen for one in held)
        assert before <= max(taken, 0)
        if not held:
            return
        amount = held[0].total.times(share, 100)
        given = where(self.shop, CASHIER), account, amount, MANAGER
        if not Money.ZERO < amount <= held[0].total:
            self._is_refused(lambda: does(self.shop, personal_money.hand_over, *given))
            return
        does(self.shop, personal_money.hand_over, *given)
        with self.database.read() as session:
            after = personal_money.list_held(session, self.shop.till_id)
        assert sum(one.total.fen for one in after) == before - amount.fen

    def _is_refused(self, act: object) -> None:
        assert callable(act)
        try:
            act()
        except PosError:
            return
        raise AssertionError("it should have been refused")
