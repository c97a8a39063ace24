"""What is told once a correction is on disk."""

from __future__ import annotations

from dataclasses import dataclass

from models.money import Money


@dataclass(frozen=True, slots=True)
class Corrected:
    """The document's number, and what the cashier hands back now."""

    title: str
    amount: Money
    lines: tuple[str, ...] = ()  # by which way how much goes back
    warning: str = ""
