"""Stories of cash that moves without a sale, told on the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from receipts import escpos
from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, MANAGER_PIN, take_on, take_over
from tests.customers import TEA
from tests.ui.test_selling import rows
from ui.widgets.message_bar import Kind, MessageBar


@pytest.fixture
def till(start: Callable[[], Cashier]) -> Cashier:
    """The manager has a PIN, and a cashier with a PIN is at the till."""
    cashier = start()
    take_on(cashier, ("何苗苗", "cashier", CASHIER_PIN))
    return cashier


def _opens_panel(till: Cashier, name: str = "more_cash") -> None:
    till.presses("Shift+F6")
    till.touches_button(name)


def _movements(till: Cashier) -> list[tuple[object, ...]]:
    return rows(till, "SELECT kind, amount_fen, reason FROM cash_movement ORDER BY id")


def _papers(till: Cashier, name: str) -> list[Path]:
    return sorted((till.folder / "papers").rglob(name))


def _bar(till: Cashier) -> MessageBar:
    return till.find(MessageBar, "message_bar")


def test_cash_goes_to_the_safe_the_drawer_opens_and_a_slip_comes(till: Cashier) -> None:
    _opens_panel(till)
    till.chooses("cash_kind", "drop")
    till.types("150")
    till.presses("Enter")  # on to the reason
    till.touches_button("reason_1")
    till.fills("cash_recipient", "Wang")
    till.fills("cash_note", "bag 0088")
    till.presses("Enter")
    ((kind, amount, _reason),) = _movements(till)
    assert (kind, amount) == ("drop", -15_000)
    assert rows(till, "SELECT recipient, note FROM cash_movement") == [
        ("Wang", "bag 0088")
    ]
    till.waits(lambda: bool(_papers(till, "T01-C0001.pdf")))
    (sent,) = _papers(till, "T01-C0001.bin")
    assert sent.read_bytes().startswith(escpos.drawer_pulse())
    assert till.reads("cash_amount") == ""  # ready for the next


@pytest.mark.parametrize(
    ("kind", "way", "fen"),
    [
        ("fund", None, 5_000),
        ("expense", None, -5_000),
        ("change", None, 0),  # out and in
        ("return", "in", 5_000),
        ("return", "out", -5_000),
    ],
)
def test_each_kind_goes_its_own_way(
    till: Cashier, kind: str, way: str | None, fen: int
) -> None:
    _opens_panel(till)
    till.chooses("cash_kind", kind)
    if way is not None:
        till.chooses("cash_way", way)
    assert till.is_shown("cash_recipient") == (kind == "expense")
    till.fills("cash_amount", "50")
    till.fills("cash_reason", "ok")
    till.touches_button("enter_cash")
    assert _movements(till) == [(kind, fen, "ok")]
    if kind == "change":
        ((note,),) = rows(till, "SELECT note FROM cash_movement")
        assert "50.00" in str(note)


def test_nothing_moves_without_an_amount_and_a_reason(till: Cashier) -> None:
    _opens_panel(till)
    till.fills("cash_reason", "ok")
    till.presses("Enter")
    assert _bar(till).kind() is Kind.DANGER
    till.fills("cash_reason", "")  # it is selected
    till.presses("Del")
    till.fills("cash_amount", "5")
    till.touches_button("enter_cash")
    assert _bar(till).kind() is Kind.DANGER
    assert _movements(till) == []


def test_a_cashier_moves_cash_once_somebody_approves_on_the_spot(till: Cashier) -> None:
    take_over(till, 2, CASHIER_PIN)
    _opens_panel(till)
    till.chooses("cash_kind", "drop")
    till.fills("cash_amount", "100")
    till.fills("cash_reason", "safe")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("pin"))
    assert _movements(till) == []
    till.types(MANAGER_PIN)
    till.presses("Enter")
    assert _movements(till) == [("drop", -10_000, "safe")]
    assert rows(till, "SELECT staff_id, approver_id FROM cash_movement") == [(2, 1)]


def test_a_wrong_entry_is_corrected_once_from_the_list(till: Cashier) -> None:
    _opens_panel(till)
    till.fills("cash_amount", "1000")
    till.fills("cash_reason", "float")
    till.presses("Enter")
    till.waits(lambda: "T01-C0001" in _bar(till).text())  # its slip was told
    till.touches_button("cash_list")
    assert till.reads("moved_1") == "1,000.00"
    till.touches_button("correct_1")
    till.presses("Enter")
    assert _bar(till).kind() is Kind.DANGER  # why?
    till.types("zero too many")
    till.presses("Enter")
    assert _movements(till)[1:] == [("correction", -100_000, "zero too many")]
    assert not till.find(QPushButton, "correct_1").isEnabled()
    assert not till.is_shown("correct_reason")
    till.waits(lambda: bool(_papers(till, "T01-C0002.pdf")))
    till.touches_button("cash_list")
    assert till.is_shown("cash_amount")


def test_the_drawer_opens_without_a_sale_for_a_reason(till: Cashier) -> None:
    _opens_panel(till, "more_drawer")
    assert not till.is_shown("cash_amount")
    till.presses("Enter")
    till.touches_button("enter_cash")
    assert _bar(till).kind() is Kind.DANGER
    till.touches_button("reason_1")
    till.presses("Enter")
    till.waits(lambda: bool(_papers(till, "drawer-*.bin")))
    assert rows(till, "SELECT count(*) FROM act WHERE act = 'open_drawer'") == [(1,)]
    assert till.is_shown("basket")
    till.scans(TEA)
    assert len(till.basket()) == 1


def test_one_panel_leads_from_the_drawer_to_cash_and_back(till: Cashier) -> None:
    _opens_panel(till, "more_drawer")
    till.chooses("cash_kind", "fund")
    assert till.is_shown("cash_amount")
    till.chooses("cash_kind", "drawer")
    assert not till.is_shown("cash_amount")
    till.touches_button("leave_cash")
    assert not till.is_shown("cash_reason")
    _opens_panel(till)
    assert till.is_shown("cash_amount")
