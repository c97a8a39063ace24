"""Stories of handing a drawer over: 停售, 点钱, 交接 on the real window."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cashier import Cashier
from tests.colleagues import MANAGER_PIN
from tests.customers import TEA
from tests.ui.test_selling import rows
from ui.widgets.message_bar import MessageBar


@pytest.fixture
def till(start: Callable[[], Cashier]) -> Cashier:
    """One tea of 78.00 is sold for cash; 200.00 lay in the drawer before."""
    cashier = start()
    _sells_tea(cashier)
    return cashier


def _sells_tea(cashier: Cashier) -> None:
    cashier.scans(TEA)
    cashier.presses("F12")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")


def _says(cashier: Cashier) -> str:
    return cashier.find(MessageBar, "message_bar").text()


def _counts(cashier: Cashier, *pieces: int) -> None:
    """So many of 100, 50, 20, 10, 5 and 1 yuan, Enter after each."""
    cashier.waits(lambda: cashier.is_shown("whole_100"))
    for number in pieces:
        cashier.types(str(number))
        cashier.presses("Enter")
    cashier.presses("F12")


def _is_printed(cashier: Cashier, name: str) -> bool:
    return bool(list((cashier.folder / "papers").rglob(name)))


def _states(cashier: Cashier) -> list[tuple[object, ...]]:
    return rows(cashier, "SELECT number, state FROM shift ORDER BY number")


def test_three_steps_hand_an_even_drawer_over_and_print_its_slip(
    till: Cashier,
) -> None:
    till.presses("Shift+F10")
    till.presses("F12")
    assert _states(till) == [(1, "sealed")]
    assert not till.is_shown("expected")  # before the count nobody sees it
    _counts(till, 2, 1, 1, 0, 1, 3)
    assert till.reads("counted") == till.reads("expected") == "278.00"
    assert till.reads("variance") == "相符"
    assert (till.reads("split_left"), till.reads("split_banked")) == ("200.00", "78.00")
    till.presses("F12")
    assert _states(till) == [(1, "accepted")]
    till.waits(lambda: _is_printed(till, "T01-Z0001-A4.pdf"))
    till.waits(lambda: _is_printed(till, "T01-Z0001-80mm.pdf"))


def test_after_stopping_nothing_is_sold_until_the_next_shift_begins(
    till: Cashier,
) -> None:
    till.presses("Shift+F10")
    till.presses("F12")
    till.presses("F1")
    till.scans(TEA)
    assert rows(till, "SELECT count(*) FROM sale") == [(1,)]
    till.sees("entry_heading", "钱箱里有多少备用金？")
    till.types("278")
    till.presses("Enter")
    _sells_tea(till)
    assert _states(till) == [(1, "sealed"), (2, "open")]  # 待交接 blocks nobody
    till.presses("Shift+F10")
    till.sees("closing_title", "班次 0001")
    _counts(till, 2, 1, 1, 0, 1, 3)
    till.presses("F12")
    assert _states(till) == [(1, "accepted"), (2, "open")]
    till.sees("closing_title", "班次 0002")


def test_money_that_is_short_needs_a_reason_before_anybody_takes_over(
    till: Cashier,
) -> None:
    till.presses("Shift+F10")
    till.presses("F12")
    _counts(till, 2, 1, 1, 0, 1, 2)
    assert till.reads("variance") == "短款 1.00"
    till.presses("F12")
    assert _states(till) == [(1, "counted")]
    till.touches_button("sign_variance")
    assert "原因" in _says(till)
    till.fills("variance_reason", "找零有误")
    till.presses("Enter")
    till.presses("F12")
    assert _states(till) == [(1, "accepted")]
    assert rows(till, "SELECT variance_fen FROM shift_count") == [(-100,)]


def test_a_cashier_hands_over_to_another_who_signs_with_the_own_pin(
    pair: Cashier,
) -> None:
    pair.presses("Shift+F10")
    pair.presses("F12")
    _counts(pair, 2, 1, 1, 0, 1, 3)
    pair.types("1111")
    pair.presses("Enter")
    assert "密码不对" in _says(pair)
    assert _states(pair) == [(1, "counted")]
    pair.fills("receiver_pin", MANAGER_PIN)
    pair.presses("Enter")
    assert _states(pair) == [(1, "accepted")]
    assert rows(pair, "SELECT staff_id, is_self_signed FROM shift_answer") == [(1, 0)]


def test_above_the_cashier_s_limit_a_supervisor_s_pin_is_asked(pair: Cashier) -> None:
    pair.presses("Shift+F10")
    pair.presses("F12")
    _counts(pair, 2, 1, 1, 0, 0, 3)  # 5.00 short
    pair.fills("variance_reason", "可能多找了")
    pair.presses("Enter")
    pair.waits(lambda: pair.is_shown("pin"))
    pair.types(MANAGER_PIN)
    pair.presses("Enter")
    pair.waits(lambda: pair.is_shown("variance"))
    pair.sees_in("variance_signed", "何苗苗")
    assert rows(pair, "SELECT staff_id, approver_id FROM shift_variance") == [(2, 1)]


def test_far_off_is_counted_twice(till: Cashier) -> None:
    till.presses("Shift+F10")
    till.presses("F12")
    _counts(till, 2)
    till.fills("variance_reason", "少了")
    till.presses("Enter")
    assert "再清点一次" in _says(till)  # and here is where to do it
    _counts(till, 2, 1, 1, 0, 1, 3)
    assert till.reads("variance") == "相符"
    assert rows(till, "SELECT count(*) FROM shift_count") == [(2,)]


def test_torn_notes_are_money_and_suspect_ones_are_not(till: Cashier) -> None:
    till.presses("Shift+F10")
    till.presses("F12")
    till.fills("torn_100", "2")
    till.fills("suspect_50", "1")
    assert till.reads("count_total") == "¥200.00"
    till.fills("count_note", "50 wrong")
    till.presses("F12")
    assert rows(till, "SELECT counted_fen, suspect_fen FROM shift_count") == [
        (20_000, 5_000)
    ]


def test_the_shift_so_far_is_printed_for_who_may_see_it(pair: Cashier) -> None:
    pair.presses("Shift+F10")
    pair.presses("F5")
    pair.waits(lambda: pair.is_shown("pin"))  # a cashier counts blind
    pair.types(MANAGER_PIN)
    pair.presses("Enter")
    pair.waits(lambda: _is_printed(pair, "T01-X-*-A4.pdf"))
    assert _states(pair) == [(1, "open")]
    pair.presses("Esc")
    assert pair.is_shown("basket")


def test_what_is_left_is_told_before_the_till_stops(till: Cashier) -> None:
    till.scans(TEA)
    till.presses("F6")
    till.presses("Shift+F10")
    assert "挂单" in till.reads("left_parked")


def test_without_a_shift_there_is_nothing_to_close(till: Cashier) -> None:
    till.presses("Shift+F10")
    till.presses("F12")
    _counts(till, 2, 1, 1, 0, 1, 3)
    till.presses("F12")
    assert not till.is_shown("confirm_closing")
    till.presses("F12")
    assert _states(till) == [(1, "accepted")]
