"""The list of goods: what is found, which comes first, what is on sale."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models import settings
from models.kinds import TileOrder
from tests.shop import SAUCE_CODE, Shop, sell
from tests.ui.goods.page import LISTS_DROP_DOWN, Goods, stored_goods
from ui.goods_presenter import GoodsPresenter

pytestmark = LISTS_DROP_DOWN


def test_all_goods_stand_in_the_list_with_price_and_stock(page: Goods) -> None:
    rows = dict(
        zip(
            page.names(),
            zip(page.column(4), page.column(5), strict=True),
            strict=True,
        )
    )

    assert rows["福泉香辣酱"] == ("23.90", "100")
    assert rows["疏附核桃"][1].startswith("100.00")  # 50 kg in 斤
    assert rows["疏附核桃"][0].startswith("29.00 / ")
    assert rows["山海四县礼盒"][1] == "40"
    assert "8" in page.reads("goods_count")


def test_goods_are_found_by_name_initials_and_code(page: Goods) -> None:
    page.searches("蜜柚")
    assert page.names() == ["大埔蜜柚"]

    page.view.scan(SAUCE_CODE)
    assert page.names() == ["福泉香辣酱"]

    page.searches("nothing")
    assert page.names() == []
    assert page.reads("goods_count") != ""


def test_escape_empties_the_search_and_then_leaves(qtbot: QtBot, page: Goods) -> None:
    page.searches("蜜柚")
    page.presses(Qt.Key.Key_Return)

    page.presses(Qt.Key.Key_Escape)
    assert len(page.names()) == 8
    with qtbot.waitSignal(page.view.left):
        page.presses(Qt.Key.Key_Escape)


def test_the_rows_behave_as_qt_asks(qtbot: QtBot, page: Goods) -> None:
    tester = ModelTester(None)
    tester.check(page.table.model())
    page.searches("蜜")


def test_an_empty_shop_says_what_to_do(
    qtbot: QtBot, presenter: GoodsPresenter, shop: Shop
) -> None:
    page = Goods(qtbot, presenter)
    page.searches("zzz")
    page.presses(Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F3):
        page.presses(key)

    assert not page.find(QPushButton, "save_form").isVisible()
    assert page.said == []


def test_what_was_told_of_one_panel_is_past_in_the_next(
    qtbot: QtBot, page: Goods
) -> None:
    page.touches("add_goods")
    page.touches("save_form")
    assert page.said  # the name is missing
    with qtbot.waitSignal(page.view.turned):
        page.presses(Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.view.turned):
        page.presses(Qt.Key.Key_F3)


# --- which comes first ----------------------------------------------------------------


def _can_move(page: Goods) -> tuple[bool, bool]:
    """Earlier, later."""
    buttons = [page.find(QPushButton, f"{way}_goods") for way in ("earlier", "later")]
    assert all(button.isVisible() for button in buttons)
    return buttons[0].isEnabled(), buttons[1].isEnabled()


def test_goods_pass_each_other_by_keys_and_stay_selected(
    qtbot: QtBot, page: Goods, presenter: GoodsPresenter
) -> None:
    before = page.names()
    assert _can_move(page) == (False, True)
    page.presses(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert page.names() == before

    with qtbot.waitSignal(presenter.goods_changed):
        page.presses(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert page.names() == [before[1], before[0], *before[2:]]
    assert page.table.currentIndex().row() == 1
    assert _can_move(page) == (True, True)
    page.table.selectRow(len(before) - 1)
    assert _can_move(page) == (True, False)
    assert page.said == []


def test_goods_that_were_found_pass_those_that_are_seen(page: Goods) -> None:
    page.searches("瓮安")
    tea, honey = page.names()
    assert _can_move(page) == (False, True)
    page.presses(Qt.Key.Key_Return)
    page.touches("later_goods")
    assert page.names() == [honey, tea]
    page.presses(Qt.Key.Key_Escape)
    names = page.names()
    assert names.index(honey) < names.index(tea)
    assert page.table.currentIndex().siblingAtColumn(1).data() == tea


def test_where_the_hand_does_not_decide_nothing_is_moved(
    page: Goods, shop: Shop
) -> None:
    page.table.selectRow(1)
    page.presses(Qt.Key.Key_Delete)  # no longer sold: it goes to the end
    before = page.names()
    page.table.selectRow(len(before) - 2)
    assert _can_move(page) == (True, False)
    page.table.selectRow(len(before) - 1)
    assert _can_move(page) == (False, False)
    page.presses(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert page.names() == before
    page.searches("nothing")
    assert _can_move(page) == (False, False)
    page.presses(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    with shop.database.write() as session:
        chosen = settings.Settings(tile_order=TileOrder.SALES)
        settings.save(session, chosen)
    page.find(QLineEdit, "goods_search").clear()
    assert not page.find(QPushButton, "earlier_goods").isVisible()
    page.presses(Qt.Key.Key_Return)
    page.said.clear()
    page.presses(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert "F11" in page.said[0]


def test_beside_a_panel_there_is_room_for_the_keys_only(page: Goods) -> None:
    before = page.names()
    page.touches("stock_goods")
    assert not page.find(QPushButton, "later_goods").isVisible()
    page.presses(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert page.names()[:2] == [before[1], before[0]]
    page.presses(Qt.Key.Key_Escape)
    assert _can_move(page) == (True, True)


def test_what_was_sold_meanwhile_is_counted_when_the_page_is_shown(
    qtbot: QtBot, page: Goods, shop: Shop
) -> None:
    page.view.hide()
    sell(shop, {"SAUCE": 1})
    with qtbot.waitExposed(page.view):
        page.view.show()
    assert page.column(5)[0] == "99"


# --- on sale or not -------------------------------------------------------------------


def test_goods_are_taken_off_sale_and_put_back_with_one_key(
    qtbot: QtBot, page: Goods, presenter: GoodsPresenter, shop: Shop
) -> None:
    page.selects("大埔蜜柚")
    with qtbot.waitSignal(presenter.goods_changed):
        page.presses(Qt.Key.Key_Delete)

    assert not stored_goods(shop, "POMELO").is_active
    assert page.column(6) == ["已停售"]
    assert "大埔蜜柚" in page.said[-1]
    before = page.reads("switch_goods")
    page.touches("switch_goods")
    assert stored_goods(shop, "POMELO").is_active
    assert page.column(6) == [""]
    assert page.reads("switch_goods") != before


def test_a_form_that_is_open_does_not_put_them_back(page: Goods, shop: Shop) -> None:
    page.opens("大埔蜜柚")
    page.touches("switch_goods")
    assert not page.find(QPushButton, "save_form").isVisible()
    assert not stored_goods(shop, "POMELO").is_active

    page.opens("大埔蜜柚")
    page.fills("price", "1")
    page.touches("switch_goods")
    assert page.find(QLabel, "unsaved").isVisible()
    assert not stored_goods(shop, "POMELO").is_active
