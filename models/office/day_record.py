"""What one business date came to, as frozen values for screen, paper and files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.kinds import AccountKind, Channel, Method, Scheme
from models.money import Money


@dataclass(frozen=True, slots=True)
class Sums:
    """Money of one row of a cut: list value − discount − 抹零 = net."""

    list_total: Money
    discount: Money
    rounding: Money
    net: Money


@dataclass(frozen=True, slots=True)
class Goods:
    """Quantities of one row of a cut; pieces and grams are never added."""

    pieces: int
    grams: int


@dataclass(frozen=True, slots=True)
class TenderRow:
    """One tender into one 收款账户 (the holder is empty for cash)."""

    method: Method
    holder: str
    account_kind: AccountKind | None
    receipts: int
    tendered: Money
    change: Money
    net: Money
    refunds: int = 0  # documents that gave money back this way; in the sums above
    refunded: Money = Money.ZERO


@dataclass(frozen=True, slots=True)
class CountyRow:
    """One county, or all 非帮扶 goods in a row of their own (empty code and name)."""

    code: str
    county: str
    county_en: str
    province: str
    prefecture: str
    scheme: Scheme
    colour: str  # "#RRGGBB", the county's everywhere
    receipts: int
    goods: Goods
    sums: Sums


@dataclass(frozen=True, slots=True)
class SchemeRow:
    scheme: Scheme
    receipts: int
    goods: Goods
    sums: Sums


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One channel at one outlet during one event (which may be empty)."""

    channel: Channel
    outlet: str
    event: str
    receipts: int
    goods: Goods
    sums: Sums


@dataclass(frozen=True, slots=True)
class ProductRow:
    sku: str
    name: str
    name_en: str
    county: str
    county_en: str
    county_code: str
    goods: Goods
    sums: Sums


@dataclass(frozen=True, slots=True)
class HourRow:
    hour: int  # 0 to 23, the shop's time
    receipts: int
    net: Money


@dataclass(frozen=True, slots=True)
class DaySummary:
    """One business date of one file; every cut sums to the same net, to the fen."""

    business_date: date
    made_at: datetime  # UTC
    shop_name: str
    till_code: str
    is_demo: bool
    receipts: int  # sales alone
    first_number: str  # empty when nothing was sold
    last_number: str
    goods: Goods
    sums: Sums
    tenders: tuple[TenderRow, ...]
    counties: tuple[CountyRow, ...]  # the largest first, 非帮扶 last
    schemes: tuple[SchemeRow, ...]
    places: tuple[PlaceRow, ...]
    products: tuple[ProductRow, ...]  # the largest first
    hours: tuple[HourRow, ...]  # from the first to the last hour with a sale
    refunds: int = 0  # and compensations; their money is in all sums
    refunded: Money = Money.ZERO
    training: Money = Money.ZERO  # what was practised comes to; in no other figure
    passed_on: Money = Money.ZERO  # of the day's 个人码, to whom it belongs

    @property
    def still_held(self) -> Money:
        """待转交: taken on personal codes, and not handed over yet."""
        personal = AccountKind.PERSONAL
        taken = [row.net for row in self.tenders if row.account_kind is personal]
        return Money.sum(taken) - self.passed_on

    @property
    def is_empty(self) -> bool:
        """Whether nothing was sold, refunded or corrected."""
        return not self.last_number
