"""Any order of everything that happens at a till: every identity holds after each."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.days.closing import Closing
from tests.days.correcting import Correcting
from tests.shop import Shop

LONG = settings.get_current_profile_name() == "prove"


class Day(Correcting, Closing):
    """Sell, take off, promote, void, refund, exchange, compensate, correct, practise,
    move cash, switch, seal, count, sign, split, accept, crash and reopen."""


@pytest.mark.no_cover
@pytest.mark.timeout(7200 if LONG else 600)
def test_every_identity_holds_whatever_happens(made_shop: Shop, tmp_path: Path) -> None:
    run_state_machine_as_test(
        partial(Day, made_shop, tmp_path),  # type: ignore[arg-type]  # makes one
        settings=settings(
            max_examples=300 if LONG else 8,
            stateful_step_count=80 if LONG else 50,
        ),
    )
