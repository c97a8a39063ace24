"""Where the money of refunds is, for tests."""

from __future__ import annotations

from sqlalchemy import text

from models.database import Database
from models.kinds import Method
from models.money import Money
from tests.shop import Shop, record


def cash_taken(database: Database) -> Money:
    """The net of all cash of all shifts."""
    with database.read() as session:
        found = session.scalar(
            text("SELECT COALESCE(sum(net_fen), 0) FROM payment WHERE method = 'cash'")
        )
    return Money(found)


def payments(shop: Shop, sale_id: int) -> list[tuple[Method, int, str]]:
    """Method, net in fen and holder of each payment of a document."""
    return [
        (one.method, one.net.fen, one.holder) for one in record(shop, sale_id).payments
    ]
