"""A thousand random sales, and any order of acts at the till: the sums always hold."""

from __future__ import annotations

import random
import shutil
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
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
from models import places, schema
from models.cart import Bill, Cart, CartLine, Item, suggested_notes
from models.errors import OutOfStock, PosError
from models.file_format import FILE_NAME
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
    bill_for,
    complete,
    day_summary,
    item,
    keep,
    minutes,
    new_day,
    on_hand,
    scanned,
)

SEED = 20261124
SALES = 1000


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


# --- any order of acts ---------------------------------------------------------------

COUNTS = st.integers(1, 30)
PIECES = st.sampled_from(["SAUCE", "POMELO", "HONEY", "BAG", "BOX", "TEA"])


class _Till(RuleBasedStateMachine):
    """One till as its cashier drives it, crashes included."""

    def __init__(self, made: Shop, folder: Path) -> None:
        super().__init__()
        self.path = Path(tempfile.mkdtemp(dir=folder)) / FILE_NAME
        shutil.copyfile(made.database.path, self.path)
        self.shop = replace(made, database=schema.open_shop(self.path))
        self.items = {sku: item(self.shop, sku) for sku in ON_HAND | {"BOX": 0}}
        self.cart, self.bill = Cart(), Bill(Money(0), RoundingRule.JIAO)
        self.parked: list[Cart] = []
        self.sold: list[Sold] = []
        self.at = AT

    def teardown(self) -> None:
        invariants.check(self.shop.database)
        self.shop.database.close()
        shutil.rmtree(self.path.parent)

    def _keep(self) -> None:
        self.at += minutes(1)
        keep(self.shop, self.cart, bill=self.bill, at=self.at)

    def _add(self, line: CartLine) -> None:
        self.cart, _ = self.cart.add(line)
        self.bill = bill_for(self.shop, self.cart)
        self._keep()

    def _item(self, sku: str) -> Item:
        return self.items[sku]

    def _is_new(self) -> bool:
        """Nothing was paid for this basket yet."""
        return not self.bill.tenders

    @precondition(_is_new)
    @rule(sku=PIECES, count=COUNTS)
    def add(self, sku: str, count: int) -> None:
        self._add(carts.counted(self._item(sku), count))

    @precondition(_is_new)
    @rule(grams=st.integers(1, 5000))
    def weigh(self, grams: int) -> None:
        self._add(carts.weighed(self._item("WALNUT"), grams))

    @precondition(_is_new)
    @rule(fen=st.integers(100, 9999))
    def weigh_for_an_amount(self, fen: int) -> None:
        self._add(carts.for_amount(self._item("WALNUT"), Money(fen)))

    @precondition(lambda self: self._is_new() and self.cart.lines)
    @rule()
    def remove_the_first(self) -> None:
        self.cart = self.cart.remove(0)
        self.bill = bill_for(self.shop, self.cart)
        self._keep()

    @precondition(lambda self: self.cart.lines)
    @rule()
    def park(self) -> None:
        with self.shop.database.write() as session:
            baskets.park(session, self.cart)
        self.parked.append(self.cart)
        self.cart, self.bill = Cart(), Bill(Money(0), RoundingRule.JIAO)

    @precondition(lambda self: self.parked and not self.cart.lines)
    @rule(data=st.data())
    def resume(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(self.parked))
        self.parked.remove(chosen)
        with self.shop.database.write() as session:
            saved = baskets.resume(session, chosen.uuid)
        assert saved.cart == chosen
        self._restore(saved)

    def _restore(self, saved: SavedBasket) -> None:
        self.cart = saved.cart
        self.bill = baskets.bill_of(saved, bill_for(self.shop, saved.cart))

    @precondition(lambda self: self.cart.lines)
    @rule(share=st.integers(1, 100), is_phone=st.booleans())
    def pay_a_part(self, share: int, *, is_phone: bool) -> None:
        part = self.bill.due.times(share, 100)
        try:
            if is_phone:
                account = self.shop.accounts["phone"]
                self.bill = self.bill.take_phone(Method.WECHAT, part, account)
            else:
                self.bill = self.bill.take_cash(part.round_down(10))
        except PosError:
            return
        self._keep()

    @precondition(lambda self: self.bill.tenders)
    @rule()
    def take_back(self) -> None:
        self.bill = self.bill.take_back()
        self._keep()

    @precondition(lambda self: self.cart.lines)
    @rule(note=st.integers(0, 3))
    def pay_the_rest_in_cash(self, note: int) -> None:
        if not self.bill.is_settled:
            notes = suggested_notes(self.bill.due_in_cash)
            self.bill = self.bill.take_cash(notes[min(note, len(notes) - 1)])
        self._complete()

    def _complete(self) -> None:
        try:
            sold = complete(self.shop, self.cart, self.bill, at=self.at)
        except OutOfStock:  # of TEA; the basket stays as it was
            self.bill = Bill(self.bill.total, self.bill.rule)
            self._keep()
            return
        self.sold.append(sold)
        assert sold.number == f"T01-{len(self.sold):06}"
        self.cart, self.bill = Cart(), Bill(Money(0), RoundingRule.JIAO)

    @rule(sku=st.sampled_from(sorted(ON_HAND)), amount=COUNTS)
    def receive(self, sku: str, amount: int) -> None:
        act = Act(self.shop.outlet_id, Reason.DELIVERY, self.at, DAY)
        with self.shop.database.write() as session:
            stock.receive_delivery(session, act, self.shop.products[sku], amount)

    @rule()
    def crash_and_reopen(self) -> None:
        """The new process finds the basket, and the bill as far as it was kept."""
        self.shop.database.close()
        self.shop = replace(self.shop, database=schema.open_shop(self.path))
        with self.shop.database.read() as session:
            saved = baskets.find_open(session, 1)
        if saved is None:
            assert not self.cart.lines
            return
        before = (self.cart, self.bill)
        self._restore(saved)
        assert (self.cart, self.bill) == before

    @invariant()
    def the_sums_hold(self) -> None:
        invariants.check(self.shop.database)


def test_the_sums_hold_whatever_the_cashier_does(
    made_shop: Shop, tmp_path: Path
) -> None:
    examples = settings.get_current_profile_name() == "prove"
    run_state_machine_as_test(
        partial(_Till, made_shop, tmp_path),  # type: ignore[arg-type]  # makes one
        settings=settings(
            max_examples=200 if examples else 8,
            stateful_step_count=50 if examples else 20,
        ),
    )
