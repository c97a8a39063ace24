"""The receipts screen: finding a receipt, seeing it as paper, printing a copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from models import clock
from models.i18n import Language, use_language
from models.selling import sale_reading
from tests import shop as shops
from tests.refunding import refund
from tests.shop import Shop
from tests.ui.pages import W, compose, find
from ui.background import Background
from ui.papers import Papers
from ui.receipts_presenter import ReceiptsPresenter
from ui.receipts_view import ReceiptsView
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
) -> ReceiptsPresenter:
    bulk, paper = workers
    papers = Papers(shop.database, paper, tmp_path / "papers")
    return ReceiptsPresenter(shop.database, bulk, papers)


class Receipts:
    """The page, as a person finds it."""

    def __init__(self, qtbot: QtBot, presenter: ReceiptsPresenter) -> None:
        self._qtbot = qtbot
        self.view = ReceiptsView()
        qtbot.addWidget(self.view)
        self.view.connect_to(presenter)
        self.view.resize(1366, 690)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.view.refresh()
        self.table = self.find(QTableView, "receipts")
        self.search = self.find(QLineEdit, "receipt_search")
        self.sheet = self.find(QLabel, "sheet")

    def find(self, kind: type[W], name: str) -> W:
        return find(self.view, kind, name)

    def numbers(self) -> list[str]:
        model = self.table.model()
        return [str(model.index(row, 1).data()) for row in range(model.rowCount())]

    def lists(self, *numbers: str) -> None:
        self._qtbot.waitUntil(lambda: self.numbers() == list(numbers))

    def selected(self) -> str:
        return str(self.table.currentIndex().siblingAtColumn(1).data())

    def types(self, text: str) -> None:
        self._qtbot.keyClick(self.view, Qt.Key.Key_F2)
        compose(self.search, text)


@pytest.fixture
def page(qtbot: QtBot, presenter: ReceiptsPresenter, shop: Shop) -> Receipts:
    """Three receipts: sauce, then pomelo and tea, then honey."""
    for number, goods in enumerate(
        ({"SAUCE": 1}, {"POMELO": 2, "TEA": 1}, {"HONEY": 1})
    ):
        shops.sell(shop, goods, at=shops.AT + shops.minutes(number))
    page = Receipts(qtbot, presenter)
    page.lists("T01-000003", "T01-000002", "T01-000001")
    return page


def test_the_newest_receipt_is_first_selected_and_shown_as_its_paper(
    qtbot: QtBot, page: Receipts
) -> None:
    assert page.selected() == "T01-000003"
    qtbot.waitUntil(page.sheet.isVisible)
    pixmap = page.sheet.pixmap()
    assert pixmap.height() > pixmap.width() > 300
    row = page.table.currentIndex()
    cells = [str(row.siblingAtColumn(column).data()) for column in range(5)]
    assert cells == ["11-24 10:32", "T01-000003", "瓮安百花蜜", "林晓", "59.90"]


def test_arrow_keys_move_through_the_receipts_and_the_paper_follows(
    qtbot: QtBot, page: Receipts, presenter: ReceiptsPresenter
) -> None:
    qtbot.waitUntil(page.sheet.isVisible)
    with qtbot.waitSignal(presenter.pictured):
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.selected() == "T01-000002"
    assert presenter.selected == 2


def test_a_receipt_is_found_by_number_amount_or_product(page: Receipts) -> None:
    for words, number in (
        ("000001", "T01-000001"),
        ("59.90", "T01-000003"),
        ("黄金芽", "T01-000002"),
    ):
        page.search.clear()
        page.types(words)
        page.lists(number)
        assert page.selected() == number


def test_what_cannot_be_found_says_what_to_do(qtbot: QtBot, page: Receipts) -> None:
    use_language(Language.EN)
    page.types("火星")
    page.lists()
    empty = page.find(QLabel, "no_receipts")
    qtbot.waitUntil(empty.isVisible)
    assert empty.text() == "No receipt matches. Try other words or another day."
    assert not page.sheet.isVisible()
    assert not page.find(QPushButton, "reprint").isEnabled()


def test_a_shop_without_sales_says_that_receipts_will_come(
    qtbot: QtBot, presenter: ReceiptsPresenter
) -> None:
    use_language(Language.EN)
    page = Receipts(qtbot, presenter)
    empty = page.find(QLabel, "no_receipts")
    qtbot.waitUntil(empty.isVisible)
    assert empty.text() == "No receipts yet. The first sale will stand here."


def test_the_list_can_be_narrowed_to_one_day(
    qtbot: QtBot, page: Receipts, presenter: ReceiptsPresenter, shop: Shop
) -> None:
    now = clock.now()
    shift_id = shops.new_day(shop, at=now)
    shops.sell(shop, {"BAG": 1}, at=now, seat=shop.seat(shift_id))
    page.view.refresh()
    page.lists("T01-000004", "T01-000003", "T01-000002", "T01-000001")

    qtbot.mouseClick(page.find(QPushButton, "today"), Qt.MouseButton.LeftButton)
    page.lists("T01-000004")
    if presenter.today > shops.DAY:
        page.find(DayEdit, "receipt_day").setDate(QDate(2026, 11, 24))
        page.lists("T01-000003", "T01-000002", "T01-000001")
    qtbot.mouseClick(page.find(QPushButton, "all_days"), Qt.MouseButton.LeftButton)
    page.lists("T01-000004", "T01-000003", "T01-000002", "T01-000001")


def test_scanning_the_code_of_a_receipt_shows_it(
    qtbot: QtBot, page: Receipts, presenter: ReceiptsPresenter, shop: Shop
) -> None:
    presenter.scan(shops.record(shop, 2).code)
    page.lists("T01-000002")
    assert page.search.text() == "T01-000002"
    assert presenter.selected == 2

    with qtbot.waitSignal(presenter.failed):
        presenter.scan("SH1:T01:A:2:AAAAAAAAAA")
    assert presenter.selected == 2


def test_f5_prints_a_copy_and_tells_where_it_went(
    qtbot: QtBot, page: Receipts, presenter: ReceiptsPresenter, tmp_path: Path
) -> None:
    with qtbot.waitSignal(presenter.told) as told:
        qtbot.keyClick(page.table, Qt.Key.Key_F5)
    file = tmp_path / "papers" / "2026-11-24" / "T01-000003-copy1.pdf"
    assert str(file) in str(told.args)
    assert file.exists()


def test_more_receipts_come_when_the_end_of_the_list_is_reached(
    qtbot: QtBot, presenter: ReceiptsPresenter, shop: Shop
) -> None:
    for number in range(130):
        shops.sell(shop, {"BAG": 1}, at=shops.AT + timedelta(seconds=number))
    page = Receipts(qtbot, presenter)
    qtbot.waitUntil(lambda: len(page.numbers()) == 100)
    page.table.setCurrentIndex(page.table.model().index(40, 0))
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: len(page.numbers()) == 130)
    assert page.selected() == "T01-000090"  # it stays where it was
    assert page.numbers() == sorted(page.numbers(), reverse=True)


def test_a_refund_in_the_list_says_what_it_is(page: Receipts, shop: Shop) -> None:
    use_language(Language.EN)
    refund(shop, 1)
    page.view.refresh()
    page.lists("T01-000004", "T01-000003", "T01-000002", "T01-000001")
    model = page.table.model()
    goods = [str(model.index(row, 2).data()) for row in (0, 3)]
    assert goods == ["Refund slip · Fuquan chilli sauce", "Fuquan chilli sauce"]
    assert str(model.index(0, 4).data()) == "-23.90"


def test_escape_leaves_the_search_first_and_then_the_page(
    qtbot: QtBot, page: Receipts
) -> None:
    page.types("芽")
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    with qtbot.waitSignal(page.view.left):
        qtbot.keyClick(page.table, Qt.Key.Key_Escape)


def test_the_list_waits_for_nothing_while_someone_types(
    qtbot: QtBot, page: Receipts, presenter: ReceiptsPresenter
) -> None:
    for words in ("福", "福泉", "福泉香", "福泉香辣酱"):
        presenter.search(words)
    page.lists("T01-000001")
    assert page.search.text() == "福泉香辣酱"


def test_searching_reads_the_file_as_the_list_does(shop: Shop, page: Receipts) -> None:
    with shop.database.read() as session:
        rows = sale_reading.list_sales(session, sale_reading.Wanted())
    assert page.numbers() == [row.number for row in rows]
