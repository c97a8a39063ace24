"""The import of a catalogue: looked at first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.errors import AlreadyTaken, MissingField, WrongField
from models.goods import catalog, stock
from models.goods.catalog import Product
from models.goods.drafts import PackCode, Part, ProductDraft
from models.goods.suppliers import Supplier
from models.i18n import _
from models.kinds import Terms
from models.office import import_rows
from models.office.import_rows import RowReader
from models.office.refusals import (
    BoxHasNoStock,
    NoSuchPart,
    OtherDetails,
    RowRefused,
    TableRefused,
    TwiceInTable,
    UnitIsFixed,
)
from models.office.table_files import Table
from models.quantity import Unit, WeightUnit, parse_grams, parse_pieces


class Change(StrEnum):
    """What the import does to a product."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Planned:
    """What one row makes of a product; the opening stock counts for new ones only."""

    row: int
    draft: ProductDraft
    change: Change
    opening: int = 0  # pieces or grams


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; nothing of it has happened yet."""

    drafts: tuple[Planned, ...]
    errors: tuple[RowRefused, ...]
    new: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class Imported:
    new: int
    changed: int
    same: int


def preview(session: Session, table: Table) -> Preview:
    """Read and check every row without storing anything.

    An empty cell changes nothing, a code is added to those that are there, and goods
    that the table does not name stay. Raises ColumnMissing.
    """
    rows = import_rows.readers(table)
    plan = _Plan(session, rows)
    drafts = tuple(
        planned for reader in rows if (planned := plan.of(reader)) is not None
    )
    errors = tuple(error for reader in rows for error in reader.refused)
    counts = [sum(one.change is change for one in drafts) for change in Change]
    return Preview(drafts, errors, *counts)


def apply(
    session: Session,
    preview: Preview,
    *,
    outlet_id: int,
    at: datetime,
    staff_id: int | None = None,
) -> Imported:
    """Store what the preview showed, in the caller's transaction.

    Raises TableRefused if a row is wrong, and ProductNotSaved if the shop changed
    since the preview in a way that speaks against a row.
    """
    if preview.errors:
        raise TableRefused(len(preview.errors))
    openings = []
    # boxes last: their parts may stand in later rows
    for one in sorted(preview.drafts, key=lambda one: bool(one.draft.parts)):
        if one.change is Change.SAME:
            continue
        is_new = _id_of(session, one.draft.sku) is None
        product_id = catalog.save_product(session, one.draft)
        if is_new and one.opening:
            openings.append(stock.Move(product_id, one.opening))
    if openings:
        day = clock.business_date(at)
        reason = stock.Reason.OPENING
        act = stock.Act(outlet_id, reason, at, day, staff_id=staff_id)
        stock.move(session, act, openings)
    return Imported(preview.new, preview.changed, preview.same)


@dataclass(frozen=True, slots=True)
class _Field:
    """A column that is a field of the draft."""

    column: str
    name: str
    read: Callable[[str], Any] = str


_FIELDS = (
    _Field("name", "name"),
    _Field("name_en", "name_en"),
    _Field("county_code", "county_code", import_rows.code),
    _Field("category", "category"),
    _Field("unit", "unit_name"),
    _Field("spec", "spec"),
    _Field("price_yuan", "price", import_rows.money),
    _Field("cost_yuan", "cost", import_rows.money),
    _Field("sold_by", "unit", import_rows.unit),
    _Field("plu", "plu", import_rows.code),
    _Field("certified", "is_certified", import_rows.yes_or_no),
    _Field("certificate", "certificate"),
    _Field("shelf_life_days", "shelf_life_days", import_rows.days),
    _Field("supplier", "supplier"),
)
_DETAILS = (
    _Field("town", "town"),
    _Field("village", "village"),
    _Field("terms", "terms", import_rows.terms),
)


class _Plan:
    """What all rows say together: a row may name goods of a later one."""

    def __init__(self, session: Session, rows: list[RowReader]) -> None:
        self._session = session
        self._seen: dict[tuple[str, str], int] = {}  # (column, value) -> row
        self._units = _piece_units(session)
        self._details = _details_of_suppliers(session)
        self._described: dict[tuple[str, str], int] = {}
        self._drafts: dict[int, tuple[ProductDraft, ProductDraft | None]] = {}
        for reader in rows:
            self._read(reader)

    def of(self, reader: RowReader) -> Planned | None:
        """What the row does; None if it is refused, which the reader then knows."""
        if reader.refused:
            return None
        draft, old = self._drafts[reader.row.number]
        draft = replace(draft, **self._details.get(draft.supplier, {}))
        draft = replace(draft, parts=self._parts(reader, draft.sku) or draft.parts)
        opening = reader.value("opening_stock", _amount_in(draft.unit)) or 0
        if opening and draft.parts:
            reader.refuse("opening_stock", BoxHasNoStock())
        self._check(reader, draft)
        if reader.refused:
            return None
        if old is None:
            return Planned(reader.row.number, draft, Change.NEW, opening)
        change = Change.SAME if draft == old else Change.CHANGED
        return Planned(reader.row.number, draft, change)

    def _read(self, reader: RowReader) -> None:
        """The row on its own; what it shares with others is looked at later."""
        sku = reader.value("sku", import_rows.code) or ""
        self._once(reader, "sku", sku)
        product_id = _id_of(self._session, sku)
        old = catalog.get_draft(self._session, product_id) if product_id else None
        draft = old or ProductDraft(sku=sku, name="", unit=Unit.PIECE)
        draft = replace(draft, **_changes(reader, draft))
        if old is not None and old.unit is not draft.unit:
            reader.refuse("sold_by", UnitIsFixed())
        barcode = reader.value("barcode", import_rows.code)
        if barcode and barcode not in {pack.code for pack in draft.barcodes}:
            draft = replace(draft, barcodes=(*draft.barcodes, PackCode(barcode)))
        self._once(reader, "barcode", barcode or "")
        self._once(reader, "plu", reader.text("plu"))
        self._describe(reader, draft.supplier)
        self._drafts[reader.row.number] = draft, old
        if reader.text("made_of"):
            self._units.pop(sku, None)  # a box is no part of a box
        else:
            self._units.setdefault(sku, draft.unit)

    def _once(self, reader: RowReader, column: str, value: str) -> None:
        """A code may stand in one row only."""
        first = self._seen.setdefault((column, value), reader.row.number)
        if value and first != reader.row.number:
            reader.refuse(column, TwiceInTable(value, first))

    def _describe(self, reader: RowReader, supplier: str) -> None:
        """Villages and terms are the supplier's: its rows must agree."""
        if not supplier:
            return
        details = self._details.setdefault(supplier, {"terms": Terms.OWN})
        for one in _DETAILS:
            value = reader.value(one.column, one.read)
            if value is None:
                continue
            row = reader.row.number
            first = self._described.setdefault((supplier, one.name), row)
            if first != row and details[one.name] != value:
                reader.refuse(one.column, OtherDetails(supplier, first))
            details[one.name] = value

    def _parts(self, reader: RowReader, box: str) -> tuple[Part, ...]:
        found: dict[str, Part] = {}
        for sku, count in import_rows.parts(reader.text("made_of")):
            unit = self._units.get(sku)
            if unit is None or sku == box:
                reader.refuse("made_of", NoSuchPart(sku))
                continue
            try:
                amount = _amount_in(unit)(count)
            except ValueError:
                amount = 0
            if not amount or sku in found:
                reader.refuse("made_of", WrongField(reader.label("made_of"), sku))
            found[sku] = Part(sku, amount)
        return tuple(found.values())

    def _check(self, reader: RowReader, draft: ProductDraft) -> None:
        """What the shop itself would say of the product, told of its cell."""
        try:
            catalog.check(self._session, draft)
        except (AlreadyTaken, MissingField, WrongField) as error:
            reader.refuse(_column_of(error.field), error)


def _changes(reader: RowReader, old: ProductDraft) -> dict[str, Any]:
    """The fields that the row gives; a category changes with its English name."""
    values = {one.name: reader.value(one.column, one.read) for one in _FIELDS}
    changes = {name: value for name, value in values.items() if value is not None}
    if changes.get("category", old.category) != old.category:
        changes["category_en"] = ""
    return changes


def _column_of(label: str) -> str:
    """The column of what the catalogue calls a field."""
    return {
        _("SKU"): "sku",
        _("Name"): "name",
        _("PLU"): "plu",
        _("County"): "county_code",
        _("Barcode"): "barcode",
    }[label]


def _amount_in(unit: Unit) -> Callable[[str], int]:
    """Tables count pieces, and weigh in kilograms as they price by them."""
    if unit is Unit.PIECE:
        return parse_pieces
    return lambda text: parse_grams(text, WeightUnit.KG)


def _id_of(session: Session, sku: str) -> int | None:
    return session.scalar(select(Product.id).where(Product.sku == sku))


def _piece_units(session: Session) -> dict[str, Unit]:
    """Everything that a gift box may hold, and what its amount counts."""
    found = select(Product.sku, Product.unit).where(Product.is_bundle.is_(False))
    return dict(session.execute(found).all())


def _details_of_suppliers(session: Session) -> dict[str, dict[str, Any]]:
    return {
        found.name: {
            "town": found.town,
            "village": found.village,
            "terms": found.terms,
        }
        for found in session.scalars(select(Supplier))
    }
