"""Which goods a search finds, and in which order: SQL over the index of terms."""

from __future__ import annotations

from models.goods.search_index import END, NOT_SOLD, ON_SALE, PLACE
from models.goods.search_terms import query_for


def _selling(query: str) -> str:
    """All that sells and matches is looked at, for what sells most."""
    return f"""SELECT * FROM (
      SELECT product_search.rowid, {_rank(query)}, COALESCE(s.receipts, 0) AS receipts
      FROM product_search LEFT JOIN product_sold s
        ON s.product_id = product_search.rowid
      WHERE product_search MATCH {query} AND product_search.rowid < {ON_SALE}
      ORDER BY receipts DESC LIMIT :most)"""  # noqa: S608  # constants


def _rest(query: str) -> str:
    """As much as is shown, in the order of the index."""
    return f"""SELECT * FROM (
      SELECT rowid % {PLACE}, rowid / {PLACE} * 2 + {_rank(query)}, 0
      FROM product_search
      WHERE product_search MATCH {query} AND rowid >= {ON_SALE} AND rowid < :end
      ORDER BY rowid LIMIT :most)"""  # noqa: S608  # constants


def _rank(query: str) -> int:
    """Of equal places, what begins as it was typed comes first."""
    return 0 if query == ":beginning" else 1


# A common table of the best: found (id, rank, receipts).
FOUND = f"""WITH hit (id, rank, receipts) AS (
    {_selling(":beginning")} UNION ALL {_selling(":matching")}
    UNION ALL {_rest(":beginning")} UNION ALL {_rest(":matching")}),
  found (id, rank, receipts) AS MATERIALIZED (
    SELECT id, min(rank), receipts FROM hit
    GROUP BY id ORDER BY 2, 3 DESC, 1 LIMIT :most)"""  # noqa: S608  # constants
BEST_FIRST = "f.rank, f.receipts DESC, p.position"


def parameters(
    typed: str, *, most: int, with_not_sold: bool = False
) -> dict[str, str | int]:
    """The parameters of FOUND; empty if nothing was typed."""
    query = query_for(typed)
    if query is None:
        return {}
    return {
        "matching": query.matching,
        "beginning": query.beginning,
        "end": END if with_not_sold else NOT_SOLD,
        "most": most,
    }
