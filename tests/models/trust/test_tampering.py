"""Whatever somebody changes in the file behind the till's back is found and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import tables
from tests.prove import full_day, tamperings
from tests.shop import Shop


@pytest.mark.timeout(600)  # a thousand looks, on a machine that has more to do
def test_every_tampering_is_found_and_the_right_record_named(tmp_path: Path) -> None:
    """TRUST.md, campaign 9; `make prove` tampers two hundred thousand times."""
    assert tamperings.tamper(1_200, tmp_path, seed=5).is_good


@pytest.mark.no_cover
def test_honest_records_raise_no_alarm(tmp_path: Path) -> None:
    assert tamperings.be_honest(10_000, tmp_path).is_good


def test_the_day_that_is_tampered_with_fills_every_table(shop: Shop) -> None:
    full_day.live_through(shop)
    with shop.database.raw() as connection:
        empty = [
            table
            for table in tables.KEPT_FOR_GOOD
            if connection.execute(f"SELECT 1 FROM {table}").fetchone() is None
        ]
    assert empty == []
