"""A report as a file: which kind, and CSV that Excel in China reads."""

from __future__ import annotations

import csv
from enum import StrEnum
from io import StringIO
from pathlib import Path

from models.money import Money
from models.office.file_table import Cell, FileTable
from models.office.formulas import defused
from models.office.refusals import WrongReportEnding


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


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return defused(cell)
    return cell.plain if isinstance(cell, Money) else str(cell)
