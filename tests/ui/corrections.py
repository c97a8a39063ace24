"""What people do at the till to put a receipt right, and what is then stored."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from tests.cashier import Cashier
from tests.colleagues import MANAGER_PIN
from tests.ui.test_selling import rows
from ui.widgets.message_bar import MessageBar

MELON = "SF003"  # 花蜜瓜 by weight, 4.50 per 斤
BOX = "GB001"  # 四县山货礼盒, 198.00


def sells(cashier: Cashier, *codes: str, wechat: str = "") -> None:
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


def opens_panel(cashier: Cashier, key: str, row: int = 0) -> None:
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


def approves(cashier: Cashier) -> None:
    cashier.waits(lambda: cashier.is_shown("pin"))
    cashier.types(MANAGER_PIN)
    cashier.presses("Enter")


def says(cashier: Cashier) -> str:
    return cashier.find(MessageBar, "message_bar").text()


def payments(cashier: Cashier, sale_id: int) -> list[tuple[object, ...]]:
    found = rows(cashier, "SELECT sale_id, method, net_fen FROM payment ORDER BY id")
    return [row[1:] for row in found if row[0] == sale_id]


def kinds(cashier: Cashier) -> list[object]:
    return [row[0] for row in rows(cashier, "SELECT kind FROM sale ORDER BY id")]


def opens_more(cashier: Cashier, name: str) -> None:
    cashier.presses("Shift+F6")
    cashier.touches_button(f"more_{name}")
