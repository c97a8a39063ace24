"""A product as a form or a table gives it, before and after it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from models.kinds import Terms
from models.money import Money
from models.quantity import Unit


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
