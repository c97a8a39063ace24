"""Refunds and exchanges: new documents, never a change of what was sold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.cart import Bill, Cart
from models.ids import new_uuid
from models.kinds import Method, RoundingRule, SaleKind
from models.money import Money
from models.people.deeds import Approvals, Deed
from models.people.rights import Act
from models.selling import (
    documents,
    giving_back,
    invoices,
    returns,
    sale_lines,
    sales,
)
from models.selling.acting import acting
from models.selling.documents import Document, Moved, Paid, Row
from models.selling.giving_back import Back, Refunded, in_cash
from models.selling.payments import Rounding
from models.selling.refusals import BackDiffers, NotBackThisWay, NothingChosen
from models.selling.remaining import correctable
from models.selling.returns import Return
from models.selling.seat import Seat
from models.selling.sold import Sold


@dataclass(frozen=True, slots=True)
class Refund:
    """What the cashier typed; its UUID makes it one refund however often it is sent."""

    original_id: int
    returns: tuple[Return, ...]
    backs: tuple[Back, ...]
    reason: str
    uuid: str = field(default_factory=new_uuid)


def refund_sale(
    session: Session,
    refund: Refund,
    seat: Seat,
    *,
    at: datetime,
    approvals: Approvals,
) -> Refunded:
    """Take goods back and give money back, as a document of today's open shift.

    Raises NoSuchReceipt, NotASale, AlreadySold if this refund is stored already,
    TrainingReceipt, RealReceipt, ShiftClosed, NothingChosen, MoreThanLeft,
    BackDiffers, MoreThanPaid, NoSuchCoins, NotBackThisWay, ReasonMissing, NotPermitted.
    """
    if any(back.method is Method.EXCHANGE for back in refund.backs):
        raise NotBackThisWay
    return _refund(session, refund, seat, at=at, approvals=approvals)


def exchange(  # noqa: PLR0913  # what comes back, what goes out and who lets it
    session: Session,
    refund: Refund,
    cart: Cart,
    bill: Bill,
    seat: Seat,
    *,
    at: datetime,
    approvals: Approvals,
) -> tuple[Refunded, Sold]:
    """换货: a refund that pays for a sale, both or neither.

    The exchange tenders of both sum to nothing. Raises BackDiffers if they do not, and
    what ``refund_sale`` and ``sales.complete_sale`` raise.
    """
    paid = Money.sum(x.net for x in bill.tenders if x.method is Method.EXCHANGE)
    given = Money.sum(x.amount for x in refund.backs if x.method is Method.EXCHANGE)
    if paid != given or not paid:
        raise BackDiffers(given)
    refunded = _refund(session, refund, seat, at=at, approvals=approvals)
    sold = sales.carry_out(session, cart, bill, seat, at=at, approvals=approvals)
    return refunded, sold


def _refund(
    session: Session,
    refund: Refund,
    seat: Seat,
    *,
    at: datetime,
    approvals: Approvals,
) -> Refunded:
    documents.refuse_twice(session, refund.uuid)
    where = acting(session, seat, at=at)
    left = correctable(session, refund.original_id, seat)
    returned = returns.portions(left, refund.returns)
    due = Money.sum(one.portion.net for one in returned)
    payments = giving_back.payments(left, refund.backs, due)
    amount = -Money.sum(paid.net for paid in payments)
    deed = Deed(Act.REFUND, left.number, amount, refund.reason)
    permit = giving_back.permit(session, where, left, refund.backs, deed, approvals)
    returned = returns.in_coins(returned, due - amount)
    rows = returns.documented(session, left, returned)
    document = Document(
        uuid=refund.uuid,
        kind=SaleKind.REFUND,
        reason=refund.reason,
        place=returns.place_of(session, left.sale_id),
        rows=rows,
        payments=payments,
        boxes=returns.boxes_of(session, left, rows),
        moved=returns.moved(rows, returned),
        rule=_rule(session, left.sale_id),
        original_id=left.sale_id,
        approver_id=permit.approver_id,
    )
    sale_id, number = documents.store(session, document, seat, where)
    red_invoice = invoices.needs_reversal(session, left.sale_id)
    return Refunded(sale_id, number, amount, red_invoice)


def _rule(session: Session, sale_id: int) -> RoundingRule:
    rounding = session.get(Rounding, sale_id)
    return RoundingRule.JIAO if rounding is None else rounding.rule


def refund_without_receipt(  # noqa: PLR0913  # what, how, why, where, when and who
    session: Session,
    cart: Cart,
    method: Method,
    reason: str,
    seat: Seat,
    *,
    at: datetime,
    approvals: Approvals,
) -> Refunded:
    """Take goods back at today's price, to the shelf, by cash or transfer.

    Raises NotBackThisWay, AlreadySold, ShiftClosed, NothingChosen, ReasonMissing,
    NotPermitted.
    """
    if method not in {Method.CASH, Method.TRANSFER}:
        raise NotBackThisWay
    if not cart.lines:
        raise NothingChosen
    documents.refuse_twice(session, cart.uuid)
    where = acting(session, seat, at=at)
    cart, amount = _plain(cart), due_without_receipt(cart, method)
    rounding = cart.total - amount
    deed = Deed(Act.REFUND_WITHOUT_RECEIPT, cart.uuid, amount, reason)
    permit = giving_back.require(session, where, deed, approvals)
    parts, facts = sale_lines.unpack(session, cart, seat.till.outlet.id)
    bill = Bill(cart.total, RoundingRule.JIAO, (), rounding)
    none = [Money.ZERO] * len(parts)
    rows = sale_lines.rows_of(cart, parts, facts, bill, seat, none)
    document = Document(
        uuid=cart.uuid,
        kind=SaleKind.REFUND,
        reason=reason,
        place=sales.place_of(cart, seat),
        rows=[Row(_negated(row)) for row in rows],
        payments=[Paid(method, -amount)] if amount else [],
        boxes=[
            box | {"count": -box["count"]} for box in sale_lines.bundles_of(cart, parts)
        ],
        moved=[Moved(part.product_id, part.amount, is_waste=False) for part in parts],
        rule=RoundingRule.JIAO,
        approver_id=permit.approver_id,
    )
    sale_id, number = documents.store(session, document, seat, where)
    return Refunded(sale_id, number, amount)


def due_without_receipt(cart: Cart, method: Method) -> Money:
    """What these goods bring back today; in cash, what coins can pay of it."""
    total = _plain(cart).total
    return in_cash(total) if method is Method.CASH else total


def _plain(cart: Cart) -> Cart:
    """Without what was taken off a basket that nobody has bought."""
    return replace(cart, discount=None, deals=())


def _negated(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: -row[name] for name in ("amount", *documents.MONEY)}
