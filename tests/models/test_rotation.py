"""Which backups stay, whatever days the shop was open."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.clock import SHOP_ZONE
from models.office import rotation
from models.office.rotation import DAYS, MONTHS, WEEKS

_FIRST = datetime(2026, 1, 1, tzinfo=SHOP_ZONE)
_MOMENTS = st.integers(0, 4 * 366 * 1440).map(lambda n: _FIRST + timedelta(minutes=n))
_MANY = st.sets(_MOMENTS, max_size=120)


def _periods(made: set[datetime]) -> tuple[set[Any], set[Any], set[Any]]:
    return (
        {at.date() for at in made},
        {at.isocalendar()[:2] for at in made},
        {(at.year, at.month) for at in made},
    )


@given(_MANY)
def test_no_more_stay_than_was_promised_and_the_newest_always_does(
    made: set[datetime],
) -> None:
    stay = rotation.kept(made)
    assert stay <= made
    assert len(stay) <= DAYS + WEEKS + MONTHS
    if made:
        assert max(made) in stay


@given(_MANY)
def test_the_last_days_weeks_and_months_each_have_their_last_one(
    made: set[datetime],
) -> None:
    stay = rotation.kept(made)
    for had, has, count in zip(
        _periods(made), _periods(stay), (DAYS, WEEKS, MONTHS), strict=True
    ):
        assert sorted(had)[-count:] == sorted(has & had)[-count:]
    for at in stay:
        later_that_day = {one for one in made if one.date() == at.date() and one > at}
        assert not later_that_day


@given(_MANY)
def test_it_does_not_matter_how_often_it_is_tidied(made: set[datetime]) -> None:
    """After each new one or once at the end: the same ones stay."""
    now: set[datetime] = set()
    for at in sorted(made):
        now = rotation.kept({*now, at})
    assert now == rotation.kept(made)
    assert rotation.kept(now) == now


def test_a_year_of_hourly_backups_leaves_these() -> None:
    first = datetime(2026, 1, 1, 9, tzinfo=SHOP_ZONE)
    made = {first + timedelta(hours=n) for n in range(24 * 365)}
    days = sorted(at.date().isoformat() for at in rotation.kept(made))
    assert days[-7:] == [f"2026-12-{d}" for d in (26, 27, 28, 29, 30, 31)] + [
        "2027-01-01"
    ]
    assert "2026-02-28" in days
    assert "2026-01-31" not in days  # the thirteenth month
    assert len(days) == 7 + 6 + 10
