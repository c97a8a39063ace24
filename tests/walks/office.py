"""Walks through receipts, invoices, days, reports, settings, backups and people."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator

from PySide6.QtWidgets import QLabel

from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, MANAGER_PIN


def pages(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F8")
    cashier.waits(lambda: not cashier.find(QLabel, "sheet").pixmap().isNull())
    yield "receipts"
    yield from _invoices(cashier)
    cashier.presses("F2")
    cashier.types("zzz")
    cashier.waits(lambda: cashier.is_shown("no_receipts"))
    yield "no receipts"
    cashier.presses("F10")
    cashier.waits(lambda: "¥" in cashier.reads("figure_net"))
    yield "day"
    cashier.touches_button("previous_day")
    cashier.waits(lambda: cashier.is_shown("no_sales"))
    yield "day without sales"
    cashier.presses("F11")
    yield "settings"
    cashier.fills("unknown_code", "2110002009906")
    cashier.presses("Enter")
    yield "settings with a code explained"
    cashier.touches_button("add_layout")
    yield "settings with a new layout"
    cashier.touches_button("cancel_layout")
    yield from _backups(cashier)
    cashier.presses("F6")
    cashier.waits(lambda: bool(cashier.reads("journal_verdict")))
    yield "settings with the journal verified"


def _backups(cashier: Cashier) -> Iterator[str]:
    """A stick is chosen; then what is on it is looked at."""
    with tempfile.TemporaryDirectory() as stick:
        cashier.fills("backup_folder", stick)
        cashier.presses("Enter")
        cashier.waits(lambda: cashier.is_shown("second_backup"))
        cashier.presses("F4")
        yield "settings with a second backup"
        work = cashier.application.work
        assert work is not None
        assert work.safekeeping.places is not None
        newest = work.safekeeping.places.own.newest
        assert newest is not None
        earlier = shutil.copy(newest.path, stick)
        cashier.presses("F1")
        cashier.types("WA002")
        cashier.presses("Enter")
        cashier.presses("F12")
        cashier.presses("Enter")
        cashier.waits(lambda: cashier.is_shown("change_due"))
        cashier.presses("Enter")
        cashier.presses("F11")
        cashier.presses("F4")
        cashier.fills("checked_file", earlier)
        cashier.presses("Enter")
        cashier.waits(lambda: cashier.is_shown("restore_backup"))
        yield "settings with what is in a backup"
        cashier.fills("backup_folder", " ")
        cashier.presses("Enter")
        cashier.waits(lambda: not cashier.is_shown("second_backup"))


def _invoices(cashier: Cashier) -> Iterator[str]:
    """Of the receipt that is shown, from the form to the red-letter invoice."""
    cashier.presses("F7")
    yield "invoice wanted"
    cashier.fills("invoice_title", "广州市海珠区某局")
    cashier.fills("tax_number", "91350100M000100Y43")
    cashier.presses("F12")
    yield "invoice registered"
    cashier.fills("issue_number", "24442000000012345678")
    cashier.presses("F12")
    yield "invoice issued"
    cashier.fills("reverse_number", "24442000000012345679")
    cashier.presses("F12")
    yield "invoice reversed"
    cashier.chooses("invoice_states", "wanted")
    yield "no invoices"
    cashier.chooses("invoice_states", "all")
    cashier.presses("Esc")


def reports(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F10")
    cashier.presses("Shift+F7")
    cashier.waits(lambda: cashier.is_shown("report_table"))
    yield "report by county"
    cashier.touches_button("choice_quarter")
    cashier.waits(lambda: cashier.is_shown("report_table"))
    cashier.presses("F6")
    yield "charts of a report"
    cashier.presses("F7")
    yield "months of a report"
    cashier.presses("F4")
    cashier.presses("Enter")
    cashier.types("390000")
    yield "targets"
    cashier.presses("F5")
    for cut in ("tender", "product"):
        cashier.touches_button(f"cut_{cut}")
        cashier.waits(lambda: cashier.is_shown("report_table"))
        yield f"report by {cut}"
    cashier.presses("F12")
    yield "saving a report"
    cashier.presses("Esc")
    cashier.presses("Enter")
    cashier.waits(lambda: bool(cashier.is_shown("receipts_behind")))
    yield "receipts behind a figure"
    cashier.presses("Shift+F7")
    cashier.presses("F1")


def people(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F11")
    cashier.touches_button("change_person_1")
    cashier.fills("person_pin", MANAGER_PIN)
    cashier.presses("Enter")
    yield "settings with a recovery code"
    cashier.fills("person_name", "何苗苗")
    cashier.fills("person_pin", CASHIER_PIN)
    cashier.presses("Enter")
    cashier.presses("F1")
    cashier.presses("Ctrl+L")
    yield "taking over"
    cashier.touches_button("person_2")
    cashier.types(CASHIER_PIN)
    cashier.presses("Enter")
    cashier.presses("F10")
    yield "not permitted"
    work = cashier.application.work
    assert work is not None
    work.sign_in.lock()
    yield "locked"
    cashier.touches_button("forgot_pin")
    yield "a forgotten PIN"
    cashier.presses("Esc")
    cashier.touches_button("person_1")
    cashier.types(MANAGER_PIN)
    cashier.presses("Enter")
    cashier.presses("F1")
