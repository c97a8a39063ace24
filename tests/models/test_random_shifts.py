"""Any order of sales, cash, closes, counts and handovers: every shift adds up."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models import schema
from models.errors import PosError
from models.file_format import FILE_NAME
from models.kinds import Method
from models.money import Money
from models.selling import cash, counts, handover
from models.selling.cash import CashMove
from models.selling.refusals import SecondCountNeeded
from models.selling.shift_record import CashKind, Split
from models.selling.shifts import State
from tests import drawer, invariants
from tests.drawer import CASHIER, MANAGER, does, where
from tests.shop import Shop, basket, bill_for, paid_by_phone, sell_basket

MOVES = st.tuples(
    st.sampled_from([kind for kind in CashKind if kind is not CashKind.CORRECTION]),
    st.integers(-300_00, 300_00),
)
JIAO = st.integers(0, 9_000)


@dataclass
class _Drawer:
    """What a shift's drawer and account should hold, kept beside the till."""

    cash: int
    phone: int = 0
    net: int = 0
    state: State = State.OPEN
    counted: int | None = None
    is_signed: bool = False
    is_split: bool = False
    is_doubted: bool = False


class _Shifts(RuleBasedStateMachine):
    def __init__(self, made: Shop, folder: Path) -> None:
        super().__init__()
        self.path = Path(tempfile.mkdtemp(dir=folder)) / FILE_NAME
        shutil.copyfile(made.database.path, self.path)
        self.shop = replace(made, database=schema.open_shop(self.path))
        self.drawers = {made.shift_id: _Drawer(50_000)}
        self.open_id: int | None = made.shift_id
        self.moved: list[int] = []

    def teardown(self) -> None:
        invariants.check(self.shop.database)
        self._check_papers()
        self.shop.database.close()
        shutil.rmtree(self.path.parent)

    def _check_papers(self) -> None:
        """Each Z says what was done in its shift, and together they have no gap."""
        numbers, net = [], 0
        for shift_id, expected in self.drawers.items():
            net += expected.net
            if expected.state is State.OPEN:
                continue
            record = drawer.paper(self.shop, shift_id)
            figures = record.figures
            numbers.append(record.z_number)
            assert figures.drawer.expected.fen == expected.cash
            assert figures.sums.net.fen == expected.net
            assert figures.perpetual.fen == net
            phone = [one.net.fen for one in figures.tenders if one.account_id]
            assert sum(phone) == expected.phone
        assert numbers == list(range(1, len(numbers) + 1))

    @property
    def _now(self) -> _Drawer:
        assert self.open_id is not None
        return self.drawers[self.open_id]

    def _is_open(self) -> bool:
        return self.open_id is not None

    # --- selling ----------------------------------------------------------------

    @precondition(_is_open)
    @rule(sku=st.sampled_from(["SAUCE", "BAG"]), count=st.integers(1, 5))
    def sell(self, sku: str, count: int) -> None:
        cart = basket(self.shop, {sku: count})
        sold = sell_basket(self.shop, cart, seat=self.shop.seat(self.open_id))
        self._now.cash += sold.payable.fen
        self._now.net += sold.payable.fen

    @precondition(_is_open)
    @rule(jiao=st.integers(1, 230))
    def sell_for_both(self, jiao: int) -> None:
        """A part by phone, the rest in cash with change."""
        cart = basket(self.shop, {"SAUCE": 1})
        part = Money(jiao * 10)
        bill = paid_by_phone(self.shop, bill_for(self.shop, cart), part.plain)
        bill = bill.take_cash(Money(10_000))
        assert bill.tenders[-1].method is Method.CASH
        sold = sell_basket(self.shop, cart, bill, seat=self.shop.seat(self.open_id))
        self._now.cash += sold.payable.fen - part.fen
        self._now.phone += part.fen
        self._now.net += sold.payable.fen

    @precondition(_is_open)
    @rule(move=MOVES)
    def move_cash(self, move: tuple[CashKind, int]) -> None:
        kind, fen = move
        here = where(self.shop, MANAGER, shift_id=self.open_id)
        given = CashMove(kind, Money(fen), "试")
        try:
            self.moved.append(does(self.shop, cash.move_cash, here, given))
        except PosError:
            return
        self._now.cash += fen

    @precondition(lambda self: self.moved and self.open_id)
    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        wrong = data.draw(st.sampled_from(self.moved))
        here = where(self.shop, MANAGER, shift_id=self.open_id)
        try:
            new = does(self.shop, cash.correct, here, wrong, "试")
        except PosError:  # twice, or of nothing
            return
        with self.shop.database.read() as session:
            self._now.cash += session.get_one(cash.CashMovement, new).amount.fen

    # --- shifts -----------------------------------------------------------------

    @precondition(_is_open)
    @rule()
    def seal(self) -> None:
        drawer.seals(self.shop, self.open_id)
        self._now.state = State.SEALED
        self.open_id = None

    @precondition(lambda self: self.open_id is None)
    @rule(jiao=JIAO)
    def open(self, jiao: int) -> None:
        float_ = Money(jiao * 10)
        self.open_id = drawer.opens(self.shop, float_.plain)
        self.drawers[self.open_id] = _Drawer(float_.fen)

    def _any_closed(self, data: st.DataObject) -> int:
        closed = [one for one, d in self.drawers.items() if d.state is not State.OPEN]
        return data.draw(st.sampled_from(closed))

    def _has_closed(self) -> bool:
        return len(self.drawers) > self._is_open()

    @precondition(_has_closed)
    @rule(data=st.data(), off=st.sampled_from([0, 0, 50, -50, 1_000, 500_00]))
    def count(self, data: st.DataObject, off: int) -> None:
        shift_id = self._any_closed(data)
        one = self.drawers[shift_id]
        found = max(one.cash + off, 0) // 10 * 10
        amount = Money(found)
        if one.state is State.ACCEPTED:
            self._is_refused(
                lambda: drawer.counts_cash(self.shop, amount.plain, shift_id)
            )
            return
        drawer.counts_cash(self.shop, amount.plain, shift_id)
        one.state, one.counted = State.COUNTED, found
        one.is_signed, one.is_split, one.is_doubted = found == one.cash, False, False

    @precondition(_has_closed)
    @rule(data=st.data(), off=st.sampled_from([0, 0, -100]))
    def count_phone(self, data: st.DataObject, off: int) -> None:
        shift_id = self._any_closed(data)
        counted = Money(self.drawers[shift_id].phone + off)
        here, account = where(self.shop, MANAGER), self.shop.accounts["phone"]
        given = here, shift_id, account, counted, 1
        count = does(self.shop, counts.count_account, *given)
        drawer.signs(self.shop, count, by=MANAGER)

    @precondition(_has_closed)
    @rule(data=st.data())
    def sign(self, data: st.DataObject) -> None:
        shift_id = self._any_closed(data)
        one = self.drawers[shift_id]
        cash_counts = [
            x for x in drawer.counted(self.shop, shift_id) if x.method is Method.CASH
        ]
        if not cash_counts or one.is_signed:
            return
        try:
            drawer.signs(self.shop, cash_counts[-1].id, by=MANAGER)
        except SecondCountNeeded:
            assert len(cash_counts) == 1
            return
        one.is_signed = True

    @precondition(_has_closed)
    @rule(data=st.data(), share=st.integers(0, 100), off=st.sampled_from([0, 0, 1]))
    def split(self, data: st.DataObject, share: int, off: int) -> None:
        shift_id = self._any_closed(data)
        one = self.drawers[shift_id]
        counted = Money(one.counted or 0)
        left = counted.times(share, 100)
        split = Split(left, counted - left, Money(off))
        here = where(self.shop, CASHIER)
        if one.state is not State.COUNTED or off:
            self._is_refused(
                lambda: does(self.shop, handover.split_cash, here, shift_id, split)
            )
            return
        does(self.shop, handover.split_cash, here, shift_id, split)
        one.is_split = True

    @precondition(_has_closed)
    @rule(data=st.data())
    def doubt(self, data: st.DataObject) -> None:
        shift_id = self._any_closed(data)
        one = self.drawers[shift_id]
        here = where(self.shop, MANAGER)
        if one.state is State.COUNTED:
            does(self.shop, handover.ask_recount, here, shift_id, "再点一次")
            one.is_doubted = True

    @precondition(_has_closed)
    @rule(data=st.data(), by=st.sampled_from([CASHIER, MANAGER, MANAGER]))
    def accept(self, data: st.DataObject, by: int) -> None:
        shift_id = self._any_closed(data)
        one = self.drawers[shift_id]
        is_ready = one.is_signed and one.is_split and not one.is_doubted
        if by == CASHIER or one.state is not State.COUNTED or not is_ready:
            self._is_refused(lambda: drawer.accepts(self.shop, shift_id, by=by))
            return
        drawer.accepts(self.shop, shift_id, by=by)
        one.state = State.ACCEPTED

    def _is_refused(self, act: object) -> None:
        assert callable(act)
        try:
            act()
        except PosError:
            return
        raise AssertionError("it should have been refused")

    @rule()
    def crash_and_reopen(self) -> None:
        self.shop.database.close()
        self.shop = replace(self.shop, database=schema.open_shop(self.path))

    @invariant()
    def the_open_drawer_holds_what_it_should(self) -> None:
        if self.open_id is not None:
            figures = drawer.looks(self.shop, self.open_id)
            assert figures.drawer.expected.fen == self._now.cash
            assert figures.sums.net == Money.sum(one.net for one in figures.tenders)


def test_every_shift_adds_up_whatever_is_done(made_shop: Shop, tmp_path: Path) -> None:
    examples = settings.get_current_profile_name() == "prove"
    run_state_machine_as_test(
        partial(_Shifts, made_shop, tmp_path),  # type: ignore[arg-type]  # makes one
        settings=settings(
            max_examples=200 if examples else 8,
            stateful_step_count=50 if examples else 35,
        ),
    )
