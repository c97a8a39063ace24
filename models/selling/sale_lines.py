"""The lines of a sale: one row per product, with all that is frozen on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.cart import Bill, Cart, CartLine
from models.database import STRICT, Base, Kind, table_of
from models.errors import OutOfStock
from models.goods import stock
from models.goods.catalog import BundlePart, Category, Product
from models.goods.drafts import BelowZero
from models.goods.regions import Region
from models.goods.suppliers import Supplier
from models.kinds import BuyerKind, Channel, PriceReason, Scheme, Terms
from models.money import Money, spread
from models.prepared import Prepared, Question
from models.quantity import Quantity, Unit, price_of
from models.selling.seat import Seat


class SaleLine(Base):
    """One product of one ticket line; a gift box stores one row per product in it."""

    __tablename__ = "sale_line"
    __table_args__ = (
        UniqueConstraint("sale_id", "line_no", "part_no", name="ux_sale_line"),
        CheckConstraint(
            "net_fen = list_fen - discount_fen - order_discount_fen - rounding_fen",
            name="ck_sale_line_net",
        ),
        CheckConstraint("unit IN ('piece', 'gram')", name="ck_sale_line_unit"),
        CheckConstraint("pack_size > 0", name="ck_sale_line_amount"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"))
    line_no: Mapped[int]
    part_no: Mapped[int]  # 0, or 1 to n for the products of a gift box
    business_date: Mapped[date]
    local_hour: Mapped[int]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    sku: Mapped[str]
    barcode: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    unit: Mapped[Unit] = mapped_column(Kind(Unit))
    amount: Mapped[int]  # pieces or grams that left the shelf
    pack_size: Mapped[int]
    list_price: Mapped[Money] = mapped_column("list_price_fen")
    price: Mapped[Money] = mapped_column("price_fen")
    reason: Mapped[PriceReason] = mapped_column(Kind(PriceReason))
    list_: Mapped[Money] = mapped_column("list_fen")
    discount: Mapped[Money] = mapped_column("discount_fen")
    order_discount: Mapped[Money] = mapped_column("order_discount_fen")
    rounding: Mapped[Money] = mapped_column("rounding_fen")
    net: Mapped[Money] = mapped_column("net_fen")
    cost: Mapped[Money | None] = mapped_column("cost_fen")
    tax_rate_bp: Mapped[int | None]
    region_code: Mapped[str]
    province: Mapped[str]
    prefecture: Mapped[str]
    county: Mapped[str]
    county_en: Mapped[str]
    scheme: Mapped[Scheme] = mapped_column(Kind(Scheme))
    supplier: Mapped[str]
    village: Mapped[str]  # 镇/村, as far as known
    terms: Mapped[Terms] = mapped_column(Kind(Terms))
    category: Mapped[str]
    is_certified: Mapped[bool]
    certificate: Mapped[str]
    channel: Mapped[Channel] = mapped_column(Kind(Channel))
    outlet: Mapped[str]
    event: Mapped[str]
    buyer_kind: Mapped[BuyerKind] = mapped_column(Kind(BuyerKind))


class SaleBundle(Base):
    """The one line that screen and paper show for a gift box."""

    __tablename__ = "sale_bundle"
    __table_args__ = STRICT

    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"), primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    sku: Mapped[str]
    barcode: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    count: Mapped[int]
    list_price: Mapped[Money] = mapped_column("list_price_fen")
    price: Mapped[Money] = mapped_column("price_fen")
    reason: Mapped[PriceReason] = mapped_column(Kind(PriceReason))


# --- from ticket lines to one row per product -------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A ticket line's product, or one of the products of its gift box."""

    line_no: int
    part_no: int
    product_id: int
    amount: int
    list_total: Money
    total: Money


def unpack(
    session: Session, cart: Cart, outlet_id: int
) -> tuple[list[Part], dict[int, Any]]:
    """The ticket lines as one part per product, and what is to be frozen of each.

    A gift box gives several parts.
    """
    facts = _freeze(session, {line.item.product_id for line in cart.lines}, outlet_id)
    boxes = _contents(session, [fact.id for fact in facts.values() if fact.is_bundle])
    inside = {product_id for content in boxes.values() for product_id, _, _ in content}
    facts |= _freeze(session, inside - facts.keys(), outlet_id)
    return _parts(cart, boxes), facts


def _parts(cart: Cart, boxes: dict[int, list[tuple[int, int, Money]]]) -> list[Part]:
    parts: list[Part] = []
    for line_no, line in enumerate(cart.lines, 1):
        content = boxes.get(line.item.product_id)
        if content:
            parts += _unpacked(line_no, line, content)
        else:
            parts.append(
                Part(
                    line_no,
                    0,
                    line.item.product_id,
                    line.pieces,
                    line.list_total,
                    line.total,
                )
            )
    return parts


def _contents(
    session: Session, product_ids: Sequence[int]
) -> dict[int, list[tuple[int, int, Money]]]:
    """Per gift box: product, amount in one box, and its value at its own list price."""
    if not product_ids:
        return {}
    found = session.execute(_CONTENTS, {"ids": json.dumps(product_ids)})
    boxes: dict[int, list[tuple[int, int, Money]]] = {}
    for bundle_id, product_id, amount, unit, price in found:
        value = price_of(price or Money.ZERO, Quantity(amount, unit))
        boxes.setdefault(bundle_id, []).append((product_id, amount, value))
    return boxes


# The products wanted, as a JSON array: the statement stays the same for any number.
_WANTED = select(func.json_each(bindparam("ids")).table_valued("value").c.value)
_product, _part = table_of(Product), table_of(BundlePart)
_CONTENTS = (
    select(
        _part.c.bundle_id,
        _part.c.product_id,
        _part.c.amount,
        _product.c.unit,
        _product.c.price_fen,
    )
    .select_from(_part.join(_product, _product.c.id == _part.c.product_id))
    .where(_part.c.bundle_id.in_(_WANTED))
    .order_by(_part.c.bundle_id, _part.c.position)
)


def _unpacked(
    line_no: int, line: CartLine, content: list[tuple[int, int, Money]]
) -> list[Part]:
    """The set price over the products by largest remainder of their list values."""
    weights = [value.fen for _, _, value in content]
    lists = spread(line.list_total, weights)
    discounts = spread(line.list_total - line.total, [part.fen for part in lists])
    return [
        Part(
            line_no,
            part_no,
            product_id,
            amount * line.pieces,
            list_total,
            list_total - discount,
        )
        for part_no, ((product_id, amount, _), list_total, discount) in enumerate(
            zip(content, lists, discounts, strict=True), 1
        )
    ]


# --- what is frozen on the rows ------------------------------------------------------


def _freeze(session: Session, product_ids: set[int], outlet_id: int) -> dict[int, Any]:
    """Product, county, supplier, category and shelf as they are at this moment."""
    if not product_ids:
        return {}
    ids = json.dumps(list(product_ids))
    found = _FACTS.rows(session, {"ids": ids, "outlet": outlet_id})
    return {row.id: row for row in found}


_category, _region = table_of(Category), table_of(Region)
_supplier, _stock = table_of(Supplier), table_of(stock.Stock)
_FACTS = Question(
    select(
        _product.c.id,
        _product.c.is_bundle,
        _product.c.sku,
        _product.c.name,
        _product.c.name_en,
        _product.c.unit,
        _product.c.price_fen.label("price"),
        _product.c.cost_fen.label("cost"),
        _product.c.tax_rate_bp,
        _product.c.is_certified,
        _product.c.certificate,
        _product.c.below_zero,
        _category.c.name.label("category"),
        _region.c.code.label("region_code"),
        _region.c.province,
        _region.c.prefecture,
        _region.c.county,
        _region.c.county_en,
        _region.c.scheme,
        _supplier.c.name.label("supplier"),
        _supplier.c.town,
        _supplier.c.village,
        _supplier.c.terms,
        func.coalesce(_stock.c.on_hand, 0).label("on_hand"),
    )
    .select_from(
        _product.join(_category, _category.c.id == _product.c.category_id)
        .outerjoin(_region, _region.c.code == _product.c.region_code)
        .outerjoin(_supplier, _supplier.c.id == _product.c.supplier_id)
        .outerjoin(
            _stock,
            and_(
                _stock.c.product_id == _product.c.id,
                _stock.c.outlet_id == bindparam("outlet"),
            ),
        )
    )
    .where(_product.c.id.in_(_WANTED))
)


def check_stock(parts: list[Part], facts: dict[int, Any]) -> tuple[str, ...]:
    """Names of what goes below zero. Raises OutOfStock where that is blocked."""
    taken: dict[int, int] = {}
    for part in parts:
        taken[part.product_id] = taken.get(part.product_id, 0) + part.amount
    short = [facts[i] for i, amount in taken.items() if amount > facts[i].on_hand]
    for fact in short:
        if fact.below_zero is BelowZero.BLOCK:
            raise OutOfStock(fact.name, str(Quantity(max(fact.on_hand, 0), fact.unit)))
    return tuple(fact.name for fact in short)


def moves(parts: list[Part]) -> list[stock.Move]:
    """What leaves the shelf, in pieces and grams."""
    return [stock.Move(part.product_id, -part.amount) for part in parts]


def rows_of(
    cart: Cart,
    parts: list[Part],
    facts: dict[int, Any],
    bill: Bill,
    seat: Seat,
    order_shares: Sequence[Money],
) -> list[dict[str, Any]]:
    """The rows to store, each with its share of 抹零 by largest remainder.

    ``order_shares`` is what was taken off each part beside its line's own discount.
    """
    shared = list(zip(parts, order_shares, strict=True))
    roundings = spread(bill.rounding, [(part.total - off).fen for part, off in shared])
    buyer_kind = cart.buyer_kind or seat.till.outlet.buyer_kind
    place = {
        "channel": seat.till.outlet.channel,
        "outlet": seat.till.outlet.name,
        "event": seat.till.outlet.event_name,
        "buyer_kind": buyer_kind,
    }
    return [
        {
            **_origin(facts[part.product_id]),
            **_priced(cart.lines[part.line_no - 1], part, facts[part.product_id]),
            **_money(part, off, rounding),
            **place,
        }
        for (part, off), rounding in zip(shared, roundings, strict=True)
    ]


def _origin(fact: Any) -> dict[str, Any]:
    return {
        "product_id": fact.id,
        "sku": fact.sku,
        "name": fact.name,
        "name_en": fact.name_en,
        "unit": fact.unit,
        "cost_fen": fact.cost,
        "tax_rate_bp": fact.tax_rate_bp,
        "region_code": fact.region_code or "",
        "province": fact.province or "",
        "prefecture": fact.prefecture or "",
        "county": fact.county or "",
        "county_en": fact.county_en or "",
        "scheme": fact.scheme or Scheme.NONE,
        "supplier": fact.supplier or "",
        "village": f"{fact.town or ''}{fact.village or ''}",
        "terms": fact.terms or Terms.OWN,
        "category": fact.category,
        "is_certified": fact.is_certified,
        "certificate": fact.certificate,
    }


def _priced(line: CartLine, part: Part, fact: Any) -> dict[str, Any]:
    """A product inside a gift box keeps its own list price."""
    item = line.item
    inside = part.part_no > 0
    return {
        "line_no": part.line_no,
        "part_no": part.part_no,
        "barcode": "" if inside else item.barcode,
        "amount": part.amount,
        "pack_size": 1 if inside else item.pack_size,
        "list_price_fen": (fact.price or Money.ZERO) if inside else item.list_price,
        "price_fen": (fact.price or Money.ZERO) if inside else item.price,
        "reason": item.reason,
    }


def _money(part: Part, off: Money, rounding: Money) -> dict[str, Any]:
    return {
        "list_fen": part.list_total,
        "discount_fen": part.list_total - part.total,
        "order_discount_fen": off,
        "rounding_fen": rounding,
        "net_fen": part.total - off - rounding,
    }


def store(session: Session, rows: list[dict[str, Any]], shared: dict[str, Any]) -> None:
    """Store the rows of ``rows_of``; their sale and its moment are ``shared``."""
    _INSERT_LINES.many(session, [row | shared for row in rows])


_INSERT_LINES = Prepared(insert(table_of(SaleLine)))


def store_bundles(
    session: Session, sale_id: int, cart: Cart, parts: list[Part]
) -> None:
    """Keep the one line that screen and paper show for each gift box."""
    for bundle in bundles_of(cart, parts):
        session.execute(_INSERT_BUNDLE, bundle | {"sale_id": sale_id})


def bundles_of(cart: Cart, parts: list[Part]) -> list[dict[str, Any]]:
    """The one line of each gift box in the basket."""
    return [
        {
            "line_no": line_no,
            "product_id": line.item.product_id,
            "sku": line.item.sku,
            "barcode": line.item.barcode,
            "name": line.item.name,
            "name_en": line.item.name_en,
            "count": line.count,
            "list_price_fen": line.item.list_price,
            "price_fen": line.item.price,
            "reason": line.item.reason,
        }
        for line_no, line in enumerate(cart.lines, 1)
        if any(part.line_no == line_no and part.part_no for part in parts)
    ]


_INSERT_BUNDLE = insert(table_of(SaleBundle))
