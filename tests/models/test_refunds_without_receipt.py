"""Goods that come back without a receipt, at today's price."""

from __future__ import annotations

import pytest

from models.kinds import Method
from models.money import Money
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.selling import refunds
from models.selling.giving_back import Refunded
from models.selling.refusals import NotBackThisWay, NothingChosen
from tests import invariants
from tests.shop import AT, Shop, basket, on_hand, record


def _without_receipt(
    shop: Shop,
    goods: dict[str, int],
    method: Method = Method.CASH,
    approvals: dict[Act, str] | None = None,
) -> Refunded:
    cart, seat = basket(shop, goods), shop.seat()
    with shop.database.write() as session:
        return refunds.refund_without_receipt(
            session, cart, method, "小票丢了", seat, at=AT, approvals=approvals or {}
        )


def test_without_a_receipt_goods_come_back_at_todays_price(shop: Shop) -> None:
    refunded = _without_receipt(shop, {"BOX": 1, "WALNUT": 1234})
    assert refunded.amount == Money(11_800 + 7150)
    stored = record(shop, refunded.sale_id)
    assert stored.corrects is not None
    assert (stored.corrects.number, stored.corrects.reason) == ("", "小票丢了")
    assert [line.count.amount for line in stored.lines] == [-1, -1234]
    assert on_hand(shop, "HONEY") == 41
    by_transfer = _without_receipt(shop, {"WALNUT": 1234}, Method.TRANSFER)
    assert by_transfer.amount == Money(7157)
    invariants.check(shop.database)


def test_without_a_receipt_a_cashier_must_ask(cashier: Shop) -> None:
    with pytest.raises(NotPermitted) as told:
        _without_receipt(cashier, {"SAUCE": 1})
    assert told.value.deed.act is Act.REFUND_WITHOUT_RECEIPT
    with pytest.raises(NotBackThisWay):
        _without_receipt(cashier, {"SAUCE": 1}, Method.WECHAT)
    with pytest.raises(NothingChosen) as nothing:
        _without_receipt(cashier, {})
    assert str(nothing.value)


def test_goods_that_cost_nothing_come_back_for_nothing(shop: Shop) -> None:
    cart = basket(shop, {"BAG": 1}).change_price(0, Money.ZERO, "赠品")
    with shop.database.write() as session:
        refunds.refund_without_receipt(
            session, cart, Method.CASH, "赠品", shop.seat(), at=AT, approvals={}
        )
    invariants.check(shop.database)
