"""Disks that fail and power that is cut: TRUST.md's campaigns 2 to 4, in CI's size.

``make prove`` runs the same at every call. Each campaign has a control that must be
found out, or it would prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from models.file_format import SCHEMA_VERSION
from tests.children import needs_posix
from tests.prove import (
    disk_errors,
    faulty_disk,
    going_back,
    migrations,
    power_cut,
    recovering,
)
from tests.prove.disk_errors import OPERATIONS, Operation
from tests.prove.faults import Fault
from tests.shop import Shop, sell

pytestmark = [
    needs_posix,
    pytest.mark.skipif(not faulty_disk.can_fail(), reason="its VFS is not to be had"),
]

_NEWEST_BUT_ONE = SCHEMA_VERSION - 1


# --- the power is cut -----------------------------------------------------------------


def test_no_sale_that_was_told_of_is_lost_when_the_power_is_cut(tmp_path: Path) -> None:
    found = power_cut.cut(150, tmp_path)
    assert found.cuts >= 150
    assert found.acknowledged > found.cuts
    assert found.lost == 0
    assert not found.broken


def test_a_till_that_does_not_sync_its_log_does_lose_sales(tmp_path: Path) -> None:
    """Or the test above could find nothing."""
    with power_cut.synchronous("NORMAL", 1):
        found = power_cut.cut(24, tmp_path)
    assert found.lost > 0
    assert found.cuts_with_loss > 0
    assert not found.broken


def test_a_till_that_syncs_nothing_breaks_its_file(tmp_path: Path) -> None:
    with power_cut.synchronous("OFF", 0):
        found = power_cut.cut(48, tmp_path)
    assert found.broken


@pytest.mark.parametrize("harm", [recovering.fail, recovering.cut])
def test_what_befalls_a_till_that_starts_again_costs_no_sale(
    harm: Callable[[int, Path], power_cut.Found], tmp_path: Path
) -> None:
    """The disk fails, or the power is cut once more."""
    found = harm(24, tmp_path)
    assert found.lost == 0
    assert not found.broken


# --- the disk refuses -----------------------------------------------------------------


_FAULTS = (Fault.TROUBLE, Fault.FULL)
_ONE_IN = {  # calls at which it fails; of the others 12
    "a sale": 1,
    "a day's close": 25,
    "a backup": 60,
    "a packed backup": 60,
}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_what_the_disk_refuses_is_told_and_done_at_the_second_try(
    operation: Operation, tmp_path: Path
) -> None:
    one_in = _ONE_IN.get(operation.name, 12)
    found = disk_errors.fail(operation, tmp_path, one_in=one_in, kinds=_FAULTS)
    assert found.hits > 0
    assert not found.wrong


def _sell_in_two_halves(till: Shop, _given: object) -> None:
    sell(till, {"SAUCE": 1})
    sell(till, {"SAUCE": 1})


def test_an_act_of_two_halves_would_be_found(tmp_path: Path) -> None:
    two = Operation("two halves", lambda _till: None, _sell_in_two_halves)
    found = disk_errors.fail(two, tmp_path, one_in=30)
    assert any("something was stored" in wrong for wrong in found.wrong)


def test_a_way_back_that_the_disk_refuses_leaves_the_file_or_the_backup(
    tmp_path: Path,
) -> None:
    found = going_back.fail(tmp_path, one_in=12, kinds=_FAULTS)
    assert found.hits > 0
    assert not found.wrong


def test_a_way_back_ends_well_though_the_folder_cannot_be_synced(
    tmp_path: Path,
) -> None:
    found = going_back.fail_at_the_end(tmp_path)
    assert found.hits > 0
    assert not found.wrong


# --- migrations -----------------------------------------------------------------------


def test_a_killed_migration_leaves_the_old_tables_or_the_new(tmp_path: Path) -> None:
    found = migrations.kill(_NEWEST_BUT_ONE, tmp_path, one_in=6)
    assert not found.wrong
    assert found.old > 0
    assert found.new > 0


@pytest.mark.parametrize("version", [1, _NEWEST_BUT_ONE])
def test_a_migration_whose_power_is_cut_leaves_the_old_tables_or_the_new(
    version: int, tmp_path: Path
) -> None:
    found = migrations.cut(version, tmp_path, one_in=12)
    assert not found.wrong
    assert found.old > 0
    assert found.new > 0


def test_a_migration_that_the_disk_refuses_is_told_and_done_at_the_next_start(
    tmp_path: Path,
) -> None:
    found = migrations.fail(_NEWEST_BUT_ONE, tmp_path, one_in=30, kinds=_FAULTS)
    assert not found.wrong
    assert found.old > 0


def test_a_start_that_fails_at_its_end_lets_go_of_the_file(tmp_path: Path) -> None:
    """The disk knows which files are open; the index of the search is filled last."""
    found = migrations.fail_at_the_end(_NEWEST_BUT_ONE, tmp_path)
    assert not found.wrong
    assert found.new > 0
