"""Voids before payment stand on the record; many or large ones need a second name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models import settings
from models.cart import Cart
from models.errors import ShiftClosed
from models.money import Money
from models.people import acts, permits, pins
from models.people.acts import ActRow, Outcome
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.selling import acting, baskets, voids
from tests import drawer, invariants
from tests.models.test_pins import KEYS, MANAGER_PIN
from tests.shop import AT, Shop, basket, keep, sell_basket


@pytest.fixture
def cashier(shop: Shop) -> Shop:
    with shop.database.write() as session:
        pins.set_pin(session, KEYS, shop.staff_id, MANAGER_PIN, at=AT)
        chosen = replace(settings.load(session), void_limit_count=2)
        settings.save(session, chosen)
    return replace(shop, staff_id=2)


def _record(shop: Shop) -> list[ActRow]:
    with shop.database.read() as session:
        return acts.list_of_shift(session, shop.shift_id)


def _void_first(shop: Shop, cart: Cart, approval: str = "") -> Cart:
    with shop.database.write() as session:
        return voids.void_line(
            session, cart, 0, shop.seat(), at=AT, reason="不要了", approval=approval
        )


def test_a_line_that_the_customer_puts_back_is_logged(cashier: Shop) -> None:
    cart = basket(cashier, {"SAUCE": 2, "BAG": 1})
    keep(cashier, cart)
    rest = _void_first(cashier, cart)
    assert [line.item.sku for line in rest.lines] == ["BAG"]
    with cashier.database.read() as session:
        saved = baskets.find_open(session, cashier.till_id)
    assert saved is not None
    assert saved.cart == rest
    (row,) = _record(cashier)
    assert (row.act, row.staff, row.subject, row.amount, row.reason, row.note) == (
        Act.VOID,
        "陈舟",
        cart.uuid,
        Money(4780),
        "不要了",
        "福泉香辣酱",
    )
    sell_basket(cashier, rest)
    invariants.check(cashier.database)


def test_a_whole_basket_goes_and_the_next_one_is_new(cashier: Shop) -> None:
    cart = basket(cashier, {"SAUCE": 1, "BAG": 1})
    keep(cashier, cart)
    with cashier.database.write() as session:
        empty = voids.void_basket(session, cart, cashier.seat(), at=AT)
        assert baskets.find_open(session, cashier.till_id) is None
    assert empty.lines == ()
    assert empty.uuid != cart.uuid
    (row,) = _record(cashier)
    assert (row.amount, row.note) == (Money(2440), "福泉香辣酱, 手提袋")


def test_a_large_one_and_the_third_of_a_shift_need_approval(cashier: Shop) -> None:
    large = basket(cashier, {"TEA": 2})
    keep(cashier, large)
    with pytest.raises(NotPermitted):
        _void_first(cashier, large)
    for _time in range(2):
        _void_first(cashier, basket(cashier, {"BAG": 1}))
    third = basket(cashier, {"BAG": 1})
    with pytest.raises(NotPermitted):
        _void_first(cashier, third)
    with cashier.database.read() as session:
        where = acting.acting(session, cashier.seat(), at=AT)
        deed = voids.line_deed(session, third, 0, where)
    approval = permits.approve(cashier.database, KEYS, where, deed, 1, MANAGER_PIN)
    _void_first(cashier, third, approval)
    assert [(row.act, row.outcome, row.approver) for row in _record(cashier)] == [
        (Act.VOID, Outcome.DONE, ""),
        (Act.VOID, Outcome.DONE, ""),
        (Act.VOID_ABOVE_LIMIT, Outcome.DONE, "林晓"),
    ]


def test_nothing_is_voided_in_a_shift_that_is_over(cashier: Shop) -> None:
    drawer.seals(cashier)
    with pytest.raises(ShiftClosed):
        _void_first(cashier, basket(cashier, {"BAG": 1}))
