"""What is on offer here and today: items with their prices, by code, tile or search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from models import clock, codes, errors
from models.cart import CartLine, Item, counted
from models.codes import Label
from models.database import table_of
from models.goods import labels, layouts, searching
from models.goods.catalog import Barcode, Product
from models.goods.tiles import COLUMNS, JOINS, PRICE_TODAY, TILES_SQL, Tile, tile_of
from models.kinds import PriceReason
from models.money import Money
from models.places import Outlet
from models.quantity import Unit


@dataclass(frozen=True, slots=True)
class Stand:
    """Where and on which day something is offered."""

    outlet_id: int
    event_id: int | None
    day: date

    @property
    def parameters(self) -> dict[str, int | None]:
        return {
            "outlet": self.outlet_id,
            "event": self.event_id,
            "day": clock.day_number(self.day),
        }


def stand_at(session: Session, outlet_id: int, day: date) -> Stand:
    return Stand(outlet_id, session.get_one(Outlet, outlet_id).event_id, day)


@dataclass(frozen=True, slots=True)
class Found:
    """What a code stands for, and a sentence if the cashier should look at it."""

    goods: CartLine | Item
    warning: str = ""


def find_line(session: Session, code: str, stand: Stand) -> Found:
    """What a scanned or typed code puts into the basket.

    A barcode or SKU gives one piece or pack; a weighing label its weight or amount; the
    code of weighed goods gives the Item, whose weight is still to be asked. Raises
    UnknownCode, UnknownPlu, BadCheckDigit, PaymentCodeScanned, UnreadableCode, NoPrice,
    NotForSale.
    """
    code = codes.clean(code)
    product_id, pack_size, pack_price = find_product(session, code)
    if product_id is not None:
        item = _item(session, product_id, stand)
        if pack_size > 1:
            item = _packed(item, pack_size, pack_price, code)
        return Found(item if item.unit is Unit.GRAM else counted(item, 1))
    if codes.may_be_label(code):
        label = codes.read_label(code, layouts.layouts_in_use(session))
        if label is not None:
            return _weighed(session, code, label, stand)
    codes.refuse_payment_code(code)
    raise errors.UnknownCode(code)


def get_item(session: Session, product_id: int, stand: Stand) -> Item:
    """The product as it is sold here today. Raises NoPrice, NotForSale."""
    return _item(session, product_id, stand)


def list_tiles(session: Session, stand: Stand) -> list[Tile]:
    found = session.execute(text(TILES_SQL), stand.parameters).all()
    return [tile_of(row) for row in found]


def search(session: Session, words: str, stand: Stand, *, most: int = 24) -> list[Tile]:
    """Goods by parts of the name, pinyin initials, SKU or the end of a barcode."""
    found = searching.parameters(words, most=most)
    if not found:
        return []
    rows = session.execute(_SEARCH, stand.parameters | found).all()  # at one go
    return [tile_of(row) for row in rows]


_SEARCH = text(
    f"""{searching.FOUND} SELECT {COLUMNS}
  FROM found f CROSS JOIN product p ON p.id = f.id {JOINS}
  ORDER BY {searching.BEST_FIRST}"""  # noqa: S608  # constants
)


def find_product(session: Session, code: str) -> tuple[int | None, int, Money | None]:
    """Product, pack size and pack price by barcode, else by SKU in either case."""
    found = session.execute(_BY_BARCODE, {"code": code}).one_or_none()
    if found is not None:
        return found.product_id, found.pack_size, found.price_fen
    return session.scalar(_BY_SKU, {"sku": code, "upper": code.upper()}), 1, None


_barcode, _product = table_of(Barcode).c, table_of(Product).c
_BY_BARCODE = select(_barcode.product_id, _barcode.pack_size, _barcode.price_fen).where(
    _barcode.code == bindparam("code")
)
_BY_SKU = (
    select(_product.id)
    .where(_product.sku.in_((bindparam("sku"), bindparam("upper"))))
    .order_by(_product.sku != bindparam("sku"))
)
_BY_PLU = select(_product.id).where(_product.plu == bindparam("plu"))


def _weighed(session: Session, code: str, label: Label, stand: Stand) -> Found:
    """A code that could pay is a label only if there is such a product."""
    product_id = session.scalar(_BY_PLU, {"plu": label.plu})
    if product_id is None:
        codes.refuse_payment_code(code)
        raise errors.UnknownPlu(label.plu)
    item = _item(session, product_id, stand)
    return Found(labels.line_of(item, label), labels.doubts(item, label))


def _item(session: Session, product_id: int, stand: Stand) -> Item:
    row = session.execute(_ITEM, stand.parameters | {"product": product_id}).one()
    if not row.is_active:
        raise errors.NotForSale(row.name)
    if row.price is None:
        raise errors.NoPrice(row.name)
    return _item_of(row)


_ITEM = text(
    f"""SELECT p.id, p.sku, p.name, p.name_en, p.unit, p.is_active, p.price_fen AS list,
  {PRICE_TODAY} AS price, COALESCE(r.county, '') AS county,
  COALESCE(r.county_en, '') AS county_en, COALESCE(r.code, '') AS county_code,
  COALESCE((SELECT min(code) FROM barcode b
            WHERE b.product_id = p.id AND b.pack_size = 1), '') AS barcode
  FROM product p LEFT JOIN region r ON r.code = p.region_code
  WHERE p.id = :product"""  # noqa: S608  # a constant of tiles.py
)


def _item_of(row: Any) -> Item:
    list_price = Money(row.list if row.list is not None else row.price)
    price = Money(row.price)
    return Item(
        product_id=row.id,
        sku=row.sku,
        name=row.name,
        name_en=row.name_en,
        county=row.county,
        county_en=row.county_en,
        county_code=row.county_code,
        unit=Unit(row.unit),
        list_price=list_price,
        price=price,
        reason=PriceReason.EVENT if price != list_price else PriceReason.NONE,
        barcode=row.barcode,
    )


def _packed(item: Item, size: int, price: Money | None, code: str) -> Item:
    """The item by the pack: at the pack's own price, else at the pieces' price."""
    own = price is not None
    return Item(
        product_id=item.product_id,
        sku=item.sku,
        name=item.name,
        name_en=item.name_en,
        county=item.county,
        county_en=item.county_en,
        county_code=item.county_code,
        unit=item.unit,
        list_price=item.list_price.times(size),
        price=price if price is not None else item.price.times(size),
        reason=PriceReason.PACK if own else item.reason,
        pack_size=size,
        barcode=code,
    )
