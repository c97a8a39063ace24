"""What a campaign found, as one line of the table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row; the campaign bears its number in TRUST.md 7."""

    campaign: str  # "1 kill -9 while selling"
    tries: str  # what was done: "1,000 kills, 83,114 sales"
    found: str  # "0 lost, 0 half, 0 damaged"
    is_good: bool
