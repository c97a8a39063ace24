"""What is typed into the panel of cash in and out."""

from __future__ import annotations

from dataclasses import dataclass

from models.money import Money
from models.selling.shift_record import CashKind


@dataclass(frozen=True, slots=True)
class Typed:
    """An amount above zero, whichever way it goes."""

    kind: CashKind
    amount: Money
    reason: str
    note: str = ""
    recipient: str = ""
    is_out: bool = False  # of what is given back: out of the drawer
