"""Baskets on disk: the open one survives a crash, parked ones wait (挂单/取单)."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    bindparam,
    delete,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.cart import Bill, Cart, CartLine, Item, Tender
from models.database import STRICT, Base, Kind, table_of
from models.discounts import Deal, Discount
from models.errors import BasketGone
from models.kinds import BuyerKind, DiscountKind, Method, PriceReason
from models.money import Money
from models.quantity import Unit
from models.settings import IS_TRAINING


class BasketState(StrEnum):
    OPEN = "open"
    PARKED = "parked"
    PAID = "paid"


class Basket(Base):
    """One basket with its tenders so far, as JSON; its UUID becomes the sale's."""

    __tablename__ = "basket"
    __table_args__ = (
        Index(
            "ux_basket_one_open",
            "till_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
        ),
        Index("ix_basket_parked", "till_id", sqlite_where=text("state = 'parked'")),
        CheckConstraint(
            "state IN ('open', 'parked', 'paid')",
            name="ck_basket_state",
        ),
        STRICT,
    )

    uuid: Mapped[str] = mapped_column(primary_key=True)
    till_id: Mapped[int] = mapped_column(ForeignKey("till.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[BasketState] = mapped_column(Kind(BasketState))
    content: Mapped[str]
    changed_at: Mapped[datetime]
    is_training: Mapped[bool] = mapped_column(server_default=text("0"))


@dataclass(frozen=True, slots=True)
class SavedBasket:
    """A basket as it was left; ``was_paying`` if the payment panel was open."""

    cart: Cart
    tenders: tuple[Tender, ...]
    was_paying: bool
    changed_at: datetime
    is_training: bool = False  # as it is stored; ``save_open`` asks the file itself


def save_open(
    session: Session,
    till_id: int,
    staff_id: int,
    basket: SavedBasket,
) -> None:
    """Keep the open basket as it is now; an empty one leaves no row behind.

    A basket that was paid or parked meanwhile is not opened again. What is begun while
    the till is in training is marked for good: it is never sold for real.
    """
    cart = basket.cart
    if not cart.lines:
        session.execute(_FORGET, {"gone": cart.uuid})
        return
    values = {
        "uuid": cart.uuid,
        "till_id": till_id,
        "staff_id": staff_id,
        "state": BasketState.OPEN,
        "content": _to_json(basket),
        "changed_at": basket.changed_at,
    }
    session.execute(_SAVE, values)


_basket = table_of(Basket)
_new = insert(_basket).values(is_training=IS_TRAINING)
_SAVE = _new.on_conflict_do_update(
    index_elements=[_basket.c.uuid],
    set_={"content": _new.excluded.content, "changed_at": _new.excluded.changed_at},
    where=_basket.c.state == BasketState.OPEN,
)
_FORGET = delete(_basket).where(
    _basket.c.uuid == bindparam("gone"), _basket.c.state == BasketState.OPEN
)


def find_open(session: Session, till_id: int) -> SavedBasket | None:
    """The basket that was open when the till stopped."""
    found = session.scalar(
        select(Basket).where(
            Basket.till_id == till_id, Basket.state == BasketState.OPEN
        )
    )
    return _from_row(found) if found is not None else None


def forget_open(session: Session, till_id: int) -> None:
    """As if nothing had been scanned: of a basket that was only practised."""
    session.execute(
        delete(Basket).where(
            Basket.till_id == till_id,
            Basket.state == BasketState.OPEN,
            Basket.is_training,
        )
    )


def park(session: Session, cart: Cart) -> None:
    """Put the open basket aside. Raises BasketGone."""
    _leave(session, cart.uuid, BasketState.OPEN, BasketState.PARKED)


def resume(session: Session, uuid: str) -> SavedBasket:
    """Open a parked basket again. Raises BasketGone if someone else did.

    In training none of a real customer, and the other way round.
    """
    _leave(session, uuid, BasketState.PARKED, BasketState.OPEN)
    return _from_row(session.get_one(Basket, uuid))


def list_parked(
    session: Session, till_id: int, *, is_training: bool = False
) -> list[SavedBasket]:
    """The oldest first: the customer who has waited longest.

    Those of real customers, or those that were parked in training.
    """
    found = session.scalars(
        select(Basket)
        .where(
            Basket.till_id == till_id,
            Basket.state == BasketState.PARKED,
            Basket.is_training == is_training,
        )
        .order_by(Basket.changed_at)
    )
    return [_from_row(basket) for basket in found]


# Takes the open basket out of play; no row if it is not open (any more).
MARK_PAID = (
    update(_basket)
    .where(_basket.c.uuid == bindparam("paid"), _basket.c.state == BasketState.OPEN)
    .values(state=BasketState.PAID, content="")
)


def _leave(session: Session, uuid: str, old: BasketState, new: BasketState) -> None:
    changed = session.connection().execute(
        update(Basket)
        .where(
            Basket.uuid == uuid,
            Basket.state == old,
            Basket.is_training == IS_TRAINING,
        )
        .values(state=new)
    )
    if changed.rowcount != 1:
        raise BasketGone


# --- JSON ---------------------------------------------------------------------


def _to_json(basket: SavedBasket) -> str:
    """Values as plain numbers and words; ``_from_row`` reads them back."""
    cart = basket.cart
    content: dict[str, Any] = {
        "lines": [_line_content(line) for line in cart.lines],
        "buyer_kind": cart.buyer_kind,
        "tenders": [_fields(tender) for tender in basket.tenders],
        "was_paying": basket.was_paying,
    }
    if cart.discount is not None:
        content["discount"] = _fields(cart.discount)
    if cart.deals:
        content["deals"] = [_fields(deal) for deal in cart.deals]
    return json.dumps(content, default=_fen, ensure_ascii=False, separators=(",", ":"))


def _line_content(line: CartLine) -> dict[str, Any]:
    """What no line had before version 5 is left out where there is none."""
    content: dict[str, Any] = {
        "item": _fields(line.item),
        "count": line.count,
        "fixed": None if line.fixed_total is None else line.fixed_total.fen,
    }
    if line.price_before is not None:
        content["price_before"] = line.price_before.fen
        content["price_note"] = line.price_note
    if line.discount is not None:
        content["discount"] = _fields(line.discount)
    return content


def _fields(value: Item | Tender | Discount | Deal) -> dict[str, Any]:
    """As asdict(), without its deep copy: a basket is saved after every scan."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _fen(value: Money) -> int:
    return value.fen


def _from_row(row: Basket) -> SavedBasket:
    content = json.loads(row.content)
    kind = content["buyer_kind"]
    cart = Cart(
        row.uuid,
        tuple(_line(line) for line in content["lines"]),
        BuyerKind(kind) if kind else None,
        _discount(content.get("discount")),
        tuple(_deal(deal) for deal in content.get("deals", ())),
    )
    tenders = tuple(_tender(tender) for tender in content["tenders"])
    return SavedBasket(
        cart, tenders, content["was_paying"], row.changed_at, row.is_training
    )


def _line(stored: dict[str, Any]) -> CartLine:
    item = stored["item"]
    values = {
        "unit": Unit(item["unit"]),
        "list_price": Money(item["list_price"]),
        "price": Money(item["price"]),
        "reason": PriceReason(item["reason"]),
    }
    return CartLine(
        Item(**(item | values)),
        stored["count"],
        _money(stored["fixed"]),
        _money(stored.get("price_before")),
        stored.get("price_note", ""),
        _discount(stored.get("discount")),
    )


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)


def _discount(stored: dict[str, Any] | None) -> Discount | None:
    if stored is None:
        return None
    values = {
        "kind": DiscountKind(stored["kind"]),
        "amount": Money(stored["amount"]),
    }
    return Discount(**(stored | values))


def _deal(stored: dict[str, Any]) -> Deal:
    shares = tuple((index, Money(fen)) for index, fen in stored["shares"])
    return Deal(stored["promotion_id"], stored["name"], shares)


def _tender(stored: dict[str, Any]) -> Tender:
    values = {
        "method": Method(stored["method"]),
        "tendered": Money(stored["tendered"]),
        "change": Money(stored["change"]),
    }
    return Tender(**(stored | values))


def bill_of(basket: SavedBasket, bill: Bill) -> Bill:
    """``bill`` with the stored tenders taken again, in their order."""
    for tender in basket.tenders:
        bill = take_again(bill, tender)
    return bill


def take_again(bill: Bill, tender: Tender) -> Bill:
    """``bill`` with the tender as if it were handed over now; raises as it would."""
    if tender.method is Method.CASH:
        return bill.take_cash(tender.tendered)
    if tender.method is Method.EXCHANGE:
        return bill.take_exchange(tender.tendered)
    assert tender.account_id is not None
    return bill.take_phone(
        tender.method, tender.tendered, tender.account_id, tender.reference
    )
