"""What a sale says is what was so when it was sold, whatever is changed later."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import text

from models import places
from models.goods import event_prices, regions, suppliers
from models.goods.drafts import Part
from models.kinds import (
    BuyerKind,
    Channel,
    Method,
    PriceReason,
    RoundingRule,
    Scheme,
    Terms,
)
from models.money import Money
from models.quantity import Unit
from models.selling import accounts
from tests import invariants
from tests.shop import DAY, Shop, basket, bill_for, change, record, sell, sell_basket

Change = Callable[[Shop], None]


def _other_product(shop: Shop) -> None:
    for sku in ("SAUCE", "HONEY", "BOX"):
        change(
            shop,
            sku,
            name="改名",
            name_en="Renamed",
            category="改类",
            price=Money(1),
            cost=Money(1),
            tax_rate_bp=1300,
            is_certified=sku == "HONEY",
            certificate="",
            supplier="改供应商",
            barcodes=(),
            is_active=False,
        )


def _other_county(shop: Shop) -> None:
    change(shop, "SAUCE", county_code="441422")
    change(shop, "HONEY", county_code="")


def _other_parts(shop: Shop) -> None:
    change(shop, "BOX", parts=(Part("TEA", 5),))


def _other_scheme(shop: Shop) -> None:
    with shop.database.write() as session:
        for code in ("522702", "522725", "653121", "441422"):
            regions.add_region(session, code, Scheme.NONE, county_en="Elsewhere")
        session.execute(text("UPDATE region SET county = '改县', province = '改省'"))


def _other_terms(shop: Shop) -> None:
    with shop.database.write() as session:
        supplier_id = suppliers.supplier_named(session, "福泉市山味合作社")
        assert supplier_id is not None
        suppliers.change_supplier(
            session, supplier_id, town="改镇", village="改村", terms=Terms.OWN
        )


def _other_event(shop: Shop) -> None:
    with shop.database.write() as session:
        places.change_outlet(
            session, shop.outlet_id, event_name="年货节", rounding=RoundingRule.YUAN
        )
        session.execute(
            text(
                "UPDATE outlet SET name = name || '改', kind = 'canteen', "
                "channel = 'canteen', buyer_kind = 'unit'"
            )
        )


def _other_prices(shop: Shop) -> None:
    with shop.database.write() as session:
        for sku in ("SAUCE", "HONEY", "BOX", "WALNUT"):
            event_prices.add(session, shop.products[sku], Money(1), first=DAY, last=DAY)


def _other_people(shop: Shop) -> None:
    with shop.database.write() as session:
        accounts.retire_account(session, shop.accounts["phone"])
        session.execute(text("UPDATE account SET holder = '改名', kind = 'personal'"))
        session.execute(text("UPDATE staff SET name = name || '改'"))


def _rows(shop: Shop) -> list[Mapping[str, object]]:
    """Everything that is stored of the sale, as it is in the file."""
    with shop.database.read() as session:
        return [
            dict(row)
            for table in ("sale", "sale_line", "sale_bundle", "payment", "rounding")
            for row in session.execute(text(f"SELECT * FROM {table}")).mappings()  # noqa: S608  # the five words above
        ]


@pytest.mark.parametrize(
    "change_it",
    [
        _other_product,
        _other_county,
        _other_parts,
        _other_scheme,
        _other_terms,
        _other_event,
        _other_prices,
        _other_people,
    ],
)
def test_what_is_changed_afterwards_leaves_the_sale_as_it_was(
    shop: Shop, change_it: Change
) -> None:
    cart = basket(shop, {"SAUCE": 2, "HONEY": 1, "BOX": 1, "WALNUT": 333, "BAG": 1})
    bill = bill_for(shop, cart).take_phone(
        Method.WECHAT, Money(10_001), shop.accounts["phone"]
    )
    sold = sell_basket(shop, cart, bill.take_cash(bill.due_in_cash))
    rows, paper = _rows(shop), record(shop, sold.sale_id)
    change_it(shop)
    assert _rows(shop) == rows
    assert record(shop, sold.sale_id) == paper
    invariants.check(shop.database)


def test_a_line_holds_all_that_a_report_will_ask_of_it(shop: Shop) -> None:
    cart = basket(shop, {"SAUCE": 2, "BAG": 1, "HONEY": 1}).sell_to(BuyerKind.UNIT)
    sell_basket(shop, cart)
    with shop.database.read() as session:
        sauce, bag, honey = (
            session.execute(text("SELECT * FROM sale_line ORDER BY line_no"))
            .mappings()
            .all()
        )
    expected = {
        "sku": "SAUCE",
        "barcode": "6970019000015",
        "name": "福泉香辣酱",
        "name_en": "Fuquan chilli sauce",
        "unit": Unit.PIECE,
        "amount": 2,
        "pack_size": 1,
        "list_price_fen": 2390,
        "price_fen": 2390,
        "reason": "",
        "list_fen": 4780,
        "discount_fen": 0,
        "order_discount_fen": 0,
        "cost_fen": 1500,
        "tax_rate_bp": 900,
        "region_code": "522702",
        "province": "贵州省",
        "prefecture": "黔南布依族苗族自治州",
        "county": "福泉市",
        "county_en": "Fuquan",
        "scheme": Scheme.EAST_WEST,
        "supplier": "福泉市山味合作社",
        "village": "黄丝镇邦乐村",
        "terms": Terms.CONSIGNMENT,
        "category": "调味品",
        "is_certified": 1,
        "certificate": "FPCP-520000-001",
        "channel": Channel.STALL,
        "outlet": "体育东展位",
        "event": "金秋消费帮扶展销",
        "buyer_kind": BuyerKind.UNIT,
        "business_date": 20261124,
        "local_hour": 10,
    }
    assert {key: sauce[key] for key in expected} == expected
    assert (bag["region_code"], bag["scheme"], bag["supplier"]) == ("", "none", "")
    assert (bag["terms"], bag["cost_fen"], bag["tax_rate_bp"]) == ("own", None, None)
    assert (honey["list_price_fen"], honey["price_fen"]) == (6600, 5990)
    assert (honey["discount_fen"], honey["reason"]) == (610, PriceReason.EVENT)


def test_a_product_inside_a_box_keeps_its_own_county_and_list_price(
    shop: Shop,
) -> None:
    sell(shop, {"BOX": 2})
    with shop.database.read() as session:
        rows = session.execute(
            text(
                "SELECT part_no, sku, amount, list_price_fen, region_code, reason "
                "FROM sale_line ORDER BY part_no"
            )
        )
        assert [tuple(row) for row in rows] == [
            (1, "SAUCE", 4, 2390, "522702", ""),
            (2, "WALNUT", 1000, 5800, "653121", ""),
            (3, "POMELO", 2, 1280, "441422", ""),
            (4, "HONEY", 2, 6600, "522725", ""),
        ]
