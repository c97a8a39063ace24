"""Stretches of business dates that a report covers, and those it compares with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)
_QUARTER, _MONTHS = 3, 12


class Against(StrEnum):
    """With what a period is compared."""

    BEFORE = "before"  # 环比: the same length before
    LAST_YEAR = "last_year"  # 同比


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last business date, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(self)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def months(self) -> int:
        """How many calendar months it touches."""
        return _number(self.last) - _number(self.first) + 1

    def compared(self, against: Against) -> Period:
        return self.a_year_before() if against is Against.LAST_YEAR else self.before()

    def before(self) -> Period:
        """The same length before: in months if it begins with one, else in days.

        1 to 24 November stands beside 1 to 24 October, the whole of February beside the
        whole of January, a year up to a day beside the year before up to that day.
        """
        if self.first.day == 1:
            return self._months_back(self._step)
        return Period(self.first - self.days * _DAY, self.first - _DAY)

    def after(self) -> Period:
        """The period that follows, by the same step."""
        if self.first.day == 1:
            return self._months_back(-self._step)
        return Period(self.last + _DAY, self.last + self.days * _DAY)

    @property
    def _is_whole(self) -> bool:
        return (self.last + _DAY).day == 1

    @property
    def _step(self) -> int:
        """Months: as many as it has, or those of the quarter or year it begins."""
        if self.months == 1:
            return 1
        for whole in (_QUARTER, _MONTHS):
            if self.first.month % whole == 1 and self.months <= whole:
                return whole
        return self.months

    def a_year_before(self) -> Period:
        """The same months a year before; 29 February is compared with the 28th."""
        return self._months_back(_MONTHS)

    def whole_months(self) -> Iterator[Period]:
        """The months that it touches, each as far as it lies in the period."""
        for number in range(_number(self.first), _number(self.last) + 1):
            first = _first_of(number)
            last = _first_of(number + 1) - _DAY
            yield Period(max(first, self.first), min(last, self.last))

    def _months_back(self, months: int) -> Period:
        first = _moved(self.first, months)
        number = _number(self.last) - months
        last = (
            _first_of(number + 1) - _DAY
            if self._is_whole
            else _moved(self.last, months)
        )
        return Period(first, last)


def month_of(day: date) -> Period:
    """The calendar month from its first day up to ``day``."""
    return Period(day.replace(day=1), day)


def quarter_of(day: date) -> Period:
    first = (day.month - 1) // 3 * 3 + 1
    return Period(date(day.year, first, 1), day)


def year_of(day: date) -> Period:
    return Period(date(day.year, 1, 1), day)


def month_before(day: date) -> Period:
    """The whole calendar month before that of ``day``."""
    last = day.replace(day=1) - _DAY
    return month_of(last)


def _number(day: date) -> int:
    return day.year * _MONTHS + day.month - 1


def _first_of(number: int) -> date:
    return date(number // _MONTHS, number % _MONTHS + 1, 1)


def _moved(day: date, months: int) -> date:
    """So many months earlier, or the last day of that month if it is shorter."""
    number = _number(day) - months
    end = _first_of(number + 1) - _DAY
    return end.replace(day=min(day.day, end.day))
