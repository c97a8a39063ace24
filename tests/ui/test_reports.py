"""Stories of the reports: any period by any cut, what is behind it, and its files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from models import clock
from models.i18n import Language, use_language
from models.kinds import Cut
from models.office import day_totals, periods
from models.office.periods import Against, Period
from tests import shop as shops
from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, take_on, take_over
from tests.customers import TEA
from tests.shop import Shop
from tests.ui.pages import find
from ui.background import Background
from ui.page import Page
from ui.reports_presenter import ReportsPresenter
from ui.reports_view import ReportsView
from ui.widgets.bar_chart import BarChart, HourChart
from ui.widgets.day_edit import DayEdit
from ui.widgets.message_bar import Kind, MessageBar

ONE_DAY = timedelta(days=1)
TODAY = shops.DAY + 2 * ONE_DAY


# --- on the real window ---------------------------------------------------------------


@pytest.fixture
def till(start: Callable[[], Cashier]) -> Cashier:
    """Two receipts: a tea of 78.00, and a tea and two pomelos."""
    cashier = start()
    _sells(cashier, TEA)
    _sells(cashier, TEA, "2*DP001")
    return cashier


def _sells(cashier: Cashier, *codes: str) -> None:
    for code in codes:
        cashier.types(code)
        cashier.presses("Enter")
    cashier.presses("F12")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")


def _opens_reports(cashier: Cashier) -> None:
    cashier.presses("F10")
    cashier.presses("Shift+F7")


def _rows(cashier: Cashier, name: str = "report_table") -> list[list[str]]:
    model = cashier.find(QTableView, name).model()
    if model is None:
        return []
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def _says(cashier: Cashier) -> str:
    return cashier.find(MessageBar, "message_bar").text()


def _tells(cashier: Cashier, words: str) -> bool:
    return words in _says(cashier)


def _shows_reports(cashier: Cashier) -> None:
    cashier.waits(lambda: cashier.is_shown("report_table"))


def test_from_a_county_of_the_month_to_its_receipts_and_back(till: Cashier) -> None:
    _opens_reports(till)
    _shows_reports(till)
    first, *_others = _rows(till)
    assert (first[0], first[1], first[4]) == ("瓮安县", "2", "156.00")
    assert till.reads("report_receipts") == "2"

    till.presses("Enter")
    assert till.is_shown("receipts_behind")
    till.sees_in("receipts_behind", "瓮安县")
    till.waits(lambda: len(_rows(till, "receipts")) == 2)

    till.presses("Esc")  # back to the report
    _shows_reports(till)
    till.waits(lambda: bool(_rows(till)))
    till.touches_button("cut_product")
    till.waits(lambda: len(_rows(till)) == 3)
    names = [row[0] for row in _rows(till)]
    pomelo = next(name for name in names if "柚" in name)
    table = till.find(QTableView, "report_table")
    table.setFocus()
    table.selectRow(names.index(pomelo))
    till.touches_button("open_receipts")
    till.waits(lambda: len(_rows(till, "receipts")) == 1)

    till.presses("Shift+F7")  # all receipts again
    till.waits(lambda: len(_rows(till, "receipts")) == 2)
    assert not till.is_shown("receipts_behind")
    till.presses("Esc")
    assert till.application.window is not None
    assert till.application.window.page is Page.TILL


def test_esc_leads_from_the_reports_to_the_day_and_from_there_to_the_till(
    till: Cashier,
) -> None:
    _opens_reports(till)
    _shows_reports(till)
    till.presses("F12")
    assert till.is_shown("report_path")
    till.presses("Esc")
    assert till.is_shown("report_table")
    till.presses("Esc")
    assert till.is_shown("summary_day")
    till.presses("Esc")
    assert till.is_shown("basket")
    till.presses("F10")
    assert till.is_shown("summary_day")


def test_a_report_is_saved_as_spreadsheet_text_and_page(
    till: Cashier, tmp_path: Path
) -> None:
    _opens_reports(till)
    _shows_reports(till)
    till.waits(lambda: bool(_rows(till)))
    for kind in ("csv", "xlsx", "pdf"):
        till.presses("F12")
        till.chooses("report_kind", kind)
        assert till.reads("report_path").endswith(f".{kind}")
        file = tmp_path / f"report.{kind}"
        till.fills("report_path", str(file))
        till.presses("F12")
        till.waits(file.exists)
        till.waits(partial(_tells, till, str(file)))
        till.presses("Esc")
    rows = list(csv.reader(StringIO((tmp_path / "report.csv").read_text("utf-8-sig"))))
    assert rows[1][2:4] == ["522725", "瓮安县"]
    assert (tmp_path / "report.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")

    till.presses("F12")
    till.fills("report_path", str(tmp_path / "report.doc"))
    till.presses("Enter")
    till.waits(lambda: "report.doc" in _says(till))
    till.fills("report_path", "")
    till.find(QLineEdit, "report_path").clear()
    till.presses("F12")
    assert till.focused.objectName() == "report_path"


def test_a_report_takes_the_place_of_an_older_file_and_nothing_where_it_cannot(
    till: Cashier, tmp_path: Path
) -> None:
    """A name that is taken, and a folder that is none: a sentence says so."""
    _opens_reports(till)
    _shows_reports(till)
    till.waits(lambda: bool(_rows(till)))
    taken = tmp_path / "report.csv"
    taken.write_text("old", encoding="utf-8")
    for path, said in (
        (taken, str(taken)),
        (taken / "within.csv", str(taken / "within.csv")),
    ):
        till.presses("F12")
        till.chooses("report_kind", "csv")
        till.fills("report_path", str(path))
        till.presses("F12")
        till.waits(partial(_tells, till, said))
        till.presses("Esc")
    assert taken.read_bytes().startswith(b"\xef\xbb\xbf")
    assert _bar_kind(till) is Kind.DANGER


def test_a_year_without_a_sale_says_so_and_offers_no_file(till: Cashier) -> None:
    _opens_reports(till)
    till.waits(lambda: bool(_rows(till)))
    for _year in range(2):
        till.touches_button("choice_year")
        till.presses("F2")
    till.presses("F2")
    till.waits(lambda: bool(till.reads("no_report")))
    assert not till.find(QPushButton, "export_report").isEnabled()
    till.presses("F12")
    assert not till.is_shown("report_path")


def _bar_kind(till: Cashier) -> Kind | None:
    return till.find(MessageBar, "message_bar").kind()


def test_a_target_is_typed_beside_what_is_reached(till: Cashier) -> None:
    _opens_reports(till)
    _shows_reports(till)
    till.waits(lambda: bool(_rows(till)))
    till.presses("F4")
    till.presses("Enter")  # from the row to its field
    till.types("312")
    till.presses("Enter")
    till.waits(lambda: _rows(till, "report_targets")[0][1] == "312.00")
    name, _target, reached, share = _rows(till, "report_targets")[0]
    assert (name, reached, share) == ("瓮安县", "156.00", "50.0%")
    till.waits(lambda: till.reads("target_amount") == "312.00")

    till.fills("target_amount", "0")
    till.presses("Enter")
    till.waits(lambda: bool(_says(till)))
    till.find(QLineEdit, "target_amount").clear()
    till.presses("Enter")
    till.waits(lambda: _rows(till, "report_targets")[0][1] == "-")
    till.touches_button("cut_hour")  # which has no targets
    till.waits(lambda: till.is_shown("report_table"))
    assert not till.is_shown("show_targets")


def test_who_may_not_see_figures_sees_none(till: Cashier) -> None:
    """The manager looked at them before."""
    _opens_reports(till)
    _shows_reports(till)
    take_on(till, ("何苗苗", "cashier", CASHIER_PIN))
    take_over(till, 2, CASHIER_PIN)
    _opens_reports(till)
    till.waits(lambda: bool(_says(till)))
    assert till.reads("report_net") == "–"
    assert not till.is_shown("report_table")
    assert not till.find(QPushButton, "export_report").isEnabled()
    till.presses("F12")
    assert not till.is_shown("report_path")


# --- the page alone, over days gone by ------------------------------------------------


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Background]:
    made = Background("bulk")
    yield made
    made.stop()


@pytest.fixture
def presenter(
    shop: Shop, worker: Background, monkeypatch: pytest.MonkeyPatch
) -> ReportsPresenter:
    """Two days later than the shop's first."""
    monkeypatch.setattr(clock, "now", lambda: shops.AT + 2 * ONE_DAY)
    return ReportsPresenter(shop.database, worker)


@pytest.fixture
def view(qtbot: QtBot, presenter: ReportsPresenter) -> ReportsView:
    use_language(Language.EN)
    made = ReportsView()
    qtbot.addWidget(made)
    made.connect_to(presenter)
    made.resize(1024, 690)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _reads(qtbot: QtBot, presenter: ReportsPresenter, act: Callable[[], None]) -> None:
    with qtbot.waitSignal(presenter.report_changed):
        act()


def test_the_periods_that_are_asked_for_most_are_a_touch_away(
    qtbot: QtBot, presenter: ReportsPresenter, view: ReportsView, shop: Shop
) -> None:
    shops.sell(shop, {"SAUCE": 1})
    _reads(qtbot, presenter, view.refresh)
    assert presenter.wish.period == periods.month_of(TODAY)
    for name, net in (("last_month", "¥0.00"), ("quarter", "¥23.90")):
        _reads(qtbot, presenter, find(view, QPushButton, f"choice_{name}").click)
        assert find(view, QLabel, "report_net").text() == net
        assert presenter.chosen == name
    _reads(qtbot, presenter, find(view, QPushButton, "choice_year").click)
    assert find(view, DayEdit, "report_first").day() == date(2026, 1, 1)
    assert not find(view, QPushButton, "later").isEnabled()


def test_days_are_typed_in_any_order_and_stepped_through(
    qtbot: QtBot, presenter: ReportsPresenter, view: ReportsView, shop: Shop
) -> None:
    shops.sell(shop, {"SAUCE": 1})
    _reads(qtbot, presenter, view.refresh)
    last = find(view, DayEdit, "report_last")
    last.setDate(QDate(2026, 10, 20))  # before the first: they change places
    assert presenter.wish.period == Period(date(2026, 10, 20), date(2026, 11, 1))
    assert presenter.chosen == ""
    _reads(qtbot, presenter, lambda: presenter.show_days(shops.DAY, shops.DAY))
    _reads(qtbot, presenter, find(view, QPushButton, "earlier").click)
    assert presenter.wish.period == Period(shops.DAY - ONE_DAY, shops.DAY - ONE_DAY)
    _reads(qtbot, presenter, find(view, QPushButton, "later").click)
    assert presenter.wish.period == Period(shops.DAY, shops.DAY)
    _reads(qtbot, presenter, lambda: presenter.choose("last_month"))
    presenter.later()  # November as far as it has come
    assert presenter.wish.period == periods.month_of(TODAY)
    presenter.later()
    assert presenter.wish.period == periods.month_of(TODAY)


def test_charts_show_the_cut_its_hours_and_its_months(
    qtbot: QtBot, presenter: ReportsPresenter, view: ReportsView, shop: Shop
) -> None:
    shops.sell(shop, {"SAUCE": 1, "POMELO": 1})
    _reads(qtbot, presenter, lambda: presenter.choose("quarter"))
    find(view, QPushButton, "show_chart").click()
    bars = find(view, BarChart, "report_bars")
    assert [bar.label for bar in bars.bars()] == ["Fuquan", "Dabu"]
    assert [bar.colour for bar in bars.bars()] == ["#0072B2", "#E69F00"]
    months = find(view, HourChart, "report_month_bars")
    assert [bar.label for bar in months.bars()] == ["2026-10", "2026-11"]
    _reads(qtbot, presenter, lambda: presenter.cut_by(Cut.HOUR))
    hours = find(view, HourChart, "report_hours")
    assert hours.isVisible()
    assert [bar.label for bar in hours.bars()] == ["10:00"]
    assert not bars.isVisible()
    with qtbot.waitSignal(presenter.receipts_wanted) as wanted:
        find(view, QPushButton, "open_receipts").click()
    assert wanted.args is not None
    assert wanted.args[0].key == "10"


def test_a_report_stands_beside_the_year_before(
    qtbot: QtBot, presenter: ReportsPresenter, view: ReportsView
) -> None:
    _reads(qtbot, presenter, find(view, QPushButton, "choice_last_year").click)
    assert presenter.wish.against is Against.LAST_YEAR
    assert presenter.report is not None
    assert presenter.report.compared == Period(date(2025, 11, 1), date(2025, 11, 26))
    assert not find(view, QTableView, "report_table").isVisible()
    assert find(view, QLabel, "no_report").text()


def test_days_that_are_over_are_stored_once_a_report_was_read(
    qtbot: QtBot, presenter: ReportsPresenter, shop: Shop
) -> None:
    shops.sell(shop, {"SAUCE": 1})
    shops.new_day(shop, at=shops.AT + ONE_DAY)
    shops.new_day(shop, at=shops.AT + 2 * ONE_DAY)
    presenter.refresh()

    def stored() -> int:
        with shop.database.read() as session:
            query = text("SELECT count(*) FROM totalled_day")
            found: int = session.execute(query).scalar_one()
        return found

    qtbot.waitUntil(lambda: stored() == 2)
    with shop.database.read() as session:
        assert day_totals.next_due(session, TODAY) is None


def test_another_day_has_come_while_the_reports_were_open(
    qtbot: QtBot,
    presenter: ReportsPresenter,
    view: ReportsView,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _reads(qtbot, presenter, view.refresh)
    monkeypatch.setattr(clock, "now", lambda: shops.AT + 9 * ONE_DAY)
    _reads(qtbot, presenter, view.refresh)
    assert presenter.wish.period == Period(date(2026, 12, 1), date(2026, 12, 3))
    _reads(qtbot, presenter, lambda: presenter.show_days(shops.DAY, shops.DAY))
    monkeypatch.setattr(clock, "now", lambda: shops.AT + 10 * ONE_DAY)
    _reads(qtbot, presenter, view.refresh)
    assert presenter.wish.period == Period(shops.DAY, shops.DAY)  # it was chosen
