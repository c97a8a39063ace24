"""Stories of paper slips that are entered once the power is back."""

from __future__ import annotations

from datetime import timedelta

from models import clock
from tests.cashier import Cashier
from tests.customers import TEA
from tests.ui.corrections import BOX, approves, opens_more, says
from tests.ui.test_selling import rows


def _earlier() -> str:
    """A minute that is past, on the day of the shift, as it is typed."""
    return f"{clock.local(clock.now() - timedelta(minutes=1)):%H%M}"


def test_after_a_power_cut_slips_are_entered_one_after_the_other(
    pair: Cashier,
) -> None:
    pair.types(TEA)
    pair.presses("Enter")
    opens_more(pair, "slip")
    assert pair.is_shown("errand")
    pair.types("0017")
    pair.presses("Enter")
    pair.types(_earlier())
    pair.presses("F2")
    pair.presses("F12")
    pair.sees("due", "¥78.00")
    pair.sees_in("errand", "0017")
    pair.types("100")
    pair.presses("Enter")
    approves(pair)
    pair.sees("change_due", "¥22.00")
    pair.presses("Enter")
    assert pair.is_shown("errand")  # the next one
    pair.types(BOX)
    pair.presses("Enter")
    pair.presses("F12")
    assert pair.reads("slip_number") == "0018"
    pair.presses("F12")
    pair.presses("F2")
    approves(pair)
    pair.waits(lambda: pair.is_shown("change_due"))
    pair.touches_button("drop_errand")
    assert not pair.is_shown("errand")
    late = "SELECT slip, net_fen FROM late_entry l JOIN sale s ON s.id = l.sale_id"
    assert rows(pair, late) == [("0017", 7800), ("0018", 19_800)]


def test_a_slip_is_checked_before_anybody_takes_its_money(till: Cashier) -> None:
    till.types(TEA)
    till.presses("Enter")
    opens_more(till, "slip")
    till.presses("F12")
    for number, time in (("", "0000"), ("0017", ""), ("0017", "2575")):
        till.fills("slip_number", number)
        till.fills("slip_time", time)
        till.presses("F12")
        assert till.is_shown("confirm_slip")
        assert says(till)
    till.fills("slip_time", _earlier())
    till.presses("F12")
    assert "原因" in says(till)
    till.presses("F2")
    till.presses("F12")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    till.presses("Enter")
    till.types(TEA)
    till.presses("Enter")
    till.presses("F12")
    till.fills("slip_number", "0017")
    till.presses("F12")
    assert "T01-000001" in says(till)


def test_leaving_the_payment_drops_the_mark_of_the_slip(till: Cashier) -> None:
    till.types(TEA)
    till.presses("Enter")
    opens_more(till, "slip")
    till.fills("slip_number", "A")
    till.touches_button("pay")  # before all is typed
    assert till.reads("slip_number") == "A"
    till.fills("slip_time", _earlier())
    till.fills("reason", "停电")
    till.presses("F12")
    till.sees("due", "¥78.00")
    till.presses("Esc")
    assert not till.is_shown("errand")
    till.presses("F12")
    till.presses("Enter")
    till.waits(lambda: till.is_shown("change_due"))
    assert rows(till, "SELECT count(*) FROM late_entry") == [(0,)]
    till.presses("Enter")
    opens_more(till, "slip")  # before the goods of the slip
    assert till.is_shown("errand")
    assert till.tiles()
    till.types(TEA)
    till.presses("Enter")
    till.presses("F12")
    till.presses("Esc")
    assert not till.is_shown("errand")
    assert till.tiles()
