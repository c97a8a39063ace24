"""By which tender a refund goes back: as it came, within what is left of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from models.errors import NoSuchCoins, PosError, WrongAmount
from models.kinds import Method
from models.money import Money
from models.people import acts
from models.people.deeds import Deed
from models.people.refusals import NotPermitted
from models.people.rights import Act
from models.selling.giving_back import Back, in_cash
from models.selling.refusals import BackDiffers, MoreThanPaid, NotBackThisWay
from models.selling.returns import Return
from tests import invariants
from tests.models.approving import approved
from tests.models.repaid import payments
from tests.refunding import back, give_back, left, refund, refund_of
from tests.shop import Shop, basket, bill_for, paid_by_phone, record, sell, sell_basket


def test_of_a_split_payment_the_cashier_chooses_within_what_is_left(
    shop: Shop,
) -> None:
    cart = basket(shop, {"POMELO": 5})  # 64.00
    bill = bill_for(shop, cart).take_cash(Money(3000))
    bill = paid_by_phone(shop, bill)
    sold = sell_basket(shop, cart, bill)
    cash, phone = left(shop, sold.sale_id).tenders
    half = refund_of(shop, sold.sale_id, [Return(1, 2)])
    assert half.backs == (Back(phone.payment_id, Money(2560)),)
    by_both = replace(
        half,
        backs=(Back(cash.payment_id, Money(2000)), Back(phone.payment_id, Money(560))),
    )
    give_back(shop, by_both)
    too_much = refund_of(shop, sold.sale_id, [Return(1, 2)])
    with pytest.raises(MoreThanPaid) as told:
        give_back(shop, replace(too_much, backs=(Back(cash.payment_id, Money(2560)),)))
    assert told.value.left == Money(1000)
    assert "10.00" in str(told.value)
    refund(shop, sold.sale_id)
    with shop.database.read() as session:
        sums = session.execute(
            text("SELECT method, sum(net_fen) FROM payment GROUP BY method")
        ).all()
    assert [tuple(row) for row in sums] == [("cash", 0), ("wechat", 0)]
    invariants.check(shop.database)


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ([2390, 10], MoreThanPaid),
        ([2380], BackDiffers),
        ([], BackDiffers),
        ([2385], NoSuchCoins),
        ([-10], WrongAmount),
        ([0], WrongAmount),
    ],
)
def test_what_goes_back_is_what_is_due(
    shop: Shop, amounts: list[int], told: type[PosError]
) -> None:
    sold = sell(shop, {"SAUCE": 1})
    asked = refund_of(shop, sold.sale_id)
    backs = tuple(back(shop, sold.sale_id, fen) for fen in amounts)
    with pytest.raises(told) as error:
        give_back(shop, replace(asked, backs=backs))
    assert str(error.value)
    foreign = replace(asked, backs=(Back(99, Money(2390)),))
    with pytest.raises(MoreThanPaid):
        give_back(shop, foreign)
    invariants.check(shop.database)


def test_by_phone_half_a_fen_less_is_a_difference(shop: Shop) -> None:
    cart = basket(shop, {"WALNUT": 1234})
    sold = sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    asked = replace(
        refund_of(shop, sold.sale_id), backs=(back(shop, sold.sale_id, 7150),)
    )
    with pytest.raises(BackDiffers):
        give_back(shop, asked)


def test_otherwise_than_it_came_needs_its_own_approval(cashier: Shop) -> None:
    """改退现金: the phone cannot refund, so a supervisor lets cash go back."""
    cart = basket(cashier, {"WALNUT": 1234})
    sold = sell_basket(cashier, cart, paid_by_phone(cashier, bill_for(cashier, cart)))
    asked = replace(
        refund_of(cashier, sold.sale_id),
        backs=(back(cashier, sold.sale_id, 7150, Method.CASH),),
    )
    plain = approved(cashier, Deed(Act.REFUND, sold.number, Money(7150), "不新鲜"))
    with pytest.raises(NotPermitted) as told:
        give_back(cashier, asked, approvals=plain)
    assert told.value.deed.act is Act.REFUND_OTHERWISE
    otherwise = approved(
        cashier, Deed(Act.REFUND_OTHERWISE, sold.number, Money(7150), "不新鲜")
    )
    refunded = give_back(cashier, asked, approvals=plain | otherwise)
    assert payments(cashier, refunded.sale_id) == [(Method.CASH, -7150, "")]
    assert record(cashier, refunded.sale_id).rounding == Money(-7)  # stays here
    with cashier.database.read() as session:
        rows = acts.list_of_shift(session, cashier.shift_id)
    assert [(row.act, row.approver) for row in rows] == [
        (Act.REFUND_OTHERWISE, "林晓"),
        (Act.REFUND, "林晓"),
    ]
    invariants.check(cashier.database)


def test_two_phones_go_back_as_one_sum_of_cash(shop: Shop) -> None:
    """30.55 and 41.02 by phone: 71.50 in coins, not 30.50 and 41.00."""
    cart = basket(shop, {"WALNUT": 1234})
    bill = paid_by_phone(shop, bill_for(shop, cart), "30.55")
    sold = sell_basket(shop, cart, paid_by_phone(shop, bill, account="wechat"))
    refunded = refund(shop, sold.sale_id, method=Method.CASH)
    assert [net for _, net, _ in payments(shop, refunded.sale_id)] == [-4102, -3048]
    invariants.check(shop.database)


def test_a_transfer_goes_back_to_the_fen(shop: Shop) -> None:
    cart = basket(shop, {"WALNUT": 1234})
    sold = sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    refunded = refund(shop, sold.sale_id, method=Method.TRANSFER)
    assert payments(shop, refunded.sale_id) == [(Method.TRANSFER, -7157, "")]
    invariants.check(shop.database)


@pytest.mark.parametrize("method", [Method.ALIPAY, Method.EXCHANGE])
def test_money_goes_back_by_no_way_that_it_did_not_come(
    shop: Shop, method: Method
) -> None:
    sold = sell(shop, {"SAUCE": 1})
    with pytest.raises(NotBackThisWay) as told:
        refund(shop, sold.sale_id, method=method)
    assert str(told.value)


def test_cash_is_what_coins_can_pay() -> None:
    assert in_cash(Money(719)) == Money(710)
