"""The panel of a product's event prices."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from models import i18n
from models.goods import event_prices
from models.goods.event_prices import EventPriceRow
from models.money import Money
from tests.shop import DAY, Shop
from tests.ui.goods.page import LISTS_DROP_DOWN, Goods
from ui.goods_presenter import GoodsPresenter
from ui.widgets.day_edit import DayEdit

pytestmark = LISTS_DROP_DOWN


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
