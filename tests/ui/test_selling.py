"""Stories of the selling screen, told by a cashier on the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from models.i18n import Language
from tests.cashier import Cashier
from tests.customers import TEA
from tests.ui.pages import compose


def rows(cashier: Cashier, sql: str) -> list[tuple[object, ...]]:
    work = cashier.application.work
    assert work is not None
    with work.database.read() as session:
        return [tuple(row) for row in session.execute(text(sql))]


def test_a_cash_sale_gives_change_and_takes_goods_from_stock(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.scans(TEA)
    cashier.scans(TEA)
    cashier.sees("total", "¥156.00")
    cashier.presses("F12")
    cashier.sees("due", "¥156.00")
    cashier.types("200")
    cashier.presses("Enter")
    cashier.sees("change_due", "¥44.00")
    cashier.sees("total", "¥0.00")
    assert rows(cashier, "SELECT tendered_fen, change_fen, net_fen FROM payment") == [
        (20_000, 4_400, 15_600)
    ]
    left = "SELECT on_hand FROM stock s JOIN product p ON p.id = s.product_id"
    assert rows(cashier, f"{left} WHERE p.sku = 'WA002'") == [(198,)]


def test_the_first_start_asks_six_things_and_sells_within_fifteen_keys(
    start: Callable[..., Cashier],
) -> None:
    """Six prefilled answers, and a PIN that may stay empty."""
    cashier = start(is_demo=False)
    for _field in range(7):
        cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("basket"))
    cashier.faces_the_window()
    cashier.types("DP001")
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    assert cashier.keys <= 15
    assert rows(cashier, "SELECT net_fen FROM sale") == [(1280,)]


def test_three_tiles_and_exact_cash_take_five_touches(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.touches_tile("纸皮核桃")
    cashier.touches_tile("灰枣")
    cashier.touches_tile("富硒大米5kg")
    cashier.touches_button("pay")
    cashier.touches_button("note_0")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    assert cashier.touches == 5
    assert rows(cashier, "SELECT net_fen FROM sale") == [(11_570,)]


def test_what_is_half_paid_is_neither_parked_nor_cleared(
    start: Callable[..., Cashier],
) -> None:
    """Keys reach further than buttons."""
    cashier = start()
    cashier.scans(TEA)
    cashier.presses("F12")
    cashier.types("10")
    cashier.presses("Enter")
    for key in ("F6", "F7", "Shift+F4", "Shift+F6"):
        cashier.presses(key)
        assert len(cashier.basket()) == 1, key
        cashier.sees("due", "¥68.00")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))


def test_a_whole_sale_with_keys_only(start: Callable[..., Cashier]) -> None:
    cashier = start()
    cashier.types("3*")
    cashier.presses("Enter")
    cashier.sees("multiplier", "3 ×")
    cashier.types("wa002")
    cashier.presses("Enter")
    cashier.types("SF003")  # weighed: the panel asks how much
    cashier.presses("Enter")
    cashier.types("2.48")
    cashier.presses("Enter")
    assert cashier.basket()[-1] == "花蜜瓜 2.48斤 × 4.50 ¥11.16"
    cashier.presses("F3")
    cashier.types("2")
    cashier.presses("Enter")
    assert cashier.basket()[-1] == "花蜜瓜 2.00斤 × 4.50 ¥9.00"
    cashier.presses("F4")
    cashier.sees("total", "¥234.00")
    cashier.presses("F12")
    cashier.types("100")
    cashier.presses("F2")  # WeChat pays a part
    cashier.sees("due", "¥134.00")
    cashier.presses("F12")  # exact cash for the rest
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")
    assert cashier.touches == 0
    assert rows(cashier, "SELECT method, net_fen FROM payment ORDER BY position") == [
        ("wechat", 10_000),
        ("cash", 13_400),
    ]


def test_a_whole_sale_with_touches_only(start: Callable[..., Cashier]) -> None:
    cashier = start()
    cashier.touches_tile("花蜜瓜")
    cashier.touches_button("by_amount")
    cashier.touches_button("key_2")
    cashier.touches_button("key_0")
    cashier.touches_button("done")
    assert cashier.basket() == ["花蜜瓜 4.444斤 × 4.50 ¥20.00"]
    cashier.touches_tile("灰枣")
    cashier.touches_line(1)
    cashier.touches_button("quantity")
    cashier.touches_button("key_3")
    cashier.touches_button("key_enter")
    cashier.sees("total", "¥128.00")
    cashier.touches_button("pay")
    cashier.touches_button("wechat")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.touches_button("next")
    assert cashier.keys == 0
    assert rows(cashier, "SELECT net_fen FROM sale") == [(12_800,)]


def test_rounding_falls_on_cash_and_change_comes_in_coins(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.scans(TEA)
    cashier.scans(TEA)
    cashier.types("2.48*SF003")
    cashier.presses("Enter")
    cashier.sees("total", "¥167.16")
    cashier.presses("F12")
    cashier.sees("cash_due", "现金应收 ¥167.10（抹零 −0.06）")
    cashier.types("200")
    cashier.presses("Enter")
    cashier.sees("change_due", "¥32.90")
    assert rows(cashier, "SELECT rule, fen FROM rounding") == [("jiao", 6)]


def test_repeated_enter_and_double_clicks_make_one_sale(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.scans(TEA)
    cashier.presses("F12")
    for _again in range(5):
        cashier.presses("Enter")
    cashier.scans(TEA)
    cashier.touches_button("pay")
    cashier.double_clicks("wechat")
    assert rows(cashier, "SELECT count(*) FROM sale") == [(2,)]
    assert rows(cashier, "SELECT count(*) FROM payment") == [(2,)]


def test_an_unknown_code_is_told_and_the_focus_stays(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.types("123456")
    cashier.presses("Enter")
    cashier.sees("message", "没有编码为 123456 的商品。请按名称查找。")
    assert cashier.focused.objectName() == "code"
    cashier.scans("134567890123456789")
    cashier.sees("message", "这是顾客的付款码，不是商品。")
    assert rows(cashier, "SELECT count(*) FROM basket") == [(0,)]


def test_a_scan_is_never_swallowed_by_a_field(start: Callable[..., Cashier]) -> None:
    cashier = start()
    cashier.presses("F2")
    assert cashier.focused.objectName() == "search"
    cashier.scans(TEA)
    assert cashier.basket() == ["瓮安毛峰250g 1 × 78.00 ¥78.00"]
    assert cashier.reads("search") == ""
    cashier.types("SF003")
    cashier.presses("Enter")  # the weight panel has the focus now
    cashier.scans(TEA)
    assert cashier.basket() == ["瓮安毛峰250g 2 × 78.00 ¥156.00"]


def test_weighing_labels_give_their_weight_or_their_amount(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.scans("2110002009906")  # 10002 for 9.90
    assert cashier.basket() == ["花蜜瓜 2.20斤 × 4.50 ¥9.90"]
    cashier.scans("2010002012404")  # 10002, 1.240 kg
    assert cashier.basket()[1] == "花蜜瓜 2.48斤 × 4.50 ¥11.16"
    cashier.scans("2110002009907")
    cashier.sees("message", "标签 2110002009907 读错了。请再扫一次。")


def test_search_finds_goods_by_chinese_and_by_initials(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.presses("F2")
    cashier.types_chinese("花蜜")
    cashier.touches_tile("花蜜瓜")
    cashier.presses("Esc")
    cashier.presses("F2")
    cashier.types("wamf")
    cashier.touches_tile("瓮安毛峰")
    assert cashier.basket() == ["瓮安毛峰250g 1 × 78.00 ¥78.00"]


def test_tiles_stand_as_they_were_put_by_hand(start: Callable[..., Cashier]) -> None:
    cashier = start()
    before = cashier.tiles()
    assert before[:3] == ["疏附西瓜(箱)", "疏附西瓜(散称)", "花蜜瓜"]
    cashier.presses("F11")
    cashier.chooses("tile_order", "hand")
    cashier.presses("F9")
    for _row in range(2):
        cashier.presses("Down")
    cashier.presses("Ctrl+Up")
    cashier.presses("Ctrl+Up")
    assert not cashier.find(QPushButton, "earlier_goods").isEnabled()
    cashier.presses("Ctrl+Up")  # further than the first place there is none
    cashier.presses("F1")
    moved = ["花蜜瓜", "疏附西瓜(箱)", "疏附西瓜(散称)", *before[3:]]
    assert cashier.tiles() == moved
    cashier.leaves()

    cashier = start()
    assert cashier.tiles() == moved
    cashier.presses("F9")
    cashier.presses("Down")
    for name in ("later_goods", "earlier_goods", "later_goods"):
        cashier.touches_button(name)
    cashier.presses("Ctrl+Down")
    cashier.presses("Up")  # the list kept its keys
    cashier.presses("Ctrl+Up")
    cashier.presses("F1")
    nuts = before[3]
    first = ["花蜜瓜", nuts, "疏附西瓜(散称)", "疏附西瓜(箱)"]
    assert cashier.tiles() == [*first, *before[4:]]


def test_tiles_stand_by_what_sells(start: Callable[..., Cashier]) -> None:
    cashier = start()
    by_hand = cashier.tiles()
    cashier.presses("F11")
    cashier.chooses("tile_order", "sales")
    cashier.presses("F1")
    assert cashier.tiles() == by_hand  # nothing was sold yet
    for code in ("DP001", "SF004", "SF004"):
        cashier.types(code)
        cashier.presses("Enter")
        cashier.presses("F12")
        cashier.presses("Enter")
        cashier.waits(lambda: cashier.is_shown("change_due"))
        cashier.presses("Enter")
    cashier.leaves()

    cashier = start()
    best = ["纸皮核桃500g", "大埔蜜柚(红肉)"]
    cashier.waits(lambda: cashier.tiles()[:2] == best, cashier.tiles)
    assert cashier.tiles() == [*best, *(name for name in by_hand if name not in best)]
    cashier.presses("F9")
    assert not cashier.is_shown("earlier_goods")
    assert not cashier.is_shown("later_goods")
    cashier.presses("Ctrl+Down")
    cashier.sees_in("message", "F11")
    cashier.presses("F11")
    cashier.chooses("tile_order", "hand")
    cashier.presses("F9")
    assert cashier.is_shown("later_goods")
    cashier.presses("F1")
    assert cashier.tiles() == by_hand


def test_parked_tickets_wait_and_come_back(start: Callable[..., Cashier]) -> None:
    cashier = start()
    cashier.scans(TEA)
    cashier.presses("F6")
    cashier.sees("resume", "取单  F7 (1)")
    cashier.types("SF004")
    cashier.presses("Enter")
    cashier.presses("F6")
    cashier.presses("F7")
    cashier.presses("Down")
    cashier.touches_button("take_up")
    assert cashier.basket() == ["纸皮核桃500g 1 × 29.80 ¥29.80"]
    cashier.presses("F7")  # the other one; this basket is parked for it
    assert cashier.basket() == ["瓮安毛峰250g 1 × 78.00 ¥78.00"]


def test_a_crash_on_the_payment_panel_brings_basket_and_tenders_back(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.scans(TEA)
    cashier.presses("F12")
    cashier.types("30")
    cashier.presses("F2")
    cashier.sees("due", "¥48.00")
    cashier.leaves()  # nothing is saved on leaving: all was on disk already
    cashier = start()
    cashier.sees("message", "可能已收款，请先核对到账。")
    cashier.sees("due", "¥48.00")
    cashier.sees_in("tenders", "微信  ¥30.00")
    cashier.presses("F12")
    cashier.waits(lambda: cashier.is_shown("change_due"))


def test_a_till_that_was_left_takes_no_more_keys(
    start: Callable[..., Cashier], qtbot: QtBot
) -> None:
    start().leaves()
    field = QLineEdit()
    qtbot.addWidget(field)
    compose(field, "000001")
    assert field.text() == "000001"


def test_the_language_changes_at_run_time_and_the_basket_stays(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.scans(TEA)
    cashier.presses("F11")
    cashier.chooses("language", "en")
    cashier.waits(lambda: cashier.reads("page_till") == "Sell F1")
    cashier.faces_the_window()
    cashier.presses("F1")
    assert cashier.basket() == ["Weng'an maofeng tea 250 g 1 × 78.00 ¥78.00"]


def test_a_gift_box_is_one_line_and_takes_four_products_from_stock(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.types("GB001")
    cashier.presses("Enter")
    assert cashier.basket() == ["四县山货礼盒 1 × 198.00 ¥198.00"]
    cashier.presses("F12")
    cashier.presses("F2")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    found = rows(cashier, "SELECT sku, county, net_fen FROM sale_line ORDER BY part_no")
    assert [row[:2] for row in found] == [
        ("WA002", "瓮安县"),
        ("DP005", "大埔县"),
        ("SF005", "疏附县"),
        ("FQ003", "福泉市"),
    ]
    assert sum(int(str(row[2])) for row in found) == 19_800


def test_without_a_shift_the_till_asks_for_the_float_first(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    work = cashier.application.work
    assert work is not None
    cashier.ends_the_shift()
    cashier.leaves()
    cashier = start()
    cashier.sees("entry_heading", "钱箱里有多少备用金？")
    cashier.types("300")
    cashier.presses("Enter")
    cashier.scans(TEA)
    assert cashier.basket() == ["瓮安毛峰250g 1 × 78.00 ¥78.00"]
    assert rows(cashier, "SELECT number, float_fen FROM shift ORDER BY number")[-1] == (
        2,
        30_000,
    )


def test_english_from_the_command_line(start: Callable[..., Cashier]) -> None:
    cashier = start(language=Language.EN)
    cashier.scans(TEA)
    cashier.sees("page_till", "Sell F1")
    cashier.presses("F12")
    cashier.sees("cash", "Cash  Enter")


def test_selling_more_than_there_is_warns_and_stores_the_sale(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.types("90*WA003")  # 70 on hand
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.presses("F2")
    cashier.sees("message", "库存不足，已卖成负数：瓮安白茶饼357g。")
    assert rows(cashier, "SELECT count(*) FROM sale") == [(1,)]


def test_with_two_accounts_the_cashier_chooses_which_was_paid_into(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.presses("F11")
    cashier.fills("account_holder", "瓮海公司")
    cashier.touches_button("add_account")
    cashier.presses("F1")
    cashier.scans(TEA)
    cashier.presses("F12")
    cashier.presses("F2")
    assert rows(cashier, "SELECT count(*) FROM sale") == [(0,)]
    cashier.touches_button("account_2")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    assert rows(cashier, "SELECT method, holder, net_fen FROM payment") == [
        ("wechat", "瓮海公司", 7_800)
    ]


def test_a_unit_buys_and_its_lines_say_so(start: Callable[..., Cashier]) -> None:
    cashier = start()
    cashier.scans(TEA)
    cashier.presses("F12")
    cashier.touches_button("buyer")
    cashier.sees("buyer", "购买方：单位")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    assert rows(cashier, "SELECT buyer_kind FROM sale_line") == [("unit",)]


def test_the_welcome_takes_the_goods_from_a_table(
    start: Callable[..., Cashier], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "goods.csv"
    table.write_text(
        "sku,name,county_code,category,unit,price_yuan,sold_by,opening_stock\n"
        "A1,大埔金桔,441422,水果,袋,15.00,piece,40\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_given: (str(table), "")
    )
    cashier = start(is_demo=False)
    cashier.touches_button("goods_file")
    cashier.sees("message", "商品来自 goods.csv")
    cashier.touches_button("start")
    cashier.waits(lambda: cashier.is_shown("basket"))
    cashier.faces_the_window()
    cashier.touches_tile("大埔金桔")
    cashier.touches_button("pay")
    cashier.touches_button("note_0")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    assert rows(cashier, "SELECT sku, county, net_fen FROM sale_line") == [
        ("A1", "大埔县", 1_500)
    ]


def test_a_faulty_table_leaves_no_shop_behind(
    start: Callable[..., Cashier], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "goods.csv"
    table.write_text("sku,name,price_yuan\nA1,大埔金桔,很贵\n", encoding="utf-8")
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_given: (str(table), "")
    )
    cashier = start(is_demo=False)
    cashier.touches_button("goods_file")
    cashier.touches_button("start")
    cashier.sees_in("message", "没有导入")
    assert cashier.is_shown("shop_name")


def test_a_receipt_is_found_again_by_its_number_and_printed_as_a_copy(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.scans(TEA)
    cashier.presses("F12")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("F8")
    cashier.scans("T01-000001")
    cashier.presses("F5")
    papers = cashier.folder / "papers"
    cashier.waits(lambda: bool(list(papers.rglob("T01-000001-copy1.pdf"))))
    jobs = "SELECT copy, state FROM print_job ORDER BY copy"
    cashier.waits(lambda: rows(cashier, jobs) == [(0, "sent"), (1, "sent")])
