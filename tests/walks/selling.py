"""Walks through a sale: basket, payment, parked tickets, cash, practising."""

from __future__ import annotations

from collections.abc import Iterator

from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, MANAGER_PIN, take_over

LINES = ("WA002", "3*DP001", "GB001", "2.48*SF003", "ZZ001")


def selling(cashier: Cashier) -> Iterator[str]:
    yield "empty"
    for code in LINES:
        cashier.types(code)
        cashier.presses("Enter")
    yield "basket"
    cashier.types("12*")
    cashier.presses("Enter")
    yield "waiting multiplier"
    cashier.presses("Esc")
    cashier.types("SF002")
    cashier.presses("Enter")
    yield "weight"
    cashier.presses("F4")
    yield "for an amount"
    cashier.presses("Esc")
    cashier.presses("F3")
    yield "quantity"
    cashier.presses("Esc")
    cashier.presses("F2")
    cashier.types("wa")
    yield "search"
    cashier.types("zzz")
    yield "nothing found"
    cashier.presses("Esc")
    cashier.types("999")
    cashier.presses("Enter")
    yield "unknown code"


def taking_off(cashier: Cashier) -> Iterator[str]:
    """Of the second line, which is counted, then of the weighed one, then of all."""
    cashier.touches_line(1)
    cashier.presses("Shift+F3")
    cashier.types("10")
    yield "a share of a line"
    cashier.presses("Enter")
    yield "a reason is wanted"
    cashier.presses("Enter")
    cashier.touches_line(3)
    cashier.presses("Shift+F3")
    cashier.presses("F4")
    cashier.types("4")
    yield "another price"
    cashier.touches_button("reason_4")
    cashier.presses("Enter")
    cashier.presses("Shift+F3")
    cashier.presses("F5")
    cashier.types("9999")
    yield "an agreed total that is none"
    cashier.presses("F5")
    cashier.types("250")
    cashier.presses("Enter")
    yield "basket with what is taken off"
    cashier.presses("Shift+F3")
    cashier.presses("F5")
    yield "what was agreed on"
    for key, line in (("F5", 3), ("F4", 3), ("F2", 1)):
        cashier.touches_line(line)
        cashier.presses("Shift+F3")
        cashier.presses(key)
        cashier.touches_button("take_off_back")


def voiding_alone(cashier: Cashier) -> Iterator[str]:
    """In a stall of one person, who takes a dear basket apart."""
    work = cashier.application.work
    assert work is not None
    cashier.presses("F11")
    cashier.touches_button("one_person")
    take_over(cashier, 2, CASHIER_PIN)
    cashier.presses("F1")
    cashier.types("2*WA002")
    cashier.presses("Enter")
    cashier.presses("Shift+F4")
    yield "a void that wants a reason"
    cashier.presses("Esc")
    take_over(cashier, 1, MANAGER_PIN)
    cashier.presses("Shift+F4")
    cashier.presses("F11")
    cashier.touches_button("one_person")
    cashier.presses("F1")


def paying(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F12")
    yield "payment"
    cashier.types("100")
    cashier.presses("F2")
    yield "split payment"
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    yield "paid"
    cashier.presses("Enter")
    cashier.types("2*WA002")
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.types("200")
    cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    yield "change"
    cashier.presses("Enter")


def parked(cashier: Cashier) -> Iterator[str]:
    for code in ("GB001", "SF004"):
        cashier.types(code)
        cashier.presses("Enter")
        cashier.presses("F6")
    cashier.presses("F7")
    yield "parked"
    cashier.presses("Esc")


def cash(cashier: Cashier) -> Iterator[str]:
    cashier.presses("Shift+F6")
    yield "what else"
    cashier.touches_button("more_cash")
    yield "cash in"
    cashier.chooses("cash_kind", "drop")
    cashier.types("300")
    cashier.fills("cash_reason", "钱箱现金过多，先缴存保险柜")
    cashier.fills("cash_recipient", "财务王姐")
    yield "cash out"
    cashier.presses("Enter")
    cashier.chooses("cash_kind", "return")
    yield "cash given back"
    cashier.touches_button("cash_list")
    yield "cash so far"
    cashier.touches_button("correct_1")
    yield "correcting cash"
    cashier.presses("Esc")
    cashier.presses("Shift+F6")
    cashier.touches_button("more_drawer")
    yield "opening the drawer"
    cashier.presses("Esc")


def choosing_an_account(cashier: Cashier) -> Iterator[str]:
    cashier.presses("F11")
    cashier.fills("account_holder", "疏附县果业合作社")
    cashier.touches_button("add_account")
    yield "settings with another account"
    cashier.presses("F1")
    cashier.types("SF004")
    cashier.presses("Enter")
    cashier.presses("F12")
    cashier.presses("F2")
    yield "choice of accounts"
    cashier.presses("Esc")
    cashier.presses("Shift+F4")


def training(cashier: Cashier) -> Iterator[str]:
    work = cashier.application.work
    assert work is not None
    cashier.presses("Shift+F6")
    yield "more"
    cashier.touches_button("more_training")
    yield "training"
    for code in LINES:
        cashier.types(code)
        cashier.presses("Enter")
    yield "training with a basket"
    cashier.presses("F10")
    cashier.waits(lambda: "¥" in cashier.reads("figure_net"))
    yield "day in training"
    cashier.presses("F1")
    cashier.presses("Shift+F9")
