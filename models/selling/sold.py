"""What the till announces once a sale is on disk."""

from __future__ import annotations

from dataclasses import dataclass

from models.money import Money


@dataclass(frozen=True, slots=True)
class Sold:
    """A stored sale in short."""

    sale_id: int
    number: str
    payable: Money
    change: Money
    below_zero: tuple[str, ...]  # names of goods that the shelf did not have
