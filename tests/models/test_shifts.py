"""Shifts: one open at a time, days that end at four, no sale after sealing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from models.errors import ShiftAlreadyOpen, ShiftClosed, WrongAmount
from models.money import Money
from models.people.deeds import Where
from models.selling import baskets, closing, shifts
from models.selling.shifts import ShiftRow
from tests import invariants
from tests.shop import (
    AT,
    DAY,
    OPENED,
    Shop,
    basket,
    bill_for,
    complete,
    keep,
    new_day,
    on_hand,
    paid_in_cash,
    record,
    sell,
)

BEFORE_FOUR = datetime(2026, 11, 24, 19, 59, tzinfo=UTC)  # 03:59 of the 25th
AT_FOUR = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


def _open_now(shop: Shop) -> ShiftRow:
    with shop.database.read() as session:
        found = shifts.find_open(session, shop.seat().till.id)
    assert found is not None
    return found


def _seal(shop: Shop, *, at: datetime = AT) -> None:
    with shop.database.write() as session:
        where = Where(shop.till_id, shop.staff_id, at, DAY)
        closing.seal(session, where, shop.shift_id)


def test_the_open_shift_says_its_day_number_and_float(shop: Shop) -> None:
    assert _open_now(shop) == ShiftRow(shop.shift_id, 1, DAY, OPENED, Money(50_000))


def test_only_one_shift_is_open(shop: Shop) -> None:
    seat = shop.seat()
    with pytest.raises(ShiftAlreadyOpen):
        with shop.database.write() as session:
            shifts.open_shift(session, seat.till.id, seat.staff_id, Money(0), at=AT)
    with pytest.raises(IntegrityError):  # SQLite has the last word
        with shop.database.write() as session:
            session.add(
                shifts.Shift(
                    uuid="x",
                    till_id=seat.till.id,
                    number=2,
                    business_date=DAY,
                    state=shifts.State.OPEN,
                    opened_at=AT,
                    opened_by=seat.staff_id,
                    float_=Money(0),
                )
            )
    assert _open_now(shop).number == 1


def test_a_float_is_not_negative(shop: Shop) -> None:
    _seal(shop)
    seat = shop.seat()
    with pytest.raises(WrongAmount):
        with shop.database.write() as session:
            shifts.open_shift(session, seat.till.id, seat.staff_id, Money(-1), at=AT)


def test_a_sealed_shift_sells_nothing_and_the_basket_stays(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart)
    _seal(shop)
    with pytest.raises(ShiftClosed):
        complete(shop, cart, paid_in_cash(bill_for(shop, cart)))
    with shop.database.read() as session:
        saved = baskets.find_open(session, shop.seat().till.id)
    assert saved is not None
    assert saved.cart == cart
    assert on_hand(shop, "SAUCE") == 100


def test_a_shift_that_is_none_sells_nothing(shop: Shop) -> None:
    with pytest.raises(ShiftClosed):
        sell(shop, {"SAUCE": 1}, seat=replace(shop.seat(), shift_id=99))


def test_a_shift_is_sealed_once(shop: Shop) -> None:
    _seal(shop)
    with pytest.raises(ShiftClosed):
        _seal(shop)
    with shop.database.read() as session:
        assert shifts.find_open(session, shop.seat().till.id) is None


def test_the_next_shift_may_open_as_soon_as_the_one_before_is_sealed(
    shop: Shop,
) -> None:
    sell(shop, {"SAUCE": 1})
    second = new_day(shop, at=AT)
    assert _open_now(shop).number == 2
    assert _open_now(shop).business_date == DAY
    sold = sell(shop, {"SAUCE": 1}, seat=shop.seat(second))
    assert sold.number == "T01-000002"
    assert record(shop, sold.sale_id).shift_number == 2
    invariants.check(shop.database)


def test_a_sale_after_midnight_belongs_to_its_shifts_evening(shop: Shop) -> None:
    sold = sell(shop, {"SAUCE": 1}, at=BEFORE_FOUR)
    assert record(shop, sold.sale_id).business_date == DAY
    assert record(shop, sold.sale_id).at == BEFORE_FOUR
    invariants.check(shop.database)


@pytest.mark.parametrize(
    ("at", "day"),
    [(BEFORE_FOUR, date(2026, 11, 24)), (AT_FOUR, date(2026, 11, 25))],
)
def test_a_shift_takes_its_day_from_when_it_opens(
    shop: Shop, at: datetime, day: date
) -> None:
    new_day(shop, at=at)
    assert _open_now(shop).business_date == day
    assert _open_now(shop).opened_at == at


def test_a_new_day_is_offered_from_four_on(shop: Shop) -> None:
    shift = _open_now(shop)
    assert not shifts.is_past(shift, BEFORE_FOUR)
    assert shifts.is_past(shift, AT_FOUR)
    assert not shifts.is_past(shift, datetime(2026, 11, 22, 2, 0, tzinfo=UTC))


def test_a_clock_set_back_or_forward_leaves_numbers_and_days_whole(
    shop: Shop,
) -> None:
    """TRUST.md 7, row 8: order comes from the number, the day from the shift."""
    for at in (
        AT,
        datetime(2025, 11, 24, 2, 30, tzinfo=UTC),
        datetime(2027, 11, 24, 2, 30, tzinfo=UTC),
        datetime(2026, 11, 24, 2, 29, 59, tzinfo=UTC),
        datetime(2026, 11, 23, 2, 30, tzinfo=UTC),
        datetime(2026, 11, 24, 1, 30, tzinfo=UTC),
    ):
        sold = sell(shop, {"SAUCE": 1}, at=at)
        assert record(shop, sold.sale_id).business_date == DAY
    assert sold.number == "T01-000006"
    invariants.check(shop.database)
