"""The catalogue: saving products, their codes and boxes, and saying no kindly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from models.database import Database
from models.errors import AlreadyTaken, MissingField, ProductNotSaved, WrongField
from models.goods import catalog, offers
from models.goods.drafts import BelowZero, PackCode, Part, ProductDraft
from models.kinds import Terms
from models.money import Money
from models.quantity import Unit
from tests.shop import (
    AT,
    GOODS,
    SAUCE_CODE,
    Shop,
    basket,
    change,
    draft,
    on_hand,
    sell,
)

PLAIN = ProductDraft(sku="PLAIN", name="平菇", unit=Unit.PIECE, price=Money(100))


def _save(shop: Shop, one: ProductDraft) -> int:
    with shop.database.write() as session:
        return catalog.save_product(session, one, at=AT)


def _load(shop: Shop, sku: str) -> ProductDraft:
    with shop.database.read() as session:
        return catalog.get_draft(session, shop.products[sku])


@pytest.mark.parametrize("sku", [one.sku for one in GOODS])
def test_a_product_is_shown_again_as_it_was_saved(shop: Shop, sku: str) -> None:
    expected = draft(sku)
    shown = _load(shop, sku)
    assert shown.category == (expected.category or "其他")
    # 调味品 got its English name from the first product that gave one
    expected = replace(expected, category=shown.category, category_en=shown.category_en)
    assert shown == expected


def test_a_product_is_changed_under_its_sku_and_keeps_its_place(shop: Shop) -> None:
    changed = replace(
        draft("SAUCE"),
        name="福泉糟辣椒",
        category="酱菜",
        category_en="Pickles",
        price=Money(1990),
        cost=None,
        county_code="522725",
        supplier="",
        town="",
        village="",
        terms=Terms.OWN,
        barcodes=(PackCode("NEWCODE"),),
        picture=b"\x89PNG",
        is_active=False,
    )
    assert _save(shop, changed) == shop.products["SAUCE"]
    assert _load(shop, "SAUCE") == changed


def test_saving_a_product_does_not_move_stock(shop: Shop) -> None:
    before = on_hand(shop, "SAUCE")
    change(shop, "SAUCE", price=Money(100))
    assert on_hand(shop, "SAUCE") == before


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"sku": " "}, MissingField, []),
        ({"name": ""}, MissingField, []),
        ({"price": Money(-1)}, WrongField, ["-0.01"]),
        ({"plu": "12a"}, WrongField, ["12a"]),
        ({"plu": "１２"}, WrongField, ["１２"]),
        ({"plu": "000"}, WrongField, ["000"]),
        ({"plu": "301"}, AlreadyTaken, ["301", "疏附核桃"]),
        ({"plu": "00301"}, AlreadyTaken, ["301", "疏附核桃"]),
        ({"county_code": "999999"}, WrongField, ["999999"]),
        ({"barcodes": (PackCode(SAUCE_CODE),)}, AlreadyTaken, ["福泉香辣酱"]),
        ({"barcodes": (PackCode("6970019000016"),)}, WrongField, ["6970019000016"]),
        ({"barcodes": (PackCode("A", 0),)}, WrongField, ["A"]),
        ({"barcodes": (PackCode("A", 2, Money(-1)),)}, WrongField, ["A"]),
        ({"barcodes": (PackCode("A"), PackCode("A", 2))}, AlreadyTaken, ["A"]),
        ({"sku": "A;B"}, WrongField, ["A;B"]),  # tables could not name it
        ({"sku": "A：B"}, WrongField, ["A：B"]),
        ({"sku": "12E5"}, WrongField, ["12E5"]),
        ({"parts": (Part("NOTHING", 1),)}, WrongField, ["NOTHING"]),
        ({"parts": (Part("SAUCE", 0),)}, WrongField, ["SAUCE"]),
        ({"parts": (Part("BOX", 1),)}, WrongField, ["BOX"]),
        ({"parts": (Part("PLAIN", 1),)}, WrongField, ["PLAIN"]),
        ({"parts": (Part("TEA", 1), Part("TEA", 2))}, AlreadyTaken, ["TEA"]),
        ({"parts": (Part("TEA", 1),), "unit": Unit.GRAM}, WrongField, ["gram"]),
        (
            {"parts": (Part("TEA", 1),), "county_code": "522702"},
            WrongField,
            ["522702"],
        ),
        (
            {"unit": Unit.GRAM, "barcodes": (PackCode("A", 2),)},  # packs of grams
            WrongField,
            ["A"],
        ),
    ],
)
def test_what_cannot_be_stored_is_named_and_nothing_is_stored(
    shop: Shop,
    fields: dict[str, object],
    error: type[ProductNotSaved],
    words: list[str],
) -> None:
    wrong = replace(PLAIN, **fields)  # type: ignore[arg-type]  # one field or two
    with pytest.raises(error) as caught:
        _save(shop, wrong)
    for word in words:
        assert word in str(caught.value)
    with shop.database.read() as session:
        count = session.scalar(text("SELECT count(*) FROM product"))
    assert count == len(GOODS)


def test_a_product_may_keep_its_own_codes(shop: Shop) -> None:
    assert _save(shop, draft("SAUCE")) == shop.products["SAUCE"]
    assert _save(shop, draft("WALNUT")) == shop.products["WALNUT"]


def test_a_plu_is_stored_as_a_label_says_it(shop: Shop) -> None:
    """Scales print leading zeros, so 42 and 00042 are one number."""
    _save(shop, replace(PLAIN, unit=Unit.GRAM, plu="00042"))
    with shop.database.read() as session:
        assert session.scalar(text("SELECT plu FROM product WHERE sku='PLAIN'")) == "42"


@pytest.mark.parametrize("plu", ["", "7"])
def test_what_is_sold_by_the_piece_never_becomes_weighed(shop: Shop, plu: str) -> None:
    with pytest.raises(WrongField):
        _save(shop, replace(draft("TEA"), unit=Unit.GRAM, plu=plu))


def test_a_box_becomes_a_plain_product_and_a_plain_product_a_box(shop: Shop) -> None:
    """The county and the box's mark change together, whatever is asked between."""
    plain = replace(draft("BOX"), parts=(), county_code="522702", supplier="合作社")
    _save(shop, plain)
    assert _load(shop, "BOX").county_code == "522702"
    _save(shop, replace(draft("BOX"), supplier="合作社"))
    assert _load(shop, "BOX").parts == draft("BOX").parts


def test_what_is_inside_a_box_does_not_become_a_box(shop: Shop) -> None:
    box = replace(draft("HONEY"), county_code="", parts=(Part("TEA", 1),))
    with pytest.raises(WrongField):
        _save(shop, box)


def test_the_parts_of_a_box_are_replaced(shop: Shop) -> None:
    change(shop, "BOX", parts=(Part("TEA", 2),))
    assert _load(shop, "BOX").parts == (Part("TEA", 2),)
    sell(shop, {"BOX": 1})
    assert on_hand(shop, "TEA") == 1


def test_categories_stand_in_the_order_they_came(shop: Shop) -> None:
    with shop.database.read() as session:
        rows = catalog.list_categories(session)
    assert [row.name for row in rows] == [
        "调味品",
        "干果",
        "水果",
        "茶",
        "其他",
        "礼盒",
    ]
    assert rows[0].name_en == "Condiments"


def test_a_category_keeps_its_english_name_until_another_is_given(shop: Shop) -> None:
    with shop.database.write() as session:
        first = catalog.category_named(session, "茶", "Tea")
        assert catalog.category_named(session, "茶") == first
        assert catalog.category_named(session, "茶", "Teas") == first
        assert catalog.list_categories(session)[3].name_en == "Teas"


def test_suppliers_are_shared_by_name_and_change_for_all_their_goods(
    shop: Shop,
) -> None:
    change(
        shop, "POMELO", supplier="福泉市山味合作社", terms=Terms.JOINT, town="牛场镇"
    )
    shown = _load(shop, "SAUCE")
    assert (shown.terms, shown.town) == (Terms.JOINT, "牛场镇")


def test_a_new_file_has_no_goods(database: Database) -> None:
    with database.read() as session:
        assert catalog.list_categories(session) == []


def test_a_product_below_zero_warns_unless_it_is_told_to_block(shop: Shop) -> None:
    assert _load(shop, "SAUCE").below_zero is BelowZero.WARN
    assert _load(shop, "TEA").below_zero is BelowZero.BLOCK
    assert basket(shop, {"TEA": 4}).items == 4  # refused only when it is paid


def test_goods_are_no_longer_sold_and_sold_again(shop: Shop) -> None:
    for is_active, found in ((False, []), (True, ["福泉香辣酱"])):
        with shop.database.write() as session:
            catalog.set_active(session, shop.products["SAUCE"], is_active=is_active)

        assert _load(shop, "SAUCE").is_active is is_active
        stand = shop.stand()
        with shop.database.read() as session:
            tiles = offers.search(session, "香辣", stand)
        assert [tile.name for tile in tiles] == found
    assert on_hand(shop, "SAUCE") == 100
