"""The panel of stock: deliveries, counts, repacking and what goes elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from models import places
from models.goods import stock
from models.kinds import OutletKind
from models.places import NewOutlet
from tests.shop import SAUCE_CODE, Shop, on_hand
from tests.ui.goods.page import LISTS_DROP_DOWN, Goods, movements
from ui.goods_pick_view import GoodsPick

pytestmark = LISTS_DROP_DOWN


def test_goods_come_in_go_out_and_are_counted(page: Goods, shop: Shop) -> None:
    page.selects("大埔蜜柚")
    page.presses(Qt.Key.Key_F3)
    assert page.focused() == "stock_amount"
    page.fills("stock_note", "PO-7")
    page.fills("stock_amount", "20")
    page.presses(Qt.Key.Key_Return)
    assert page.focused() == "stock_amount"
    for reason, amount in (
        ("waste", "3"),
        ("tasting", "2"),
        ("gift", "1"),
        ("return", "4"),
        ("count", "85"),
    ):
        page.chooses("stock_reason", reason)
        page.fills("stock_amount", amount)
        page.presses(Qt.Key.Key_F12)

    assert movements(shop) == [
        ("delivery", 20, "PO-7"),
        ("waste", -3, ""),
        ("tasting", -2, ""),
        ("gift", -1, ""),
        ("return", -4, ""),
        ("count", -5, ""),
    ]
    assert on_hand(shop, "POMELO") == 85
    assert "85" in page.said[-1]
    assert page.column(5) == ["85"]
    assert "85" in page.reads("on_hand")


def test_weighed_goods_come_in_by_the_shop_s_unit(page: Goods, shop: Shop) -> None:
    page.selects("疏附核桃")
    page.touches("stock_goods")
    for key in ("1", "0", "."):
        page.touches(f"key_{key}")
    page.touches("key_1")
    page.touches("save_stock")

    assert movements(shop) == [("delivery", 5050, "")]


def test_nothing_moves_without_an_amount(page: Goods, shop: Shop) -> None:
    page.selects("大埔蜜柚")
    page.touches("stock_goods")
    page.touches("save_stock")
    assert page.focused() == "stock_amount"
    page.fills("stock_amount", "0")
    page.touches("save_stock")

    assert len(page.said) == 1
    assert movements(shop) == []
    page.touches("close_stock")
    assert page.table.hasFocus()


def test_a_movement_is_on_the_open_shift_s_day(page: Goods, shop: Shop) -> None:
    page.selects("大埔蜜柚")
    page.touches("stock_goods")
    page.fills("stock_amount", "1")
    page.touches("save_stock")

    with shop.database.read() as session:
        found = session.execute(
            text(
                "SELECT business_date, shift_id, staff_id, till_id FROM stock_movement "
                "WHERE reason = 'delivery'"
            )
        ).one()
    assert tuple(found) == (20261124, shop.shift_id, shop.staff_id, 1)


def test_a_gift_box_is_no_delivery(page: Goods) -> None:
    page.selects("礼盒")
    page.touches("stock_goods")

    assert len(page.said) == 1
    assert not page.find(QPushButton, "save_stock").isVisible()


def test_a_box_is_opened_into_pieces_in_one_act(page: Goods, shop: Shop) -> None:
    page.selects("大埔蜜柚")
    page.touches("stock_goods")
    page.chooses("stock_reason", "repack")
    assert page.focused() == "stock_amount"
    page.fills("stock_amount", "2")
    page.presses(Qt.Key.Key_F12)
    assert page.focused() == "stock_made_of"
    page.fills("stock_made_of", "tea")
    page.presses(Qt.Key.Key_Return)
    assert page.focused() == "stock_made"
    assert page.reads("stock_made_of") == "瓮安黄金芽茶  TEA"
    page.touches("save_stock")
    assert movements(shop) == []
    page.touches("key_7")
    page.touches("save_stock")

    assert movements(shop) == [("repack", -2, ""), ("repack", 7, "")]
    assert (on_hand(shop, "POMELO"), on_hand(shop, "TEA")) == (78, 10)
    with shop.database.read() as session:
        acts = session.scalars(
            text("SELECT DISTINCT act FROM stock_movement WHERE reason = 'repack'")
        )
        assert len(list(acts)) == 1


def test_goods_are_repacked_into_what_is_scanned_and_weighed(
    page: Goods, shop: Shop
) -> None:
    page.selects("疏附核桃")
    page.touches("stock_goods")
    page.view.scan(SAUCE_CODE)
    assert page.names() == ["福泉香辣酱"]
    page.selects("大埔蜜柚")
    page.touches("stock_goods")
    page.chooses("stock_reason", "repack")
    page.view.scan("nothing at all")
    page.touches("save_stock")
    assert movements(shop) == []
    page.view.scan("WALNUT")
    assert page.focused() == "stock_made"
    page.fills("stock_made", "1.5")
    page.fills("stock_amount", "3")
    page.touches("save_stock")

    assert movements(shop) == [("repack", -3, ""), ("repack", 750, "")]


def test_goods_to_repack_into_are_chosen_from_what_is_found(
    qtbot: QtBot, page: Goods, shop: Shop
) -> None:
    page.selects("大埔蜜柚")
    page.touches("stock_goods")
    page.chooses("stock_reason", "repack")
    page.fills("stock_made_of", "瓮安")
    found = page.find(GoodsPick, "stock_made_of").completer()
    assert found is not None
    words = found.completionModel()
    assert [words.index(row, 0).data() for row in range(words.rowCount())] == [
        "瓮安黄金芽茶  TEA",
        "瓮安百花蜜  HONEY",
    ]
    popup = found.popup()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert page.reads("stock_made_of") == "瓮安百花蜜  HONEY"

    page.fills("stock_made", "5")
    page.fills("stock_amount", "1")
    page.touches("save_stock")
    assert on_hand(shop, "HONEY") == 45


def test_goods_are_sent_to_another_outlet(page: Goods, shop: Shop) -> None:
    page.selects("大埔蜜柚")
    page.touches("stock_goods")
    page.chooses("stock_reason", "transfer")
    assert page.find(QComboBox, "stock_outlet").currentText() == "机关食堂"
    page.fills("stock_amount", "30")
    page.presses(Qt.Key.Key_Return)

    assert movements(shop) == [("transfer", -30, ""), ("transfer", 30, "")]
    assert on_hand(shop, "POMELO") == 50
    assert on_hand(shop, "POMELO", shop.canteen_id) == 30


def test_of_several_outlets_one_is_chosen(page: Goods, shop: Shop) -> None:
    with shop.database.write() as session:
        places.add_outlet(session, NewOutlet("东门摊位", OutletKind.STALL))
    page.selects("大埔蜜柚")
    page.touches("stock_goods")
    page.chooses("stock_reason", "transfer")
    page.fills("stock_amount", "30")
    page.touches("save_stock")
    assert len(page.said) == 1
    assert movements(shop) == []

    page.fills("stock_outlet", "东门摊位")
    page.touches("save_stock")
    assert on_hand(shop, "POMELO") == 50


def test_the_stock_reasons_are_those_of_the_model() -> None:
    assert {"delivery", "count", "return", "waste", "tasting", "gift"} | {
        "repack",
        "transfer",
    } <= {reason.value for reason in stock.Reason}
