"""Campaign 9: whatever somebody changes behind the till's back is found and named."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from models import schema
from models.file_format import FILE_NAME, SCHEMA_VERSION
from models.journal import notes
from models.journal.anchors import Anchor, TipFile
from models.trust.findings import Fault
from models.trust.verify import verify, verify_on
from tests import shop
from tests.prove import full_day
from tests.prove.outcome import Outcome
from tests.prove.tampering import Tamperer, Tampering
from tests.shop import JOURNAL_KEY, Shop, sell

_OLD_FILES = Path(__file__).parents[1] / "files"
_NOTES_A_SALE = 500


def run(size: int, folder: Path, seed: int = 5) -> Iterator[Outcome]:
    """Tamper ``size`` times, and look at half as many honest records.

    Raises AssertionError.
    """
    yield tamper(size, folder / "tampered", seed)
    yield be_honest(size // 2, folder / "honest")


def tamper(size: int, folder: Path, seed: int) -> Outcome:
    """One change of a day with everything in it, and one more, each from the honest."""
    own, tip = _lived_through(folder)
    backups = _put_old_backups_back(own, tip)
    own.database.close()
    tamperer, anchor = Tamperer(own.database.path, seed), tip.read()
    done: Counter[str] = Counter()
    for number in range(size - backups):
        tampering = tamperer.begin()
        _look_at(tamperer.connection, anchor, tampering, (seed, number))
        tamperer.undo()
        done[tampering.what] += 1
    assert verify_on(tamperer.connection, JOURNAL_KEY, anchor=anchor).is_good
    tamperer.connection.close()
    return Outcome(
        "9 tampering",
        f"{size:,} tamperings of {len(done) + 1} kinds",
        "all found, the right record named",
        is_good=True,
    )


def be_honest(records: int, folder: Path) -> Outcome:
    """So many records as the till writes them, and the files of all versions."""
    own, tip = _lived_through(folder)
    shift_id = full_day.begins_another(own)
    written = 0
    while written < records:
        with own.database.write() as session:
            for _number in range(_NOTES_A_SALE):
                notes.note(session, "print.sent", number="T01-000001", copy=0)
        written += _NOTES_A_SALE
        sell(own, {"BAG": 1}, seat=own.seat(shift_id))
    report = verify(own.database, key=JOURNAL_KEY, anchor=tip)
    own.database.close()
    assert report.breaks == []
    assert report.records > records
    upgraded = [_upgraded(folder, number) for number in range(1, SCHEMA_VERSION)]
    return Outcome(
        "9 honest records",
        f"{report.records:,} records, {len(upgraded)} files of earlier versions",
        "0 false alarms",
        is_good=all(upgraded),
    )


def _lived_through(folder: Path) -> tuple[Shop, TipFile]:
    """A shop after its full day, and what it keeps outside its file."""
    own = shop.copy(shop.make(folder / "made"), folder)
    tip = TipFile(folder / "outside.tip", JOURNAL_KEY)
    own.database.on_sealed = lambda sealed: tip.write(sealed.seq, sealed.hash)
    full_day.live_through(own)
    return own, tip


def _put_old_backups_back(own: Shop, tip: TipFile) -> int:
    """Each alone, and each after it sold on; returns how many were found out."""
    shift_id = full_day.begins_another(own)
    kept = []
    for number in range(10):
        own.database.close()
        old = own.database.path.with_name(f"old-{number}.db")
        kept.append(Path(shutil.copyfile(own.database.path, old)))
        sell(own, {"BAG": 1}, seat=own.seat(shift_id))
    anchor = tip.read()
    assert anchor is not None
    for old in kept:
        back = shop.opened(old)
        report = verify(back, key=JOURNAL_KEY, anchor=tip)
        behind = [(one.seq, one.fault) for one in report.breaks]
        assert behind == [(report.last_seq + 1, Fault.BEHIND)], (old, behind)
        forked = Shop(**{**vars(own), "database": back})
        while report.last_seq < anchor.seq:
            sell(forked, {"BAG": 2}, seat=forked.seat(shift_id))
            report = verify(back, key=JOURNAL_KEY, anchor=tip)
        behind = [(one.seq, one.fault) for one in report.breaks]
        assert behind == [(anchor.seq, Fault.BEHIND)], (old, behind)
        back.close()
    return 2 * len(kept)


def _look_at(
    connection: sqlite.Connection,
    anchor: Anchor | None,
    tampering: Tampering,
    which: tuple[int, int],
) -> None:
    report = verify_on(connection, JOURNAL_KEY, anchor=anchor)
    told = (which, tampering, report.breaks[:3])
    assert report.breaks, told
    if tampering.is_of_a_row:  # moved to another sale, both of them are named
        assert tampering.seq in {one.seq for one in report.breaks}, told
    elif tampering.seq is not None:
        assert report.breaks[0].seq == tampering.seq, told


def _upgraded(folder: Path, number: int) -> bool:
    """A file of that schema number raises no alarm when it was migrated."""
    path = folder / f"of-{number}" / FILE_NAME
    path.parent.mkdir()
    shutil.copyfile(_OLD_FILES / f"v{number}.db", path)
    opened = schema.open_shop(path)
    report = verify(opened)
    opened.close()
    assert report.is_good, (number, report.breaks)
    return True
