"""补录: sold on paper while the power was out, entered once, at its own time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from models.errors import MissingField, WrongField
from models.people.refusals import NotPermitted, ReasonMissing
from models.people.rights import Act
from models.selling import late_entries, sale_reading
from models.selling.late_entries import Slip
from models.selling.refusals import SlipEntered
from models.selling.sale_reading import Wanted
from models.selling.sold import Sold
from tests import invariants
from tests.shop import (
    AT,
    Shop,
    basket,
    bill_for,
    day_summary,
    keep,
    minutes,
    paid_in_cash,
    record,
    sell,
)

SLIP = Slip("0017", AT - minutes(90), "停电")


def _enter(shop: Shop, slip: Slip = SLIP) -> Sold:
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart)
    bill, seat = paid_in_cash(bill_for(shop, cart)), shop.seat()
    with shop.database.write() as session:
        return late_entries.enter_late(
            session, cart, bill, seat, slip, at=AT, approvals={}
        )


def _forget_open(shop: Shop) -> None:
    with shop.database.write() as session:
        session.execute(text("DELETE FROM basket WHERE state = 'open'"))


def test_a_paper_slip_is_a_sale_of_its_own_hour_marked_as_late(shop: Shop) -> None:
    sell(shop, {"BAG": 1})
    sold = _enter(shop)
    assert sold.number == "T01-000002"
    stored = record(shop, sold.sale_id)
    assert (stored.at, stored.slip) == (SLIP.happened_at, "0017")
    assert stored.entered_at == AT
    assert (record(shop, 1).slip, record(shop, 1).entered_at) == ("", None)
    assert [(row.hour, row.receipts) for row in day_summary(shop).hours] == [
        (9, 1),
        (10, 1),
    ]
    with shop.database.read() as session:
        rows = sale_reading.list_sales(session, Wanted())
    assert [row.is_late for row in rows] == [True, False]
    invariants.check(shop.database)


def test_one_slip_is_entered_once_a_day(shop: Shop) -> None:
    first = _enter(shop)
    with pytest.raises(SlipEntered) as told:
        _enter(shop)
    assert first.number in str(told.value)
    _forget_open(shop)
    _enter(shop, replace(SLIP, happened_at=AT - timedelta(days=1)))
    invariants.check(shop.database)


def test_a_slip_has_a_number_a_time_that_is_past_and_a_reason(shop: Shop) -> None:
    for slip, told in (
        (replace(SLIP, number=" "), MissingField),
        (replace(SLIP, happened_at=AT + minutes(1)), WrongField),
        (replace(SLIP, reason=""), ReasonMissing),
    ):
        with pytest.raises(told):
            _enter(shop, slip)
        _forget_open(shop)


def test_a_cashier_asks_for_it(shop: Shop) -> None:
    with pytest.raises(NotPermitted) as told:
        _enter(replace(shop, staff_id=2))
    assert told.value.deed.act is Act.ENTER_LATE
