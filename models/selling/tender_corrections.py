"""A tender that was booked wrongly: a document that takes it back and books the right.

It is numbered like a sale, has no goods and comes to nothing: one payment reverses the
wrong tender and one books the right one. So no payment is edited, the drawer and each
account are right at once, and a later refund finds the right tender. Only before the
close: what was counted and handed over is corrected by a refund or at the office.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from models.errors import NoSuchCoins
from models.ids import new_uuid
from models.kinds import Method, SaleKind
from models.money import Money
from models.people.deeds import Approvals, Deed
from models.people.rights import Act
from models.selling import documents, giving_back, returns
from models.selling.accounts import Account
from models.selling.acting import acting
from models.selling.documents import Document, Paid
from models.selling.giving_back import Refunded, in_cash
from models.selling.refusals import NotBackThisWay, SameTender, ShiftCounted
from models.selling.remaining import TenderLeft, correctable
from models.selling.sales import Sale
from models.selling.seat import Seat


@dataclass(frozen=True, slots=True)
class RightTender:
    """What was really handed over instead of one tender of a sale."""

    original_id: int
    payment_id: int
    method: Method
    reason: str
    account_id: int | None = None
    reference: str = ""
    uuid: str = field(default_factory=new_uuid)


def correct_tender(
    session: Session,
    right: RightTender,
    seat: Seat,
    *,
    at: datetime,
    approvals: Approvals,
) -> Refunded:
    """Book what is left of the tender as what it was. The amount moves, none is lost.

    Raises AlreadySold if that is stored already, ShiftClosed, ShiftCounted, SameTender,
    TrainingReceipt, RealReceipt, NotBackThisWay, NoSuchCoins, MoreThanPaid,
    ReasonMissing, NotPermitted.
    """
    documents.refuse_twice(session, right.uuid)
    where = acting(session, seat, at=at)
    left = correctable(session, right.original_id, seat)
    if session.get_one(Sale, left.sale_id).shift_id != seat.shift_id:
        raise ShiftCounted
    wrong = giving_back.tender_of(left, right.payment_id)
    booked = _right(session, right, wrong)
    deed = Deed(Act.CORRECT_TENDER, left.number, wrong.net, right.reason)
    permit = giving_back.require(session, where, deed, approvals)
    document = Document(
        uuid=right.uuid,
        kind=SaleKind.CORRECTION,
        reason=right.reason,
        place=returns.place_of(session, left.sale_id),
        payments=[
            Paid(
                wrong.method,
                -wrong.net,
                wrong.account_id,
                wrong.holder,
                wrong.account_kind,
                original_id=wrong.payment_id,
            ),
            booked,
        ],
        original_id=left.sale_id,
        approver_id=permit.approver_id,
    )
    sale_id, number = documents.store(session, document, seat, where)
    return Refunded(sale_id, number, Money.ZERO)


def _right(session: Session, right: RightTender, wrong: TenderLeft) -> Paid:
    if Method.EXCHANGE in {right.method, wrong.method}:
        raise NotBackThisWay
    if (right.method, right.account_id) == (wrong.method, wrong.account_id):
        raise SameTender
    if right.method is Method.CASH and wrong.net != in_cash(wrong.net):
        raise NoSuchCoins(in_cash(wrong.net))
    if right.account_id is None:
        return Paid(right.method, wrong.net, reference=right.reference)
    account = session.get_one(Account, right.account_id)
    return Paid(
        right.method,
        wrong.net,
        account.id,
        account.holder,
        account.kind,
        right.reference,
    )
