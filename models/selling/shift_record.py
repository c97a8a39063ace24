"""What one shift came to, as frozen values for screen, paper and the stored Z."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.journal.marks import Mark
from models.kinds import AccountKind, Channel, Method, Scheme
from models.money import Money
from models.people.rights import Act
from models.quantity import Unit
from models.selling.denominations import Pieces


class CashKind(StrEnum):
    """Why cash moved without a sale; positive amounts come into the drawer."""

    FUND = "fund"  # 补充备用金
    DROP = "drop"  # 取出缴款
    EXPENSE = "expense"  # 费用
    CHANGE = "change"  # 换零: out and in, both in one sum
    RETURN = "return"  # 归还
    CORRECTION = "correction"  # 更正: the opposite of an earlier one


class LeftKind(StrEnum):
    """What is still to be settled when a shift closes."""

    PARKED = "parked"
    HALF_PAID = "half_paid"  # money may be in, and no sale is stored
    BASKET = "basket"  # open, with nothing paid on it
    PRINTS = "prints"
    AWAITING = "awaiting"  # an earlier shift that nobody has taken over


@dataclass(frozen=True, slots=True)
class Opening:
    """The float as the last shift left it, as it was counted, and between them."""

    expected: Money | None  # None: nobody has left or counted one
    counted: Money
    note: str = ""

    @property
    def variance(self) -> Money | None:
        return None if self.expected is None else self.counted - self.expected


@dataclass(frozen=True, slots=True)
class TenderLine:
    """One method into one 收款账户; sales and refunds apart, both above zero."""

    method: Method
    account_id: int | None
    holder: str
    account_kind: AccountKind | None
    sales_n: int
    sales: Money
    refunds_n: int
    refunds: Money
    tendered: Money
    change: Money

    @property
    def net(self) -> Money:
        return self.sales - self.refunds

    @property
    def is_to_hand_over(self) -> bool:
        """待转交: it is on somebody's own phone."""
        return self.account_kind is AccountKind.PERSONAL


@dataclass(frozen=True, slots=True)
class MovementSum:
    kind: CashKind
    n: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Drawer:
    """Cash: what lay there, what sales left there, what else was moved."""

    float_: Money
    sales: Money
    refunds: Money
    movements: tuple[MovementSum, ...]

    @property
    def moved(self) -> Money:
        return Money.sum(one.amount for one in self.movements)

    @property
    def expected(self) -> Money:
        return self.float_ + self.sales - self.refunds + self.moved


@dataclass(frozen=True, slots=True)
class Cut:
    """One row of a cut by category, county or channel; the rows sum to the net."""

    name: str
    name_en: str
    net: Money
    code: str = ""  # of the county
    scheme: Scheme = Scheme.NONE
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """A correction or refusal that the Z tells with its name and reason."""

    at: datetime
    staff: str
    act: Act
    subject: str
    amount: Money | None
    reason: str
    approver: str  # empty: nobody was asked
    is_refused: bool
    is_unwitnessed: bool  # by one person alone


@dataclass(frozen=True, slots=True)
class Oversold:
    """Sold in this shift and below zero on the shelf when it closed."""

    name: str
    name_en: str
    on_hand: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Left:
    kind: LeftKind
    n: int
    amount: Money = (
        Money.ZERO
    )  # of half-paid baskets what was taken, of parked their sum


@dataclass(frozen=True, slots=True)
class Sums:
    """Gross − discounts − 抹零 − refunds = net."""

    gross: Money
    discounts: Money
    rounding: Money
    refunds: Money
    net: Money


@dataclass(frozen=True, slots=True)
class Figures:
    """What a shift sold, for X and Z alike."""

    receipts: int
    sales_n: int
    refunds_n: int
    first_number: str  # empty when nothing was sold
    last_number: str
    sums: Sums
    tenders: tuple[TenderLine, ...]
    drawer: Drawer
    opening: Opening
    categories: tuple[Cut, ...]
    regions: tuple[Cut, ...]
    channels: tuple[Cut, ...]
    deeds: tuple[Deed, ...]
    oversold: tuple[Oversold, ...]
    left: tuple[Left, ...]
    training: Money
    perpetual: Money  # all that this till ever sold, to the end of this shift

    @property
    def to_hand_over(self) -> Money:
        """待转交, over all personal codes."""
        return Money.sum(one.net for one in self.tenders if one.is_to_hand_over)

    def done(self, *acts: Act) -> int:
        """How often one of these was done, with or without a witness."""
        return sum(one.act in acts and not one.is_refused for one in self.deeds)

    @property
    def refused(self) -> int:
        return sum(one.is_refused for one in self.deeds)


def of_account(lines: Iterable[TenderLine], account_id: int) -> tuple[Money, int]:
    """What came into one account by whatever wallet, and in how many payments."""
    mine = [one for one in lines if one.account_id == account_id]
    return Money.sum(x.net for x in mine), sum(x.sales_n + x.refunds_n for x in mine)


@dataclass(frozen=True, slots=True)
class Signed:
    """Why the drawer was over or short, and who answers for it."""

    at: datetime
    reason: str
    note: str
    staff: str
    approver: str  # empty: nobody was asked
    is_unwitnessed: bool  # by one person alone


@dataclass(frozen=True, slots=True)
class CountRecord:
    """One tender as it was counted in one round."""

    id: int
    method: Method
    account_id: int | None  # None: cash
    holder: str
    account_kind: AccountKind | None
    round: int
    at: datetime
    staff_id: int
    staff: str
    counted: Money
    counted_n: int | None  # the merchant app's number of payments; cash has none
    expected: Money
    expected_n: int | None
    suspect: Money
    pieces: tuple[Pieces, ...]
    note: str
    signed: Signed | None

    @property
    def variance(self) -> Money:
        """长款 above zero, 短款 below."""
        return self.counted - self.expected

    @property
    def is_settled(self) -> bool:
        return not self.variance or self.signed is not None


@dataclass(frozen=True, slots=True)
class Split:
    """Where the counted cash goes; the three add up to it."""

    left: Money  # 备用金 for the next shift
    banked: Money
    handed: Money

    @property
    def total(self) -> Money:
        return self.left + self.banked + self.handed


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Money of a personal code that somebody has taken over from its holder."""

    at: datetime
    holder: str
    receiver: str
    amount: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShiftRecord:
    """One shift on paper: an X while it sells, its Z and counts after that."""

    shop_name: str
    is_demo: bool
    till_code: str
    outlet: str
    event: str
    number: int
    z_number: int | None  # None: an X, which is stored nowhere
    business_date: date
    made_at: datetime
    opened: Signature
    sealed: Signature | None
    accepted: Signature | None
    is_self_signed: bool
    closing_note: str
    figures: Figures
    counts: tuple[CountRecord, ...]  # all rounds, cash first
    split: Split | None
    passed_on: tuple[PassedOn, ...] = ()  # of 个人码, so far
    mark: Mark | None = None  # of the Z's record in the journal

    @property
    def still_held(self) -> Money:
        """待转交: on personal codes, and not handed over yet."""
        return self.figures.to_hand_over - Money.sum(x.amount for x in self.passed_on)

    @property
    def last_counts(self) -> tuple[CountRecord, ...]:
        """Of each tender the round that holds."""
        last = {(one.method, one.account_id): one for one in self.counts}
        return tuple(last.values())

    @property
    def cash_count(self) -> CountRecord | None:
        cash = [one for one in self.last_counts if one.method is Method.CASH]
        return cash[0] if cash else None

    @property
    def z_name(self) -> str:
        return "" if self.z_number is None else f"{self.till_code}-Z{self.z_number:04}"
