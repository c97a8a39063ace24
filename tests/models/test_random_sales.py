"""A thousand random sales: the sums hold, and the numbers have no gap."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from models import cart as carts
from models import places
from models.cart import Bill, Cart, CartLine, suggested_notes
from models.goods import event_prices, stock
from models.goods.stock import Act, Reason
from models.kinds import BuyerKind, Method, PriceReason, RoundingRule
from models.money import Money
from models.quantity import Unit
from models.selling import baskets, sales
from models.selling.baskets import SavedBasket
from models.selling.sold import Sold
from tests import invariants
from tests.shop import (
    AT,
    DAY,
    ON_HAND,
    SAUCE_PACK_CODE,
    Shop,
    day_summary,
    item,
    keep,
    new_day,
    on_hand,
    scanned,
)

SEED = 20261124
SALES = 1000


@pytest.mark.no_cover
def test_a_thousand_random_sales_add_up(shop: Shop) -> None:
    crowd = _Crowd(shop, random.Random(SEED))  # noqa: S311  # repeatable, not secret
    for number in range(1, SALES + 1):
        if number % 125 == 0:
            crowd.change_something()
        crowd.sell(number)
    assert sum(crowd.taken.values()) == sum(
        day_summary(shop, day).sums.net.fen for day in crowd.taken
    )
    for sku, expected in crowd.left.items():
        assert on_hand(shop, sku) == expected, sku
    invariants.check(shop.database)


class _Crowd:
    """Customers who buy and pay in every way that the till knows."""

    def __init__(self, shop: Shop, chance: random.Random) -> None:
        self.shop, self.chance = shop, chance
        self.at, self.day, self.shift_id = AT, DAY, shop.shift_id
        self.left = dict(ON_HAND)
        self.taken = {DAY: 0}  # fen by day
        self._look_around()

    def _look_around(self) -> None:
        """Prices and the seat, read once a day as the till does."""
        skus = self.shop.products.keys() - {"NEW", "TEA"}
        self.items = {sku: item(self.shop, sku, self.day) for sku in sorted(skus)}
        pack = scanned(self.shop, SAUCE_PACK_CODE)
        assert isinstance(pack, CartLine)
        self.pack = pack.item
        self.seat = self.shop.seat(self.shift_id)

    def change_something(self) -> None:
        """A new day, an event price, another 抹零, a delivery."""
        self.at += timedelta(days=1)
        self.day += timedelta(days=1)
        self.taken[self.day] = 0
        self.shift_id = new_day(self.shop, at=self.at)
        sku = self.chance.choice(("BOX", "WALNUT", "SAUCE", "BAG"))
        with self.shop.database.write() as session:
            event_prices.add(
                session,
                self.shop.products[sku],
                Money(self.chance.randrange(0, 5000)),
                first=self.day,
                last=self.day,
            )
            places.change_outlet(
                session,
                self.shop.outlet_id,
                event_name=self.chance.choice(("", "年货节", "丰收节")),
                rounding=self.chance.choice(list(RoundingRule)),
            )
            act = Act(self.shop.outlet_id, Reason.DELIVERY, self.at, self.day)
            stock.receive_delivery(session, act, self.shop.products["SAUCE"], 500)
        self.left["SAUCE"] += 500
        self._look_around()

    def sell(self, number: int) -> None:
        cart = self._basket()
        bill = self._paid(Bill(cart.total, self.seat.till.outlet.rounding))
        at = self.at + timedelta(seconds=number)
        sold = self._sold(cart, bill, at)
        assert sold.number == f"T01-{number:06}"
        self.taken[self.day] += sold.payable.fen
        for line in cart.lines:
            self._take(line)

    def _take(self, line: CartLine) -> None:
        if line.item.sku != "BOX":
            self.left[line.item.sku] -= line.pieces
            return
        for sku, amount in (
            ("SAUCE", 2),
            ("WALNUT", 500),
            ("POMELO", 1),
            ("HONEY", 1),
        ):
            self.left[sku] -= amount * line.count

    def _sold(self, cart: Cart, bill: Bill, at: datetime) -> Sold:
        """Some are parked and taken up again before they pay."""
        if self.chance.random() < 0.1:
            keep(self.shop, cart, bill=bill, at=at)
            with self.shop.database.write() as session:
                baskets.park(session, cart)
            with self.shop.database.write() as session:
                assert baskets.resume(session, cart.uuid).cart == cart
        saved = SavedBasket(cart, bill.tenders, was_paying=True, changed_at=at)
        with self.shop.database.write() as session:
            baskets.save_open(session, self.shop.till_id, self.shop.staff_id, saved)
            return sales.complete_sale(session, cart, bill, self.seat, at=at)

    def _basket(self) -> Cart:
        cart = Cart()
        for _ in range(self.chance.randint(1, 6)):
            cart, _index = cart.add(self._line())
        if self.chance.random() < 0.2:
            cart = cart.sell_to(self.chance.choice(list(BuyerKind)))
        return cart

    def _line(self) -> CartLine:
        if self.chance.random() < 0.1:
            return carts.counted(self.pack, self.chance.randint(1, 2))
        chosen = self.items[self.chance.choice(list(self.items))]
        if chosen.unit is Unit.PIECE:
            return carts.counted(chosen, self.chance.randint(1, 5))
        if self.chance.random() < 0.5 or chosen.price == Money.ZERO:
            return carts.weighed(chosen, self.chance.randint(1, 3000))
        reason = self.chance.choice((PriceReason.NONE, PriceReason.LABEL))
        amount = Money(self.chance.randint(100, 9999))
        return carts.for_amount(chosen, amount, reason)

    def _paid(self, bill: Bill) -> Bill:
        """By phone, in cash, or some of each in any order."""
        while not bill.is_settled:
            way = self.chance.random()
            if way < 0.3:
                bill = self._phone(bill, bill.due)
            elif way < 0.6:
                bill = self._close_in_cash(bill)
            elif way < 0.8:
                bill = self._phone(bill, Money(self.chance.randint(1, bill.due.fen)))
            elif bill.due > Money(20):
                part = self.chance.randrange(10, bill.due.fen // 2 * 2, 10)
                bill = bill.take_cash(Money(min(part, bill.due.fen // 20 * 10)))
        return bill

    def _close_in_cash(self, bill: Bill) -> Bill:
        """With the exact cash, or with notes where the change has no fen."""
        notes = suggested_notes(bill.due_in_cash)
        note = self.chance.choice(notes)
        return bill.take_cash(note if not (note - notes[0]).fen % 10 else notes[0])

    def _phone(self, bill: Bill, amount: Money) -> Bill:
        account = self.chance.choice(list(self.shop.accounts))
        method = self.chance.choice((Method.WECHAT, Method.ALIPAY, Method.PHONE))
        return bill.take_phone(method, amount, self.shop.accounts[account])
