"""A workbook of plain sheets: text stays text, amounts can be added, no formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from models.money import Money

Cell = str | int | Money
_WIDTH, _NAME = 16, 30
_BANNED = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_MOST_LETTERS = 31  # of a sheet's name


@dataclass(frozen=True, slots=True)
class BookSheet:
    """One table; money is written as a number of yuan with two decimals."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def render(sheets: Sequence[BookSheet]) -> bytes:
    """An XLSX file; a cell that begins with "=" is the text that it says."""
    content = BytesIO()
    safe = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
    book = xlsxwriter.Workbook(content, {"in_memory": True, **safe})
    looks = {
        str: book.add_format({"num_format": "@"}),
        Money: book.add_format({"num_format": "#,##0.00"}),
        int: book.add_format({"num_format": "0"}),
    }
    head = book.add_format({"bold": True, "num_format": "@", "bottom": 1})
    for one in sheets:
        _write(book.add_worksheet(_sheet_name(one.name)), one, looks, head)
    book.close()
    return content.getvalue()


def _sheet_name(name: str) -> str:
    return name.translate(_BANNED)[:_MOST_LETTERS]


def _write(page: Any, sheet: BookSheet, looks: dict[type, Any], head: Any) -> None:
    for place, title in enumerate(sheet.titles):
        page.set_column(place, place, _NAME if place == 0 else _WIDTH)
        page.write_string(0, place, title, head)
    page.freeze_panes(1, 0)
    for number, row in enumerate(sheet.rows, 1):
        for place, cell in enumerate(row):
            look = looks[type(cell)]
            if isinstance(cell, str):
                page.write_string(number, place, cell, look)
            elif isinstance(cell, Money):
                page.write_number(number, place, _yuan(cell), look)
            else:
                page.write_number(number, place, cell, look)


def _yuan(amount: Money) -> Decimal:
    return Decimal(amount.plain)
