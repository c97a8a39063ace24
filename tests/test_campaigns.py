"""The campaigns of TRUST.md 7 in the size that `make test` has time for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.children import needs_posix
from tests.prove import clocks, kills, restoring
from tests.shop import Shop


@needs_posix
@pytest.mark.timeout(600)  # a hundred starts, on a machine that has more to do
def test_a_killed_till_loses_no_sale_that_it_told_of(tmp_path: Path) -> None:
    """1: in the middle of selling, over and over."""
    assert kills.run(100, tmp_path, sales=range(1, 6)).is_good


@needs_posix
@pytest.mark.parametrize("name", clocks.CASES)
def test_whatever_the_clock_says_no_number_is_missing_and_a_day_is_closed_once(
    made_shop: Shop, tmp_path: Path, name: str
) -> None:
    """8: also while a shift and its day are closed; each step back is told."""
    with clocks.till_with_a_clock(made_shop, tmp_path) as till:
        clocks.turn_once(till, clocks.CASES[name])


def test_damage_of_a_backup_is_told_and_a_good_one_is_a_way_back(
    tmp_path: Path,
) -> None:
    """23."""
    assert restoring.run(20, tmp_path).is_good
