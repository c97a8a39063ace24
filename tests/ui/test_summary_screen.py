"""The day summary's page: figures that add up, days to step through, papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QDate, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QTableView
from pytestqt.qtbot import QtBot

from models import clock
from models.i18n import Language, use_language
from models.kinds import Method
from models.office.day_record import DaySummary
from tests import shop as shops
from tests.shop import Shop
from tests.ui.pages import find
from ui.background import Background
from ui.papers import Papers
from ui.summary_presenter import SummaryPresenter
from ui.summary_view import SummaryView
from ui.widgets.bar_chart import BarChart, HourChart
from ui.widgets.day_edit import DayEdit


@pytest.fixture
def workers(qtbot: QtBot) -> Iterator[tuple[Background, Background]]:
    both = (Background("bulk"), Background("paper"))
    yield both
    for worker in both:
        worker.stop()


@pytest.fixture
def presenter(
    shop: Shop, workers: tuple[Background, Background], tmp_path: Path
) -> SummaryPresenter:
    bulk, paper = workers
    papers = Papers(shop.database, paper, tmp_path / "papers")
    return SummaryPresenter(shop.database, bulk, papers)


@pytest.fixture
def view(qtbot: QtBot, presenter: SummaryPresenter) -> SummaryView:
    """The page in English, as it is shown for the open shift's day."""
    use_language(Language.EN)
    made = SummaryView()
    qtbot.addWidget(made)
    made.connect_to(presenter)
    made.resize(1024, 690)
    with qtbot.waitExposed(made):
        made.show()
    return made


def sell_a_day(shop: Shop) -> DaySummary:
    """Goods of all counties and none, paid in cash, by phone and by a personal code."""
    shops.sell(shop, {"SAUCE": 2, "BAG": 1}, cash="100")
    shops.sell(shop, {"WALNUT": 755}, at=shops.AT + timedelta(hours=2))
    cart = shops.basket(shop, {"POMELO": 1, "BOX": 1})
    shops.sell_basket(shop, cart, shops.paid_by_phone(shop, shops.bill_for(shop, cart)))
    cart = shops.basket(shop, {"HONEY": 1})
    bill = shops.bill_for(shop, cart)
    bill = bill.take_phone(Method.ALIPAY, bill.due, shop.accounts["personal"])
    shops.sell_basket(shop, cart, bill)
    return shops.day_summary(shop)


def shows(qtbot: QtBot, view: SummaryView, net: str) -> None:
    label = find(view, QLabel, "figure_net")
    qtbot.waitUntil(lambda: label.text() == net)


def rows_of(view: SummaryView, cut: str) -> list[list[str]]:
    model: QAbstractItemModel = find(view, QTableView, cut).model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_key_figures_are_those_of_the_day(
    qtbot: QtBot, view: SummaryView, shop: Shop
) -> None:
    day = sell_a_day(shop)
    view.refresh()
    shows(qtbot, view, str(day.sums.net))

    figures = {
        "receipts": "4",
        "pieces": f"{day.goods.pieces}",
        "weight": "1.255",
        "list_value": day.sums.list_total.grouped,
        "discounts": day.sums.discount.grouped,
        "rounded_off": day.sums.rounding.grouped,
    }
    for name, figure in figures.items():
        assert find(view, QLabel, f"figure_{name}").text() == figure
    assert day.sums.net.ten_thousands in find(view, QLabel, "worth").text()
    about = find(view, QLabel, "about_day").text()
    assert "T01-000001" in about
    assert "T01-000004" in about


def test_every_cut_but_that_by_scheme_ends_in_the_same_net(
    qtbot: QtBot, view: SummaryView, shop: Shop
) -> None:
    day = sell_a_day(shop)
    view.refresh()
    shows(qtbot, view, str(day.sums.net))

    *tenders, waits = rows_of(view, "tenders")  # below the total: 待转交
    assert (waits[0], waits[-1]) == (
        "To be handed over (personal codes)",
        day.still_held.grouped,
    )
    for rows in (tenders, rows_of(view, "places"), rows_of(view, "products")):
        total = rows[-1]
        assert total[0] == "Total"
        assert total[-1] == day.sums.net.grouped
    names = [row[0] for row in rows_of(view, "schemes")]
    assert "Total" not in names


def test_counties_say_where_they_lie_and_goods_without_one_stand_apart(
    qtbot: QtBot, view: SummaryView, shop: Shop
) -> None:
    day = sell_a_day(shop)
    view.refresh()
    shows(qtbot, view, str(day.sums.net))

    counties = [row[0] for row in rows_of(view, "counties")]
    assert "Shufu\n新疆维吾尔自治区 · 喀什地区" in counties
    assert counties[-1] == "Not assisted"
    assert "East-West cooperation, total" in counties


def test_money_that_a_personal_code_took_draws_the_eye(
    qtbot: QtBot, view: SummaryView, shop: Shop
) -> None:
    day = sell_a_day(shop)
    view.refresh()
    shows(qtbot, view, str(day.sums.net))

    model = find(view, QTableView, "tenders").model()
    inks = [
        model.index(row, 0).data(Qt.ItemDataRole.ForegroundRole)
        for row in range(model.rowCount())
    ]
    names = [row[0] for row in rows_of(view, "tenders")]
    marked = [
        name for name, ink in zip(names, inks, strict=True) if isinstance(ink, QColor)
    ]
    assert marked == ["Alipay 林晓 (personal code)"]


def test_the_charts_show_counties_in_their_colours_and_every_hour(
    qtbot: QtBot, view: SummaryView, shop: Shop
) -> None:
    day = sell_a_day(shop)
    view.refresh()
    shows(qtbot, view, str(day.sums.net))

    counties = find(view, BarChart, "county_chart").bars()
    assert {bar.label: bar.colour for bar in counties}["Fuquan"] == "#0072B2"
    hours = find(view, HourChart, "hour_chart").bars()
    assert [bar.label for bar in hours] == ["10", "11", "12"]


def test_days_are_stepped_through_with_the_arrow_keys_and_never_beyond_today(
    qtbot: QtBot, view: SummaryView, presenter: SummaryPresenter, shop: Shop
) -> None:
    day = sell_a_day(shop)
    view.refresh()
    shows(qtbot, view, str(day.sums.net))
    assert presenter.today == shops.DAY  # the open shift's, whatever the clock says
    assert not find(view, QPushButton, "next_day").isEnabled()

    scroll = find(view, QScrollArea, "statement")
    qtbot.waitUntil(scroll.hasFocus)
    qtbot.keyClick(scroll, Qt.Key.Key_Left)
    shows(qtbot, view, "¥0.00")
    empty = find(view, QLabel, "no_sales")
    assert empty.isVisible()
    assert empty.text() == "Nothing was sold on this day."

    qtbot.keyClick(view, Qt.Key.Key_Right)
    shows(qtbot, view, str(day.sums.net))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert presenter.day == shops.DAY


def test_a_day_chosen_in_the_calendar_is_shown_and_f7_returns_to_today(
    qtbot: QtBot, view: SummaryView, presenter: SummaryPresenter, shop: Shop
) -> None:
    day = sell_a_day(shop)
    view.refresh()
    shows(qtbot, view, str(day.sums.net))
    find(view, DayEdit, "summary_day").setDate(QDate(2026, 11, 1))
    shows(qtbot, view, "¥0.00")
    assert presenter.day.isoformat() == "2026-11-01"
    qtbot.keyClick(view, Qt.Key.Key_F7)
    shows(qtbot, view, str(day.sums.net))


def test_coming_back_to_the_page_shows_what_was_sold_meanwhile(
    qtbot: QtBot, view: SummaryView, shop: Shop
) -> None:
    shops.sell(shop, {"SAUCE": 1})
    view.refresh()
    shows(qtbot, view, "¥23.90")
    shops.sell(shop, {"SAUCE": 1})
    view.refresh()
    shows(qtbot, view, "¥47.80")


def test_who_looked_at_today_looks_at_the_new_day_after_midnight(
    qtbot: QtBot, view: SummaryView, presenter: SummaryPresenter, shop: Shop
) -> None:
    shops.sell(shop, {"SAUCE": 1})
    view.refresh()
    shows(qtbot, view, "¥23.90")
    tomorrow = shops.AT + timedelta(days=1)
    shops.new_day(shop, at=tomorrow)
    view.refresh()
    shows(qtbot, view, "¥0.00")
    assert presenter.day == clock.business_date(tomorrow)


@pytest.mark.parametrize(
    "paper",
    [
        (Qt.Key.Key_F5, "T01-2026-11-24-A4.pdf"),
        (Qt.Key.Key_F6, "T01-2026-11-24-80mm.pdf"),
    ],
)
def test_printing_writes_a_file_and_tells_where(
    qtbot: QtBot,
    view: SummaryView,
    presenter: SummaryPresenter,
    shop: Shop,
    tmp_path: Path,
    paper: tuple[Qt.Key, str],
) -> None:
    key, name = paper
    day = sell_a_day(shop)
    view.refresh()
    shows(qtbot, view, str(day.sums.net))
    with qtbot.waitSignal(presenter.told) as told:
        qtbot.keyClick(view, key)
    file = tmp_path / "papers" / "2026-11-24" / name
    assert str(file) in str(told.args)
    assert file.stat().st_size > 1000


def test_nothing_is_cut_off_on_a_narrow_screen(
    qtbot: QtBot, view: SummaryView, shop: Shop
) -> None:
    day = sell_a_day(shop)
    view.refresh()
    shows(qtbot, view, str(day.sums.net))

    assert view.width() == 1024
    for cut in ("tenders", "counties", "schemes", "places", "products"):
        table = find(view, QTableView, cut)
        model = table.model()
        for column in range(model.columnCount()):
            room = table.columnWidth(column)
            assert table.sizeHintForColumn(column) <= room, (cut, column)
            assert table.horizontalHeader().sectionSizeHint(column) <= room
        last = table.rowViewportPosition(model.rowCount() - 1)
        assert last + table.rowHeight(model.rowCount() - 1) <= table.viewport().height()
