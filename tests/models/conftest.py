"""Who stands in the shop, for tests of what a cashier may do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.people import pins
from tests.models.test_pins import KEYS, MANAGER_PIN
from tests.shop import AT, Shop


@pytest.fixture
def cashier(shop: Shop) -> Shop:
    """The shop as the cashier 陈舟 stands in it; the manager 林晓 has a PIN."""
    with shop.database.write() as session:
        pins.set_pin(session, KEYS, shop.staff_id, MANAGER_PIN, at=AT)
    return replace(shop, staff_id=2)
