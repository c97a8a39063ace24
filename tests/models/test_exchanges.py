"""换货: goods come back and others go out, in one act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.cart import Bill
from models.errors import NothingDue, PosError, WrongAmount
from models.kinds import Method, RoundingRule
from models.money import Money
from models.selling import baskets, giving_back, refunds
from models.selling.baskets import SavedBasket
from models.selling.giving_back import Back
from models.selling.refusals import BackDiffers, NotBackThisWay
from tests import invariants
from tests.models.repaid import cash_taken, payments
from tests.refunding import back, give_back, left, refund_of
from tests.shop import (
    AT,
    Shop,
    basket,
    bill_for,
    keep,
    on_hand,
    paid_by_phone,
    paid_in_cash,
    sell,
    sell_basket,
)


def test_one_thing_is_exchanged_for_a_dearer_one(shop: Shop) -> None:
    """香辣酱 23.90 back, 百花蜜 59.90 out: 36.00 in cash, both papers in one act."""
    sold = sell(shop, {"SAUCE": 1})
    cart = basket(shop, {"HONEY": 1})
    keep(shop, cart)
    bill = bill_for(shop, cart).take_exchange(Money(2390))
    asked = refund_of(shop, sold.sale_id, method=Method.EXCHANGE)
    with shop.database.write() as session:
        refunded, bought = refunds.exchange(
            session, asked, cart, paid_in_cash(bill), shop.seat(), at=AT, approvals={}
        )
    assert payments(shop, refunded.sale_id) == [(Method.EXCHANGE, -2390, "")]
    assert payments(shop, bought.sale_id) == [
        (Method.EXCHANGE, 2390, ""),
        (Method.CASH, 3600, ""),
    ]
    assert cash_taken(shop.database) == Money(5990)
    assert (on_hand(shop, "SAUCE"), on_hand(shop, "HONEY")) == (100, 39)
    # what was exchanged may come back too: by approval, in cash
    again = refund_of(shop, bought.sale_id)
    tenders = left(shop, bought.sale_id).tenders
    with pytest.raises(NotBackThisWay):
        give_back(
            shop,
            replace(again, backs=tuple(Back(x.payment_id, x.net) for x in tenders)),
        )
    refund_all = replace(
        again,
        backs=tuple(Back(x.payment_id, x.net, Method.CASH) for x in tenders),
    )
    assert give_back(shop, refund_all).amount == Money(5990)
    invariants.check(shop.database)


def test_for_a_cheaper_one_the_rest_goes_back(shop: Shop) -> None:
    sold = sell(shop, {"HONEY": 1})
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart)
    bill = bill_for(shop, cart).take_exchange(Money(2390))
    backs = (
        back(shop, sold.sale_id, 2390, Method.EXCHANGE),
        back(shop, sold.sale_id, 3600),
    )
    asked = replace(refund_of(shop, sold.sale_id), backs=backs)
    with shop.database.write() as session:
        refunded, _ = refunds.exchange(
            session, asked, cart, bill, shop.seat(), at=AT, approvals={}
        )
    assert refunded.amount == Money(5990)
    assert cash_taken(shop.database) == Money(2390)
    invariants.check(shop.database)


def test_what_an_exchange_leaves_goes_back_by_the_tender_that_came_last(
    shop: Shop,
) -> None:
    """59.90 paid as 20.00 by phone and 39.90 in cash; goods of 30.00 are taken."""
    cart = basket(shop, {"HONEY": 1})
    bill = paid_in_cash(paid_by_phone(shop, bill_for(shop, cart), "20.00"))
    sold = sell_basket(shop, cart, bill)
    there = left(shop, sold.sale_id)
    phone, cash = (tender.payment_id for tender in there.tenders)
    pays, due = Method.EXCHANGE, Money(5990)

    assert giving_back.for_exchange(there, due, Money(3000)) == (
        Back(cash, Money(2990)),
        Back(phone, Money(2000), pays),
        Back(cash, Money(1000), pays),
    )
    assert giving_back.for_exchange(there, due, due) == (
        Back(phone, Money(2000), pays),
        Back(cash, Money(3990), pays),
    )
    instead = giving_back.for_exchange(there, due, Money(4000), Method.TRANSFER)
    assert instead == (
        Back(cash, Money(1990), Method.TRANSFER),
        Back(phone, Money(2000), pays),
        Back(cash, Money(2000), pays),
    )
    assert giving_back.for_exchange(there, Money(1000), Money(1000)) == (
        Back(phone, Money(1000), pays),
    )


def test_an_exchange_whose_sides_differ_or_whose_sale_fails_leaves_nothing(
    shop: Shop,
) -> None:
    sold = sell(shop, {"SAUCE": 1})
    cart = basket(shop, {"HONEY": 1})
    asked = refund_of(shop, sold.sale_id, method=Method.EXCHANGE)
    bill = bill_for(shop, cart).take_exchange(Money(2000))
    for wrong in (bill, bill_for(shop, cart)):
        with pytest.raises(BackDiffers):
            with shop.database.write() as session:
                refunds.exchange(
                    session, asked, cart, wrong, shop.seat(), at=AT, approvals={}
                )
    even = paid_in_cash(bill_for(shop, cart).take_exchange(Money(2390)))
    with pytest.raises(PosError):  # the basket was never kept
        with shop.database.write() as session:
            refunds.exchange(
                session, asked, cart, even, shop.seat(), at=AT, approvals={}
            )
    assert left(shop, sold.sale_id).net == Money(2390)
    with pytest.raises(AssertionError):
        sell_basket(shop, cart, even)
    invariants.check(shop.database)


def test_a_basket_on_disk_keeps_that_it_is_exchanged(shop: Shop) -> None:
    cart = basket(shop, {"HONEY": 1})
    bill = bill_for(shop, cart).take_exchange(Money(2390))
    keep(shop, cart, bill=bill)
    with shop.database.read() as session:
        saved = baskets.find_open(session, shop.till_id)
    assert isinstance(saved, SavedBasket)
    assert baskets.bill_of(saved, bill_for(shop, cart)) == bill
    with pytest.raises(WrongAmount):
        bill.take_exchange(Money(9999))
    with pytest.raises(WrongAmount):
        bill.take_exchange(Money.ZERO)
    settled = Bill(Money.ZERO, RoundingRule.OFF)
    with pytest.raises(NothingDue):
        settled.take_exchange(Money(1))
