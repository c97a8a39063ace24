"""The panel of shelf labels."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models import i18n
from models.i18n import Language
from tests.receipts.pdf_reader import texts
from tests.shop import Shop
from tests.ui.goods.page import LISTS_DROP_DOWN, Goods
from ui.goods_presenter import GoodsPresenter

pytestmark = LISTS_DROP_DOWN


def _sheets(shop: Shop) -> list[str]:
    files = (shop.database.path.parent / "papers").rglob("labels-*.pdf")
    return [page for file in sorted(files) for page in texts(file.read_bytes())]


def test_labels_are_printed_for_the_selected_goods(
    qtbot: QtBot, page: Goods, presenter: GoodsPresenter, shop: Shop
) -> None:
    page.selects("百花蜜")
    page.presses(Qt.Key.Key_F6)
    assert page.focused() == "labels_copies"
    assert page.reads("labels_for") == "瓮安百花蜜"
    page.touches("key_clear")
    page.touches("print_labels")
    assert page.said == []
    page.touches("key_3")
    with qtbot.waitSignal(presenter.labels.told):
        page.presses(Qt.Key.Key_Return)

    (sheet,) = _sheets(shop)
    assert sheet.count("瓮安百花蜜") == 3
    assert sheet.count("59.90") == 3
    assert "labels-" in page.said[-1]


def test_labels_are_printed_for_all_that_are_listed(
    qtbot: QtBot, page: Goods, presenter: GoodsPresenter, shop: Shop
) -> None:
    page.touches("label_goods")
    page.chooses("labels_goods", "shown")
    page.fills("labels_copies", "4")
    assert page.reads("labels_count") == "共 32 张标签（70 × 37 mm），A4 纸 2 张"
    page.searches("瓮安")
    assert page.reads("labels_count") == "共 8 张标签（70 × 37 mm），A4 纸 1 张"
    with qtbot.waitSignal(presenter.labels.told):
        page.touches("print_labels")

    (sheet,) = _sheets(shop)
    assert sheet.count("瓮安黄金芽茶") == 4
    assert "福泉香辣酱" not in sheet
    page.touches("close_labels")
    assert page.table.hasFocus()


def test_labels_follow_the_selected_goods_and_there_are_never_too_many(
    page: Goods, shop: Shop
) -> None:
    page.touches("label_goods")
    page.table.selectRow(2)
    assert page.reads("labels_for") == page.names()[2]
    page.fills("labels_copies", "99999")
    page.touches("print_labels")
    assert "99999" in page.said[-1]

    page.searches("nothing")
    page.touches("print_labels")
    assert len(page.said) == 1
    assert _sheets(shop) == []


def test_one_label_is_told_as_one(page: Goods) -> None:
    i18n.use_language(Language.EN)
    page.touches("label_goods")
    page.fills("labels_copies", "2")
    assert page.reads("labels_count").startswith("2 labels of")
    page.fills("labels_copies", "1")
    assert page.reads("labels_count").startswith("1 label of")
