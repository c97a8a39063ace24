"""Campaign 2: the power is cut while the till sells; no sale that it told of is lost.

A life of the till is followed call by call and cut at random calls. What each cut left
is looked at by the program itself; on one of them the next life begins.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from unittest.mock import patch

from sqlalchemy import text

from models import database, errors
from models.cart import Cart
from models.selling import baskets
from models.selling.returns import Return
from tests import invariants, refunding
from tests.prove import faulty_disk, power, shops
from tests.prove.faulty_disk import Call, Io
from tests.prove.outcome import Outcome
from tests.shop import Shop, basket, bill_for, complete, keep, paid_in_cash

_CUTS_A_LIFE = 12
_LIVES_OF_A_SHOP = 12
_ACTS_A_LIFE = 5
_GOODS = (
    {"SAUCE": 1},
    {"BOX": 1, "WALNUT": 777},
    {"HONEY": 2, "BAG": 1, "WALNUT": 333, "POMELO": 1},
)


@dataclass
class Found:
    """What the cuts left."""

    cuts: int = 0
    acknowledged: int = 0  # sales and refunds told of, summed over all cuts
    lost: int = 0  # of these
    cuts_with_loss: int = 0
    broken: list[str] = field(default_factory=list)  # half sales, damaged files


def run(size: int, folder: Path, seed: int = 2) -> Iterator[Outcome]:
    """``size`` cuts as the till is, and the control runs that must lose and break."""
    found = cut(size, folder / "full", seed)
    yield Outcome(
        "2 power cut while selling",
        f"{found.cuts:,} cuts, {found.acknowledged:,} told of, seed {seed}",
        f"{found.lost} lost, {len(found.broken)} damaged or half{_first(found)}",
        found.lost == 0 and not found.broken,
    )
    with synchronous("NORMAL", 1):
        found = cut(max(size // 10, 30), folder / "normal", seed)
    yield Outcome(
        "2 control: the log is not synced (NORMAL)",
        f"{found.cuts:,} cuts, {found.acknowledged:,} told of, seed {seed}",
        f"{found.lost:,} lost in {found.cuts_with_loss} cuts: it must lose some",
        found.lost > 0 and not found.broken,
    )
    with synchronous("OFF", 0):
        found = cut(max(size // 10, 30), folder / "off", seed)
    yield Outcome(
        "2 control: nothing is synced (OFF)",
        f"{found.cuts:,} cuts, seed {seed}",
        f"{len(found.broken)} damaged or half: it must break some",
        bool(found.broken),
    )


def _first(found: Found) -> str:
    return f" ({found.broken[0]})" if found.broken else ""


@contextmanager
def synchronous(value: str, answer: int) -> Iterator[None]:
    """The till with another setting than the one that keeps sales from power cuts."""
    settings = tuple(
        (name, value, answer) if name == "synchronous" else (name, *rest)
        for name, *rest in database._SETTINGS  # noqa: SLF001  # it has no other place
    )
    with patch.object(database, "_SETTINGS", settings):
        yield


def cut(size: int, folder: Path, seed: int = 2) -> Found:
    """Live and cut until there were ``size`` cuts."""
    chance = Random(seed)
    now, made = folder / "now", folder / "made"
    shop = shops.make(made)
    shops.copied(made, now)
    found, kept, lives = Found(), list[str](), 0
    while found.cuts < size:
        life = live(shop, now, kept, chance)
        cuts = cuts_of(life, now, folder, chance)
        for number, (at, left) in enumerate(cuts):
            if number == len(cuts) - 1:
                shops.copied(left, now)
            known = look(shop, left, life.told_before(at), found)
            shutil.rmtree(left)
        lives += 1
        kept = known if lives % _LIVES_OF_A_SHOP else []
        if not kept:  # it is large by now, or there is nothing to go on with
            shops.copied(made, now)
    return found


@dataclass
class Life:
    """One start of the till: what it asked of the disk, and what it told when."""

    before: list[str]
    calls: list[Call] = field(default_factory=list)
    told: list[tuple[int, str]] = field(default_factory=list)  # after so many calls

    def told_before(self, at: int) -> list[str]:
        return self.before + [number for count, number in self.told if count <= at]

    def watch(self, call: Call) -> int:
        if call.io is not Io.READ:
            self.calls.append(call)
        return faulty_disk.OK


def live(shop: Shop, folder: Path, before: list[str], chance: Random) -> Life:
    """Start on what the last cut left; sell, give back, tidy up, close now and then."""
    life = Life(before)
    began = shops.copied(folder, folder.with_name("began"))
    with faulty_disk.disk(life.watch):
        is_open = True
        while is_open:
            with shops.opened(shop, folder) as till:
                finish_what_was_left(till, life)
                for _ in range(chance.randint(1, _ACTS_A_LIFE)):
                    _act(till, life, chance)
            is_open = chance.random() < 0.2
    shops.copied(began, folder)
    return life


def _act(till: Shop, life: Life, chance: Random) -> None:
    which = chance.random()
    if which < 0.15:
        till.database.checkpoint()
    elif which < 0.3:
        sold = sell(till, life, {"SAUCE": 2})
        back = refunding.refund(till, sold, Return(1, 1))
        life.told.append((len(life.calls), back.number))
    else:
        sell(till, life, chance.choice(_GOODS))


def finish_what_was_left(till: Shop, life: Life) -> None:
    with till.database.read() as session:
        left = baskets.find_open(session, till.till_id)
    if left is not None:
        _pay(till, life, left.cart)


def sell(till: Shop, life: Life, goods: dict[str, int]) -> int:
    cart = basket(till, goods)
    keep(till, cart)
    return _pay(till, life, cart)


def _pay(till: Shop, life: Life, cart: Cart) -> int:
    sold = complete(till, cart, paid_in_cash(bill_for(till, cart)))
    life.told.append((len(life.calls), sold.number))
    return sold.sale_id


def cuts_of(
    life: Life, folder: Path, where: Path, chance: Random
) -> list[tuple[int, Path]]:
    """Some cuts of that life, in its order: after how many calls, and what is left."""
    platter, done = power.Platter(folder), 0
    cuts: list[tuple[int, Path]] = []
    for at in sorted(chance.choices(range(1, len(life.calls) + 1), k=_CUTS_A_LIFE)):
        for call in life.calls[done:at]:
            platter.follow(call)
        done = at
        cuts.append((at, where / f"cut-{len(cuts)}"))
        platter.cut(cuts[-1][1], chance)
    return cuts


# What a damaged file looks like: told as such, not adding up, or values of no kind.
_BROKEN = (errors.PosError, AssertionError, TypeError, ValueError)


def look(shop: Shop, folder: Path, told: list[str], found: Found) -> list[str]:
    """Start the till on what a cut left; returns the numbers that are there."""
    found.cuts += 1
    found.acknowledged += len(told)
    try:
        with shops.opened(shop, folder) as till:
            return _count(till, told, found)
    except _BROKEN as error:
        found.broken.append(f"cut {found.cuts}: {error!r}")
        return []


def _count(till: Shop, told: list[str], found: Found) -> list[str]:
    with till.database.read() as session:
        stored = list(session.scalars(text("SELECT number FROM sale ORDER BY seq")))
        left = baskets.find_open(session, till.till_id)
    lost = len(set(told) - set(stored))
    found.lost += lost
    found.cuts_with_loss += bool(lost)
    assert stored[: len(told)] == told[: len(stored)], "another sale under a number"
    assert len(stored) <= len(told) + 1, "sales that nobody made"
    assert left is None or left.cart.lines, "half a basket"
    invariants.check(till.database)
    return stored
