"""A backup: one checked copy of the shop's file, whole or not there at all."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from models.database import Database
from models.errors import (
    BackupFailed,
    DatabaseUnavailable,
    DiskFull,
    DiskTrouble,
    FileDamaged,
    FileReadOnly,
)
from models.i18n import _

_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file


def make(database: Database, target: Path) -> Path:
    """Copy the shop into ``target`` while it goes on selling, and check the copy.

    A file that was there is replaced at the end, in one step. Raises BackupFailed with
    the reason; a ``target`` that was there is then as it was.
    """
    _refuse_own_file(database.path, target)
    if not target.parent.is_dir():
        reason = _("There is no folder {folder}.").format(folder=target.parent)
        raise BackupFailed(reason)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _copy(database, part)
        _check(part)
        _keep(part, target)
    except (DatabaseUnavailable, sqlite.Error, OSError) as error:
        raise BackupFailed(_reason(error)) from error
    finally:
        for suffix in ("", *_BESIDE):
            part.with_name(part.name + suffix).unlink(missing_ok=True)
    return target


def _refuse_own_file(path: Path, target: Path) -> None:
    own = [path, *(path.with_name(path.name + suffix) for suffix in _BESIDE)]
    same = target.exists() and path.samefile(target)
    if same or target.resolve() in {one.resolve() for one in own}:
        raise BackupFailed(_("This is the shop's own file. Choose another name."))
    if target.is_dir():
        raise BackupFailed(_("This is a folder. Give the file a name."))


def _copy(database: Database, part: Path) -> None:
    """SQLite's own backup: a consistent state, however much is being sold."""
    with database.raw() as source, closing(sqlite.connect(part)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it


def _check(part: Path) -> None:
    """Raises FileDamaged unless every page and every reference is sound."""
    with closing(sqlite.connect(part)) as copy:
        pages = copy.execute("PRAGMA integrity_check(1)").fetchone()
        reference = copy.execute("PRAGMA foreign_key_check").fetchone()
    if pages != ("ok",) or reference is not None:
        raise FileDamaged


def _keep(part: Path, target: Path) -> None:
    """To the disk, then to its name, then the name to the disk."""
    _sync(part)
    part.replace(target)
    with suppress(PermissionError):  # Windows opens no folders
        _sync(target.parent)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _reason(error: Exception) -> str:
    """The plain reason; the sentences for a failed sale do not fit here.

    The driver's backup gives no result code, only SQLite's words for it.
    """
    full, broken = _("The disk is full."), _("The disk could not read or write.")
    damaged = _("The shop's file is damaged. Keep the last good backup.")
    closed = _("The folder cannot be written to.")
    reasons: dict[object, str] = {
        DiskFull: full,
        DiskTrouble: broken,
        FileDamaged: damaged,
        FileReadOnly: closed,
        "database or disk is full": full,
        "disk I/O error": broken,
        "database disk image is malformed": damaged,
        "unable to open database file": closed,
    }
    return reasons.get(type(error)) or reasons.get(str(error)) or str(error)
