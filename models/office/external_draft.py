"""What is entered of sales elsewhere, and how the list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.kinds import Channel
from models.money import Money
from models.office.day_close_record import ExternalRow


@dataclass(frozen=True, slots=True)
class Share:
    """其中: how much of an amount is of one county."""

    region_code: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source document says of one day and channel."""

    day: date
    channel: Channel
    source: str
    amount: Money
    region_code: str = ""
    shares: tuple[Share, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One stored row, as the list shows it."""

    id: int
    figure: ExternalRow
    business_date: date
    staff: str
    at: datetime
    is_reversal: bool
    is_reversed: bool

    @property
    def can_be_reversed(self) -> bool:
        return not self.is_reversal and not self.is_reversed
