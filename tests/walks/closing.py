"""Walks through the end of a shift and of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtWidgets import QTableView

from models import settings
from models.kinds import AccountKind, Method
from models.selling import accounts
from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, MANAGER_PIN
from tests.elsewhere import enters_the_platform


def closing(cashier: Cashier) -> Iterator[str]:
    """The last of the shift: less is counted than was sold, then more."""
    _sell_for_a_phone_of_ones_own(cashier)
    cashier.types("SF004")
    cashier.presses("Enter")
    cashier.presses("Shift+F10")
    yield "closing a shift"
    cashier.presses("F12")
    yield "counting the drawer"
    for pieces in ("2", "3", "1"):
        cashier.types(pieces)
        cashier.presses("Enter")
    cashier.presses("F12")
    yield "over or short"
    cashier.touches_button("count_again")
    cashier.fills("whole_100", "5")
    cashier.presses("F12")
    cashier.fills("variance_reason", "找零有误，已复点")
    cashier.presses("Enter")
    yield "a difference that is signed"
    yield from _beside_the_steps(cashier)
    cashier.presses("Esc")
    cashier.fills("receiver_pin", CASHIER_PIN)
    cashier.presses("Enter")


def _beside_the_steps(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F6")
    yield "phone accounts"
    cashier.fills("account_sum_1", "1")
    cashier.fills("account_number_1", "1")
    cashier.presses("Enter")
    yield "phone accounts counted"
    cashier.fills("account_sum_1", "50")
    cashier.fills("account_number_1", "1")
    cashier.presses("Enter")
    cashier.fills("account_reason_1", "退款尚未入账")
    cashier.touches_button("sign_account_1")
    yield "phone accounts signed"
    cashier.presses("F7")
    yield "personal codes"
    cashier.fills("held_pin", MANAGER_PIN)
    cashier.presses("Enter")
    yield "personal codes handed over"


def day_close(cashier: Cashier) -> Iterator[str]:
    """After the last handover: the manager sold, so that nobody may sign yet."""
    cashier.presses("F10")
    cashier.presses("F7")
    cashier.waits(lambda: "¥" in cashier.reads("figure_net"))
    cashier.presses("F3")
    assert cashier.is_shown("no_signer")
    yield "a day that waits for somebody to sign"
    cashier.presses("F11")
    cashier.fills("person_name", "周会计")
    cashier.chooses("person_role", "reconciler")
    cashier.fills("person_pin", "918264")
    cashier.presses("Enter")
    cashier.presses("F10")
    yield from _sold_elsewhere(cashier)
    cashier.presses("F3")
    cashier.fills("day_note", "钱箱与收款账户的差额已查明，见交班单")
    yield "a day to be signed"
    cashier.fills("day_pin", "918264")
    cashier.presses("F12")
    cashier.sees_in("day_close_state", "周会计")
    yield "a day that is closed"
    cashier.presses("F2")
    yield "calendar"
    cashier.presses("Esc")
    cashier.presses("F1")


def _sold_elsewhere(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F4")
    yield "nothing sold elsewhere"
    enters_the_platform(cashier)
    cashier.presses("Esc")
    cashier.presses("F4")
    cashier.find(QTableView, "external_rows").selectRow(0)
    cashier.find(QTableView, "external_rows").setFocus()
    cashier.presses("Enter")
    yield "sold elsewhere"


def _sell_for_a_phone_of_ones_own(cashier: Cashier) -> None:
    work = cashier.application.work
    assert work is not None
    chosen = replace(work.desk.settings, accepts_personal_codes=True)
    with work.database.write() as session:
        settings.save(session, chosen)
        account = accounts.add_account(
            session, "王掌柜", AccountKind.PERSONAL, Method.ALIPAY
        )
    work.reload()
    cashier.types("SF004")
    cashier.presses("Enter")
    cashier.presses("F12")
    work.payment.pay_into(account, Method.ALIPAY, None, "")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")
