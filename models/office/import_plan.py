"""What the rows of a table make of the shop's goods: drafts, and what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from models.errors import AlreadyTaken, MissingField, WrongField
from models.goods.drafts import PackCode, Part, ProductDraft
from models.i18n import _
from models.office import import_rows
from models.office.aside import Steps
from models.office.import_rows import RowReader
from models.office.refusals import (
    BoxHasNoStock,
    NoSuchPart,
    OtherDetails,
    PartOfABox,
    RowRefused,
    TwiceInTable,
    UnitIsFixed,
)
from models.office.stored_goods import Details, Stored, StoredGoods
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
    draft: ProductDraft  # without its picture, which no table holds
    change: Change
    opening: int = 0  # pieces or grams
    stored: Stored | None = None  # what it was at this look


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; nothing of it has happened yet."""

    drafts: tuple[Planned, ...]
    errors: tuple[RowRefused, ...]
    new: int
    changed: int
    same: int
    suppliers: Mapping[str, Details] = field(default_factory=dict)  # as they were


def plan(goods: StoredGoods, rows: list[RowReader], steps: Steps) -> Preview:
    """All rows together: one may name goods of a later one."""
    made = _Plan(goods, rows, steps)
    drafts = []
    for reader in rows:
        planned = made.of(reader)
        if planned is not None:
            drafts.append(planned)
        steps.step()
    errors = tuple(error for reader in rows for error in reader.refused)
    counts = Counter(one.change for one in drafts)
    return Preview(
        drafts=tuple(drafts),
        errors=errors,
        new=counts[Change.NEW],
        changed=counts[Change.CHANGED],
        same=counts[Change.SAME],
        suppliers=goods.suppliers,
    )


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
    _Field("plu", "plu", import_rows.plu),
    _Field("certified", "is_certified", import_rows.yes_or_no),
    _Field("certificate", "certificate"),
    _Field("shelf_life_days", "shelf_life_days", import_rows.days),
    _Field("supplier", "supplier"),
    _Field("tax_rate", "tax_rate_bp", import_rows.rate),
    _Field("below_zero", "below_zero", import_rows.below_zero),
    _Field("active", "is_active", import_rows.yes_or_no),
)
_DETAILS = (
    _Field("town", "town"),
    _Field("village", "village"),
    _Field("terms", "terms", import_rows.terms),
)
_NOTHING = ProductDraft(sku="", name="", unit=Unit.PIECE)


@dataclass(slots=True)
class _Row:
    """A row as far as it is read: the product it names, and what it changes of it."""

    sku: str
    stored: Stored | None
    changes: dict[str, Any]

    @property
    def old(self) -> ProductDraft:
        return self.stored.draft if self.stored is not None else _NOTHING

    def value(self, name: str) -> Any:
        """A field as it will be."""
        return self.changes[name] if name in self.changes else getattr(self.old, name)


class _Plan:
    def __init__(
        self, goods: StoredGoods, readers: list[RowReader], steps: Steps
    ) -> None:
        self._goods = goods
        self._seen: dict[tuple[str, str], int] = {}  # (column, value) -> row
        self._units = goods.piece_units()
        self._details = dict(goods.suppliers)
        self._described: dict[tuple[str, str], int] = {}
        self._rows: dict[int, _Row] = {}
        self._boxes: set[str] = set()  # whose content the table gives
        for reader in readers:
            self._read(reader)
            steps.step()

    def of(self, reader: RowReader) -> Planned | None:
        """What the row does; None if it is refused, which the reader then knows."""
        if reader.refused:
            return None
        row = self._rows[reader.row.number]
        supplier = row.value("supplier")
        if supplier:
            found = self._details[supplier]
            row.changes |= {one.name: getattr(found, one.name) for one in _DETAILS}
        parts = self._parts(reader, row.sku)
        if parts:
            row.changes["parts"] = parts
        draft = replace(row.old, sku=row.sku, **row.changes)
        opening = reader.value("opening_stock", _amount_in(draft.unit)) or 0
        if opening and draft.parts:
            reader.refuse("opening_stock", BoxHasNoStock())
        self._check(reader, draft)
        if reader.refused:
            return None
        number, stored = reader.row.number, row.stored
        if stored is None:
            return Planned(number, draft, Change.NEW, opening)
        change = Change.SAME if draft == stored.draft else Change.CHANGED
        return Planned(number, draft, change, stored=stored)

    def _read(self, reader: RowReader) -> None:
        """The row on its own; what it shares with others is looked at later."""
        sku = reader.value("sku", import_rows.code) or ""
        self._once(reader, "sku", sku)
        row = _Row(sku, self._goods.find(sku), {})
        row.changes = _changes(reader, row.old)
        unit = row.value("unit")
        if row.stored is not None and row.old.unit is not unit:
            reader.refuse("sold_by", UnitIsFixed())
        given = reader.value("barcode", import_rows.packs) or ()
        for pack in given:
            self._once(reader, "barcode", pack.code)
        row.changes["barcodes"] = _with_codes(row.old.barcodes, given)
        self._once(reader, "plu", row.changes.get("plu", ""))
        self._describe(reader, row.value("supplier"))
        self._rows[reader.row.number] = row
        if reader.text("made_of"):
            self._boxes.add(sku)
            self._units.pop(sku, None)  # a box is no part of a box
        elif not row.old.parts:
            self._units.setdefault(sku, unit)

    def _once(self, reader: RowReader, column: str, value: str) -> None:
        """A code may stand in one row only."""
        first = self._seen.setdefault((column, value), reader.row.number)
        if value and first != reader.row.number:
            reader.refuse(column, TwiceInTable(value, first))

    def _describe(self, reader: RowReader, supplier: str) -> None:
        """Villages and terms are the supplier's: its rows must agree."""
        if not supplier:
            return
        details = self._details.setdefault(supplier, Details())
        for one in _DETAILS:
            value = reader.value(one.column, one.read)
            if value is None:
                continue
            row = reader.row.number
            first = self._described.setdefault((supplier, one.name), row)
            if getattr(details, one.name) == value:
                continue
            if first != row:
                reader.refuse(one.column, OtherDetails(supplier, first))
            details = replace(details, **{one.name: value})
        self._details[supplier] = details

    def _parts(self, reader: RowReader, box: str) -> tuple[Part, ...]:
        given = import_rows.parts(reader.text("made_of"))
        if given and box in self._inside_boxes:
            reader.refuse("made_of", PartOfABox(box))
        found: dict[str, Part] = {}
        for sku, count in given:
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

    @cached_property
    def _inside_boxes(self) -> set[str]:
        """What boxes hold that the table does not fill anew."""
        boxes = self._goods.boxes()
        return {part.sku for box in boxes.keys() - self._boxes for part in boxes[box]}

    def _check(self, reader: RowReader, draft: ProductDraft) -> None:
        """What the shop itself would say of the product, told of its cell."""
        try:
            self._goods.check(draft)
        except (AlreadyTaken, MissingField, WrongField) as error:
            reader.refuse(_column_of(error.field), error)


def _changes(reader: RowReader, old: ProductDraft) -> dict[str, Any]:
    """The fields that the row gives; a category changes with its English name."""
    values = {one.name: reader.value(one.column, one.read) for one in _FIELDS}
    changes = {name: value for name, value in values.items() if value is not None}
    if changes.get("category", old.category) != old.category:
        changes["category_en"] = ""
    return changes


def _with_codes(
    old: tuple[PackCode, ...], given: tuple[PackCode, ...]
) -> tuple[PackCode, ...]:
    """Codes are added to those that are there; a pack that is described is changed."""
    codes = {pack.code: pack for pack in old}
    for pack in given:
        if pack.code not in codes or pack != PackCode(pack.code):
            codes[pack.code] = pack
    return tuple(codes.values())


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
