"""What sells: receipts per product over the last weeks, for ranking."""

from __future__ import annotations

import json
from datetime import date, timedelta

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.database import STRICT, Base
from models.goods import search_index

DAYS = 30  # that count
MOST = 300  # products that are ranked: as many as there are tiles


class ProductSold(Base):
    """On how many receipts a product stood lately; counted anew in idle time."""

    __tablename__ = "product_sold"
    __table_args__ = STRICT

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    receipts: Mapped[int]


def count(session: Session, day: date) -> dict[int, int]:
    """Receipts by product over the DAYS up to ``day``, for those that sell most."""
    since = clock.day_number(day - timedelta(days=DAYS))
    found = session.execute(_COUNT, {"since": since, "most": MOST})
    return {row.product_id: row.receipts for row in found}


def store(session: Session, receipts: dict[int, int]) -> bool:
    """Rank by these counts from now on; whether that changes anything.

    Products that begin or cease to sell are due for the index afterwards.
    """
    before = {row.product_id: row.receipts for row in session.execute(_COUNTED)}
    if receipts == before:
        return False
    session.execute(_FORGET)
    session.execute(_STORE, {"receipts": json.dumps(list(receipts.items()))})
    search_index.put_many(session, before.keys() ^ receipts.keys())
    return True


# What the cashier keyed in: a gift box as itself, not as its parts.
_COUNT = text("""SELECT product_id, count(*) AS receipts FROM (
    SELECT l.sale_id, l.product_id FROM sale s JOIN sale_line l ON l.sale_id = s.id
    WHERE s.business_date > :since AND s.kind = 'sale' AND s.series = 'A'
      AND l.part_no = 0
    UNION
    SELECT b.sale_id, b.product_id FROM sale s JOIN sale_bundle b ON b.sale_id = s.id
    WHERE s.business_date > :since AND s.kind = 'sale' AND s.series = 'A')
  GROUP BY product_id ORDER BY receipts DESC, product_id LIMIT :most""")
_COUNTED = text("SELECT product_id, receipts FROM product_sold")
_FORGET = text("DELETE FROM product_sold")
_STORE = text("""INSERT INTO product_sold
  SELECT value ->> 0, value ->> 1 FROM json_each(:receipts)""")
