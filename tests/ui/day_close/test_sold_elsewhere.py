"""Figures of platforms and canteens, which stand beside those of the till."""

from __future__ import annotations

from threading import Event

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableView

from tests.cashier import Cashier
from tests.elsewhere import enters_the_platform
from tests.ui.day_close.evening import COUNTY, ELSEWHERE, HERE, bar, table_of
from tests.ui.test_selling import rows
from ui.widgets.message_bar import Kind


def _external(till: Cashier) -> list[tuple[object, ...]]:
    return rows(
        till,
        "SELECT region_code, amount_fen, reverses_id IS NOT NULL FROM external_figure "
        "ORDER BY id",
    )


def test_figures_of_a_platform_stand_in_a_column_of_their_own(evening: Cashier) -> None:
    evening.presses("F10")
    evening.presses("F4")
    enters_the_platform(evening)
    assert _external(evening) == [("522725", 39_000_000, 0), ("", 311_000_000, 0)]
    assert evening.reads("external_amount") == ""
    evening.presses("F3")
    places = table_of(evening, 4)
    assert places[-1][-2:] == ["78.00", "3,500,000.00"]
    evening.sees("day_close_net", "¥78.00")


def test_who_types_at_once_is_not_interrupted_by_the_summary(evening: Cashier) -> None:
    """It is added up in the background, and comes when another view is open already."""
    work = evening.application.work
    assert work is not None
    others_are_done = Event()
    work.bulk.run(others_are_done.wait, lambda _outcome: None)
    evening.presses("F10")
    evening.presses("F4")
    others_are_done.set()
    net = evening.find(QLabel, "figure_net")
    evening.waits(lambda: net.text() == "¥78.00", net.text)
    focus = evening.screen.focusWidget()
    assert focus.objectName() == "external_source"


def test_a_typed_amount_stands_beside_itself_in_ten_thousands(evening: Cashier) -> None:
    evening.presses("F10")
    evening.presses("F4")
    evening.fills("external_amount", "3500000")
    assert evening.reads("external_worth") == "350.00万元"
    evening.find(QLineEdit, "external_amount").selectAll()
    evening.presses("Del")
    assert evening.reads("external_worth") == ""


def test_a_wrong_figure_is_taken_back_with_a_reason(evening: Cashier) -> None:
    evening.presses("F10")
    evening.presses("F4")
    enters_the_platform(evening)
    assert not evening.find(QPushButton, "reverse_external").isEnabled()
    table = evening.find(QTableView, "external_rows")
    table.setFocus()
    table.selectRow(0)
    evening.presses("Enter")
    evening.fills("external_reason", "多报一个零")
    evening.touches_button("reverse_external")
    assert _external(evening)[-1] == ("", -311_000_000, 1)
    assert not evening.find(QPushButton, "reverse_external").isEnabled()


def test_a_document_without_an_amount_is_not_entered(evening: Cashier) -> None:
    evening.presses("F10")
    evening.presses("F4")
    evening.fills("external_source", "电商后台")
    evening.presses("F12")
    assert bar(evening).kind() is Kind.DANGER
    assert _external(evening) == []


def test_a_county_that_is_no_partner_is_told_and_not_taken_for_none(
    evening: Cashier,
) -> None:
    evening.presses("F10")
    evening.presses("F4")
    evening.fills("external_source", "贵州展销平台月报")
    evening.fills("external_amount", "3500000")
    county = evening.find(QComboBox, "external_county")
    county.setEditText("贵阳市")
    evening.presses("F12")
    assert "贵阳市" in bar(evening).text()
    county.setEditText("")
    evening.fills("external_share", "390000")  # of which county?
    evening.presses("F12")
    assert bar(evening).kind() is Kind.DANGER
    assert _external(evening) == []


def test_letters_never_come_into_an_amount(evening: Cashier) -> None:
    evening.presses("F10")
    evening.presses("F4")
    evening.fills("external_source", "电商后台")
    evening.fills("external_amount", "3.5wan")
    assert evening.reads("external_amount") == "3.5"


def test_a_county_may_sell_on_two_channels(evening: Cashier) -> None:
    """瓮安 on a platform and in an online shop: two rows, and one sum in the report."""
    evening.presses("F10")
    evening.presses("F4")
    for channel in ("online", "canteen"):
        box = evening.find(QComboBox, "external_channel")
        box.setCurrentIndex(box.findData(channel))
        county = evening.find(QComboBox, "external_county")
        county.setCurrentIndex(county.findData("522725"))
        evening.fills("external_source", "瓮安月报")
        evening.fills("external_amount", "100")
        evening.presses("F12")
    evening.presses("F3")
    places = [row for row in table_of(evening, 4) if row[COUNTY] == "瓮安县"]
    assert sorted((row[HERE], row[ELSEWHERE]) for row in places) == [
        ("-", "100.00"),
        ("-", "100.00"),
        ("78.00", "-"),
    ]
