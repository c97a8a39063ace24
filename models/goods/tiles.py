"""The goods as tiles: one SQL statement for the first glance and all later ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.money import Money
from models.quantity import Unit

MOST_TILES = 300  # more are found by search; a screen of tiles is no list


@dataclass(frozen=True, slots=True)
class Tile:
    product_id: int
    name: str
    name_en: str
    county_code: str  # empty: 非帮扶 or a gift box
    county: str
    county_en: str
    colour: str  # the county's; empty without one
    category_id: int
    unit: Unit
    price: Money | None  # what is asked today, per piece or kilogram
    list_price: Money | None
    on_hand: int
    is_bundle: bool
    picture: bytes | None


# The cheapest of the prices that hold here today is asked, else the list price.
PRICE_TODAY = """COALESCE((
    SELECT min(e.price_fen) FROM event_price e
    WHERE e.product_id = p.id
      AND :day BETWEEN e.from_date AND e.to_date
      AND (e.outlet_id IS NULL OR e.outlet_id = :outlet)
      AND (e.event_id IS NULL OR e.event_id = :event)), p.price_fen)"""

# What a gift box can still be made of: as many as its scarcest part allows.
ON_HAND = """CASE WHEN p.is_bundle THEN (
    SELECT COALESCE(min(COALESCE(ps.on_hand, 0) / b.amount), 0)
    FROM bundle_part b
    LEFT JOIN stock ps ON ps.product_id = b.product_id AND ps.outlet_id = :outlet
    WHERE b.bundle_id = p.id)
  ELSE COALESCE(s.on_hand, 0) END"""

COLUMNS = f"""p.id, p.name, p.name_en, COALESCE(r.code, ''), COALESCE(r.county, ''),
  COALESCE(r.county_en, ''), COALESCE(r.colour, ''), p.category_id, p.unit,
  {PRICE_TODAY}, p.price_fen, {ON_HAND}, p.is_bundle, p.picture"""

JOINS = """LEFT JOIN region r ON r.code = p.region_code
  LEFT JOIN stock s ON s.product_id = p.id AND s.outlet_id = :outlet"""

# What sells comes first if the shop wants it so; the rest stands as it was put by hand.
_CHOSEN = f"""SELECT id, max(receipts) AS receipts FROM (
    SELECT product_id AS id, receipts FROM product_sold
    WHERE (SELECT value FROM setting WHERE "key" = 'tile_order') = 'sales'
    UNION ALL
    SELECT id, 0 FROM (SELECT id FROM product WHERE is_active = 1
      ORDER BY position LIMIT {MOST_TILES}))
  GROUP BY id"""  # noqa: S608  # constants of this module
TILES_SQL = f"""SELECT {COLUMNS}
  FROM ({_CHOSEN}) f CROSS JOIN product p ON p.id = f.id {JOINS}
  WHERE p.is_active ORDER BY f.receipts DESC, p.position LIMIT {MOST_TILES}"""  # noqa: S608  # names of our own


def tile_of(row: Any) -> Tile:
    """A row of COLUMNS as a value."""
    return Tile(
        product_id=row[0],
        name=row[1],
        name_en=row[2],
        county_code=row[3],
        county=row[4],
        county_en=row[5],
        colour=row[6],
        category_id=row[7],
        unit=Unit(row[8]),
        price=None if row[9] is None else Money(row[9]),
        list_price=None if row[10] is None else Money(row[10]),
        on_hand=row[11],
        is_bundle=bool(row[12]),
        picture=row[13],
    )
