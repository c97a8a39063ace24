"""Random corrections of what was sold: refunds, exchanges, money for bad fruit."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from models.cart import Cart
from models.errors import OutOfStock, PosError
from models.kinds import Method
from models.money import Money
from models.selling import (
    compensations,
    invoices,
    refunds,
    returns,
    tender_corrections,
)
from models.selling.compensations import Compensation
from models.selling.giving_back import Back, proposal
from models.selling.invoice_row import InvoiceState, Wanted
from models.selling.refunds import Refund
from models.selling.remaining import Left
from models.selling.returns import Return
from models.selling.tender_corrections import RightTender
from tests.days.selling import Selling
from tests.days.shop import NTH, SKU_BY_NAME
from tests.refunding import left
from tests.shop import AT, bill_for, paid_in_cash


class Correcting(Selling):
    def has_sold_something(self) -> bool:
        return self.is_open() and bool(self.sold[self.is_training])

    def _any(self, nth: int) -> int:
        sold = self.sold[self.is_training]
        return sold[nth % len(sold)]

    def _chosen(self, nth: int) -> tuple[Left, tuple[Return, ...]]:
        """A sale and some of what can still come back of it; nth 0 takes all."""
        there = left(self.shop, self._any(nth))
        every = returns.everything(there, is_waste=nth % 2 == 1)
        if not nth % 3 or not every:
            return there, every
        one = every[nth % len(every)]
        return there, (replace(one, count=max(1, one.count * (nth % 10) // 10)),)

    def _goes_back(self, there: Left, backs: tuple[Back, ...]) -> None:
        for back in backs:
            (tender,) = (x for x in there.tenders if x.payment_id == back.payment_id)
            is_own = back.method in {None, tender.method}
            account_id = tender.account_id if is_own else None
            method = back.method or tender.method
            self.took(method, account_id, -back.amount.fen)
            self.came_to(-back.amount.fen)

    def _comes_back(self, there: Left, given: tuple[Return, ...]) -> None:
        """Waste comes back and goes out again: the shelf has none of it."""
        for one in given:
            for line in there.lines:
                if line.line_no != one.line_no or one.part_no not in {0, line.part_no}:
                    continue
                is_box = line.boxes and not one.part_no
                each = line.sold // line.boxes if is_box else line.pack_size
                if not one.is_waste:
                    self.left_the_shelf(SKU_BY_NAME[line.name], -one.count * each)

    @precondition(has_sold_something)
    @rule(nth=NTH, otherwise=st.sampled_from([None, Method.CASH, Method.TRANSFER]))
    def refund(self, nth: int, otherwise: Method | None) -> None:
        there, given = self._chosen(nth)
        if not given:
            return
        backs = proposal(there, returns.due_back(there, given), otherwise)
        asked = Refund(there.sale_id, given, backs, "不新鲜")
        try:
            with self.database.write() as session:
                done = refunds.refund_sale(
                    session, asked, self.seat(), at=AT, approvals={}
                )
        except PosError:  # 改退 in cash of what was exchanged, in fen
            assert left(self.shop, there.sale_id) == there
            return
        assert left(self.shop, there.sale_id).net == there.net - done.amount
        self._goes_back(there, backs)
        self._comes_back(there, given)

    @precondition(Selling.has_goods)
    @rule(method=st.sampled_from([Method.CASH, Method.TRANSFER]))
    def refund_without_a_receipt(self, method: Method) -> None:
        cart = replace(self.cart, discount=None, deals=())
        with self.database.write() as session:
            done = refunds.refund_without_receipt(
                session,
                replace(cart, uuid=Cart().uuid),
                method,
                "小票丢了",
                self.seat(),
                at=AT,
                approvals={},
            )
        for line in cart.lines:
            self.left_the_shelf(line.item.sku, -line.pieces)
        self.took(method, None, -done.amount.fen)
        self.came_to(-done.amount.fen)

    @precondition(has_sold_something)
    @rule(nth=NTH, share=st.integers(1, 100))
    def compensate(self, nth: int, share: int) -> None:
        there = left(self.shop, self._any(nth))
        line = there.lines[nth % len(there.lines)]
        amount = line.net.times(share, 100).round_down(10)
        if not amount or not line.amount:
            return
        backs = proposal(there, amount)
        asked = Compensation(
            there.sale_id, line.line_no, amount, backs, "坏果", line.part_no
        )
        try:
            with self.database.write() as session:
                compensations.compensate(
                    session, asked, self.seat(), at=AT, approvals={}
                )
        except PosError:
            return
        assert left(self.shop, there.sale_id).net == there.net - amount
        self._goes_back(there, backs)

    @precondition(has_sold_something)
    @rule(
        nth=NTH, method=st.sampled_from([Method.CASH, Method.WECHAT, Method.TRANSFER])
    )
    def correct_a_tender(self, nth: int, method: Method) -> None:
        there = left(self.shop, self._any(nth))
        if not there.tenders:
            return
        wrong = there.tenders[nth % len(there.tenders)]
        account = self.shop.accounts["wechat"] if method is Method.WECHAT else None
        right = RightTender(there.sale_id, wrong.payment_id, method, "按错了", account)
        try:
            with self.database.write() as session:
                tender_corrections.correct_tender(
                    session, right, self.seat(), at=AT, approvals={}
                )
        except PosError:  # fen in cash, the same, an exchange, an earlier shift
            return
        assert left(self.shop, there.sale_id).net == there.net
        self.took(wrong.method, wrong.account_id, -wrong.net.fen)
        self.took(method, account, wrong.net.fen)

    @precondition(
        lambda self: self.has_sold_something() and self.cart.total > Money.ZERO
    )
    @rule(nth=NTH)
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
            return  # what is over goes back otherwise; test_exchanges tells that
        bill = paid_in_cash(bill_for(self.shop, self.cart).take_exchange(worth))
        asked = Refund(there.sale_id, given, tuple(backs), "换大的")
        try:
            with self.database.write() as session:
                _, sold = refunds.exchange(
                    session, asked, self.cart, bill, self.seat(), at=AT, approvals={}
                )
        except OutOfStock:
            return
        self._goes_back(there, tuple(backs))
        self._comes_back(there, given)
        self.has_sold(sold.sale_id, bill)

    @precondition(lambda self: self.has_sold_something() and not self.is_training)
    @rule(nth=NTH)
    def an_invoice_goes_one_step_on(self, nth: int) -> None:
        """Wanted, issued, reversed; and then another one may be wanted."""
        sale_id, seat = self._any(nth), self.seat()
        try:
            with self.database.write() as session:
                found = invoices.find_of(session, sale_id)
                if found is None:
                    invoices.register(session, sale_id, Wanted("海珠区"), seat, at=AT)
                elif found.state is InvoiceState.WANTED:
                    invoices.issued(session, found.id, f"0440{nth}", seat, at=AT)
                else:
                    invoices.reversed_by(session, found.id, f"0441{nth}", seat, at=AT)
        except PosError:  # nothing is left of the receipt
            return
