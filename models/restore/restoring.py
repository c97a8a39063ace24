"""Going back to a backup: what would be lost, and the exchange of the file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models import clock
from models.database import naming_disk_trouble
from models.errors import DatabaseUnavailable, DiskTrouble, FileDamaged, ForeignFile
from models.journal import notes
from models.kinds import Series
from models.money import Money
from models.office import backup, packing
from models.people import acts
from models.people.deeds import Deed, Where
from models.people.rights import Act
from models.restore import inspection
from models.restore.inspection import Contents
from models.restore.refusals import (
    BackupDamaged,
    BackupInUse,
    OtherTillsBackup,
    RestoreFailed,
)
from models.settings import Setting

_MARK = "restored"  # the setting that says so until it is written down as an act


@dataclass(frozen=True, slots=True)
class Lost:
    """What the shop's file holds and the backup does not."""

    receipts: int  # sales and what corrects them, without training
    net: Money
    first: str  # their numbers; empty if there are none
    last: str
    parked: int  # tickets
    shift: int | None  # the number of the open shift, if the backup knows none of it

    @property
    def is_nothing(self) -> bool:
        return not (self.receipts or self.parked) and self.shift is None


@dataclass(frozen=True, slots=True)
class Plan:
    """A way back that can be gone."""

    contents: Contents
    shop: Path  # the file that would be replaced
    is_there: bool  # there is such a file
    lost: Lost | None  # None: nobody can tell, or nothing is there


@dataclass(frozen=True, slots=True)
class Restored:
    """That the shop's file was once a backup, as it is told at the next start."""

    backup: str  # the names of the files
    kept: str
    made_at: datetime
    at: datetime
    by: str  # whoever pressed the button; empty: from the command line
    receipts: int | None  # that were lost; None: nobody could tell
    net: Money


def plan(file: Path, shop: Path) -> Plan:
    """Look at a backup and at what going back to it would lose; changes nothing.

    The shop may be open. Raises BackupRefused.
    """
    with inspection.naming_trouble(file):
        if shop.exists() and file.exists() and shop.samefile(file):
            raise BackupInUse(file)
    is_there = shop.exists() and shop.stat().st_size > 0
    lost = None
    with inspection.looking(file) as (contents, plain):
        if is_there:
            # damaged: this is what a backup is for
            with suppress(sqlite.Error, UnicodeDecodeError):
                lost = _lost(contents, plain, shop)
    return Plan(contents, shop, is_there, lost)


def restore(plan: Plan, *, at: datetime, by: str = "") -> Path | None:
    """Put the backup in the place of the shop's file; returns where that is kept now.

    Nobody may have the file open: whoever calls holds the folder's lock. At each moment
    either the file of before or the backup is there, whole. The next start migrates it
    if need be and calls ``note_restore``. Raises RestoreFailed, with nothing changed.
    """
    shop, contents = plan.shop, plan.contents
    part = shop.with_name(f".{shop.name}.restore.part")
    kept = _free_name(shop, at) if plan.is_there else None
    with _clearing(part):
        size = shop.stat().st_size if kept else 0
        backup.need_room(shop.parent, contents.content_size + size)
        packing.unpack(contents.path, part)
        if backup.digest_of(part) != contents.content_digest:
            raise BackupDamaged(contents.path)
        _put_mark(part, _mark(plan, kept, at, by))
        backup.sync(part)
        if kept is not None:
            _keep(shop, kept)
            if plan.lost is not None:
                _fold(shop)
        for suffix in backup.BESIDE:  # a log would be played into the other file
            shop.with_name(shop.name + suffix).unlink(missing_ok=True)
        part.replace(shop)
    with suppress(OSError):  # a power cut may leave the one or the other: both whole
        backup.sync_names(shop.parent)
    return kept


def was_restored(session: Session) -> bool:
    """Whether there is something for ``note_restore`` to write down."""
    return session.get(Setting, _MARK) is not None


def note_restore(session: Session, where: Where) -> Restored | None:
    """Write down as an act that the file was a backup, if it was; once.

    At the first start on it, in one transaction with whoever else keeps a record.
    """
    text = session.scalar(select(Setting.value).where(Setting.key == _MARK))
    if text is None:
        return None
    found = _read_mark(text)
    deed = Deed(
        Act.RESTORE,
        found.backup,
        found.net,
        note=" ".join(filter(None, (found.by, found.kept))),
    )
    acts.record(session, where, deed)
    notes.note(
        session,
        "restore",
        at=found.at,
        backup=found.backup,
        backup_of=clock.milliseconds(found.made_at),
        lost_receipts=found.receipts,
        lost=found.net.fen,
    )
    session.execute(delete(Setting).where(Setting.key == _MARK))
    return found


# --- what would be lost --------------------------------------------------------------

_RECEIPTS = """SELECT count(*), COALESCE(sum(net_fen), 0), COALESCE(min(seq), 0),
    COALESCE(max(seq), 0)
  FROM sale WHERE series = ? AND uuid NOT IN (SELECT uuid FROM other.sale)"""
_NUMBER = "SELECT number FROM sale WHERE series = ? AND seq = ?"
_PARKED = """SELECT count(*) FROM basket WHERE state = 'parked' AND uuid NOT IN
  (SELECT uuid FROM other.basket WHERE state = 'parked')"""
_SHIFT = """SELECT number FROM shift WHERE state = 'open'
  AND uuid NOT IN (SELECT uuid FROM other.shift)"""


def _lost(contents: Contents, plain: Path, shop: Path) -> Lost | None:
    """None if no till was set up yet.

    Raises sqlite.Error where the shop's file cannot be read, OtherTillsBackup.
    """
    with _side_by_side(shop, plain) as execute:
        ours = execute("SELECT uuid FROM till ORDER BY id LIMIT 1").fetchone()
        if ours is None:
            return None
        if ours[0] != contents.till_uuid:
            raise OtherTillsBackup(
                contents.path, contents.shop_name, contents.till_code
            )
        count, net, first, last = execute(_RECEIPTS, (Series.LIVE,)).fetchone()
        numbers = [
            execute(_NUMBER, (Series.LIVE, seq)).fetchone()[0] if count else ""
            for seq in (first, last)
        ]
        shift = execute(_SHIFT).fetchone()
        return Lost(
            receipts=count,
            net=Money(net),
            first=numbers[0],
            last=numbers[1],
            parked=execute(_PARKED).fetchone()[0],
            shift=shift[0] if shift else None,
        )


@contextmanager
def _side_by_side(shop: Path, other: Path) -> Iterator[Any]:
    """Both files for reading, the backup as "other"; a damaged one as far as it goes.

    Not ``immutable`` for the shop's: that would hide the sales still in its log.
    """
    uri = f"{shop.absolute().as_uri()}?mode=ro"
    with closing(sqlite.connect(uri, uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA writable_schema = ON")  # see models.database
        beside = f"{other.absolute().as_uri()}?mode=ro&immutable=1"
        connection.execute("ATTACH ? AS other", (beside,))
        yield connection.execute


# --- exchanging the files ------------------------------------------------------------


@contextmanager
def _clearing(part: Path) -> Iterator[None]:
    """What was begun goes away where it cannot be finished. Raises RestoreFailed."""
    try:
        yield
    except packing.PackingBroken as error:  # it was whole when it was looked at
        raise RestoreFailed(backup.reason_of(DiskTrouble())) from error
    except (OSError, sqlite.Error, DatabaseUnavailable, BackupDamaged) as error:
        raise RestoreFailed(backup.reason_of(error)) from error
    finally:
        with suppress(OSError):  # the folder takes nothing: that is told of already
            _remove(part)


def _remove(path: Path) -> None:
    for suffix in ("", *backup.BESIDE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _free_name(shop: Path, at: datetime) -> Path:
    stamp = f"{clock.local(at):%Y-%m-%d-%H%M%S}"
    return shop.with_name(f"{shop.stem}-replaced-{stamp}{shop.suffix}")


def _keep(shop: Path, kept: Path) -> None:
    """The file as it is, with its log; it keeps its time, which tells how new it is."""
    try:
        for suffix in ("", "-wal"):
            source = shop.with_name(shop.name + suffix)
            if source.exists():
                target = kept.with_name(kept.name + suffix)
                shutil.copy2(source, target)
                backup.sync(target)
        backup.sync_names(kept.parent)
    except OSError:
        _remove(kept)  # half of it
        raise


def _fold(shop: Path) -> None:
    """The log into the file that is replaced: a power cut between removing the one and
    replacing the other then loses no sale.

    A damaged file takes nothing in; with its log it is kept beside already.
    """
    with suppress(FileDamaged, ForeignFile), naming_disk_trouble():
        with closing(sqlite.connect(shop)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _mark(plan: Plan, kept: Path | None, at: datetime, by: str) -> str:
    lost = plan.lost
    return json.dumps(
        {
            "backup": plan.contents.path.name,
            "kept": kept.name if kept else "",
            "made_at": clock.milliseconds(plan.contents.made_at),
            "at": clock.milliseconds(at),
            "by": by,
            "receipts": lost.receipts if lost else None,
            "net_fen": lost.net.fen if lost else 0,
        },
        ensure_ascii=False,
    )


def _read_mark(text: str) -> Restored:
    found = json.loads(text)
    return Restored(
        backup=found["backup"],
        kept=found["kept"],
        made_at=clock.from_milliseconds(found["made_at"]),
        at=clock.from_milliseconds(found["at"]),
        by=found["by"],
        receipts=found["receipts"],
        net=Money(found["net_fen"]),
    )


def _put_mark(part: Path, text: str) -> None:
    """In the file itself, so that the one comes with the other."""
    with closing(sqlite.connect(part)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("DELETE FROM setting WHERE key = ?", (_MARK,))
        connection.execute("INSERT INTO setting VALUES (?, ?)", (_MARK, text))
        connection.commit()
