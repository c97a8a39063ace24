"""What a stored sale says, as frozen values for screen and paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.journal.marks import Mark
from models.kinds import (
    AccountKind,
    BuyerKind,
    Channel,
    DiscountKind,
    Method,
    OutletKind,
    PriceReason,
    SaleKind,
    Scheme,
)
from models.money import Money
from models.quantity import Quantity


@dataclass(frozen=True, slots=True)
class PartRecord:
    """One product inside a gift box or bundle, for all boxes of the line together."""

    name: str
    name_en: str
    county: str
    county_en: str
    quantity: Quantity
    net: Money


@dataclass(frozen=True, slots=True)
class LineRecord:
    """One line of the ticket; a gift box is one line with its parts."""

    line_no: int
    sku: str
    barcode: str
    name: str
    name_en: str
    county: str  # empty: 非帮扶, or a gift box whose parts name theirs
    county_en: str
    count: Quantity  # pieces, packs or grams, as sold
    pack_size: int  # pieces in one of ``count``; 1 unless a pack was sold
    list_price: Money  # 原价, per piece, pack or kilogram
    price: Money  # 成交价, likewise
    reason: PriceReason
    list_total: Money
    total: Money  # at the price paid, before order discount and 抹零
    net: Money  # after everything
    parts: tuple[PartRecord, ...] = ()
    discounted: Money = Money.ZERO  # of ``total``, by a discount on this line


@dataclass(frozen=True, slots=True)
class PaymentRecord:
    method: Method
    holder: str  # of the 收款账户; empty for cash
    account_kind: AccountKind | None
    reference: str
    tendered: Money
    change: Money
    net: Money
    takes_back: Method | None = None  # how the money came that this gives back


@dataclass(frozen=True, slots=True)
class CountyShare:
    """What one county receives of a sale, after discounts and 抹零."""

    code: str  # GB/T 2260
    county: str
    county_en: str
    scheme: Scheme
    net: Money


@dataclass(frozen=True, slots=True)
class DiscountRecord:
    """What was taken off: by a promotion (its name) or by somebody (why)."""

    kind: DiscountKind
    label: str
    reason: str
    percent_bp: int  # 0 where an amount was given
    amount: Money


@dataclass(frozen=True, slots=True)
class CorrectsRecord:
    """Which sale a refund or another correction is of, and why."""

    number: str  # empty without a receipt
    business_date: date | None
    reason: str
    approver_name: str = ""  # empty where whoever did it may
    red_invoice: str = ""  # 需红字发票: the number of the invoice that is wrong now


@dataclass(frozen=True, slots=True)
class SaleRecord:
    id: int
    uuid: str
    number: str  # "T01-000123"
    code: str  # what the receipt's QR holds (RULINGS.md 10)
    at: datetime  # UTC
    business_date: date
    shop_name: str
    outlet_name: str
    outlet_kind: OutletKind
    channel: Channel
    event_name: str  # may be empty
    till_code: str
    till_name: str
    shift_number: int
    seller_name: str
    buyer_kind: BuyerKind
    is_demo: bool
    lines: tuple[LineRecord, ...]
    payments: tuple[PaymentRecord, ...]
    counties: tuple[CountyShare, ...]  # assisted only, the largest first
    list_total: Money
    discount: Money  # list − discount − rounding = net
    rounding: Money  # 抹零, as a positive amount taken off
    net: Money
    kind: SaleKind = SaleKind.SALE
    discounts: tuple[DiscountRecord, ...] = ()
    corrects: CorrectsRecord | None = None
    slip: str = ""  # 补录: the paper slip that this was sold on
    entered_at: datetime | None = None  # 补录: when it was typed in; sold it was ``at``
    is_training: bool = False  # only practised: it is in no sum
    mark: Mark | None = None  # of its record in the journal

    @property
    def tendered(self) -> Money:
        return Money.sum(payment.tendered for payment in self.payments)

    @property
    def change(self) -> Money:
        return Money.sum(payment.change for payment in self.payments)
