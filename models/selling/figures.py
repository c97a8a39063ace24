"""What a shift comes to: one function for X and Z, by the shift and never by time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, case, func, literal, select
from sqlalchemy.orm import Session

from models.database import Fen, table_of
from models.goods.catalog import Category, Product
from models.goods.stock import Stock
from models.kinds import Method, Series
from models.money import Money
from models.people import acts
from models.people.acts import Outcome
from models.people.rights import Act
from models.selling import cash, checklist, shifts, z_closes
from models.selling.payments import Payment
from models.selling.sale_lines import SaleLine
from models.selling.sales import Sale
from models.selling.shift_record import (
    Cut,
    Deed,
    Drawer,
    Figures,
    Oversold,
    Sums,
    TenderLine,
)
from models.selling.shifts import Shift

# What the Z tells one by one, beside all that was refused or done by one person alone.
_TOLD = {
    Act.VOID,
    Act.VOID_ABOVE_LIMIT,
    Act.DISCOUNT_ABOVE_LIMIT,
    Act.DISCOUNT_FAR_ABOVE,
    Act.PRICE,
    Act.BARGAIN,
    Act.REFUND,
    Act.REFUND_WITHOUT_RECEIPT,
    Act.REFUND_OTHERWISE,
    Act.COMPENSATE,
    Act.CORRECT_TENDER,
    Act.ENTER_LATE,
    Act.OPEN_DRAWER,
    Act.REPRINT,
    Act.REPRINT_AGAIN,
    Act.TRAIN,
}


# These name a basket by its UUID; a person wants the receipt, or the goods.
_OF_BASKETS = {
    Act.VOID,
    Act.VOID_ABOVE_LIMIT,
    Act.DISCOUNT,
    Act.DISCOUNT_ABOVE_LIMIT,
    Act.DISCOUNT_FAR_ABOVE,
    Act.PRICE,
    Act.BARGAIN,
    Act.REFUND_WITHOUT_RECEIPT,
    Act.SELL,
}


def figures_of(session: Session, shift_id: int) -> Figures:
    """The shift as it is at this moment."""
    shift = session.get_one(Shift, shift_id)
    given = {"shift": shift_id, "day": shift.business_date}
    tenders = tuple(TenderLine(*row) for row in session.execute(_TENDERS, given))
    sales = session.execute(_SALES, given).one()
    return Figures(
        receipts=sales.receipts,
        sales_n=sales.receipts - sales.refunds_n,
        refunds_n=sales.refunds_n,
        first_number=_number(session, sales.first_id),
        last_number=_number(session, sales.last_id),
        sums=_sums(sales),
        tenders=tenders,
        drawer=_drawer(session, shift, tenders),
        opening=shifts.opening_of(session, shift_id),
        categories=_cuts(session, _CATEGORIES, given),
        regions=_cuts(session, _REGIONS, given),
        channels=_cuts(session, _CHANNELS, given),
        deeds=_deeds(session, shift_id),
        oversold=_oversold(session, given),
        left=checklist.list_left(session, shift.till_id, shift_id),
        training=session.execute(_TRAINING, given).scalar_one(),
        perpetual=_perpetual(session, shift),
    )


_sale, _line, _payment = table_of(Sale).c, table_of(SaleLine).c, table_of(Payment).c
_shift, _stock = table_of(Shift).c, table_of(Stock).c
_product, _category = table_of(Product).c, table_of(Category).c
# A shift has one business date, and only dates are indexed.
_SAME = (
    _sale.business_date == bindparam("day", type_=_sale.business_date.type),
    _sale.shift_id == bindparam("shift"),
)
_MINE = (*_SAME, _sale.series == Series.LIVE)
_SALES_PAYMENTS = table_of(Sale).join(table_of(Payment), _payment.sale_id == _sale.id)
_SALES_LINES = table_of(Sale).join(table_of(SaleLine), _line.sale_id == _sale.id)


def _total(column: Any, *conditions: Any) -> Any:
    """The column summed where the conditions hold; nothing sums to zero."""
    summed = func.sum(column).filter(*conditions) if conditions else func.sum(column)
    return func.coalesce(summed, literal(Money.ZERO, Fen()))


# --- sales ------------------------------------------------------------------------

_SOLD, _REFUNDED = _sale.net_fen >= Money.ZERO, _sale.net_fen < Money.ZERO
_SALES = select(
    func.count().label("receipts"),
    func.count(case((_REFUNDED, 1))).label("refunds_n"),
    func.min(_sale.id).label("first_id"),
    func.max(_sale.id).label("last_id"),
    _total(_sale.list_fen, _SOLD).label("gross"),
    _total(_sale.discount_fen, _SOLD).label("discounts"),
    _total(_sale.rounding_fen, _SOLD).label("rounding"),
    _total(-_sale.net_fen, _REFUNDED).label("refunds"),
    _total(_sale.net_fen).label("net"),
).where(*_MINE)
_TRAINING = select(_total(_sale.net_fen)).where(*_SAME, _sale.series != Series.LIVE)
_NUMBER = select(_sale.number).where(_sale.id == bindparam("id"))


def _number(session: Session, sale_id: int | None) -> str:
    return session.execute(_NUMBER, {"id": sale_id}).scalar() or ""


def _sums(row: Row[Any]) -> Sums:
    return Sums(row.gross, row.discounts, row.rounding, row.refunds, row.net)


# --- money ------------------------------------------------------------------------

_IN, _OUT = _payment.net_fen >= Money.ZERO, _payment.net_fen < Money.ZERO
_TENDERS = (
    select(
        _payment.method,
        _payment.account_id,
        func.max(_payment.holder),
        func.max(_payment.account_kind),
        func.count(case((_IN, 1))),
        _total(_payment.net_fen, _IN),
        func.count(case((_OUT, 1))),
        _total(-_payment.net_fen, _OUT),
        _total(_payment.tendered_fen),
        _total(_payment.change_fen),
    )
    .select_from(_SALES_PAYMENTS)
    .where(*_MINE)
    .group_by(_payment.method, _payment.account_id)
    .order_by(_payment.method != Method.CASH, _payment.account_id, _payment.method)
)


def _drawer(session: Session, shift: Shift, tenders: tuple[TenderLine, ...]) -> Drawer:
    """What stayed in it: cash as it was kept, never as it was handed over."""
    in_cash = [one for one in tenders if one.method is Method.CASH]
    return Drawer(
        shift.float_,
        Money.sum(one.sales for one in in_cash),
        Money.sum(one.refunds for one in in_cash),
        cash.sums_of(session, shift.id),
    )


def _perpetual(session: Session, shift: Shift) -> Money:
    """The last Z's sum before this shift, and what was sold since then."""
    number, before = z_closes.last_before(session, shift)
    since = select(_total(_sale.net_fen)).where(
        _sale.shift_id == _shift.id,
        _sale.business_date == _shift.business_date,
        _sale.series == Series.LIVE,
        _shift.till_id == shift.till_id,
        _shift.number > number,
        _shift.number <= shift.number,
    )
    added: Money = session.execute(since).scalar_one()
    return before + added


# --- cuts -------------------------------------------------------------------------

_NET = func.sum(_line.net_fen)
_CATEGORIES = (
    select(
        _line.category.label("name"),
        func.coalesce(func.max(_category.name_en), "").label("name_en"),
        _NET.label("net"),
    )
    .select_from(
        _SALES_LINES.outerjoin(table_of(Category), _category.name == _line.category)
    )
    .where(*_MINE)
    .group_by(_line.category)
    .order_by(_NET.desc(), _line.category)
)
_REGIONS = (
    select(
        func.max(_line.county).label("name"),
        func.max(_line.county_en).label("name_en"),
        _NET.label("net"),
        _line.region_code.label("code"),
        _line.scheme,
    )
    .select_from(_SALES_LINES)
    .where(*_MINE)
    .group_by(_line.region_code, _line.scheme)
    .order_by(_line.region_code == "", _NET.desc(), _line.region_code)
)
_CHANNELS = (
    select(
        _line.outlet.label("name"),
        _line.outlet.label("name_en"),
        _NET.label("net"),
        _line.channel,
    )
    .select_from(_SALES_LINES)
    .where(*_MINE)
    .group_by(_line.channel, _line.outlet)
    .order_by(_line.channel, _line.outlet)
)


def _cuts(session: Session, query: Any, given: dict[str, Any]) -> tuple[Cut, ...]:
    return tuple(Cut(**row) for row in session.execute(query, given).mappings())


# --- what stands out --------------------------------------------------------------


def _deeds(session: Session, shift_id: int) -> tuple[Deed, ...]:
    rows = acts.list_of_shift(session, shift_id)
    subjects = [row.subject for row in rows if row.act in _OF_BASKETS]
    found = session.execute(
        select(_sale.uuid, _sale.number).where(_sale.uuid.in_(subjects))
    )
    numbers = dict(found.all())
    return tuple(
        Deed(
            row.at,
            row.staff,
            row.act,
            numbers.get(row.subject, row.note)
            if row.act in _OF_BASKETS
            else row.subject,
            row.amount,
            row.reason,
            row.approver,
            is_refused=row.outcome is Outcome.REFUSED,
            is_unwitnessed=row.outcome is Outcome.UNWITNESSED,
        )
        for row in rows
        if not row.is_training and (row.act in _TOLD or row.outcome is not Outcome.DONE)
    )


_OVERSOLD = (
    select(_product.name, _product.name_en, _stock.on_hand, _product.unit)
    .where(
        _product.id == _stock.product_id,
        _stock.on_hand < 0,
        _stock.product_id.in_(
            select(_line.product_id).select_from(_SALES_LINES).where(*_MINE)
        ),
        _stock.outlet_id.in_(select(_sale.outlet_id).where(*_MINE)),
    )
    .order_by(_product.name)
)


def _oversold(session: Session, given: dict[str, Any]) -> tuple[Oversold, ...]:
    found = session.execute(_OVERSOLD, given)
    return tuple(Oversold(*row) for row in found)
