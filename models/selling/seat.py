"""Where and by whom a sale is made."""

from __future__ import annotations

from dataclasses import dataclass

from models.places import TillRow


@dataclass(frozen=True, slots=True)
class Seat:
    """Where and by whom a sale is made: this till, its open shift and the seller."""

    till: TillRow
    shift_id: int
    staff_id: int
    seller: str
