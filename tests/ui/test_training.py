"""Stories of practising: the trainee sees a till that nobody takes for a real one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPushButton, QTableWidget

from assets.tokens import colour
from tests.cashier import Cashier
from tests.colleagues import MANAGER_PIN, take_on, take_over
from tests.customers import TEA
from tests.receipts import pdf_reader
from tests.ui.test_selling import rows
from ui.training_presenter import TrainingPresenter
from ui.widgets.message_bar import MessageBar

DRAWER = b"\x1bp"
_PIN = "936274"  # of the reconciler
ON_HAND = """SELECT on_hand FROM stock s JOIN product p ON p.id = s.product_id
  WHERE p.sku = 'WA002'"""


@pytest.fixture
def trainee(start: Callable[..., Cashier]) -> Cashier:
    """The till practises from the start of the story."""
    cashier = start()
    cashier.presses("Shift+F6")
    cashier.touches_button("more_training")
    return cashier


def training(cashier: Cashier) -> TrainingPresenter:
    work = cashier.application.work
    assert work is not None
    return work.training


def _sells_tea(cashier: Cashier) -> None:
    cashier.scans(TEA)
    cashier.presses("F12")
    cashier.types("100")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))


def _numbers(cashier: Cashier) -> list[tuple[object, ...]]:
    return rows(cashier, "SELECT number, net_fen FROM sale ORDER BY id")


def _says(cashier: Cashier) -> str:
    return cashier.find(MessageBar, "message_bar").text()


def _printed(cashier: Cashier, name: str) -> Path:
    def found() -> list[Path]:
        return list((cashier.folder / "papers").rglob(name))

    cashier.waits(lambda: bool(found()))
    return found()[0]


# --- what is seen --------------------------------------------------------------------


def test_a_trainee_sells_as_always_and_nothing_of_it_is_real(trainee: Cashier) -> None:
    _sells_tea(trainee)
    trainee.sees("change_due", "¥22.00")
    assert _numbers(trainee) == [("T01-T000001", 7_800)]
    assert rows(trainee, ON_HAND) == [(200,)]
    trainee.presses("F10")
    trainee.waits(lambda: trainee.is_shown("no_sales"))
    trainee.sees_in("about_day", "78.00")
    pdf = _printed(trainee, "T01-T000001.pdf")
    said = pdf_reader.texts(pdf.read_bytes())[0]
    assert said.count("TRAINING") >= 3
    assert DRAWER not in pdf.with_suffix(".bin").read_bytes()


def test_the_band_stands_above_every_page_until_training_is_left(
    trainee: Cashier,
) -> None:
    for key in ("F8", "F9", "F10", "F11", "Shift+F10", "F1"):
        trainee.presses(key)
        assert trainee.is_shown("training_band"), key
    trainee.touches_button("leave_training")
    assert not trainee.is_shown("training_band")
    assert _says(trainee)
    _sells_tea(trainee)
    assert _numbers(trainee) == [("T01-000001", 7_800)]
    assert rows(trainee, ON_HAND) == [(199,)]


def test_a_key_leaves_training_and_does_nothing_when_the_till_is_real(
    trainee: Cashier,
) -> None:
    trainee.presses("Shift+F9")
    assert not trainee.is_shown("training_band")
    trainee.presses("Shift+F9")
    assert rows(trainee, "SELECT note FROM act WHERE act = 'train' ORDER BY id") == [
        ("begun",),
        ("ended",),
    ]


def _paleness(cashier: Cashier) -> int:
    """How many points of the basket have the watermark's colour."""
    table = cashier.find(QTableWidget, "basket").viewport()
    image: QImage = table.grab().toImage()
    wanted = QColor(colour("watermark")).rgb()
    return sum(
        image.pixel(x, y) == wanted
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def test_the_basket_is_marked_behind_its_lines_and_pay_looks_otherwise(
    trainee: Cashier,
) -> None:
    pay = trainee.find(QPushButton, "pay")
    assert _paleness(trainee) > 200
    assert pay.property("training") is True
    for _line in range(12):
        trainee.scans(TEA)
        trainee.scans("6970019000015")
    assert _paleness(trainee) > 20
    trainee.touches_button("leave_training")
    assert _paleness(trainee) == 0
    assert pay.property("training") is False


def test_a_long_basket_scrolls_under_its_mark(trainee: Cashier) -> None:
    for county in ("WA", "DP"):
        for number in range(1, 6):
            trainee.types(f"{county}00{number}")
            trainee.presses("Enter")
    bar = trainee.find(QTableWidget, "basket").verticalScrollBar()
    assert bar.maximum() > 0
    before = _paleness(trainee)
    bar.setValue(0)
    assert _paleness(trainee) == pytest.approx(before, rel=0.5)
    training(trainee).stop()
    for code in ("WA001", "WA002", "WA003", "WA004", "WA005", "DP001", "DP003"):
        trainee.types(code)
        trainee.presses("Enter")
    bar.setValue(0)
    assert _paleness(trainee) == 0


# --- going in and out ----------------------------------------------------------------


def test_after_a_restart_the_till_still_practises_with_its_basket(
    trainee: Cashier, start: Callable[..., Cashier]
) -> None:
    trainee.scans(TEA)
    trainee.leaves()
    again = start()
    assert again.is_shown("training_band")
    assert len(again.basket()) == 1
    again.presses("F12")
    again.presses("Enter")
    again.waits(lambda: again.is_shown("change_due"))
    assert _numbers(again) == [("T01-T000001", 7_800)]


def test_another_language_still_shows_that_the_till_practises(
    trainee: Cashier,
) -> None:
    trainee.presses("F11")
    trainee.chooses("language", "en")
    trainee.waits(lambda: trainee.is_shown("training_band"))
    trainee.sees_in("leave_training", "Leave training")


def test_training_begins_with_an_empty_basket_only(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.scans(TEA)
    training(cashier).start()
    assert _says(cashier)
    assert not cashier.is_shown("training_band")
    assert len(cashier.basket()) == 1
    cashier.presses("F6")
    training(cashier).start()
    assert cashier.is_shown("training_band")


def test_tickets_of_customers_wait_while_a_trainee_parks_his_own(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.scans(TEA)
    cashier.presses("F6")
    training(cashier).start()
    cashier.presses("F7")
    assert cashier.basket() == []
    cashier.types("SF004")
    cashier.presses("Enter")
    cashier.presses("F6")
    cashier.touches_button("leave_training")
    cashier.presses("F7")
    assert cashier.basket() == ["瓮安毛峰250g 1 × 78.00 ¥78.00"]


def test_a_payment_that_was_begun_in_training_goes_with_it(trainee: Cashier) -> None:
    trainee.scans(TEA)
    trainee.presses("F12")
    trainee.types("30")
    trainee.presses("F2")
    trainee.sees("due", "¥48.00")
    trainee.touches_button("leave_training")
    assert trainee.basket() == []
    assert rows(trainee, "SELECT * FROM basket") == []
    _sells_tea(trainee)
    assert _numbers(trainee) == [("T01-000001", 7_800)]


def test_a_shift_is_not_closed_before_training_is_left(trainee: Cashier) -> None:
    trainee.presses("Shift+F10")
    trainee.presses("F12")
    assert rows(trainee, "SELECT state FROM shift") == [("open",)]
    assert _says(trainee)
    trainee.touches_button("leave_training")
    trainee.presses("F12")
    assert rows(trainee, "SELECT state FROM shift") == [("sealed",)]


def test_without_a_shift_nobody_practises(start: Callable[..., Cashier]) -> None:
    cashier = start()
    cashier.presses("Shift+F10")
    cashier.presses("F12")
    cashier.presses("F1")
    training(cashier).start()
    assert not cashier.is_shown("training_band")
    assert _says(cashier)


# --- papers ------------------------------------------------------------------------


def test_reprint_last_prints_the_trainees_own_and_is_no_deed_of_the_shift(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    _sells_tea(cashier)
    cashier.presses("Enter")
    training(cashier).start()
    _sells_tea(cashier)
    cashier.touches_button("reprint")
    _printed(cashier, "T01-T000001-copy1.pdf")
    found = "SELECT subject, is_training FROM act WHERE act = 'reprint'"
    assert rows(cashier, found) == [("T01-T000001", 1)]
    cashier.touches_button("leave_training")
    cashier.presses("F8")
    cashier.scans("T01-000001")
    cashier.presses("F5")
    _printed(cashier, "T01-000001-copy1.pdf")
    assert rows(cashier, found) == [("T01-T000001", 1), ("T01-000001", 0)]


# --- who may -----------------------------------------------------------------------


def test_who_does_not_sell_needs_somebody_who_lets_him_practise(
    start: Callable[..., Cashier],
) -> None:
    till = start()
    take_on(till, ("何对账", "reconciler", _PIN))
    take_over(till, 2, _PIN)
    training(till).start()
    till.waits(lambda: till.is_shown("pin"))
    assert not training(till).is_on
    till.types(MANAGER_PIN)
    till.presses("Enter")
    till.waits(lambda: training(till).is_on)
    assert till.is_shown("training_band")
    approved = (
        "SELECT staff_id, approver_id FROM act WHERE note = 'begun' "
        "AND outcome = 'done'"
    )
    assert rows(till, approved) == [(2, 1)]
    till.presses("Ctrl+L")
    assert till.is_shown("training_band")
    assert not till.find(QPushButton, "leave_training").isEnabled()
    till.presses("Shift+F9")  # behind the question nothing is done
    assert training(till).is_on
