"""What an invoice says, as frozen values for screens and tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.money import Money


class InvoiceState(StrEnum):
    WANTED = "wanted"  # 未开
    ISSUED = "issued"  # 已开
    REVERSED = "reversed"  # 已红冲


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the customer tells."""

    title: str
    tax_number: str = ""
    contact: str = ""
    amount: Money | None = None  # None: all that is left of the receipt


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    id: int
    receipt: str
    business_date: date
    title: str
    tax_number: str
    amount: Money
    contact: str
    state: InvoiceState
    number: str
    red_number: str
    sale_id: int
