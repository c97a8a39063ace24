"""Going back to a backup: what it costs is told first, and nothing is thrown away."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import text

from models import i18n, schema
from models.database import Database
from models.file_format import FILE_NAME
from models.i18n import Language
from models.ids import new_uuid
from models.money import Money
from models.office import backup
from models.people import acts
from models.people.deeds import Where
from models.people.rights import Act
from models.restore import restoring
from models.restore.refusals import (
    BackupInUse,
    OtherTillsBackup,
    RestoreFailed,
)
from models.restore.restoring import Lost, Plan
from models.selling import baskets
from models.settings import Setting
from tests import invariants
from tests.damage import cut_short, flip, spoil_header, spoil_schema
from tests.shop import AT, DAY, Shop, basket, keep, new_day, sell

FILES = Path(__file__).parents[1] / "files"
LATER = AT + timedelta(hours=5)


@pytest.fixture
def good(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup after one sale; the shop went on selling."""
    sell(shop, {"SAUCE": 1})
    made = backup.make(shop.database, tmp_path_factory.mktemp("stick") / "good.db")
    sell(shop, {"SAUCE": 2})
    sell(shop, {"SAUCE": 3})
    return made


def _numbers(path: Path) -> list[str]:
    raw = sqlite.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    found = [number for (number,) in raw.execute("SELECT number FROM sale ORDER BY id")]
    raw.close()
    return found


def _files(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def _plan(shop: Shop, good: Path) -> Plan:
    return restoring.plan(good, shop.database.path)


def _kept(kept: Path | None) -> Path:
    assert kept is not None
    return kept


# --- what would be lost ---------------------------------------------------------------


def test_sales_after_the_backup_would_be_lost(shop: Shop, good: Path) -> None:
    lost = _plan(shop, good).lost
    assert lost == Lost(2, Money(5 * 2390), "T01-000002", "T01-000003", 0, None)
    assert not lost.is_nothing


def test_a_parked_ticket_and_a_shift_begun_since_would_be_lost(
    shop: Shop, good: Path
) -> None:
    cart = basket(shop, {"TEA": 1})
    keep(shop, cart)
    with shop.database.write() as session:
        baskets.park(session, cart)
    new_day(shop, at=LATER)
    lost = _plan(shop, good).lost
    assert lost is not None
    assert (lost.parked, lost.shift) == (1, 2)


def test_straight_after_a_backup_nothing_would_be_lost(
    shop: Shop, tmp_path: Path
) -> None:
    sell(shop, {"SAUCE": 1})
    now = backup.make(shop.database, tmp_path / "now.db")
    lost = _plan(shop, now).lost
    assert lost is not None
    assert lost.is_nothing


def test_what_is_in_a_file_that_cannot_be_read_nobody_can_tell(
    shop: Shop, good: Path
) -> None:
    shop.database.close()
    spoil_header(shop.database.path, 4096)
    found = _plan(shop, good)
    assert (found.is_there, found.lost) == (True, None)


def test_of_a_file_cut_short_what_can_be_read_is_counted(
    shop: Shop, good: Path
) -> None:
    shop.database.close()
    cut_short(shop.database.path, pages=1)
    lost = _plan(shop, good).lost
    assert lost is not None
    assert lost.receipts == 2


def test_where_no_till_was_set_up_yet_nobody_can_tell(
    good: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    new.mkdir()
    schema.open_shop(new / FILE_NAME).close()
    assert restoring.plan(good, new / FILE_NAME).lost is None


def test_another_till_s_backup_is_told_and_refused(shop: Shop, good: Path) -> None:
    with shop.database.write() as session:
        session.execute(text("UPDATE till SET uuid = :uuid"), {"uuid": new_uuid()})
    i18n.use_language(Language.EN)
    with pytest.raises(OtherTillsBackup, match="another till: T01 of 山海惠农"):
        _plan(shop, good)


def test_the_shop_s_own_file_is_no_way_back(shop: Shop) -> None:
    shop.database.close()
    with pytest.raises(BackupInUse):
        restoring.plan(shop.database.path, shop.database.path)


# --- going back -----------------------------------------------------------------------


def test_the_shop_is_as_it_was_and_the_present_file_is_kept(
    shop: Shop, good: Path
) -> None:
    path = shop.database.path
    found = _plan(shop, good)
    shop.database.close()

    kept = _kept(restoring.restore(found, at=LATER))

    assert kept.name == "shop-replaced-2026-11-24-153000.db"
    assert _files(path.parent) == {FILE_NAME, kept.name}
    assert _numbers(path) == ["T01-000001"]
    assert _numbers(kept) == ["T01-000001", "T01-000002", "T01-000003"]
    again = schema.open_shop(path)
    invariants.check(again)
    again.close()


def test_sales_that_are_still_in_the_log_are_kept_too(
    shop: Shop, good: Path, tmp_path: Path
) -> None:
    """The till was killed: its last sales lie in the log beside its file."""
    there = tmp_path / "killed"
    there.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(f"{shop.database.path}{suffix}", there)
    path = there / FILE_NAME
    found = restoring.plan(good, path)
    assert found.lost is not None
    assert found.lost.receipts == 2
    kept = _kept(restoring.restore(found, at=LATER))
    assert len(_numbers(kept)) == 3
    assert _numbers(path) == ["T01-000001"]
    assert not path.with_name(f"{FILE_NAME}-wal").exists()


def test_a_damaged_file_is_kept_byte_for_byte(shop: Shop, good: Path) -> None:
    path = shop.database.path
    shop.database.close()
    spoil_header(path, 4096)
    before = path.read_bytes()
    kept = _kept(restoring.restore(_plan(shop, good), at=LATER))
    assert kept.read_bytes() == before
    assert _numbers(path) == ["T01-000001"]


@pytest.mark.parametrize("harm", [partial(cut_short, pages=1), spoil_schema])
def test_a_file_that_can_be_read_in_part_alone_is_gone_back_from_too(
    shop: Shop, good: Path, harm: Callable[[Path], None]
) -> None:
    """Its receipts can still be counted, but nothing can be written to it any more."""
    path = shop.database.path
    shop.database.close()
    harm(path)
    before = path.read_bytes()
    found = _plan(shop, good)
    assert found.lost is not None
    kept = _kept(restoring.restore(found, at=LATER))
    assert kept.read_bytes() == before
    assert _numbers(path) == ["T01-000001"]


def test_on_a_new_machine_nothing_is_there_to_keep(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "new" / FILE_NAME
    path.parent.mkdir()
    found = restoring.plan(good, path)
    assert (found.is_there, found.lost) == (False, None)
    assert restoring.restore(found, at=LATER) is None
    assert _files(path.parent) == {FILE_NAME}


@pytest.mark.parametrize("version", [1, 5])
def test_an_older_backup_is_migrated_when_it_is_opened(
    tmp_path: Path, version: int
) -> None:
    path = tmp_path / "new" / FILE_NAME
    path.parent.mkdir()
    restoring.restore(
        restoring.plan(FILES / f"v{version}.db", path), at=LATER, by="林晓"
    )
    opened = schema.open_shop(path)
    invariants.check(opened)
    with opened.write() as session:
        assert restoring.note_restore(session, Where(1, 1, LATER, DAY)) is not None
    opened.close()


def test_going_back_is_written_down_once(shop: Shop, good: Path) -> None:
    path = shop.database.path
    found = _plan(shop, good)
    shop.database.close()
    restoring.restore(found, at=LATER, by="林晓")
    opened, where = Database(path), Where(shop.till_id, shop.staff_id, LATER, DAY)
    with opened.write() as session:
        assert restoring.was_restored(session)
        noted = restoring.note_restore(session, where)
        again = restoring.note_restore(session, where)
        assert not restoring.was_restored(session)
        (row,) = [
            row for row in acts.list_of_day(session, DAY) if row.act is Act.RESTORE
        ]
    opened.close()
    assert noted is not None
    assert again is None
    assert (noted.receipts, noted.net, noted.by) == (2, Money(5 * 2390), "林晓")
    assert (noted.at, noted.made_at) == (LATER, found.contents.made_at)
    assert (row.subject, row.amount) == ("good.db", Money(5 * 2390))
    assert row.note == "林晓 shop-replaced-2026-11-24-153000.db"


def test_a_backup_of_a_shop_that_had_gone_back_before_is_a_way_back(
    shop: Shop, good: Path, tmp_path: Path
) -> None:
    found = _plan(shop, good)
    shop.database.close()
    restoring.restore(found, at=LATER)
    marked = backup.make(Database(shop.database.path), tmp_path / "marked.db")
    restoring.restore(_plan(shop, marked), at=LATER + timedelta(hours=1))
    opened = Database(shop.database.path)
    with opened.write() as session:
        noted = restoring.note_restore(session, Where(1, 1, LATER, DAY))
    opened.close()
    assert noted is not None
    assert noted.backup == "marked.db"


# --- when it cannot be done ----------------------------------------------------------


def _changed_since(good: Path, _folder: Path) -> None:
    flip(good, 5000, 1)


def _pulled_out(good: Path, _folder: Path) -> None:
    good.unlink()


@pytest.mark.parametrize("harm", [_changed_since, _pulled_out])
def test_a_backup_that_is_not_what_it_was_changes_nothing(
    shop: Shop, good: Path, harm: Callable[[Path, Path], None]
) -> None:
    path = shop.database.path
    found = _plan(shop, good)
    shop.database.close()
    before = path.read_bytes()
    harm(good, path.parent)
    with pytest.raises(RestoreFailed):
        restoring.restore(found, at=LATER)
    assert path.read_bytes() == before
    assert _files(path.parent) == {FILE_NAME}


def test_a_disk_that_fills_up_changes_nothing(shop: Shop, good: Path) -> None:
    path = shop.database.path
    with shop.database.write() as session:  # so that it is larger than the backup
        session.add(Setting(key="long", value="x" * 500_000))
    found = _plan(shop, good)
    shop.database.close()
    before = path.read_bytes()
    i18n.use_language(Language.EN)
    for limit in (64 * 1024, found.contents.size + 100_000):
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            with pytest.raises(RestoreFailed, match="all is as it was"):
                restoring.restore(found, at=LATER)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert path.read_bytes() == before
        assert _files(path.parent) == {FILE_NAME}


def test_a_log_that_finds_no_room_in_its_file_changes_nothing(
    shop: Shop, good: Path, tmp_path: Path
) -> None:
    """The till was killed, and its log holds more than the disk still takes."""
    there = tmp_path / "killed"
    there.mkdir()
    shop.database.checkpoint()
    with shop.database.write() as session:
        session.add(Setting(key="long", value="x" * 500_000))
    for suffix in ("", "-wal"):
        shutil.copy(f"{shop.database.path}{suffix}", there)
    found = restoring.plan(good, there / FILE_NAME)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, hard))
    try:
        with pytest.raises(RestoreFailed):
            restoring.restore(found, at=LATER)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(_numbers(there / FILE_NAME)) == 3
