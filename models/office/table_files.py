"""Tables that people bring: CSV in the encodings of Chinese offices, spreadsheets."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from io import BytesIO, StringIO
from pathlib import Path
from types import TracebackType

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from models.errors import UnreadableTable
from models.office import archives, aside, formulas
from models.office.aside import Tell, Watch
from models.office.refusals import TableTooLarge, WrongEncoding

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 200_000

_ZIP = b"PK\x03\x04"  # what every XLSX and ODS begins with
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # and every XLS
_BOMS_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_EXACT = 2**53  # up to here a float holds every whole number


class Encoding(StrEnum):
    """How a CSV is written (RULINGS.md 7); the values are Python's codecs."""

    UTF8 = "utf-8-sig"  # with or without the mark
    UTF16 = "utf-16"
    GB18030 = "gb18030"

    @property
    def label(self) -> str:
        return {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB18030"}[self]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row that is not blank, by its number in the file (the first is 1)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    encoding: Encoding | None  # None: a spreadsheet, which needs none


def read(
    path: Path, encoding: Encoding | None = None, watch: Watch | None = None
) -> Table:
    """The file's first table, read in a process of its own.

    A CSV's encoding is found unless it is given. Raises UnreadableTable, WrongEncoding,
    TableTooLarge, TableTooHeavy, UnsafeArchive, ImportCancelled.
    """
    return aside.run(parse_aside, path, encoding, watch=watch)


def parse_aside(_tell: Tell, path: Path, encoding: Encoding | None) -> Table:
    """What the other process does."""
    return parse(path, encoding)


def parse(path: Path, encoding: Encoding | None = None) -> Table:
    """The file's first table as text, read here: of our own files, and aside."""
    data = _bytes_of(path)
    if data.startswith(_ZIP):
        archives.check(path.name, data)
    if data.startswith((_ZIP, _OLE)):
        return _table(path.name, _spreadsheet(path.name, data), None)
    found, text = _decode(path.name, data, encoding)
    return _table(path.name, _csv(path.name, text), found)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TableTooLarge(path.name)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableTable(path.name) from error


def _table(
    name: str, lines: Iterable[Sequence[str]], encoding: Encoding | None
) -> Table:
    """The first line that is not blank is the header."""
    rows = []
    for number, line in enumerate(lines, 1):
        if any(cell.strip() for cell in line):
            rows.append(TableRow(number, tuple(line)))
        if len(rows) > MOST_ROWS + 1:
            raise TableTooLarge(name)
    if not rows:
        raise UnreadableTable(name)
    header = tuple(cell.strip() for cell in rows[0].cells)
    return Table(header, tuple(rows[1:]), encoding)


def _decode(name: str, data: bytes, given: Encoding | None) -> tuple[Encoding, str]:
    for encoding in [given] if given else _candidates(data):
        try:
            return encoding, data.decode(_codec(encoding, data))
        except UnicodeDecodeError:
            continue
    raise WrongEncoding(given.label) if given else UnreadableTable(name)


def _candidates(data: bytes) -> tuple[Encoding, ...]:
    """What the file may be written in, by its marks and its NULs."""
    if data.startswith(_BOMS_16) or b"\0" in data[:512]:
        return (Encoding.UTF16,)
    return Encoding.UTF8, Encoding.GB18030


def _codec(encoding: Encoding, data: bytes) -> str:
    if encoding is Encoding.UTF16 and not data.startswith(_BOMS_16):
        return "utf-16-be" if data.startswith(b"\0") else "utf-16-le"
    return encoding


def _csv(name: str, text: str) -> Iterator[list[str]]:
    """Lines of cells, divided by whatever divides the first line most often."""
    first = text.lstrip().partition("\n")[0]
    divider = max(",\t;", key=first.count)
    try:
        for line in csv.reader(StringIO(text, newline=""), delimiter=divider):
            yield [formulas.restored(cell) for cell in line]
    except csv.Error as error:
        raise UnreadableTable(name) from error


class _NamingTheFile:
    """What the reader of spreadsheets stumbles over is the file's fault.

    It is written in Rust, whose panics are neither errors of its own nor importable.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if kind is not None and (
            issubclass(kind, CalamineError | StopIteration)
            or kind.__module__ == "pyo3_runtime"
        ):
            raise UnreadableTable(self._name) from error


def _spreadsheet(name: str, data: bytes) -> Iterator[list[str]]:
    """The rows of the first worksheet, from its very first row on."""
    with _NamingTheFile(name):
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheet = next(
            book.get_sheet_by_name(found.name)
            for found in book.sheets_metadata
            if found.typ is SheetTypeEnum.WorkSheet
        )
        rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
    for row in rows:
        yield [_text(cell) for cell in row]


def _text(cell: object) -> str:
    """A cell as a person would type it.

    A whole number stays whole; one with decimals keeps all that the file holds, so that
    whoever reads it as money refuses what is not exact.
    """
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
