"""The history of list prices: every change, when it was made and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind, table_of
from models.ids import new_uuid
from models.money import Money


class PriceSource(StrEnum):
    """Where a new price came from."""

    FORM = "form"
    IMPORT = "import"


class PriceChange(Base):
    """One change of a list price; kept for good."""

    __tablename__ = "price_change"
    __table_args__ = (
        CheckConstraint("source IN ('form', 'import')", name="ck_price_change_source"),
        Index("ix_price_change_product", "product_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    old: Mapped[Money | None] = mapped_column("old_fen")  # None: it had no price
    new: Mapped[Money | None] = mapped_column("new_fen")
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    source: Mapped[PriceSource] = mapped_column(Kind(PriceSource))


@dataclass(frozen=True, slots=True)
class PriceRow:
    old: Money | None
    new: Money | None
    at: datetime
    source: PriceSource


@dataclass(frozen=True, slots=True)
class NewPrice:
    """What a product's list price was and is to be."""

    product_id: int
    old: Money | None
    new: Money | None


def record_many(
    session: Session,
    changes: Iterable[NewPrice],
    *,
    at: datetime,
    source: PriceSource,
    staff_id: int | None = None,
) -> None:
    """Write down changes of list prices; equal prices are no change."""
    rows = [
        {
            "uuid": new_uuid(),
            "product_id": one.product_id,
            "old": one.old,
            "new": one.new,
            "at": at,
            "staff_id": staff_id,
            "source": source,
        }
        for one in changes
        if one.old != one.new
    ]
    if rows:
        session.execute(insert(PriceChange), rows)


def record_selected(
    session: Session,
    changes: Select[tuple[str, int, int | None, int | None]],
    *,
    at: datetime,
    source: PriceSource,
    staff_id: int | None = None,
) -> None:
    """Write down all changes that a statement gives at once.

    It gives a UUID, a product's id, the old and the new price in fen.
    """
    columns = table_of(PriceChange).c
    shared = {columns.at: at, columns.staff_id: staff_id, columns.source: source}
    given = columns.uuid, columns.product_id, columns.old_fen, columns.new_fen
    values = [literal(value, column.type) for column, value in shared.items()]
    session.execute(
        insert(table_of(PriceChange)).from_select(
            [*given, *shared], select(*changes.subquery().c, *values)
        )
    )


def list_changes(
    session: Session, product_id: int, *, most: int = 20
) -> list[PriceRow]:
    """The newest first."""
    found = session.scalars(
        select(PriceChange)
        .where(PriceChange.product_id == product_id)
        .order_by(PriceChange.id.desc())
        .limit(most)
    )
    return [PriceRow(row.old, row.new, row.at, row.source) for row in found]
