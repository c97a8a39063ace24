"""The history of list prices: every change once, the newest first, for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from models.goods import catalog, prices
from models.goods.drafts import ProductDraft
from models.goods.prices import NewPrice, PriceRow, PriceSource
from models.money import Money
from models.office import imports
from models.office.table_files import Table, TableRow
from models.quantity import Unit
from tests.shop import AT, Shop, change, draft

LATER = AT + timedelta(hours=1)


def _history(shop: Shop, sku: str, most: int = 20) -> list[PriceRow]:
    with shop.database.read() as session:
        return prices.list_changes(session, shop.products[sku], most=most)


def test_each_new_price_is_written_down_with_what_it_was(shop: Shop) -> None:
    change(shop, "SAUCE", price=Money(2490))
    change(shop, "SAUCE", price=None)
    change(shop, "SAUCE", price=Money(2000))

    assert _history(shop, "SAUCE") == [
        PriceRow(None, Money(2000), AT, PriceSource.FORM),
        PriceRow(Money(2490), None, AT, PriceSource.FORM),
        PriceRow(Money(2390), Money(2490), AT, PriceSource.FORM),
    ]
    assert len(_history(shop, "SAUCE", most=2)) == 2
    with shop.database.read() as session:
        people = session.scalars(text("SELECT DISTINCT staff_id FROM price_change"))
        assert list(people) == [shop.staff_id]


def test_what_leaves_the_price_alone_is_no_change_of_it(shop: Shop) -> None:
    change(shop, "SAUCE", name="福泉糟辣椒")
    change(shop, "SAUCE", price=Money(2390))

    assert _history(shop, "SAUCE") == []


def test_new_goods_begin_without_a_history(shop: Shop) -> None:
    fresh = ProductDraft(sku="PLAIN", name="平菇", unit=Unit.PIECE, price=Money(100))
    with shop.database.write() as session:
        product_id = catalog.save_product(session, fresh, at=AT)

    with shop.database.read() as session:
        assert prices.list_changes(session, product_id) == []


def test_goods_that_are_refused_leave_no_trace_in_the_history(shop: Shop) -> None:
    wrong = replace(draft("SAUCE"), price=Money(1), county_code="000000")
    with pytest.raises(Exception, match="000000"), shop.database.write() as session:
        catalog.save_product(session, wrong, at=AT)

    assert _history(shop, "SAUCE") == []


def test_an_import_says_that_it_changed_the_price(shop: Shop) -> None:
    rows = (TableRow(2, ("SAUCE", "25.00")), TableRow(3, ("TEA", "88")))
    table = Table(("sku", "price_yuan"), rows, None)
    with shop.database.read() as session:
        preview = imports.preview(session, table)
    with shop.database.write() as session:
        imports.apply(session, preview, outlet_id=shop.outlet_id, at=LATER)

    assert _history(shop, "SAUCE") == [
        PriceRow(Money(2390), Money(2500), LATER, PriceSource.IMPORT)
    ]
    assert _history(shop, "TEA") == []


def test_many_prices_are_written_down_at_once(shop: Shop) -> None:
    sauce, tea, bag = (shop.products[sku] for sku in ("SAUCE", "TEA", "BAG"))
    changes = [
        NewPrice(sauce, Money(2390), Money(1)),
        NewPrice(tea, Money(8800), Money(8800)),
        NewPrice(bag, None, Money(2)),
    ]
    with shop.database.write() as session:
        prices.record_many(session, changes, at=AT, source=PriceSource.IMPORT)
        prices.record_many(session, [], at=AT, source=PriceSource.IMPORT)

    assert [len(_history(shop, sku)) for sku in ("SAUCE", "TEA", "BAG")] == [1, 0, 1]


@pytest.mark.parametrize(
    "verb", ["UPDATE price_change SET new_fen = 1", "DELETE FROM price_change"]
)
def test_the_history_is_kept_for_good(shop: Shop, verb: str) -> None:
    change(shop, "SAUCE", price=Money(2490))

    with pytest.raises(DatabaseError, match="kept for good"):
        with shop.database.write() as session:
            session.execute(text(verb))
