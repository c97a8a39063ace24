"""The shop's time: UTC inside, UTC+8 at the edge, days that end at four at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import clock

INSTANTS = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001  # Hypothesis adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001  # the point is that it has no zone
    timezones=st.just(UTC),
)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-24T19:59:59+00:00", "2026-11-24"),  # 03:59:59 of the 25th
        ("2026-11-24T20:00:00+00:00", "2026-11-25"),  # 04:00
        ("2026-11-24T16:00:00+00:00", "2026-11-24"),  # midnight
        ("2026-11-24T02:00:00+00:00", "2026-11-24"),
        ("2027-01-01T03:30:00+08:00", "2026-12-31"),
        ("2028-03-01T01:00:00+08:00", "2028-02-29"),
        ("2026-11-24T12:00:00-12:00", "2026-11-25"),  # 08:00 in the shop
    ],
)
def test_the_business_date_changes_at_four(at: str, day: str) -> None:
    assert clock.business_date(datetime.fromisoformat(at)) == date.fromisoformat(day)


def test_another_cut_off_can_be_chosen() -> None:
    at = datetime(2026, 11, 24, 21, 15, tzinfo=UTC)  # 05:15 of the 25th
    assert clock.business_date(at, time(5, 30)) == date(2026, 11, 24)
    assert clock.business_date(at, time(5, 15)) == date(2026, 11, 25)
    assert clock.business_date(at, time(0, 0)) == date(2026, 11, 25)


def test_the_shop_is_at_utc_plus_eight_whatever_the_zone_of_the_machine() -> None:
    tokyo = timezone(timedelta(hours=9))
    at = datetime(2026, 11, 24, 10, 0, tzinfo=tokyo)
    assert clock.local(at).isoformat() == "2026-11-24T09:00:00+08:00"


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


@given(INSTANTS)
def test_an_instant_is_stored_to_the_millisecond(at: datetime) -> None:
    back = clock.from_milliseconds(clock.milliseconds(at))
    assert timedelta(0) <= at - back < timedelta(milliseconds=1)
    assert clock.milliseconds(back) == clock.milliseconds(at)
    assert clock.milliseconds(clock.local(at)) == clock.milliseconds(at)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError):
        clock.milliseconds(datetime(2026, 11, 24, 10, 0))  # noqa: DTZ001  # the point


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.dates())
def test_a_date_is_a_number_that_sorts_alike(one: date, other: date) -> None:
    assert clock.from_day_number(clock.day_number(one)) == one
    assert (clock.day_number(one) < clock.day_number(other)) == (one < other)


def test_a_date_is_readable_in_the_file() -> None:
    assert clock.day_number(date(2026, 11, 24)) == 20261124


@pytest.mark.parametrize("number", [0, 20261301, 20260230, 20260100, -1])
def test_a_number_that_is_no_date_is_refused(number: int) -> None:
    with pytest.raises(ValueError):
        clock.from_day_number(number)


# --- is the machine's clock right? ------------------------------------------------

LAST = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "is_trouble", "is_back", "is_far"),
    [
        (0, False, False, False),
        (-2, False, False, False),
        (-2.001, True, True, False),
        (-600, True, True, False),
        (-600.001, True, True, True),
        (-86_400 * 365, True, True, True),
        (86_400, False, False, False),
        (86_400.001, True, False, True),
        (86_400 * 365, True, False, True),
    ],
)
def test_a_clock_that_does_not_fit_the_last_record_is_noticed(
    seconds: float, *, is_trouble: bool, is_back: bool, is_far: bool
) -> None:
    """TRUST.md A4."""
    now = LAST + timedelta(seconds=seconds)
    trouble = clock.check(now, LAST)
    assert (trouble is not None) == is_trouble
    if trouble is not None:
        assert (trouble.now, trouble.last) == (now, LAST)
        assert (trouble.is_back, trouble.is_far) == (is_back, is_far)
