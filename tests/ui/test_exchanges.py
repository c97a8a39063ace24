"""Stories of exchanges: goods come back and others go out at once."""

from __future__ import annotations

from collections.abc import Callable

from tests.cashier import Cashier
from tests.customers import TEA
from tests.ui.corrections import BOX, approves, kinds, opens_panel, payments, sells


def _exchanges(cashier: Cashier) -> None:
    opens_panel(cashier, "F3")
    cashier.presses("F3")
    cashier.presses("F2")
    cashier.presses("F7")
    cashier.waits(lambda: cashier.is_shown("basket"))
    assert cashier.is_shown("errand")


def test_one_thing_is_exchanged_for_a_dearer_one_and_the_rest_is_paid(
    till: Cashier,
) -> None:
    sells(till, TEA)
    _exchanges(till)
    till.types(BOX)
    till.presses("Enter")
    till.presses("F12")
    till.sees("due", "¥120.00")
    till.presses("F4")  # the goods that came back are no tender to take back
    till.sees("due", "¥120.00")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    assert "T01-000002" in till.reads("paid_remarks")
    assert payments(till, 2) == [("exchange", -7800)]
    assert payments(till, 3) == [("exchange", 7800), ("cash", 12_000)]
    assert not till.is_shown("errand")


def test_for_a_cheaper_one_the_rest_goes_back_with_an_approval(pair: Cashier) -> None:
    sells(pair, BOX)
    _exchanges(pair)
    pair.types(TEA)
    pair.presses("Enter")
    pair.presses("F12")
    pair.sees("due", "¥0.00")
    assert "¥120.00" in pair.reads("goes_back")
    assert kinds(pair) == ["sale"]  # nothing is stored before somebody says so
    pair.presses("Enter")
    approves(pair)
    pair.waits(lambda: pair.is_shown("paid_remarks"))
    assert "¥120.00" in pair.reads("paid_remarks")
    assert payments(pair, 2) == [("cash", -12_000), ("exchange", -7800)]
    assert payments(pair, 3) == [("exchange", 7800)]


def test_an_exchange_survives_leaving_and_is_gone_after_a_crash(
    till: Cashier, start: Callable[[], Cashier]
) -> None:
    sells(till, TEA)
    _exchanges(till)
    till.types(BOX)
    till.presses("Enter")
    till.presses("F12")
    till.presses("Esc")
    assert till.is_shown("errand")
    till.presses("F12")
    till.types("50")
    till.presses("Enter")
    till.sees("due", "¥70.00")
    till.presses("Shift+F7")  # not while money lies there
    assert till.is_shown("errand")
    till.leaves()
    again = start()
    again.sees("due", "¥148.00")  # what was stored is only what was handed over
    assert not again.is_shown("errand")
    assert kinds(again) == ["sale"]


def test_an_exchange_is_dropped_by_its_button_and_waits_for_an_open_payment(
    till: Cashier,
) -> None:
    sells(till, TEA)
    till.types(TEA)
    till.presses("Enter")
    till.presses("F12")
    opens_panel(till, "F3")
    till.presses("F3")
    till.presses("F7")
    till.presses("F2")
    till.presses("F7")
    assert till.is_shown("confirm_refund")  # a payment is open
    till.presses("F1")
    till.presses("Esc")
    till.presses("F8")
    assert till.reads("count_1_0") == "1"  # the panel is as it was left
    till.presses("F7")
    assert till.is_shown("errand")
    till.touches_button("drop_errand")
    till.presses("F12")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    assert kinds(till) == ["sale", "sale"]
