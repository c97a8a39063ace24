"""Packed backups: as whole as plain ones, and their damage is told like theirs."""

from __future__ import annotations

import gzip
import random
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from models.errors import BackupFailed
from models.money import Money
from models.office import backup, backups, packing
from models.office.packing import PackingBroken
from models.restore import inspection, restoring
from models.restore.refusals import (
    BackupCutShort,
    BackupDamaged,
    BackupRefused,
    NotABackup,
    RestoreFailed,
)
from tests import invariants
from tests.damage import flip
from tests.shop import AT, Shop, sell


@pytest.fixture
def packed(shop: Shop, tmp_path: Path) -> Path:
    """A packed backup after two sales; the shop went on selling."""
    sell(shop, {"SAUCE": 1})
    sell(shop, {"SAUCE": 1})
    away = tmp_path / "away"
    away.mkdir()
    made = backup.make(shop.database, away / "good.db.gz")
    sell(shop, {"SAUCE": 1})
    return made


def test_a_packed_backup_is_small_checked_and_read_by_any_gunzip(
    shop: Shop, packed: Path
) -> None:
    content = gzip.decompress(packed.read_bytes())
    assert len(packed.read_bytes()) * 3 < len(content)
    found = inspection.look(packed)
    assert (found.receipts, found.net) == (2, Money(4780))
    assert (found.size, found.content_size) == (packed.stat().st_size, len(content))
    assert found.digest == backup.digest_of(packed) == backup.read_digest(packed)
    assert {one.name for one in packed.parent.iterdir()} == {
        "good.db.gz",
        "good.db.gz.sha256",
    }


def test_the_same_state_is_packed_to_the_same_bytes(packed: Path) -> None:
    plain = packed.with_name("plain.db")
    packing.unpack(packed, plain)
    again = packed.with_name("again.db.gz")
    packing.pack(plain, again)
    assert again.read_bytes() == packed.read_bytes()


def test_a_shop_goes_back_to_a_packed_backup(shop: Shop, packed: Path) -> None:
    plan = restoring.plan(packed, shop.database.path)
    assert plan.lost is not None
    assert plan.lost.receipts == 1
    shop.database.close()
    restoring.restore(plan, at=AT + timedelta(hours=1))
    with shop.database.raw() as connection:
        assert connection.execute("SELECT count(*) FROM sale").fetchone() == (2,)
    invariants.check(shop.database)


def test_a_backup_that_spoils_between_the_look_and_the_yes_changes_nothing(
    shop: Shop, packed: Path
) -> None:
    plan = restoring.plan(packed, shop.database.path)
    shop.database.close()
    before = shop.database.path.read_bytes()
    packed.write_bytes(packed.read_bytes()[:-100])
    with pytest.raises(RestoreFailed):
        restoring.restore(plan, at=AT)
    assert shop.database.path.read_bytes() == before


@pytest.mark.parametrize("is_marked", [True, False])
def test_wherever_a_packed_copy_broke_off_it_is_told(
    packed: Path,
    is_marked: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    whole, chance = packed.read_bytes(), random.Random(25)  # noqa: S311  # no secret
    if not is_marked:
        backup.digest_file(packed).unlink()
    refusals = (BackupCutShort, BackupDamaged)
    for length in (2, 9, 10, 60, len(whole) - 1, *chance.sample(range(len(whole)), 20)):
        packed.write_bytes(whole[:length])
        with pytest.raises(refusals if is_marked else BackupCutShort):
            inspection.look(packed)


def test_each_bit_that_flipped_in_a_packed_backup_is_told(packed: Path) -> None:
    chance, size = random.Random(26), packed.stat().st_size  # noqa: S311  # no secret
    for _ in range(60):
        byte, bit = chance.randrange(size), chance.randrange(8)
        flip(packed, byte, bit)
        with pytest.raises(BackupRefused):
            inspection.look(packed)
        flip(packed, byte, bit)
    backup.digest_file(packed).unlink()
    flip(packed, size // 2, 3)
    with pytest.raises(BackupDamaged):
        inspection.look(packed)


def test_no_more_comes_out_than_the_file_s_header_says(
    shop: Shop, tmp_path: Path
) -> None:
    """TRUST.md C4: a small file could hide a disk's worth of zeros."""
    plain = backup.make(shop.database, tmp_path / "plain.db")
    bomb = tmp_path / "bomb.db.gz"
    bomb.write_bytes(gzip.compress(plain.read_bytes() + bytes(50_000_000)))
    with pytest.raises(PackingBroken):
        packing.unpack(bomb, tmp_path / "out.db")
    assert (tmp_path / "out.db").stat().st_size < plain.stat().st_size + 2_000_000
    with pytest.raises(BackupDamaged):
        inspection.look(bomb)


def test_another_packed_file_is_no_backup(tmp_path: Path) -> None:
    song = tmp_path / "song.gz"
    song.write_bytes(gzip.compress(b"la la la " * 100))
    with pytest.raises(PackingBroken):
        packing.unpack(song, tmp_path / "out.db")
    with pytest.raises(NotABackup):
        inspection.look(song)


def test_the_way_back_leads_over_packed_backups_too(shop: Shop, packed: Path) -> None:
    near = shop.database.path.parent
    good = Path(shutil.copy(packed, near / "good.db.gz"))
    for name, content in (
        ("cut.db.gz", packed.read_bytes()[:-5]),
        ("shorter.db.gz", packed.read_bytes()[:8]),
        ("spoilt.db.gz", b"\x1f\x8b" + bytes(200)),
        ("song.gz", gzip.compress(b"la la la " * 100)),
    ):
        (near / name).write_bytes(content)
    found = backups.newest_good(shop.database.path)
    assert found is not None
    assert found.path == good


def test_a_disk_that_keeps_something_else_is_noticed(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last byte is lost on the way to the disk."""
    write = gzip.GzipFile.write

    def lose(file: gzip.GzipFile, data: bytes) -> int:
        return write(file, data[:-1])

    monkeypatch.setattr(gzip.GzipFile, "write", lose)
    with pytest.raises(BackupFailed):
        backup.make(shop.database, tmp_path / "good.db.gz")
    assert not list(tmp_path.glob("*good*"))
