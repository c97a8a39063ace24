"""Times of ours beside times of a floor, taken in turn, and what is told of them."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table: a figure of ours, the floor's and the bar between them."""

    what: str
    unit: str
    floor: float | None  # None where the bar is a figure of its own
    ours: float
    at_most: float  # times the floor, or of the unit itself

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    @property
    def is_met(self) -> bool:
        figure = self.ours if self.ratio is None else self.ratio
        return figure <= self.at_most

    @property
    def bar(self) -> str:
        sign = f" {self.unit}" if self.ratio is None else " ×"
        return f"≤ {self.at_most:g}{sign}"


@dataclass(frozen=True, slots=True)
class Task:
    """What is timed, and what has to be done before each time."""

    act: Act
    before: Act | None = None

    def time(self) -> float:
        """Milliseconds of one run."""
        if self.before is not None:
            self.before()
        start = perf_counter()
        self.act()
        return (perf_counter() - start) * 1000


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of many runs in a few rounds.

    Of each figure the middle round's counts: other programs disturb some rounds, and
    one stall of the disk hits whoever is writing.
    """

    rounds: tuple[tuple[float, ...], ...]

    @property
    def p50(self) -> float:
        return statistics.median(statistics.median(times) for times in self.rounds)

    @property
    def p99(self) -> float:
        return statistics.median(_percentile(times, 99) for times in self.rounds)

    @property
    def worst(self) -> float:
        return statistics.median(max(times) for times in self.rounds)


def _percentile(times: Sequence[float], percent: int) -> float:
    return sorted(times)[(len(times) - 1) * percent // 100]


def in_turn(
    floor: Task,
    ours: Task,
    *,
    rounds: int = 5,
    each: int = 100,
    lull: Act | None = None,
) -> tuple[Times, Times]:
    """Floor's and ours' times, run in turn after a warm-up.

    As in the till's window, memory is collected in lulls alone, which are the gaps
    between rounds; ``lull`` is what else is done in them.
    """
    for _ in range(max(3, each // 5)):
        floor.time()
        ours.time()
    floors, our = [], []
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        for _ in range(rounds):
            one, other = _round(floor, ours, each)
            floors.append(one)
            our.append(other)
            gc.collect(1)
            if lull is not None:
                lull()
    finally:
        gc.enable()
        gc.unfreeze()
    return Times(tuple(floors)), Times(tuple(our))


def _round(
    floor: Task, ours: Task, each: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Either goes first half of the time."""
    floors, our = [], []
    for number in range(each):
        if number % 2:
            floors.append(floor.time())
            our.append(ours.time())
        else:
            our.append(ours.time())
            floors.append(floor.time())
    return tuple(floors), tuple(our)
