"""Rows of the table: how many records of the journal are verified in a second."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from models.trust.verify import verify
from tests.bench.measure import Result
from tests.bench.selling import Till
from tests.bench.shop import open_shop

SALES = 3_000
_KEY = bytes(32)
_WALKS = 20
_BAR_US = 20  # 50,000 records in a second


def rows(folder: Path) -> list[Result]:
    """The chain with its MACs, and the same with the tables that it tells of."""
    till = Till(open_shop(folder / "verified.db"))
    till.shop.database.journal_key = _KEY
    for _number in range(SALES):
        till.next_customer()
        till.sell()
    till.lull()  # as after minutes of idleness
    results = [
        Result(what, "µs", None, _best_us(till, with_tables=with_tables), bar)
        for what, with_tables, bar in (
            ("a record of the journal verified", False, _BAR_US),
            ("the same, compared with the tables", True, 10 * _BAR_US),
        )
    ]
    till.shop.database.close()
    return results


def _best_us(till: Till, *, with_tables: bool) -> float:
    """The quickest walk: other programs only make it slower."""
    found = []
    for _walk in range(_WALKS):
        began = perf_counter()
        report = verify(till.shop.database, key=_KEY, with_tables=with_tables)
        found.append((perf_counter() - began) * 1e6 / report.records)
        assert report.is_good, report.breaks
    return min(found)
