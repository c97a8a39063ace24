"""A table as a file holds it: text stays text, amounts can be added up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.money import Money

Cell = str | int | Decimal | Money


@dataclass(frozen=True, slots=True)
class FileTable:
    """One sheet of a workbook, or one CSV; money is yuan with two decimals."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
