"""The list of all goods, on sale or not."""

from __future__ import annotations

from models.goods import listing, suppliers
from models.goods.listing import ListedProduct
from models.goods.suppliers import SupplierRow
from models.kinds import Terms
from models.money import Money
from models.quantity import Quantity, Unit
from tests.shop import Shop, change


def _list(shop: Shop, words: str = "") -> list[ListedProduct]:
    with shop.database.read() as session:
        return listing.list_products(session, shop.outlet_id, words)


def _skus(shop: Shop, words: str) -> list[str]:
    return [one.sku for one in _list(shop, words)]


def test_goods_are_listed_with_their_list_price_and_what_is_on_hand(
    shop: Shop,
) -> None:
    found = {one.sku: one for one in _list(shop)}

    honey, walnut = found["HONEY"], found["WALNUT"]
    assert (honey.price, honey.county_en) == (Money(6600), "Weng'an")
    assert walnut.on_hand == Quantity(50_000, Unit.GRAM)
    assert (found["NEW"].price, found["BAG"].county) == (None, "")
    assert found["BOX"].is_bundle
    assert found["BOX"].on_hand == Quantity(40, Unit.PIECE)
    assert found["SAUCE"].category_en == "Condiments"


def test_what_is_not_sold_is_listed_last(shop: Shop) -> None:
    change(shop, "SAUCE", is_active=False)

    last = _list(shop)[-1]

    assert (last.sku, last.is_active) == ("SAUCE", False)


def test_goods_are_found_as_on_the_selling_screen(shop: Shop) -> None:
    assert _skus(shop, "蜜柚") == ["POMELO"]
    assert _skus(shop, "wa bh") == ["HONEY"]
    assert _skus(shop, "sau") == ["SAUCE"]
    assert _skus(shop, "00015") == ["SAUCE"]
    assert _skus(shop, "100%") == []


def test_skus_and_names_are_known(shop: Shop) -> None:
    with shop.database.read() as session:
        assert listing.list_skus(session) == set(shop.products)
        assert listing.find_name(session, "TEA") == "瓮安黄金芽茶"
        assert listing.find_name(session, "NONE") is None


def test_suppliers_are_listed_with_what_a_form_needs(shop: Shop) -> None:
    with shop.database.read() as session:
        found = suppliers.list_suppliers(session)

    assert (
        SupplierRow("福泉市山味合作社", "黄丝镇", "邦乐村", Terms.CONSIGNMENT) in found
    )
