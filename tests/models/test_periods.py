"""Periods: months, quarters and years up to a day, and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from models.office import periods
from models.office.periods import Against, Period


def _period(text: str) -> Period:
    first, last = text.split(" ")
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2026-11-01 2026-11-24", "2026-10-01 2026-10-24"),  # a month up to a day
        ("2026-03-01 2026-03-30", "2026-02-01 2026-02-28"),  # there is no 30th
        ("2026-02-01 2026-02-28", "2026-01-01 2026-01-31"),  # whole months
        ("2026-10-01 2026-12-31", "2026-07-01 2026-09-30"),  # a whole quarter
        ("2026-10-01 2026-11-30", "2026-07-01 2026-08-31"),  # up to a month's end
        ("2026-10-01 2026-11-24", "2026-07-01 2026-08-24"),  # a quarter up to a day
        ("2026-01-01 2026-11-24", "2025-01-01 2025-11-24"),  # a year up to a day
        ("2026-01-01 2026-12-31", "2025-01-01 2025-12-31"),
        ("2026-11-01 2027-02-10", "2026-07-01 2026-10-10"),  # months of no quarter
        ("2026-11-16 2026-11-22", "2026-11-09 2026-11-15"),  # a week
        ("2026-11-24 2026-11-24", "2026-11-23 2026-11-23"),
    ],
)
def test_the_period_before_has_the_same_length(period: str, before: str) -> None:
    assert _period(period).compared(Against.BEFORE) == _period(before)


@pytest.mark.parametrize(
    ("period", "a_year_before"),
    [
        ("2026-11-01 2026-11-24", "2025-11-01 2025-11-24"),
        ("2028-02-29 2028-02-29", "2027-02-28 2027-02-28"),
        ("2025-02-01 2025-02-28", "2024-02-01 2024-02-29"),  # the whole of February
    ],
)
def test_the_year_before_has_the_same_months(period: str, a_year_before: str) -> None:
    assert _period(period).compared(Against.LAST_YEAR) == _period(a_year_before)


def test_what_is_asked_for_most_has_a_name() -> None:
    day = date(2026, 11, 24)
    assert periods.month_of(day) == _period("2026-11-01 2026-11-24")
    assert periods.month_before(day) == _period("2026-10-01 2026-10-31")
    assert periods.quarter_of(day) == _period("2026-10-01 2026-11-24")
    assert periods.year_of(day) == _period("2026-01-01 2026-11-24")


def test_a_period_that_ends_before_it_begins_is_none() -> None:
    with pytest.raises(ValueError):
        Period(date(2026, 11, 24), date(2026, 11, 23))


_DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
_CALENDAR = (periods.month_of, periods.quarter_of, periods.year_of)


@given(first=_DAYS, length=st.integers(0, 1100))
def test_the_months_of_a_period_cover_each_of_its_days_once(
    first: date, length: int
) -> None:
    period = Period(first, first + timedelta(days=length))
    months = list(period.whole_months())
    assert len(months) == period.months
    assert sum(month.days for month in months) == period.days
    assert (months[0].first, months[-1].last) == (period.first, period.last)


@given(day=_DAYS, calendar=st.sampled_from(_CALENDAR))
@example(
    day=date(2026, 5, 30), calendar=periods.quarter_of
)  # up to the whole of February
def test_before_and_after_lead_back_to_a_month_a_quarter_or_a_year(
    day: date, calendar: Callable[[date], Period]
) -> None:
    """But for days that a shorter month has not."""
    period = calendar(day)
    back = period.before().after()
    assert back.first == period.first
    assert abs(period.last - back.last) <= timedelta(days=3)


@given(first=_DAYS, length=st.integers(0, 400))
def test_before_and_after_lead_back_to_the_same_days(first: date, length: int) -> None:
    """Of a period that is counted in days: it does not begin with a month."""
    period = Period(first, first + timedelta(days=length))
    assume(1 not in (first.day, period.before().first.day))
    assert period.before().after() == period
