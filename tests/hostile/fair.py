"""A shop that was offered all the names which are made to harm."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.cart import Cart, counted
from models.errors import PosError
from models.goods import catalog, offers
from models.goods.drafts import ProductDraft
from models.money import Money
from models.quantity import Unit
from models.selling import sale_reading
from models.selling.sale_record import SaleRecord
from models.selling.sold import Sold
from tests import shop as shops
from tests.names import hostile
from tests.shop import AT, Shop

PROVE = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
NAMES = hostile(50_000 if PROVE else 1000)
PER_SALE = 30
STEERS = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # no cell, line or label may hold these


@dataclass(frozen=True)
class Fair:
    """A shop that was offered all the names."""

    shop: Shop
    refused: dict[str, PosError]  # by the name as it was typed
    stored: dict[str, str]  # the name as it was typed -> as it is kept
    ids: dict[str, int]  # by the name as it was typed
    sold: list[Sold]

    def goods(self) -> list[tuple[int, str]]:
        return [(self.ids[typed], name) for typed, name in self.stored.items()]

    def records(self) -> list[SaleRecord]:
        with self.shop.database.read() as session:
            return [sale_reading.get_record(session, one.sale_id) for one in self.sold]


def offer(session: Session, fair: Fair, number: int, name: str) -> None:
    draft = ProductDraft(
        f"N{number:05}", name, Unit.PIECE, price=Money(100 + number), spec="500g"
    )
    try:
        product_id = catalog.save_product(session, draft, at=AT)
    except PosError as error:
        fair.refused[name] = error
        products, *_others = count(session)  # nothing, not even for the same act
        assert products == len(shops.GOODS) + len(fair.ids), name
    else:
        fair.ids[name] = product_id
        fair.stored[name] = catalog.get_draft(session, product_id).name


_COUNT = text("""SELECT (SELECT count(*) FROM product),
  (SELECT count(*) FROM category), (SELECT count(*) FROM supplier)""")


def count(session: Session) -> tuple[int, ...]:
    return tuple(session.execute(_COUNT).one())


def sell_all(shop: Shop, ids: Sequence[int]) -> Iterator[Sold]:
    for first in range(0, len(ids), PER_SALE):
        yield shops.sell_basket(shop, basket_of(shop, ids[first : first + PER_SALE]))


def basket_of(shop: Shop, ids: Sequence[int]) -> Cart:
    stand, cart = shop.stand(), Cart()
    with shop.database.read() as session:
        for product_id in ids:
            item = offers.get_item(session, product_id, stand)
            cart, _row = cart.add(counted(item, 1))
    return cart


def steers(words: str) -> list[str]:
    return [hex(ord(one)) for one in words if unicodedata.category(one) in STEERS]


def packed(words: str) -> str:
    """Without blanks: where lines are broken, they go."""
    return "".join(words.split())
