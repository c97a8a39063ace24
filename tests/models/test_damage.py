"""A damaged file: what can be read is read, nothing is written, a backup is named."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import text

from models import clock, first_glance, places, schema, settings
from models.database import Database
from models.errors import FileDamaged, FileReadOnly, ForeignFile
from models.file_format import SCHEMA_VERSION
from models.goods.offers import list_tiles
from models.office import backup, backups
from models.selling import sale_reading
from tests.damage import cut_short, spoil_header, spoil_schema, spoil_table
from tests.shop import AT, Shop, sell


@pytest.fixture
def path(shop: Shop) -> Path:
    """A shop with three sales, which nobody has open."""
    for _ in range(3):
        sell(shop, {"SAUCE": 1})
    shop.database.close()
    return shop.database.path


def _numbers(database: Database) -> list[str]:
    with database.read() as session:
        sales = sale_reading.list_sales(session, sale_reading.Wanted())
    return [sale.number for sale in sales]


# --- reading what can be read -------------------------------------------------------


def test_a_file_cut_short_is_opened_to_be_read(path: Path) -> None:
    cut_short(path, pages=1)
    before = path.read_bytes()
    with pytest.raises(FileDamaged):
        schema.open_shop(path)
    damaged = Database(path, read_only=True)
    assert _numbers(damaged) == ["T01-000003", "T01-000002", "T01-000001"]
    damaged.checkpoint()
    damaged.close()
    assert path.read_bytes() == before


def test_damage_that_sqlite_has_no_words_for_is_damage_too(path: Path) -> None:
    spoil_schema(path)
    for opens in (schema.open_shop, lambda path: Database(path).check()):
        with pytest.raises(FileDamaged):
            opens(path)
    damaged = Database(path, read_only=True)
    assert _numbers(damaged) == ["T01-000003", "T01-000002", "T01-000001"]
    damaged.close()


def test_words_of_ours_that_are_no_text_are_our_bug(shop: Shop) -> None:
    with pytest.raises(UnicodeDecodeError):
        with shop.database.read():
            b"\xff".decode()
    assert not shop.database.is_read_only


def test_nothing_is_written_to_a_damaged_file(path: Path) -> None:
    damaged = Database(path, read_only=True)
    with pytest.raises(FileDamaged):
        with damaged.write():
            pass
    with pytest.raises(FileReadOnly):
        with damaged.read() as session:
            session.execute(text("DELETE FROM setting"))
    damaged.close()
    schema.open_shop(path).check()


def test_sales_that_are_only_in_the_log_are_read_too(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    log = shop.database.path.with_name("shop.db-wal")
    assert log.stat().st_size > 0
    folder = shop.database.path.parent / "crashed"
    folder.mkdir()
    for file in (shop.database.path, log):
        shutil.copyfile(file, folder / file.name)
    damaged = Database(folder / "shop.db", read_only=True)
    assert _numbers(damaged) == ["T01-000001"]
    before = (folder / log.name).read_bytes()
    damaged.close()
    assert (folder / log.name).read_bytes() == before


def test_from_the_moment_damage_is_found_nothing_is_written(
    shop: Shop, path: Path
) -> None:
    damaged = schema.open_shop(path)
    sell(Shop(**{**vars(shop), "database": damaged}), {"SAUCE": 1})
    spoil_table(path, "category")  # nothing of it is in the log
    before, log = path.read_bytes(), path.with_name("shop.db-wal").read_bytes()
    with pytest.raises(FileDamaged):
        damaged.check()
    assert damaged.is_read_only
    with pytest.raises(FileDamaged):
        sell(Shop(**{**vars(shop), "database": damaged}), {"SAUCE": 1})
    damaged.checkpoint()
    assert _numbers(damaged)[0] == "T01-000004"
    damaged.close()
    assert path.read_bytes() == before
    assert path.with_name("shop.db-wal").read_bytes() == log


def test_a_table_that_cannot_be_read_is_damage_and_not_a_bug(path: Path) -> None:
    spoil_table(path, "sale")
    opened = schema.open_shop(path)
    with pytest.raises(FileDamaged):
        _numbers(opened)
    assert opened.is_read_only
    opened.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE setting SET value = 'tlh' WHERE key = 'language'",
        "UPDATE outlet SET kind = 'moon'",
        "DROP TABLE barcode",
    ],
)
def test_what_a_damaged_file_says_wrongly_is_damage_too(
    path: Path, statement: str
) -> None:
    raw = sqlite.connect(path)
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("PRAGMA ignore_check_constraints = ON")
    raw.execute(statement)
    raw.commit()
    raw.close()
    damaged = Database(path, read_only=True)
    with pytest.raises(FileDamaged):
        with damaged.read() as session:
            session.execute(text("SELECT count(*) FROM barcode"))
            settings.load(session)
            places.this_till(session)
    damaged.close()


@pytest.mark.parametrize("length", [16, 100, 4096])
def test_a_shop_whose_header_is_gone_is_still_known_as_ours(
    path: Path, length: int
) -> None:
    spoil_header(path, length)
    before = path.read_bytes()
    with pytest.raises(FileDamaged):
        schema.open_shop(path)
    damaged = Database(path, read_only=True)
    with pytest.raises(FileDamaged):
        _numbers(damaged)
    damaged.close()
    assert path.read_bytes() == before


def test_a_file_of_somebody_else_without_a_header_stays_theirs(tmp_path: Path) -> None:
    file = tmp_path / "shop.db"
    file.write_bytes(b"\0" * 100 + b"CREATE TABLE song (title TEXT)")
    with pytest.raises(ForeignFile):
        schema.open_shop(file)


def test_a_damaged_file_that_is_gone_when_it_is_closed_is_no_trouble(
    path: Path,
) -> None:
    damaged = Database(path, read_only=True)
    assert len(_numbers(damaged)) == 3
    path.unlink()
    damaged.close()


# --- the first glance ----------------------------------------------------------------


def test_the_glance_at_a_damaged_file_shows_the_shop_and_no_goods(path: Path) -> None:
    cut_short(path, pages=1)
    assert first_glance.take(path) is None
    glance = first_glance.take(path, damaged=True)
    assert glance is not None
    assert (glance.shop_name, glance.outlet) == ("山海惠农", "体育东展位")
    assert (glance.counties, glance.categories, glance.tiles) == ((), (), ())


def test_a_language_that_nobody_speaks_gives_no_glance(shop: Shop) -> None:
    with shop.database.write() as session:
        session.execute(
            text("INSERT OR REPLACE INTO setting VALUES ('language', 'tlh')")
        )
    assert first_glance.take(shop.database.path) is None


# --- the way back --------------------------------------------------------------------


def _daily(shop: Shop) -> Path:
    """A backup in the shop's own folder."""
    newest = backups.make_all(shop.database, AT).own.newest
    assert newest is not None
    return newest.path


def _aged(file: Path, days: int) -> Path:
    """The file as if it had been written so many days before the story."""
    at = (AT - timedelta(days=days)).timestamp()
    os.utime(file, (at, at))
    return file


def test_the_newest_good_backup_is_found_wherever_it_lies(shop: Shop) -> None:
    path = shop.database.path
    assert backups.newest_good(path) is None
    daily = _daily(shop)
    own = backup.make(shop.database, path.parent / "我的备份.backup")
    kept = path.with_name("shop-before-2.db")  # as a migration leaves it
    shutil.copyfile(own, kept)
    _aged(daily, 3), _aged(own, 2), _aged(kept, 1)
    for best in (kept, own, daily):
        found = backups.newest_good(path)
        assert found is not None
        assert found.path == best
        best.unlink()
    assert backups.newest_good(path) is None


def test_a_backup_says_when_it_was_made(shop: Shop) -> None:
    daily = _daily(shop)
    _aged(daily, 0)
    found = backups.newest_good(shop.database.path)
    assert found is not None
    assert clock.local(found.made_at) == clock.local(AT)


def test_a_backup_that_is_damaged_newer_foreign_or_in_use_is_no_way_back(
    shop: Shop,
) -> None:
    path = shop.database.path
    good = backup.make(shop.database, path.parent / "good.db")
    _aged(good, 30)
    for name in ("cut.db", "used.db", "newer.db", "empty.db", "spoilt.db"):
        shutil.copyfile(good, path.parent / name)
    cut_short(path.parent / "cut.db", pages=2)
    spoil_table(path.parent / "spoilt.db", "product")
    (path.parent / "used.db-wal").touch()
    for name, statement in (
        ("newer.db", f"PRAGMA user_version = {SCHEMA_VERSION + 1}"),
        ("empty.db", "DELETE FROM till"),
        ("foreign.db", "CREATE TABLE song (title TEXT)"),
    ):
        raw = sqlite.connect(path.parent / name)
        raw.execute(statement)
        raw.commit()
        raw.close()
    (path.parent / "note.txt").write_text("buy string")
    (path.parent / "nothing").symlink_to("nowhere")
    found = backups.newest_good(path)
    assert found is not None
    assert found.path == good
    assert not good.with_name("good.db-shm").exists()


def test_a_file_that_cannot_be_looked_at_is_passed_over(shop: Shop) -> None:
    daily = _daily(shop)
    (daily.parent / ("l" * 253)).touch()  # no log's name fits beside it
    found = backups.newest_good(shop.database.path)
    assert found is not None
    assert found.path == daily


def test_the_goods_of_a_whole_file_are_still_sold(shop: Shop, path: Path) -> None:
    again = schema.open_shop(path)
    with again.read() as session:
        assert list_tiles(session, shop.stand())
    again.close()
