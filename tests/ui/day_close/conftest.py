"""The till at the evening of a day."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models import clock
from tests.cashier import Cashier
from tests.colleagues import CASHIER_PIN, MANAGER_PIN, take_on, take_over
from tests.ui.day_close.evening import (
    CHEN_PIN,
    MANAGER,
    MIAOMIAO,
    ZHOU_PIN,
    Clock,
    hands_over_to,
    sells,
    stops_and_counts,
)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(clock, "now", made)
    return made


@pytest.fixture
def till(wall: Clock, start: Callable[[], Cashier]) -> Cashier:
    """A manager, two cashiers and a reconciler; 何苗苗 sells with 200.00 of float."""
    del wall
    till = start()
    take_on(
        till,
        ("何苗苗", "cashier", CASHIER_PIN),
        ("陈舟", "cashier", CHEN_PIN),
        ("周会计", "reconciler", ZHOU_PIN),
    )
    take_over(till, MIAOMIAO, CASHIER_PIN)
    return till


@pytest.fixture
def evening(till: Cashier, wall: Clock) -> Cashier:
    """One shift was sold, counted right and handed over; the manager is at the till."""
    sells(till)
    wall.shows(18)
    stops_and_counts(till, _100=2, _50=1, _20=1, _5=1, _1=3)
    hands_over_to(till, MANAGER, MANAGER_PIN)
    take_over(till, MANAGER, MANAGER_PIN)
    return till
