"""Stories of what is put right: refunds, exchanges, compensations, tenders, slips."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView

from models import clock
from models.selling import invoices
from models.selling.invoice_row import Wanted
from tests.cashier import Cashier
from tests.colleagues import MANAGER_PIN
from tests.ui.test_selling import TEA, rows
from ui.widgets.message_bar import MessageBar

MELON = "SF003"  # 花蜜瓜 by weight, 4.50 per 斤
BOX = "GB001"  # 四县山货礼盒, 198.00


def _sells(cashier: Cashier, *codes: str, wechat: str = "") -> None:
    """For exact cash, after so much by WeChat ("all" pays all of it)."""
    for code in codes:
        cashier.types(code)
        cashier.presses("Enter")
    cashier.presses("F12")
    if wechat:
        cashier.types("" if wechat == "all" else wechat)
        cashier.presses("F2")
    if wechat != "all":
        cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")


def _opens(cashier: Cashier, key: str, row: int = 0) -> None:
    """The panel of ``key`` for a receipt, the newest first."""
    cashier.presses("F8")
    table = cashier.find(QTableView, "receipts")
    cashier.waits(lambda: table.model().rowCount() > row)
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.visualRect(table.model().index(row, 0)).center(),
    )
    cashier.presses(key)


def _approves(cashier: Cashier) -> None:
    cashier.waits(lambda: cashier.is_shown("pin"))
    cashier.types(MANAGER_PIN)
    cashier.presses("Enter")


def _says(cashier: Cashier) -> str:
    return cashier.find(MessageBar, "message_bar").text()


def _payments(cashier: Cashier, sale_id: int) -> list[tuple[object, ...]]:
    found = rows(cashier, "SELECT sale_id, method, net_fen FROM payment ORDER BY id")
    return [row[1:] for row in found if row[0] == sale_id]


def _kinds(cashier: Cashier) -> list[object]:
    return [row[0] for row in rows(cashier, "SELECT kind FROM sale ORDER BY id")]


# --- refunds ----------------------------------------------------------------


def test_pain_5_a_refund_is_in_the_drawer_and_in_its_tender_s_total(
    till: Cashier,
) -> None:
    _sells(till, TEA, TEA, wechat="100")
    _opens(till, "F3")
    till.touches_button("more_1_0")
    assert till.reads("back_amount") == "¥78.00"
    till.fills("back_2", "50")  # of the cash; the cashier divides it
    assert till.is_shown("back_trouble")
    till.fills("back_1", "28")
    assert not till.is_shown("back_trouble")
    till.presses("F2")
    till.presses("F12")
    till.sees("corrected_amount", "¥78.00")
    assert _payments(till, 2) == [("wechat", -2800), ("cash", -5000)]
    sums = "SELECT method, sum(net_fen) FROM payment GROUP BY method ORDER BY method"
    assert rows(till, sums) == [("cash", 600), ("wechat", 7200)]
    till.presses("Enter")
    assert till.is_shown("receipts")


def test_pain_13_a_full_refund_of_a_rounded_sale_returns_exactly_what_was_paid(
    till: Cashier,
) -> None:
    _sells(till, f"2.48*{MELON}")  # 11.16, of which 11.10 is paid
    assert _payments(till, 1) == [("cash", 1110)]
    _opens(till, "F3")
    keys = till.keys
    till.presses("F3")
    assert till.reads("count_1_0") == "2.48"
    assert till.reads("back_amount") == "¥11.10"
    till.presses("F2")  # why
    till.presses("F12")
    assert till.keys == keys + 3
    till.sees("corrected_amount", "¥11.10")
    assert _payments(till, 2) == [("cash", -1110)]
    assert rows(till, "SELECT sum(rounding_fen), sum(net_fen) FROM sale") == [(0, 0)]
    paper = till.folder / "papers"
    till.waits(lambda: bool(list(paper.rglob("T01-000002.pdf"))))
    assert b"\x1bp" in next(paper.rglob("T01-000002.bin")).read_bytes()  # the drawer


def test_pain_6_a_double_click_on_the_refund_button_refunds_once(
    till: Cashier,
) -> None:
    _sells(till, TEA)
    _opens(till, "F3")
    till.presses("F3")
    till.presses("F2")
    till.double_clicks("confirm_refund")
    assert _kinds(till) == ["sale", "refund"]


def test_without_a_reason_or_goods_nothing_goes_back(till: Cashier) -> None:
    _sells(till, TEA)
    _opens(till, "F3")
    till.presses("F12")
    assert till.is_shown("confirm_refund")
    till.presses("F3")
    till.presses("F12")
    assert "原因" in _says(till)
    till.fills("reason", "客人不要了")
    till.presses("F12")
    till.waits(lambda: till.is_shown("corrected_amount"))
    assert rows(till, "SELECT reason FROM correction") == [("客人不要了",)]


def test_less_more_typed_and_no_more_than_is_left(till: Cashier) -> None:
    _sells(till, TEA, TEA, TEA)
    _opens(till, "F3")
    till.touches_button("more_1_0")
    till.touches_button("more_1_0")
    till.touches_button("less_1_0")
    assert till.reads("count_1_0") == "1"
    till.fills("count_1_0", "4")
    assert "3" in _says(till)
    assert till.reads("count_1_0") == "1"
    till.fills("count_1_0", "2")
    till.touches_button("waste_1_0")
    till.presses("F2")
    till.presses("F12")
    till.waits(lambda: till.is_shown("corrected_amount"))
    moves = "SELECT reason, amount FROM stock_movement WHERE sale_id = 2 ORDER BY id"
    assert rows(till, moves) == [("refund", 2), ("waste", -2)]
    till.presses("F12")  # as Enter
    _opens(till, "F3", row=1)
    assert till.reads("left_1_0") == "1"


def test_a_gift_box_comes_back_whole_or_by_one_of_its_products(till: Cashier) -> None:
    _sells(till, BOX)
    _opens(till, "F3")
    till.touches_button("more_1_2")
    till.presses("Enter")
    till.presses("F2")
    part = till.reads("back_amount")
    till.presses("F12")
    till.sees("corrected_amount", part)
    till.presses("Enter")
    _opens(till, "F3", row=1)
    assert till.reads("left_1_0") == till.reads("left_1_2") == "0"
    till.presses("F3")
    assert till.reads("count_1_0") == till.reads("count_1_2") == ""
    till.presses("F2")
    till.presses("F12")
    till.waits(lambda: till.is_shown("corrected_amount"))
    assert rows(till, "SELECT sum(net_fen) FROM sale") == [(0,)]


def test_weighed_goods_come_back_by_weight_all_or_a_typed_part(till: Cashier) -> None:
    _sells(till, f"2.48*{MELON}")
    _opens(till, "F3")
    till.touches_button("more_1_0")
    assert till.reads("count_1_0") == "2.48"
    till.touches_button("less_1_0")
    assert till.reads("count_1_0") == ""
    till.fills("count_1_0", "1.24")
    assert till.reads("back_amount") == "¥5.50"  # 5.55: cash has no coins for 5 fen
    assert "5.55" in till.reads("back_remark")


def test_goods_before_the_scanner_come_back_one_by_one(till: Cashier) -> None:
    _sells(till, TEA, TEA)
    _opens(till, "F3")
    till.scans(TEA)
    assert till.reads("count_1_0") == "1"
    till.scans("6970019000206")
    assert "6970019000206" in _says(till)
    assert till.reads("count_1_0") == "1"


def test_paid_by_phone_it_goes_back_in_cash_only_by_its_own_approval(
    pair: Cashier,
) -> None:
    _sells(pair, TEA, wechat="all")
    _opens(pair, "F3")
    pair.presses("F3")
    pair.presses("F2")
    pair.chooses("way", "cash")
    pair.presses("F12")
    _approves(pair)  # 改退
    _approves(pair)  # the refund
    pair.sees("corrected_amount", "¥78.00")
    assert _payments(pair, 2) == [("cash", -7800)]
    acts = "SELECT act, outcome, approver_id FROM act WHERE outcome = 'done'"
    assert rows(pair, f"{acts} AND approver_id IS NOT NULL ORDER BY id") == [
        ("refund_otherwise", "done", 1),
        ("refund", "done", 1),
    ]


def test_a_refund_that_nobody_approves_is_none_and_what_was_chosen_stays(
    pair: Cashier,
) -> None:
    _sells(pair, TEA)
    _opens(pair, "F3")
    pair.presses("F3")
    pair.presses("F2")
    pair.presses("F12")
    pair.waits(lambda: pair.is_shown("pin"))
    pair.presses("Esc")
    assert pair.reads("count_1_0") == "1"
    assert _kinds(pair) == ["sale"]
    pair.presses("F12")
    _approves(pair)
    pair.sees("corrected_amount", "¥78.00")


def test_a_refund_of_yesterday_s_receipt_is_today_s_document_that_names_that_day(
    till: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sells(till, TEA)
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
    _opens(till, "F3")
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
    _opens(till, "F6", row=1)  # its tender is counted
    assert not till.is_shown("confirm_tender")
    assert _says(till)


def test_what_is_invoiced_already_needs_a_red_invoice(till: Cashier) -> None:
    _sells(till, TEA)
    work = till.application.work
    assert work is not None
    seat, now = work.desk.seat(), clock.now()
    with work.database.write() as session:
        invoice_id = invoices.register(session, 1, Wanted("海珠区单位"), seat, at=now)
        invoices.issued(session, invoice_id, "25442000000012345678", seat, at=now)
    _opens(till, "F3")
    assert "25442000000012345678" in till.reads("refund_notice")
    till.presses("F3")
    till.presses("F2")
    till.presses("F12")
    till.sees_in("corrected_warning", "25442000000012345678")


def test_pain_24_no_finished_sale_can_be_edited_or_deleted_from_any_screen(
    till: Cashier,
) -> None:
    """Whatever is done to it, its rows stay as they were; corrections come beside."""
    _sells(till, TEA, TEA, wechat="100")

    def stored() -> list[list[tuple[object, ...]]]:
        return [
            rows(till, "SELECT * FROM sale WHERE id = 1"),
            rows(till, "SELECT * FROM sale_line WHERE sale_id = 1"),
            rows(till, "SELECT * FROM payment WHERE sale_id = 1"),
        ]

    before = stored()
    _opens(till, "Del")
    for key in ("Enter", "F3", "F3", "F2", "F12", "Del", "Enter", "Del"):
        till.presses(key)
    _opens(till, "F4", row=1)
    till.presses("Esc")
    _opens(till, "F3")  # of the refund: nothing is taken back
    assert till.is_shown("receipts")
    assert "T01-000002" in _says(till)
    assert stored() == before
    assert _kinds(till) == ["sale", "refund"]


# --- exchanges ---------------------------------------------------------------


def _exchanges(cashier: Cashier) -> None:
    _opens(cashier, "F3")
    cashier.presses("F3")
    cashier.presses("F2")
    cashier.presses("F7")
    cashier.waits(lambda: cashier.is_shown("basket"))
    assert cashier.is_shown("errand")


def test_one_thing_is_exchanged_for_a_dearer_one_and_the_rest_is_paid(
    till: Cashier,
) -> None:
    _sells(till, TEA)
    _exchanges(till)
    till.types(BOX)
    till.presses("Enter")
    till.presses("F12")
    till.sees("due", "¥120.00")
    till.presses("F4")  # the goods that came back are no tender to take back
    till.sees("due", "¥120.00")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    assert "T01-000002" in till.reads("paid_remarks")
    assert _payments(till, 2) == [("exchange", -7800)]
    assert _payments(till, 3) == [("exchange", 7800), ("cash", 12_000)]
    assert not till.is_shown("errand")


def test_for_a_cheaper_one_the_rest_goes_back_with_an_approval(pair: Cashier) -> None:
    _sells(pair, BOX)
    _exchanges(pair)
    pair.types(TEA)
    pair.presses("Enter")
    pair.presses("F12")
    pair.sees("due", "¥0.00")
    assert "¥120.00" in pair.reads("goes_back")
    assert _kinds(pair) == ["sale"]  # nothing is stored before somebody says so
    pair.presses("Enter")
    _approves(pair)
    pair.waits(lambda: pair.is_shown("paid_remarks"))
    assert "¥120.00" in pair.reads("paid_remarks")
    assert _payments(pair, 2) == [("cash", -12_000), ("exchange", -7800)]
    assert _payments(pair, 3) == [("exchange", 7800)]


def test_an_exchange_survives_leaving_and_is_gone_after_a_crash(
    till: Cashier, start: Callable[[], Cashier]
) -> None:
    _sells(till, TEA)
    _exchanges(till)
    till.types(BOX)
    till.presses("Enter")
    till.presses("F12")
    till.presses("Esc")
    assert till.is_shown("errand")
    till.presses("F12")
    till.types("50")
    till.presses("Enter")
    till.sees("due", "¥70.00")
    till.presses("Shift+F7")  # not while money lies there
    assert till.is_shown("errand")
    till.leaves()
    again = start()
    again.sees("due", "¥148.00")  # what was stored is only what was handed over
    assert not again.is_shown("errand")
    assert _kinds(again) == ["sale"]


def test_an_exchange_is_dropped_by_its_button_and_waits_for_an_open_payment(
    till: Cashier,
) -> None:
    _sells(till, TEA)
    till.types(TEA)
    till.presses("Enter")
    till.presses("F12")
    _opens(till, "F3")
    till.presses("F3")
    till.presses("F7")
    till.presses("F2")
    till.presses("F7")
    assert till.is_shown("confirm_refund")  # a payment is open
    till.presses("F1")
    till.presses("Esc")
    till.presses("F8")
    assert till.reads("count_1_0") == "1"  # the panel is as it was left
    till.presses("F7")
    assert till.is_shown("errand")
    till.touches_button("drop_errand")
    till.presses("F12")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    assert _kinds(till) == ["sale", "sale"]


# --- compensations and tenders --------------------------------------------------


def test_bad_fruit_is_compensated_within_what_was_paid_for_it(pair: Cashier) -> None:
    _sells(pair, TEA, BOX, wechat="all")
    _opens(pair, "F4")
    pair.presses("F12")
    assert _says(pair)
    pair.presses("Enter")  # the first line
    pair.fills("compensation", "79")
    assert "78.00" in _says(pair)
    pair.fills("compensation", "5")
    assert pair.reads("back_amount") == "¥5.00"
    pair.presses("F2")
    pair.presses("F12")
    _approves(pair)
    pair.sees("corrected_amount", "¥5.00")
    assert _kinds(pair) == ["sale", "compensation"]
    assert _payments(pair, 2) == [("wechat", -500)]
    pair.presses("Esc")
    assert pair.is_shown("receipts")


def test_a_receipt_of_one_line_asks_for_the_amount_at_once(till: Cashier) -> None:
    _sells(till, TEA)
    _opens(till, "F4")
    till.types("3")
    till.fills("reason", "压坏了")
    till.presses("Enter")
    till.sees("corrected_amount", "¥3.00")
    assert rows(till, "SELECT reason FROM correction") == [("压坏了",)]


def test_a_wrong_tender_is_booked_anew_and_the_drawer_is_right(pair: Cashier) -> None:
    _sells(pair, TEA, TEA, wechat="100")
    _opens(pair, "F6")
    pair.presses("F12")
    assert _says(pair)
    pair.presses("Enter")
    pair.presses("F12")
    assert _says(pair)
    pair.touches_button("right_cash")
    pair.presses("F2")
    pair.presses("F12")
    _approves(pair)
    pair.waits(lambda: pair.is_shown("corrected_amount"))
    assert _kinds(pair) == ["sale", "correction"]
    assert _payments(pair, 2) == [("wechat", -10_000), ("cash", 10_000)]
    pair.presses("Enter")
    _opens(pair, "F6", row=1)
    table = pair.find(QTableView, "wrong_tenders")
    assert table.model().rowCount() == 2
    pair.presses("Esc")
    assert pair.is_shown("receipts")


# --- without a receipt -----------------------------------------------------------


def _more(cashier: Cashier, name: str) -> None:
    cashier.presses("Shift+F6")
    cashier.touches_button(f"more_{name}")


def test_goods_without_a_receipt_come_back_at_today_s_price(pair: Cashier) -> None:
    _more(pair, "return")
    assert _says(pair)  # nothing is in the basket
    pair.presses("Esc")
    pair.types(f"2.48*{MELON}")
    pair.presses("Enter")
    _more(pair, "return")
    assert pair.reads("return_amount") == "¥11.10"
    pair.chooses("return_way", "transfer")
    assert pair.reads("return_amount") == "¥11.16"
    pair.presses("F12")
    assert "原因" in _says(pair)
    pair.presses("F2")
    pair.double_clicks("confirm_return")
    _approves(pair)
    pair.sees("corrected_amount", "¥11.16")
    assert pair.basket() == []
    assert _payments(pair, 1) == [("transfer", -1116)]
    assert rows(pair, "SELECT count(*) FROM basket") == [(0,)]
    pair.touches_button("corrected_done")
    assert not pair.is_shown("corrected_amount")
    assert pair.tiles()


def test_who_changes_his_mind_leaves_the_basket_as_it_is(till: Cashier) -> None:
    till.types(TEA)
    till.presses("Enter")
    _more(till, "return")
    till.presses("Esc")
    assert len(till.basket()) == 1
    assert till.tiles()
    assert _kinds(till) == []


# --- paper slips -------------------------------------------------------------------


def _earlier() -> str:
    """A minute that is past, on the day of the shift, as it is typed."""
    return f"{clock.local(clock.now() - timedelta(minutes=1)):%H%M}"


def test_after_a_power_cut_slips_are_entered_one_after_the_other(
    pair: Cashier,
) -> None:
    pair.types(TEA)
    pair.presses("Enter")
    _more(pair, "slip")
    assert pair.is_shown("errand")
    pair.types("0017")
    pair.presses("Enter")
    pair.types(_earlier())
    pair.presses("F2")
    pair.presses("F12")
    pair.sees("due", "¥78.00")
    pair.sees_in("errand", "0017")
    pair.types("100")
    pair.presses("Enter")
    _approves(pair)
    pair.sees("change_due", "¥22.00")
    pair.presses("Enter")
    assert pair.is_shown("errand")  # the next one
    pair.types(BOX)
    pair.presses("Enter")
    pair.presses("F12")
    assert pair.reads("slip_number") == "0018"
    pair.presses("F12")
    pair.presses("F2")
    _approves(pair)
    pair.waits(lambda: pair.is_shown("change_due"))
    pair.touches_button("drop_errand")
    assert not pair.is_shown("errand")
    late = "SELECT slip, net_fen FROM late_entry l JOIN sale s ON s.id = l.sale_id"
    assert rows(pair, late) == [("0017", 7800), ("0018", 19_800)]


def test_a_slip_is_checked_before_anybody_takes_its_money(till: Cashier) -> None:
    till.types(TEA)
    till.presses("Enter")
    _more(till, "slip")
    till.presses("F12")
    for number, time in (("", "0000"), ("0017", ""), ("0017", "2575")):
        till.fills("slip_number", number)
        till.fills("slip_time", time)
        till.presses("F12")
        assert till.is_shown("confirm_slip")
        assert _says(till)
    till.fills("slip_time", _earlier())
    till.presses("F12")
    assert "原因" in _says(till)
    till.presses("F2")
    till.presses("F12")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    till.presses("Enter")
    till.types(TEA)
    till.presses("Enter")
    till.presses("F12")
    till.fills("slip_number", "0017")
    till.presses("F12")
    assert "T01-000001" in _says(till)


def test_leaving_the_payment_drops_the_mark_of_the_slip(till: Cashier) -> None:
    till.types(TEA)
    till.presses("Enter")
    _more(till, "slip")
    till.fills("slip_number", "A")
    till.touches_button("pay")  # before all is typed
    assert till.reads("slip_number") == "A"
    till.fills("slip_time", _earlier())
    till.fills("reason", "停电")
    till.presses("F12")
    till.sees("due", "¥78.00")
    till.presses("Esc")
    assert not till.is_shown("errand")
    till.presses("F12")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    assert rows(till, "SELECT count(*) FROM late_entry") == [(0,)]
    till.presses("Enter")
    _more(till, "slip")  # before the goods of the slip
    assert till.is_shown("errand")
    assert till.tiles()
    till.types(TEA)
    till.presses("Enter")
    till.presses("F12")
    till.presses("Esc")
    assert not till.is_shown("errand")
    assert till.tiles()


def test_a_new_window_has_the_panels_too(till: Cashier) -> None:
    _sells(till, TEA)
    _opens(till, "F3")
    till.presses("F11")
    till.chooses("language", "en")
    till.waits(lambda: till.application.window is not None)
    till.faces_the_window()
    _opens(till, "F3")
    till.presses("F3")
    till.presses("F2")
    till.presses("F12")
    till.sees("corrected_amount", "¥78.00")
    assert till.find(QLabel, "corrected_title").text().endswith("T01-000002")
    assert isinstance(till.find(QAbstractButton, "corrected_done"), QAbstractButton)
    till.presses("Enter")
    paper = till.folder / "papers"
    till.waits(lambda: bool(list(paper.rglob("T01-000002.pdf"))))
