"""The goods of the shop as plain values: read once, then asked for every row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.errors import AlreadyTaken, WrongField
from models.goods import drafts
from models.goods.drafts import BelowZero, PackCode, Part, ProductDraft
from models.i18n import _
from models.kinds import Terms
from models.money import Money
from models.quantity import Unit


@dataclass(frozen=True, slots=True)
class Details:
    """What a supplier's goods share."""

    town: str = ""
    village: str = ""
    terms: Terms = Terms.OWN


@dataclass(frozen=True, slots=True)
class Stored:
    """A product that the shop has; ``draft`` is without its picture."""

    id: int
    draft: ProductDraft


class StoredGoods:
    """What stands in the file at one moment."""

    def __init__(self, session: Session) -> None:
        def rows(statement: str) -> list[Any]:
            return list(session.connection().exec_driver_sql(statement))

        self._products = {row.sku: row for row in rows(_PRODUCTS)}
        self._by_plu = {row.plu: sku for sku, row in self._products.items() if row.plu}
        self._by_code: dict[str, str] = {}
        self._codes: dict[str, list[PackCode]] = {}
        for sku, code, size, fen in rows(_CODES):
            self._by_code[code] = sku
            self._codes.setdefault(sku, []).append(PackCode(code, size, _money(fen)))
        self._parts: dict[str, list[Part]] = {}
        for box, sku, amount in rows(_PARTS):
            self._parts.setdefault(box, []).append(Part(sku, amount))
        self._regions = {code for (code,) in rows("SELECT code FROM region")}
        self.suppliers = {
            name: Details(town, village, Terms(terms))
            for name, town, village, terms in rows(_SUPPLIERS)
        }

    def find(self, sku: str) -> Stored | None:
        row = self._products.get(sku)
        if row is None:
            return None
        details = self.suppliers.get(row.supplier or "", Details())
        draft = ProductDraft(
            sku=row.sku,
            name=row.name,
            unit=Unit(row.unit),
            name_en=row.name_en,
            category=row.category,
            category_en=row.category_en,
            county_code=row.region_code or "",
            unit_name=row.unit_name,
            spec=row.spec,
            price=_money(row.price_fen),
            cost=_money(row.cost_fen),
            tax_rate_bp=row.tax_rate_bp,
            barcodes=tuple(self._codes.get(sku, ())),
            plu=row.plu or "",
            supplier=row.supplier or "",
            town=details.town,
            village=details.village,
            terms=details.terms,
            is_certified=bool(row.is_certified),
            certificate=row.certificate,
            shelf_life_days=row.shelf_life_days,
            below_zero=BelowZero(row.below_zero),
            is_active=bool(row.is_active),
            parts=tuple(self._parts.get(sku, ())),
        )
        return Stored(row.id, draft)

    def all(self) -> Iterator[Stored]:
        """In the order of the list."""
        for sku in self._products:
            found = self.find(sku)
            assert found is not None, "it was read with the others"
            yield found

    def piece_units(self) -> dict[str, Unit]:
        """Everything that a gift box may hold, and what its amount counts."""
        return {
            sku: Unit(row.unit)
            for sku, row in self._products.items()
            if not row.is_bundle
        }

    def boxes(self) -> dict[str, tuple[Part, ...]]:
        """What each gift box holds."""
        return {sku: tuple(parts) for sku, parts in self._parts.items()}

    def check(self, draft: ProductDraft) -> None:
        """What the shop would say of the draft. Raises ProductNotSaved."""
        drafts.check_alone(draft)
        if draft.county_code and draft.county_code not in self._regions:
            raise WrongField(_("County"), draft.county_code)
        plu = drafts.plu_of(draft)
        self._check_owner(_("PLU"), plu or "", self._by_plu, draft.sku)
        for pack in draft.barcodes:
            self._check_owner(_("Barcode"), pack.code, self._by_code, draft.sku)

    def _check_owner(
        self, field: str, value: str, owners: dict[str, str], sku: str
    ) -> None:
        owner = owners.get(value, sku)
        if owner != sku:
            raise AlreadyTaken(field, value, self._products[owner].name)


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)


_PRODUCTS = """
SELECT p.id, p.sku, p.name, p.name_en, c.name AS category, c.name_en AS category_en,
  p.region_code, s.name AS supplier, p.is_bundle, p.unit, p.unit_name, p.spec,
  p.price_fen, p.cost_fen, p.tax_rate_bp, p.plu, p.is_certified, p.certificate,
  p.shelf_life_days, p.below_zero, p.is_active
FROM product p JOIN category c ON c.id = p.category_id
LEFT JOIN supplier s ON s.id = p.supplier_id
ORDER BY p.position, p.id"""
_CODES = """
SELECT p.sku, b.code, b.pack_size, b.price_fen
FROM barcode b JOIN product p ON p.id = b.product_id
ORDER BY b.product_id, b.pack_size, b.code"""
_PARTS = """
SELECT box.sku, part.sku, b.amount
FROM bundle_part b JOIN product box ON box.id = b.bundle_id
JOIN product part ON part.id = b.product_id
ORDER BY b.bundle_id, b.position"""
_SUPPLIERS = "SELECT name, town, village, terms FROM supplier"
