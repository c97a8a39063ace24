"""What a person wants to be done with goods, as the panels say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.money import Money
from models.quantity import Quantity


@dataclass(frozen=True, slots=True)
class StockAct:
    """Goods move; amounts have no sign."""

    reason: str  # a value of models.goods.stock.Reason
    amount: Quantity
    note: str = ""
    made_id: int | None = None  # repacking: into which goods,
    made: Quantity | None = None  # and how many of them
    outlet_id: int | None = None  # a transfer: where to


@dataclass(frozen=True, slots=True)
class NewOffer:
    """A price for some days; ``where`` is "everywhere", "outlet" or "event"."""

    price: Money  # per piece or kilogram
    where: str
    first: date
    last: date
