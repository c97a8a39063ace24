"""A product's form: every field of it, and how it opens and closes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from models import i18n, settings
from models.errors import InvisibleCharacters
from models.goods import prices
from models.goods.drafts import BelowZero, PackCode, Part, ProductDraft
from models.goods.prices import PriceSource
from models.kinds import Terms
from models.money import Money
from models.quantity import Unit, WeightUnit
from tests.shop import SAUCE_CODE, SAUCE_PACK_CODE, Shop, draft
from tests.ui.goods.page import GOOD_CODE, LISTS_DROP_DOWN, Goods, stored_goods
from tests.ui.pages import compose, find
from ui.goods_presenter import GoodsPresenter

pytestmark = LISTS_DROP_DOWN


def test_pasted_words_are_kept_without_what_nobody_sees(
    page: Goods, shop: Shop
) -> None:
    page.presses(Qt.Key.Key_Insert)
    page.fills("name", "福泉\u200b刺梨汁\ufeff")
    page.fills("supplier", "山味\u200d社")
    page.fills("price", "42.5")
    page.presses(Qt.Key.Key_F12)

    stored = stored_goods(shop, "P0009")
    assert (stored.name, stored.supplier) == ("福泉刺梨汁", "山味社")
    assert page.said[-1].startswith("福泉刺梨汁")


@pytest.mark.parametrize("field", ["name", "spec", "certificate"])
def test_words_that_would_steer_are_refused_and_their_field_is_marked(
    page: Goods, shop: Shop, field: str
) -> None:
    page.presses(Qt.Key.Key_Insert)
    page.fills("name", "福泉刺梨汁")
    page.fills(field, "刺梨\u202e汁")
    page.fills("price", "42.5")
    page.presses(Qt.Key.Key_F12)

    assert page.said[-1].endswith(str(InvisibleCharacters()))
    assert page.focused() == field
    assert page.find(QLineEdit, field).property("wrong") == "true"
    with shop.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM product")) == 8


def test_a_name_too_long_is_told_and_never_cut(page: Goods, shop: Shop) -> None:
    page.presses(Qt.Key.Key_Insert)
    page.fills("name", "a" + "𠮷" * 200)
    page.presses(Qt.Key.Key_F12)
    assert "200" in page.said[-1]

    page.fills("name", "𠮷" * 200)
    page.presses(Qt.Key.Key_F12)
    assert stored_goods(shop, "P0009").name == "𠮷" * 200


def test_goods_are_added_by_keys_alone(
    qtbot: QtBot, page: Goods, presenter: GoodsPresenter, shop: Shop
) -> None:
    page.presses(Qt.Key.Key_Insert)
    assert page.focused() == "name"
    assert page.reads("sku") == "P0009"
    page.fills("name", "福泉刺梨汁")
    page.presses(Qt.Key.Key_Return)
    assert page.focused() == "sku"
    page.fills("price", "42.5")
    page.fills("unit_name", "瓶")
    page.fills("category", "饮品")
    page.view.scan(GOOD_CODE)

    with qtbot.waitSignal(presenter.goods_changed):
        page.presses(Qt.Key.Key_F12)

    assert stored_goods(shop, "P0009") == ProductDraft(
        sku="P0009",
        name="福泉刺梨汁",
        unit=Unit.PIECE,
        category="饮品",
        unit_name="瓶",
        price=Money(4250),
        barcodes=(PackCode(GOOD_CODE),),
    )
    assert "福泉刺梨汁" in page.said[-1]
    assert not page.find(QPushButton, "save_form").isVisible()
    assert page.table.hasFocus()
    index = page.table.currentIndex().siblingAtColumn(1)
    assert index.data() == "福泉刺梨汁"


def test_goods_are_added_by_touch_alone(page: Goods, shop: Shop) -> None:
    page.touches("add_goods")
    compose(page.find(QLineEdit, "name"), "散装辣椒")
    page.chooses("unit", "gram")
    page.fills("price", "6")
    page.fills("plu", "20001")
    page.touches("save_form")

    found = stored_goods(shop, "P0009")
    assert (found.unit, found.price, found.plu) == (Unit.GRAM, Money(1200), "20001")


def test_the_form_shows_what_the_price_was(page: Goods, shop: Shop) -> None:
    page.opens("大埔蜜柚")
    assert not page.find(QTableView, "history").isVisible()
    page.fills("price", "13.5")
    page.touches("save_form")
    page.opens("大埔蜜柚")

    history = page.find(QTableView, "history")
    assert history.isVisible()
    line = [history.model().index(0, column).data() for column in range(4)]
    assert line[1:] == ["12.80", "13.50", i18n._("the form")]
    with shop.database.read() as session:
        (changed,) = prices.list_changes(session, shop.products["POMELO"])
    assert changed.source is PriceSource.FORM


def test_every_field_of_a_product_comes_back_as_it_was(page: Goods, shop: Shop) -> None:
    for sku in shop.products:
        name = draft(sku).name
        before = stored_goods(shop, sku)
        page.opens(name)
        page.touches("save_form")
        assert stored_goods(shop, sku) == before


def test_all_fields_can_be_changed(page: Goods, shop: Shop) -> None:
    page.opens("大埔蜜柚")
    page.fills("name_en", "Pomelo")
    page.fills("spec", "1.2kg")
    page.fills("supplier", "梅州柚农社")
    page.fills("town", "百侯镇")
    page.fills("village", "侯南村")
    page.chooses("terms", "consignment")
    page.fills("cost", "8")
    page.fills("tax", "9")
    page.find(QCheckBox, "certified").click()
    page.fills("certificate", "FP-7")
    page.fills("days", "60")
    page.chooses("below_zero", "block")
    page.find(QCheckBox, "active").click()
    page.presses(Qt.Key.Key_F12)

    found = stored_goods(shop, "POMELO")
    assert (found.name_en, found.spec, found.supplier, found.town, found.village) == (
        "Pomelo",
        "1.2kg",
        "梅州柚农社",
        "百侯镇",
        "侯南村",
    )
    assert (found.terms, found.cost, found.tax_rate_bp) == (
        Terms.CONSIGNMENT,
        Money(800),
        900,
    )
    assert (found.is_certified, found.certificate, found.shelf_life_days) == (
        True,
        "FP-7",
        60,
    )
    assert (found.below_zero, found.is_active) == (BelowZero.BLOCK, False)


def test_a_price_is_typed_per_jin_or_per_kilogram(page: Goods, shop: Shop) -> None:
    page.opens("疏附核桃")
    assert page.reads("price_amount") == "29.00"

    page.touches("price_unit")
    assert page.reads("price_amount") == "58.00"
    page.fills("price", "60.01")
    page.touches("price_unit")
    assert page.reads("price_amount") == "60.01"  # 30.005 per 斤 cannot be shown
    page.touches("save_form")

    assert stored_goods(shop, "WALNUT").price == Money(6001)


def test_a_price_that_jin_cannot_show_is_opened_per_kilogram(
    page: Goods, shop: Shop
) -> None:
    with shop.database.write() as session:
        session.execute(text("UPDATE product SET price_fen = 5999 WHERE sku='WALNUT'"))
    page.opens("疏附核桃")

    assert page.reads("price_amount") == "59.99"


def test_a_shop_that_weighs_in_kilograms_reads_and_types_them(
    qtbot: QtBot, presenter: GoodsPresenter, shop: Shop
) -> None:
    with shop.database.write() as session:
        chosen = settings.Settings(weight_unit=WeightUnit.KG)
        settings.save(session, chosen)
    page = Goods(qtbot, presenter)
    page.opens("疏附核桃")
    assert page.reads("price_amount") == "58.00"

    page.touches("price_unit")
    assert page.reads("price_amount") == "29.00"


def test_a_pack_has_its_own_code_size_and_price(page: Goods, shop: Shop) -> None:
    page.opens("大埔蜜柚")
    page.touches("add_line")
    page.fills("code", "")
    lines = page.view.findChildren(QLineEdit, "code")
    sizes = page.view.findChildren(QLineEdit, "pack_size")
    prices = page.view.findChildren(QLineEdit, "pack_price")
    assert len(lines) == 2
    for field, words in (
        (lines[0], "POMELO1"),
        (lines[1], GOOD_CODE),
        (sizes[1], "12"),
        (prices[1], "140"),
    ):
        field.setText(words)
    page.touches("save_form")

    assert stored_goods(shop, "POMELO").barcodes == (
        PackCode("POMELO1"),
        PackCode(GOOD_CODE, 12, Money(14_000)),
    )


def test_a_code_is_taken_away(page: Goods, shop: Shop) -> None:
    page.opens("福泉香辣酱")
    page.view.findChildren(QToolButton, "remove_line")[0].click()
    page.touches("save_form")

    codes = [one.code for one in stored_goods(shop, "SAUCE").barcodes]
    assert codes == [SAUCE_PACK_CODE]


def test_a_gift_box_is_packed_in_pieces_and_weights(page: Goods, shop: Shop) -> None:
    page.touches("add_goods")
    page.fills("name", "新年礼盒")
    page.fills("price", "99")
    parts = page.find(QWidget, "parts")
    for words, amount in (("福泉香辣酱  SAUCE", "2"), ("疏附核桃  WALNUT", "1.5")):
        find(parts, QPushButton, "add_line").click()
        goods = parts.findChildren(QComboBox, "part")[-1]
        goods.setEditText(words)
        parts.findChildren(QLineEdit, "part_amount")[-1].setText(amount)
    page.touches("save_form")

    assert stored_goods(shop, "P0009").parts == (Part("SAUCE", 2), Part("WALNUT", 750))


def test_a_known_supplier_brings_its_village_and_terms(page: Goods) -> None:
    page.touches("add_goods")

    page.fills("supplier", "福泉市山味合作社")

    assert (page.reads("town"), page.reads("village")) == ("黄丝镇", "邦乐村")
    assert find(
        page.find(QWidget, "terms"), QPushButton, "choice_consignment"
    ).isChecked()


def test_a_known_category_brings_its_english_name(page: Goods) -> None:
    page.touches("add_goods")

    page.fills("category", "调味品")
    assert page.reads("category_en") == "Condiments"
    page.fills("category", "酱菜")
    assert page.reads("category_en") == ""


@pytest.mark.parametrize(
    ("field", "words", "focused"),
    [
        ("name", "", "name"),
        ("sku", "SAUCE", "sku"),
        ("sku", "", "sku"),
        ("barcodes", SAUCE_CODE, "code"),
        ("barcodes", "6970019000016", "code"),
    ],
)
def test_a_field_that_cannot_be_stored_is_told_and_gets_the_focus(
    page: Goods, shop: Shop, field: str, words: str, focused: str
) -> None:
    page.touches("add_goods")
    page.fills("name", "新茶")
    line = page.find(QWidget, field)
    edit = line if isinstance(line, QLineEdit) else line.findChild(QLineEdit)
    assert isinstance(edit, QLineEdit)
    edit.setText(words)

    page.touches("save_form")

    assert page.focused() == focused
    assert edit.property("wrong") == "true"
    assert page.said
    assert stored_goods(shop, "SAUCE") == draft("SAUCE")
    assert len(shop.products) == len(page.names())


def test_the_same_code_twice_is_told(page: Goods) -> None:
    page.touches("add_goods")
    page.fills("name", "新茶")
    page.view.scan(GOOD_CODE)
    page.view.scan(GOOD_CODE)
    page.touches("save_form")

    assert GOOD_CODE in page.said[-1]
    assert page.focused() == "code"


def test_old_goods_keep_their_sku_and_their_way_of_selling(page: Goods) -> None:
    page.opens("福泉香辣酱")

    assert page.find(QLineEdit, "sku").isReadOnly()
    assert not page.find(QWidget, "unit").isEnabled()


def test_changes_are_lost_only_when_told_twice(page: Goods, shop: Shop) -> None:
    page.opens("福泉香辣酱")
    page.fills("price", "1")

    page.presses(Qt.Key.Key_Escape)
    assert page.find(QLabel, "unsaved").isVisible()
    page.touches("stock_goods")

    assert not page.find(QPushButton, "save_form").isVisible()
    assert stored_goods(shop, "SAUCE").price == Money(2390)
    assert page.find(QPushButton, "save_stock").isVisible()


def test_a_form_without_changes_closes_at_once(page: Goods) -> None:
    page.opens("福泉香辣酱")

    page.presses(Qt.Key.Key_Escape)

    assert not page.find(QPushButton, "save_form").isVisible()
    assert page.table.hasFocus()


def test_a_picture_is_made_small_and_kept(
    page: Goods, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pomelo.png"
    image = QImage(900, 600, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.yellow)
    assert image.save(str(file))
    chosen = iter([str(file), "", str(tmp_path / "nothing.png")])
    monkeypatch.setattr(
        "ui.goods_picture_view.QFileDialog.getOpenFileName",
        lambda *_args: (next(chosen), ""),
    )
    page.opens("大埔蜜柚")
    for _time in range(3):
        page.find(QPushButton, "choose_picture").click()
    page.touches("save_form")

    picture = stored_goods(shop, "POMELO").picture
    assert picture is not None
    small = QImage.fromData(picture)
    assert (small.width(), small.height()) == (256, 256)
    assert len(picture) < 20_000

    page.opens("大埔蜜柚")
    page.find(QPushButton, "remove_picture").click()
    page.touches("save_form")
    assert stored_goods(shop, "POMELO").picture is None
