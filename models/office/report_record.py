"""What a report over a period says, as frozen values for screen, paper and files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.kinds import Cut
from models.money import Money
from models.office.day_record import Goods, Sums
from models.office.periods import Against, Period

# Of these it is known too what was sold elsewhere (外部数据填报).
KNOWN_ELSEWHERE = (Cut.COUNTY, Cut.SCHEME, Cut.CHANNEL)
WITH_TARGETS = (Cut.COUNTY, Cut.SCHEME)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of a cut: own figures, and beside them what is never added to them."""

    key: str  # see models.selling.cut_keys
    label: str  # a name out of the file; "" where the key says it all
    label_en: str
    colour: str  # of a county; else ""
    receipts: int  # sales alone
    goods: Goods
    sums: Sums
    elsewhere: Money  # 非本机
    before: Money  # own net of the period that it is compared with
    target: Money | None  # of the whole year
    so_far: Money  # own net and 非本机 from the year's first day to the period's last

    @property
    def change(self) -> Money:
        return self.sums.net - self.before

    @property
    def change_permille(self) -> int | None:
        """The change in thousandths; None where there was nothing before."""
        return permille(self.change, self.before)

    @property
    def done_permille(self) -> int | None:
        """How much of the target is reached; None without one."""
        return None if self.target is None else permille(self.so_far, self.target)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of a report: its own net in all, and of each row of the cut."""

    period: Period
    net: Money
    nets: tuple[Money, ...]  # in the order of the report's rows


@dataclass(frozen=True, slots=True)
class Report:
    """One cut of a period; the rows sum to the total."""

    shop_name: str
    till_code: str
    is_demo: bool
    made_at: datetime  # UTC
    cut: Cut
    period: Period
    against: Against
    compared: Period
    rows: tuple[ReportRow, ...]
    total: ReportRow
    schemes: tuple[ReportRow, ...]  # subtotals of counties; else none
    months: tuple[MonthRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show: neither here nor elsewhere nor before."""
        total = self.total
        return not (total.receipts or total.sums.net or total.elsewhere or total.before)

    @property
    def target_year(self) -> int:
        return self.period.last.year

    def share(self, row: ReportRow) -> int | None:
        """The row's part of all own net, in thousandths."""
        return permille(row.sums.net, self.total.sums.net)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which report is wanted."""

    period: Period
    cut: Cut = Cut.COUNTY
    against: Against = Against.BEFORE


def year_to(day: date) -> Period:
    """From the year's first day on: what a target is compared with."""
    return Period(date(day.year, 1, 1), day)


def permille(part: Money, whole: Money) -> int | None:
    """In thousandths, rounded once; None of nothing or less."""
    if whole <= Money.ZERO:
        return None
    return Money(part.fen).times(1000, whole.fen).fen
