"""Invoices as a table for the tax bureau's system (发票登记), always in Chinese.

Amounts are numbers in cells of two decimals: they can be added up, and the digits that
are written are exactly those of the fen (eleven of them fit into the sixteen that a
spreadsheet keeps). Tax numbers and the invoices' own are longer than that, and text.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from models.office.table_writing import Cells, ExportTable
from models.selling.invoice_row import InvoiceRow, InvoiceState

COLUMNS = (  # title, width in a spreadsheet
    ("单号", 14),
    ("业务日期", 12),
    ("发票抬头", 34),
    ("税号", 22),
    ("金额", 12),
    ("联系方式", 26),
    ("状态", 10),
    ("发票号码", 24),
    ("红字发票号码", 24),
)
_AMOUNT = 4
_STATES = {
    InvoiceState.WANTED: "未开",
    InvoiceState.ISSUED: "已开",
    InvoiceState.REVERSED: "已红冲",
}


def table_of(rows: Iterable[InvoiceRow]) -> ExportTable:
    """The invoices in the order given."""
    titles, widths = zip(*COLUMNS, strict=True)
    return ExportTable(titles, tuple(map(_cells, rows)), widths, frozenset({_AMOUNT}))


def _cells(row: InvoiceRow) -> Cells:
    return (
        row.receipt,
        row.business_date.isoformat(),
        row.title,
        row.tax_number,
        Decimal(row.amount.plain),
        row.contact,
        _STATES[row.state],
        row.number,
        row.red_number,
    )
