"""Which backups are kept: 7 daily, 8 weekly and 12 monthly ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from datetime import datetime

DAYS, WEEKS, MONTHS = 7, 8, 12


def kept(made: Collection[datetime]) -> set[datetime]:
    """Of backups made at these local times those that stay; all else may go.

    The last of a day, of a week (from Monday on) or of a month stands for it. Days on
    which none was made do not count, so that a stall that stood still keeps as many.
    """
    return {
        *_last_of(made, DAYS, datetime.date),
        *_last_of(made, WEEKS, lambda at: at.isocalendar()[:2]),
        *_last_of(made, MONTHS, lambda at: (at.year, at.month)),
    }


def _last_of(
    made: Collection[datetime], count: int, period: Callable[[datetime], Hashable]
) -> list[datetime]:
    last: dict[Hashable, datetime] = {}
    for at in sorted(made):
        last[period(at)] = at
    return sorted(last.values())[-count:]
