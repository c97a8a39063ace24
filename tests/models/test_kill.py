"""kill -9 in the middle of selling: no sale that was told of is ever lost."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterable

from sqlalchemy import text

from models import schema
from models.selling import baskets
from tests import children, invariants
from tests.children import Child, needs_posix
from tests.shop import Shop

KILLS = int(os.environ.get("KILLS", "50"))
GOODS = [
    {"SAUCE": 1},
    {"BOX": 1, "WALNUT": 777},
    {"HONEY": 2, "BAG": 1, "WALNUT": 333, "POMELO": 1},
]


@needs_posix
def test_a_killed_till_loses_no_sale_that_it_told_of(shop: Shop) -> None:
    """TRUST.md 7, row 1. The file lives on from one kill to the next."""
    shop.database.close()
    chance = random.Random(KILLS)  # noqa: S311  # repeatable, not secret
    told: list[str] = []
    for _ in range(KILLS):
        child = Child(children.sell_until_killed, children.packed(shop), GOODS)
        told += _numbers(child.next() for _ in range(chance.randint(1, 5)))
        time.sleep(chance.uniform(0, 0.015))  # somewhere in its next sale or two
        told += _numbers(child.kill())
        _check(shop, told)
    assert len(told) > KILLS


def _numbers(told: Iterable[str]) -> list[str]:
    return [one for one in told if one != "ready"]


def _check(shop: Shop, told: list[str]) -> None:
    """All that was told is there; at most one more was stored than was told."""
    opened = schema.open_shop(shop.database.path)
    with opened.read() as session:
        stored = list(session.scalars(text("SELECT number FROM sale ORDER BY seq")))
        left = baskets.find_open(session, 1)
    assert stored[: len(told)] == told
    assert len(stored) - len(told) <= 1
    told.extend(stored[len(told) :])
    assert left is None or left.cart.lines
    invariants.check(opened)
    opened.close()
