"""坏果补偿: money for bad goods that stay sold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.errors import NoSuchCoins, PosError, WrongAmount
from models.kinds import Method, SaleKind
from models.money import Money
from models.people import acts
from models.people.deeds import Deed
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.selling import compensations
from models.selling.refusals import MoreThanPaid, NotBackThisWay
from models.selling.returns import Return
from tests import invariants
from tests.models.approving import approved
from tests.models.repaid import payments
from tests.refunding import back, compensate, refund
from tests.shop import (
    AT,
    Shop,
    basket,
    bill_for,
    day_summary,
    on_hand,
    paid_by_phone,
    record,
    sell,
    sell_basket,
)


def test_two_bad_pomelos_are_paid_for_and_the_goods_stay_sold(shop: Shop) -> None:
    sold = sell(shop, {"POMELO": 5})  # 64.00
    compensated = compensate(shop, sold.sale_id, 1, 2560)
    stored = record(shop, compensated.sale_id)
    assert (stored.kind, stored.list_total, stored.discount, stored.net) == (
        SaleKind.COMPENSATION,
        Money.ZERO,
        Money(2560),
        Money(-2560),
    )
    assert on_hand(shop, "POMELO") == 75
    day = day_summary(shop)
    assert (day.sums.list_total, day.sums.discount, day.sums.net) == (
        Money(6400),
        Money(2560),
        Money(3840),
    )
    with pytest.raises(MoreThanPaid):
        compensate(shop, sold.sale_id, 1, 3850)
    assert refund(shop, sold.sale_id, Return(1, 5)).amount == Money(3840)
    invariants.check(shop.database)


def test_a_gift_box_is_compensated_whole_or_for_one_product(shop: Shop) -> None:
    sold = sell(shop, {"BOX": 1})
    compensate(shop, sold.sale_id, 1, 1000)
    one = compensate(shop, sold.sale_id, 1, 500, part_no=3)
    (line,) = record(shop, one.sale_id).lines
    assert (line.name, line.net, line.count.amount) == ("大埔蜜柚", Money(-500), 0)
    assert refund(shop, sold.sale_id).amount == Money(11_800 - 1500)
    invariants.check(shop.database)


def test_a_compensation_is_asked_for_like_a_refund(cashier: Shop) -> None:
    sold = sell(cashier, {"POMELO": 5})
    with pytest.raises(NotPermitted) as told:
        compensate(cashier, sold.sale_id, 1, 500)
    assert told.value.deed.act is Act.COMPENSATE
    deed = Deed(Act.COMPENSATE, sold.number, Money(500), "两个坏果")
    compensate(cashier, sold.sale_id, 1, 500, approvals=approved(cashier, deed))


@pytest.mark.parametrize(
    ("fen", "told"), [(0, WrongAmount), (-5, WrongAmount), (505, NoSuchCoins)]
)
def test_a_compensation_in_cash_is_in_coins(
    shop: Shop, fen: int, told: type[PosError]
) -> None:
    sold = sell(shop, {"POMELO": 5})
    with pytest.raises(told):
        compensate(shop, sold.sale_id, 1, fen)


def test_a_compensation_may_go_back_otherwise_but_never_as_goods(shop: Shop) -> None:
    cart = basket(shop, {"POMELO": 5})
    sold = sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    asked = compensations.Compensation(
        sold.sale_id, 1, Money(500), (back(shop, sold.sale_id, 500, Method.CASH),), "坏"
    )
    wrong = replace(asked, backs=(back(shop, sold.sale_id, 500, Method.EXCHANGE),))
    with shop.database.write() as session:
        with pytest.raises(NotBackThisWay):
            compensations.compensate(session, wrong, shop.seat(), at=AT, approvals={})
        made = compensations.compensate(
            session, asked, shop.seat(), at=AT, approvals={}
        )
    assert payments(shop, made.sale_id) == [(Method.CASH, -500, "")]
    with shop.database.read() as session:
        done = [row.act for row in acts.list_of_shift(session, shop.shift_id)]
    assert done == [Act.REFUND_OTHERWISE, Act.COMPENSATE]
    invariants.check(shop.database)
