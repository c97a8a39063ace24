"""What labels say is what the till asks for at this outlet on this day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.goods import shelf_labels
from models.goods.drafts import PackCode
from models.goods.shelf_labels import ShelfLabel, TooManyLabels
from models.money import Money
from models.quantity import Unit
from tests.shop import DAY, HONEY_EVENT_PRICE, SAUCE_CODE, Shop, change


def _labels(shop: Shop, *skus: str, days: int = 0) -> tuple[ShelfLabel, ...]:
    stand = shop.stand(DAY + timedelta(days=days))
    with shop.database.read() as session:
        ids = [shop.products[sku] for sku in skus]
        return shelf_labels.labels_for(session, ids, stand)


def test_a_label_says_all_that_stands_on_the_shelf(shop: Shop) -> None:
    assert _labels(shop, "SAUCE") == (
        ShelfLabel(
            name="福泉香辣酱",
            name_en="Fuquan chilli sauce",
            county="福泉市",
            county_en="Fuquan",
            colour="#0072B2",
            spec="280g/瓶",
            unit=Unit.PIECE,
            unit_name="瓶",
            price=Money(2390),
            list_price=Money(2390),
            code=SAUCE_CODE,
            plu="",
            is_certified=True,
        ),
    )


def test_labels_stand_in_the_order_asked_for_each_so_many_times(shop: Shop) -> None:
    ids = [shop.products[sku] for sku in ("TEA", "BOX", "SAUCE")]
    stand = shop.stand()
    with shop.database.read() as session:
        found = shelf_labels.labels_for(session, ids, stand, copies=2)

    assert [one.name for one in found] == [
        "瓮安黄金芽茶",
        "瓮安黄金芽茶",
        "山海四县礼盒",
        "山海四县礼盒",
        "福泉香辣酱",
        "福泉香辣酱",
    ]


def test_an_event_price_is_on_the_label_while_it_holds(shop: Shop) -> None:
    (today,) = _labels(shop, "HONEY")
    (tomorrow,) = _labels(shop, "HONEY", days=1)

    assert (today.price, today.struck_price) == (HONEY_EVENT_PRICE, Money(6600))
    assert (tomorrow.price, tomorrow.struck_price) == (Money(6600), None)


def test_goods_without_a_barcode_are_scanned_by_their_sku(shop: Shop) -> None:
    change(shop, "BAG", name="袋", barcodes=())
    change(shop, "POMELO", barcodes=(PackCode("A-LONGER-ONE"), PackCode(SAUCE_CODE_2)))

    assert [one.code for one in _labels(shop, "BAG", "WALNUT", "POMELO", "NEW")] == [
        "BAG",
        "",
        SAUCE_CODE_2,
        "NEW",
    ]
    assert _labels(shop, "WALNUT")[0].plu == "301"
    assert _labels(shop, "NEW")[0].price is None


SAUCE_CODE_2 = "6970019000060"


def test_far_too_many_labels_are_a_slip_of_the_finger(shop: Shop) -> None:
    stand = shop.stand()
    with shop.database.read() as session:
        with pytest.raises(TooManyLabels, match="2400") as caught:
            shelf_labels.labels_for(session, [1, 2], stand, copies=1201)
    assert caught.value.count == 2402
