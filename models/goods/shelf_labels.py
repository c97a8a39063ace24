"""What the labels on the shelf say: goods with what is asked for them today."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import codes
from models.errors import PosError
from models.goods.offers import Stand
from models.goods.tiles import PRICE_TODAY
from models.i18n import _
from models.money import Money
from models.quantity import Unit

MOST_LABELS = 2400  # a hundred sheets; more is a slip of the finger


@dataclass(frozen=True, slots=True)
class ShelfLabel:
    """One label; prices are per piece or kilogram."""

    name: str
    name_en: str
    county: str  # empty: 非帮扶 or a gift box
    county_en: str
    colour: str  # the county's; empty without one
    spec: str
    unit: Unit
    unit_name: str
    price: Money | None  # what is asked today
    list_price: Money | None
    code: str  # what a scanner reads: a barcode, or the SKU where there is none
    plu: str
    is_certified: bool

    @property
    def struck_price(self) -> Money | None:
        """The list price where an event price is asked instead."""
        return None if self.price == self.list_price else self.list_price


class TooManyLabels(PosError):
    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def __str__(self) -> str:
        return _("{count} labels are too many at once: at most {most}.").format(
            count=self.count, most=MOST_LABELS
        )


def labels_for(
    session: Session, product_ids: Sequence[int], stand: Stand, *, copies: int = 1
) -> tuple[ShelfLabel, ...]:
    """In the order of the ids, each so many times. Raises TooManyLabels."""
    if len(product_ids) * copies > MOST_LABELS:
        raise TooManyLabels(len(product_ids) * copies)
    found = session.execute(
        _LABELS, stand.parameters | {"ids": json.dumps(list(product_ids))}
    )
    return tuple(label for row in found for label in [_label(row)] * copies)


def _label(row: Any) -> ShelfLabel:
    unit = Unit(row.unit)
    return ShelfLabel(
        name=row.name,
        name_en=row.name_en,
        county=row.county,
        county_en=row.county_en,
        colour=row.colour,
        spec=row.spec,
        unit=unit,
        unit_name=row.unit_name,
        price=_money(row.price),
        list_price=_money(row.list),
        code=row.code or _scannable(row.sku, unit),
        plu=row.plu or "",
        is_certified=bool(row.is_certified),
    )


def _scannable(sku: str, unit: Unit) -> str:
    """The SKU as a code; weighed goods are known by the number on the scale."""
    return sku if unit is Unit.PIECE and codes.is_barcode(sku) else ""


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)


# a code that the maker prints comes before our own
_LABELS = text(
    f"""SELECT p.sku, p.name, p.name_en, p.spec, p.unit, p.unit_name, p.plu,
  p.is_certified, p.price_fen AS list, {PRICE_TODAY} AS price,
  COALESCE(r.county, '') AS county, COALESCE(r.county_en, '') AS county_en,
  COALESCE(r.colour, '') AS colour,
  (SELECT b.code FROM barcode b WHERE b.product_id = p.id AND b.pack_size = 1
    ORDER BY length(b.code) = 13 DESC, b.code LIMIT 1) AS code
  FROM json_each(:ids) j CROSS JOIN product p ON p.id = j.value
  LEFT JOIN region r ON r.code = p.region_code ORDER BY j.key"""  # noqa: S608  # a constant of tiles.py
)
