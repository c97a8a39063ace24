"""Files of tables: which encoding, which divider, and what is no table."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from models.errors import UnreadableTable
from models.office import table_files
from models.office.refusals import TableTooLarge, WrongEncoding
from models.office.table_files import Encoding, Table, TableRow


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", Encoding.UTF8),
        ("utf-8-sig", Encoding.UTF8),
        ("utf-16", Encoding.UTF16),
        ("utf-16-le", Encoding.UTF16),
        ("utf-16-be", Encoding.UTF16),
        ("gb18030", Encoding.GB18030),
    ],
)
def test_a_csv_is_read_in_whatever_an_office_writes(
    tmp_path: Path, codec: str, found: Encoding
) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes("sku,name\r\nB1,瓮安毛峰\r\n".encode(codec))

    table = table_files.parse(path)

    assert table == Table(("sku", "name"), (TableRow(2, ("B1", "瓮安毛峰")),), found)
    assert table_files.parse(path, found) == table


@pytest.mark.parametrize("divider", [",", "\t", ";"])
def test_the_divider_is_found(tmp_path: Path, divider: str) -> None:
    path = tmp_path / "goods.csv"
    path.write_text(f'\n\nsku{divider}name\n\nB1{divider}"a{divider}b"\n')

    table = table_files.parse(path)

    assert table.header == ("sku", "name")
    assert table.rows == (TableRow(5, ("B1", f"a{divider}b")),)


def test_a_wrong_encoding_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes("sku,name\nB1,瓮安".encode("gb18030"))

    with pytest.raises(WrongEncoding) as refused:
        table_files.parse(path, Encoding.UTF8)

    assert refused.value.encoding == "UTF-8"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n , ,\n",
        b"\xff\x00\xff",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff",
        b"PK\x03\x04 no spreadsheet",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no spreadsheet",
        b"sku\n" + b"x" * 200_000,
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes(content)

    with pytest.raises(UnreadableTable, match=r"goods\.csv"):
        table_files.parse(path)


def test_the_process_aside_reads_the_same_table(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text("sku,name\nB1,瓮安\n", encoding="utf-8")

    here = table_files.parse_aside(lambda _progress: None, path, None)

    assert table_files.read(path) == here == table_files.parse(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTable):
        table_files.parse(tmp_path / "nowhere.csv")


def test_too_many_rows_or_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text("sku\n" + "a\n" * (table_files.MOST_ROWS + 1))
    with pytest.raises(TableTooLarge):
        table_files.parse(path)

    with path.open("wb") as file:
        file.truncate(table_files.MOST_BYTES + 1)
    with pytest.raises(TableTooLarge):
        table_files.parse(path)


def test_a_spreadsheet_gives_what_a_person_would_type(tmp_path: Path) -> None:
    path = tmp_path / "goods.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_chartsheet()
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(1, 0, ["sku", "barcode", "price", "yes", "day", "far"])
        sheet.write_number(3, 1, 6970019000015)
        sheet.write_number(3, 2, 12.8)
        sheet.write_boolean(3, 3, True)  # noqa: FBT003  # XlsxWriter's signature
        sheet.write_number(3, 4, 46_000, day)
        sheet.write_number(3, 5, 1e17)

    table = table_files.parse(path)

    assert table.encoding is None
    assert table.header[:2] == ("sku", "barcode")
    assert table.rows == (
        TableRow(4, ("", "6970019000015", "12.8", "1", "2025-12-09", "1e+17")),
    )
