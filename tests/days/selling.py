"""Random customers: goods in a basket, what is taken off, and how they pay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from models import cart as carts
from models import deals
from models.cart import Bill, Cart, suggested_notes
from models.deals import Promotion
from models.discounts import amount_off, percent_off
from models.errors import OutOfStock, PosError
from models.goods import promotions, stock
from models.goods.promotions import Holds
from models.goods.stock import Act, Reason
from models.kinds import DiscountKind, Method
from models.money import Money
from models.selling import baskets, late_entries, sales, training, voids
from models.selling.baskets import SavedBasket
from models.selling.late_entries import Slip
from models.selling.sold import Sold
from tests.days.shop import NTH, RandomShop
from tests.drawer import does, where
from tests.models.test_promotions import FREE, HALF, OVER, THREE
from tests.shop import AT, DAY, ON_HAND, Shop, bill_for, minutes

PIECES = ["SAUCE", "POMELO", "HONEY", "BAG", "BOX", "TEA", "WALNUT"]


class Selling(RandomShop):
    def __init__(self, made: Shop, folder: Path) -> None:
        super().__init__(made, folder)
        self.promotions: list[Promotion] = []
        self.parked: dict[bool, list[Cart]] = {False: [], True: []}
        self.slips = 0

    def has_goods(self) -> bool:
        return bool(self.cart.lines) and self.is_open()

    def set_cart(self, cart: Cart) -> None:
        self.cart = deals.apply(cart, self.promotions)
        saved = SavedBasket(self.cart, (), was_paying=False, changed_at=AT)
        with self.database.write() as session:
            baskets.save_open(session, self.shop.till_id, self.seller, saved)

    # --- the basket ---

    @precondition(RandomShop.is_open)
    @rule(sku=st.sampled_from(PIECES), count=st.integers(1, 7))
    def add(self, sku: str, count: int) -> None:
        goods = self.items[sku]
        if sku == "WALNUT" and count % 2:
            line = carts.for_amount(goods, Money(count * 311))
        elif sku == "WALNUT":
            line = carts.weighed(goods, count * 173)
        else:
            line = carts.counted(goods, count)
        self.set_cart(self.cart.add(line)[0])

    @precondition(has_goods)
    @rule(nth=NTH, bp=st.integers(1, 10_000), fen=st.integers(1, 3000))
    def take_something_off(self, nth: int, bp: int, fen: int) -> None:
        index, cart = nth % len(self.cart.lines), self.cart
        match nth % 5:
            case 0:
                off = percent_off(DiscountKind.LINE, bp, "临期")
                self.set_cart(cart.discount_line(index, off))
            case 1:
                off = amount_off(DiscountKind.ORDER, Money(fen), "老顾客")
                self.set_cart(cart.discount_all(off))
            case 2:
                self.set_cart(cart.change_price(index, Money(fen), "标签"))
            case 3 if cart.subtotal > Money.ZERO:
                agreed = cart.subtotal.times(10_000 - bp, 10_000)
                if agreed < cart.subtotal:
                    self.set_cart(cart.agree(agreed, "议价"))
            case _:
                self.set_cart(cart.discount_all(None))

    @precondition(lambda self: self.is_open() and len(self.promotions) < 4)
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
        with self.database.write() as session:
            begun = promotions.begin(session, new, Holds(DAY, DAY))
        self.promotions.append(replace(new, id=begun))
        self.set_cart(self.cart)

    @precondition(lambda self: self.is_open() and self.promotions)
    @rule(nth=NTH)
    def end_a_promotion(self, nth: int) -> None:
        ended = self.promotions.pop(nth % len(self.promotions))
        does(self.shop, promotions.end, ended.id)
        self.set_cart(self.cart)

    @precondition(has_goods)
    @rule(nth=NTH)
    def void(self, nth: int) -> None:
        index, seat = nth % len(self.cart.lines), self.seat()
        line = self.cart.lines[index]
        with self.database.write() as session:
            if not nth % 4:
                rest = voids.void_basket(session, self.cart, seat, at=AT)
            elif nth % 4 == 1 and line.count > 1:
                rest = voids.reduce_line(
                    session, self.cart, index, line.count - 1, seat, at=AT
                )
            else:
                rest = voids.void_line(session, self.cart, index, seat, at=AT)
        self.set_cart(rest)

    @precondition(has_goods)
    @rule()
    def park(self) -> None:
        does(self.shop, baskets.park, self.cart)
        self.parked[self.is_training].append(self.cart)
        self.cart = Cart()

    @precondition(
        lambda self: (
            self.is_open() and self.parked[self.is_training] and not self.cart.lines
        )
    )
    @rule(nth=NTH)
    def resume(self, nth: int) -> None:
        parked = self.parked[self.is_training]
        chosen = parked.pop(nth % len(parked))
        saved = does(self.shop, baskets.resume, chosen.uuid)
        assert saved.cart.lines == chosen.lines
        self.set_cart(saved.cart)

    # --- paying ---

    @precondition(has_goods)
    @rule(share=st.integers(0, 100), is_late=st.booleans(), phone=st.booleans())
    def sell(self, share: int, *, is_late: bool, phone: bool) -> None:
        """A part by phone, the rest in cash; now and then from a paper slip."""
        account = self.shop.accounts["phone" if phone else "personal"]
        bill = bill_for(self.shop, self.cart)
        part = bill.due.times(share, 100)
        if share % 3 and part:
            bill = bill.take_phone(Method.WECHAT, part, account)
        if not bill.is_settled:
            notes = suggested_notes(bill.due_in_cash)  # with change, but for the first
            bill = bill.take_cash(notes[share % len(notes)])
        try:
            sold = self._slip(bill) if is_late and not share % 4 else self._sale(bill)
        except OutOfStock:  # of TEA; the basket stays as it was
            return
        self.has_sold(sold.sale_id, bill)

    def _sale(self, bill: Bill) -> Sold:
        with self.database.write() as session:
            return sales.complete_sale(session, self.cart, bill, self.seat(), at=AT)

    def _slip(self, bill: Bill) -> Sold:
        self.slips += 1
        slip = Slip(f"{self.slips:04}", AT - minutes(30), "停电")
        with self.database.write() as session:
            return late_entries.enter_late(
                session, self.cart, bill, self.seat(), slip, at=AT, approvals={}
            )

    def has_sold(self, sale_id: int, bill: Bill) -> None:
        """The figures follow the basket and its bill, not what was stored."""
        for line in self.cart.lines:
            self.left_the_shelf(line.item.sku, line.pieces)
        for tender in bill.tenders:
            self.took(tender.method, tender.account_id, tender.net.fen)
        self.came_to(bill.payable.fen)
        self.sold[self.is_training].append(sale_id)
        self.cart = Cart()

    # --- beside selling ---

    @precondition(lambda self: self.is_open() and not self.cart.lines)
    @rule()
    def practise_or_sell_for_real(self) -> None:
        here = where(self.shop, self.seller, shift_id=self.open_id)
        here = replace(here, is_training=self.is_training)
        turn = training.stop if self.is_training else training.start
        does(self.shop, turn, here)
        self.is_training = not self.is_training

    @rule(sku=st.sampled_from(sorted(ON_HAND)), amount=st.integers(1, 30))
    def receive_goods(self, sku: str, amount: int) -> None:
        act = Act(self.shop.outlet_id, Reason.DELIVERY, AT, DAY)
        with self.database.write() as session:
            stock.receive_delivery(session, act, self.shop.products[sku], amount)
        self.shelf[sku] += amount

    @precondition(has_goods)
    @rule()
    def pay_too_little(self) -> None:
        """Nothing is stored of what is not settled."""
        bill = bill_for(self.shop, self.cart)
        if bill.is_settled:
            return
        try:
            self._sale(bill)
        except PosError:
            return
        raise AssertionError("it was not paid")
