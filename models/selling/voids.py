"""Voids before payment: a line or a basket goes, and the record keeps that it was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import settings
from models.cart import Cart
from models.ids import new_uuid
from models.money import Money
from models.people import permits
from models.people.acts import ActRecord, Outcome
from models.people.deeds import Deed, Where
from models.people.rights import Act
from models.selling import baskets
from models.selling.acting import acting
from models.selling.baskets import SavedBasket
from models.selling.seat import Seat

_VOIDS = (Act.VOID, Act.VOID_ABOVE_LIMIT)


def void_line(  # noqa: PLR0913  # what, by whom, when and why
    session: Session,
    cart: Cart,
    index: int,
    seat: Seat,
    *,
    at: datetime,
    reason: str = "",
    approval: str = "",
) -> Cart:
    """The basket without the line, kept as the open one.

    Raises NotPermitted, ReasonMissing, ShiftClosed.
    """
    where = acting(session, seat, at=at)
    deed = line_deed(session, cart, index, where, reason)
    return _void(session, where, deed, cart.remove(index), approval)


def void_basket(
    session: Session,
    cart: Cart,
    seat: Seat,
    *,
    at: datetime,
    reason: str = "",
    approval: str = "",
) -> Cart:
    """An empty basket instead of this one. Raises as ``void_line``."""
    where = acting(session, seat, at=at)
    deed = basket_deed(session, cart, where, reason)
    empty = Cart(cart.uuid)
    _void(session, where, deed, empty, approval)
    return Cart(new_uuid())


def line_deed(
    session: Session, cart: Cart, index: int, where: Where, reason: str = ""
) -> Deed:
    """What voiding the line would be on the record; an approval is asked for this."""
    line = cart.lines[index]
    return _deed(session, where, cart.uuid, line.total, (reason, line.item.name))


def basket_deed(session: Session, cart: Cart, where: Where, reason: str = "") -> Deed:
    """As ``line_deed``, for all of it."""
    names = ", ".join(line.item.name for line in cart.lines)
    return _deed(session, where, cart.uuid, cart.total, (reason, names))


def _deed(
    session: Session, where: Where, subject: str, amount: Money, words: tuple[str, str]
) -> Deed:
    chosen = settings.load(session)
    voided = session.scalar(
        select(func.count()).where(
            ActRecord.shift_id == where.shift_id,
            ActRecord.staff_id == where.staff_id,
            ActRecord.act.in_(_VOIDS),
            ActRecord.outcome != Outcome.REFUSED,
            ActRecord.is_training == where.is_training,
        )
    )
    is_much = amount > Money(chosen.void_limit_fen)
    is_often = (voided or 0) >= chosen.void_limit_count
    act = Act.VOID_ABOVE_LIMIT if is_much or is_often else Act.VOID
    return Deed(act, subject, amount, *words)


def _void(
    session: Session, where: Where, deed: Deed, rest: Cart, approval: str
) -> Cart:
    permits.require(session, where, deed, approval=approval)
    kept = SavedBasket(rest, (), was_paying=False, changed_at=where.at)
    baskets.save_open(session, where.till_id, where.staff_id, kept)
    return rest
