"""The goods page: the list, a product's form, deliveries and tables of goods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from assets.tokens import size
from models import i18n, places, settings
from models.errors import InvisibleCharacters
from models.goods import catalog, event_prices, prices, stock
from models.goods.drafts import BelowZero, PackCode, Part, ProductDraft
from models.goods.event_prices import EventPriceRow
from models.goods.prices import PriceSource
from models.i18n import Language
from models.kinds import OutletKind, Terms, TileOrder
from models.money import Money
from models.office import imports, table_files
from models.places import NewOutlet
from models.quantity import Unit, WeightUnit
from tests import invariants
from tests.receipts.pdf_reader import texts
from tests.shop import DAY, SAUCE_CODE, SAUCE_PACK_CODE, Shop, draft, on_hand, sell
from tests.ui.pages import W, compose, find
from ui import style
from ui.background import Background
from ui.goods_pick_view import GoodsPick
from ui.goods_presenter import GoodsPresenter
from ui.goods_view import GoodsView
from ui.papers import Papers
from ui.widgets.day_edit import DayEdit

GOOD_CODE = "6970019000060"

# what the offscreen platform says of a list that drops down
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


class Goods:
    """The page, as a person finds it."""

    def __init__(self, qtbot: QtBot, presenter: GoodsPresenter) -> None:
        self._qtbot = qtbot
        self.said: list[str] = []
        presenter.failed.connect(self.said.append)
        presenter.told.connect(self.said.append)
        self.view = GoodsView()
        qtbot.addWidget(self.view)
        self.view.connect_to(presenter)
        self.view.resize(1366, 672)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.table = self.find(QTableView, "goods")

    def find(self, kind: type[W], name: str) -> W:
        """The widget of that name that is in view, else any of that name."""
        found = self.view.findChildren(kind, name)
        assert found, name
        return next((one for one in found if one.isVisible()), found[0])

    def presses(
        self,
        key: Qt.Key,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self._qtbot.keyClick(focused, key, held)

    def touches(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        assert button.isEnabled(), name
        self._qtbot.mouseClick(
            button, Qt.MouseButton.LeftButton, pos=QPoint(button.rect().center())
        )

    def chooses(self, choice: str, value: str) -> None:
        """A button of a row of which one is chosen."""
        parent = self.find(QWidget, choice)
        button = find(parent, QPushButton, f"choice_{value}")
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def fills(self, name: str, words: str) -> None:
        field = self.find(QWidget, name)
        line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
        assert isinstance(line, QLineEdit), name
        line.setFocus()
        line.selectAll()
        if words.isascii():
            self._qtbot.keyClicks(line, words)
        else:
            compose(line, words)

    def reads(self, name: str) -> str:
        widget = self.find(QWidget, name)
        assert isinstance(widget, QLabel | QLineEdit | QAbstractButton)
        return widget.text()

    def names(self) -> list[str]:
        return self.column(1)

    def column(self, number: int) -> list[str]:
        model = self.table.model()
        return [str(model.index(row, number).data()) for row in range(model.rowCount())]

    def searches(self, words: str) -> None:
        self.presses(Qt.Key.Key_F2)
        compose(self.find(QLineEdit, "goods_search"), words)

    def selects(self, words: str) -> None:
        """The one product whose name holds these words, found by a search."""
        self.searches(words)
        self.presses(Qt.Key.Key_Return)
        assert len(self.names()) == 1, self.names()

    def opens(self, words: str) -> None:
        """Its form, by the keyboard."""
        self.selects(words)
        self.presses(Qt.Key.Key_Return)
        assert self.find(QPushButton, "save_form").isVisible()

    def focused(self) -> str:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused.objectName()


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Background]:
    made = Background("bulk")
    yield made
    made.stop()


@pytest.fixture
def presenter(shop: Shop, worker: Background) -> GoodsPresenter:
    folder = shop.database.path.parent / "papers"
    papers = Papers(shop.database, worker, folder)
    presenter = GoodsPresenter(shop.database, worker, papers)
    papers.failed.connect(presenter.failed)
    papers.setParent(presenter)
    return presenter


@pytest.fixture
def page(qtbot: QtBot, presenter: GoodsPresenter, shop: Shop) -> Iterator[Goods]:
    yield Goods(qtbot, presenter)
    invariants.check(shop.database)


def _stored(shop: Shop, sku: str) -> ProductDraft:
    with shop.database.read() as session:
        product_id = session.scalar(
            text("SELECT id FROM product WHERE sku = :sku"), {"sku": sku}
        )
        assert isinstance(product_id, int), sku
        return catalog.get_draft(session, product_id)


def _movements(shop: Shop) -> list[tuple[str, int, str]]:
    """What moved beside the opening stock: reason, amount, note."""
    with shop.database.read() as session:
        found = session.execute(
            text(
                "SELECT reason, amount, note FROM stock_movement "
                "WHERE reason <> 'opening' ORDER BY id"
            )
        )
        return [(row.reason, row.amount, row.note) for row in found]


# --- the list -------------------------------------------------------------------


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


# --- which comes first ----------------------------------------------------------


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


# --- the form -------------------------------------------------------------------


def test_pasted_words_are_kept_without_what_nobody_sees(
    page: Goods, shop: Shop
) -> None:
    page.presses(Qt.Key.Key_Insert)
    page.fills("name", "福泉\u200b刺梨汁\ufeff")
    page.fills("supplier", "山味\u200d社")
    page.fills("price", "42.5")
    page.presses(Qt.Key.Key_F12)

    stored = _stored(shop, "P0009")
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
    assert _stored(shop, "P0009").name == "𠮷" * 200


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

    assert _stored(shop, "P0009") == ProductDraft(
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

    found = _stored(shop, "P0009")
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
        before = _stored(shop, sku)
        page.opens(name)
        page.touches("save_form")
        assert _stored(shop, sku) == before


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

    found = _stored(shop, "POMELO")
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

    assert _stored(shop, "WALNUT").price == Money(6001)


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

    assert _stored(shop, "POMELO").barcodes == (
        PackCode("POMELO1"),
        PackCode(GOOD_CODE, 12, Money(14_000)),
    )


def test_a_code_is_taken_away(page: Goods, shop: Shop) -> None:
    page.opens("福泉香辣酱")
    page.view.findChildren(QToolButton, "remove_line")[0].click()
    page.touches("save_form")

    assert [one.code for one in _stored(shop, "SAUCE").barcodes] == [SAUCE_PACK_CODE]


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

    assert _stored(shop, "P0009").parts == (Part("SAUCE", 2), Part("WALNUT", 750))


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
    assert _stored(shop, "SAUCE") == draft("SAUCE")
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
    assert _stored(shop, "SAUCE").price == Money(2390)
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

    picture = _stored(shop, "POMELO").picture
    assert picture is not None
    small = QImage.fromData(picture)
    assert (small.width(), small.height()) == (256, 256)
    assert len(picture) < 20_000

    page.opens("大埔蜜柚")
    page.find(QPushButton, "remove_picture").click()
    page.touches("save_form")
    assert _stored(shop, "POMELO").picture is None


# --- on sale or not ---------------------------------------------------------------


def test_goods_are_taken_off_sale_and_put_back_with_one_key(
    qtbot: QtBot, page: Goods, presenter: GoodsPresenter, shop: Shop
) -> None:
    page.selects("大埔蜜柚")
    with qtbot.waitSignal(presenter.goods_changed):
        page.presses(Qt.Key.Key_Delete)

    assert not _stored(shop, "POMELO").is_active
    assert page.column(6) == ["已停售"]
    assert "大埔蜜柚" in page.said[-1]
    before = page.reads("switch_goods")
    page.touches("switch_goods")
    assert _stored(shop, "POMELO").is_active
    assert page.column(6) == [""]
    assert page.reads("switch_goods") != before


def test_a_form_that_is_open_does_not_put_them_back(page: Goods, shop: Shop) -> None:
    page.opens("大埔蜜柚")
    page.touches("switch_goods")
    assert not page.find(QPushButton, "save_form").isVisible()
    assert not _stored(shop, "POMELO").is_active

    page.opens("大埔蜜柚")
    page.fills("price", "1")
    page.touches("switch_goods")
    assert page.find(QLabel, "unsaved").isVisible()
    assert not _stored(shop, "POMELO").is_active


# --- event prices -----------------------------------------------------------------


def _offers(shop: Shop, sku: str) -> list[EventPriceRow]:
    with shop.database.read() as session:
        return event_prices.list_for(session, shop.products[sku])


def test_an_event_price_is_added_per_jin_and_ended(
    qtbot: QtBot, page: Goods, presenter: GoodsPresenter, shop: Shop
) -> None:
    page.selects("疏附核桃")
    page.presses(Qt.Key.Key_F5)
    assert page.focused() == "offer_amount"
    assert page.find(QLabel, "no_offers").isVisible()
    page.presses(Qt.Key.Key_F12)
    assert _offers(shop, "WALNUT") == []
    page.fills("offer_amount", "25")
    page.find(DayEdit, "offer_last").setDate(QDate(2026, 11, 30))
    with qtbot.waitSignal(presenter.goods_changed):
        page.presses(Qt.Key.Key_Return)

    (offer,) = _offers(shop, "WALNUT")
    assert (offer.price, offer.event, offer.outlet) == (
        Money(5000),
        "金秋消费帮扶展销",
        "",
    )
    assert (offer.first, offer.last) == (DAY, date(2026, 11, 30))
    rows = page.find(QTableView, "offers").model()
    line = [rows.index(0, column).data() for column in range(4)]
    assert line == ["25.00 / 斤", "金秋消费帮扶展销", "2026-11-24", "2026-11-30"]

    page.touches("end_offer")
    assert _offers(shop, "WALNUT") == []
    assert page.find(QLabel, "no_offers").isVisible()
    page.touches("close_offers")
    assert page.table.hasFocus()


def test_an_event_price_holds_where_it_is_put(page: Goods, shop: Shop) -> None:
    page.selects("大埔蜜柚")
    page.touches("offer_goods")
    for where in ("outlet", "everywhere"):
        page.chooses("offer_where", where)
        page.fills("offer_amount", "9.9")
        page.touches("add_offer")

    everywhere, outlet = _offers(shop, "POMELO")
    assert (everywhere.outlet, everywhere.event) == ("", "")
    assert (outlet.outlet, outlet.event) == ("体育东展位", "")
    rows = page.find(QTableView, "offers").model()
    assert [rows.index(row, 1).data() for row in range(2)] == [
        i18n._("everywhere"),
        "体育东展位",
    ]


def test_an_event_price_that_ends_before_it_begins_is_refused(
    page: Goods, shop: Shop
) -> None:
    page.selects("大埔蜜柚")
    page.touches("offer_goods")
    page.fills("offer_amount", "9.9")
    page.find(DayEdit, "offer_last").setDate(QDate(2026, 11, 1))
    page.touches("add_offer")

    assert "2026-11-01" in page.said[-1]
    assert _offers(shop, "POMELO") == []


def test_an_event_price_that_is_over_cannot_be_ended(page: Goods, shop: Shop) -> None:
    with shop.database.write() as session:
        event_prices.add(
            session,
            shop.products["POMELO"],
            Money(1),
            first=date(2026, 1, 1),
            last=date(2026, 1, 2),
        )
    page.selects("大埔蜜柚")
    page.touches("offer_goods")

    assert not page.find(QPushButton, "end_offer").isEnabled()


# --- stock ------------------------------------------------------------------------


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

    assert _movements(shop) == [
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

    assert _movements(shop) == [("delivery", 5050, "")]


def test_nothing_moves_without_an_amount(page: Goods, shop: Shop) -> None:
    page.selects("大埔蜜柚")
    page.touches("stock_goods")
    page.touches("save_stock")
    assert page.focused() == "stock_amount"
    page.fills("stock_amount", "0")
    page.touches("save_stock")

    assert len(page.said) == 1
    assert _movements(shop) == []
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
    assert _movements(shop) == []
    page.touches("key_7")
    page.touches("save_stock")

    assert _movements(shop) == [("repack", -2, ""), ("repack", 7, "")]
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
    assert _movements(shop) == []
    page.view.scan("WALNUT")
    assert page.focused() == "stock_made"
    page.fills("stock_made", "1.5")
    page.fills("stock_amount", "3")
    page.touches("save_stock")

    assert _movements(shop) == [("repack", -3, ""), ("repack", 750, "")]


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

    assert _movements(shop) == [("transfer", -30, ""), ("transfer", 30, "")]
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
    assert _movements(shop) == []

    page.fills("stock_outlet", "东门摊位")
    page.touches("save_stock")
    assert on_hand(shop, "POMELO") == 50


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


# --- tables -------------------------------------------------------------------------


def _write(path: Path, content: str, codec: str = "utf-8") -> str:
    path.write_text(content, encoding=codec)
    return str(path)


def test_a_table_is_looked_at_before_it_is_stored(
    qtbot: QtBot, page: Goods, presenter: GoodsPresenter, shop: Shop, tmp_path: Path
) -> None:
    file = _write(
        tmp_path / "goods.csv",
        "货号,名称,单价,期初库存\nB1,福泉糍粑,12.5,30\nSAUCE,,24.90,\nTEA,,,\n",
    )
    page.presses(Qt.Key.Key_F4)
    assert page.focused() == "import_path"
    page.fills("import_path", file)
    with qtbot.waitSignals([presenter.table.preview_changed] * 2):
        page.presses(Qt.Key.Key_Return)
    qtbot.waitUntil(page.find(QPushButton, "store_import").isEnabled)

    rows = page.find(QTableView, "import_rows").model()
    assert [rows.index(row, 0).data() for row in range(rows.rowCount())] == ["2", "3"]
    assert "福泉糍粑" in rows.index(0, 1).data()
    assert _stored(shop, "SAUCE").price == Money(2390)

    with qtbot.waitSignal(presenter.goods_changed):
        page.presses(Qt.Key.Key_F12)

    assert _stored(shop, "SAUCE").price == Money(2490)
    assert _stored(shop, "B1").price == Money(1250)
    assert "福泉糍粑" in page.names()
    assert not page.find(QPushButton, "store_import").isEnabled()


def test_a_table_with_a_wrong_row_cannot_be_stored(
    qtbot: QtBot, page: Goods, shop: Shop, tmp_path: Path
) -> None:
    file = _write(tmp_path / "goods.csv", "货号,名称,单价\nB1,茶,12\nB2,米,abc\n")
    page.touches("import_goods")
    page.fills("import_path", file)
    page.presses(Qt.Key.Key_Return)

    rows = page.find(QTableView, "import_rows").model()
    qtbot.waitUntil(lambda: rows.rowCount() == 1)
    assert rows.index(0, 0).data() == "3"
    assert "单价" in rows.index(0, 1).data()
    assert not page.find(QPushButton, "store_import").isEnabled()
    page.presses(Qt.Key.Key_F12)
    assert "茶" not in page.names()


def test_another_encoding_can_be_chosen(
    qtbot: QtBot, page: Goods, presenter: GoodsPresenter, tmp_path: Path
) -> None:
    file = _write(tmp_path / "goods.csv", "sku,name\nB1,福泉糍粑\n", "gb18030")
    page.touches("import_goods")
    page.fills("import_path", file)
    page.presses(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: presenter.table.encoding == "GB18030")

    page.chooses("encoding", "UTF8")
    qtbot.waitUntil(lambda: len(page.said) == 1)

    assert "UTF-8" in page.said[0]
    page.chooses("encoding", "GB18030")
    qtbot.waitUntil(lambda: presenter.table.preview is not None)


def test_a_file_can_be_chosen_in_the_system_s_own_way(
    qtbot: QtBot,
    page: Goods,
    presenter: GoodsPresenter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = _write(tmp_path / "goods.csv", "sku,name\nB1,茶\n")
    chosen = iter(["", file])
    monkeypatch.setattr(
        "ui.goods_import_view.QFileDialog.getOpenFileName",
        lambda *_args: (next(chosen), ""),
    )
    page.touches("import_goods")
    page.touches("choose_file")
    assert page.reads("import_path") == ""
    page.touches("choose_file")

    qtbot.waitUntil(lambda: presenter.table.preview is not None)
    page.touches("close_import")
    page.touches("import_goods")
    assert presenter.table.preview is None


def test_all_goods_are_written_to_the_shop_s_own_folder(
    qtbot: QtBot, page: Goods, shop: Shop
) -> None:
    page.presses(Qt.Key.Key_F7)
    assert page.focused() == "export_path"
    proposed = Path(page.reads("export_path"))
    assert proposed.parent == shop.database.path.parent / "exports"
    page.presses(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: len(page.said) == 1)

    assert str(proposed) in page.said[0]
    table = table_files.parse(proposed)
    assert len(table.rows) == 8
    with shop.database.read() as session:
        found = imports.preview(session, table)
    assert (found.new, found.changed, len(found.errors)) == (0, 0, 0)
    page.touches("close_export")
    assert page.table.hasFocus()


def test_goods_are_written_as_text_where_one_wants_them(
    qtbot: QtBot,
    page: Goods,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = iter(["", str(tmp_path / "chosen"), str(tmp_path / "named.csv")])
    monkeypatch.setattr(
        "ui.goods_export_view.QFileDialog.getSaveFileName",
        lambda *_args: (next(chosen), ""),
    )
    page.touches("export_goods")
    page.chooses("export_kind", "csv")
    proposed = page.reads("export_path")
    assert proposed.endswith(".csv")
    page.touches("choose_export")
    assert page.reads("export_path") == proposed
    page.touches("choose_export")
    assert page.reads("export_path") == str(tmp_path / "chosen.csv")
    page.touches("choose_export")
    page.touches("store_export")
    qtbot.waitUntil(lambda: len(page.said) == 1)

    assert (tmp_path / "named.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_table_that_cannot_be_written_is_told(
    qtbot: QtBot, page: Goods, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    page.touches("export_goods")
    page.find(QLineEdit, "export_path").clear()
    page.touches("store_export")
    assert page.focused() == "export_path"
    for words in (str(tmp_path / "goods.pdf"), str(tmp_path / "file" / "goods.csv")):
        page.said.clear()
        page.find(QLineEdit, "export_path").setText(words)
        page.touches("store_export")
        qtbot.waitUntil(lambda: len(page.said) == 1)
        qtbot.waitUntil(page.find(QPushButton, "store_export").isEnabled)
        assert "goods" in page.said[0]


# --- labels ---------------------------------------------------------------------------


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


# --- how it looks ---------------------------------------------------------------------


@pytest.fixture
def styled_app(qapp: QApplication) -> Iterator[QApplication]:
    sheet, font, palette = qapp.styleSheet(), qapp.font(), qapp.palette()
    style.apply(qapp)
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "buttons",
    [
        ("add_goods",),
        ("stock_goods",),
        ("stock_goods", "choice_repack"),
        ("stock_goods", "choice_transfer"),
        ("offer_goods",),
        ("promotion_goods",),
        ("promotion_goods", "confirm_promotion"),
        ("promotion_goods", "confirm_promotion", "choice_over", "choice_one"),
        ("label_goods",),
        ("import_goods",),
        ("export_goods",),
    ],
    ids=" ".join,
)
def test_every_panel_fits_a_small_screen_and_a_finger(
    qtbot: QtBot,
    styled_app: QApplication,
    presenter: GoodsPresenter,
    language: Language,
    buttons: tuple[str, ...],
) -> None:
    i18n.use_language(language)
    page = Goods(qtbot, presenter)
    page.view.resize(1024, 672)
    page.selects("福泉香辣酱")
    for button in buttons:
        page.touches(button)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    assert page.view.minimumSizeHint().width() <= 1024
    assert page.view.minimumSizeHint().height() <= 672
    for kind in (QPushButton, QToolButton, QLineEdit, QComboBox, QCheckBox):
        for widget in page.view.findChildren(kind):
            if widget.isVisible() and widget.objectName().find("qt_") < 0:
                _check_touchable(widget)


def _check_touchable(widget: QWidget) -> None:
    if widget.parent() is not None and isinstance(widget.parent(), QLineEdit):
        return  # the small buttons inside a field
    if isinstance(widget.parent(), QComboBox):
        return  # the combo box itself is touched
    name = widget.objectName() or type(widget).__name__
    assert widget.height() >= size("touch"), (name, widget.height())
    said = widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        said = said or widget.text()
    assert said, name


def test_the_stock_reasons_are_those_of_the_model() -> None:
    assert {"delivery", "count", "return", "waste", "tasting", "gift"} | {
        "repack",
        "transfer",
    } <= {reason.value for reason in stock.Reason}


def test_one_label_is_told_as_one(page: Goods) -> None:
    i18n.use_language(Language.EN)
    page.touches("label_goods")
    page.fills("labels_copies", "2")
    assert page.reads("labels_count").startswith("2 labels of")
    page.fills("labels_copies", "1")
    assert page.reads("labels_count").startswith("1 label of")


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
