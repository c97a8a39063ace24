"""Stories of refunds: back by its tender, once, by name, and on today's date."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import clock
from models.selling import invoices
from models.selling.invoice_row import Wanted
from tests.cashier import Cashier
from tests.customers import TEA
from tests.ui.corrections import (
    BOX,
    MELON,
    approves,
    kinds,
    opens_panel,
    payments,
    says,
    sells,
)
from tests.ui.test_selling import rows


def test_pain_5_a_refund_is_in_the_drawer_and_in_its_tender_s_total(
    till: Cashier,
) -> None:
    sells(till, TEA, TEA, wechat="100")
    opens_panel(till, "F3")
    till.touches_button("more_1_0")
    assert till.reads("back_amount") == "¥78.00"
    till.fills("back_2", "50")  # of the cash; the cashier divides it
    assert till.is_shown("back_trouble")
    till.fills("back_1", "28")
    assert not till.is_shown("back_trouble")
    till.presses("F2")
    till.presses("F12")
    till.sees("corrected_amount", "¥78.00")
    assert payments(till, 2) == [("wechat", -2800), ("cash", -5000)]
    sums = "SELECT method, sum(net_fen) FROM payment GROUP BY method ORDER BY method"
    assert rows(till, sums) == [("cash", 600), ("wechat", 7200)]
    till.presses("Enter")
    assert till.is_shown("receipts")


def test_pain_13_a_full_refund_of_a_rounded_sale_returns_exactly_what_was_paid(
    till: Cashier,
) -> None:
    sells(till, f"2.48*{MELON}")  # 11.16, of which 11.10 is paid
    assert payments(till, 1) == [("cash", 1110)]
    opens_panel(till, "F3")
    keys = till.keys
    till.presses("F3")
    assert till.reads("count_1_0") == "2.48"
    assert till.reads("back_amount") == "¥11.10"
    till.presses("F2")  # why
    till.presses("F12")
    assert till.keys == keys + 3
    till.sees("corrected_amount", "¥11.10")
    assert payments(till, 2) == [("cash", -1110)]
    assert rows(till, "SELECT sum(rounding_fen), sum(net_fen) FROM sale") == [(0, 0)]
    paper = till.folder / "papers"
    till.waits(lambda: bool(list(paper.rglob("T01-000002.pdf"))))
    assert b"\x1bp" in next(paper.rglob("T01-000002.bin")).read_bytes()  # the drawer


def test_pain_6_a_double_click_on_the_refund_button_refunds_once(
    till: Cashier,
) -> None:
    sells(till, TEA)
    opens_panel(till, "F3")
    till.presses("F3")
    till.presses("F2")
    till.double_clicks("confirm_refund")
    assert kinds(till) == ["sale", "refund"]


def test_without_a_reason_or_goods_nothing_goes_back(till: Cashier) -> None:
    sells(till, TEA)
    opens_panel(till, "F3")
    till.presses("F12")
    assert till.is_shown("confirm_refund")
    till.presses("F3")
    till.presses("F12")
    assert "原因" in says(till)
    till.fills("reason", "客人不要了")
    till.presses("F12")
    till.waits(lambda: till.is_shown("corrected_amount"))
    assert rows(till, "SELECT reason FROM correction") == [("客人不要了",)]


def test_less_more_typed_and_no_more_than_is_left(till: Cashier) -> None:
    sells(till, TEA, TEA, TEA)
    opens_panel(till, "F3")
    till.touches_button("more_1_0")
    till.touches_button("more_1_0")
    till.touches_button("less_1_0")
    assert till.reads("count_1_0") == "1"
    till.fills("count_1_0", "4")
    assert "3" in says(till)
    assert till.reads("count_1_0") == "1"
    till.fills("count_1_0", "2")
    till.touches_button("waste_1_0")
    till.presses("F2")
    till.presses("F12")
    till.waits(lambda: till.is_shown("corrected_amount"))
    moves = "SELECT reason, amount FROM stock_movement WHERE sale_id = 2 ORDER BY id"
    assert rows(till, moves) == [("refund", 2), ("waste", -2)]
    till.presses("F12")  # as Enter
    opens_panel(till, "F3", row=1)
    assert till.reads("left_1_0") == "1"


def test_a_gift_box_comes_back_whole_or_by_one_of_its_products(till: Cashier) -> None:
    sells(till, BOX)
    opens_panel(till, "F3")
    till.touches_button("more_1_2")
    till.presses("Enter")
    till.presses("F2")
    part = till.reads("back_amount")
    till.presses("F12")
    till.sees("corrected_amount", part)
    till.presses("Enter")
    opens_panel(till, "F3", row=1)
    assert till.reads("left_1_0") == till.reads("left_1_2") == "0"
    till.presses("F3")
    assert till.reads("count_1_0") == till.reads("count_1_2") == ""
    till.presses("F2")
    till.presses("F12")
    till.waits(lambda: till.is_shown("corrected_amount"))
    assert rows(till, "SELECT sum(net_fen) FROM sale") == [(0,)]


def test_weighed_goods_come_back_by_weight_all_or_a_typed_part(till: Cashier) -> None:
    sells(till, f"2.48*{MELON}")
    opens_panel(till, "F3")
    till.touches_button("more_1_0")
    assert till.reads("count_1_0") == "2.48"
    till.touches_button("less_1_0")
    assert till.reads("count_1_0") == ""
    till.fills("count_1_0", "1.24")
    assert till.reads("back_amount") == "¥5.50"  # 5.55: cash has no coins for 5 fen
    assert "5.55" in till.reads("back_remark")


def test_goods_before_the_scanner_come_back_one_by_one(till: Cashier) -> None:
    sells(till, TEA, TEA)
    opens_panel(till, "F3")
    till.scans(TEA)
    assert till.reads("count_1_0") == "1"
    till.scans("6970019000206")
    assert "6970019000206" in says(till)
    assert till.reads("count_1_0") == "1"


def test_paid_by_phone_it_goes_back_in_cash_only_by_its_own_approval(
    pair: Cashier,
) -> None:
    sells(pair, TEA, wechat="all")
    opens_panel(pair, "F3")
    pair.presses("F3")
    pair.presses("F2")
    pair.chooses("way", "cash")
    pair.presses("F12")
    approves(pair)  # 改退
    approves(pair)  # the refund
    pair.sees("corrected_amount", "¥78.00")
    assert payments(pair, 2) == [("cash", -7800)]
    acts = "SELECT act, outcome, approver_id FROM act WHERE outcome = 'done'"
    assert rows(pair, f"{acts} AND approver_id IS NOT NULL ORDER BY id") == [
        ("refund_otherwise", "done", 1),
        ("refund", "done", 1),
    ]


def test_a_refund_that_nobody_approves_is_none_and_what_was_chosen_stays(
    pair: Cashier,
) -> None:
    sells(pair, TEA)
    opens_panel(pair, "F3")
    pair.presses("F3")
    pair.presses("F2")
    pair.presses("F12")
    pair.waits(lambda: pair.is_shown("pin"))
    pair.presses("Esc")
    assert pair.reads("count_1_0") == "1"
    assert kinds(pair) == ["sale"]
    pair.presses("F12")
    approves(pair)
    pair.sees("corrected_amount", "¥78.00")


def test_a_refund_of_yesterday_s_receipt_is_today_s_document_that_names_that_day(
    till: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    sells(till, TEA)
    yesterday = rows(till, "SELECT business_date FROM sale")
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(days=1))
    work = till.application.work
    assert work is not None
    till.ends_the_shift()
    work.desk.reload()
    work.leave_shift()
    till.presses("F1")
    till.types("200")
    till.presses("Enter")
    opens_panel(till, "F3")
    day = str(yesterday[0][0])
    assert f"{day[:4]}-{day[4:6]}-{day[6:]}" in till.reads("refund_notice")
    till.presses("F3")
    till.presses("F2")
    till.presses("F12")
    till.waits(lambda: till.is_shown("corrected_amount"))
    dates = rows(till, "SELECT business_date, shift_id FROM sale ORDER BY id")
    assert dates[0] == (yesterday[0][0], 1)
    assert dates[1][0] != yesterday[0][0]
    assert dates[1][1] == 2
    till.presses("Enter")
    opens_panel(till, "F6", row=1)  # its tender is counted
    assert not till.is_shown("confirm_tender")
    assert says(till)


def test_what_is_invoiced_already_needs_a_red_invoice(till: Cashier) -> None:
    sells(till, TEA)
    work = till.application.work
    assert work is not None
    seat, now = work.desk.seat(), clock.now()
    with work.database.write() as session:
        invoice_id = invoices.register(session, 1, Wanted("海珠区单位"), seat, at=now)
        invoices.issued(session, invoice_id, "25442000000012345678", seat, at=now)
    opens_panel(till, "F3")
    assert "25442000000012345678" in till.reads("refund_notice")
    till.presses("F3")
    till.presses("F2")
    till.presses("F12")
    till.sees_in("corrected_warning", "25442000000012345678")


def test_pain_24_no_finished_sale_can_be_edited_or_deleted_from_any_screen(
    till: Cashier,
) -> None:
    """Whatever is done to it, its rows stay as they were; corrections come beside."""
    sells(till, TEA, TEA, wechat="100")

    def stored() -> list[list[tuple[object, ...]]]:
        return [
            rows(till, "SELECT * FROM sale WHERE id = 1"),
            rows(till, "SELECT * FROM sale_line WHERE sale_id = 1"),
            rows(till, "SELECT * FROM payment WHERE sale_id = 1"),
        ]

    before = stored()
    opens_panel(till, "Del")
    for key in ("Enter", "F3", "F3", "F2", "F12", "Del", "Enter", "Del"):
        till.presses(key)
    opens_panel(till, "F4", row=1)
    till.presses("Esc")
    opens_panel(till, "F3")  # of the refund: nothing is taken back
    assert till.is_shown("receipts")
    assert "T01-000002" in says(till)
    assert stored() == before
    assert kinds(till) == ["sale", "refund"]
