"""Stories of shifts and of the day's end: what other tills get wrong, told on ours.

The numbers are those of DOMAIN.md, section 3.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QPushButton

from models import clock, settings
from models.kinds import AccountKind, Method
from models.selling import accounts
from models.settings import Settings
from tests.cashier import Cashier
from tests.colleagues import MANAGER_PIN
from tests.customers import TEA, buys_tea
from tests.ui.test_selling import rows
from ui.widgets.message_bar import Kind, MessageBar


def _stops(till: Cashier) -> None:
    till.presses("Shift+F10")
    till.presses("F12")


def _counts(till: Cashier, **pieces: int) -> None:
    for denomination, number in pieces.items():
        till.fills(f"whole_{denomination[1:]}", str(number))
    till.presses("F12")


def _begins(till: Cashier, float_: str) -> None:
    till.presses("F1")
    till.waits(lambda: till.is_shown("entry_money"))
    till.types(float_)
    till.presses("Enter")


def _states(till: Cashier) -> list[tuple[object, ...]]:
    return rows(till, "SELECT number, state FROM shift ORDER BY number")


def _z(till: Cashier) -> list[dict[str, object]]:
    found = rows(till, "SELECT body FROM z_close ORDER BY number")
    return [json.loads(str(body)) for (body,) in found]


def _bar(till: Cashier) -> MessageBar:
    return till.find(MessageBar, "message_bar")


# --- pains 2, 11, 12: shifts follow each other and stand in nobody's way ------


def test_three_short_shifts_of_one_day_each_have_only_their_own_sales(
    till: Cashier,
) -> None:
    """Pain 2: the second shift of the day never includes the first."""
    for number, sold in enumerate((1, 2, 0), 1):
        for _sale in range(sold):
            buys_tea(till)
        till.presses("Shift+F10")
        if number > 1:
            till.chooses("closing_shift", str(number))
        till.presses("F12")
        if number < 3:
            _begins(till, "200")
    net = [one["sums"]["net"] for one in _z(till)]  # type: ignore[index]  # JSON
    assert net == [7_800, 15_600, 0]
    assert _states(till) == [(1, "sealed"), (2, "sealed"), (3, "sealed")]


def test_a_shift_that_waits_keeps_the_next_neither_from_selling_nor_from_closing(
    till: Cashier,
) -> None:
    """Pain 12: nobody has time to count at noon; the evening still closes."""
    buys_tea(till)
    _stops(till)
    _begins(till, "278")
    buys_tea(till)
    till.presses("Shift+F10")
    till.sees("closing_title", "班次 0001")  # the one that waits comes first
    till.chooses("closing_shift", "2")
    assert till.is_shown("left_awaiting")
    till.touches_button("left_awaiting")
    till.sees("closing_title", "班次 0001")
    till.chooses("closing_shift", "2")
    till.presses("F12")
    assert _states(till) == [(1, "sealed"), (2, "sealed")]


def test_an_impatient_finger_closes_once_and_the_count_is_not_taken_for_it(
    till: Cashier,
) -> None:
    """Pain 11: there is one Z, and nothing is sold after it."""
    till.presses("Shift+F10")
    till.double_clicks("confirm_closing")
    assert rows(till, "SELECT count(*) FROM z_close") == [(1,)]
    assert rows(till, "SELECT count(*) FROM shift_count") == [(0,)]
    assert _bar(till).kind() is Kind.DANGER
    till.presses("F1")
    till.scans(TEA)
    assert rows(till, "SELECT count(*) FROM basket WHERE state = 'open'") == [(0,)]


def test_what_is_left_leads_to_where_it_is_settled(till: Cashier) -> None:
    """Pain 12: parked and open baskets are told, with a way there; none blocks."""
    for _ticket in range(2):
        till.scans(TEA)
        till.presses("F6")
    till.scans(TEA)
    till.presses("Shift+F10")
    till.touches_button("left_parked")
    assert till.is_shown("parked")
    till.presses("Esc")
    till.presses("Shift+F10")
    till.touches_button("left_basket")
    assert till.is_shown("basket")
    till.presses("F12")
    till.types("50")
    till.presses("F2")  # half is paid by phone
    till.presses("Shift+F10")
    till.touches_button("left_half_paid")
    assert till.is_shown("due")
    till.presses("Shift+F10")
    till.fills("closing_note", "rain")
    till.presses("F12")
    assert _states(till) == [(1, "sealed")]
    assert rows(till, "SELECT note FROM z_close") == [("rain",)]


def test_papers_that_did_not_come_are_printed_again_from_the_list(
    till: Cashier,
) -> None:
    work = till.application.work
    assert work is not None
    folder = work.papers.folder
    folder.rename(folder.with_name("away")) if folder.exists() else None
    folder.write_text("in the way", encoding="utf-8")
    buys_tea(till)
    till.waits(lambda: work.papers.waiting == 1)
    folder.unlink()
    till.presses("Shift+F10")
    till.touches_button("left_prints")
    till.waits(lambda: work.papers.waiting == 0)
    till.waits(lambda: not till.is_shown("left_prints"))
    assert list(folder.rglob("T01-000001.pdf"))


# --- pain 22: midnight --------------------------------------------------------


def test_a_shift_across_midnight_belongs_to_its_evening(
    start: Callable[[], Cashier], monkeypatch: pytest.MonkeyPatch
) -> None:
    hour = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)  # half past eleven at night
    monkeypatch.setattr(clock, "now", lambda: hour)
    till = start()
    buys_tea(till)
    hour = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)  # half past one
    buys_tea(till)
    assert not till.is_shown("new_day")
    _stops(till)
    days = rows(till, "SELECT DISTINCT business_date FROM sale")
    assert days == rows(till, "SELECT business_date FROM z_close")
    assert len(days) == 1
    assert rows(till, "SELECT DISTINCT local_hour FROM sale_line") == [(23,), (1,)]


# --- pains 3, 4: counts that differ -------------------------------------------


def test_an_empty_drawer_is_counted_twice_and_then_taken_over_as_it_is(
    pair: Cashier,
) -> None:
    """Pain 3: whatever lies there is taken, with a reason and a manager's name."""
    buys_tea(pair)
    _stops(pair)
    _counts(pair, y100=0)
    assert pair.reads("variance") == "短款 278.00"
    pair.touches_button("reason_4")
    pair.presses("Enter")
    assert _bar(pair).kind() is Kind.DANGER
    assert pair.is_shown("whole_100")  # here, once more
    _counts(pair, y100=0)
    pair.touches_button("reason_4")
    pair.presses("Enter")
    pair.waits(lambda: pair.is_shown("pin"))  # so much only a manager signs
    pair.types(MANAGER_PIN)
    pair.presses("Enter")
    pair.waits(lambda: pair.is_shown("receiver_pin"))
    pair.fills("receiver_pin", MANAGER_PIN)
    pair.presses("Enter")
    assert _states(pair) == [(1, "accepted")]
    assert rows(pair, "SELECT amount_fen, approver_id FROM shift_variance") == [
        (-27_800, 1)
    ]


def test_who_takes_over_does_not_agree_and_it_is_counted_again(pair: Cashier) -> None:
    buys_tea(pair)
    _stops(pair)
    _counts(pair, y100=2, y50=1, y20=1, y5=1, y1=3)
    pair.fills("recount_note", "a note looks wrong")
    pair.touches_button("ask_recount")
    assert _bar(pair).kind() is Kind.DANGER  # with his PIN
    pair.fills("receiver_pin", MANAGER_PIN)
    pair.touches_button("ask_recount")
    assert pair.is_shown("whole_100")
    assert rows(pair, "SELECT answer, staff_id FROM shift_answer") == [("recount", 1)]
    pair.presses("F1")
    pair.presses("Shift+F10")
    assert pair.is_shown("whole_100")  # it stays so until it is done
    _counts(pair, y100=2, y50=1, y20=1, y5=1, y1=3)
    pair.fills("receiver_pin", MANAGER_PIN)
    pair.presses("Enter")
    assert _states(pair) == [(1, "accepted")]
    assert rows(pair, "SELECT count(*) FROM shift_count") == [(2,)]


def _closes_evenly(till: Cashier) -> None:
    """200.00 stays as float; the only person there is signs."""
    _stops(till)
    _counts(till, y100=2)
    till.presses("F12")
    assert _states(till)[-1][1] == "accepted"


def test_a_float_that_is_20_short_is_told_after_the_count_and_stands_on_the_z(
    till: Cashier,
) -> None:
    """Pain 4: neither hidden nor doubled, and it keeps nobody from selling."""
    _closes_evenly(till)
    till.presses("F1")
    assert "200" not in till.reads("entry_hint")  # not before it is counted
    assert not till.is_shown("float_note")
    till.types("180")
    till.presses("Enter")
    assert _states(till) == [(1, "accepted")]
    till.sees_in("entry_hint", "200.00")
    till.sees_in("entry_hint", "20.00")
    till.types("coin roll")  # the note has the keys
    till.presses("Enter")
    assert _states(till)[-1] == (2, "open")
    assert rows(till, "SELECT expected_fen, note FROM shift_opening") == [
        (None, ""),
        (20_000, "coin roll"),
    ]
    _stops(till)
    opening = _z(till)[-1]["opening"]
    assert opening == {"expected": 20_000, "counted": 18_000, "note": "coin roll"}
    drawer = _z(till)[-1]["drawer"]
    assert isinstance(drawer, dict)
    assert drawer["float_"] == 18_000


def test_enter_twice_goes_on_and_who_counts_until_it_fits_is_found_out(
    till: Cashier,
) -> None:
    _closes_evenly(till)
    _begins(till, "180")
    till.presses("Enter")
    assert _states(till)[-1] == (2, "open")
    _stops(till)
    _counts(till, y100=1, y50=1, y20=1, y10=1)
    till.presses("F12")
    _begins(till, "300")
    till.fills("entry_money", "180")
    till.presses("Enter")
    assert _states(till)[-1] == (3, "open")
    ((note,),) = rows(till, "SELECT note FROM shift_opening WHERE shift_id = 3")
    assert "300.00" in str(note)


# --- phones: counted at the last close, or by the reconciler ------------------


def test_at_midday_cash_alone_is_handed_over_and_the_phones_wait_for_the_evening(
    till: Cashier,
) -> None:
    buys_tea(till, "F2")
    _closes_evenly(till)
    assert rows(till, "SELECT DISTINCT method FROM shift_count") == [("cash",)]
    _begins(till, "200")
    buys_tea(till, "F2")
    _closes_evenly(till)
    till.presses("F6")
    assert not till.is_shown("account_expected_1")  # blind here too
    till.fills("account_sum_1", "70")
    till.presses("Enter")
    till.types("1")
    till.presses("Enter")
    assert till.reads("account_expected_1") == "78.00"
    assert till.reads("account_variance_1") == "短款 8.00"
    till.touches_button("reason_1")
    till.touches_button("sign_account_1")
    assert rows(till, "SELECT amount_fen FROM shift_variance") == [(-800,)]
    assert not till.is_shown("sign_account_1")
    till.chooses("account_shift", "1")  # the one of the morning, handed over long ago
    till.fills("account_sum_1", "78")
    till.fills("account_number_1", "1")
    till.touches_button("store_account_1")
    assert till.reads("account_variance_1") == "相符"
    till.presses("Esc")
    till.presses("Esc")
    assert till.is_shown("basket")


def test_an_account_is_not_stored_without_sum_and_number(till: Cashier) -> None:
    buys_tea(till, "F2")
    _stops(till)
    till.presses("F6")
    till.fills("account_sum_1", "78")
    till.touches_button("store_account_1")
    assert _bar(till).kind() is Kind.DANGER
    assert rows(till, "SELECT count(*) FROM shift_count") == [(0,)]
    till.presses("Esc")
    assert till.is_shown("whole_100")


def test_without_a_phone_payment_there_is_no_account_to_count(till: Cashier) -> None:
    till.presses("Shift+F10")
    till.presses("F6")
    assert till.is_shown("no_accounts")
    till.presses("Esc")
    assert till.is_shown("closing_note")


def test_a_difference_of_an_account_that_a_cashier_may_not_sign_asks_for_a_pin(
    pair: Cashier,
) -> None:
    buys_tea(pair, "F2")
    _stops(pair)
    pair.presses("F6")
    pair.fills("account_sum_1", "70")
    pair.fills("account_number_1", "1")
    pair.presses("Enter")
    pair.fills("account_reason_1", "app")
    pair.presses("Enter")
    pair.waits(lambda: pair.is_shown("pin"))
    pair.types(MANAGER_PIN)
    pair.presses("Enter")
    pair.waits(lambda: pair.is_shown("account_signed_1"))
    assert "何苗苗" in pair.reads("account_signed_1")


# --- 个人码: money on somebody's own phone ---------------------------------------


def _takes_personal_codes(till: Cashier) -> int:
    work = till.application.work
    assert work is not None
    with work.database.write() as session:
        settings.save(
            session, Settings(is_demo=True, accepts_personal_codes=True, shop_name="店")
        )
        account = accounts.add_account(
            session, "王掌柜", AccountKind.PERSONAL, Method.ALIPAY
        )
    work.reload()
    return account


def _sells_for_the_phone(till: Cashier, account: int) -> None:
    till.scans(TEA)
    till.presses("F12")
    till.presses("F3")
    if till.is_shown(f"account_{account}"):
        till.touches_button(f"account_{account}")
    till.waits(lambda: till.is_shown("change_due"))
    till.presses("Enter")


def test_money_on_the_keepers_own_phone_is_listed_until_the_manager_has_it(
    pair: Cashier,
) -> None:
    account = _takes_personal_codes(pair)
    _sells_for_the_phone(pair, account)
    _stops(pair)
    pair.presses("F7")
    assert pair.reads(f"held_{account}") == "78.00"
    pair.fills("held_amount", "50")
    pair.presses("F12")
    assert _bar(pair).kind() is Kind.DANGER  # not without the receiver's PIN
    pair.fills("held_pin", MANAGER_PIN)
    pair.presses("Enter")
    assert pair.reads(f"held_{account}") == "28.00"
    pair.touches_button(f"hand_over_{account}")
    pair.fills("held_pin", MANAGER_PIN)
    pair.presses("F12")
    assert pair.is_shown("nothing_held")
    assert not pair.is_shown("confirm_closing")
    assert rows(
        pair, "SELECT amount_fen, staff_id, receiver_id FROM personal_handover"
    ) == [(5_000, 2, 1), (2_800, 2, 1)]
    pair.presses("Esc")
    assert pair.is_shown("whole_100")


def test_alone_the_keeper_signs_for_himself(till: Cashier) -> None:
    account = _takes_personal_codes(till)
    _sells_for_the_phone(till, account)
    _stops(till)
    till.presses("F7")
    assert not till.find(QPushButton, "confirm_closing").isHidden()
    till.presses("F12")
    assert till.is_shown("nothing_held")
    assert rows(till, "SELECT is_self_signed FROM personal_handover") == [(1,)]


# --- pain 23: paper at the end of the day -------------------------------------


def test_a_shift_that_sold_nothing_has_its_papers_too(till: Cashier) -> None:
    _closes_evenly(till)
    papers = till.folder / "papers"
    till.waits(lambda: bool(list(papers.rglob("T01-Z0001-A4.pdf"))))
    till.waits(lambda: bool(list(papers.rglob("T01-Z0001-80mm.pdf"))))
