"""The till at the evening of a day."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

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


@pytest.fixture(scope="session")
def kept_evening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the folder of the shop is kept as the first such evening left it."""
    return tmp_path_factory.mktemp("evening") / "shop"


@pytest.fixture
def evening(
    request: pytest.FixtureRequest,
    wall: Clock,
    start: Callable[[], Cashier],
    tmp_path: Path,
    kept_evening: Path,
) -> Cashier:
    """One shift was sold, counted right and handed over; the manager is at the till."""
    if kept_evening.exists():
        shutil.copytree(kept_evening, tmp_path / "shop")
    else:
        _lives_through_the_day(request.getfixturevalue("till"), wall)
        shutil.copytree(tmp_path / "shop", kept_evening)
    wall.shows(19)
    till = start()
    take_over(till, MANAGER, MANAGER_PIN)
    return till


def _lives_through_the_day(till: Cashier, wall: Clock) -> None:
    sells(till)
    wall.shows(18)
    stops_and_counts(till, _100=2, _50=1, _20=1, _5=1, _1=3)
    hands_over_to(till, MANAGER, MANAGER_PIN)
    till.leaves()
