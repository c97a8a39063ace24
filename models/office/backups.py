"""The backups that lie about: one made each day, and the newest that is good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from models import clock
from models.database import Database
from models.errors import BackupFailed
from models.file_format import APPLICATION_ID, SCHEMA_VERSION
from models.office import backup

FOLDER = "backups"  # beside the shop's file
KEPT = 7

_DAILY = "shop-????-??-??.db"
_HEADER = b"SQLite format 3\x00"
_ID = slice(68, 72)  # where SQLite keeps the application's id


@dataclass(frozen=True, slots=True)
class Backup:
    path: Path
    made_at: datetime


def make_daily(database: Database, day: date) -> Path | None:
    """A backup of the day, once; only the newest few days are kept.

    Returns None where there is one already. Raises BackupFailed.
    """
    folder = database.path.parent / FOLDER
    target = folder / f"shop-{day.isoformat()}.db"
    if target.exists():
        return None
    try:
        folder.mkdir(exist_ok=True)
        for part in folder.glob(f".{_DAILY}.*.part*"):  # left by one that was cut off
            part.unlink()
    except OSError as error:
        raise BackupFailed(f"{folder}: {error.strerror}") from error
    backup.make(database, target)
    for old in sorted(folder.glob(_DAILY))[:-KEPT]:
        old.unlink(missing_ok=True)
    return target


def newest_good(path: Path) -> Backup | None:
    """The newest whole backup of a shop, among those near the shop's file."""
    near = sorted(_candidates(path), key=lambda found: found.made_at, reverse=True)
    return next((found for found in near if _is_good(found.path)), None)


def _candidates(path: Path) -> Iterator[Backup]:
    for folder in (path.parent, path.parent / FOLDER):
        for file in folder.iterdir() if folder.is_dir() else ():
            with suppress(OSError):  # what cannot be read is no way back
                if file != path and _looks_like_one(file):
                    changed = file.stat().st_mtime_ns // 1_000_000
                    yield Backup(file, clock.from_milliseconds(changed))


def _looks_like_one(file: Path) -> bool:
    """Whether it begins as a shop's file does and nobody works in it."""
    if not file.is_file() or file.with_name(f"{file.name}-wal").exists():
        return False
    with file.open("rb") as opened:
        header = opened.read(_ID.stop)
    return header.startswith(_HEADER) and header[_ID] == APPLICATION_ID.to_bytes(4)


def _is_good(file: Path) -> bool:
    """Nobody writes to a backup, so it can be read without files beside it."""
    uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite.connect(uri, uri=True)) as copy:
            version: int = copy.execute("PRAGMA user_version").fetchone()[0]
            pages = copy.execute("PRAGMA quick_check(1)").fetchone()
            till = copy.execute("SELECT id FROM till").fetchone()
    except sqlite.Error:
        return False
    return version <= SCHEMA_VERSION and pages == ("ok",) and till is not None
