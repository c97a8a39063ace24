"""Campaign 4: a migration that is killed, cut off or refused by the disk.

Whatever stops it, the file has its old tables or its new ones, never some of each, and
the next start brings it up to date with all that was sold.
"""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from random import Random

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import text

from models import schema
from models.file_format import FILE_NAME, SCHEMA_VERSION
from tests import children, invariants
from tests.children import Child
from tests.prove import faults, faulty_disk, power
from tests.prove.faults import Fault
from tests.prove.faulty_disk import Call, Io
from tests.prove.outcome import Outcome

FILES = Path(__file__).parents[1] / "files"  # v1.db and so on, each with two sales
_NUMBERS = ["T01-000001", "T01-000002"]
_READS_ONE_IN = 4  # TRUST.md asks for writes and syncs; of all calls a few are tried
Tables = dict[str, str]


@dataclass
class Found:
    tries: int = 0
    old: int = 0
    new: int = 0
    wrong: list[str] = field(default_factory=list)


def run(size: int, folder: Path, seed: int = 4) -> Iterator[Outcome]:
    """Each migration, stopped at one in ``size`` of its steps: 1 for all of them."""
    ways: tuple[tuple[str, Callable[..., Found]], ...] = (
        ("killed at a statement", kill),
        ("power cut", cut),
        ("disk errors", fail),
    )
    for name, stop in ways:
        all_found = [
            stop(version, folder, one_in=size, seed=seed)
            for version in range(1, SCHEMA_VERSION)
        ]
        wrong = [one for found in all_found for one in found.wrong]
        old = sum(found.old for found in all_found)
        new = sum(found.new for found in all_found)
        yield Outcome(
            f"4 migration: {name}",
            f"{sum(found.tries for found in all_found):,} times in "
            f"{len(all_found)} migrations, seed {seed}",
            f"{old:,} old, {new:,} new, {len(wrong)} between"
            + (f" ({wrong[0]})" if wrong else ""),
            not wrong and old > 0 and new > 0,
        )


def kill(version: int, folder: Path, *, one_in: int = 1, seed: int = 4) -> Found:
    """kill -9 before a statement."""
    found, chance = Found(), Random(seed)
    at, is_done = chance.randint(1, one_in), False
    while not is_done:
        path = _copy(version, folder / "now")
        child = Child(children.migrate_and_die, path, at)
        is_done = bool(child.rest())
        assert child.exit_code == (0 if is_done else -signal.SIGKILL)
        _look(version, path, found, f"killed at {at}")
        at += chance.randint(1, 2 * one_in - 1)
    return found


def cut(version: int, folder: Path, *, one_in: int = 1, seed: int = 4) -> Found:
    """The power goes at a call."""
    found, chance = Found(), Random(seed)
    path = _copy(version, folder / "now")
    platter = power.Platter(path.parent)
    calls: list[Call] = []

    def watch(call: Call) -> int:
        if call.io is not Io.READ:
            calls.append(call)
        return faulty_disk.OK

    with faulty_disk.disk(watch):
        schema.open_shop(path).close()
    left = folder / "left"
    for at, call in enumerate(calls, 1):
        platter.follow(call)
        if chance.random() < 1 / one_in or at == len(calls):
            shutil.rmtree(left, ignore_errors=True)
            platter.cut(left, chance)
            _look(version, left / FILE_NAME, found, f"cut at {at}")
    return found


def fail(
    version: int,
    folder: Path,
    *,
    one_in: int = 1,
    seed: int = 4,
    kinds: Iterable[Fault] = Fault,
) -> Found:
    """The disk refuses a call, and is in order at the next start."""
    found, chance = Found(), Random(seed)
    for fault, is_lasting in product(kinds, (False, True)):
        step = one_in * (_READS_ONE_IN if fault is Fault.ANY else 1)
        at, hits = chance.randint(1, step), True
        while hits:
            path = _copy(version, folder / "now")
            about = f"{fault.name} at {at}{', lasting' if is_lasting else ''}"
            with faults.failing_disk(fault, is_lasting=is_lasting) as disk:
                with disk.failing(at):
                    _start(path, fault, found, about)
                hits = disk.has_failed
            _look(version, path, found, about)
            at += chance.randint(1, 2 * step - 1)
    return found


def fail_at_the_end(version: int, folder: Path, *, calls: int = 33) -> Found:
    """The disk refuses one of the last calls, when the tables are new already."""
    found = Found()
    with faults.failing_disk(Fault.ANY, is_lasting=False) as disk:
        with disk.failing(sys.maxsize):
            _start(_copy(version, folder / "now"), Fault.ANY, found, "in order")
    for at in range(disk.calls - calls, disk.calls):
        path = _copy(version, folder / "now")
        with faults.failing_disk(Fault.ANY, is_lasting=False) as disk:
            with disk.failing(at):
                _start(path, Fault.ANY, found, f"at {at}")
        _look(version, path, found, f"at {at}")
    return found


def _start(path: Path, fault: Fault, found: Found, about: str) -> None:
    try:
        schema.open_shop(path).close()
    except fault.sentence:
        pass  # told as it is
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told
        found.wrong.append(f"{about}: {error!r}")


def _copy(version: int, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    path = folder / FILE_NAME
    shutil.copyfile(FILES / f"v{version}.db", path)
    return path


def _look(version: int, path: Path, found: Found, about: str) -> None:
    """Old or new, with what was sold; and new after the next start."""
    found.tries += 1
    try:
        _is_old_or_new(version, path, found)
        opened = schema.open_shop(path)
        try:
            with opened.read() as session:
                numbers = list(session.scalars(text("SELECT number FROM sale")))
            assert numbers == _NUMBERS, numbers
            invariants.check(opened)
        finally:
            opened.close()
        assert _tables(path) == _tables_of(SCHEMA_VERSION, path.parent.parent)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told
        found.wrong.append(f"v{version} {about}: {error!r}")


def _is_old_or_new(version: int, path: Path, found: Found) -> None:
    there = _tables(path)
    if there == _tables_of(version, path.parent.parent):
        found.old += 1
    else:
        assert there == _tables_of(SCHEMA_VERSION, path.parent.parent), "between"
        found.new += 1


_known: dict[int, tuple[int, Tables]] = {}


def _tables_of(version: int, folder: Path) -> tuple[int, Tables]:
    """What a file of that version is made of."""
    if version not in _known:
        path = _copy(min(version, SCHEMA_VERSION - 1), folder / "whole")
        if version == SCHEMA_VERSION:
            schema.open_shop(path).close()
        _known[version] = _tables(path)
    return _known[version]


def _tables(path: Path) -> tuple[int, Tables]:
    with closing(sqlite.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        found = connection.execute(
            "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
        ).fetchall()
    return version, {name: " ".join(sql.split()) for name, sql in found}
