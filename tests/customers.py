"""Customers who are served: one, or many while something else goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from PySide6.QtWidgets import QPushButton
from sqlalchemy import text

from tests.cashier import Cashier

TEA = "6970019000220"  # 瓮安毛峰250g, 78.00
CODES = (TEA, "6970019000015", "6970019001012", "6970019000107")


def buys_tea(cashier: Cashier, key: str = "Enter") -> None:
    """One customer buys one tea of 78.00, for cash or by the key of a phone."""
    cashier.scans(TEA)
    cashier.presses("F12")
    cashier.presses(key)
    if not cashier.is_shown("change_due"):
        cashier.presses("Enter")
    cashier.waits(lambda: cashier.is_shown("change_due"))
    cashier.presses("Enter")


class Customers:
    """Each has four things scanned, pays and goes; another one stands there already."""

    def __init__(self, cashier: Cashier) -> None:
        self._cashier = cashier
        self.scans_ms: list[float] = []  # to the painted line
        self.served = 0

    def are_served_until(self, condition: Callable[[], bool]) -> None:
        self._serve()
        while not condition():
            self._serve()

    def _serve(self) -> None:
        cashier = self._cashier
        for number, code in enumerate(CODES, 1):
            began = perf_counter()
            cashier.scans(code)
            self.scans_ms.append((perf_counter() - began) * 1000)
            assert len(cashier.basket()) == number
        cashier.presses("F12")
        cashier.presses("Enter")
        cashier.waits(lambda: cashier.is_shown("change_due"))
        cashier.presses("Enter")
        self.served += 1


def import_meanwhile(
    cashier: Cashier, file: Path, rows: int
) -> tuple[Customers, float]:
    """Those who were served while so many rows came in, and the seconds it took.

    They are served on until the search finds all that came.
    """
    customers, before = Customers(cashier), count_products(cashier)
    began = perf_counter()
    cashier.presses("F9")
    cashier.presses("F4")
    cashier.fills("import_path", str(file))
    cashier.presses("Enter")
    assert cashier.is_shown("import_busy")
    cashier.presses("F1")
    store = cashier.find(QPushButton, "store_import")
    customers.are_served_until(store.isEnabled)
    cashier.presses("F9")
    cashier.touches_button("store_import")
    cashier.presses("F1")
    customers.are_served_until(lambda: count_products(cashier) == before + rows)
    took_s = perf_counter() - began
    customers.are_served_until(lambda: not ask(cashier, _DUE))
    return customers, took_s


_DUE = "SELECT EXISTS (SELECT 1 FROM search_due)"


def ask(cashier: Cashier, sql: str) -> int:
    """One figure of the shop's file."""
    work = cashier.application.work
    assert work is not None
    with work.database.read() as session:
        return int(session.execute(text(sql)).scalar_one())


def count_products(cashier: Cashier) -> int:
    return ask(cashier, "SELECT count(*) FROM product")
