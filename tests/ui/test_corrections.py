"""Stories of what else is put right: bad fruit, a wrong tender, a lost receipt."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView

from tests.cashier import Cashier
from tests.customers import TEA
from tests.ui.corrections import (
    BOX,
    MELON,
    approves,
    kinds,
    opens_more,
    opens_panel,
    payments,
    says,
    sells,
)
from tests.ui.test_selling import rows

# --- compensations and tenders --------------------------------------------------


def test_bad_fruit_is_compensated_within_what_was_paid_for_it(pair: Cashier) -> None:
    sells(pair, TEA, BOX, wechat="all")
    opens_panel(pair, "F4")
    pair.presses("F12")
    assert says(pair)
    pair.presses("Enter")  # the first line
    pair.fills("compensation", "79")
    assert "78.00" in says(pair)
    pair.fills("compensation", "5")
    assert pair.reads("back_amount") == "¥5.00"
    pair.presses("F2")
    pair.presses("F12")
    approves(pair)
    pair.sees("corrected_amount", "¥5.00")
    assert kinds(pair) == ["sale", "compensation"]
    assert payments(pair, 2) == [("wechat", -500)]
    pair.presses("Esc")
    assert pair.is_shown("receipts")


def test_a_receipt_of_one_line_asks_for_the_amount_at_once(till: Cashier) -> None:
    sells(till, TEA)
    opens_panel(till, "F4")
    till.types("3")
    till.fills("reason", "压坏了")
    till.presses("Enter")
    till.sees("corrected_amount", "¥3.00")
    assert rows(till, "SELECT reason FROM correction") == [("压坏了",)]


def test_a_wrong_tender_is_booked_anew_and_the_drawer_is_right(pair: Cashier) -> None:
    sells(pair, TEA, TEA, wechat="100")
    opens_panel(pair, "F6")
    pair.presses("F12")
    assert says(pair)
    pair.presses("Enter")
    pair.presses("F12")
    assert says(pair)
    pair.touches_button("right_cash")
    pair.presses("F2")
    pair.presses("F12")
    approves(pair)
    pair.waits(lambda: pair.is_shown("corrected_amount"))
    assert kinds(pair) == ["sale", "correction"]
    assert payments(pair, 2) == [("wechat", -10_000), ("cash", 10_000)]
    pair.presses("Enter")
    opens_panel(pair, "F6", row=1)
    table = pair.find(QTableView, "wrong_tenders")
    assert table.model().rowCount() == 2
    pair.presses("Esc")
    assert pair.is_shown("receipts")


# --- without a receipt ----------------------------------------------------------------


def test_goods_without_a_receipt_come_back_at_today_s_price(pair: Cashier) -> None:
    opens_more(pair, "return")
    assert says(pair)  # nothing is in the basket
    pair.presses("Esc")
    pair.types(f"2.48*{MELON}")
    pair.presses("Enter")
    opens_more(pair, "return")
    assert pair.reads("return_amount") == "¥11.10"
    pair.chooses("return_way", "transfer")
    assert pair.reads("return_amount") == "¥11.16"
    pair.presses("F12")
    assert "原因" in says(pair)
    pair.presses("F2")
    pair.double_clicks("confirm_return")
    approves(pair)
    pair.sees("corrected_amount", "¥11.16")
    assert pair.basket() == []
    assert payments(pair, 1) == [("transfer", -1116)]
    assert rows(pair, "SELECT count(*) FROM basket") == [(0,)]
    pair.touches_button("corrected_done")
    assert not pair.is_shown("corrected_amount")
    assert pair.tiles()


def test_who_changes_his_mind_leaves_the_basket_as_it_is(till: Cashier) -> None:
    till.types(TEA)
    till.presses("Enter")
    opens_more(till, "return")
    till.presses("Esc")
    assert len(till.basket()) == 1
    assert till.tiles()
    assert kinds(till) == []


# --- in a new window ------------------------------------------------------------------


def test_a_new_window_has_the_panels_too(till: Cashier) -> None:
    sells(till, TEA)
    opens_panel(till, "F3")
    till.presses("F11")
    till.chooses("language", "en")
    till.waits(lambda: till.application.window is not None)
    till.faces_the_window()
    opens_panel(till, "F3")
    till.presses("F3")
    till.presses("F2")
    till.presses("F12")
    till.sees("corrected_amount", "¥78.00")
    assert till.find(QLabel, "corrected_title").text().endswith("T01-000002")
    assert isinstance(till.find(QAbstractButton, "corrected_done"), QAbstractButton)
    till.presses("Enter")
    paper = till.folder / "papers"
    till.waits(lambda: bool(list(paper.rglob("T01-000002.pdf"))))
