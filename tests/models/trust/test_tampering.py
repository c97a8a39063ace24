"""Whatever somebody changes in the file behind the till's back is found and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import tables
from tests.prove import tampering, tamperings


@pytest.mark.timeout(600)  # a thousand looks, on a machine that has more to do
def test_every_tampering_is_found_and_the_right_record_named(tmp_path: Path) -> None:
    """TRUST.md, campaign 9; `make prove` tampers two hundred thousand times."""
    assert tamperings.tamper(1_200, tmp_path, seed=5).is_good


def test_honest_records_raise_no_alarm(tmp_path: Path) -> None:
    assert tamperings.be_honest(10_000, tmp_path).is_good


def test_every_table_that_is_kept_for_good_is_tampered_with() -> None:
    assert {*tampering.TABLES, "journal"} == set(tables.KEPT_FOR_GOOD)
