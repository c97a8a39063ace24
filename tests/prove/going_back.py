"""Campaign 3: the disk fails while the till goes back to a backup.

Whatever fails, the shop's file is the one of before or the backup, whole; and where it
is the backup, the one of before is kept beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

from sqlalchemy import text

from models.errors import PosError
from models.file_format import FILE_NAME
from models.office import backup
from models.restore import restoring
from tests import invariants
from tests.prove import faults, shops
from tests.prove.disk_errors import Found
from tests.prove.faults import FailingDisk, Fault
from tests.prove.outcome import Outcome
from tests.shop import AT, Shop, sell

_BEFORE, _BACKUP = 2, 1  # sales


def run(size: int, folder: Path, seed: int = 6) -> Iterator[Outcome]:
    """At one in ``size`` of the calls: 1 for all of them."""
    found = fail(folder, one_in=size, seed=seed)
    yield Outcome(
        "3 disk errors: going back to a backup",
        f"{found.hits:,} calls failed, once and lasting, seed {seed}",
        f"{len(found.wrong)} wrong" + (f" ({found.wrong[0]})" if found.wrong else ""),
        not found.wrong and found.hits > 0,
    )


@dataclass(frozen=True)
class _Scene:
    """A shop of two sales, and its backup from before the second."""

    shop: Shop
    folder: Path
    backup: Path


def fail(
    folder: Path, *, one_in: int = 1, seed: int = 6, kinds: Iterable[Fault] = Fault
) -> Found:
    """Let each call fail, then start the till."""
    found, chance = Found(), Random(seed)
    scene = _scene(folder)
    for fault, is_lasting in product(kinds, (False, True)):
        at, hits = chance.randint(1, one_in), True
        while hits:
            with faults.failing_disk(fault, is_lasting=is_lasting) as disk:
                hits = _try(scene, disk, at, found)
            at += chance.randint(1, 2 * one_in - 1)
    return found


def fail_at_the_end(folder: Path) -> Found:
    """The last sync alone fails, when the files are exchanged already."""
    found = Found()
    scene = _scene(folder)
    with faults.failing_disk(Fault.TROUBLE, is_lasting=False) as disk:
        _try(scene, disk, sys.maxsize, found)
        _try(scene, disk, disk.calls, found)
    return found


def _scene(folder: Path) -> _Scene:
    made = folder / "made"
    shop = shops.made(made)
    stick = folder / "stick"
    stick.mkdir()
    with shops.opened(shop, made) as till:
        sell(till, {"SAUCE": 1})
        good = backup.make(till.database, stick / "good.db.gz")
        sell(till, {"SAUCE": 2})
    return _Scene(shop, made, good)


def _try(scene: _Scene, disk: FailingDisk, at: int, found: Found) -> bool:
    """One way back that fails at a call; whether there was such a call."""
    now = shops.copied(scene.folder, scene.folder.with_name("now"))
    found.tries += 1
    kept: Path | None = None
    try:
        with disk.failing(at):
            try:
                plan = restoring.plan(scene.backup, now / FILE_NAME)
                kept = restoring.restore(plan, at=AT)
            except PosError as error:
                assert str(error)  # noqa: PT017  # no test: any other error is wrong
        has = _sales(scene.shop, now)
        assert has == (_BEFORE if kept is None else _BACKUP), has
        if kept is not None:
            kept.replace(now / FILE_NAME)
            assert _sales(scene.shop, now) == _BEFORE, "what was there is not kept"
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told
        found.wrong.append(f"{disk}: {error!r}")
        return False
    found.hits += disk.has_failed
    return disk.has_failed


def _sales(shop: Shop, folder: Path) -> int:
    with shops.opened(shop, folder) as till:
        invariants.check(till.database)
        with till.database.read() as session:
            return int(session.scalars(text("SELECT count(*) FROM sale")).one())
