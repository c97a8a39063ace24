"""The shop's time: aware UTC inside, fixed UTC+8 at the edge (RULINGS.md 8 and 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

SHOP_ZONE = timezone(timedelta(hours=8), "CST")
DEFAULT_CUT_OFF = time(4, 0)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """This instant, in UTC; the only place that asks the machine."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """``at`` in the shop's time, whatever the machine's zone is."""
    return at.astimezone(SHOP_ZONE)


def business_date(at: datetime, cut_off: time = DEFAULT_CUT_OFF) -> date:
    """The day of a shift opened at ``at``: the local date minus the cut-off."""
    since_midnight = timedelta(hours=cut_off.hour, minutes=cut_off.minute)
    return (local(at) - since_midnight).date()


def milliseconds(at: datetime) -> int:
    """``at`` as whole milliseconds since 1970. Raises ValueError for a naive time."""
    if at.tzinfo is None:
        raise ValueError(at)
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def from_milliseconds(value: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=value)


def day_number(day: date) -> int:
    """A date as the integer 20261124, for storing and comparing in SQL."""
    return day.year * 10_000 + day.month * 100 + day.day


def from_day_number(value: int) -> date:
    """The date of an integer such as 20261124. Raises ValueError for no date."""
    return date(value // 10_000, value // 100 % 100, value % 100)


# --- is the machine's clock right? ------------------------------------------------

SLACK = timedelta(seconds=2)  # so much a clock may be corrected without a word
_FAR_BACK = timedelta(minutes=10)
_FAR_AHEAD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class ClockTrouble:
    """The machine's time does not fit the time of what was recorded last."""

    now: datetime
    last: datetime

    @property
    def is_back(self) -> bool:
        return self.now < self.last

    @property
    def is_far(self) -> bool:
        """So far off that somebody should set the clock at once."""
        return not self.is_back or self.now < self.last - _FAR_BACK


def check(now: datetime, last: datetime) -> ClockTrouble | None:
    """What is wrong with ``now``, if ``last`` is when something was last recorded.

    Nothing rests on the clock: numbers and order come from counting, and the business
    date from the shift; so trouble is told, and selling goes on.
    """
    if last - SLACK <= now <= last + _FAR_AHEAD:
        return None
    return ClockTrouble(now, last)


class Watch:
    """Hears the machine's time at each commit, and notices when it was set back."""

    def __init__(self) -> None:
        self._latest: datetime | None = None

    def back(self, now: datetime) -> timedelta | None:
        """By how much, if by more than a correction; asking changes nothing."""
        if self._latest is None or now >= self._latest - SLACK:
            return None
        return self._latest - now

    def hear(self, now: datetime) -> None:
        """A small step back leaves the latest time, so that many small ones add up."""
        is_told = self.back(now) is not None
        if is_told or self._latest is None or now > self._latest:
            self._latest = now
