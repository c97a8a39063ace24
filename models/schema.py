"""Bring a shop's file to the tables that this version of the till works on."""

from __future__ import annotations

import errno
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool, StaticPool

from models import errors
from models.database import Database, naming_disk_trouble, url_of
from models.file_format import APPLICATION_ID, SCHEMA_VERSION

_MARK = b"CREATE TABLE sale_line"  # as SQLite keeps it, on one of the first pages
_MARKED_BYTES = 4 * 1024 * 1024
_MIGRATIONS = Path(__file__).with_name("migrations")


def open_shop(path: Path) -> Database:
    """The shop's file, created or migrated if need be and checked to be ours.

    Before a migration a copy is kept beside the file. Raises DatabaseUnavailable; what
    can be read of a damaged file, ``Database(path, read_only=True)`` reads.
    """
    with naming_disk_trouble():
        version = _version_of_ours(path)
        if version > SCHEMA_VERSION:
            raise errors.NewerFile
        if version < SCHEMA_VERSION:
            _migrate(path, version)
            if version:
                _index(path)
    return Database(path)


def _index(path: Path) -> None:
    """Let goods be found that a step has made due for the index."""
    from models.goods import search_index  # noqa: PLC0415  # after a migration alone

    database = Database(path)
    try:
        is_due = True
        while is_due:
            with database.write() as session:
                is_due = search_index.catch_up(session)
    finally:
        database.close()


def _version_of_ours(path: Path) -> int:
    """Raises FileDamaged where SQLite no longer knows a shop's file for one."""
    try:
        return _version_of(path)
    except sqlite.DatabaseError as error:
        if error.sqlite_errorcode == sqlite.SQLITE_NOTADB and bears_our_marks(path):
            raise errors.FileDamaged from error
        raise


def bears_our_marks(path: Path) -> bool:
    """Whether our tables are described in it, even if its header is gone.

    Reads the file itself, which is safe only because nothing here has it open.
    """
    with path.open("rb") as file:
        return _MARK in file.read(_MARKED_BYTES)


def _version_of(path: Path) -> int:
    """The file's schema number, read without changing it; 0 for a file to be made.

    Raises ForeignFile for anything that is not a shop's file or still empty.
    """
    if not path.exists() or path.stat().st_size == 0:
        return 0
    connection = sqlite.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        connection.close()
    if application != APPLICATION_ID and (application or tables):
        raise errors.ForeignFile
    return version


def _migrate(path: Path, version: int) -> None:
    """Run the missing steps in one transaction, all or none of them."""
    if version:
        _keep_copy(path, version)
    engine = create_engine(url_of(path), module=sqlite, poolclass=NullPool)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    with engine.begin() as connection:
        _run_steps(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        assert broken is None, broken
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    engine.dispose()


def _configure(connection: sqlite.Connection, _record: object) -> None:
    """Foreign keys stay off here: steps may rebuild a table that others point to."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _run_steps(connection: Connection, last: str = "head") -> None:
    # 0.3 s, needed only when there is something to migrate
    from alembic import command  # noqa: PLC0415  # slow, and seldom needed
    from alembic.config import Config  # noqa: PLC0415  # slow, and seldom needed

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, last)


@cache
def objects_of(version: int) -> frozenset[tuple[str, ...]]:
    """What a shop's file of that schema number consists of, as ``objects_in`` says."""
    engine = create_engine("sqlite://", module=sqlite, poolclass=StaticPool)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    with engine.begin() as connection:
        _run_steps(connection, f"{version:04}")
        driver = connection.connection.driver_connection
        assert driver is not None
        found = objects_in(driver)
    engine.dispose()
    return found


def objects_in(connection: sqlite.Connection) -> frozenset[tuple[str, ...]]:
    """Kind, name, table and SQL of all tables, indexes, triggers and views."""
    return frozenset(
        connection.execute(
            "SELECT type, name, tbl_name, COALESCE(sql, '') FROM sqlite_master"
        ).fetchall()
    )


def _keep_copy(path: Path, version: int) -> None:
    """SQLite's own backup of the file as it is, named after its schema number.

    It is whole, or not there. Raises sqlite.Error, DiskFull and DiskTrouble.
    """
    from models.office import backup  # noqa: PLC0415  # before a migration alone

    copy = path.with_name(f"{path.stem}-before-{version + 1}.db")
    part = copy.with_name(f".{copy.name}.part")
    try:
        with closing(sqlite.connect(path)) as source:
            with closing(sqlite.connect(part)) as target:
                source.backup(target)
        part.replace(copy)
        backup.sync_names(path.parent)
    except OSError as error:
        is_full = error.errno == errno.ENOSPC
        raise errors.DiskFull if is_full else errors.DiskTrouble from error
    finally:
        for suffix in ("", *backup.BESIDE):
            with suppress(OSError):  # what is in the way is told of already
                part.with_name(part.name + suffix).unlink(missing_ok=True)
