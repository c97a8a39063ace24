"""Stories of the selling screen, told by a cashier on the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from models.i18n import Language
from tests import invariants
from tests.cashier import Cashier
from ui import style

TEA = "6970019000220"  # 瓮安毛峰250g, 78.00


@pytest.fixture
def start(
    tmp_path: Path, qtbot: QtBot, qapp: object
) -> Iterator[Callable[..., Cashier]]:
    """Opens the demonstration shop, as often as a story needs; checks it at the end."""
    del qtbot
    style.apply(qapp)  # type: ignore[arg-type]  # pytest-qt's own QApplication
    opened: list[Cashier] = []

    def open_till(**choices: object) -> Cashier:
        chosen = {"is_demo": True, **choices}
        cashier = Cashier(tmp_path / "shop", **chosen)  # type: ignore[arg-type]  # as given
        opened.append(cashier)
        return cashier

    yield open_till
    for cashier in opened:
        work = cashier.application.work
        if work is not None:
            invariants.check(work.database)
        cashier.leaves()


def rows(cashier: Cashier, sql: str) -> list[tuple[object, ...]]:
    work = cashier.application.work
    assert work is not None
    with work.database.read() as session:
        return [tuple(row) for row in session.execute(text(sql))]


def test_a_cash_sale_gives_change_and_takes_goods_from_stock(
    start: Callable[..., Cashier],
) -> None:
    cashier = start()
    cashier.scans(TEA)
    cashier.scans(TEA)
    cashier.sees("total", "¥156.00")
    cashier.presses("F12")
    cashier.sees("due", "¥156.00")
    cashier.types("200")
    cashier.presses("Enter")
    cashier.sees("change_due", "¥44.00")
    cashier.sees("total", "¥0.00")
    assert rows(cashier, "SELECT tendered_fen, change_fen, net_fen FROM payment") == [
        (20_000, 4_400, 15_600)
    ]
    left = "SELECT on_hand FROM stock s JOIN product p ON p.id = s.product_id"
    assert rows(cashier, f"{left} WHERE p.sku = 'WA002'") == [(198,)]
