"""The cross-checks of a day: what must be one, held against each other in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, case, func, literal, select
from sqlalchemy.orm import Session

from models.database import Fen, table_of
from models.goods.catalog import Product
from models.goods.stock import Reason, StockMovement
from models.kinds import AccountKind, Method, Series
from models.money import Money
from models.office.day_close_record import Check, CheckKind, DayShift
from models.selling import checklist
from models.selling.cash import CashMovement
from models.selling.payments import Payment
from models.selling.personal_money import PersonalHandover
from models.selling.prints import PrintJob, PrintState
from models.selling.sale_lines import SaleLine
from models.selling.sales import Sale
from models.selling.shift_record import LeftKind
from models.selling.shifts import Shift
from models.selling.z_closes import ZClose, figures_in

_sale, _line, _payment = table_of(Sale).c, table_of(SaleLine).c, table_of(Payment).c
_moved, _cash, _shift = (
    table_of(StockMovement).c,
    table_of(CashMovement).c,
    table_of(Shift).c,
)
_SALES_LINES = table_of(Sale).join(table_of(SaleLine), _line.sale_id == _sale.id)
_SALES_PAYMENTS = table_of(Sale).join(table_of(Payment), _payment.sale_id == _sale.id)


def check_day(
    session: Session, day: date, till_id: int, shifts: Sequence[DayShift]
) -> Iterator[Check]:
    """All of them, in the order of the page; ``shifts`` are those of the day."""
    sold = _sum(session, table_of(Sale), _sale.net_fen, *_mine(day))
    yield Check(CheckKind.SHIFTS, _of_z(session, day), sold)
    yield Check(
        CheckKind.LINES, _sum(session, _SALES_LINES, _line.net_fen, *_mine(day)), sold
    )
    yield Check(
        CheckKind.TENDERS,
        _sum(session, _SALES_PAYMENTS, _payment.net_fen, *_mine(day)),
        sold,
    )
    yield _stock(session, day)
    yield Check(
        CheckKind.DRAWERS,
        _in_drawers(session, day),
        Money.sum(one.cash_expected for one in shifts),
    )
    yield Check(
        CheckKind.SPLITS,
        Money.sum(one.left + one.banked + one.handed for one in shifts),
        Money.sum(one.cash_counted for one in shifts),
    )
    yield _floats(shifts)
    yield _counts(shifts)
    yield _accounts(shifts)
    yield _held(session, day)
    yield _half_paid(session, till_id)
    yield Check(CheckKind.PRINTS, n=_not_printed(session, day))


def _mine(day: date) -> tuple[ColumnElement[bool], ...]:
    return (_sale.business_date == day, _sale.series == Series.LIVE)


def _sum(session: Session, source: FromClause, column: Any, *conditions: Any) -> Money:
    """Nothing sums to zero."""
    total = func.coalesce(func.sum(column), literal(Money.ZERO, Fen()))
    query = select(total).select_from(source).where(*conditions)
    found: Money = session.execute(query).scalar_one()
    return found


# --- goods and receipts -------------------------------------------------------------


def _of_z(session: Session, day: date) -> Money:
    """As the shifts were frozen when they were sealed."""
    found = session.scalars(
        select(ZClose)
        .join(Shift, Shift.id == ZClose.shift_id)
        .where(Shift.business_date == day)
    )
    return Money.sum(figures_in(one).sums.net for one in found)


def _stock(session: Session, day: date) -> Check:
    """Which goods left the shelf otherwise than the receipts say."""
    sold = (
        select(_line.product_id, func.sum(_line.amount).label("amount"))
        .select_from(_SALES_LINES)
        .where(*_mine(day))
        .group_by(_line.product_id)
    )
    left = (
        select(_moved.product_id, (-func.sum(_moved.amount)).label("amount"))
        .select_from(
            table_of(StockMovement).join(table_of(Sale), _sale.id == _moved.sale_id)
        )
        .where(*_mine(day), _moved.reason.in_((Reason.SALE, Reason.REFUND)))
        .group_by(_moved.product_id)
    )
    by_receipts: dict[int, int] = dict(session.execute(sold).all())
    by_shelf: dict[int, int] = dict(session.execute(left).all())
    differ = [
        one
        for one in sorted(by_receipts.keys() | by_shelf.keys())
        if by_receipts.get(one, 0) != by_shelf.get(one, 0)
    ]
    names = session.scalars(
        select(Product.name).where(Product.id.in_(differ)).order_by(Product.id)
    )
    return Check(CheckKind.STOCK, n=len(differ), names=tuple(names))


# --- drawers and accounts -----------------------------------------------------------


def _in_drawers(session: Session, day: date) -> Money:
    """Float, cash of sales and what else moved, as the rows say today."""
    floats = _sum(
        session, table_of(Shift), _shift.float_fen, _shift.business_date == day
    )
    cash = _sum(
        session,
        _SALES_PAYMENTS,
        _payment.net_fen,
        *_mine(day),
        _payment.method == Method.CASH,
    )
    moved = _sum(
        session,
        table_of(CashMovement).join(table_of(Shift), _shift.id == _cash.shift_id),
        _cash.amount_fen,
        _shift.business_date == day,
    )
    return floats + cash + moved


def _floats(shifts: Sequence[DayShift]) -> Check:
    """Of shifts that began with what another had left."""
    known = [(one.float_left, one.float_) for one in shifts]
    pairs = [(left, found) for left, found in known if left is not None]
    return Check(
        CheckKind.FLOATS,
        Money.sum(left for left, _found in pairs),
        Money.sum(found for _left, found in pairs),
        n=sum(left != found for left, found in pairs),
    )


def _counts(shifts: Sequence[DayShift]) -> Check:
    """长短款: one over and one short do not make it right."""
    counted = [
        (one.counted, one.expected)
        for shift in shifts
        for one in shift.tenders
        if one.counted is not None
    ]
    return Check(
        CheckKind.COUNTS,
        Money.sum(found for found, _wanted in counted),
        Money.sum(wanted for _found, wanted in counted),
        n=sum(found != wanted for found, wanted in counted),
    )


def _accounts(shifts: Sequence[DayShift]) -> Check:
    missing = [
        one
        for shift in shifts
        for one in shift.tenders
        if one.account_id is not None and one.counted is None
    ]
    return Check(
        CheckKind.ACCOUNTS,
        n=len(missing),
        amount=Money.sum(one.expected for one in missing),
        names=tuple(dict.fromkeys(one.holder for one in missing)),
    )


# --- still to be done ---------------------------------------------------------------


def _held(session: Session, day: date) -> Check:
    """Of the day's personal codes: what came in, less what was handed over since."""
    rests: dict[str, Money] = {}
    taken = (
        select(_payment.holder, func.sum(_payment.net_fen))
        .select_from(_SALES_PAYMENTS)
        .where(*_mine(day), _payment.account_kind == AccountKind.PERSONAL)
        .group_by(_payment.holder)
    )
    for holder, amount in session.execute(taken):
        rests[holder] = amount
    whole = Money.sum(rests.values()) - _passed_on(session, day)
    is_open = bool(whole)
    return Check(
        CheckKind.HELD,
        n=int(is_open),
        amount=whole,
        names=tuple(rests) if is_open else (),
    )


def _passed_on(session: Session, day: date) -> Money:
    handed = table_of(PersonalHandover)
    return _sum(
        session,
        handed.join(table_of(Shift), _shift.id == handed.c.shift_id),
        handed.c.amount_fen,
        _shift.business_date == day,
    )


def _half_paid(session: Session, till_id: int) -> Check:
    """Whatever day they are of: money is in, and no sale is stored."""
    left = checklist.list_left(session, till_id, 0)
    half_paid = [one for one in left if one.kind is LeftKind.HALF_PAID]
    return Check(
        CheckKind.HALF_PAID,
        n=sum(one.n for one in half_paid),
        amount=Money.sum(one.amount for one in half_paid),
    )


def _not_printed(session: Session, day: date) -> int:
    job = table_of(PrintJob).c
    query = (
        select(func.count(case((job.state != PrintState.SENT, 1))))
        .select_from(table_of(PrintJob).join(table_of(Sale), _sale.id == job.sale_id))
        .where(*_mine(day))
    )
    return session.execute(query).scalar_one()
