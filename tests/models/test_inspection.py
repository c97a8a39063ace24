"""A file that is taken for a backup: what it holds, or plainly why it is none."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from models import i18n, schema
from models.database import Database
from models.file_format import APPLICATION_ID, FILE_NAME, SCHEMA_VERSION
from models.i18n import Language
from models.money import Money
from models.office import backup
from models.restore import inspection
from models.restore.refusals import (
    BackupCutShort,
    BackupDamaged,
    BackupInUse,
    BackupRefused,
    BackupTooNew,
    BackupUnreadable,
    NotABackup,
)
from tests.damage import cut_short, flip, spoil_header, spoil_table
from tests.shop import AT, Shop, sell

FILES = Path(__file__).parents[1] / "files"


@pytest.fixture
def good(shop: Shop, tmp_path: Path) -> Path:
    """A backup of a shop that sold two sauces, away from the shop."""
    sell(shop, {"SAUCE": 1})
    sell(shop, {"SAUCE": 1})
    away = tmp_path / "away"
    away.mkdir()
    return backup.make(shop.database, away / "good.db")


def _change(path: Path, statement: str) -> None:
    raw = sqlite.connect(path)
    raw.execute(statement)
    raw.commit()
    raw.close()


def _without_digest(path: Path) -> Path:
    backup.digest_file(path).unlink()
    return path


def test_a_whole_backup_says_what_is_in_it(good: Path) -> None:
    found = inspection.look(good)
    assert (found.receipts, found.net) == (2, Money(4780))
    assert (found.last_number, found.last_at) == ("T01-000002", AT)
    assert (found.shop_name, found.till_code) == ("山海惠农", "T01")
    assert (found.version, found.size) == (SCHEMA_VERSION, good.stat().st_size)
    assert found.language is Language.ZH
    assert found.has_digest
    assert found.digest == backup.digest_of(good)
    assert not inspection.look(_without_digest(good)).has_digest


def test_a_backup_from_before_the_first_sale_is_whole_too(
    shop: Shop, tmp_path: Path
) -> None:
    found = inspection.look(backup.make(shop.database, tmp_path / "early.db"))
    assert (found.receipts, found.net) == (0, Money.ZERO)
    assert (found.last_number, found.last_at) == ("", None)


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_a_file_of_an_earlier_version_is_a_way_back(
    tmp_path: Path, version: int
) -> None:
    path = shutil.copy(FILES / f"v{version}.db", tmp_path)
    assert inspection.look(Path(path)).version == version


# --- harm --------------------------------------------------------------------------


@pytest.mark.parametrize("is_marked", [True, False])
def test_wherever_a_copy_broke_off_it_is_told(good: Path, is_marked: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """TRUST.md 7, row 23."""
    chance, whole = random.Random(23), good.read_bytes()  # noqa: S311  # no secret
    if not is_marked:
        _without_digest(good)
    lengths = {0, 1, 15, 16, 99, 100, 4096, len(whole) - 1, len(whole) - 4096}
    while len(lengths) < 100:
        lengths.add(chance.randrange(len(whole)))
    for length in lengths:
        good.write_bytes(whole[:length])
        with pytest.raises(BackupCutShort):
            inspection.look(good)


def test_each_bit_that_flipped_is_told(good: Path) -> None:
    """TRUST.md 7, row 23."""
    chance, size = random.Random(24), good.stat().st_size  # noqa: S311  # no secret
    for _ in range(100):
        byte, bit = chance.randrange(size), chance.randrange(8)
        flip(good, byte, bit)
        with pytest.raises(BackupRefused):
            inspection.look(good)
        flip(good, byte, bit)
    assert inspection.look(good).receipts == 2


def test_a_wrong_sha_256_is_told(good: Path) -> None:
    flip(backup.digest_file(good), 3, 0)
    with pytest.raises(BackupDamaged):
        inspection.look(good)


def test_damage_is_told_without_a_sha_256_as_well(good: Path) -> None:
    spoil_table(_without_digest(good), "product")
    with pytest.raises(BackupDamaged):
        inspection.look(good)


def test_a_row_that_points_nowhere_is_damage(good: Path) -> None:
    _change(_without_digest(good), "UPDATE till SET outlet_id = 99")
    with pytest.raises(BackupDamaged):
        inspection.look(good)


@pytest.mark.parametrize("is_marked", [True, False])
def test_a_lost_beginning_is_damage(good: Path, is_marked: bool) -> None:  # noqa: FBT001  # a parameter of the test
    if not is_marked:
        _without_digest(good)
    spoil_header(good, 100)
    with pytest.raises(BackupDamaged):
        inspection.look(good)


def test_words_that_nobody_wrote_are_damage(good: Path) -> None:
    _change(
        _without_digest(good),
        "INSERT OR REPLACE INTO setting VALUES ('language', 'tlh')",
    )
    with pytest.raises(BackupDamaged):
        inspection.look(good)


# --- what was never a backup ----------------------------------------------------------


def _text(path: Path) -> None:
    path.write_text("buy string, and 8 bags of walnuts")


def _song_book(path: Path) -> None:
    _change(path, "CREATE TABLE song (title TEXT)")


def _dressed_up(path: Path) -> None:
    _song_book(path)
    _change(path, f"PRAGMA application_id = {APPLICATION_ID}")
    _change(path, f"PRAGMA user_version = {SCHEMA_VERSION}")


def _unnumbered(path: Path) -> None:
    _dressed_up(path)
    _change(path, "PRAGMA user_version = 0")


def _without_a_till(path: Path) -> None:
    schema.open_shop(path).close()


def _with_a_guest(path: Path) -> None:
    _without_a_till(path)
    _change(
        path,
        "CREATE TRIGGER guest AFTER INSERT ON sale "
        "BEGIN DELETE FROM setting WHERE key = 'shop_name'; END",
    )


@pytest.mark.parametrize(
    "make",
    [_text, _song_book, _dressed_up, _unnumbered, _without_a_till, _with_a_guest],
)
def test_something_else_is_told_as_such(tmp_path: Path, make: object) -> None:
    path = tmp_path / "else.db"
    make(path)  # type: ignore[operator]  # one of the above
    before = path.read_bytes()
    with pytest.raises(NotABackup):
        inspection.look(path)
    assert path.read_bytes() == before


def test_a_newer_version_s_backup_is_told(good: Path) -> None:
    _change(_without_digest(good), f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(BackupTooNew):
        inspection.look(good)


def test_the_file_of_an_open_till_is_no_backup(shop: Shop) -> None:
    with pytest.raises(BackupInUse):
        inspection.look(shop.database.path)


@pytest.mark.parametrize("name", ["nowhere.db", "away"])
def test_what_cannot_be_read_is_told(good: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(BackupUnreadable):
        inspection.look(tmp_path / name)


def test_each_refusal_is_one_sentence_that_names_the_file(good: Path) -> None:
    i18n.use_language(Language.EN)
    for kind in (BackupDamaged, BackupInUse, BackupTooNew, BackupUnreadable):
        assert str(kind(good)).startswith("good.db ")
    assert (
        str(NotABackup(good)) == "good.db is no backup of a till, but something else."
    )
    cut_short(good, pages=1)
    with pytest.raises(BackupCutShort, match=r"good.db is cut short: [\d,]+ B of "):
        inspection.look(good)


def test_looking_leaves_nothing_behind(good: Path) -> None:
    inspection.look(good)
    names = {one.name for one in good.parent.iterdir()}
    assert names == {"good.db", "good.db.sha256"}


def test_a_file_that_was_closed_is_as_good_as_a_backup(
    shop: Shop, database: Database
) -> None:
    sell(shop, {"SAUCE": 1})
    database.close()
    assert database.path.name == FILE_NAME
    assert inspection.look(database.path).receipts == 1
