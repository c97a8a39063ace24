"""Stories of customers who want an invoice, told on the real window."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QFileDialog, QLineEdit, QTableView
from python_calamine import CalamineWorkbook

from models import clock
from models.selling import refunds
from models.selling.giving_back import proposal
from models.selling.refunds import Refund
from models.selling.remaining import left_of
from models.selling.returns import due_back, everything
from models.selling.sale_reading import find_by_code, get_record
from tests.cashier import Cashier
from tests.customers import TEA
from tests.ui.test_selling import rows
from ui.widgets.day_edit import DayEdit
from ui.widgets.message_bar import MessageBar

TITLE, TAX_NUMBER = "广州市海珠区某局", "91350100M000100Y43"
FIRST, SECOND = "T01-000001", "T01-000002"


@pytest.fixture
def till(start: Callable[[], Cashier]) -> Cashier:
    """Two teas are sold, each on its own receipt; the receipts are in view."""
    cashier = start()
    for _sale in range(2):
        cashier.scans(TEA)
        cashier.presses("F12")
        cashier.presses("Enter")
        cashier.waits(lambda: cashier.is_shown("change_due"))
        cashier.presses("Enter")
    _looks_at_receipts(cashier)
    return cashier


def _looks_at_receipts(cashier: Cashier) -> None:
    cashier.presses("F8")
    table = cashier.find(QTableView, "receipts")
    cashier.waits(lambda: table.currentIndex().isValid())


def _registers(cashier: Cashier, tax_number: str = TAX_NUMBER) -> None:
    """Of the receipt in view; the amount stays what is left of it."""
    cashier.presses("F7")
    cashier.types_chinese(TITLE)
    cashier.presses("Enter")
    cashier.types(tax_number)
    cashier.presses("Enter")
    cashier.presses("Enter")
    cashier.types("fp@example.cn")
    cashier.presses("Enter")


def _says(cashier: Cashier) -> str:
    return cashier.find(MessageBar, "message_bar").text()


def _stored(cashier: Cashier) -> list[tuple[object, ...]]:
    return rows(
        cashier,
        "SELECT sale_id, title, amount_fen, state, number, red_number FROM invoice",
    )


def _listed(cashier: Cashier) -> list[str]:
    """The receipts whose invoices are in the list."""
    model = cashier.find(QTableView, "invoices").model()
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def test_a_customer_wants_an_invoice_and_it_is_issued_and_taken_back(
    till: Cashier,
) -> None:
    _registers(till)
    assert _stored(till) == [(2, TITLE, 7800, "wanted", "", "")]
    assert _listed(till) == [SECOND]
    till.sees_in("issue_facts", TAX_NUMBER)
    assert SECOND in _says(till)

    till.types("24442000000012345678")
    till.presses("Enter")
    assert _stored(till)[0][3:] == ("issued", "24442000000012345678", "")
    till.sees_in("reverse_facts", "24442000000012345678")

    till.types("24442000000012345679")
    till.presses("F12")
    assert _stored(till)[0][3:5] == ("reversed", "24442000000012345678")
    till.waits(lambda: till.is_shown("register_invoice"))
    assert till.is_shown("invoices_reversed")
    till.sees_in("invoices_reversed", "24442000000012345679")


def test_a_wrong_tax_number_is_told_in_one_sentence_and_the_form_stays(
    till: Cashier,
) -> None:
    _registers(till, "91350100M000100Y44")
    assert "91350100M000100Y44" in _says(till)
    assert _stored(till) == []
    till.sees("invoice_title", TITLE)
    till.fills("tax_number", TAX_NUMBER)
    till.presses("F12")
    assert len(_stored(till)) == 1


def test_one_receipt_is_invoiced_once(till: Cashier) -> None:
    """Who asks for it again sees what there is, and no form."""
    _registers(till)
    till.presses("Esc")
    assert not till.is_shown("invoices")
    till.presses("F7")
    assert till.is_shown("issue_invoice")
    assert not till.is_shown("register_invoice")
    till.sees_in("issue_facts", TITLE)
    till.presses("F12")  # without a number nothing becomes of it
    assert _says(till)
    assert _stored(till)[0][3] == "wanted"


def test_an_invoice_may_be_over_less_but_never_over_more(till: Cashier) -> None:
    till.touches_button("invoice")
    till.sees("invoice_amount", "78.00")
    till.fills("invoice_title", "张三")
    till.fills("invoice_amount", "100")
    till.touches_button("register_invoice")
    assert "78.00" in _says(till)
    till.fills("invoice_amount", "50")
    till.presses("Enter")
    assert till.focused.objectName() == "invoice_contact"
    till.touches_button("register_invoice")
    assert _stored(till) == [(2, "张三", 5000, "wanted", "", "")]


def test_a_refund_is_not_invoiced(till: Cashier) -> None:
    """Nor is nothing: without a receipt in view the panel stays closed."""
    work = till.application.work
    assert work is not None
    with work.database.write() as session:
        left = left_of(session, 2)
        returns = everything(left)
        backs = proposal(left, due_back(left, returns))
        refund = Refund(2, returns, backs, "不新鲜")
        seat, at = work.desk.seat(), clock.now()
        refunds.refund_sale(session, refund, seat, at=at, approvals={})
    till.presses("F1")
    _looks_at_receipts(till)
    table = till.find(QTableView, "receipts")
    till.waits(lambda: table.model().rowCount() == 3)
    till.presses("Up")
    till.presses("F7")
    till.sees_in("no_invoice", "T01-000003")
    till.presses("F12")
    assert _stored(till) == []
    till.presses("Esc")
    till.presses("F2")
    till.types("zzz")
    till.waits(lambda: till.is_shown("no_receipts"))
    till.presses("Enter")
    till.presses("F7")
    assert till.is_shown("no_receipts")


def test_a_receipt_that_is_scanned_meanwhile_is_shown_with_its_invoice(
    till: Cashier,
) -> None:
    _registers(till)
    work = till.application.work
    assert work is not None
    with work.database.read() as session:
        code = get_record(session, find_by_code(session, FIRST) or 0).code
    till.scans(code)
    till.waits(lambda: till.is_shown("register_invoice"))
    till.sees_in("invoice_receipt", FIRST)
    till.scans("SH1:T01:A:9:AAAAAAAAAA")
    assert _says(till)
    till.sees_in("invoice_receipt", FIRST)
    till.presses("F9")  # another page, and back again
    till.presses("F8")
    till.sees_in("invoice_receipt", FIRST)


def test_choosing_an_invoice_in_the_list_shows_it(till: Cashier) -> None:
    _registers(till)
    till.presses("Esc")
    till.presses("Down")
    _registers(till)
    assert _listed(till) == [FIRST, SECOND]
    table = till.find(QTableView, "invoices")
    table.setFocus()
    till.presses("Down")
    till.sees_in("invoice_receipt", SECOND)
    assert table.hasFocus()  # the arrow keys stay here
    till.presses("Up")
    till.sees_in("invoice_receipt", FIRST)


def test_the_list_is_of_the_days_and_of_what_became_of_them(till: Cashier) -> None:
    _registers(till)
    till.chooses("invoice_states", "issued")
    assert _listed(till) == []
    assert till.is_shown("no_invoices")
    till.chooses("invoice_states", "all")
    assert _listed(till) == [SECOND]
    first = till.find(DayEdit, "invoices_first")
    last = till.find(DayEdit, "invoices_last")
    today = last.date()
    last.setDate(today.addDays(-40))
    assert _listed(till) == []
    assert first.date() == today.addDays(-40)  # never after the last one
    last.setDate(today)
    assert _listed(till) == [SECOND]
    first.setDate(QDate(2020, 1, 1))
    assert _listed(till) == [SECOND]


def test_the_invoices_are_written_for_the_tax_bureaus_system(
    till: Cashier, tmp_path: Path
) -> None:
    _registers(till)
    proposed = till.reads("invoices_path")
    assert proposed.startswith(str(till.folder / "exports"))
    till.presses("F6")
    till.waits(lambda: proposed in _says(till), lambda: _says(till))
    head, only = CalamineWorkbook.from_path(proposed).get_sheet_by_index(0).to_python()
    assert head[2:5] == ["发票抬头", "税号", "金额"]
    day = till.find(DayEdit, "invoices_last").day().isoformat()
    assert only[:7] == [
        SECOND,
        day,
        TITLE,
        TAX_NUMBER,
        78.0,
        "fp@example.cn",
        "未开",
    ]

    till.chooses("invoices_kind", "csv")
    assert till.reads("invoices_path") == str(Path(proposed).with_suffix(".csv"))
    mine = tmp_path / "mine.csv"
    till.fills("invoices_path", str(mine))
    till.presses("Enter")
    till.waits(mine.exists)
    (_head, line) = csv.reader(StringIO(mine.read_text(encoding="utf-8-sig")))
    assert line[4] == "78.00"


def test_a_file_that_cannot_be_written_is_told(till: Cashier) -> None:
    till.presses("F7")
    till.fills("invoices_path", str(till.folder / "invoices.doc"))
    till.touches_button("export_invoices")
    till.waits(lambda: "invoices.doc" in _says(till))
    till.find(QLineEdit, "invoices_path").clear()
    till.touches_button("export_invoices")
    assert till.focused.objectName() == "invoices_path"
    till.chooses("invoices_kind", "csv")
    assert till.reads("invoices_path").endswith(".csv")


def test_where_the_table_goes_can_be_chosen(
    till: Cashier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.presses("F7")
    chosen = str(tmp_path / "table")
    for answer, shown in ((chosen, f"{chosen}.xlsx"), ("", f"{chosen}.xlsx")):
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_args, said=answer: (said, "")
        )
        till.touches_button("choose_invoices")
        assert till.reads("invoices_path") == shown


def test_only_while_a_shift_is_open(till: Cashier) -> None:
    till.ends_the_shift()
    work = till.application.work
    assert work is not None
    work.desk.reload()
    _registers(till)
    assert _says(till)
    assert _stored(till) == []
