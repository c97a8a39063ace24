"""The backups that lie about: made each hour in two places, and the newest good one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from models import clock, places, settings
from models.database import Database
from models.errors import BackupFailed, PosError
from models.file_format import APPLICATION_ID, SCHEMA_VERSION
from models.i18n import _
from models.office import backup, packing, rotation, whole

FOLDER = "backups"  # beside the shop's file
CHOSEN = "shanhai-backups"  # in the folder that somebody chose, on a stick as a rule

_SLOW = timedelta(minutes=1)
_TIME = "%Y-%m-%d-%H%M%S"
_OLD = re.compile(r"shop-(\d{4}-\d\d-\d\d)\.db")  # one a day, as earlier versions did
_ID = slice(68, 72)  # where SQLite keeps the application's id


@dataclass(frozen=True, slots=True)
class Backup:
    path: Path
    made_at: datetime
    size: int = 0  # bytes


@dataclass(frozen=True, slots=True)
class Place:
    """One folder of backups: the newest in it, and what went wrong there last."""

    folder: Path
    newest: Backup | None
    trouble: str = ""  # a sentence


@dataclass(frozen=True, slots=True)
class Places:
    own: Place
    second: Place | None  # None: none was chosen

    @property
    def trouble(self) -> str:
        """What to tell of both; empty if all is well."""
        second = self.second.trouble if self.second is not None else ""
        return self.own.trouble or second


# --- making ------------------------------------------------------------------------


def make_all(database: Database, at: datetime, *, slow: timedelta = _SLOW) -> Places:
    """A backup in the shop's own folder and in the chosen one; older ones make room.

    What goes wrong in one place keeps none from the other, and is told in it. A place
    that takes longer than ``slow`` is told of as well.
    """
    own, second = _own_folder(database.path), chosen_folder(database)
    name, made, trouble = _name_of(database, at), None, ""
    try:
        made = _make_own(database, own / name)
    except BackupFailed as error:
        trouble = str(error)
    places_ = Places(_look_at(database, own, trouble), None)
    if second is None:
        return places_
    began = clock.now()
    trouble = _fill(database, made, second / name)
    took = clock.now() - began
    if not trouble and took >= slow:
        words = _("The backup in {folder} took {n} seconds: the stick is slow.")
        trouble = words.format(folder=second, n=took // timedelta(seconds=1))
    return Places(places_.own, _look_at(database, second, trouble))


def look(database: Database) -> Places:
    """What lies in both places now; nothing is made."""
    second = chosen_folder(database)
    trouble = ""
    if second is not None and not _is_dir(second):
        trouble = str(_Gone(second))
    return Places(
        _look_at(database, _own_folder(database.path)),
        _look_at(database, second, trouble) if second is not None else None,
    )


def choose(database: Database, folder: Path) -> Path:
    """Make room for backups in a folder, on a stick as a rule; returns where.

    Later on nothing is made where that place is missing: the stick is not there, and
    the bare folder may belong to another disk. Raises BackupFailed.
    """
    folder = folder.expanduser()
    if not folder.is_absolute() or not _is_dir(folder):
        reason = _("There is no folder {folder}.").format(folder=folder)
        raise BackupFailed(reason)
    place = folder if folder.name == CHOSEN else folder / CHOSEN
    if place.resolve().is_relative_to(database.path.parent.resolve()):
        reason = _("This is the shop's own folder. Choose one on another disk.")
        raise BackupFailed(reason)
    trial = place / ".trial"
    try:
        place.mkdir(exist_ok=True)
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        raise BackupFailed(backup.reason_of(error)) from error
    return place


def chosen_folder(database: Database) -> Path | None:
    """The second place, if there is one."""
    with database.read() as session:
        chosen = settings.load(session).backup_folder
    return Path(chosen) if chosen else None


class _Gone(PosError):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return _(
            "The backup folder {folder} is not there. Plug the stick in again, or "
            "choose another folder in the settings."
        ).format(folder=self.folder)


def _make_own(database: Database, target: Path) -> Path:
    try:
        target.parent.mkdir(exist_ok=True)
    except OSError as error:
        reason = f"{target.parent}: {backup.reason_of(error)}"
        raise BackupFailed(reason) from error
    made = backup.make(database, target)
    _tidy(database, target)
    return made


def _fill(database: Database, made: Path | None, target: Path) -> str:
    """The second place gets what the first one has, else its own; tells any trouble."""
    if not _is_dir(target.parent):
        return str(_Gone(target.parent))
    try:
        if made is not None:
            backup.copy(made, target)
        else:
            backup.make(database, target)
        _tidy(database, target)
    except BackupFailed as error:
        return _("{folder}: {trouble}").format(folder=target.parent, trouble=error)
    return ""


def _tidy(database: Database, made: Path) -> None:
    """Remove what the newer ones replace, never what was made just now.

    Raises BackupFailed.
    """
    mark = _mark_of(database)
    found = dict(_named(made.parent, mark))
    stay = rotation.kept(found.values())
    try:
        for part in made.parent.glob(f".shop-{mark}-*.part*"):  # of one that broke off
            part.unlink()
        for file, at in found.items():
            if at not in stay and file != made:
                backup.remove(file)
    except OSError as error:
        raise BackupFailed(backup.reason_of(error)) from error


def _name_of(database: Database, at: datetime) -> str:
    return f"shop-{_mark_of(database)}-{clock.local(at):{_TIME}}.db{packing.SUFFIX}"


def _mark_of(database: Database) -> str:
    """Tells this till's backups from another's on the same stick."""
    with database.read() as session:
        till = places.this_till(session)
        assert till is not None, "the till is set up before it is backed up"
        return f"{till.code}-{places.till_uuid(session)[-8:]}"


def _named(folder: Path, mark: str) -> Iterator[tuple[Path, datetime]]:
    """This till's backups and when they were made in local time, by their names."""
    stamp = r"(\d{4}-\d\d-\d\d-\d{6})"
    ours = re.compile(rf"shop-{re.escape(mark)}-{stamp}\.db(?:\.gz)?")
    for file in folder.iterdir() if _is_dir(folder) else ():
        for pattern, time in ((ours, _TIME), (_OLD, "%Y-%m-%d")):
            found = pattern.fullmatch(file.name)
            if found is not None and (pattern is ours or folder.name == FOLDER):
                with suppress(ValueError):  # 2026-13-40 is no date, so not our name
                    at = datetime.strptime(found[1], time).replace(
                        tzinfo=clock.SHOP_ZONE
                    )
                    yield file, at


def _look_at(database: Database, folder: Path, trouble: str = "") -> Place:
    newest = None
    with suppress(OSError):  # it was told of already, or will be by the next backup
        mark = _mark_of(database)
        found = max(_named(folder, mark), key=lambda one: one[1], default=None)
        if found is not None:
            newest = _backup_at(found[0])
    return Place(folder, newest, trouble)


def _backup_at(file: Path) -> Backup:
    facts = file.stat()
    changed = facts.st_mtime_ns // 1_000_000
    return Backup(file, clock.from_milliseconds(changed), facts.st_size)


def _own_folder(path: Path) -> Path:
    return path.parent / FOLDER


def _is_dir(folder: Path) -> bool:
    """Also of a stick that was pulled out while it was read."""
    try:
        return folder.is_dir()
    except OSError:
        return False


# --- the way back ------------------------------------------------------------------


def newest_good(path: Path) -> Backup | None:
    """The newest whole backup of a shop, near the shop's file or in the chosen folder.

    The shop's file may be damaged.
    """
    near = sorted(_candidates(path), key=lambda found: found.made_at, reverse=True)
    return next((found for found in near if _is_good(found.path)), None)


def _candidates(path: Path) -> Iterator[Backup]:
    for folder in (path.parent, _own_folder(path), *_chosen_in(path)):
        with suppress(OSError):  # what cannot be read is no way back
            for file in folder.iterdir() if folder.is_dir() else ():
                with suppress(OSError):
                    if file != path and _looks_like_one(file):
                        yield _backup_at(file)


def _chosen_in(path: Path) -> Iterator[Path]:
    """The chosen folder, as far as the file can still be read."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with suppress(sqlite.Error):
        with closing(sqlite.connect(uri, uri=True)) as connection:
            connection.execute("PRAGMA writable_schema = ON")  # see models.database
            for (chosen,) in connection.execute(
                "SELECT value FROM setting WHERE key = 'backup_folder' AND value <> ''"
            ):
                yield Path(chosen)


def _looks_like_one(file: Path) -> bool:
    """Whether it begins as a shop's file does and nobody works in it."""
    if not file.is_file() or file.with_name(f"{file.name}-wal").exists():
        return False
    with suppress(packing.PackingBroken):
        header = packing.head(file)
        is_ours = header[_ID] == APPLICATION_ID.to_bytes(4)
        return is_ours and whole.size_said(header) is not None
    return False


def _is_good(file: Path) -> bool:
    """Nobody writes to a backup, so it can be read without files beside it."""
    try:
        digest = backup.read_digest(file)
        if digest is not None and digest != backup.digest_of(file):
            return False
        with packing.unpacked(file) as plain, whole.reading(plain) as copy:
            version: int = copy.execute("PRAGMA user_version").fetchone()[0]
            pages = copy.execute("PRAGMA quick_check(1)").fetchone()
            till = copy.execute("SELECT id FROM till").fetchone()
    except (sqlite.Error, OSError, packing.PackingBroken):
        return False
    return version <= SCHEMA_VERSION and pages == ("ok",) and till is not None
