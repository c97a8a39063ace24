"""The order by hand in which goods are listed and stand on the selling screen."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.goods.catalog import Product


def move(session: Session, product_id: int, *, earlier: bool) -> bool:
    """Let the product change places with its neighbour; whether it has one there.

    What is on sale and what is not are ordered apart, as they are listed.
    """
    product = session.get_one(Product, product_id)
    place = Product.position
    neighbour = session.scalar(
        select(Product)
        .where(Product.is_active == product.is_active)
        .where(place < product.position if earlier else place > product.position)
        .order_by(place.desc() if earlier else place)
        .limit(1)
    )
    if neighbour is None:
        return False
    product.position, neighbour.position = neighbour.position, product.position
    session.flush()
    return True
