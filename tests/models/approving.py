"""The manager enters a PIN so that a cashier may act, for tests."""

from __future__ import annotations

from models.people import permits
from models.people.deeds import Deed, Where
from models.people.rights import Act
from tests.models.test_pins import KEYS, MANAGER_PIN
from tests.shop import AT, DAY, Shop


def approved(shop: Shop, deed: Deed) -> dict[Act, str]:
    """The manager lets whoever stands in the shop do this."""
    where = Where(shop.till_id, shop.staff_id, AT, DAY, shop.shift_id)
    uuid = permits.approve(shop.database, KEYS, where, deed, 1, MANAGER_PIN)
    return {deed.act: uuid}
