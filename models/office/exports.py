"""The catalogue as a table that people read and the import takes back unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from models.goods.drafts import BelowZero, PackCode, ProductDraft
from models.i18n import Language
from models.kinds import Terms
from models.money import Money
from models.office.import_rows import ALIASES
from models.office.stored_goods import StoredGoods
from models.office.table_writing import Cells, ExportTable
from models.quantity import GRAMS_PER_KG, Unit

# As the import calls them.
COLUMNS = (
    "sku",
    "name",
    "name_en",
    "county_code",
    "category",
    "unit",
    "spec",
    "sold_by",
    "price_yuan",
    "cost_yuan",
    "tax_rate",
    "barcode",
    "plu",
    "certified",
    "certificate",
    "shelf_life_days",
    "supplier",
    "town",
    "village",
    "terms",
    "below_zero",
    "active",
    "opening_stock",
    "made_of",
)
_AMOUNTS = ("price_yuan", "cost_yuan")
_WIDE = {"name": 30, "name_en": 30, "supplier": 26, "made_of": 30, "barcode": 30}
_WIDTH = 14


def catalogue(session: Session, language: Language) -> ExportTable:
    """All goods, on sale or not, in the order of the list."""
    goods = StoredGoods(session)
    words, units = _WORDS[language], goods.piece_units()
    rows = (_cells(one.draft, words, units) for one in goods.all())
    return ExportTable(
        _titles(language),
        tuple(rows),
        tuple(_WIDE.get(column, _WIDTH) for column in COLUMNS),
        frozenset(COLUMNS.index(column) for column in _AMOUNTS),
        columns_kept=2,
    )


def _titles(language: Language) -> tuple[str, ...]:
    if language is Language.EN:
        return COLUMNS
    chinese: dict[str, str] = {}
    for title, column in ALIASES.items():
        chinese.setdefault(column, title)
    return tuple(chinese[column] for column in COLUMNS)


# --- the cells of a product -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """What the import reads in either language."""

    is_so: dict[bool, str]
    by: dict[Unit, str]
    terms: dict[Terms, str]
    below_zero: dict[BelowZero, str]


_WORDS = {
    Language.EN: _Words(
        {True: "yes", False: "no"},
        {Unit.PIECE: "piece", Unit.GRAM: "weight"},
        {one: one.value for one in Terms},
        {one: one.value for one in BelowZero},
    ),
    Language.ZH: _Words(
        {True: "是", False: "否"},
        {Unit.PIECE: "计件", Unit.GRAM: "称重"},
        {Terms.OWN: "经销", Terms.CONSIGNMENT: "代销", Terms.JOINT: "联营"},
        {BelowZero.WARN: "提醒", BelowZero.BLOCK: "不卖"},
    ),
}


def _cells(draft: ProductDraft, words: _Words, units: dict[str, Unit]) -> Cells:
    """In the order of COLUMNS; stock is none of the catalogue's."""
    return (
        draft.sku,
        draft.name,
        draft.name_en,
        draft.county_code,
        draft.category,
        draft.unit_name,
        draft.spec,
        words.by[draft.unit],
        _amount(draft.price),
        _amount(draft.cost),
        "" if draft.tax_rate_bp is None else Decimal(draft.tax_rate_bp) / 100,
        _codes(draft.barcodes),
        draft.plu,
        words.is_so[draft.is_certified],
        draft.certificate,
        "" if draft.shelf_life_days is None else draft.shelf_life_days,
        draft.supplier,
        draft.town,
        draft.village,
        words.terms[draft.terms] if draft.supplier else "",
        words.below_zero[draft.below_zero],
        words.is_so[draft.is_active],
        "",
        _made_of(draft, units),
    )


def _amount(amount: Money | None) -> str | Decimal:
    return "" if amount is None else Decimal(amount.plain)


def _codes(packs: Iterable[PackCode]) -> str:
    """ "6970019000015; 6970019000022 ×10 220.00"; no code holds a blank."""
    return "; ".join(_code(pack) for pack in packs)


def _code(pack: PackCode) -> str:
    if pack.price is not None:
        return f"{pack.code} ×{pack.pack_size} {pack.price.plain}"
    return pack.code if pack.pack_size == 1 else f"{pack.code} ×{pack.pack_size}"


def _made_of(draft: ProductDraft, units: dict[str, Unit]) -> str:
    """ "SAUCE:2;WALNUT:0.5": pieces, or kilograms of what is weighed."""
    amounts = {
        part.sku: Decimal(part.amount) / GRAMS_PER_KG
        if units[part.sku] is Unit.GRAM
        else part.amount
        for part in draft.parts
    }
    return "; ".join(f"{sku}:{amount}" for sku, amount in amounts.items())
