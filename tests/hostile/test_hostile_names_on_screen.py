"""Names made to harm, on the screen: 1,000, or 50,000 with HYPOTHESIS_PROFILE=prove."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from models.errors import UnknownCode
from models.goods import offers
from models.kinds import AccountKind, Method
from models.quantity import WeightUnit
from models.selling import sale_reading
from models.selling.account_row import AccountRow
from models.selling.sale_reading import Wanted
from tests import shop as shops
from tests.hostile.fair import (
    NAMES,
    PER_SALE,
    PROVE,
    Fair,
    basket_of,
    count,
    packed,
    steers,
)
from tests.names import WHOLE
from ui import style
from ui.background import Background
from ui.basket_view import BasketView
from ui.entry_view import EntryView
from ui.goods_grid_view import face_of
from ui.goods_presenter import GoodsPresenter
from ui.goods_view import GoodsView
from ui.papers import Papers
from ui.payment_view import PaymentView
from ui.receipts_presenter import ReceiptsPresenter
from ui.receipts_view import ReceiptsView
from ui.widgets.elided import ElidedLabel
from ui.widgets.message_bar import Kind, MessageBar
from ui.widgets.tile import TileButton

pytestmark = pytest.mark.timeout(3600 if PROVE else 120)


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Background]:
    del qtbot
    made = Background("bulk")
    yield made
    made.stop()


def _show(qtbot: QtBot, view: QWidget) -> None:
    qtbot.addWidget(view)
    view.resize(1366, 690)
    with qtbot.waitExposed(view):
        view.show()


def _check_plain(view: QWidget) -> None:
    """No label and no tool tip takes a name for anything but words."""
    for label in view.findChildren(QLabel):
        if "<" in label.text() or "&" in label.text():
            assert label.textFormat().name == "PlainText", label.text()
    for widget in view.findChildren(QWidget):
        _check_tip(widget)


def _check_tip(widget: QWidget) -> None:
    tip = widget.toolTip()
    if "<" in tip or "&" in tip:
        assert tip == f"<span>{html.escape(_seen(tip))}</span>"


def _seen(tip: str) -> str:
    return html.unescape(tip.removeprefix("<span>").removesuffix("</span>"))


def test_the_basket_and_the_keypad_show_all_names(
    qtbot: QtBot, fair: Fair, qapp: object
) -> None:
    style.apply(qapp)  # type: ignore[arg-type]  # pytest-qt's own QApplication
    basket, entry = BasketView(WeightUnit.JIN), EntryView(WeightUnit.JIN)
    for view in (basket, entry):
        style.dress(view)
        _show(qtbot, view)
    ids = [product_id for product_id, _name in fair.goods()]
    for first in range(0, len(ids), 100):
        cart = basket_of(fair.shop, ids[first : first + 100])
        basket.show_cart(cart, flash=0)
        for row in range(0, len(cart.lines), 9):
            basket.select(row)
            basket.grab()
    for line in cart.lines:
        entry.ask_quantity(line)
        entry.ask_weight(line.item)
    entry.grab()
    _check_plain(basket)
    _check_plain(entry)


def test_tiles_show_names_as_they_are_written(qtbot: QtBot, fair: Fair) -> None:
    stand, tile = fair.shop.stand(), TileButton()
    tile.resize(160, 110)
    with fair.shop.database.read() as session:
        first = offers.list_tiles(session, stand)[0]
    _show(qtbot, tile)
    tile.resize(160, 110)
    for name in fair.stored.values():
        tile.show_face(face_of(replace(first, name=name), WeightUnit.JIN))
        tile.grab()
        _check_tip(tile)
        assert _seen(tile.toolTip()) == name
        if tile.toolTip() != name:
            seen = QTextDocumentFragment.fromHtml(tile.toolTip()).toPlainText()
            assert packed(seen) == packed(name)


def test_messages_about_names_are_words(qtbot: QtBot, fair: Fair) -> None:
    bar, label = MessageBar(), ElidedLabel()
    _show(qtbot, bar)
    _show(qtbot, label)
    bar.resize(400, bar.height())
    label.resize(60, 30)
    for name in NAMES:
        words = str(UnknownCode(name))
        bar.say(words, Kind.WARN)
        label.setText(name)
        bar.grab()
        label.grab()
        assert bar.text() == words
        _check_tip(bar)
        _check_tip(label)
    for error in fair.refused.values():
        bar.say(str(error), Kind.DANGER)
        assert bar.findChild(QLabel, "message").text() == str(error)  # type: ignore[union-attr]  # it is there
    _check_plain(bar)


def _papers(fair: Fair, worker: Background, folder: Path) -> Papers:
    return Papers(fair.shop.database, worker, folder / "papers")


def test_the_list_of_goods_and_its_panels_show_all_names(
    qtbot: QtBot, fair: Fair, worker: Background, tmp_path: Path
) -> None:
    papers = _papers(fair, worker, tmp_path)
    presenter = GoodsPresenter(fair.shop.database, worker, papers)
    said: list[str] = []
    presenter.failed.connect(said.append)
    view = GoodsView()
    view.connect_to(presenter)
    _show(qtbot, view)
    table = view.findChild(QTableView, "goods")
    assert table is not None
    model = table.model()
    assert model.rowCount() == min(len(fair.stored) + len(shops.GOODS), 1000)
    for row in range(0, model.rowCount(), 12):
        table.scrollTo(model.index(row, 0))
        view.grab()
    for typed in ("<b>粗</b>", "茶 & 酒 && 米 &S", "{0} {name} {} {{ }}"):
        product_id = fair.ids[typed]
        presenter.start_stock(product_id)
        presenter.start_offers(product_id)
        presenter.start_edit(product_id)
        view.grab()
        _check_plain(view)
    assert said == []


def test_the_form_refuses_what_the_catalogue_refuses_and_marks_the_field(
    qtbot: QtBot, fair: Fair, worker: Background, tmp_path: Path
) -> None:
    presenter = GoodsPresenter(
        fair.shop.database, worker, _papers(fair, worker, tmp_path)
    )
    said: list[str] = []
    marked: list[str] = []
    presenter.failed.connect(said.append)
    presenter.form_refused.connect(marked.append)
    with fair.shop.database.read() as session:
        before = count(session)
    presenter.start_new()
    assert presenter.draft is not None
    for typed, error in fair.refused.items():
        presenter.save(replace(presenter.draft, name=typed))
        assert said == [str(error)]
        assert marked == ["name"]
        said.clear()
        marked.clear()
    with fair.shop.database.read() as session:
        assert count(session) == before


def test_the_list_of_receipts_shows_all_names(
    qtbot: QtBot, fair: Fair, worker: Background, tmp_path: Path
) -> None:
    presenter = ReceiptsPresenter(
        fair.shop.database, worker, _papers(fair, worker, tmp_path)
    )
    said: list[str] = []
    presenter.failed.connect(said.append)
    view = ReceiptsView()
    view.connect_to(presenter)
    _show(qtbot, view)
    view.refresh()
    table = view.findChild(QTableView, "receipts")
    sheet = view.findChild(QLabel, "sheet")
    assert table is not None
    assert sheet is not None
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    qtbot.waitUntil(sheet.isVisible)
    view.grab()
    presenter.search("no such thing \ud800")
    qtbot.waitUntil(lambda: table.model().rowCount() == 0)
    presenter.search("<b>粗</b>")
    qtbot.waitUntil(lambda: table.model().rowCount() > 0)
    _check_plain(view)
    assert said == []


def test_receipts_are_found_by_every_name(fair: Fair) -> None:
    with fair.shop.database.read() as session:
        for typed in (*NAMES[: len(WHOLE)], *NAMES[len(WHOLE) :: 10]):
            found = sale_reading.list_sales(session, Wanted(typed), most=1000)
            if typed in fair.stored and len(found) < 1000:
                sale = fair.sold[list(fair.ids).index(typed) // PER_SALE]
                assert sale.sale_id in [row.id for row in found], typed
            for row in found:
                assert not steers(row.summary)
            assert sale_reading.find_by_code(session, typed) is None


def test_buttons_take_no_ampersand_for_a_key(qtbot: QtBot) -> None:
    view = PaymentView()
    _show(qtbot, view)
    account = AccountRow(7, "茶 & 酒", AccountKind.MERCHANT, Method.WECHAT)
    view.choose_account(Method.WECHAT, [account])
    button = view.findChild(QAbstractButton, "account_7")
    assert button is not None
    assert button.text().startswith("茶 && 酒")
    assert button.shortcut().isEmpty()
