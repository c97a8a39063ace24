"""Campaign 10: a million records are verified at speed and in constant memory."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, process_time

from pysqlite3 import dbapi2 as sqlite

from models.database import Database
from models.journal.notes import Note
from models.journal.sealing import seal
from models.trust.verify import verify
from tests import shop
from tests.children import Child
from tests.prove.outcome import Outcome
from tests.shop import JOURNAL_KEY

_BAR = 50_000  # records a second
_MOST_GROWN = 8  # MiB, from a tenth of the records to all of them
_AT_ONCE = 10_000
_WHAT = {"number": "T01-000001", "copy": 1, "state": "confirmed"}


def run(size: int, folder: Path, seed: int = 10) -> Outcome:
    """Verify ``size`` records and a tenth of them; there is no chance in it."""
    del seed
    folder.mkdir(exist_ok=True)
    own = shop.make(folder / "made")
    path = own.database.path
    _write(path, size // 10)
    few, _seconds, little = _verified(path)
    _write(path, size - size // 10)
    records, seconds, most = _verified(path)
    assert records >= size > few
    per_second, grown = records / seconds, most - little
    return Outcome(
        "10 verifying",
        f"{records:,} records",
        f"{per_second:,.0f} records/s of a core, {most:.0f} MiB, "
        f"{grown:+.1f} MiB from {few:,}",
        is_good=per_second >= _BAR and grown <= _MOST_GROWN,
    )


def _write(path: Path, records: int) -> None:
    """As the till seals them, many in one transaction and without waiting for disks."""
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    for start in range(0, records, _AT_ONCE):
        many = min(_AT_ONCE, records - start)
        connection.execute("BEGIN IMMEDIATE")
        seal(connection, JOURNAL_KEY, [Note("print.sent", 0, _WHAT)] * many)
        connection.execute("COMMIT")
    connection.close()


def _verified(path: Path) -> tuple[int, float, float]:
    """Records, seconds of a core and MiB at the most, of a process of its own."""
    found: tuple[int, float, float] = Child(verify_and_tell, path).rest()[0]
    return found


def verify_and_tell(told: Connection, path: Path) -> None:
    import resource  # noqa: PLC0415  # there is none on Windows

    database = Database(path)
    began, wall = process_time(), perf_counter()
    report = verify(database, key=JOURNAL_KEY)
    seconds = min(process_time() - began, perf_counter() - wall)
    assert report.is_good, report.breaks
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told.send((report.records, seconds, most))
