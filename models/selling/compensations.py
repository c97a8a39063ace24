"""坏果补偿: money for goods that the customer keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from models.errors import NoSuchCoins, WrongAmount
from models.ids import new_uuid
from models.kinds import Method, SaleKind
from models.money import Money, spread
from models.people.deeds import Approvals, Deed
from models.people.rights import Act
from models.selling import documents, giving_back, invoices, returns
from models.selling.acting import acting
from models.selling.documents import Document, Row
from models.selling.giving_back import Back, Refunded, in_cash
from models.selling.refusals import MoreThanPaid, NotBackThisWay
from models.selling.remaining import Left, LineLeft, correctable
from models.selling.seat import Seat


@dataclass(frozen=True, slots=True)
class Compensation:
    """坏果补偿: money for a line whose goods the customer keeps."""

    original_id: int
    line_no: int
    amount: Money
    backs: tuple[Back, ...]
    reason: str
    part_no: int = 0
    uuid: str = field(default_factory=new_uuid)


def compensate(
    session: Session,
    compensation: Compensation,
    seat: Seat,
    *,
    at: datetime,
    approvals: Approvals,
) -> Refunded:
    """The goods stay sold, for less. Never more than is left of the line.

    Raises NoSuchReceipt, NotASale, AlreadySold if this one is stored already,
    TrainingReceipt, RealReceipt, ShiftClosed, NothingChosen, WrongAmount,
    MoreThanPaid, BackDiffers, NoSuchCoins, NotBackThisWay, ReasonMissing, NotPermitted.
    """
    documents.refuse_twice(session, compensation.uuid)
    where = acting(session, seat, at=at)
    left = correctable(session, compensation.original_id, seat)
    lines = returns.rows_of(left, compensation.line_no, compensation.part_no)
    amount, backs = compensation.amount, compensation.backs
    _check(lines, compensation)
    payments = giving_back.payments(left, backs, amount)
    if -Money.sum(paid.net for paid in payments) != amount:
        raise NoSuchCoins(in_cash(amount))
    deed = Deed(Act.COMPENSATE, left.number, amount, compensation.reason)
    permit = giving_back.permit(session, where, left, backs, deed, approvals)
    document = Document(
        uuid=compensation.uuid,
        kind=SaleKind.COMPENSATION,
        reason=compensation.reason,
        place=returns.place_of(session, left.sale_id),
        rows=_rows(session, left, lines, amount),
        payments=payments,
        original_id=left.sale_id,
        approver_id=permit.approver_id,
    )
    sale_id, number = documents.store(session, document, seat, where)
    red_invoice = invoices.needs_reversal(session, left.sale_id)
    return Refunded(sale_id, number, amount, red_invoice)


def _check(lines: list[LineLeft], compensation: Compensation) -> None:
    most = Money.sum(line.net for line in lines)
    if compensation.amount <= Money.ZERO:
        raise WrongAmount
    if compensation.amount > most:
        raise MoreThanPaid(most)
    if any(back.method is Method.EXCHANGE for back in compensation.backs):
        raise NotBackThisWay


def _rows(
    session: Session, left: Left, lines: list[LineLeft], amount: Money
) -> list[Row]:
    """No goods, and a discount after the fact; of a gift box one row a product."""
    frozen = returns.frozen_rows(session, left.sale_id)
    shares = spread(amount, [line.net.fen for line in lines])
    return [
        Row(
            frozen[line.line_id]
            | dict.fromkeys(documents.MONEY, Money.ZERO)
            | {
                "line_no": line_no,
                "part_no": 0,
                "amount": 0,
                "discount_fen": share,
                "net_fen": -share,
            },
            line.line_id,
        )
        for line_no, (line, share) in enumerate(zip(lines, shares, strict=True), 1)
    ]
