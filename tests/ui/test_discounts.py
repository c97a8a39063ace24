"""Stories of what is taken off at the till, and of what leaves a basket unpaid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QTableWidget
from sqlalchemy import text

from models import clock
from models.i18n import Language
from models.money import Money
from models.selling import sale_reading
from receipts.document import Pair
from receipts.receipt import receipt_for
from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, MANAGER_PIN, take_on, take_over
from tests.customers import TEA
from tests.ui.test_selling import rows
from ui.widgets.message_bar import MessageBar


@pytest.fixture
def manager(start: Callable[[], Cashier]) -> Cashier:
    """The manager at the till, who may give what he likes."""
    return start()


@pytest.fixture
def till(start: Callable[[], Cashier]) -> Cashier:
    """何苗, a cashier, is at the till; the manager has a PIN."""
    cashier = start()
    take_on(cashier, ("何苗", "cashier", CASHIER_PIN))
    take_over(cashier, 2, CASHIER_PIN)
    cashier.sees_in("work", "何苗")
    return cashier


def _says(cashier: Cashier) -> str:
    return cashier.find(MessageBar, "message_bar").text()


def _puts(cashier: Cashier, *codes: str) -> None:
    for code in codes:
        cashier.types(code)
        cashier.presses("Enter")


def _gives(cashier: Cashier, key: str, figure: str, reason: int = 0) -> None:
    """⇧F3, the choice, the figure, Enter, along the reasons, Enter."""
    cashier.presses("Shift+F3")
    cashier.presses(key)
    cashier.types(figure)
    cashier.presses("Enter")
    cashier.touches_button(f"reason_{reason}")
    cashier.presses("Enter")


def _agrees(cashier: Cashier, total: str) -> None:
    """The common case: four presses and the figure."""
    cashier.presses("Shift+F3")
    cashier.presses("F5")
    cashier.types(total)
    cashier.presses("Enter")


def _approves(cashier: Cashier, pin: str = MANAGER_PIN) -> None:
    cashier.waits(lambda: cashier.is_shown("pin"))
    cashier.types(pin)
    cashier.presses("Enter")


def _pays(cashier: Cashier) -> None:
    cashier.presses("F12")
    cashier.presses("Enter")


def _acts(cashier: Cashier, *, by: int = 2) -> list[tuple[object, ...]]:
    sql = "SELECT act, outcome, amount_fen, reason, approver_id FROM act"
    return rows(cashier, f"{sql} WHERE staff_id = {by} ORDER BY id")


# --- what is taken off --------------------------------------------------------


def test_make_it_160_within_the_limit_by_phone_and_no_rounding(till: Cashier) -> None:
    _puts(till, "2*WA002", "DP001")  # 156.00 and 9.90
    keys = till.keys
    _agrees(till, "160")
    assert till.keys - keys == 6  # Shift+F3, F5, 1, 6, 0, Enter
    till.sees("total", "¥160.00")
    assert not till.is_shown("pin")
    till.presses("F12")
    till.presses("F2")
    till.waits(lambda: till.is_shown("change_due"))
    assert rows(till, "SELECT net_fen, rounding_fen FROM sale") == [(16_000, 0)]
    assert rows(till, "SELECT kind, amount_fen FROM sale_discount") == [
        ("bargain", 590)
    ]
    ((act, outcome, amount, reason, approver),) = _acts(till)
    assert (act, outcome, amount, approver) == ("bargain", "done", 590, None)
    assert reason


def test_the_total_is_seen_before_it_is_given(manager: Cashier) -> None:
    _puts(manager, "2*WA002")
    manager.presses("Shift+F3")
    manager.types("10")
    manager.sees("outlook", "¥156.00 → ¥140.40")
    assert "9 折" in manager.reads("outlook_words")
    assert "10%" in manager.reads("outlook_words")
    manager.presses("F7")
    manager.types("12.5")
    manager.sees("outlook", "¥156.00 → ¥143.50")
    manager.sees("total", "¥156.00")
    manager.presses("Esc")
    manager.sees("total", "¥156.00")


def test_wrong_figures_are_told_in_one_sentence(manager: Cashier) -> None:
    _puts(manager, "2*WA002")
    manager.presses("Shift+F3")
    manager.presses("F5")
    manager.types("1600")
    assert "¥156.00" in manager.reads("outlook_words")
    manager.presses("Enter")
    assert "¥156.00" in _says(manager)
    for key, figure in (("F3", "156.01"), ("F7", "157"), ("F2", "0"), ("F6", "")):
        manager.presses(key)
        manager.types(figure)
        manager.presses("Enter")
        if figure:  # the reason is asked for last
            manager.fills("reason", "x")
            manager.presses("Enter")
        assert _says(manager)
        manager.sees("total", "¥156.00")
        assert manager.is_shown("give")
    manager.presses("F2")
    manager.types("101")  # nobody takes off more than all: the second 1 is not taken
    assert manager.reads("off_percent") == "10"


def test_a_reason_has_to_be_given(manager: Cashier) -> None:
    _puts(manager, "WA002")
    manager.presses("Shift+F3")
    manager.types("10")
    manager.presses("Enter")
    manager.sees("total", "¥78.00")
    manager.fills("reason", "  ")
    manager.presses("Enter")
    manager.sees("total", "¥78.00")
    manager.fills("reason", "老邻居")
    manager.presses("Enter")
    manager.sees("total", "¥70.20")
    assert "老邻居" in manager.basket()[0]
    assert "9 折" in manager.basket()[0]


def test_keys_alone_choose_the_reason(manager: Cashier) -> None:
    _puts(manager, "WA002")
    for key in ("Shift+F3", "F3"):
        manager.presses(key)
    manager.types("8")
    manager.presses("Enter")
    manager.presses("Tab")
    manager.presses("Enter")
    manager.sees("total", "¥70.00")
    assert manager.touches == 0


def test_above_the_limit_the_manager_enters_a_pin_on_the_spot(till: Cashier) -> None:
    _puts(till, "2*WA002")
    _agrees(till, "120")  # 23 %
    till.waits(lambda: till.is_shown("pin"))
    till.presses("Esc")
    till.sees("total", "¥156.00")
    till.sees("off_amount", "120")  # all is as it was
    assert till.focused.objectName() == "off_amount"
    till.presses("Enter")
    _approves(till)
    till.sees("total", "¥120.00")
    _pays(till)
    till.waits(lambda: till.is_shown("change_due"))
    act = "discount_above_limit"
    assert [(one[0], one[1], one[4]) for one in _acts(till)] == [
        (act, "refused", None),
        (act, "refused", None),
        (act, "done", 1),
    ]
    assert rows(till, "SELECT net_fen FROM sale") == [(12_000,)]
    assert rows(till, "SELECT approver_id FROM sale_discount") == [(1,)]


def test_what_grew_after_the_approval_is_asked_again_when_it_is_paid(
    till: Cashier,
) -> None:
    _puts(till, "WA002")
    _gives(till, "F6", "10")
    _approves(till)
    till.sees("total", "¥70.20")
    _puts(till, "WA002")
    till.sees("total", "¥140.40")
    till.presses("F12")
    till.types("150")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("pin"))
    till.presses("Esc")  # not now; the money stays typed in
    assert rows(till, "SELECT count(*) FROM sale") == [(0,)]
    till.presses("Enter")
    _approves(till)
    till.sees("change_due", "¥9.60")
    assert rows(till, "SELECT net_fen FROM sale") == [(14_040,)]


def test_an_approval_of_more_than_five_minutes_ago_is_asked_for_again(
    till: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    _puts(till, "WA002")
    _gives(till, "F4", "70", 4)
    _approves(till)
    till.sees("total", "¥70.00")
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(minutes=6))
    _pays(till)
    _approves(till)
    till.waits(lambda: till.is_shown("change_due"))
    assert rows(till, "SELECT net_fen FROM sale") == [(7_000,)]


def test_a_cashier_changes_a_price_with_approval_only_and_the_line_says_so(
    till: Cashier,
) -> None:
    _puts(till, "2.48*SF003")  # 4.50 the jin
    _gives(till, "F4", "4", 4)
    till.waits(lambda: till.is_shown("pin"))
    till.presses("Esc")
    till.sees("total", "¥11.16")
    till.presses("Enter")
    _approves(till)
    till.sees("total", "¥9.92")
    assert "¥4.50" in till.basket()[0]
    _pays(till)
    till.waits(lambda: till.is_shown("change_due"))
    assert [one[:2] for one in _acts(till)][-1] == ("price", "done")
    assert rows(till, "SELECT kind, amount_fen FROM sale_discount") == [("price", 124)]


def test_two_acts_need_two_approvals(till: Cashier) -> None:
    _puts(till, "WA002", "SF004")
    till.touches_line(0)
    _gives(till, "F4", "70", 4)
    _approves(till)
    _gives(till, "F6", "20")
    _approves(till)
    _pays(till)
    till.waits(lambda: till.is_shown("change_due"))
    assert [one[0] for one in _acts(till) if one[1] == "done"] == [
        "price",
        "discount_above_limit",
    ]


def test_a_lines_discount_and_that_of_all_add_up_to_the_total_on_paper(
    manager: Cashier,
) -> None:
    _puts(manager, "2*WA002", "DP001", "2.48*SF003")
    manager.touches_line(0)
    _gives(manager, "F2", "10")
    manager.touches_line(1)
    _gives(manager, "F3", "0.90", 1)
    _gives(manager, "F6", "5", 2)
    manager.sees("total", "¥152.53")  # 140.40 + 9.00 + 11.16 less 8.03, to the fen
    manager.presses("F12")
    manager.presses("F2")
    manager.waits(lambda: manager.is_shown("change_due"))
    work = manager.application.work
    assert work is not None
    with work.database.read() as session:
        record = sale_reading.get_record(session, 1)
    assert record.net.fen == sum(line.net.fen for line in record.lines)
    assert record.list_total - record.discount == record.net
    assert rows(manager, "SELECT kind, amount_fen FROM sale_discount") == [
        ("line", 1560),
        ("line", 90),
        ("order", 803),
    ]
    paper = receipt_for(
        record, language=Language.ZH, weight_unit=work.desk.settings.weight_unit
    )
    said = {row.left: row.right for row in paper.rows if isinstance(row, Pair)}
    assert said["应收"] == "￥152.53"
    taken = [right for left, right in said.items() if "优惠" in left]
    assert Money.sum(Money.parse(one.lstrip("-")) for one in taken) == record.discount


def test_a_discount_is_there_after_a_crash_and_after_parking(
    manager: Cashier, start: Callable[[], Cashier]
) -> None:
    _puts(manager, "2*WA002", "SF004")
    manager.touches_line(0)
    _gives(manager, "F2", "10")
    _gives(manager, "F7", "5")
    total, lines = manager.reads("total"), manager.basket()
    manager.presses("F6")
    manager.sees("total", "¥0.00")
    manager.presses("F7")
    manager.sees("total", total)
    manager.application.stop()  # without a word
    again = start()
    again.sees("total", total)
    assert again.basket() == lines


def test_what_was_given_is_taken_back(manager: Cashier) -> None:
    _puts(manager, "WA002", "DP001")  # the pomelo is on offer
    manager.touches_line(1)
    lines = manager.basket()
    for key, figure in (("F4", "5"), ("F2", "50"), ("F6", "10"), ("F5", "80")):
        manager.touches_line(1)
        if key == "F5":
            _agrees(manager, figure)
        else:
            _gives(manager, key, figure)
        assert manager.reads("total") != "¥87.90"
        manager.presses("Shift+F3")
        assert manager.is_shown("take_off_back") is (key == "F2")
        manager.presses(key)
        manager.touches_button("take_off_back")
        manager.sees("total", "¥87.90")
        assert manager.basket() == lines
    assert _acts(manager, by=1)[1:] == []


def test_the_line_that_is_touched_is_the_one_that_is_meant(manager: Cashier) -> None:
    _puts(manager, "WA002", "DP001")
    manager.presses("Shift+F3")
    heading = manager.reads("discount_heading")
    manager.touches_line(0)
    assert manager.reads("discount_heading") != heading
    manager.touches_button("take_off_all_share")
    assert not manager.find(QTableWidget, "basket").isHidden()
    manager.presses("Esc")


def test_what_was_agreed_is_off_when_the_basket_changes(manager: Cashier) -> None:
    _puts(manager, "2*WA002")
    _agrees(manager, "150")
    _puts(manager, "DP001")
    manager.sees("total", "¥165.90")
    assert _says(manager)


def test_without_goods_or_amid_a_payment_nothing_is_taken_off(
    manager: Cashier,
) -> None:
    manager.presses("Shift+F3")
    assert not manager.is_shown("give")
    assert _says(manager)
    _puts(manager, "WA002")
    manager.presses("F12")
    manager.presses("Shift+F3")
    assert not manager.is_shown("give")
    assert manager.is_shown("due")


def test_alone_at_a_stall_the_reason_is_asked_for_and_no_pin(till: Cashier) -> None:
    _is_alone(till)
    _puts(till, "2*WA002")
    _gives(till, "F6", "10", 2)
    till.sees("total", "¥140.40")
    _pays(till)
    till.waits(lambda: till.is_shown("change_due"))
    assert [one[:3] for one in _acts(till)] == [
        ("discount_above_limit", "unwitnessed", 1560)
    ]


# --- what leaves the basket ---------------------------------------------------


def test_whatever_leaves_the_basket_is_on_the_record(till: Cashier) -> None:
    """Scanned twice by mistake, then fewer, then none, then all: no question asked."""
    till.scans(TEA)
    till.scans(TEA)
    till.presses("F3")
    till.types("1")
    till.presses("Enter")
    till.presses("F4")
    _puts(till, "3*DP001", "SF004")
    till.touches_line(0)
    till.presses("F3")
    till.types("0")
    till.presses("Enter")
    till.presses("Shift+F4")
    till.sees("total", "¥0.00")
    assert not till.is_shown("pin")
    assert [(one[0], one[1], one[2]) for one in _acts(till)] == [
        ("void", "done", 7800),
        ("void", "done", 7800),
        ("void", "done", 2970),
        ("void", "done", _price(till, "SF004")),
    ]


def test_more_of_a_line_is_no_void(till: Cashier) -> None:
    till.scans(TEA)
    till.presses("F3")
    till.types("3")
    till.presses("Enter")
    till.sees("total", "¥234.00")
    assert _acts(till) == []


def test_a_dear_basket_is_not_emptied_without_approval(till: Cashier) -> None:
    _puts(till, "2*WA002")
    till.presses("Shift+F4")
    till.waits(lambda: till.is_shown("pin"))
    assert till.find(QLabel, "sign_in_heading").isVisible()
    till.presses("Esc")
    till.sees("total", "¥156.00")
    till.presses("F4")
    _approves(till)
    till.sees("total", "¥0.00")
    act = "void_above_limit"
    assert [(one[0], one[1], one[4]) for one in _acts(till)] == [
        (act, "refused", None),
        (act, "refused", None),
        (act, "done", 1),
    ]


def test_a_dear_reduction_keeps_its_figure_when_nobody_approves(till: Cashier) -> None:
    _puts(till, "3*WA002")
    till.presses("F3")
    till.types("1")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("pin"))
    till.presses("Esc")
    till.sees("entry", "1")
    till.sees("total", "¥234.00")
    till.presses("Enter")
    _approves(till)
    till.sees("total", "¥78.00")


def test_alone_a_dear_void_wants_a_reason(till: Cashier) -> None:
    _is_alone(till)
    _puts(till, "2*WA002")
    till.presses("Shift+F4")
    assert till.is_shown("void")
    till.presses("Esc")
    till.sees("total", "¥156.00")
    till.presses("Shift+F4")
    till.fills("reason", " ")
    till.presses("Enter")
    assert _says(till)
    till.touches_button("reason_1")
    till.touches_button("void")
    till.sees("total", "¥0.00")
    ((act, outcome, amount, reason, _approver),) = _acts(till)
    assert (act, outcome, amount) == ("void_above_limit", "unwitnessed", 15_600)
    assert reason


def test_no_goods_leave_a_basket_that_is_being_paid(manager: Cashier) -> None:
    _puts(manager, "2*WA002")
    manager.presses("F12")
    manager.types("100")
    manager.presses("F2")
    for key in ("Shift+F4", "F6", "F7"):
        manager.presses(key)
        assert _says(manager)
        manager.sees("due", "¥56.00")
    assert len(manager.basket()) == 1
    assert rows(manager, "SELECT state FROM basket") == [("open",)]


def _price(cashier: Cashier, sku: str) -> object:
    return rows(cashier, f"SELECT price_fen FROM product WHERE sku = '{sku}'")[0][0]  # noqa: S608  # a constant


def _is_alone(cashier: Cashier) -> None:
    work = cashier.application.work
    assert work is not None
    with work.database.write() as session:
        session.execute(text("UPDATE outlet SET is_one_person = 1"))
    work.reload()
