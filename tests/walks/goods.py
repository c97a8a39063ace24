"""Walks through the goods page, its panels and a table that comes in."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QTableView

from tests.cashier import Cashier


def goods(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F9")
    goods = cashier.find(QTableView, "goods")
    cashier.waits(lambda: goods.model().rowCount() > 0)
    yield "goods"
    cashier.presses("Ins")
    yield "new goods"
    cashier.touches_button("save_form")
    yield "new goods refused"
    for key, name in (("Esc", "goods again"), ("Enter", "goods form"), ("Esc", "")):
        cashier.presses(key)
        if name:
            yield name
    cashier.presses("F3")
    yield "stock"
    cashier.touches_button("choice_repack")
    yield "repacking"
    cashier.presses("Esc")


def goods_panels(cashier: Cashier) -> Iterator[str]:
    for _row in range(4):
        cashier.presses("Down")
    cashier.presses("F5")
    yield "no event price"
    cashier.fills("offer_amount", "30")
    cashier.presses("F12")
    yield "event prices"
    cashier.presses("Esc")
    yield from _promotions(cashier)
    cashier.presses("F6")
    yield "labels"
    cashier.presses("Esc")
    cashier.presses("F7")
    yield "export"
    cashier.presses("Esc")


def _promotions(cashier: Cashier) -> Iterator[str]:
    cashier.presses("Shift+F5")
    yield "no promotion"
    cashier.presses("F12")
    yield "new promotion"
    cashier.fills("promotion_name", "第二件半价")
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.chooses("promotion_rule", "over")
    cashier.fills("promotion_over", "100")
    cashier.fills("promotion_off", "10")
    cashier.chooses("promotion_for", "one")
    yield "new promotion over an amount"
    cashier.chooses("promotion_where", "everywhere")
    cashier.fills("promotion_name", "满100减10")
    cashier.presses("F12")
    cashier.touches_button("end_promotion")
    yield "promotions"
    cashier.presses("F1")
    cashier.types("2*WA002")
    cashier.presses("Enter")
    yield "promotion in the basket"
    cashier.presses("Shift+F4")
    cashier.presses("F9")
    cashier.presses("Esc")


def importing(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F4")
    yield "import"
    rows = cashier.find(QTableView, "import_rows")
    for name, lines in (
        ("import preview", "Q1,福泉刺梨汁,12.00\nQ2,贵定云雾茶,88.00\n"),
        ("import refused", "Q1,,x\nQ2,茶,-1\n"),
    ):
        table = cashier.folder / f"{name}.csv"
        table.write_text(f"sku,name,price_yuan\n{lines}", encoding="utf-8")
        cashier.fills("import_path", str(table))
        cashier.presses("Enter")
        cashier.waits(lambda: not cashier.is_shown("import_busy"))
        assert rows.model().rowCount()
        yield name
    cashier.presses("Esc")
