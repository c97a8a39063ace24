"""Voids before payment stand on the record; many or large ones need a second name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from models import cart as carts
from models import settings
from models.cart import Cart
from models.discounts import percent_off
from models.errors import ShiftClosed, WrongQuantity
from models.kinds import DiscountKind
from models.money import Money
from models.people import acts, permits, pins
from models.people.acts import ActRow, Outcome
from models.people.refusals import NotPermitted, ReasonMissing
from models.people.rights import Act
from models.selling import acting, baskets, voids
from tests import drawer, invariants
from tests.models.test_pins import KEYS, MANAGER_PIN
from tests.shop import AT, Shop, basket, item, keep, sell_basket


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


def _reduce_first(shop: Shop, cart: Cart, count: int, approval: str = "") -> Cart:
    with shop.database.write() as session:
        return voids.reduce_line(
            session, cart, 0, count, shop.seat(), at=AT, approval=approval
        )


def test_one_of_three_that_goes_back_is_logged_and_two_stay(cashier: Shop) -> None:
    cart = basket(cashier, {"SAUCE": 3})
    keep(cashier, cart)
    rest = _reduce_first(cashier, cart, 2)
    assert rest.lines[0].count == 2
    with cashier.database.read() as session:
        saved = baskets.find_open(session, cashier.till_id)
    assert saved is not None
    assert saved.cart == rest
    (row,) = _record(cashier)
    assert (row.act, row.amount, row.note) == (
        Act.VOID,
        Money(2390),
        "福泉香辣酱 3 → 2",
    )
    with pytest.raises(WrongQuantity):
        _reduce_first(cashier, rest, 0)
    sell_basket(cashier, rest)
    invariants.check(cashier.database)


def test_less_of_a_weighing_is_a_void_in_kilograms(cashier: Shop) -> None:
    cart = basket(cashier, {"WALNUT": 1240})
    rest = _reduce_first(cashier, cart, 500)
    (row,) = _record(cashier)
    assert row.amount == cart.total - rest.total
    assert row.note.endswith("1.240 → 0.500")


def test_a_labels_amount_that_gives_way_to_less_money_is_a_void_too(
    cashier: Shop,
) -> None:
    walnut = item(cashier, "WALNUT")
    cart, _ = Cart().add(carts.as_printed(walnut, 400, Money(99_00)))
    assert voids.is_less(cart, 0, 500)
    assert voids.is_less(cart, 0, 399)
    assert not voids.is_less(cart, 0, 5000)
    _reduce_first(cashier, cart, 500)
    (row,) = _record(cashier)
    assert row.amount is not None
    assert row.amount > Money.ZERO
    cheap, _ = Cart().add(carts.as_printed(walnut, 400, Money(1)))
    cheap = replace(cheap, uuid=cart.uuid)
    _reduce_first(cashier, cheap, 399)  # fewer goods for more money
    assert _record(cashier)[1].amount == Money.ZERO


def test_a_large_part_of_a_line_needs_approval_and_a_discount_hides_nothing(
    cashier: Shop,
) -> None:
    half = percent_off(DiscountKind.LINE, 5000, "临期")
    cart = basket(cashier, {"TEA": 3}).discount_line(0, half)
    keep(cashier, cart)
    with pytest.raises(NotPermitted):
        _reduce_first(cashier, cart, 1)
    with pytest.raises(NotPermitted):
        _void_first(cashier, cart)
    with cashier.database.read() as session:
        where = acting.acting(session, cashier.seat(), at=AT)
        deed = voids.less_deed(session, cart, 0, 1, where)
    approval = permits.approve(cashier.database, KEYS, where, deed, 1, MANAGER_PIN)
    assert _reduce_first(cashier, cart, 1, approval).lines[0].count == 1
    (row,) = _record(cashier)
    assert (row.act, row.amount, row.approver) == (
        Act.VOID_ABOVE_LIMIT,
        Money(17_600),
        "林晓",
    )


def test_alone_at_a_stall_a_reason_is_enough_up_to_an_amount(cashier: Shop) -> None:
    with cashier.database.write() as session:
        session.execute(text("UPDATE outlet SET is_one_person = 1 WHERE id = 1"))
    cart = basket(cashier, {"TEA": 2})
    keep(cashier, cart)
    with pytest.raises(ReasonMissing):
        _reduce_first(cashier, basket(cashier, {"TEA": 3}), 1)
    _void_first(cashier, cart)
    (row,) = _record(cashier)
    assert (row.outcome, row.reason) == (Outcome.UNWITNESSED, "不要了")
    dear = basket(cashier, {"TEA": 3})
    with pytest.raises(NotPermitted):
        _void_first(cashier, dear)


def test_nothing_is_voided_in_a_shift_that_is_over(cashier: Shop) -> None:
    drawer.seals(cashier)
    with pytest.raises(ShiftClosed):
        _void_first(cashier, basket(cashier, {"BAG": 1}))
