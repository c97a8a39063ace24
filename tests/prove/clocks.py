"""Campaign 8: whatever the clock says, numbers have no gap and a day is closed once."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import text

from models import clock
from models.office import day_closing
from models.office.day_refusals import DayNotYet, ShiftsWaiting
from models.people.deeds import Where
from models.people.roles import Role
from models.selling import closing, counts, handover, shifts
from models.selling.refusals import DayIsClosed
from models.selling.shift_record import Split
from tests import drawer, invariants, shop
from tests.drawer import CASHIER, MANAGER, does
from tests.prove.outcome import Outcome
from tests.shop import AT, Shop, sell

SLACK_S = 2
CASES: dict[str, timedelta | str] = {
    "a second back": timedelta(seconds=-1),
    "an hour back": timedelta(hours=-1),
    "a day back": timedelta(days=-1),
    "a year back": timedelta(days=-365),
    "a year ahead": timedelta(days=365),
    "zone with summer time": "America/Los_Angeles",
    "zone of the date line": "Pacific/Kiritimati",
}
_ACTS = 30  # of a walk


def run(size: int, folder: Path, seed: int = 8) -> Outcome:
    """Walk at random through sales, closes and turns of the clock, ``size`` times.

    Raises AssertionError.
    """
    made = shop.make(folder / "made")
    sales = turns = told = closes = 0
    for number in range(size):
        chance = random.Random(f"{seed}-{number}")  # repeatable
        with till_with_a_clock(made, folder / f"{number}") as till:
            try:
                _walk(till, chance)
                till.look_over()
            except AssertionError as error:
                raise AssertionError(seed, number, *error.args) from error
        shutil.rmtree(folder / f"{number}")
        sales += till.sales
        turns += till.turns
        told += till.told
        closes += till.closes
    return Outcome(
        "8 wrong clocks",
        f"{size:,} walks: {sales:,} sales, {turns:,} turns of clock or zone, "
        f"{closes:,} days closed",
        f"no gap, one Z a shift, one close a day; all {told:,} set back told",
        is_good=told > 0,
    )


class Till:
    """A shop whose machine has this clock, and what has to come out of it."""

    def __init__(self, own: Shop) -> None:
        self.shop = own
        self.now = AT
        self.sales = self.turns = self.told = self.closes = 0
        self._latest = AT  # that the till has seen
        self._signer = 0

    def turns_clock(self, by: timedelta | str) -> None:
        """By so much, or to the machine's zone of that name."""
        self.turns += 1
        if isinstance(by, timedelta):
            self.now += by
        else:
            os.environ["TZ"] = by
            time.tzset()

    def sells(self, goods: str = "SAUCE") -> None:
        self._acts()
        sell(self.shop, {goods: 1}, at=self.now)
        self.sales += 1

    def closes_shift(self) -> None:
        """停售, 点钱, 交接; then the next one begins."""
        self._acts()
        own, shift_id = self.shop, self.shop.shift_id
        here = replace(self._where(), shift_id=shift_id)
        by_cashier = replace(here, staff_id=CASHIER)
        expected = does(own, closing.x_figures, here, shift_id).drawer.expected
        does(own, closing.seal, by_cashier, shift_id)
        does(own, counts.count_cash, by_cashier, shift_id, drawer.notes(expected.plain))
        left = drawer.yuan("500")
        split = Split(left, expected - left, drawer.yuan("0"))
        does(own, handover.split_cash, by_cashier, shift_id, split)
        does(own, handover.accept, here, shift_id)
        again = does(own, shifts.open_shift, own.till_id, MANAGER, left, at=self.now)
        self.shop = replace(own, shift_id=again)

    def signs_days(self) -> None:
        """Each date that has only shifts that were handed over, and no other."""
        if not self._signer:
            self._acts()
        self._signer = self._signer or drawer.hire(self.shop, "吴核", Role.RECONCILER)
        for day in self._days("SELECT DISTINCT business_date FROM shift"):
            self._signs(day)

    def _signs(self, day: date) -> None:
        here = Where(self.shop.till_id, self._signer, self.now, day)
        closed = self._days("SELECT business_date FROM day_close")
        waiting = self._days(
            "SELECT business_date FROM shift WHERE state <> 'accepted'"
        )
        try:
            does(self.shop, day_closing.close_day, here, day)
        except DayIsClosed:
            assert day in closed
        except DayNotYet:
            assert day > clock.business_date(self.now)
        except ShiftsWaiting:
            assert day in waiting
        else:
            assert day not in closed
            self._acts()  # only now: what is refused stores nothing
            self.closes += 1

    def look_over(self) -> None:
        """Everything that must hold, and each step back of the clock in the journal."""
        invariants.check(self.shop.database)
        dates = self._all("SELECT business_date FROM day_close")
        assert len(dates) == len(set(dates))
        shifts_ = self._all("SELECT id FROM shift WHERE state <> 'open'")
        assert self._all("SELECT shift_id FROM z_close ORDER BY 1") == shifts_
        told = self._all("SELECT seq FROM journal WHERE kind = 'clock_back'")
        assert len(told) == self.told, (told, self.told)

    def _acts(self) -> None:
        """Something will be stored; a clock that went back is told then."""
        if (self._latest - self.now) > timedelta(seconds=SLACK_S):
            self.told += 1
            self._latest = self.now
        self._latest = max(self._latest, self.now)

    def _where(self) -> Where:
        with self.shop.database.read() as session:
            shift = shifts.find_open(session, self.shop.till_id)
        assert shift is not None
        return Where(self.shop.till_id, MANAGER, self.now, shift.business_date)

    def _days(self, question: str) -> list[date]:
        return sorted(clock.from_day_number(one) for one in set(self._all(question)))

    def _all(self, question: str) -> list[int]:
        with self.shop.database.read() as session:
            return list(session.scalars(text(question)))


@contextmanager
def till_with_a_clock(made: Shop, folder: Path) -> Iterator[Till]:
    """A copy of the shop on a machine whose clock and zone can be turned."""
    before = os.environ.get("TZ")
    till = Till(shop.copy(made, folder))
    with patch.object(clock, "now", lambda: till.now):
        till.sells()  # so that the till has heard the time
        try:
            yield till
        finally:
            till.shop.database.close()
            os.environ.pop("TZ", None)
            if before is not None:
                os.environ["TZ"] = before
            time.tzset()


def turn_once(till: Till, by: timedelta | str) -> None:
    """A turn in the middle of a day, one before its close, and back again."""
    till.sells()
    till.turns_clock(by)
    till.sells()
    till.closes_shift()
    till.sells()
    till.signs_days()
    till.turns_clock(-by if isinstance(by, timedelta) else "UTC")
    till.sells()
    till.closes_shift()
    till.signs_days()
    till.turns_clock(timedelta(days=1))
    till.closes_shift()
    till.signs_days()
    till.look_over()


def _walk(till: Till, chance: random.Random) -> None:
    acts: list[Callable[[], None]] = [
        *[lambda: till.sells(chance.choice(["SAUCE", "BAG", "POMELO"]))] * 5,
        *[lambda: till.turns_clock(_some_turn(chance))] * 3,
        till.closes_shift,
        till.signs_days,
    ]
    for _ in range(_ACTS):
        till.now += timedelta(milliseconds=chance.randint(1, 90_000))
        chance.choice(acts)()


def _some_turn(chance: random.Random) -> timedelta | str:
    by = chance.choice([*CASES.values(), None])
    if by is None:
        return timedelta(seconds=chance.randint(-100_000, 100_000))
    if isinstance(by, timedelta) and chance.random() < 0.3:
        return -by
    return by
