"""Invoices as a table: what the tax bureau's system reads is what was written."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO

from python_calamine import CalamineWorkbook

from models.money import Money
from models.office import invoice_export, table_writing
from models.office.table_writing import TableKind
from models.selling.invoice_row import InvoiceRow, InvoiceState

DAY = date(2026, 11, 24)
_ROWS = [
    InvoiceRow(
        1,
        "T01-000001",
        DAY,
        "=HYPERLINK(A1)有限公司",
        "913501000000012345",
        Money(999_999_999),
        "+86 138 0000 0000",
        InvoiceState.REVERSED,
        "24442000000012345678",
        "24442000000012345679",
        1,
    ),
    InvoiceRow(
        2, "T01-000002", DAY, "张三", "", Money(10), "", InvoiceState.WANTED, "", "", 2
    ),
]
ROWS = [
    *_ROWS,
    replace(
        _ROWS[1],
        receipt="T01-000003",
        amount=Money(4780),
        state=InvoiceState.ISSUED,
        number="7",
    ),
]


def test_a_spreadsheet_holds_text_as_text_and_amounts_as_numbers_to_the_fen() -> None:
    content = table_writing.render(invoice_export.table_of(ROWS), TableKind.XLSX)
    head, first, second, third = (
        CalamineWorkbook.from_filelike(BytesIO(content))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert head == [title for title, _width in invoice_export.COLUMNS]
    assert first == [
        "T01-000001",
        "2026-11-24",
        "=HYPERLINK(A1)有限公司",
        "913501000000012345",
        9999999.99,
        "+86 138 0000 0000",
        "已红冲",
        "24442000000012345678",
        "24442000000012345679",
    ]
    assert (second[4], second[6]) == (0.1, "未开")
    assert (third[4], third[6], third[7]) == (47.8, "已开", "7")


def test_a_text_table_has_two_decimals_and_no_formulas() -> None:
    content = table_writing.render(invoice_export.table_of(ROWS), TableKind.CSV)
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    _head, first, second, _third = csv.reader(StringIO(text))
    assert first[2].startswith("'=")
    assert (first[4], second[4]) == ("9999999.99", "0.10")
