"""The index that search reads: one row of terms a product, written here alone.

A row's number is the product's place in every answer and its id: what sells first, then
what is on sale, then what is no longer sold. So an answer streams in the right order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base
from models.goods.search_terms import Goods, terms_of

PLACE = 1 << 32  # rows of one place; the lower bits are the product's id
ON_SALE, NOT_SOLD, END = PLACE, 2 * PLACE, 3 * PLACE
_AT_ONCE = 100  # products in one transaction: a sale that waits, waits for these


class SearchDue(Base):
    """A product whose row in the index is not up to date yet."""

    __tablename__ = "search_due"
    __table_args__ = STRICT

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)


def put(session: Session, product_id: int) -> None:
    """Let the product be found by what it is now."""
    _write(session, [product_id])
    session.execute(_NOT_DUE, {"id": product_id})


def put_many(session: Session, product_ids: Iterable[int]) -> None:
    """Let the products be found soon: ``catch_up`` does it, bit by bit.

    Terms take 0.1 ms a product, too long for one transaction over tens of thousands.
    """
    session.execute(_ADD_DUE, {"ids": json.dumps(list(product_ids))})


def put_ready(session: Session, terms: Mapping[int, str]) -> None:
    """Let products that are due be found by terms that were made before."""
    found = session.execute(_PLACES, {"ids": json.dumps(list(terms))})
    rows = [
        {"row": row.place * PLACE + row.id, "terms": terms[row.id]} for row in found
    ]
    _replace(session, list(terms), rows)
    session.execute(_NOT_DUE, [{"id": one} for one in terms])


def catch_up(session: Session) -> bool:
    """Index some of the products that are due; whether any are left.

    Call it in a transaction of its own until nothing is left.
    """
    due = list(session.scalars(_SOME_DUE, {"most": _AT_ONCE}))
    if due:
        _write(session, due)
        session.execute(_DONE, {"last": due[-1]})
    return len(due) == _AT_ONCE


def is_due(session: Session) -> bool:
    return session.scalar(_SOME_DUE, {"most": 1}) is not None


def _write(session: Session, product_ids: list[int]) -> None:
    rows = [
        {
            "row": row.place * PLACE + row.id,
            "terms": terms_of(
                Goods(
                    row.name,
                    row.name_en,
                    row.initials,
                    row.sku,
                    tuple((row.codes or "").split()),  # no barcode holds a blank
                )
            ),
        }
        for row in session.execute(_GOODS, {"ids": json.dumps(product_ids)})
    ]
    _replace(session, product_ids, rows)


def _replace(
    session: Session, product_ids: list[int], rows: list[dict[str, object]]
) -> None:
    old = [
        {"row": place + one} for one in product_ids for place in (0, ON_SALE, NOT_SOLD)
    ]
    session.execute(_REMOVE, old)
    session.execute(_INSERT, rows)


_PLACE = """CASE WHEN NOT p.is_active THEN 2
    WHEN EXISTS (SELECT 1 FROM product_sold s WHERE s.product_id = p.id) THEN 0
    ELSE 1 END AS place
  FROM product p WHERE p.id IN (SELECT value FROM json_each(:ids))"""
_PLACES = text(f"SELECT p.id, {_PLACE}")
_GOODS = text(f"""SELECT p.id, p.name, p.name_en, p.initials, p.sku,
  (SELECT group_concat(b.code, ' ') FROM barcode b WHERE b.product_id = p.id) AS codes,
  {_PLACE}""")  # noqa: S608  # constants
_REMOVE = text("DELETE FROM product_search WHERE rowid = :row")
_INSERT = text("INSERT INTO product_search (rowid, terms) VALUES (:row, :terms)")
_ADD_DUE = text(
    "INSERT OR IGNORE INTO search_due SELECT value FROM json_each(:ids) WHERE true"
)
_SOME_DUE = text("SELECT product_id FROM search_due ORDER BY product_id LIMIT :most")
_NOT_DUE = text("DELETE FROM search_due WHERE product_id = :id")
_DONE = text("DELETE FROM search_due WHERE product_id <= :last")
