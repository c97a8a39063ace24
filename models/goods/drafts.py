"""A product as a form or a table gives it, before and after it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from models.codes import is_barcode, is_made_a_number
from models.errors import AlreadyTaken, MissingField, WrongField
from models.i18n import _
from models.kinds import Terms
from models.money import Money
from models.quantity import Unit
from models.written import tidy_field

_PARTING = set(";；：")  # part SKUs and amounts in tables
OTHER_CATEGORY = "其他"  # of goods that are given none


class BelowZero(StrEnum):
    """What happens when more is sold than is on hand."""

    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class PackCode:
    """A barcode as it is typed in: how many pieces, and the pack's own price if any."""

    code: str
    pack_size: int = 1
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class Part:
    sku: str
    amount: int


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product as a form or a table gives it."""

    sku: str
    name: str
    unit: Unit
    name_en: str = ""
    category: str = ""
    category_en: str = ""
    county_code: str = ""  # empty: 非帮扶 or a bundle
    unit_name: str = ""
    spec: str = ""
    price: Money | None = None
    cost: Money | None = None
    tax_rate_bp: int | None = None
    barcodes: tuple[PackCode, ...] = ()
    plu: str = ""
    supplier: str = ""
    town: str = ""
    village: str = ""
    terms: Terms = Terms.OWN
    is_certified: bool = False
    certificate: str = ""
    shelf_life_days: int | None = None
    picture: bytes | None = None
    below_zero: BelowZero = BelowZero.WARN
    is_active: bool = True
    parts: tuple[Part, ...] = field(default=())


def tidied(draft: ProductDraft) -> ProductDraft:
    """The draft with all its words as they are stored, from a form as from a table.

    Raises WordsRefused naming the field.
    """
    words: dict[str, Any] = {
        name: tidy_field(getattr(draft, name), label) for name, label in _words()
    }
    barcode = _("Barcode")
    packs = (
        replace(pack, code=tidy_field(pack.code, barcode)) for pack in draft.barcodes
    )
    return replace(draft, **words, barcodes=tuple(packs))


def _words() -> tuple[tuple[str, str], ...]:
    """Each field that holds words, and what the form calls it."""
    return (
        ("name", _("Name")),
        ("sku", _("SKU")),
        ("name_en", _("English name")),
        ("category", _("Category")),
        ("category_en", _("Category in English")),
        ("unit_name", _("Unit, such as bag or box")),
        ("spec", _("Specification")),
        ("plu", _("PLU")),
        ("supplier", _("Supplier")),
        ("town", _("Town")),
        ("village", _("Village")),
        ("certificate", _("Certificate number")),
    )


def check_alone(draft: ProductDraft) -> None:
    """Say kindly what is wrong with a draft, whatever else the shop has.

    Raises ProductNotSaved naming the field.
    """
    for text, label in ((draft.sku, _("SKU")), (draft.name, _("Name"))):
        if not text.strip():
            raise MissingField(label)
    if _PARTING & set(draft.sku) or is_made_a_number(draft.sku):
        raise WrongField(_("SKU"), draft.sku)
    if draft.price is not None and draft.price < Money.ZERO:
        raise WrongField(_("Price"), draft.price.plain)
    plu = draft.plu
    if plu and not (plu.isascii() and plu.isdecimal() and plu.strip("0")):
        raise WrongField(_("PLU"), plu)
    if draft.parts and (draft.county_code or draft.unit is not Unit.PIECE):
        raise WrongField(_("County"), draft.county_code or draft.unit.value)
    _check_codes(draft)


def _check_codes(draft: ProductDraft) -> None:
    codes = [pack.code for pack in draft.barcodes]
    for pack in draft.barcodes:
        if not _can_carry(draft, pack):
            raise WrongField(_("Barcode"), pack.code)
        if codes.count(pack.code) > 1:
            raise AlreadyTaken(_("Barcode"), pack.code, draft.name)


def plu_of(draft: ProductDraft) -> str | None:
    """As a label says it: scales print leading zeros, which mean nothing."""
    return draft.plu.lstrip("0") or None


def _can_carry(draft: ProductDraft, pack: PackCode) -> bool:
    """Weighed goods come in no packs: what would the price of one be?"""
    sizes = {1} if draft.unit is Unit.GRAM else range(1, 1_000_000)
    is_priced = pack.price is None or pack.price >= Money.ZERO
    return is_barcode(pack.code) and pack.pack_size in sizes and is_priced
