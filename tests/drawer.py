"""Closing a shift through the operations, as the screens will do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from models.money import Money
from models.people import staff
from models.people.deeds import Where
from models.people.roles import Role
from models.selling import cash, closing, counts, handover, shift_reading, shifts
from models.selling.cash import CashMove
from models.selling.denominations import CashCount, Denomination, Pieces
from models.selling.shift_record import (
    CashKind,
    CountRecord,
    Figures,
    Opening,
    ShiftRecord,
    Split,
)
from tests.shop import AT, DAY, Shop

T = TypeVar("T")
MANAGER, CASHIER = 1, 2  # 林晓 and 陈舟, as ``set_up`` adds them


def yuan(text: str) -> Money:
    """ "-12.50" as well, which nobody types."""
    return -Money.parse(text[1:]) if text.startswith("-") else Money.parse(text)


def notes(text: str) -> CashCount:
    """So many yuan in the largest notes and coins there are."""
    left, pieces = Money.parse(text).fen, []
    for one in Denomination:
        count, left = divmod(left, one.face.fen)
        pieces.append(Pieces(one, count))
    assert not left, text
    return CashCount(tuple(piece for piece in pieces if piece.whole))


def where(
    shop: Shop,
    staff_id: int = MANAGER,
    *,
    shift_id: int | None = None,
    at: datetime = AT,
) -> Where:
    return Where(shop.till_id, staff_id, at, DAY, shift_id or shop.shift_id)


def does(shop: Shop, operation: Callable[..., T], *given: Any, **named: Any) -> T:
    """One act of somebody is one transaction."""
    with shop.database.write() as session:
        return operation(session, *given, **named)


def hire(shop: Shop, name: str, role: Role) -> int:
    return does(shop, staff.add_staff, name, role)


def opens(shop: Shop, float_: str, *, by: int = MANAGER, at: datetime = AT) -> int:
    """接班: the float as it was counted."""
    return does(shop, shifts.open_shift, shop.till_id, by, yuan(float_), at=at)


def moves(
    shop: Shop,
    kind: CashKind,
    amount: str,
    reason: str = "缴款",
    *,
    by: int = MANAGER,
    shift_id: int | None = None,
) -> int:
    move = CashMove(kind, yuan(amount), reason)
    return does(shop, cash.move_cash, where(shop, by, shift_id=shift_id), move)


def seals(
    shop: Shop, shift_id: int | None = None, *, by: int = CASHIER, at: datetime = AT
) -> None:
    """停售."""
    shift_id = shift_id or shop.shift_id
    does(shop, closing.seal, where(shop, by, shift_id=shift_id, at=at), shift_id)


def counts_cash(
    shop: Shop, amount: str, shift_id: int | None = None, *, by: int = CASHIER
) -> int:
    """点钱: the amount in notes and coins; returns the count's id."""
    shift_id = shift_id or shop.shift_id
    here = where(shop, by, shift_id=shift_id)
    return does(shop, counts.count_cash, here, shift_id, notes(amount))


def signs(
    shop: Shop, count_id: int, reason: str = "找零出错", *, by: int = CASHIER
) -> None:
    does(shop, counts.sign_variance, where(shop, by), count_id, reason)


def splits(
    shop: Shop,
    left: str,
    banked: str,
    handed: str = "0",
    *,
    shift_id: int | None = None,
) -> None:
    shift_id = shift_id or shop.shift_id
    split = Split(yuan(left), yuan(banked), yuan(handed))
    does(shop, handover.split_cash, where(shop, CASHIER), shift_id, split)


def accepts(shop: Shop, shift_id: int | None = None, *, by: int = MANAGER) -> None:
    """交接."""
    does(shop, handover.accept, where(shop, by), shift_id or shop.shift_id)


def closes(
    shop: Shop, counted: str, left: str = "0", shift_id: int | None = None
) -> None:
    """The three steps, with no difference to sign."""
    seals(shop, shift_id)
    counts_cash(shop, counted, shift_id)
    rest = yuan(counted) - yuan(left)
    splits(shop, left, rest.plain, shift_id=shift_id)
    accepts(shop, shift_id)


# --- looking ------------------------------------------------------------------------


def looks(shop: Shop, shift_id: int | None = None) -> Figures:
    """X, as a supervisor sees it."""
    return does(shop, closing.x_figures, where(shop), shift_id or shop.shift_id)


def paper(shop: Shop, shift_id: int | None = None, *, by: int = MANAGER) -> ShiftRecord:
    """The Z with its counts."""
    here = where(shop, by)
    return does(shop, shift_reading.get_record, here, shift_id or shop.shift_id)


def counted(shop: Shop, shift_id: int | None = None) -> list[CountRecord]:
    return does(shop, counts.list_counts, shift_id or shop.shift_id)


def opening(shop: Shop, shift_id: int) -> Opening:
    return does(shop, shifts.opening_of, shift_id)
