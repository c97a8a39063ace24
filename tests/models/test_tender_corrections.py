"""A wrong tender is put right by a document, before the close, and by approval."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from models.errors import AlreadySold, NoSuchCoins, PosError
from models.kinds import Method, SaleKind
from models.money import Money
from models.people.refusals import NotPermitted, ReasonMissing
from models.people.rights import Act
from models.selling import tender_corrections
from models.selling.giving_back import Refunded
from models.selling.refusals import (
    MoreThanPaid,
    NotBackThisWay,
    SameTender,
    ShiftCounted,
)
from models.selling.tender_corrections import RightTender
from tests import invariants
from tests.refunding import left, refund
from tests.shop import (
    AT,
    Shop,
    basket,
    bill_for,
    day_summary,
    new_day,
    paid_by_phone,
    record,
    sell,
    sell_basket,
)


def _correct(shop: Shop, right: RightTender) -> Refunded:
    seat = shop.seat()
    with shop.database.write() as session:
        return tender_corrections.correct_tender(
            session, right, seat, at=AT, approvals={}
        )


def _right(shop: Shop, sale_id: int, method: Method, account: str = "") -> RightTender:
    (tender,) = left(shop, sale_id).tenders
    account_id = shop.accounts[account] if account else None
    return RightTender(
        sale_id, tender.payment_id, method, "按错了", account_id, "尾号1"
    )


def test_cash_that_was_really_a_phone_moves_there_and_back_by_refund(
    shop: Shop,
) -> None:
    """60 元 booked as cash came by WeChat: the drawer is right, and so is a refund."""
    sold = sell(shop, {"SAUCE": 2}, cash="50")
    before = record(shop, sold.sale_id)
    corrected = _correct(shop, _right(shop, sold.sale_id, Method.WECHAT, "wechat"))
    assert corrected.number == "T01-000002"
    stored = record(shop, corrected.sale_id)
    assert (stored.kind, stored.net, stored.lines) == (
        SaleKind.CORRECTION,
        Money.ZERO,
        (),
    )
    assert [(one.method, one.net.fen, one.reference) for one in stored.payments] == [
        (Method.CASH, -4780, ""),
        (Method.WECHAT, 4780, "尾号1"),
    ]
    assert record(shop, sold.sale_id) == before
    day = day_summary(shop)
    assert (day.receipts, day.refunds, day.sums.net) == (1, 0, Money(4780))
    assert [(one.method, one.net.fen) for one in day.tenders] == [
        (Method.CASH, 0),
        (Method.WECHAT, 4780),
    ]
    refunded = refund(shop, sold.sale_id)
    assert [one.method for one in record(shop, refunded.sale_id).payments] == [
        Method.WECHAT
    ]
    invariants.check(shop.database)


def test_a_phone_that_was_really_cash_must_be_in_coins(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    sold = sell_basket(shop, cart, paid_by_phone(shop, bill_for(shop, cart)))
    _correct(shop, _right(shop, sold.sale_id, Method.CASH))
    odd = basket(shop, {"WALNUT": 1234})
    sold = sell_basket(shop, odd, paid_by_phone(shop, bill_for(shop, odd)))
    with pytest.raises(NoSuchCoins):
        _correct(shop, _right(shop, sold.sale_id, Method.CASH))
    invariants.check(shop.database)


def test_only_once_and_only_to_another_tender(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1})
    for right, told in (
        (_right(shop, sold.sale_id, Method.CASH), SameTender),
        (_right(shop, sold.sale_id, Method.EXCHANGE), NotBackThisWay),
        (
            replace(_right(shop, sold.sale_id, Method.TRANSFER), reason=" "),
            ReasonMissing,
        ),
    ):
        with pytest.raises(told) as error:
            _correct(shop, right)
        assert str(error.value)
    right = _right(shop, sold.sale_id, Method.WECHAT, "wechat")
    _correct(shop, right)
    with pytest.raises(AlreadySold):
        _correct(shop, right)
    with pytest.raises(MoreThanPaid):
        _correct(shop, replace(right, uuid="other"))


def test_a_cashier_asks_for_it(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1})
    right = _right(shop, sold.sale_id, Method.WECHAT, "wechat")
    with pytest.raises(NotPermitted) as told:
        _correct(replace(shop, staff_id=2), right)
    assert told.value.deed.act is Act.CORRECT_TENDER


def test_after_the_close_it_is_too_late(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1})
    right = _right(shop, sold.sale_id, Method.WECHAT, "wechat")
    later = replace(shop, shift_id=new_day(shop, at=AT))
    with pytest.raises(PosError) as told:
        _correct(later, right)
    assert isinstance(told.value, ShiftCounted)
    assert str(told.value)
    with shop.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM sale")) == 1
