"""What is left of a sale: goods not brought back, money not given back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.errors import NoSuchReceipt
from models.kinds import AccountKind, Method, SaleKind, Series
from models.money import Money
from models.selling.documents import CorrectedLine, CorrectedPayment, Correction
from models.selling.payments import Payment
from models.selling.refusals import NotASale, RealReceipt, TrainingReceipt
from models.selling.sale_lines import SaleBundle, SaleLine
from models.selling.sales import Sale
from models.selling.seat import Seat


@dataclass(frozen=True, slots=True)
class LineLeft:
    """One row of the sale after all that was taken back or compensated of it."""

    line_id: int
    line_no: int
    part_no: int
    name: str
    pack_size: int
    boxes: int  # as sold, where it is a part of a gift box; else 0
    sold: int  # pieces or grams
    amount: int  # of them not brought back
    discount: Money
    order_discount: Money
    rounding: Money
    net: Money

    def portion(self, amount: int) -> Portion:
        """What belongs to so much of it; all that is left belongs to the last."""
        assert 0 < amount <= self.amount
        return Portion(
            self.line_id,
            amount,
            self.discount.times(amount, self.amount),
            self.order_discount.times(amount, self.amount),
            self.rounding.times(amount, self.amount),
            self.net.times(amount, self.amount),
        )

    def rest(self) -> Portion:
        """The money that stayed when all goods had come back."""
        return Portion(
            self.line_id,
            0,
            self.discount,
            self.order_discount,
            self.rounding,
            self.net,
        )

    def without(self, taken: Portion) -> LineLeft:
        return replace(
            self,
            amount=self.amount - taken.amount,
            discount=self.discount - taken.discount,
            order_discount=self.order_discount - taken.order_discount,
            rounding=self.rounding - taken.rounding,
            net=self.net - taken.net,
        )


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a row: so many pieces or grams and the money that goes with them."""

    line_id: int
    amount: int
    discount: Money
    order_discount: Money
    rounding: Money
    net: Money

    @property
    def list_total(self) -> Money:
        return self.net + self.discount + self.order_discount + self.rounding

    def rounded_by(self, fen: Money) -> Portion:
        """Less money and more 抹零, for the same goods."""
        return replace(self, rounding=self.rounding + fen, net=self.net - fen)


@dataclass(frozen=True, slots=True)
class TenderLeft:
    """A tender and what is left of it."""

    payment_id: int
    method: Method
    account_id: int | None
    holder: str
    account_kind: AccountKind | None
    reference: str
    net: Money


@dataclass(frozen=True, slots=True)
class Left:
    """A finished sale as far as it still stands."""

    sale_id: int
    number: str
    business_date: date
    is_training: bool
    lines: tuple[LineLeft, ...]
    tenders: tuple[TenderLeft, ...]

    @property
    def net(self) -> Money:
        return Money.sum(line.net for line in self.lines)


def left_of(session: Session, sale_id: int) -> Left:
    """What is left of the sale. Raises NoSuchReceipt, NotASale."""
    sale = session.get(Sale, sale_id)
    if sale is None:
        raise NoSuchReceipt
    if sale.kind is not SaleKind.SALE:
        raise NotASale(sale.number)
    return Left(
        sale.id,
        sale.number,
        sale.business_date,
        sale.series != Series.LIVE,
        _lines(session, sale_id),
        _tenders(session, sale_id),
    )


def correctable(session: Session, sale_id: int, seat: Seat) -> Left:
    """As ``left_of``, of a receipt that may be corrected from this seat.

    What was practised is corrected in training alone, and nothing else is. Raises
    TrainingReceipt, RealReceipt and as ``left_of``.
    """
    left = left_of(session, sale_id)
    if left.is_training and not seat.is_training:
        raise TrainingReceipt(left.number)
    if seat.is_training and not left.is_training:
        raise RealReceipt(left.number)
    return left


def _lines(session: Session, sale_id: int) -> tuple[LineLeft, ...]:
    boxes = dict(
        session.execute(
            select(SaleBundle.line_no, SaleBundle.count).where(
                SaleBundle.sale_id == sale_id
            )
        ).all()
    )
    taken = _taken(session, sale_id)
    found = session.scalars(
        select(SaleLine)
        .where(SaleLine.sale_id == sale_id)
        .order_by(SaleLine.line_no, SaleLine.part_no)
    )
    return tuple(_line(row, boxes, taken.get(row.id)) for row in found)


def _line(row: SaleLine, boxes: dict[int, int], taken: Any | None) -> LineLeft:
    whole = LineLeft(
        line_id=row.id,
        line_no=row.line_no,
        part_no=row.part_no,
        name=row.name,
        pack_size=row.pack_size,
        boxes=boxes.get(row.line_no, 0),
        sold=row.amount,
        amount=row.amount,
        discount=row.discount,
        order_discount=row.order_discount,
        rounding=row.rounding,
        net=row.net,
    )
    if taken is None:
        return whole
    return whole.without(
        Portion(
            row.id,
            -taken.amount,
            -taken.discount,
            -taken.order_discount,
            -taken.rounding,
            -taken.net,
        )
    )


def _taken(session: Session, sale_id: int) -> dict[int, Any]:
    """Per row of the sale, the sums of the rows that correct it."""
    original = aliased(SaleLine)
    found = session.execute(
        select(
            original.id,
            func.sum(SaleLine.amount).label("amount"),
            func.sum(SaleLine.discount).label("discount"),
            func.sum(SaleLine.order_discount).label("order_discount"),
            func.sum(SaleLine.rounding).label("rounding"),
            func.sum(SaleLine.net).label("net"),
        )
        .join(CorrectedLine, CorrectedLine.original_id == original.id)
        .join(SaleLine, SaleLine.id == CorrectedLine.line_id)
        .where(original.sale_id == sale_id)
        .group_by(original.id)
    )
    return {row.id: row for row in found}


def _tenders(session: Session, sale_id: int) -> tuple[TenderLeft, ...]:
    """The sale's own, and those that a corrected tender became."""
    corrected = select(Correction.sale_id).where(Correction.original_id == sale_id)
    given = aliased(Payment)
    back = (
        select(CorrectedPayment.original_id, func.sum(given.net).label("net"))
        .join(given, given.id == CorrectedPayment.payment_id)
        .group_by(CorrectedPayment.original_id)
        .subquery()
    )
    found = session.execute(
        select(Payment, back.c.net)
        .outerjoin(back, back.c.original_id == Payment.id)
        .where(
            or_(
                Payment.sale_id == sale_id,
                and_(Payment.sale_id.in_(corrected), Payment.net > Money.ZERO),
            )
        )
        .order_by(Payment.id)
    )
    rows = [(payment, payment.net + (net or Money.ZERO)) for payment, net in found]
    return tuple(
        TenderLeft(
            row.id,
            row.method,
            row.account_id,
            row.holder,
            row.account_kind,
            row.reference,
            net,
        )
        for row, net in rows
        if net
    )
