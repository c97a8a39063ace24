"""The file: its settings, its transactions, and what is said when the disk refuses."""

from __future__ import annotations

import shutil
import tempfile
import threading
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from models import schema
from models.database import Database, table_of
from models.errors import (
    DatabaseUnavailable,
    DiskFull,
    DiskTrouble,
    FileBusy,
    FileDamaged,
    FileGone,
    FileReadOnly,
    ForeignFile,
    NewerFile,
    UnsafeFolder,
)
from models.file_format import APPLICATION_ID, SCHEMA_VERSION
from models.office import backup
from models.restore import inspection
from models.selling import baskets
from models.selling.shifts import Shift
from models.settings import Setting
from tests import children, invariants
from tests.children import Child, needs_posix
from tests.shop import (
    AT,
    Shop,
    basket,
    bill_for,
    complete,
    keep,
    on_hand,
    paid_in_cash,
    sell,
)

SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "busy_timeout": 5000,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "mmap_size": 0,
}


def _number(database: Database, statement: str) -> int:
    with database.read() as session:
        found: int = session.scalar(text(statement))
    return found


def _sales(database: Database) -> int:
    return _number(database, "SELECT count(*) FROM sale")


# --- settings and connections ----------------------------------------------------


@pytest.mark.parametrize(("name", "value"), SETTINGS.items())
def test_every_connection_is_set_so_that_a_paid_sale_survives(
    database: Database, name: str, value: object
) -> None:
    """TRUST.md A1."""
    for block in (database.read, database.write):
        with block() as session:
            assert session.scalar(text(f"PRAGMA {name}")) == value


def test_the_newest_sqlite_is_used_and_not_pythons_own() -> None:
    assert sqlite.sqlite_version_info >= (3, 51, 3)  # no WAL-reset bug


def test_a_place_that_cannot_keep_a_log_is_refused(tmp_path: Path) -> None:
    nowhere = Database(Path(":memory:"))
    for block in (nowhere.read, nowhere.write):
        with pytest.raises(UnsafeFolder) as caught:
            with block():
                pass
        assert caught.value.setting == "journal_mode"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "山 海?a=1&b#50%25'\"海"
    folder.mkdir()
    opened = schema.open_shop(folder / "shop.db")
    with opened.write() as session:
        session.execute(text("INSERT INTO setting VALUES ('a', 'b')"))
    opened.close()
    assert [path.name for path in folder.iterdir()] == ["shop.db"]
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_reading_connection_refuses_to_change_anything(shop: Shop) -> None:
    for statement in ("UPDATE product SET name = 'x'", "CREATE TABLE x (y)"):
        with pytest.raises(FileReadOnly):
            with shop.database.read() as session:
                session.execute(text(statement))
    with pytest.raises(FileReadOnly):
        with shop.database.raw() as connection:
            connection.execute("DELETE FROM barcode")


def test_a_reader_sees_one_moment(shop: Shop) -> None:
    with shop.database.read() as session:
        before = session.scalar(text("SELECT count(*) FROM sale"))
        sell(shop, {"SAUCE": 1})
        assert session.scalar(text("SELECT count(*) FROM sale")) == before == 0
    assert _sales(shop.database) == 1


def test_all_of_a_block_is_stored_or_none_of_it(shop: Shop) -> None:
    with pytest.raises(ZeroDivisionError):
        with shop.database.write() as session:
            session.execute(text("UPDATE product SET name = 'x'"))
            1 / 0  # noqa: B018  # whatever goes wrong
    assert _number(shop.database, "SELECT count(*) FROM product WHERE name='x'") == 0


def test_writers_wait_for_each_other(shop: Shop) -> None:
    """Ten threads on one connection each, and as many on the other."""
    other = schema.open_shop(shop.database.path)

    def count(database: Database) -> None:
        for _ in range(10):
            with database.write() as session:
                value = int(session.scalar(text("SELECT value FROM setting")) or 0)
                session.execute(text("UPDATE setting SET value = :v"), {"v": value + 1})

    with shop.database.write() as session:
        session.execute(text("DELETE FROM setting"))
        session.execute(text("INSERT INTO setting VALUES ('count', '0')"))
    threads = [
        threading.Thread(target=count, args=(database,))
        for database in (shop.database, other) * 5
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert _number(shop.database, "SELECT CAST(value AS INTEGER) FROM setting") == 100


def test_two_processes_sell_side_by_side(shop: Shop) -> None:
    sold = children.packed(shop)
    pair = [Child(children.sell_often, sold, {"SAUCE": 1, "BOX": 1}, 15) for _ in "ab"]
    numbers = [number for child in pair for number in child.rest() if number != "ready"]
    assert sorted(numbers) == [f"T01-{seq:06}" for seq in range(1, 31)]
    assert on_hand(shop, "SAUCE") == 10
    invariants.check(shop.database)


def test_the_log_is_folded_in_when_idle_and_when_closed(shop: Shop) -> None:
    log = shop.database.path.with_name("shop.db-wal")
    size = shop.database.path.stat().st_mtime_ns
    sell(shop, {"SAUCE": 1})
    assert log.stat().st_size > 0
    shop.database.checkpoint()
    assert shop.database.path.stat().st_mtime_ns > size
    shop.database.close()
    assert not log.exists()
    assert _sales(shop.database) == 1  # it opens again by itself


# --- whose file it is -------------------------------------------------------------


def _raw(path: Path, *statements: str) -> None:
    connection = sqlite.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statements", "error"),
    [
        (("PRAGMA application_id = 1", "CREATE TABLE a (b)"), ForeignFile),
        (("PRAGMA application_id = 1",), ForeignFile),
        (("CREATE TABLE a (b)",), ForeignFile),
        (
            (
                f"PRAGMA application_id = {APPLICATION_ID}",
                f"PRAGMA user_version = {SCHEMA_VERSION + 1}",
                "CREATE TABLE a (b)",
            ),
            NewerFile,
        ),
    ],
)
def test_a_file_of_another_program_or_a_newer_till_is_not_touched(
    tmp_path: Path, statements: tuple[str, ...], error: type[DatabaseUnavailable]
) -> None:
    path = tmp_path / "shop.db"
    _raw(path, *statements)
    before = path.read_bytes()
    with pytest.raises(error):
        schema.open_shop(path)
    opened = Database(path)
    for block in (opened.read, opened.write):
        with pytest.raises(error):
            with block():
                pass
    opened.close()
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["shop.db"]


@pytest.mark.parametrize("content", [b"x" * 5000, "账本".encode(), b"%PDF-1.7\n"])
def test_a_file_that_is_no_database_is_not_touched(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(content)
    with pytest.raises(ForeignFile):
        schema.open_shop(path)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_shop(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.touch()
    opened = schema.open_shop(path)
    assert _sales(opened) == 0
    opened.close()


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "shop.db").mkdir()
    with pytest.raises(DatabaseUnavailable):
        schema.open_shop(tmp_path / "shop.db")


# --- damage -----------------------------------------------------------------------


def test_a_whole_file_is_found_whole(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    shop.database.check()


@pytest.mark.parametrize("page", [2, 9, 20, 30])
def test_a_damaged_page_is_noticed(shop: Shop, page: int) -> None:
    shop.database.close()
    path = shop.database.path
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        content = file.read(512)
        file.seek((page - 1) * 4096)
        file.write(bytes(255 - byte for byte in content))
    damaged = Database(path)
    with pytest.raises(FileDamaged):
        damaged.check()
    damaged.close()


def test_a_file_cut_short_is_noticed(shop: Shop) -> None:
    shop.database.close()
    path = shop.database.path
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    damaged = Database(path)
    with pytest.raises(FileDamaged):
        damaged.check()
    damaged.close()


# --- trouble ------------------------------------------------------------------------


@pytest.mark.parametrize("room", range(5))
def test_a_full_disk_stores_nothing_and_the_next_sale_works(
    shop: Shop, room: int
) -> None:
    goods = {"SAUCE": 1, "BOX": 2, "WALNUT": 777}
    _limit_pages(shop.database, room)
    sold = 0
    with pytest.raises(DiskFull):
        while sold < 1000:
            cart = basket(shop, goods)
            keep(shop, cart)
            complete(shop, cart, paid_in_cash(bill_for(shop, cart)))
            sold += 1
    assert _sales(shop.database) == sold
    with shop.database.read() as session:
        left = baskets.find_open(session, 1)
    assert left is None or left.cart == cart  # refused with the basket, or alone
    invariants.check(shop.database)
    _limit_pages(shop.database, 1_000_000)
    with shop.database.write() as session:
        session.execute(text("DELETE FROM basket WHERE state = 'open'"))
    assert sell(shop, goods).number == f"T01-{sold + 1:06}"
    invariants.check(shop.database)


def _limit_pages(database: Database, room: int) -> None:
    """Let the file grow by so many pages; SQLite then says that the disk is full."""
    with database.write() as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {pages + room}"))


@needs_posix
def test_an_error_at_any_write_of_a_sale_stores_nothing(shop: Shop) -> None:
    """TRUST.md 7, row 3: the failure moves on until it no longer hits."""
    shop.database.close()
    told = Child(children.sell_with_full_disk, children.packed(shop), 500).rest()
    *failed, (last, stored) = told
    assert last == "sold"
    assert stored == (1, 5, 1, 0, 1, 0)
    assert len(failed) > 15
    assert set(failed) == {(DiskTrouble.__name__, (0, 0, 0, 0, 0, 1))}
    invariants.check(shop.database)


@needs_posix
def test_a_file_that_another_program_holds_is_named_and_the_sale_works_later(
    shop: Shop,
) -> None:
    cart = basket(shop, {"SAUCE": 1})
    keep(shop, cart)
    bill, seat = paid_in_cash(bill_for(shop, cart)), shop.seat()
    with shop.database.write() as session:  # wait less than the five seconds
        session.execute(text("PRAGMA busy_timeout = 100"))
    holder = Child(children.hold, shop.database.path, 30)
    assert holder.next() == "held"
    with pytest.raises(FileBusy):
        complete(shop, cart, bill, seat=seat)
    assert _sales(shop.database) == 0  # reading goes on
    holder.kill()
    assert complete(shop, cart, bill, seat=seat).number == "T01-000001"


@needs_posix
def test_into_a_file_that_was_deleted_nothing_is_sold_and_a_backup_saves_it(
    shop: Shop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whoever has it open could write to it for hours, and nobody would find it."""
    sell(shop, {"SAUCE": 1})
    path = shop.database.path
    stick = tmp_path_factory.mktemp("stick")
    moved = [one.rename(stick / one.name) for one in _files_of(path)]
    for block in (shop.database.write, partial(shop.database.write_beside, moved[0])):
        with pytest.raises(FileGone):
            with block():
                pass
    assert _sales(shop.database) == 1  # reading goes on
    assert not path.exists()
    saved = backup.make(shop.database, stick / "saved.db")
    assert inspection.look(saved).receipts == 1
    for one in moved:
        one.rename(path.with_name(one.name))
    assert sell(shop, {"SAUCE": 1}).number == "T01-000002"
    invariants.check(shop.database)


@needs_posix
def test_a_reader_that_comes_later_makes_no_new_file_in_its_place(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    path = shop.database.path
    for one in _files_of(path):
        one.unlink()
    with pytest.raises(FileGone):
        with shop.database.read(), shop.database.read(), shop.database.read():
            pass
    assert not path.exists()


@needs_posix
def test_another_file_in_its_place_is_not_sold_into(shop: Shop) -> None:
    sell(shop, {"SAUCE": 1})
    path = shop.database.path
    shutil.copyfile(path, path.with_name("copy.db"))
    path.with_name("copy.db").replace(path)
    with pytest.raises(FileGone):
        sell(shop, {"SAUCE": 1})
    shop.database.close()
    assert _sales(shop.database) == 1  # the next start takes what is there


def _files_of(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}*"))


@needs_posix
@pytest.mark.parametrize(
    ("of_file", "of_folder", "read", "written"),
    [
        (0o666, 0o777, "done", "done"),
        (0o444, 0o777, "done", "FileReadOnly"),
        (0o666, 0o555, "FileReadOnly", "FileReadOnly"),
        (0o000, 0o777, "FileReadOnly", "FileReadOnly"),
    ],
)
def test_a_file_or_folder_without_rights_is_named(
    shop: Shop,
    tmp_path_factory: pytest.TempPathFactory,
    of_file: int,
    of_folder: int,
    *,
    read: str,
    written: str,
) -> None:
    shop.database.close()
    folder = _open_to_all(tmp_path_factory) / f"{of_file}-{of_folder}"
    folder.mkdir()
    path = shop.database.path.rename(folder / "shop.db")
    path.chmod(of_file)
    folder.chmod(of_folder)
    told = Child(children.write_as_nobody, path).rest()
    folder.chmod(0o700)
    assert told == [read, written]


def _open_to_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that everyone may enter, with all the folders above it."""
    folder = tmp_path_factory.mktemp("rights")
    shared = Path(tempfile.gettempdir())
    for above in (folder, *folder.parents):
        if shared in above.parents:  # pytest's own
            above.chmod(0o755)
        elif above.stat().st_mode & 0o005 != 0o005:
            pytest.skip(f"nobody may enter {above}")
    return folder


@needs_posix
def test_a_folder_where_nothing_can_be_made_is_named(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = _open_to_all(tmp_path_factory)
    folder.chmod(0o555)
    told = Child(children.write_as_nobody, folder / "shop.db").rest()
    folder.chmod(0o755)
    assert told == ["FileReadOnly", "FileReadOnly"]
    assert list(folder.iterdir()) == []


def test_what_is_no_trouble_of_the_disk_stays_our_bug(shop: Shop) -> None:
    with pytest.raises(IntegrityError):
        with shop.database.write() as session:
            session.execute(text("INSERT INTO category SELECT * FROM category"))
    with pytest.raises(OperationalError):
        with shop.database.read() as session:
            session.execute(text("SELECT nonsense"))
    with pytest.raises(sqlite.OperationalError):
        with shop.database.raw() as connection:
            connection.execute("SELECT nonsense")
    with pytest.raises(sqlite.ProgrammingError):
        with shop.database.raw() as connection:
            connection.execute("SELECT ?", ())


def test_a_naive_time_is_not_stored(shop: Shop) -> None:
    with pytest.raises(StatementError):
        with shop.database.write() as session:
            shift = session.get_one(Shift, shop.shift_id)
            shift.sealed_at = datetime(2026, 11, 24, 10, 0)  # noqa: DTZ001  # the point


def test_an_instant_is_read_as_it_was_written_whatever_its_zone(shop: Shop) -> None:
    with shop.database.write() as session:
        shift = session.get_one(Shift, shop.shift_id)
        assert shift.sealed_at is None
        shift.sealed_at = AT.astimezone()
    with shop.database.read() as session:
        assert session.get_one(Shift, shop.shift_id).sealed_at == AT
        assert session.get_one(Shift, shop.shift_id).opened_at.tzinfo is UTC


def test_what_was_compiled_for_one_connection_serves_all(shop: Shop) -> None:
    asked = select(func.count()).select_from(table_of(Setting))
    other = schema.open_shop(shop.database.path)
    with (
        shop.database.write() as writing,
        shop.database.read() as reading,
        other.read() as elsewhere,
    ):
        compiled = [
            session.connection().execute(asked).context.compiled
            for session in (writing, reading, elsewhere)
        ]
    other.close()
    assert compiled[0] is compiled[1] is compiled[2]
