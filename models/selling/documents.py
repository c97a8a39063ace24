"""Documents that correct sales: numbered with them, and tied to what they correct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.database import STRICT, Base, table_of
from models.errors import AlreadySold
from models.goods import stock
from models.kinds import Method, RoundingRule, SaleKind
from models.money import Money
from models.people.deeds import Where
from models.selling import prints
from models.selling.payments import Payment, Rounding
from models.selling.sale_lines import SaleBundle, SaleLine
from models.selling.sales import INSERT_SALE, LAST_SEQ, Sale
from models.selling.seat import Seat


class Correction(Base):
    """What a document beside a sale says of itself."""

    __tablename__ = "correction"
    __table_args__ = STRICT

    sale_id: Mapped[int] = mapped_column(ForeignKey("sale.id"), primary_key=True)
    original_id: Mapped[int | None] = mapped_column(ForeignKey("sale.id"), index=True)
    reason: Mapped[str]
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class CorrectedLine(Base):
    """The line of a sale that a document's line takes back or compensates."""

    __tablename__ = "corrected_line"
    __table_args__ = STRICT

    line_id: Mapped[int] = mapped_column(ForeignKey("sale_line.id"), primary_key=True)
    original_id: Mapped[int] = mapped_column(ForeignKey("sale_line.id"), index=True)


class CorrectedPayment(Base):
    """The tender that a document's payment gives back, even by another method."""

    __tablename__ = "corrected_payment"
    __table_args__ = STRICT

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), primary_key=True)
    original_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the columns of ``sale_line``, and which line it corrects."""

    columns: dict[str, Any]
    original_id: int | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment: negative when money goes back, and which tender it corrects."""

    method: Method
    net: Money
    account_id: int | None = None
    holder: str = ""
    account_kind: Any = None
    reference: str = ""
    original_id: int | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What comes back from the customer, and whether it can be sold again."""

    product_id: int
    amount: int
    is_waste: bool


@dataclass(frozen=True, slots=True)
class Document:
    """All of one document. ``place`` names whose figures it takes back from."""

    uuid: str
    kind: SaleKind
    reason: str
    place: dict[str, Any]
    rows: Sequence[Row] = ()
    payments: Sequence[Paid] = ()
    boxes: Sequence[dict[str, Any]] = ()
    moved: Sequence[Moved] = ()
    rule: RoundingRule = RoundingRule.OFF
    original_id: int | None = None
    approver_id: int | None = None


MONEY = ("list_fen", "discount_fen", "order_discount_fen", "rounding_fen", "net_fen")
PLACE = ("outlet", "outlet_kind", "channel", "event", "buyer_kind")


def refuse_twice(session: Session, uuid: str) -> None:
    """Raises AlreadySold with the number if the document is stored already."""
    number = session.scalar(select(Sale.number).where(Sale.uuid == uuid))
    if number is not None:
        raise AlreadySold(number)


def store(
    session: Session, document: Document, seat: Seat, where: Where
) -> tuple[int, str]:
    """Store it under the next number; returns its id and number.

    A column sums up the same columns of the rows. Goods come back to the till's outlet,
    but not in training.
    """
    moment = {
        "business_date": where.business_date,
        "local_hour": clock.local(where.at).hour,
    }
    given = {"till": seat.till.id, "series": seat.series}
    seq = (session.scalar(LAST_SEQ, given) or 0) + 1
    number = seat.numbered(seq)
    sums = _sums(document)
    sale_id = INSERT_SALE.one(
        session,
        {
            "uuid": document.uuid,
            "till_id": seat.till.id,
            "series": seat.series,
            "seq": seq,
            "number": number,
            "shift_id": seat.shift_id,
            "staff_id": seat.staff_id,
            "seller": seat.seller,
            "at": where.at,
            "outlet_id": seat.till.outlet.id,
            "kind": document.kind,
        }
        | document.place
        | moment
        | sums,
    )
    session.execute(
        insert(Correction),
        {
            "sale_id": sale_id,
            "original_id": document.original_id,
            "reason": document.reason,
            "approver_id": document.approver_id,
        },
    )
    line_place = {key: document.place[key] for key in PLACE if key != "outlet_kind"}
    _store_rows(session, sale_id, document, moment | line_place)
    _store_payments(session, sale_id, document, where)
    if sums["rounding_fen"]:
        values = {
            "sale_id": sale_id,
            "rule": document.rule,
            "fen": sums["rounding_fen"],
        }
        session.execute(insert(table_of(Rounding)), values)
    if not seat.is_training:
        _move(session, sale_id, document, seat, where)
    prints.queue(session, sale_id, copy=0, at=where.at)
    return sale_id, number


def _sums(document: Document) -> dict[str, Money]:
    def total(*names: str) -> Money:
        return Money.sum(row.columns[name] for row in document.rows for name in names)

    return {
        "list_fen": total("list_fen"),
        "discount_fen": total("discount_fen", "order_discount_fen"),
        "rounding_fen": total("rounding_fen"),
        "net_fen": total("net_fen"),
    }


def _store_rows(
    session: Session, sale_id: int, document: Document, shared: dict[str, Any]
) -> None:
    lines = table_of(SaleLine)
    for row in document.rows:
        values = row.columns | shared | {"sale_id": sale_id}
        line_id: int = session.execute(
            insert(lines).returning(lines.c.id), values
        ).scalar_one()
        if row.original_id is not None:
            tie = {"line_id": line_id, "original_id": row.original_id}
            session.execute(insert(CorrectedLine), tie)
    for box in document.boxes:
        session.execute(insert(table_of(SaleBundle)), box | {"sale_id": sale_id})


def _store_payments(
    session: Session, sale_id: int, document: Document, where: Where
) -> None:
    payments = table_of(Payment)
    for position, paid in enumerate(document.payments, 1):
        payment_id: int = session.execute(
            insert(payments).returning(payments.c.id),
            {
                "sale_id": sale_id,
                "position": position,
                "till_id": where.till_id,
                "shift_id": where.shift_id,
                "staff_id": where.staff_id,
                "business_date": where.business_date,
                "method": paid.method,
                "account_id": paid.account_id,
                "holder": paid.holder,
                "account_kind": paid.account_kind,
                "reference": paid.reference,
                "tendered_fen": paid.net,
                "change_fen": Money.ZERO,
                "net_fen": paid.net,
            },
        ).scalar_one()
        if paid.original_id is not None:
            tie = {"payment_id": payment_id, "original_id": paid.original_id}
            session.execute(insert(CorrectedPayment), tie)


def _move(
    session: Session, sale_id: int, document: Document, seat: Seat, where: Where
) -> None:
    """All of it comes back; what cannot be sold goes out again as waste."""
    back = [stock.Move(one.product_id, one.amount) for one in document.moved]
    waste = [
        stock.Move(one.product_id, -one.amount)
        for one in document.moved
        if one.is_waste
    ]
    for reason, moves in ((stock.Reason.REFUND, back), (stock.Reason.WASTE, waste)):
        if not moves:
            continue
        act = stock.Act(
            seat.till.outlet.id,
            reason,
            where.at,
            where.business_date,
            where.till_id,
            where.shift_id,
            where.staff_id,
            sale_id,
            document.reason,
        )
        stock.move(session, act, moves)
