"""The order by hand, in which goods are listed and their tiles stand."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def move(session: Session, product_id: int, *, to_place_of: int) -> None:
    """Put the product where the other one stands; all between make room.

    The places stay those that were taken, so what is new still comes last.
    """
    places = {
        row.id: row.position
        for row in session.execute(_PLACES, {"one": product_id, "other": to_place_of})
    }
    here, there = places[product_id], places[to_place_of]
    session.execute(
        _MOVE,
        {
            "id": product_id,
            "there": there,
            "step": 1 if there <= here else -1,
            "first": min(here, there),
            "last": max(here, there),
        },
    )


_PLACES = text("SELECT id, position FROM product WHERE id IN (:one, :other)")
_MOVE = text("""UPDATE product
  SET position = CASE WHEN id = :id THEN :there ELSE position + :step END
  WHERE is_active IN (0, 1) AND position BETWEEN :first AND :last""")  # by the index
