"""Tables of figures as files: XLSX that adds up, CSV that Excel in China reads."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import xlsxwriter

from models.money import Money
from models.office.formulas import defused
from models.office.refusals import WrongReportEnding
from models.office.report_record import Cell, FileTable

_WIDTH = 16
_MOST_LETTERS = 31  # of a sheet's name


class FileKind(StrEnum):
    """A way of writing a report, by the ending of the file."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"


def kind_of(file: Path) -> FileKind:
    """Raises WrongReportEnding."""
    try:
        return FileKind(file.suffix.lower().removeprefix("."))
    except ValueError as error:
        raise WrongReportEnding(file.name) from error


def as_csv(table: FileTable) -> bytes:
    """UTF-8 with its mark; text that a spreadsheet takes for a formula is defused."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([defused(title) for title in table.titles])
    for row in table.rows:
        writer.writerow([_written(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Sequence[FileTable]) -> bytes:
    """One sheet a table; no cell is a formula, whatever it looks like."""
    content = BytesIO()
    safe = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
    book = xlsxwriter.Workbook(content, {"in_memory": True, **safe})
    looks = {
        kind: book.add_format({"num_format": look})
        for kind, look in (
            (str, "@"),
            (int, "0"),
            (Decimal, "#,##0.00#"),
            (Money, "#,##0.00"),
        )
    }
    head = book.add_format({"bold": True, "num_format": "@", "bottom": 1})
    for table in tables:
        sheet = book.add_worksheet(table.name[:_MOST_LETTERS])
        sheet.set_column(0, len(table.titles), _WIDTH)
        sheet.freeze_panes(1, 0)
        for place, title in enumerate(table.titles):
            sheet.write_string(0, place, title, head)
        for number, row in enumerate(table.rows, 1):
            for place, cell in enumerate(row):
                _put(sheet, number, place, cell, looks[type(cell)])
    book.close()
    return content.getvalue()


def _put(sheet: Any, row: int, column: int, cell: Cell, look: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, look)
    else:
        value = Decimal(cell.plain) if isinstance(cell, Money) else cell
        sheet.write_number(row, column, value, look)


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return defused(cell)
    return cell.plain if isinstance(cell, Money) else str(cell)
