"""What a day's close says, as frozen values for screen, paper, table and the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.kinds import AccountKind, Channel, Method, SaleKind, Scheme
from models.money import Money
from models.selling.shift_record import Signature


class DayState(StrEnum):
    """How far a date is, as the calendar shows it."""

    EMPTY = "empty"  # no shift has this date
    OPEN = "open"  # a shift sells, or waits for its count or its handover
    COUNTED = "counted"  # all handed over, with no difference; nobody has signed
    DIFFERENT = "different"  # all handed over, and something differs
    CLOSED = "closed"  # signed, and all agrees


class CheckKind(StrEnum):
    """What is held against what (DOMAIN.md 4.4, step 8)."""

    SHIFTS = "shifts"  # the shifts' Z = the receipts of the date
    LINES = "lines"  # lines = receipts
    TENDERS = "tenders"  # tenders = receipts
    STOCK = "stock"  # what left the shelf = lines
    DRAWERS = "drawers"  # float + cash + movements = what the count expected
    SPLITS = "splits"  # what stays, goes to the bank and is handed on = counted
    FLOATS = "floats"  # each float as it was left = as it was counted
    COUNTS = "counts"  # 长短款: counted = expected, of all tenders
    ACCOUNTS = "accounts"  # every 收款账户 was counted
    HELD = "held"  # of 个人码 nothing is still to be handed over
    HALF_PAID = "half_paid"  # no money was taken for no sale
    PRINTS = "prints"  # every paper came


# No differences: they are only still to be done, and keep no day from being right.
_REMARKS = {CheckKind.HELD, CheckKind.HALF_PAID, CheckKind.PRINTS}


@dataclass(frozen=True, slots=True)
class Check:
    """Two sums that should be one, or a number of things that should be none."""

    kind: CheckKind
    one: Money | None = None
    other: Money | None = None
    n: int = 0  # of things that are not as they should be
    amount: Money | None = None  # of those, where they have one
    names: tuple[str, ...] = ()

    @property
    def difference(self) -> Money:
        """How much the first is above the second, or what is still open."""
        if self.one is None or self.other is None:
            return self.amount or Money.ZERO
        return self.one - self.other

    @property
    def is_right(self) -> bool:
        return not self.n and not self.difference

    @property
    def must_be_explained(self) -> bool:
        return not self.is_right and self.kind not in _REMARKS


@dataclass(frozen=True, slots=True)
class TenderMatch:
    """One method into one 收款账户: what came in by the receipts, and as counted.

    Of cash it is what sales left in the drawer, without float and movements.
    """

    method: Method  # of an account its wallet; PHONE: either
    account_id: int | None  # None: no account
    holder: str
    account_kind: AccountKind | None
    expected: Money
    counted: Money | None  # None: nobody has counted it
    reasons: tuple[str, ...] = ()  # why it differs, as signed

    @property
    def difference(self) -> Money:
        """长款 above zero, 短款 below."""
        return Money.ZERO if self.counted is None else self.counted - self.expected


@dataclass(frozen=True, slots=True)
class DayShift:
    """One shift beside the others."""

    number: int
    z_name: str
    outlet: str
    opened: Signature
    sealed: Signature
    counted: Signature
    accepted: Signature
    is_self_signed: bool
    business_date: date
    calendar_date: date  # it was opened on; an earlier one if that was closed already
    receipts: int  # sales alone
    gross: Money
    discounts: Money
    rounding: Money
    refunds: Money
    net: Money
    float_: Money
    float_left: Money | None  # by the shift before it
    cash: Money  # of sales and refunds
    moved: Money
    cash_expected: Money
    cash_counted: Money
    left: Money
    banked: Money
    handed: Money
    tenders: tuple[TenderMatch, ...]

    @property
    def cash_difference(self) -> Money:
        return self.cash_counted - self.cash_expected

    @property
    def difference(self) -> Money:
        """长短款 of all its tenders."""
        return Money.sum(one.difference for one in self.tenders)


@dataclass(frozen=True, slots=True)
class CutRow:
    """County × channel × product."""

    code: str
    county: str
    county_en: str
    scheme: Scheme
    channel: Channel
    sku: str
    name: str
    name_en: str
    pieces: int
    grams: int
    net: Money


@dataclass(frozen=True, slots=True)
class ExternalRow:
    """非本机: sold elsewhere; in no receipt and no cash of this till."""

    day: date  # to which it belongs
    code: str
    county: str
    county_en: str
    scheme: Scheme
    channel: Channel
    source: str
    amount: Money
    note: str


@dataclass(frozen=True, slots=True)
class LateRow:
    """A document of this date that belongs to an earlier one."""

    number: str
    kind: SaleKind
    belongs_to: date
    original: str  # number of the sale it corrects; "" for a paper slip
    amount: Money


@dataclass(frozen=True, slots=True)
class DayRecord:
    """One business date of one file, as it is signed (or would be now)."""

    business_date: date
    made_at: datetime
    shop_name: str
    till_code: str
    is_demo: bool
    receipts: int
    net: Money
    shifts: tuple[DayShift, ...]
    tenders: tuple[TenderMatch, ...]
    checks: tuple[Check, ...]
    cuts: tuple[CutRow, ...]
    external: tuple[ExternalRow, ...]
    late: tuple[LateRow, ...]
    signed: Signature | None = None  # None: not closed yet
    is_self_signed: bool = False
    note: str = ""

    @property
    def difference(self) -> Money:
        """长短款 of all tenders of all shifts."""
        return Money.sum(one.difference for one in self.shifts)

    @property
    def is_different(self) -> bool:
        return any(one.must_be_explained for one in self.checks)
