"""Baskets on disk: restored as they were, parked, resumed and sold once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from models import cart as carts
from models import schema
from models.cart import Bill, Cart
from models.database import Database
from models.errors import BasketGone
from models.kinds import BuyerKind, Method, PriceReason, RoundingRule
from models.money import Money
from models.selling import baskets
from models.selling.baskets import SavedBasket
from tests import invariants
from tests.shop import (
    AT,
    SAUCE_PACK_CODE,
    Shop,
    basket,
    bill_for,
    item,
    keep,
    line,
    minutes,
    paid_by_phone,
    scanned,
    sell_basket,
)


def _rich_basket(shop: Shop) -> Cart:
    """One of every kind of line, for a unit."""
    cart = basket(shop, {"SAUCE": 3, "WALNUT": 1234, "HONEY": 1, "BOX": 1, "BAG": 2})
    walnut = item(shop, "WALNUT")
    pack = scanned(shop, SAUCE_PACK_CODE)
    assert isinstance(pack, carts.CartLine)
    for more in (
        carts.for_amount(walnut, Money(2000)),
        carts.for_amount(walnut, Money(350), PriceReason.LABEL),
        pack,
    ):
        cart, _ = cart.add(more)
    return cart.sell_to(BuyerKind.UNIT)


def _find(database: Database, till_id: int = 1) -> SavedBasket | None:
    with database.read() as session:
        return baskets.find_open(session, till_id)


def _parked(shop: Shop) -> list[SavedBasket]:
    with shop.database.read() as session:
        return baskets.list_parked(session, shop.seat().till.id)


def _rows(shop: Shop) -> list[tuple[str, str, str]]:
    with shop.database.read() as session:
        found = session.execute(
            text("SELECT uuid, state, content FROM basket ORDER BY uuid")
        )
        return [(row.uuid, row.state, row.content) for row in found]


def _park(shop: Shop, cart: Cart) -> None:
    with shop.database.write() as session:
        baskets.park(session, cart)


def _resume(shop: Shop, uuid: str) -> SavedBasket:
    with shop.database.write() as session:
        return baskets.resume(session, uuid)


def test_the_open_basket_comes_back_as_it_was_with_its_tenders(shop: Shop) -> None:
    cart = _rich_basket(shop)
    bill = paid_by_phone(shop, bill_for(shop, cart), "100.03").take_cash(Money(5000))
    keep(shop, cart, bill=bill)
    before = _rows(shop)
    shop.database.close()

    reopened = schema.open_shop(shop.database.path)
    saved = _find(reopened)
    assert saved is not None
    assert saved.cart == cart
    assert saved.tenders == bill.tenders
    assert saved.was_paying
    assert saved.changed_at == AT
    assert baskets.bill_of(saved, bill_for(shop, cart)) == bill
    with reopened.write() as session:
        baskets.save_open(session, 1, shop.staff_id, saved)
    reopened.close()
    assert _rows(shop) == before  # byte for byte


def test_a_settled_bill_comes_back_with_its_change_and_rounding(shop: Shop) -> None:
    cart = basket(shop, {"WALNUT": 1234})
    bill = Bill(cart.total, RoundingRule.JIAO).take_cash(Money(10_000))
    keep(shop, cart, bill=bill)
    saved = _find(shop.database)
    assert saved is not None
    assert baskets.bill_of(saved, Bill(cart.total, RoundingRule.JIAO)) == bill


def test_a_basket_without_a_payment_panel_comes_back_without_one(shop: Shop) -> None:
    keep(shop, basket(shop, {"SAUCE": 1}))
    saved = _find(shop.database)
    assert saved is not None
    assert not saved.was_paying
    assert saved.tenders == ()
    assert saved.cart.buyer_kind is None


def test_no_basket_is_open_in_the_morning(shop: Shop) -> None:
    assert _find(shop.database) is None
    assert _parked(shop) == []


def test_every_change_is_kept_under_the_same_name(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart)
    more, _ = cart.add(line(shop, "BAG"))
    keep(shop, more, at=AT + minutes(1))
    saved = _find(shop.database)
    assert saved is not None
    assert (saved.cart, saved.changed_at) == (more, AT + minutes(1))
    assert len(_rows(shop)) == 1


def test_an_emptied_basket_leaves_nothing_behind(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, Cart())
    keep(shop, cart)
    keep(shop, cart.remove(0))
    assert _rows(shop) == []


def test_parked_tickets_wait_in_order_and_come_back_whole(shop: Shop) -> None:
    first, second = _rich_basket(shop), basket(shop, {"BAG": 1})
    bill = bill_for(shop, first).take_cash(Money(1000))
    keep(shop, first, bill=bill)
    _park(shop, first)
    keep(shop, second, at=AT + minutes(3))
    _park(shop, second)
    assert _find(shop.database) is None
    assert [saved.cart for saved in _parked(shop)] == [first, second]
    resumed = _resume(shop, first.uuid)
    assert (resumed.cart, resumed.tenders) == (first, bill.tenders)
    assert _find(shop.database) == resumed
    assert [saved.cart for saved in _parked(shop)] == [second]
    sell_basket(shop, resumed.cart)
    invariants.check(shop.database)


def test_a_ticket_is_taken_up_by_one_alone(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart)
    _park(shop, cart)
    _resume(shop, cart.uuid)
    with pytest.raises(BasketGone):
        _resume(shop, cart.uuid)


def test_only_the_open_basket_is_parked(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    with pytest.raises(BasketGone):
        _park(shop, cart)
    keep(shop, cart)
    _park(shop, cart)
    with pytest.raises(BasketGone):
        _park(shop, cart)
    with pytest.raises(BasketGone):
        _resume(shop, "no such")


def test_a_late_save_does_not_open_a_parked_or_paid_basket_again(shop: Shop) -> None:
    parked, paid = basket(shop, {"SAUCE": 1}), basket(shop, {"BAG": 1})
    keep(shop, parked)
    _park(shop, parked)
    sell_basket(shop, paid)
    before = _rows(shop)
    for cart in (parked, paid):
        keep(shop, replace(cart, lines=cart.lines * 2), at=AT + minutes(1))
        keep(shop, replace(cart, lines=()))
    assert _rows(shop) == before
    assert _find(shop.database) is None


def test_a_paid_basket_keeps_no_content(shop: Shop) -> None:
    sold = sell_basket(shop, basket(shop, {"SAUCE": 1}))
    assert sold.number == "T01-000001"
    assert [(state, content) for _, state, content in _rows(shop)] == [("paid", "")]


def test_a_phone_tender_comes_back_with_its_account_and_reference(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 2})
    bill = bill_for(shop, cart).take_phone(
        Method.ALIPAY, Money(1000), shop.accounts["personal"], "尾号 0412"
    )
    keep(shop, cart, bill=bill)
    saved = _find(shop.database)
    assert saved is not None
    assert saved.tenders == bill.tenders
    assert baskets.bill_of(saved, bill_for(shop, cart)) == bill
