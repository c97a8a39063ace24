"""A workbook of plain sheets: as wide as their words, ready to print, no formula."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from models.money import Money
from models.office.file_table import Cell, FileTable

_LEAST, _MOST = 9, 44  # of a column, in half-width characters
_MARGIN = 2
_A4 = 9  # as Excel numbers it
_BANNED = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_MOST_LETTERS = 31  # of a sheet's name


def render(tables: Sequence[FileTable]) -> bytes:
    """An XLSX file; a cell that begins with "=" is the text that it says."""
    content = BytesIO()
    safe = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
    book = xlsxwriter.Workbook(content, {"in_memory": True, **safe})
    top = {"valign": "top"}
    looks = {
        str: book.add_format({"num_format": "@", "text_wrap": True, **top}),
        int: book.add_format({"num_format": "#,##0", **top}),
        Decimal: book.add_format({"num_format": "#,##0.00#", **top}),
        Money: book.add_format({"num_format": "#,##0.00", **top}),
    }
    head = {"bold": True, "num_format": "@", "bottom": 1, "text_wrap": True}
    heads = {
        is_figure: book.add_format({**head, "align": "right" if is_figure else "left"})
        for is_figure in (False, True)
    }
    for one in tables:
        _write(book.add_worksheet(_sheet_name(one.name)), one, looks, heads)
    book.close()
    return content.getvalue()


def _sheet_name(name: str) -> str:
    return name.translate(_BANNED)[:_MOST_LETTERS]


def _write(
    page: Any, table: FileTable, looks: dict[type, Any], heads: dict[bool, Any]
) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)  # one wide, as many high as it takes
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    for place, title in enumerate(table.titles):
        cells = [row[place] for row in table.rows]
        page.set_column(place, place, _width([title, *cells]))
        is_figure = any(not isinstance(cell, str) for cell in cells)
        page.write_string(0, place, title, heads[is_figure])
    for number, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row):
            _put(page, number, place, cell, looks[type(cell)])


def _put(page: Any, row: int, column: int, cell: Cell, look: object) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell, look)
    else:
        value = Decimal(cell.plain) if isinstance(cell, Money) else cell
        page.write_number(row, column, value, look)


def _width(cells: Iterable[Cell]) -> int:
    """That of the widest, within reason; what is longer goes on below."""
    widest = max(map(_length, cells)) + _MARGIN
    return min(max(widest, _LEAST), _MOST)


def _length(cell: Cell) -> int:
    """A Chinese character is as wide as two others."""
    if isinstance(cell, Money):
        return len(cell.grouped)
    return sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in str(cell))
