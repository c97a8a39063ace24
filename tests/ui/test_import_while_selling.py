"""A long table of goods is imported while the till goes on selling (RULINGS.md 14)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import customers, invariants, tables
from tests.cashier import Cashier

# `make bench` measures 50,000 rows; so many here, unless long tests are asked for.
ROWS = 50_000 if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else 10_000
_STUCK_MS = 500  # `make bench` holds 99 in 100 scans to 100 ms, on a quiet machine


@pytest.fixture
def cashier(tmp_path: Path, open_at: Callable[..., Cashier]) -> Cashier:
    return open_at(tmp_path / "shop", is_demo=True)


@pytest.mark.timeout(300)
def test_a_long_table_comes_in_while_the_till_sells(
    cashier: Cashier, tmp_path: Path
) -> None:
    rows = list(tables.goods(ROWS))
    file = tables.write(tmp_path / "goods.csv", tables.as_csv(rows))

    served, _took_s = customers.import_meanwhile(cashier, file, ROWS)

    assert customers.ask(cashier, "SELECT count(*) FROM sale") == served.served
    slow = [each for each in served.scans_ms if each > _STUCK_MS]
    assert len(slow) <= len(served.scans_ms) // 100
    cashier.presses("F2")
    cashier.types(rows[-1][0])
    cashier.touches_tile(rows[-1][1])
    assert len(cashier.basket()) == 1
    work = cashier.application.work
    assert work is not None
    invariants.check(work.database)
