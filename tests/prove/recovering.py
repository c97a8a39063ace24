"""Campaign 4: the disk fails, or the power is cut again, while the till starts anew.

A start after a power cut reads the log, sells on and tidies up. Whatever goes wrong in
it, the start after that one has every sale that was told of before and since.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from models.errors import DatabaseUnavailable, FileDamaged
from tests.prove import faults, faulty_disk, power, power_cut, shops
from tests.prove.faults import Fault
from tests.prove.outcome import Outcome
from tests.prove.power_cut import Found, Life
from tests.shop import Shop

_TRIES_A_CUT = 4
_CALLS = 500  # about what a start, two sales and an end ask of the disk


def run(size: int, folder: Path, seed: int = 5) -> Iterator[Outcome]:
    """``size`` starts of each kind, each after a cut. Raises AssertionError."""
    ways: tuple[tuple[str, Callable[..., None]], ...] = (
        ("error while recovering", _fail),
        ("power cut while recovering", _cut),
    )
    for name, disturb in ways:
        found = recover(size, folder / disturb.__name__, Random(seed), disturb)
        yield Outcome(
            f"4 {name}",
            f"{found.cuts:,} starts, {found.acknowledged:,} told of, seed {seed}",
            f"{found.lost} lost, {len(found.broken)} damaged or half"
            + (f" ({found.broken[0]})" if found.broken else ""),
            found.lost == 0 and not found.broken,
        )


def fail(size: int, folder: Path, seed: int = 5) -> Found:
    """``size`` starts with a disk that fails at any call."""
    return recover(size, folder, Random(seed), _fail)


def cut(size: int, folder: Path, seed: int = 5) -> Found:
    """``size`` starts whose power is cut."""
    return recover(size, folder, Random(seed), _cut)


def recover(
    size: int, folder: Path, chance: Random, disturb: Callable[..., None]
) -> Found:
    """Live, cut, and disturb the start after each cut."""
    found = Found()
    now, made = folder / "now", folder / "made"
    shop = shops.make(made)
    while found.cuts < size:
        shops.copied(made, now)
        life = power_cut.live(shop, now, [], chance)
        for at, left in power_cut.cuts_of(life, now, folder, chance):
            known = _stored(shop, shops.copied(left, folder / "looked-at"), life, at)
            for _ in range(_TRIES_A_CUT):
                again = shops.copied(left, folder / "again")
                disturb(shop, again, Life(known), found, chance)
            shutil.rmtree(left)
    return found


def _stored(shop: Shop, folder: Path, life: Life, at: int) -> list[str]:
    """What a quiet start finds; that may be a sale more than was told of."""
    found = Found()
    known = power_cut.look(shop, folder, life.told_before(at), found)
    assert not found.lost, found
    assert not found.broken, found
    return known


def _start(shop: Shop, folder: Path, life: Life) -> None:
    """What a start is for: sell what was left, and on; and tidy up in between."""
    with shops.opened(shop, folder) as till:
        power_cut.finish_what_was_left(till, life)
        till.database.checkpoint()
        power_cut.sell(till, life, {"SAUCE": 1})


def _fail(shop: Shop, folder: Path, life: Life, found: Found, chance: Random) -> None:
    is_lasting = chance.random() < 0.5
    with faults.failing_disk(Fault.ANY, is_lasting=is_lasting) as disk:
        with disk.failing(chance.randint(1, _CALLS)):
            try:
                _start(shop, folder, life)
            except FileDamaged:
                found.broken.append(f"taken for damaged: {disk}")
            except DatabaseUnavailable:
                pass  # this is what it has to say
    power_cut.look(shop, folder, life.told_before(0), found)


def _cut(shop: Shop, folder: Path, life: Life, found: Found, chance: Random) -> None:
    platter = power.Platter(folder)
    with faulty_disk.disk(life.watch):
        _start(shop, folder, life)
    at = chance.randint(1, len(life.calls))
    for call in life.calls[:at]:
        platter.follow(call)
    left = folder.with_name("left")
    platter.cut(left, chance)
    power_cut.look(shop, left, life.told_before(at), found)
    shutil.rmtree(left)
