"""The list of all goods, on sale or not, as the goods page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.goods import searching
from models.goods.tiles import JOINS, ON_HAND
from models.money import Money
from models.quantity import Quantity, Unit

MOST_ROWS = 1000  # nobody reads on; more are found by search


@dataclass(frozen=True, slots=True)
class ListedProduct:
    id: int
    sku: str
    name: str
    name_en: str
    county: str  # empty: 非帮扶 or a gift box
    county_en: str
    category: str
    category_en: str
    price: Money | None  # per piece or kilogram
    on_hand: Quantity  # of a gift box: as many as its parts still make
    is_bundle: bool
    is_active: bool
    rank: tuple[int, int] = (0, 0)  # of what was searched: match, and how it sells

    def stands_by_hand_with(self, other: ListedProduct) -> bool:
        """Whether nothing but the order by hand says which of the two comes first."""
        return self.is_active and other.is_active and self.rank == other.rank


def list_products(
    session: Session, outlet_id: int, words: str = ""
) -> list[ListedProduct]:
    """The goods that match the words, at most MOST_ROWS; those not sold come last."""
    found = searching.parameters(words, most=MOST_ROWS, with_not_sold=True)
    parameters = {"most": MOST_ROWS} | found | {"outlet": outlet_id}
    statement = _FOUND if found else _ALL
    return [
        ListedProduct(
            id=row.id,
            sku=row.sku,
            name=row.name,
            name_en=row.name_en,
            county=row.county or "",
            county_en=row.county_en or "",
            category=row.category,
            category_en=row.category_en,
            price=None if row.price_fen is None else Money(row.price_fen),
            on_hand=Quantity(row.on_hand, Unit(row.unit)),
            is_bundle=bool(row.is_bundle),
            is_active=bool(row.is_active),
            rank=(row.rank, row.receipts),
        )
        for row in session.execute(text(statement), parameters)
    ]


# only constants of models.goods are put together
_COLUMNS = f"""p.id, p.sku, p.name, p.name_en, r.county, r.county_en,
  c.name AS category, c.name_en AS category_en, p.price_fen, p.unit,
  {ON_HAND} AS on_hand, p.is_bundle, p.is_active"""
_JOINS = f"{JOINS} JOIN category c ON c.id = p.category_id"
_ALL = f"""SELECT {_COLUMNS}, 0 AS rank, 0 AS receipts FROM product p {_JOINS}
  ORDER BY p.is_active DESC, p.position LIMIT :most"""  # noqa: S608  # names of our own
_FOUND = f"""{searching.FOUND}
  SELECT {_COLUMNS}, f.rank, f.receipts
  FROM found f CROSS JOIN product p ON p.id = f.id {_JOINS}
  ORDER BY {searching.BEST_FIRST}"""  # noqa: S608  # names of our own


def list_skus(session: Session) -> set[str]:
    return set(session.scalars(text("SELECT sku FROM product")))


def find_name(session: Session, sku: str) -> str | None:
    """What the goods with this SKU are called; None if there are none."""
    found: str | None = session.scalar(
        text("SELECT name FROM product WHERE sku = :sku"), {"sku": sku}
    )
    return found
