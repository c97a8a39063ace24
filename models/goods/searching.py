"""Which goods a search finds, and in which order: SQL over the index of terms."""

from __future__ import annotations

from models.goods.search_index import END, NOT_SOLD, ON_SALE, PLACE
from models.goods.search_terms import query_for


def _rows(query: str, where: str) -> str:
    """Rows of the index as product and rank; of equal places, beginnings rank first."""
    later = 0 if query == ":beginning" else 1
    return f"""SELECT rowid % {PLACE}, rowid / {PLACE} * 2 + {later}
    FROM product_search WHERE product_search MATCH {query} AND {where}"""  # noqa: S608  # constants


# All that sells and matches is ranked by how much it sells; of the rest as much as is
# shown is read, in the order of the index.
_SELLS = f"rowid < {ON_SALE}"
_REST = f"rowid >= {ON_SALE} AND rowid < :end ORDER BY rowid LIMIT :most"

# A common table of the best: found (id, rank, receipts).
FOUND = f"""WITH hit (id, rank) AS (
    {_rows(":beginning", _SELLS)} UNION ALL {_rows(":matching", _SELLS)}
    UNION ALL SELECT * FROM ({_rows(":beginning", _REST)})
    UNION ALL SELECT * FROM ({_rows(":matching", _REST)})),
  found (id, rank, receipts) AS MATERIALIZED (
    SELECT id, min(rank), COALESCE(s.receipts, 0) FROM hit
    LEFT JOIN product_sold s ON s.product_id = id
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
