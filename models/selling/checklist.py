"""What is still to be settled before a shift closes; told, and never in the way."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.money import Money
from models.selling import baskets, prints, shifts
from models.selling.baskets import SavedBasket
from models.selling.shift_record import Left, LeftKind


def list_left(session: Session, till_id: int, shift_id: int) -> tuple[Left, ...]:
    """Only what there is as this shift is to close, each with its number.

    None of it keeps a shift from closing (DOMAIN.md 3, pains 10 and 12): baskets and
    papers stay for the next shift, and the Z tells what money was taken for no sale.
    """
    parked = baskets.list_parked(session, till_id)
    open_now = baskets.find_open(session, till_id)
    if open_now is not None and open_now.is_training:
        open_now = None  # of no customer
    half_paid = [one for one in [*parked, open_now] if one is not None and one.tenders]
    is_unpaid = open_now is not None and not open_now.tenders
    awaiting = [x for x in shifts.list_awaiting(session, till_id) if x.id != shift_id]
    left = (
        Left(LeftKind.PARKED, len(parked), Money.sum(one.cart.total for one in parked)),
        Left(LeftKind.HALF_PAID, len(half_paid), Money.sum(map(_taken, half_paid))),
        Left(LeftKind.BASKET, int(is_unpaid)),
        Left(LeftKind.PRINTS, prints.count_waiting(session)),
        Left(LeftKind.AWAITING, len(awaiting)),
    )
    return tuple(one for one in left if one.n)


def _taken(basket: SavedBasket) -> Money:
    return Money.sum(tender.net for tender in basket.tenders)
