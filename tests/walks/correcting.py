"""Walks through refunds, exchanges, paper slips and other corrections."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QLabel, QTableView
from sqlalchemy import text

from tests.cashier import Cashier


def _longest(cashier: Cashier) -> str:
    """The number of the last receipt with as many lines as any."""
    work = cashier.application.work
    assert work is not None
    with work.database.read() as session:
        found: str = session.scalar(text(_LONGEST))
    return found


_LONGEST = """SELECT s.number FROM sale s JOIN sale_line l ON l.sale_id = s.id
    WHERE s.kind = 'sale' AND s.series = 'A'
    GROUP BY s.id ORDER BY count(*) DESC, s.id DESC LIMIT 1"""


def corrections(cashier: Cashier) -> Iterator[str]:
    """Of the receipt with a gift box and weighed goods, paid by phone and in cash."""
    cashier.presses("F8")
    cashier.waits(lambda: not cashier.find(QLabel, "sheet").pixmap().isNull())
    cashier.presses("F2")
    cashier.types(_longest(cashier))
    table = cashier.find(QTableView, "receipts")
    cashier.waits(lambda: table.model().rowCount() == 1)
    cashier.presses("Enter")
    cashier.presses("F3")
    yield "refund"
    cashier.presses("F3")
    cashier.presses("F2")
    cashier.touches_button("waste_1_0")
    cashier.chooses("way", "cash")
    cashier.fills("back_1", "5")
    yield "refund that is not divided"
    cashier.presses("Esc")
    cashier.presses("F4")
    cashier.presses("Enter")
    cashier.types("5")
    yield "compensation"
    cashier.presses("F2")
    cashier.presses("F12")
    cashier.sees("corrected_amount", "¥5.00")
    yield "compensated"
    cashier.presses("Enter")
    cashier.presses("F6")
    yield "wrong tender"
    cashier.presses("Esc")


def exchange(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F3")
    cashier.presses("F3")
    cashier.presses("F2")
    cashier.presses("F7")
    cashier.types("SF004")
    cashier.presses("Enter")
    yield "exchange"
    cashier.presses("F12")
    yield "payment of an exchange"
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("paid_remarks"))
    yield "exchanged"
    cashier.presses("Enter")


def more(cashier: Cashier) -> Iterator[str]:
    cashier.types("WA002")
    cashier.presses("Enter")
    cashier.presses("Shift+F6")
    yield "more"
    cashier.touches_button("more_return")
    yield "refund without a receipt"
    cashier.presses("Esc")
    cashier.presses("Shift+F6")
    cashier.touches_button("more_slip")
    yield "paper slip"
    cashier.types("0017")
    cashier.presses("Enter")
    cashier.types("0001")
    cashier.presses("F2")
    cashier.presses("F12")
    yield "payment of a paper slip"
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")
    yield "next paper slip"
    cashier.touches_button("drop_errand")
