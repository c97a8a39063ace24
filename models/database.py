"""The shop's file: its connections, its transactions and the types of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from operator import attrgetter
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Integer,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator
from sqlalchemy.util import LRUCache

from models import clock, errors
from models.file_format import APPLICATION_ID, SCHEMA_VERSION
from models.journal import notes
from models.journal.sealing import Sealed, seal
from models.money import Money

DRIVER = "driver"  # under which a session that writes knows its driver's connection
_BUSY_MS = 5000

# Set on every connection and read back (TRUST.md A1). Values as SQLite answers them.
_SETTINGS = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),  # a paid sale survives a power cut
    ("foreign_keys", "ON", 1),
    ("recursive_triggers", "ON", 1),  # else INSERT OR REPLACE deletes behind them
    ("busy_timeout", str(_BUSY_MS), _BUSY_MS),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("fullfsync", "ON", 1),
    ("checkpoint_fullfsync", "ON", 1),
    ("mmap_size", "0", 0),
)
_SETTINGS_TO_READ = tuple(
    setting
    for setting in _SETTINGS
    if setting[0] in {"busy_timeout", "trusted_schema", "cell_size_check", "mmap_size"}
)
# The window checkpoints when it is idle; this is only the backstop (32 MiB).
_AUTOCHECKPOINT_PAGES = 8192


class Database:
    """One shop's file: one connection that writes, a few that read.

    A damaged file is only read, as far as SQLite can (RULINGS.md 16); from the moment
    that damage is found nothing is written to it, not even what is in its log.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.journal_key = b""  # from outside the file; without it records have no MAC
        self.on_sealed: Callable[[Sealed], None] = _nothing
        self.is_read_only = read_only  # because it is damaged
        self._watch = clock.Watch()
        self._file: tuple[int, int] | None = None  # that is written to
        self._writing = _engine(path, self._configure_writer)
        self._writer: Connection | None = None  # held: a sale does not wait for a pool
        self._turn = RLock()  # one writes at a time
        reads = _configure_damaged if read_only else _configure_reader
        self._reading = _engine(path, reads, read_only=read_only)
        event.listen(self._reading, "do_connect", self._refuse_if_gone)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: all of the block is stored, or none of it.

        Raises DatabaseUnavailable when the disk or the file refuses.
        """
        self._refuse_if_damaged()
        with self._naming_trouble(), self._to_write() as connection:
            with self._all_or_nothing(connection) as session:
                yield session

    @contextmanager
    def write_beside(self, other: Path) -> Iterator[Session]:
        """As ``write``, while the tables of another SQLite file can be read too.

        Damage in the other file is none of the shop's.
        """
        self._refuse_if_damaged()
        with naming_disk_trouble(), self._to_write() as connection:
            driver = _driver(connection)
            driver.execute("ATTACH ? AS other", (str(other),))
            try:
                with self._all_or_nothing(connection) as session:
                    yield session
            finally:
                connection.rollback()  # what was not committed holds the file
                driver.execute("DETACH other")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view. SQLite itself refuses a change made through it."""
        with self._naming_trouble(), self._reading.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            with Session(connection) as session:
                yield session

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file, as far as no reader is in the way."""
        if self.is_read_only:
            return
        with self._naming_trouble(), self._to_write() as connection:
            _driver(connection).execute("PRAGMA wal_checkpoint(PASSIVE)")

    @contextmanager
    def raw(self) -> Iterator[sqlite.Connection]:
        """The driver's own reading connection, for SQLite's backup and checks."""
        with self._naming_trouble(), self._reading.connect() as connection:
            yield _driver(connection)

    def check(self) -> None:
        """Let SQLite look the file over. Raises FileDamaged with nothing changed."""
        with self.raw() as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise errors.FileDamaged

    def close(self) -> None:
        """Let go of the file; the last connection folds the log into it.

        The last one to leave a damaged file cannot write, so that the log stays.
        """
        with ExitStack() as last:
            if self.is_read_only:
                with suppress(sqlite.Error, UnicodeDecodeError):
                    connection = _connect_read_only(self.path)
                    last.enter_context(closing(connection))
                    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            self._reading.dispose()
            with self._turn:
                if self._writer is not None:
                    self._writer.close()
                    self._writer = None
                self._writing.dispose()
                self._file = None

    @contextmanager
    def _to_write(self) -> Iterator[Connection]:
        """The connection that writes, when it is nobody else's turn."""
        with self._turn:
            if self._writer is None:
                self._writer = self._writing.connect()
            try:
                yield self._writer
            finally:
                self._writer.rollback()  # what was not committed

    @contextmanager
    def _all_or_nothing(self, connection: Connection) -> Iterator[Session]:
        """The block, and the journal's records of it, in one transaction."""
        self._refuse_if_gone()
        driver = _driver(connection)
        connection.begin()
        driver.execute("BEGIN IMMEDIATE")  # at once: wait for the lock here or nowhere
        now = clock.now()
        sealed = self._seal_clock_back(driver, now)
        session = Session(connection, info={DRIVER: driver})
        try:
            yield session
            session.flush()
            said = notes.taken(session)
        finally:
            if session.in_transaction():  # else it was never used, but for its driver
                session.close()
        sealed = seal(driver, self.journal_key, said) or sealed
        connection.commit()
        self._watch.hear(now)
        if sealed is not None:
            self.on_sealed(sealed)

    def _seal_clock_back(
        self, driver: sqlite.Connection, now: datetime
    ) -> Sealed | None:
        """A clock that was set back is told before what is stored under its time."""
        back = self._watch.back(now)
        if back is None:
            return None
        said = [notes.clock_back(now, back)]
        return seal(driver, self.journal_key, said)

    def _configure_writer(self, connection: sqlite.Connection, record: object) -> None:
        _configure_writer(connection, record)
        self._file = _identity_of(self.path)

    def _refuse_if_gone(self, *_facts: object) -> None:
        """A file that was deleted takes whatever is written, and nobody finds it."""
        if self._file is not None and _identity_of(self.path) != self._file:
            raise errors.FileGone

    def _refuse_if_damaged(self) -> None:
        if self.is_read_only:
            raise errors.FileDamaged

    @contextmanager
    def _naming_trouble(self) -> Iterator[None]:
        """Damage closes the file to writing; all that is odd in it then is damage."""
        try:
            with naming_disk_trouble():
                yield
        except errors.FileDamaged:
            self.is_read_only = True
            raise
        except _ODD as error:
            if not self.is_read_only:
                raise
            raise errors.FileDamaged from error


def _identity_of(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of its name; None where there is none."""
    with suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def _nothing(_sealed: Sealed) -> None:
    """Where nothing is kept outside the file."""


def _driver(connection: Connection) -> sqlite.Connection:
    driver = connection.connection.driver_connection
    assert driver is not None
    return driver


def url_of(path: Path) -> URL:
    """The file as SQLAlchemy names it, whatever characters its folder has."""
    return URL.create("sqlite+shop", database=str(path))


class ShopDialect(SQLiteDialect_pysqlite):
    """SQLite, the same for all engines: what one has compiled serves the others."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.shop", __name__, "ShopDialect")
_COMPILED: Any = LRUCache(500)  # statements, as an engine's own; for reader and writer


def _engine(
    path: Path,
    configure: Callable[[sqlite.Connection, object], None],
    *,
    read_only: bool = False,
) -> Engine:
    engine = create_engine(
        url_of(path),
        module=sqlite,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        execution_options={"compiled_cache": _COMPILED},
        connect_args={"check_same_thread": False},
        **({"creator": partial(_connect_read_only, path)} if read_only else {}),
    )
    event.listen(engine, "connect", configure)
    return engine


def _connect_read_only(path: Path) -> sqlite.Connection:
    """Never ``immutable``: that would hide the sales which are still in the log."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite.connect(uri, uri=True, check_same_thread=False)


def _configure(connection: sqlite.Connection) -> None:
    # Transactions begin in write() and read() alone. (An engine's "begin" event would
    # do, but any such listener makes every statement slower.)
    connection.isolation_level = None
    for name, value, answer in _SETTINGS:
        connection.execute(f"PRAGMA {name} = {value}")
        if connection.execute(f"PRAGMA {name}").fetchone() != (answer,):
            raise errors.UnsafeFolder(name)


def _configure_writer(connection: sqlite.Connection, _record: object) -> None:
    _refuse_foreign(connection)
    _configure(connection)
    connection.execute(f"PRAGMA wal_autocheckpoint = {_AUTOCHECKPOINT_PAGES}")


def _configure_reader(connection: sqlite.Connection, _record: object) -> None:
    _refuse_foreign(connection)
    _configure(connection)
    connection.execute("PRAGMA query_only = ON")


def _configure_damaged(connection: sqlite.Connection, _record: object) -> None:
    """Nothing is asked of a damaged file but what can still be read.

    A "writable" schema makes SQLite read on where the file is shorter than its header
    says or a table's definition is broken; mode=ro keeps anything from being written.
    """
    connection.isolation_level = None
    for name, value, _answer in _SETTINGS_TO_READ:
        connection.execute(f"PRAGMA {name} = {value}")
    connection.execute("PRAGMA writable_schema = ON")


def _refuse_foreign(connection: sqlite.Connection) -> None:
    """Look before anything is written: whose file is this, and how new?"""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    is_new = connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    if application != APPLICATION_ID and not (is_new and application == 0):
        raise errors.ForeignFile
    if version > SCHEMA_VERSION:
        raise errors.NewerFile


# --- trouble with the disk or the file, from SQLite's primary result code ------

_TROUBLE: dict[int, type[errors.DatabaseUnavailable]] = {
    5: errors.FileBusy,  # SQLITE_BUSY
    6: errors.FileBusy,  # SQLITE_LOCKED
    8: errors.FileReadOnly,  # SQLITE_READONLY
    10: errors.DiskTrouble,  # SQLITE_IOERR
    11: errors.FileDamaged,  # SQLITE_CORRUPT
    13: errors.DiskFull,  # SQLITE_FULL
    14: errors.FileReadOnly,  # SQLITE_CANTOPEN
    26: errors.ForeignFile,  # SQLITE_NOTADB
}

# The driver's backup gives no result code, only SQLite's words for it.
_CODES = {
    "database is locked": 5,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}


# How SQLite begins to say so; what follows it quotes, and may be no text.
_MALFORMED = b"malformed database schema"

# What a damaged file may also look like: no database, tables or rows that are gone,
# text that nobody wrote.
_ODD = (errors.ForeignFile, SQLAlchemyError, sqlite.Error, ValueError)


@contextmanager
def naming_disk_trouble() -> Iterator[None]:
    """Turn the world's fault into a PosError; anything else stays our bug."""
    try:
        yield
    except DBAPIError as error:
        trouble = _trouble_of(error.orig)
        if trouble is None:
            raise
        raise trouble() from error
    except sqlite.Error as error:
        trouble = _trouble_of(error)
        if trouble is None:
            raise
        raise trouble() from error
    except UnicodeDecodeError as error:
        if not error.object.startswith(_MALFORMED):
            raise
        raise errors.FileDamaged from error


def _trouble_of(
    error: BaseException | None,
) -> type[errors.DatabaseUnavailable] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        code = _CODES.get(str(error))
    return _TROUBLE.get(code & 0xFF) if isinstance(code, int) else None


# --- columns: the attribute is the value, the column is the number --------------

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class Plain(TypeDecorator[T]):
    """A value that the file keeps as a number or a text; NULL is None."""

    into: Callable[[Any], Any]  # the file
    out: Callable[[Any], Any]

    def process_bind_param(self, value: T | None, _dialect: Dialect) -> Any:
        return None if value is None else self.into(value)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> Any:
        return None if value is None else self.out(value)


class Fen(Plain[Money]):
    """Money as a whole number of fen."""

    impl = Integer
    cache_ok = True
    into = attrgetter("fen")
    out = Money


class Instant(Plain[datetime]):
    """An aware UTC time as milliseconds since 1970; a naive time is refused."""

    impl = Integer
    cache_ok = True
    into = staticmethod(clock.milliseconds)
    out = staticmethod(clock.from_milliseconds)


class Day(Plain[date]):
    """A business date as the integer 20261124."""

    impl = Integer
    cache_ok = True
    into = staticmethod(clock.day_number)
    out = staticmethod(clock.from_day_number)


class Flag(Plain[bool]):
    """Yes or no as 1 or 0 (STRICT tables know no BOOLEAN)."""

    impl = Integer
    cache_ok = True
    into = int
    out = bool


class Kind(Plain[E]):
    """A StrEnum by its value."""

    impl = Text
    cache_ok = True
    into = str

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = self.out = kind


class Base(DeclarativeBase):
    """Base of all tables: STRICT, so that SQLite checks the types too."""

    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy reads it from the class
        str: Text,
        int: Integer,
        Money: Fen,
        datetime: Instant,
        date: Day,
        bool: Flag,
    }


STRICT = {"sqlite_strict": True}


def table_of(mapped: type[Base]) -> Table:
    """The table behind a mapped class.

    Statements over tables and their columns skip the mapper, which is most of the cost
    of a sale; they run in the session like any other.
    """
    found = mapped.__table__
    assert isinstance(found, Table)
    return found
