"""The import of a catalogue: looked at first, then all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy.orm import Session

from models.database import Database, naming_disk_trouble
from models.journal import notes
from models.office import aside, import_plan, import_rows, staged_goods, table_files
from models.office.aside import Steps, Tell, Watch
from models.office.import_plan import Change, Planned, Preview
from models.office.refusals import RowRefused, TableRefused
from models.office.stored_goods import StoredGoods
from models.office.table_files import Encoding, Table

MOST_SHOWN = 500  # of the rows and of the refusals; the counts are of all
_PASSES = 3  # over the rows: reading, checking, laying out


@dataclass(frozen=True, slots=True)
class Imported:
    new: int
    changed: int
    same: int


def preview(session: Session, table: Table, steps: Steps | None = None) -> Preview:
    """Read and check every row without storing anything.

    An empty cell changes nothing, a code is added to those that are there, and goods
    that the table does not name stay. Raises ColumnMissing.
    """
    rows = import_rows.readers(table)
    return import_plan.plan(StoredGoods(session), rows, steps or Steps(0))


def apply(
    session: Session,
    preview: Preview,
    *,
    outlet_id: int,
    at: datetime,
    staff_id: int | None = None,
) -> Imported:
    """Store what the preview showed, in the caller's transaction.

    Raises TableRefused if a row is wrong, and ChangedSince if the shop's goods are not
    what they were when it was made. For few rows: many are looked at aside.
    """
    if preview.errors:
        raise TableRefused(len(preview.errors))
    staged_goods.lay_out_here(session, preview)
    staged_goods.store(session, outlet_id=outlet_id, at=at, staff_id=staff_id)
    _tell(session, preview.new, preview.changed, preview.same, at)
    while staged_goods.let_some_be_found(session):
        pass
    staged_goods.clear_here(session)
    return Imported(preview.new, preview.changed, preview.same)


# --- tables from elsewhere, and of any size ---------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """What a person sees of a table before it is imported: the first rows, all counts.

    The whole of it is laid out in the file ``staged``; ``store`` stores it from there.
    """

    staged: Path
    encoding: Encoding | None
    rows: tuple[Planned, ...]  # new and changed
    errors: tuple[RowRefused, ...]
    wrong: int
    new: int
    changed: int
    same: int


def look_at(
    path: Path,
    encoding: Encoding | None,
    *,
    shop: Path,
    staged: Path,
    watch: Watch | None = None,
) -> Look:
    """Read, check and lay out a table, in a process of its own.

    ``shop`` is the shop's file, which is only read; ``staged`` must not exist yet.
    Raises what ``table_files.read`` and ``preview`` raise, and DatabaseUnavailable.
    """
    return aside.run(look_here, path, encoding, shop, staged, watch=watch)


def look_here(
    tell: Tell, path: Path, encoding: Encoding | None, shop: Path, staged: Path
) -> Look:
    """As ``look_at``, in this process."""
    table = table_files.parse(path, encoding)
    steps = Steps(_PASSES * len(table.rows), tell)
    database = Database(shop)
    try:
        with database.read() as session:
            found = preview(session, table, steps)
    finally:
        database.close()
    if not found.errors:
        _lay_out(staged, found, steps)
    changing = (one for one in found.drafts if one.change is not Change.SAME)
    return Look(
        staged=staged,
        encoding=table.encoding,
        rows=tuple(one for one, _n in zip(changing, range(MOST_SHOWN), strict=False)),
        errors=found.errors[:MOST_SHOWN],
        wrong=len(found.errors),
        new=found.new,
        changed=found.changed,
        same=found.same,
    )


def _lay_out(staged: Path, found: Preview, steps: Steps) -> None:
    with naming_disk_trouble():
        connection = sqlite.connect(staged, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = OFF")  # nobody needs it after us
            connection.execute("PRAGMA synchronous = OFF")
            staged_goods.lay_out(connection, found, steps)
        finally:
            connection.close()


def _tell(session: Session, new: int, changed: int, same: int, at: datetime) -> None:
    notes.note(session, "import", at=at, new=new, changed=changed, same=same)


def store(
    session: Session,
    look: Look,
    *,
    outlet_id: int,
    at: datetime,
    staff_id: int | None = None,
) -> Imported:
    """Store what is laid out; the session must come from ``write_beside(look.staged)``.

    Searching finds it a little later: ``staged_goods.let_some_be_found``. Raises
    TableRefused if a row is wrong, and ChangedSince if the shop's goods are not
    what they were at the look.
    """
    if look.wrong:
        raise TableRefused(look.wrong)
    staged_goods.store(session, outlet_id=outlet_id, at=at, staff_id=staff_id)
    _tell(session, look.new, look.changed, look.same, at)
    return Imported(look.new, look.changed, look.same)
