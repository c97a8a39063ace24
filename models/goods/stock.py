"""Stock: movements that are only ever added, and what is on hand (one writer)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, insert, literal, select, text, true
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import STRICT, Base, Kind, table_of
from models.errors import WrongQuantity
from models.ids import new_uuid
from models.prepared import Prepared


class Reason(StrEnum):
    """Why goods moved."""

    OPENING = "opening"
    DELIVERY = "delivery"
    SALE = "sale"
    REFUND = "refund"  # 退货: back from a customer
    WASTE = "waste"  # 报损
    TASTING = "tasting"  # 试吃
    GIFT = "gift"  # 赠品
    RETURN = "return"  # 退供应商
    COUNT = "count"  # 盘点
    TRANSFER = "transfer"  # 调拨
    REPACK = "repack"  # 拆箱/组装


class Stock(Base):
    """On hand per outlet and product, in pieces or grams; written by ``move`` alone."""

    __tablename__ = "stock"
    __table_args__ = STRICT

    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    on_hand: Mapped[int]


class StockMovement(Base):
    __tablename__ = "stock_movement"
    __table_args__ = (
        Index(
            "ix_stock_movement_sale",
            "sale_id",
            sqlite_where=text("sale_id IS NOT NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    act: Mapped[str]  # movements of one act (a transfer, a repacking) share it
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    amount: Mapped[int]  # negative when goods go out
    reason: Mapped[Reason] = mapped_column(Kind(Reason))
    at: Mapped[datetime]
    business_date: Mapped[date]
    till_id: Mapped[int | None] = mapped_column(ForeignKey("till.id"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    sale_id: Mapped[int | None] = mapped_column(ForeignKey("sale.id"))
    note: Mapped[str]


@dataclass(frozen=True, slots=True)
class Act:
    """Who moves goods where, when and why; all movements of one act share it."""

    outlet_id: int
    reason: Reason
    at: datetime
    business_date: date
    till_id: int | None = None
    shift_id: int | None = None
    staff_id: int | None = None
    sale_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    product_id: int
    amount: int  # pieces or grams, as the product is sold
    outlet_id: int | None = None  # where, if not at the act's outlet


def move(session: Session, act: Act, moves: Sequence[Move]) -> None:
    """Store the movements and what is on hand after them: the only writer of Stock."""
    shared = {
        "act": new_uuid(),
        "reason": act.reason,
        "at": act.at,
        "business_date": act.business_date,
        "till_id": act.till_id,
        "shift_id": act.shift_id,
        "staff_id": act.staff_id,
        "sale_id": act.sale_id,
        "note": act.note,
    }
    _MOVEMENTS.many(
        session,
        [
            {
                **shared,
                "uuid": new_uuid(),
                "outlet_id": one.outlet_id or act.outlet_id,
                "product_id": one.product_id,
                "amount": one.amount,
            }
            for one in moves
        ],
    )
    _ADD_TO_ON_HAND.many(
        session,
        [
            {
                "outlet_id": one.outlet_id or act.outlet_id,
                "product_id": one.product_id,
                "on_hand": one.amount,
            }
            for one in moves
        ],
    )


def move_selected(
    session: Session, act: Act, goods: Select[tuple[str, int, int]]
) -> None:
    """As ``move`` at the act's outlet, for all that a statement gives at once.

    It gives a UUID, a product's id and an amount in each row; a product only once.
    """
    uuid, product, amount = goods.subquery().c
    shared = {
        _moved.act: new_uuid(),
        _moved.outlet_id: act.outlet_id,
        _moved.reason: act.reason,
        _moved.at: act.at,
        _moved.business_date: act.business_date,
        _moved.till_id: act.till_id,
        _moved.shift_id: act.shift_id,
        _moved.staff_id: act.staff_id,
        _moved.sale_id: act.sale_id,
        _moved.note: act.note,
    }
    values = [literal(value, column.type) for column, value in shared.items()]
    session.execute(
        _INSERT_MOVEMENTS.from_select(
            [_moved.uuid, _moved.product_id, _moved.amount, *shared],
            select(uuid, product, amount, *values),
        )
    )
    outlet = literal(act.outlet_id)
    session.execute(
        _new_stock.from_select(
            [_stock.outlet_id, _stock.product_id, _stock.on_hand],
            select(outlet, product, amount).where(true()),  # else ON is a join's
        ).on_conflict_do_update(**_ADDING)
    )


_moved = table_of(StockMovement).c
_INSERT_MOVEMENTS = insert(table_of(StockMovement))
_MOVEMENTS = Prepared(_INSERT_MOVEMENTS)
_stock = table_of(Stock).c
_new_stock = upsert(table_of(Stock))
_ADDING: dict[str, Any] = {
    "index_elements": [_stock.outlet_id, _stock.product_id],
    "set_": {"on_hand": _stock.on_hand + _new_stock.excluded.on_hand},
}
_ADD_TO_ON_HAND = Prepared(_new_stock.on_conflict_do_update(**_ADDING))


def receive_delivery(session: Session, act: Act, product_id: int, amount: int) -> None:
    """Goods come in. Raises WrongQuantity unless the amount is above zero."""
    if amount <= 0:
        raise WrongQuantity
    move(session, act, [Move(product_id, amount)])


def take_out(session: Session, act: Act, product_id: int, amount: int) -> None:
    """Goods go out without a sale: waste, tasting, gift or return to the supplier."""
    assert act.reason in {Reason.WASTE, Reason.TASTING, Reason.GIFT, Reason.RETURN}
    if amount <= 0:
        raise WrongQuantity
    move(session, act, [Move(product_id, -amount)])


def count(session: Session, act: Act, product_id: int, counted: int) -> int:
    """Set on hand to what was counted; returns the difference (counted − expected)."""
    assert act.reason is Reason.COUNT
    if counted < 0:
        raise WrongQuantity
    difference = counted - on_hand(session, act.outlet_id, product_id)
    move(session, act, [Move(product_id, difference)])
    return difference


def transfer(
    session: Session, act: Act, to_outlet_id: int, product_id: int, amount: int
) -> None:
    """Out of one outlet and into another, in one act."""
    assert act.reason is Reason.TRANSFER
    if amount <= 0 or to_outlet_id == act.outlet_id:
        raise WrongQuantity
    move(
        session,
        act,
        [Move(product_id, -amount), Move(product_id, amount, outlet_id=to_outlet_id)],
    )


def repack(session: Session, act: Act, taken: Move, made: Move) -> None:
    """拆箱/组装: so many of one product out and so many of another in, in one act.

    Both amounts are given above zero. Raises WrongQuantity otherwise.
    """
    assert act.reason is Reason.REPACK
    if taken.amount <= 0 or made.amount <= 0 or taken.product_id == made.product_id:
        raise WrongQuantity
    move(session, act, [Move(taken.product_id, -taken.amount), made])


def on_hand(session: Session, outlet_id: int, product_id: int) -> int:
    """Pieces or grams at one outlet; zero if nothing ever moved there."""
    found = session.scalar(
        select(Stock.on_hand).where(
            Stock.outlet_id == outlet_id, Stock.product_id == product_id
        )
    )
    return found or 0
