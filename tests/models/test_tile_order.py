"""Which tile comes first: as it was put by hand, or by what sells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from models import clock, first_glance, settings
from models.goods import catalog, hand_order, listing, offers, popularity, search_index
from models.kinds import TileOrder
from models.office import imports, table_files
from tests import invariants
from tests.shop import AT, DAY, Shop, change, draft, sell

AS_ADDED = ["SAUCE", "WALNUT", "POMELO", "TEA", "HONEY", "BAG", "NEW", "BOX"]


def _tiles(shop: Shop) -> list[str]:
    """SKUs in the order of the tiles, which is that of the first glance too."""
    stand = shop.stand(clock.business_date(clock.now()))
    with shop.database.read() as session:
        tiles = offers.list_tiles(session, stand)
        found = session.execute(text("SELECT id, sku FROM product"))
        skus = {row.id: row.sku for row in found}
    glance = first_glance.take(shop.database.path)
    assert glance is not None
    assert list(glance.tiles) == tiles
    return [skus[tile.product_id] for tile in tiles]


def _listed(shop: Shop, words: str = "") -> list[listing.ListedProduct]:
    with shop.database.read() as session:
        return listing.list_products(session, shop.outlet_id, words)


def _move(shop: Shop, sku: str, to_place_of: str) -> None:
    with shop.database.write() as session:
        hand_order.move(
            session, shop.products[sku], to_place_of=shop.products[to_place_of]
        )


def _order_by(shop: Shop, order: TileOrder) -> None:
    with shop.database.write() as session:
        chosen = replace(settings.load(session), tile_order=order)
        settings.save(session, chosen)


def _rank(shop: Shop) -> None:
    """As the till does once a start."""
    with shop.database.write() as session:
        popularity.store(session, popularity.count(session, DAY))
        search_index.catch_up(session)


# --- by hand --------------------------------------------------------------------


def test_tiles_stand_as_they_were_added_until_someone_moves_them(shop: Shop) -> None:
    assert _tiles(shop) == AS_ADDED


@pytest.mark.parametrize(
    ("sku", "to_place_of", "expected"),
    [
        ("WALNUT", "SAUCE", ["WALNUT", "SAUCE", "POMELO", "TEA"]),
        ("SAUCE", "WALNUT", ["WALNUT", "SAUCE", "POMELO", "TEA"]),
        ("TEA", "SAUCE", ["TEA", "SAUCE", "WALNUT", "POMELO"]),
        ("SAUCE", "TEA", ["WALNUT", "POMELO", "TEA", "SAUCE"]),
        ("TEA", "TEA", ["SAUCE", "WALNUT", "POMELO", "TEA"]),
    ],
)
def test_a_product_takes_the_place_of_another_and_all_between_make_room(
    shop: Shop, sku: str, to_place_of: str, expected: list[str]
) -> None:
    _move(shop, sku, to_place_of)

    assert _tiles(shop) == expected + AS_ADDED[4:]
    assert [row.sku for row in _listed(shop)] == expected + AS_ADDED[4:]
    invariants.check(shop.database)


def test_what_is_not_sold_keeps_its_place_among_what_is(shop: Shop) -> None:
    change(shop, "WALNUT", is_active=False)
    _move(shop, "POMELO", "SAUCE")  # its neighbour in the list
    assert _tiles(shop)[:3] == ["POMELO", "SAUCE", "TEA"]

    change(shop, "WALNUT", is_active=True)
    assert _tiles(shop)[:4] == ["POMELO", "SAUCE", "WALNUT", "TEA"]


def test_what_is_new_comes_last_and_what_changes_keeps_its_place(
    shop: Shop, tmp_path: Path
) -> None:
    _move(shop, "BOX", "SAUCE")
    _move(shop, "WALNUT", "NEW")
    moved = ["BOX", "SAUCE", "POMELO", "TEA", "HONEY", "BAG", "NEW", "WALNUT"]
    with shop.database.write() as session:
        new = replace(draft("BAG"), sku="CRATE")
        catalog.save_product(session, new, at=AT)
    change(shop, "SAUCE", name="香辣酱")
    file = tmp_path / "goods.csv"
    file.write_text(
        "sku,name,price_yuan\nA1,红枣,30.00\nTEA,黄金芽,90.00\n", encoding="utf-8"
    )
    with shop.database.write() as session:
        found = imports.preview(session, table_files.parse(file))
        imports.apply(session, found, outlet_id=shop.outlet_id, at=AT)

    assert _tiles(shop) == [*moved, "CRATE", "A1"]


# --- by what sells --------------------------------------------------------------


def test_what_sells_on_most_receipts_comes_first_and_the_rest_by_hand(
    shop: Shop,
) -> None:
    for goods in ({"POMELO": 1}, {"BAG": 9}, {"BAG": 1, "HONEY": 1}):
        sell(shop, goods)
    _move(shop, "TEA", "SAUCE")
    _order_by(shop, TileOrder.SALES)
    by_hand = ["TEA", "SAUCE", "WALNUT", "POMELO", "HONEY", "BAG", "NEW", "BOX"]
    assert _tiles(shop) == by_hand  # nothing was counted yet

    _rank(shop)
    rest = ["TEA", "SAUCE", "WALNUT", "NEW", "BOX"]
    assert _tiles(shop) == ["BAG", "POMELO", "HONEY", *rest]
    _move(shop, "HONEY", "POMELO")  # of what sells as well as the other
    assert _tiles(shop) == ["BAG", "HONEY", "POMELO", *rest]

    _order_by(shop, TileOrder.HAND)
    assert _tiles(shop)[:2] == ["TEA", "SAUCE"]


# --- where the hand decides -----------------------------------------------------


def test_in_a_search_the_match_and_the_sales_come_before_the_hand(shop: Shop) -> None:
    tea, honey = _listed(shop, "瓮安")
    assert (tea.sku, honey.sku) == ("TEA", "HONEY")
    assert honey.stands_by_hand_with(tea)

    sell(shop, {"HONEY": 1})
    _rank(shop)
    honey, tea = _listed(shop, "瓮安")
    assert (tea.sku, honey.sku) == ("TEA", "HONEY")
    assert not honey.stands_by_hand_with(tea)
    listed = {one.sku: one for one in _listed(shop)}
    assert listed["HONEY"].stands_by_hand_with(listed["TEA"])


def test_what_is_not_sold_has_no_place_on_the_screen(shop: Shop) -> None:
    change(shop, "TEA", is_active=False)
    change(shop, "BAG", is_active=False)
    listed = {one.sku: one for one in _listed(shop)}
    for sku, other in (("TEA", "BAG"), ("TEA", "BOX"), ("BOX", "TEA")):
        assert not listed[sku].stands_by_hand_with(listed[other])
