"""Where and by whom a sale is made."""

from __future__ import annotations

from dataclasses import dataclass

from models.kinds import Series
from models.places import TillRow


@dataclass(frozen=True, slots=True)
class Seat:
    """Where and by whom a sale is made: this till, its open shift and the seller."""

    till: TillRow
    shift_id: int
    staff_id: int
    seller: str
    is_training: bool = False

    @property
    def series(self) -> Series:
        """In which receipts are numbered here (RULINGS.md 10)."""
        return Series.TRAINING if self.is_training else Series.LIVE

    def numbered(self, seq: int) -> str:
        """A receipt's number, such as "T01-000123", or "T01-T000001" in training."""
        return numbered(self.till.code, self.series, str(seq))


def numbered(till_code: str, series: str, seq: str) -> str:
    """The number that people read, from what a receipt's code holds."""
    mark = "" if series == Series.LIVE else series
    return f"{till_code}-{mark}{seq.zfill(6)}"
