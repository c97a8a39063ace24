"""Refunds as the till does them, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from models.kinds import Method
from models.money import Money
from models.people.rights import Act
from models.selling import compensations, refunds, returns
from models.selling.compensations import Compensation
from models.selling.giving_back import Back, Refunded, proposal
from models.selling.refunds import Refund
from models.selling.remaining import Left, left_of
from models.selling.returns import Return
from tests.shop import AT, Shop

Approvals = Mapping[Act, str]


def left(shop: Shop, sale_id: int) -> Left:
    with shop.database.read() as session:
        return left_of(session, sale_id)


def refund_of(
    shop: Shop,
    sale_id: int,
    given: Sequence[Return] | None = None,
    method: Method | None = None,
) -> Refund:
    """Of all that is left unless told otherwise, by the tenders it came by."""
    there = left(shop, sale_id)
    chosen = returns.everything(there) if given is None else tuple(given)
    due = returns.due_back(there, chosen)
    if method is Method.EXCHANGE:
        backs = tuple(replace(back, method=method) for back in proposal(there, due))
    else:
        backs = proposal(there, due, method)
    return Refund(sale_id, chosen, backs, "不新鲜")


def give_back(
    shop: Shop, refund: Refund, *, at: datetime = AT, approvals: Approvals | None = None
) -> Refunded:
    seat = shop.seat()
    with shop.database.write() as session:
        return refunds.refund_sale(
            session, refund, seat, at=at, approvals=approvals or {}
        )


def refund(
    shop: Shop, sale_id: int, *given: Return, method: Method | None = None
) -> Refunded:
    return give_back(shop, refund_of(shop, sale_id, given or None, method))


def compensate(
    shop: Shop,
    sale_id: int,
    line_no: int,
    fen: int,
    *,
    part_no: int = 0,
    approvals: Approvals | None = None,
) -> Refunded:
    there = left(shop, sale_id)
    amount = Money(fen)
    backs = proposal(there, amount)
    asked = Compensation(sale_id, line_no, amount, backs, "两个坏果", part_no)
    seat = shop.seat()
    with shop.database.write() as session:
        return compensations.compensate(
            session, asked, seat, at=AT, approvals=approvals or {}
        )


def back(shop: Shop, sale_id: int, fen: int, method: Method | None = None) -> Back:
    """So much of the sale's last tender."""
    return Back(left(shop, sale_id).tenders[-1].payment_id, Money(fen), method)
