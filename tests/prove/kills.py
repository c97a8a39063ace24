"""Campaign 1: a till that is killed while it sells loses no sale that it told of."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import text

from models.cart import Cart
from models.journal.anchors import TipFile
from models.selling import baskets
from tests import children, invariants, shop
from tests.children import Child
from tests.prove.outcome import Outcome
from tests.shop import JOURNAL_KEY, Shop

LONG = range(50, 131)  # sales between two kills
_KILLS_A_FILE = 25
_GOODS = [
    {"SAUCE": 1},
    {"BOX": 1, "WALNUT": 777},
    {"HONEY": 2, "BAG": 1, "WALNUT": 333, "POMELO": 1},
]


def run(size: int, folder: Path, seed: int = 1, *, sales: range = LONG) -> Outcome:
    """Kill a selling till ``size`` times; look its file over after each.

    A file lives on from one kill to the next, 25 times. Raises AssertionError.
    """
    chance = random.Random(seed)  # repeatable, not secret
    made = shop.make(folder / "made")
    acknowledged = untold = 0
    for start in range(0, size, _KILLS_A_FILE):
        own = shop.copy(made, folder / f"killed-{start}")
        carts = [shop.basket(own, one) for one in _GOODS]
        own.database.close()
        told: list[str] = []
        for _ in range(min(_KILLS_A_FILE, size - start)):
            told += _sell_and_die(own, carts, chance.choice(sales), chance)
            untold += _check(own, told, seed)
        acknowledged += len(told)
        shutil.rmtree(own.database.path.parent)
    return Outcome(
        "1 kill -9 while selling",
        f"{size:,} kills, {acknowledged:,} sales",
        f"0 lost, 0 half, 0 damaged; {untold:,} stored at the moment of the kill",
        is_good=acknowledged > size,
    )


def _sell_and_die(
    own: Shop, carts: list[Cart], sales: int, chance: random.Random
) -> list[str]:
    """The numbers that the till told of."""
    child = Child(
        children.sell_until_killed, children.packed(own), carts, _tip_path(own)
    )
    told = _numbers(child.next() for _ in range(sales))
    time.sleep(chance.uniform(0, 0.015))  # somewhere in its next sale or two
    return told + _numbers(child.kill())


def _numbers(told: Iterable[str]) -> list[str]:
    return [one for one in told if one != "ready"]


def _check(own: Shop, told: list[str], seed: int) -> int:
    """All that was told is there; returns how many more there are, one at most."""
    opened = shop.opened(own.database.path)
    with opened.read() as session:
        stored = list(session.scalars(text("SELECT number FROM sale ORDER BY seq")))
        left = baskets.find_open(session, own.till_id)
    assert stored[: len(told)] == told, (seed, stored[-3:], told[-3:])
    more = stored[len(told) :]
    assert len(more) <= 1, (seed, more)
    told += more
    assert left is None or left.cart.lines, seed
    invariants.check(opened, anchor=TipFile(_tip_path(own), JOURNAL_KEY))
    opened.close()
    return len(more)


def _tip_path(own: Shop) -> Path:
    return own.database.path.with_name("outside.tip")
