"""What a file that is taken for a backup holds, or why it is none (TRUST.md C4)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from models import clock, schema
from models.errors import FileDamaged
from models.file_format import APPLICATION_ID, SCHEMA_VERSION
from models.i18n import Language
from models.kinds import Series
from models.money import Money
from models.office import backup, packing, whole
from models.restore.refusals import (
    BackupCutShort,
    BackupDamaged,
    BackupInUse,
    BackupTooNew,
    BackupUnreadable,
    NotABackup,
)

_MAGIC = b"SQLite format 3\x00"
_LEAST = 100  # bytes of a header


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole backup of a till."""

    path: Path
    size: int  # bytes
    made_at: datetime
    digest: str  # its SHA-256
    has_digest: bool  # which also lay beside it
    content_size: int  # of the shop's file that is in it, in bytes
    content_digest: str
    version: int  # of its tables
    till_uuid: str
    till_code: str
    shop_name: str
    language: Language
    receipts: int  # sales and what corrects them, without training
    net: Money
    last_number: str  # empty: nothing was sold yet
    last_at: datetime | None


def look(path: Path) -> Contents:
    """Look a file over from its first byte to its last. Raises BackupRefused."""
    with looking(path) as (contents, _plain):
        return contents


@contextmanager
def looking(path: Path) -> Iterator[tuple[Contents, Path]]:
    """As ``look``, and where the shop's file lies that is in it, if it is packed."""
    with naming_trouble(path):
        if path.with_name(f"{path.name}-wal").is_file():
            raise BackupInUse(path)
        expected = backup.read_digest(path)
        _refuse_short(path)
        digest = backup.digest_of(path)
        if expected is not None and expected != digest:
            packing.content_digest(path)  # which tells that the end is missing
            raise BackupDamaged(path)
        with packing.unpacked(path) as plain:
            version = _version_of(path, plain)
            whole.check(plain)
            yield _contents(path, plain, version, digest, expected), plain


def _contents(
    path: Path, plain: Path, version: int, digest: str, expected: str | None
) -> Contents:
    with whole.reading(plain) as connection:
        if schema.objects_in(connection) != schema.objects_of(version):
            raise NotABackup(path)
        facts = _Facts(connection)
        if facts.till is None:
            raise NotABackup(path)
        return facts.contents(
            path, plain, version, digest, has_digest=expected is not None
        )


@contextmanager
def naming_trouble(path: Path) -> Iterator[None]:
    """Turn what cannot be read of ``path`` into a BackupRefused."""
    try:
        yield
    except packing.PackingCutShort as error:
        raise BackupCutShort(path, _bytes(path.stat().st_size), "?") from error
    except OSError as error:
        raise BackupUnreadable(path) from error
    except (sqlite.Error, FileDamaged, ValueError, packing.PackingBroken) as error:
        raise BackupDamaged(path) from error


def _refuse_short(path: Path) -> None:
    """The header says how long the file was when it was written."""
    there = path.stat().st_size
    header = packing.head(path)
    if len(header) < _LEAST and _MAGIC.startswith(header[: len(_MAGIC)]):
        raise BackupCutShort(path, _bytes(there), "?")
    size = whole.size_said(header)
    if size is None:
        if schema.bears_our_marks(path) or backup.read_digest(path) is not None:
            raise BackupDamaged(path)
        raise NotABackup(path)
    if not packing.is_packed(path) and there < size:
        raise BackupCutShort(path, _bytes(there), _bytes(size))


def _bytes(count: int) -> str:
    return f"{count:,} B"


def _version_of(path: Path, plain: Path) -> int:
    with whole.reading(plain) as connection:
        application: int = connection.execute("PRAGMA application_id").fetchone()[0]
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID or version < 1:
        raise NotABackup(path)
    if version > SCHEMA_VERSION:
        raise BackupTooNew(path)
    return version


class _Facts:
    """Reads what tables of every version have."""

    def __init__(self, connection: sqlite.Connection) -> None:
        self._execute = connection.execute
        self.till = self._row("SELECT uuid, code FROM till ORDER BY id LIMIT 1")
        self._chosen: dict[str, str] = dict(
            self._execute("SELECT key, value FROM setting").fetchall()
        )

    def contents(
        self, path: Path, plain: Path, version: int, digest: str, *, has_digest: bool
    ) -> Contents:
        assert self.till is not None
        facts = path.stat()
        count, net = self._row(_SUM, Series.LIVE)
        last = self._row(_LAST, Series.LIVE) or ("", None)
        return Contents(
            path=path,
            size=facts.st_size,
            made_at=clock.from_milliseconds(facts.st_mtime_ns // 1_000_000),
            digest=digest,
            has_digest=has_digest,
            content_size=plain.stat().st_size,
            content_digest=packing.content_digest(plain),
            version=version,
            till_uuid=self.till[0],
            till_code=self.till[1],
            shop_name=self._chosen.get("shop_name", ""),
            language=Language(self._chosen.get("language", Language.ZH)),
            receipts=count,
            net=Money(net),
            last_number=last[0],
            last_at=last[1] and clock.from_milliseconds(last[1]),
        )

    def _row(self, query: str, *values: object) -> Any:
        return self._execute(query, values).fetchone()


_SUM = "SELECT count(*), COALESCE(sum(net_fen), 0) FROM sale WHERE series = ?"
_LAST = "SELECT number, at FROM sale WHERE series = ? ORDER BY seq DESC LIMIT 1"
