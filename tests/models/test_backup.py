"""A backup is whole and checked, or it is not there and says why."""

from __future__ import annotations

import errno
import hashlib
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from models import i18n, schema
from models.database import Database
from models.errors import BackupFailed
from models.file_format import FILE_NAME
from models.i18n import Language
from models.office import backup
from tests import invariants
from tests.damage import flip
from tests.shop import Shop, day_summary, sell


def _files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_taken_while_selling_holds_everything_and_opens(
    shop: Shop, tmp_path: Path
) -> None:
    sell(shop, {"SAUCE": 2}, cash="100")
    target = tmp_path / "copies" / "shop.backup"
    target.parent.mkdir()

    assert backup.make(shop.database, target) == target

    assert _files(target.parent) == {"shop.backup", "shop.backup.sha256"}
    copy = schema.open_shop(target)
    invariants.check(copy)
    with copy.read() as session:
        count = session.connection().exec_driver_sql("SELECT count(*) FROM sale")
        assert count.scalar() == 1
    copy.close()
    sell(shop, {"SAUCE": 1}, cash="50")
    assert day_summary(shop).receipts == 2


def test_a_backup_replaces_the_one_before(shop: Shop, tmp_path: Path) -> None:
    target = tmp_path / "shop.backup"
    target.write_text("an older one")
    backup.digest_file(target).write_text("of the older one")

    backup.make(shop.database, target)

    schema.open_shop(target).close()


def test_a_backup_s_sha_256_lies_beside_it_as_other_programs_check_it(
    shop: Shop, tmp_path: Path
) -> None:
    target = backup.make(shop.database, tmp_path / "我的备份.db")

    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    assert backup.read_digest(target) == digest
    beside = target.with_name("我的备份.db.sha256")
    assert beside.read_text("utf-8") == f"{digest}  我的备份.db\n"


@pytest.mark.parametrize(("words", "read"), [("", ""), ("ABC  x.db", "abc")])
def test_whatever_lies_beside_a_backup_is_read(
    tmp_path: Path, words: str, read: str
) -> None:
    backup.digest_file(tmp_path / "x.db").write_text(words)
    assert backup.read_digest(tmp_path / "x.db") == read
    assert backup.read_digest(tmp_path / "y.db") is None


@pytest.mark.parametrize("name", [FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"])
def test_the_shop_s_own_files_are_no_target(
    shop: Shop, tmp_path: Path, name: str
) -> None:
    before = (tmp_path / FILE_NAME).read_bytes()

    with pytest.raises(BackupFailed):
        backup.make(shop.database, tmp_path / name)

    assert (tmp_path / FILE_NAME).read_bytes() == before
    invariants.check(shop.database)


def test_the_shop_s_file_by_another_name_is_no_target(
    shop: Shop, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    os.link(tmp_path / FILE_NAME, other)

    with pytest.raises(BackupFailed):
        backup.make(shop.database, other)


@pytest.mark.parametrize("target", ["nowhere/shop.backup", "."])
def test_a_folder_that_is_missing_or_stands_in_the_way_is_told(
    shop: Shop, tmp_path: Path, target: str
) -> None:
    with pytest.raises(BackupFailed):
        backup.make(shop.database, tmp_path / target)


def test_a_full_disk_is_told_and_leaves_the_older_backup(
    shop: Shop, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    target = folder / "shop.backup"
    target.write_text("an older one")

    i18n.use_language(Language.EN)
    with _files_no_larger_than(64 * 1024):
        with pytest.raises(BackupFailed, match="The disk could not read or write"):
            backup.make(shop.database, target)

    assert target.read_text() == "an older one"
    assert _files(folder) == {"shop.backup"}


def test_room_is_looked_for_before_anything_is_written(
    shop: Shop, tmp_path: Path
) -> None:
    backup.need_room(tmp_path, 1)
    with pytest.raises(OSError) as full:
        backup.need_room(tmp_path, 1 << 60)
    i18n.use_language(Language.EN)
    assert backup.reason_of(full.value) == "The disk is full."


def test_a_backup_is_copied_to_another_disk_and_read_again(
    shop: Shop, tmp_path: Path
) -> None:
    made = backup.make(shop.database, tmp_path / "made.db")
    (tmp_path / "stick").mkdir()

    copied = backup.copy(made, tmp_path / "stick" / "made.db")

    assert copied.read_bytes() == made.read_bytes()
    assert backup.read_digest(copied) == backup.digest_of(made)
    backup.digest_file(made).unlink()
    backup.copy(made, copied)


def test_a_backup_that_has_changed_since_is_not_copied(
    shop: Shop, tmp_path: Path
) -> None:
    made = backup.make(shop.database, tmp_path / "made.db")
    flip(made, 5000, 3)
    (tmp_path / "stick").mkdir()

    with pytest.raises(BackupFailed):
        backup.copy(made, tmp_path / "stick" / "made.db")

    assert _files(tmp_path / "stick") == set()


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EROFS, "The folder cannot be written to."),
        (errno.EACCES, "The folder cannot be written to."),
        (errno.EIO, "The disk could not read or write."),
        (errno.ENOENT, "The folder is gone. Is the stick plugged in?"),
    ],
)
def test_what_a_stick_refuses_is_told_plainly(number: int, reason: str) -> None:
    i18n.use_language(Language.EN)
    assert backup.reason_of(OSError(number, "as the system says it")) == reason


def test_what_nobody_expected_is_told_in_its_own_words() -> None:
    assert backup.reason_of(OSError(42, "odd")) == "[Errno 42] odd"


@contextmanager
def _files_no_larger_than(size: int) -> Iterator[None]:
    """As if the disk were full, for this process (RULINGS.md 39)."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_damaged_shop_gives_no_backup(tmp_path: Path, database: Database) -> None:
    database.close()
    path = tmp_path / FILE_NAME
    content = bytearray(path.read_bytes())
    page = 4096
    content[5 * page : 6 * page] = b"\xa5" * page
    path.write_bytes(content)

    i18n.use_language(Language.EN)
    with pytest.raises(BackupFailed, match="file is damaged"):
        backup.make(Database(path), tmp_path / "copy.db")

    assert "copy.db" not in _files(tmp_path)


def test_a_row_that_points_nowhere_gives_no_backup(shop: Shop, tmp_path: Path) -> None:
    raw = sqlite.connect(tmp_path / FILE_NAME)
    raw.execute("UPDATE till SET outlet_id = 99")
    raw.commit()
    raw.close()

    with pytest.raises(BackupFailed):
        backup.make(shop.database, tmp_path / "copy.db")
