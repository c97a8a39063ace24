"""What a person wants to be done with goods, as the panels say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.deals import Rule
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


@dataclass(frozen=True, slots=True)
class NewPromotion:
    """A rule with what was typed for it, None where a field stands empty.

    ``where`` as of an offer; ``tenths`` is 折 in hundredths, so that 5 折 is 500.
    """

    rule: Rule
    where: str
    first: date
    last: date
    name: str = ""  # empty: it is called what the rule says
    is_for_one: bool = False  # for the product, else for all goods
    product_id: int | None = None
    pieces: int | None = None
    free: int | None = None
    tenths: int | None = None
    price: Money | None = None
    over: Money | None = None
    off: Money | None = None
    repeats: bool = False
    stacks: bool = False
