"""Tables written for people and their spreadsheets, which never take text for more."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from io import BytesIO, StringIO
from pathlib import Path

import xlsxwriter

from models.errors import NotWritten
from models.office.formulas import defused
from models.office.refusals import WrongEnding


class TableKind(StrEnum):
    """A way of writing tables, by the ending of the file."""

    CSV = "csv"
    XLSX = "xlsx"


def kind_of(file: Path) -> TableKind:
    """Raises WrongEnding."""
    try:
        return TableKind(file.suffix.lower().removeprefix("."))
    except ValueError as error:
        raise WrongEnding(file.name) from error


Cells = tuple[str | int | Decimal, ...]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """Titles and cells; amounts are Decimal, counts int, all else text."""

    titles: tuple[str, ...]
    rows: tuple[Cells, ...]
    widths: tuple[int, ...]  # in a spreadsheet, in characters
    amounts: frozenset[int]  # the columns of yuan with two decimals
    columns_kept: int = 1  # stay in view when the others move


def render(table: ExportTable, kind: TableKind) -> bytes:
    return _csv(table) if kind is TableKind.CSV else _xlsx(table)


def write(file: Path, content: bytes) -> None:
    """The file whole or not at all, in a folder that is made. Raises NotWritten."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        raise NotWritten(str(file)) from error


def _csv(table: ExportTable) -> bytes:
    """UTF-8 with its mark: without it, Excel in China reads GBK."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(table.titles)
    for row in table.rows:
        writer.writerow(
            [defused(cell) if isinstance(cell, str) else cell for cell in row]
        )
    return text.getvalue().encode("utf-8-sig")


def _xlsx(table: ExportTable) -> bytes:
    """Text stays text, whatever it looks like; amounts can be added up."""
    content = BytesIO()
    safe = {f"strings_to_{kind}": False for kind in ("formulas", "urls", "numbers")}
    book = xlsxwriter.Workbook(content, {"in_memory": True, **safe})
    sheet = book.add_worksheet()
    text, amount = (book.add_format({"num_format": one}) for one in ("@", "0.00"))
    head = book.add_format({"bold": True, "num_format": "@", "bottom": 1})
    for place, (title, width) in enumerate(
        zip(table.titles, table.widths, strict=True)
    ):
        look = amount if place in table.amounts else text
        sheet.set_column(place, place, width, look)
        sheet.write_string(0, place, title, head)
    sheet.freeze_panes(1, table.columns_kept)
    for number, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell, text)
            elif place in table.amounts:
                sheet.write_number(number, place, cell, amount)
            else:
                sheet.write_number(number, place, cell)
    book.close()
    return content.getvalue()
