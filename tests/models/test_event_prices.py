"""Event prices: added, listed and ended without a past price ever changing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import places
from models.errors import WrongField
from models.goods import event_prices
from models.goods.event_prices import EventPriceRow
from models.money import Money
from tests.shop import DAY, HONEY_EVENT_PRICE, Shop, item

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


def _listed(shop: Shop, sku: str) -> list[EventPriceRow]:
    with shop.database.read() as session:
        return event_prices.list_for(session, shop.products[sku])


def _add(shop: Shop, sku: str, price: int, first: int, last: int, **at: int) -> None:
    with shop.database.write() as session:
        event_prices.add(
            session,
            shop.products[sku],
            Money(price),
            first=DAY + timedelta(days=first),
            last=DAY + timedelta(days=last),
            **at,
        )


def _end(shop: Shop, sku: str) -> None:
    (row,) = _listed(shop, sku)
    with shop.database.write() as session:
        event_prices.end(session, row.id, today=DAY)


def test_they_are_listed_with_where_and_when_they_hold(shop: Shop) -> None:
    with shop.database.write() as session:
        event_id = places.event_named(session, "金秋消费帮扶展销")
    assert event_id is not None
    _add(shop, "HONEY", 6000, -9, -2)
    _add(shop, "HONEY", 5500, 3, 5, event_id=event_id)

    later, now, before = _listed(shop, "HONEY")

    assert (now.price, now.outlet, now.event) == (HONEY_EVENT_PRICE, "体育东展位", "")
    assert (now.first, now.last) == (DAY, DAY)
    assert (later.outlet, later.event) == ("", "金秋消费帮扶展销")
    assert (before.outlet, before.event) == ("", "")
    assert [one.is_over(DAY) for one in (later, now, before)] == [False, False, True]
    assert _listed(shop, "SAUCE") == []


def test_ended_it_holds_up_to_yesterday(shop: Shop) -> None:
    _add(shop, "SAUCE", 2000, -1, 1)
    assert item(shop, "SAUCE").price == Money(2000)

    _end(shop, "SAUCE")

    assert item(shop, "SAUCE").price == Money(2390)
    assert item(shop, "SAUCE", YESTERDAY).price == Money(2000)
    assert [(one.first, one.last) for one in _listed(shop, "SAUCE")] == [
        (YESTERDAY, YESTERDAY)
    ]


@pytest.mark.parametrize("first", [0, 1])
def test_one_that_held_on_no_day_before_today_goes_away(shop: Shop, first: int) -> None:
    _add(shop, "SAUCE", 2000, first, 5)

    _end(shop, "SAUCE")

    assert _listed(shop, "SAUCE") == []
    assert item(shop, "SAUCE", TOMORROW).price == Money(2390)


def test_one_that_is_over_stays_as_it_was(shop: Shop) -> None:
    _add(shop, "SAUCE", 2000, -9, -1)
    before = _listed(shop, "SAUCE")

    _end(shop, "SAUCE")

    assert _listed(shop, "SAUCE") == before


@pytest.mark.parametrize(("price", "last"), [(-1, 0), (1, -1)])
def test_it_is_an_amount_for_some_days(shop: Shop, price: int, last: int) -> None:
    with pytest.raises(WrongField):
        _add(shop, "SAUCE", price, 0, last)
