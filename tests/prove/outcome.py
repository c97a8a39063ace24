"""What a campaign says at its end: one row of the table that ``make prove`` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    campaign: str  # "1 kill -9 while selling": TRUST.md's number and a few words
    tries: str  # what was done: "1,000 kills, 83,114 sales"
    found: str  # "0 lost, 0 half, 0 damaged"
    is_good: bool
