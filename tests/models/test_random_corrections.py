"""Any order of sales, discounts, promotions and corrections: every sum still holds."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
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

from models import cart as carts
from models import deals, schema
from models.cart import Bill, Cart
from models.deals import Promotion
from models.discounts import amount_off, percent_off
from models.errors import OutOfStock, PosError
from models.file_format import FILE_NAME
from models.goods import promotions
from models.goods.promotions import Holds
from models.kinds import DiscountKind, Method
from models.money import Money
from models.selling import (
    compensations,
    refunds,
    returns,
    tender_corrections,
    voids,
)
from models.selling.compensations import Compensation
from models.selling.giving_back import Back, proposal
from models.selling.refunds import Refund
from models.selling.remaining import Left
from models.selling.returns import Return
from models.selling.tender_corrections import RightTender
from tests import invariants
from tests.models.test_promotions import FREE, HALF, OVER, THREE
from tests.refunding import left
from tests.shop import (
    AT,
    DAY,
    ON_HAND,
    Shop,
    bill_for,
    complete,
    item,
    keep,
    paid_by_phone,
    paid_in_cash,
)

GOODS = ["SAUCE", "POMELO", "HONEY", "BAG", "BOX", "WALNUT"]
_NTH = st.integers(0, 99)


class _Till(RuleBasedStateMachine):
    """Sells, takes off, takes back; each act is one the till offers."""

    def __init__(self, made: Shop, folder: Path) -> None:
        super().__init__()
        self.path = Path(tempfile.mkdtemp(dir=folder)) / FILE_NAME
        shutil.copyfile(made.database.path, self.path)
        self.shop = replace(made, database=schema.open_shop(self.path))
        self.items = {sku: item(self.shop, sku) for sku in ON_HAND | {"BOX": 0}}
        self.promotions: list[Promotion] = []
        self.cart = Cart()
        self.sold: list[int] = []

    def teardown(self) -> None:
        self.shop.database.close()
        shutil.rmtree(self.path.parent)

    # --- the basket ---

    def _set(self, cart: Cart) -> None:
        self.cart = deals.apply(cart, self.promotions)
        keep(self.shop, self.cart)

    @rule(sku=st.sampled_from(GOODS), count=st.integers(1, 7))
    def add(self, sku: str, count: int) -> None:
        goods = self.items[sku]
        if sku == "WALNUT":
            line = carts.weighed(goods, count * 173)
        else:
            line = carts.counted(goods, count)
        self._set(self.cart.add(line)[0])

    @precondition(lambda self: self.cart.lines)
    @rule(nth=_NTH, bp=st.integers(1, 10_000), fen=st.integers(1, 3000))
    def take_something_off(self, nth: int, bp: int, fen: int) -> None:
        index = nth % len(self.cart.lines)
        match nth % 5:
            case 0:
                off = percent_off(DiscountKind.LINE, bp, "临期")
                self._set(self.cart.discount_line(index, off))
            case 1:
                off = amount_off(DiscountKind.ORDER, Money(fen), "老顾客")
                self._set(self.cart.discount_all(off))
            case 2:
                self._set(self.cart.change_price(index, Money(fen), "标签"))
            case 3 if self.cart.subtotal > Money.ZERO:
                agreed = self.cart.subtotal.times(10_000 - bp, 10_000)
                if agreed < self.cart.subtotal:
                    self._set(self.cart.agree(agreed, "议价"))
            case _:
                self._set(self.cart.discount_all(None))

    @precondition(lambda self: len(self.promotions) < 4)
    @rule(
        new=st.sampled_from([HALF, FREE, THREE, OVER]),
        stacks=st.booleans(),
        sku=st.sampled_from([None, "SAUCE", "POMELO"]),
    )
    def begin_a_promotion(
        self, new: Promotion, sku: str | None, *, stacks: bool
    ) -> None:
        product_id = None if sku is None else self.shop.products[sku]
        new = replace(new, stacks=stacks, product_id=product_id)
        with self.shop.database.write() as session:
            begun = promotions.begin(session, new, Holds(DAY, DAY))
        self.promotions.append(replace(new, id=begun))
        self._set(self.cart)

    @precondition(lambda self: self.cart.lines)
    @rule(nth=_NTH)
    def void(self, nth: int) -> None:
        index, seat = nth % len(self.cart.lines), self.shop.seat()
        with self.shop.database.write() as session:
            if nth % 4:
                rest = voids.void_line(session, self.cart, index, seat, at=AT)
            else:
                rest = voids.void_basket(session, self.cart, seat, at=AT)
        self._set(rest)

    def _paid(self, bill: Bill, share: int) -> Bill:
        part = bill.due.times(share, 100)
        if share % 3 and part:
            bill = paid_by_phone(self.shop, bill, part.plain)
        return paid_in_cash(bill)

    @precondition(lambda self: self.cart.lines)
    @rule(share=st.integers(0, 100))
    def sell(self, share: int) -> None:
        bill = self._paid(bill_for(self.shop, self.cart), share)
        try:
            sold = complete(self.shop, self.cart, bill)
        except OutOfStock:
            return
        self.sold.append(sold.sale_id)
        self.cart = Cart()

    # --- afterwards ---

    def _chosen(self, nth: int) -> tuple[Left, tuple[Return, ...]]:
        """A sale and some of what can still come back of it; nth 0 takes all."""
        there = left(self.shop, self.sold[nth % len(self.sold)])
        every = returns.everything(there, is_waste=nth % 2 == 1)
        if not nth % 3 or not every:
            return there, every
        one = every[nth % len(every)]
        return there, (replace(one, count=max(1, one.count * (nth % 10) // 10)),)

    @precondition(lambda self: self.sold)
    @rule(nth=_NTH, otherwise=st.sampled_from([None, Method.CASH, Method.TRANSFER]))
    def refund(self, nth: int, otherwise: Method | None) -> None:
        there, given = self._chosen(nth)
        if not given:
            return
        due = returns.due_back(there, given)
        backs = proposal(there, due, otherwise)
        self._try(Refund(there.sale_id, given, backs, "不新鲜"))

    def _try(self, asked: Refund) -> None:
        seat = self.shop.seat()
        before = left(self.shop, asked.original_id).net
        try:
            with self.shop.database.write() as session:
                done = refunds.refund_sale(session, asked, seat, at=AT, approvals={})
        except PosError:  # 改退 in cash of what was exchanged, in fen
            assert left(self.shop, asked.original_id).net == before
            return
        assert left(self.shop, asked.original_id).net == before - done.amount

    @precondition(lambda self: self.sold)
    @rule(nth=_NTH, share=st.integers(1, 100))
    def compensate(self, nth: int, share: int) -> None:
        there = left(self.shop, self.sold[nth % len(self.sold)])
        line = there.lines[nth % len(there.lines)]
        amount = line.net.times(share, 100).round_down(10)
        if not amount or not line.amount:
            return
        asked = Compensation(
            there.sale_id,
            line.line_no,
            amount,
            proposal(there, amount),
            "坏果",
            line.part_no,
        )
        try:
            with self.shop.database.write() as session:
                compensations.compensate(
                    session, asked, self.shop.seat(), at=AT, approvals={}
                )
        except PosError:
            return
        assert left(self.shop, there.sale_id).net == there.net - amount

    @precondition(lambda self: self.sold)
    @rule(
        nth=_NTH,
        method=st.sampled_from([Method.CASH, Method.WECHAT, Method.TRANSFER]),
    )
    def correct_a_tender(self, nth: int, method: Method) -> None:
        there = left(self.shop, self.sold[nth % len(self.sold)])
        if not there.tenders:
            return
        wrong = there.tenders[nth % len(there.tenders)]
        account = self.shop.accounts["wechat"] if method is Method.WECHAT else None
        right = RightTender(there.sale_id, wrong.payment_id, method, "按错了", account)
        try:
            with self.shop.database.write() as session:
                tender_corrections.correct_tender(
                    session, right, self.shop.seat(), at=AT, approvals={}
                )
        except PosError:  # fen in cash, the same tender, or an exchange
            return
        assert left(self.shop, there.sale_id).net == there.net

    @precondition(lambda self: self.sold and self.cart.total > Money.ZERO)
    @rule(nth=_NTH)
    def exchange(self, nth: int) -> None:
        there, given = self._chosen(nth)
        if not given:
            return
        due = returns.due_back(there, given)
        worth = min(due, self.cart.total)
        backs, rest = [], worth
        for tender in there.tenders:
            part = min(rest, tender.net)
            if part:
                backs.append(Back(tender.payment_id, part, Method.EXCHANGE))
                rest -= part
        if rest or not worth or due != worth:
            return  # what is over goes back otherwise; test_refunds tells that
        bill = paid_in_cash(bill_for(self.shop, self.cart).take_exchange(worth))
        asked = Refund(there.sale_id, given, tuple(backs), "换大的")
        try:
            with self.shop.database.write() as session:
                _, sold = refunds.exchange(
                    session,
                    asked,
                    self.cart,
                    bill,
                    self.shop.seat(),
                    at=AT,
                    approvals={},
                )
        except OutOfStock:
            return
        self.sold.append(sold.sale_id)
        self.cart = Cart()

    @invariant()
    def the_sums_hold(self) -> None:
        invariants.check(self.shop.database)


def test_the_sums_hold_whatever_is_taken_off_or_back(
    made_shop: Shop, tmp_path: Path
) -> None:
    long = settings.get_current_profile_name() == "prove"
    run_state_machine_as_test(
        partial(_Till, made_shop, tmp_path),  # type: ignore[arg-type]  # makes one
        settings=settings(
            max_examples=200 if long else 8, stateful_step_count=50 if long else 25
        ),
    )
