"""A backup: one checked copy of the shop's file, whole or not there at all.

Its SHA-256 lies beside it, as ``sha256sum`` writes and checks it. A name that ends in
``.gz`` asks for a packed one.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
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
from models.office import packing, whole

BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file
_SHA = ".sha256"
_PLAIN = ".plain"  # of a packed one, until it is packed


def make(database: Database, target: Path) -> Path:
    """Copy the shop into ``target`` while it goes on selling, and check the copy.

    A file that was there is replaced at the end, in one step. Raises BackupFailed with
    the reason; a ``target`` that was there is then as it was.
    """
    _refuse_own_file(database.path, target)
    size = _size_of(database.path)
    if not packing.is_packed_name(target):
        with _placing(target, size) as part:
            _copy_open(database, part)
            whole.check(part)
        return target
    with _placing(target, 2 * size) as part:
        plain = part.with_name(part.name + _PLAIN)
        _copy_open(database, plain)
        whole.check(plain)
        packing.pack(plain, part)
    return target


def copy(source: Path, target: Path) -> Path:
    """Copy a backup that was checked, to another disk; raises as ``make``.

    What has arrived is read again and must have the same SHA-256.
    """
    with _placing(target, source.stat().st_size) as part:
        shutil.copyfile(source, part)
        sync(part)
        if digest_of(part) != (read_digest(source) or digest_of(source)):
            raise DiskTrouble
    return target


def digest_of(path: Path) -> str:
    """The SHA-256 of a closed file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_digest(path: Path) -> str | None:
    """The SHA-256 that lies beside a backup; empty if it cannot be one, None if none.

    Raises OSError.
    """
    beside = digest_file(path)
    if not beside.is_file():
        return None
    words = beside.read_bytes()[:100].decode("ascii", "replace").split()
    return words[0].lower() if words else ""


def digest_file(path: Path) -> Path:
    """Where the SHA-256 of a backup lies."""
    return path.with_name(path.name + _SHA)


def remove(path: Path) -> None:
    """Take away a backup, and what is beside it last. Raises OSError."""
    path.unlink(missing_ok=True)
    digest_file(path).unlink(missing_ok=True)


def reason_of(error: Exception) -> str:
    """The plain reason; the sentences for a failed sale do not fit here.

    The driver's backup gives no result code, only SQLite's words for it.
    """
    full, broken = _("The disk is full."), _("The disk could not read or write.")
    damaged = _("The shop's file is damaged. Keep the last good backup.")
    closed = _("The folder cannot be written to.")
    gone = _("The folder is gone. Is the stick plugged in?")
    reasons: dict[object, str] = {
        DiskFull: full,
        DiskTrouble: broken,
        FileDamaged: damaged,
        FileReadOnly: closed,
        "database or disk is full": full,
        "disk I/O error": broken,
        "database disk image is malformed": damaged,
        "unable to open database file": closed,
        errno.ENOSPC: full,
        errno.EDQUOT: full,
        errno.EIO: broken,
        errno.EACCES: closed,
        errno.EPERM: closed,
        errno.EROFS: closed,
        errno.ENOENT: gone,
        errno.ENOTDIR: gone,
    }
    number = error.errno if isinstance(error, OSError) else None
    found = (reasons.get(key) for key in (type(error), number, str(error)))
    return next(filter(None, found), str(error))


def need_room(folder: Path, size: int) -> None:
    """Raises OSError where ``size`` bytes have no room, before any is written."""
    if shutil.disk_usage(folder).free < size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def sync(path: Path) -> None:
    """Let the disk write down a file, or the names in a folder. Raises OSError."""
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sync_names(folder: Path) -> None:
    with suppress(PermissionError):  # Windows opens no folders
        sync(folder)


def _refuse_own_file(path: Path, target: Path) -> None:
    own = [path, *(path.with_name(path.name + suffix) for suffix in BESIDE)]
    same = target.exists() and path.exists() and path.samefile(target)
    if same or target.resolve() in {one.resolve() for one in own}:
        raise BackupFailed(_("This is the shop's own file. Choose another name."))
    if target.is_dir():
        raise BackupFailed(_("This is a folder. Give the file a name."))


def _size_of(path: Path) -> int:
    """About what a copy will take, in bytes, with what is still in the log.

    A file that was deleted has none, but whoever has it open can still copy it.
    """
    log = path.with_name(f"{path.name}-wal")
    return sum(one.stat().st_size for one in (path, log) if one.exists())


@contextmanager
def _placing(target: Path, size: int) -> Iterator[Path]:
    """A file to fill and to check; then it takes the place of ``target``.

    Raises BackupFailed and leaves nothing behind.
    """
    if not target.parent.is_dir():
        reason = _("There is no folder {folder}.").format(folder=target.parent)
        raise BackupFailed(reason)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        need_room(target.parent, size)
        yield part
        _keep(part, target)
    except packing.PackingBroken as error:  # not what was written a moment ago
        raise BackupFailed(reason_of(DiskTrouble())) from error
    except (DatabaseUnavailable, sqlite.Error, OSError) as error:
        raise BackupFailed(reason_of(error)) from error
    finally:
        with suppress(OSError):  # the stick was pulled out: nothing is left of it here
            for suffix in (
                "",
                _SHA,
                _PLAIN,
                *(_PLAIN + one for one in BESIDE),
                *BESIDE,
            ):
                part.with_name(part.name + suffix).unlink(missing_ok=True)


def _copy_open(database: Database, part: Path) -> None:
    """SQLite's own backup: a consistent state, however much is being sold."""
    with database.raw() as source, closing(sqlite.connect(part)) as copied:
        source.backup(copied)
        copied.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it


def _keep(part: Path, target: Path) -> None:
    """To the disk, then to its name, then the name to the disk.

    What was the SHA-256 of an earlier file goes first: it never lies beside another.
    """
    sync(part)
    beside = digest_file(part)
    beside.write_text(f"{digest_of(part)}  {target.name}\n", "utf-8")
    sync(beside)
    digest_file(target).unlink(missing_ok=True)
    part.replace(target)
    beside.replace(digest_file(target))
    sync_names(target.parent)
